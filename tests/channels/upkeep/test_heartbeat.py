from datetime import timedelta

from sokhach.channels.upkeep import heartbeat
from sokhach.core import clock
from sokhach.core.database import Database
from tests.channels.upkeep.conftest import Upkeep
from tests.support.zalo import later


async def beat(web: Database) -> bool:
    return await heartbeat.beat(web, clock.now())


class TestHeartbeat:
    async def test_a_pause_leaves_an_outage_and_the_outage_a_sweep(self, upkeep: Upkeep, web_db: Database) -> None:
        desk = upkeep.desk
        assert not await beat(web_db)
        later(50)
        assert not await beat(web_db)
        last = clock.now()
        later(600)
        assert await beat(web_db)
        assert not await beat(web_db)
        assert await heartbeat.handle_outages(desk.database) == 1
        assert await heartbeat.handle_outages(desk.database) == 0
        sweep = await upkeep.last_sweep()
        assert (sweep["cause"], sweep["state"]) == ("outage", "queued")
        assert abs(sweep["since"] - (last - heartbeat.MARGIN)) < timedelta(seconds=2)  # pyright: ignore[reportOperatorIssue]
        assert abs(sweep["until"] - clock.now()) < timedelta(seconds=2)  # pyright: ignore[reportOperatorIssue]

    async def test_a_clock_that_is_set_back_is_no_outage(self, upkeep: Upkeep, web_db: Database) -> None:
        later(3600)
        await beat(web_db)
        later(-3600)
        assert not await beat(web_db)
        later(30)
        assert not await beat(web_db)

    async def test_from_the_outage_to_the_customers_words(self, upkeep: Upkeep, web_db: Database) -> None:
        await beat(web_db)
        for number, user in enumerate(upkeep.customers(3)):
            upkeep.says(user, f"Có ai không? {number}")
        later(300)
        await beat(web_db)
        await heartbeat.handle_outages(upkeep.desk.database)
        sweeper = upkeep.sweeper()
        while await sweeper.step():
            pass
        await upkeep.drain()
        assert await upkeep.threads() == upkeep.phones()
