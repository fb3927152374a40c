"""A webhook that was switched off: nothing tells of it but the messages that only Zalo has."""

from sokhach.channels.upkeep import watch
from sokhach.core import clock
from tests.channels.upkeep.conftest import Upkeep
from tests.support.zalo import later


async def look(upkeep: Upkeep) -> None:
    await watch.judge(upkeep.desk.database)
    await watch.probe(upkeep.desk.database, {"zalo_oa": upkeep.platform})


async def sweeps(upkeep: Upkeep) -> int:
    return await upkeep.desk.value("SELECT count(*) FROM channel_sweep")


class TestProbe:
    async def test_messages_that_no_webhook_told_of(self, upkeep: Upkeep) -> None:
        desk = upkeep.desk
        [user] = upkeep.customers(1)
        upkeep.says(user, "Shop có đó không?")
        later(400)
        await look(upkeep)
        assert await desk.health() == ("degraded", "webhook-silent")
        assert (await upkeep.last_sweep())["cause"] == "missed"
        sweeper = upkeep.sweeper()
        while await sweeper.step():
            pass
        await upkeep.drain()
        assert await upkeep.threads() == upkeep.phones()
        later(400)
        await look(upkeep)
        assert await sweeps(upkeep) == 1
        assert await desk.health() == ("degraded", "webhook-silent"), "until one comes in"
        await desk.meet("Người mới")
        await watch.judge(desk.database)
        assert await desk.health() == ("ok", None)

    async def test_nothing_new_is_no_alarm(self, upkeep: Upkeep) -> None:
        later(400)
        await look(upkeep)
        assert (await sweeps(upkeep), await upkeep.desk.health()) == (0, ("ok", None))

    async def test_while_webhooks_come_nobody_asks(self, upkeep: Upkeep) -> None:
        [user] = upkeep.customers(1)
        upkeep.says(user, "Vừa gửi")
        await look(upkeep)
        assert await sweeps(upkeep) == 0

    async def test_a_message_may_be_on_its_way(self, upkeep: Upkeep) -> None:
        await upkeep.desk.execute("UPDATE channel_tally SET last_inbound_at = :at", at=later(0))
        later(320)
        [user] = upkeep.customers(1)
        path = f"/oas/{upkeep.desk.oa_id}/users/{user}/messages"
        upkeep.desk.zalo.order(path, type="text", text="Mới", timestamp=round(clock.now().timestamp() * 1000))
        await look(upkeep)
        assert await sweeps(upkeep) == 0

    async def test_what_a_sweep_could_not_bring_in_is_not_asked_for_again(self, upkeep: Upkeep) -> None:
        [user] = upkeep.customers(1)
        upkeep.says(user, "Không đọc được")
        later(400)
        await look(upkeep)
        sweeper = upkeep.sweeper()
        while await sweeper.step():
            pass
        await upkeep.desk.execute("DELETE FROM journal_pending")
        later(400)
        await look(upkeep)
        assert await sweeps(upkeep) == 1
