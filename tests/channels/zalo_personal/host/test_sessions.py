"""A session's life: what Zalo and the network do to it, and what people see of that."""

import asyncio
import re
import socket
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import NoneType

import pytest

from sokhach.channels.zalo_personal.calls import CallFailedError, NotHeldError
from sokhach.channels.zalo_personal.host.running import Personal
from sokhach.channels.zalo_personal.host.sidecar import _patience  # pyright: ignore[reportPrivateUsage]
from sokhach.channels.zalo_personal.protocol import (
    Aliases,
    Friends,
    Groups,
    KeepAlive,
    LastMessages,
    Profiles,
    Send,
    SendReply,
    Undo,
)
from sokhach.core import clock
from tests.conftest import MoveClock
from tests.support.fake_zalo import Bench, Failed, until
from tests.support.people import People

SIDECAR = Path(__file__).parents[4] / "sidecars" / "zalo-personal"


def send(account_id: int) -> Send:
    return Send(account=account_id, thread="2", group=False, kind="text", text="Dạ")


def milliseconds(at: datetime) -> int:
    """Of the machine's clock, which is the sidecar's."""
    return int(at.timestamp() * 1000)


class TestOnline:
    async def test_connects_and_says_so(self, bench: Bench, people: People) -> None:
        account = await bench.account(people.owner.id)
        async with bench.running(bench.host()) as host:
            row = await bench.until(account, "online")
            assert (row["health"], row["health_reason"], row["phone"]) == ("ok", None, "84900000001")
            assert row["held_by"] == host.calls.name
            [span] = await bench.rows("SELECT * FROM personal_span")
            assert (span["account_id"], span["ended_at"]) == (account, None)
            await until(lambda: host.calls.holds(account))
        row = await bench.row(account)
        assert (row["held_by"], row["state"]) == (None, "connecting")
        [span] = await bench.rows("SELECT * FROM personal_span")
        assert span["ended_at"] is not None

    async def test_a_stored_session_of_somebody_else_is_not_used(self, bench: Bench, people: People) -> None:
        account = await bench.account(people.owner.id)
        bench.zalo.uids[account] = "9"
        async with bench.running(bench.host()):
            row = await bench.until(account, "needs_login")
        assert row["state_reason"] == "other-person"

    async def test_keeps_new_cookies_sealed(self, bench: Bench, people: People) -> None:
        account = await bench.account(people.owner.id)
        async with bench.running(bench.host()):
            before = await bench.until(account, "online")
            fresh = {"imei": "imei-1", "cookie": [{"key": "zpsid", "value": "new"}], "user_agent": "Test/1"}
            told = {"ev": "credentials", "account": account, "credentials": {**fresh, "language": "vi"}}
            bench.zalo.process_of(account).write(told)
            while (after := await bench.row(account))["credentials"] == before["credentials"]:
                await asyncio.sleep(0.02)
        assert b"new" not in after["credentials"]


class TestClosed:
    async def test_a_lost_network_comes_back_by_itself(self, bench: Bench, people: People) -> None:
        account = await bench.account(people.owner.id)
        async with bench.running(bench.host()):
            await bench.until(account, "online")
            bench.zalo.close(account, 1006)
            await until(lambda: bench.zalo.begun == 2)
            row = await bench.until(account, "online")
        assert row["health"] == "ok"
        spans = await bench.rows("SELECT code, reason FROM personal_span ORDER BY id")
        assert spans[0] == {"code": 1006, "reason": "network"}

    @pytest.mark.parametrize(
        ("code", "state", "health"),
        [(3000, "taken_over", "personal-taken-over"), (3003, "kicked", "personal-kicked")],
    )
    async def test_whoever_was_pushed_out_waits_for_a_person(
        self, bench: Bench, people: People, code: int, state: str, health: str
    ) -> None:
        account = await bench.account(people.owner.id)
        async with bench.running(bench.host()) as host:
            await bench.until(account, "online")
            bench.zalo.close(account, code)
            row = await bench.until(account, state)
            assert (row["health"], row["health_reason"], row["next_attempt_at"]) == ("down", health, None)
            await asyncio.sleep(1)
            assert bench.zalo.begun == 1
            assert not host.calls.holds(account)
            # Somebody brings it back.
            await bench.run(
                "UPDATE personal_account SET state = 'connecting', next_attempt_at = :now, attempts = 0",
                now=clock.now(),
            )
            row = await bench.until(account, "online")
        assert row["health"] == "ok"

    async def test_a_silent_socket_is_made_anew(self, bench: Bench, people: People) -> None:
        account = await bench.account(people.owner.id)
        async with bench.running(bench.host()):
            await bench.until(account, "online")
            bench.zalo.close(account, 4000, "dead")
            await until(lambda: bench.zalo.begun == 2)
            await bench.until(account, "online")

    @pytest.mark.parametrize("code", [102, 600, -13])
    async def test_expired_cookies_need_the_phone(self, bench: Bench, people: People, code: int) -> None:
        account = await bench.account(people.owner.id)

        def refuse(_: object) -> None:
            raise Failed("api", code)

        bench.zalo.answers["start"] = refuse
        async with bench.running(bench.host()):
            row = await bench.until(account, "needs_login")
            tries = len([one for one in bench.zalo.asked if one["op"] == "start"])
            await asyncio.sleep(0.5)
            assert len([one for one in bench.zalo.asked if one["op"] == "start"]) == tries
        assert (row["health"], row["health_reason"]) == ("down", "personal-needs-login")

    async def test_a_network_that_is_away_is_tried_less_and_less(self, bench: Bench, people: People) -> None:
        account = await bench.account(people.owner.id)

        def refuse(_: object) -> None:
            raise Failed("network")

        bench.zalo.answers["start"] = refuse
        async with bench.running(bench.host()):
            row = await bench.until(account, "offline")
            await until(lambda: len([one for one in bench.zalo.asked if one["op"] == "start"]) >= 3)
            del bench.zalo.answers["start"]
            await bench.until(account, "online")
        assert row["health"] == "degraded"


class TestSignsOfLife:
    """A span ends with the last of them: what came after that is asked for again."""

    async def long_connected(self, bench: Bench, host: Personal, account: int) -> None:
        await bench.until(account, "online")
        hours = timedelta(hours=2)
        await bench.run("UPDATE personal_span SET connected_at = connected_at - :hours", hours=hours)
        host.calls._sessions[account].heard_at = clock.now() - hours  # pyright: ignore[reportPrivateUsage]

    async def ended(self, bench: Bench, account: int) -> datetime:
        await until(lambda: bench.zalo.begun == 2)
        await bench.until(account, "online")
        [span] = await bench.rows("SELECT ended_at FROM personal_span WHERE ended_at IS NOT NULL")
        return span["ended_at"]

    async def test_a_machine_that_slept_was_not_connected_meanwhile(self, bench: Bench, people: People) -> None:
        account = await bench.account(people.owner.id)
        async with bench.running(bench.host()) as host:
            await self.long_connected(bench, host, account)
            slept = datetime.now(UTC) - timedelta(minutes=58)
            bench.zalo.close(account, 4000, "dead", heard_at=milliseconds(slept))
            ended = await self.ended(bench, account)
        assert abs(ended - slept) < timedelta(milliseconds=2)

    async def test_nor_was_a_sidecar_that_hung(self, bench: Bench, people: People) -> None:
        account = await bench.account(people.owner.id)
        async with bench.running(bench.host()) as host:
            await self.long_connected(bench, host, account)
            alive = datetime.now(UTC) - timedelta(minutes=20)
            process = bench.zalo.process_of(account)
            told = [{"account": account, "heard_at": milliseconds(alive)}, {"account": 0, "heard_at": 1}]
            process.write({"ev": "stats", "rss": 123, "accounts": told})
            await until(lambda: host.calls.shards.sidecars[0].rss == 123)
            process.kill()
            ended = await self.ended(bench, account)
        assert timedelta(minutes=20) <= clock.now() - ended < timedelta(minutes=21)

    async def test_times_are_those_of_the_company(self, bench: Bench, people: People, move_clock: MoveClock) -> None:
        await move_clock(7200)
        account = await bench.account(people.owner.id)
        async with bench.running(bench.host()) as host:
            await self.long_connected(bench, host, account)
            bench.zalo.close(account, 1006, heard_at=milliseconds(datetime.now(UTC) - timedelta(minutes=30)))
            ended = await self.ended(bench, account)
        assert timedelta(minutes=30) <= clock.now() - ended < timedelta(minutes=31)

    async def test_a_word_of_the_future_changes_nothing(self, bench: Bench, people: People) -> None:
        account = await bench.account(people.owner.id)
        async with bench.running(bench.host()):
            await bench.until(account, "online")
            later = datetime.now(UTC) + timedelta(hours=1)
            bench.zalo.close(account, 1006, heard_at=milliseconds(later))
            assert await self.ended(bench, account) <= clock.now()


class TestOrders:
    async def test_stopped_it_ends_and_stays_so(self, bench: Bench, people: People) -> None:
        account = await bench.account(people.owner.id)
        async with bench.running(bench.host()):
            await bench.until(account, "online")
            await bench.run("UPDATE personal_account SET wanted = false, state = 'stopped'")
            await until(lambda: any(one["op"] == "stop" for one in bench.zalo.asked))
            async with asyncio.timeout(10):
                while (row := await bench.row(account))["held_by"] is not None:
                    await asyncio.sleep(0.02)
            await asyncio.sleep(0.5)
        assert bench.zalo.begun == 1
        assert (row["state"], row["health_reason"]) == ("stopped", "personal-stopped")

    async def test_other_credentials_begin_anew(self, bench: Bench, people: People) -> None:
        account = await bench.account(people.owner.id)
        async with bench.running(bench.host()):
            await bench.until(account, "online")
            await bench.run("UPDATE personal_account SET revision = revision + 1")
            await until(lambda: bench.zalo.begun == 2)
            await bench.until(account, "online")

    async def test_the_switch_for_all_stops_sending_alone(self, bench: Bench, people: People) -> None:
        account = await bench.account(people.owner.id)
        async with bench.running(bench.host()) as host:
            await bench.until(account, "online")
            await until(lambda: account in host.calls.sending())
            await bench.run("UPDATE personal_switch SET stopped_at = :now", now=clock.now())
            await until(lambda: not host.calls.sending())
            assert host.calls.holds(account)
            with pytest.raises(NotHeldError):
                await host.calls.call(send(account), SendReply)
            undo = Undo(account=account, thread="2", group=False, msg_id="1", cli_msg_id="1")
            await host.calls.call(undo, NoneType)
            bench.zalo.say(account, "vẫn nhận")
            async with asyncio.timeout(10):
                while not await bench.journalled(account):
                    await asyncio.sleep(0.02)


class TestCalls:
    async def test_answers_and_refusals(self, bench: Bench, people: People) -> None:
        account = await bench.account(people.owner.id)
        async with bench.running(bench.host()) as host:
            await until(lambda: account in host.calls.sending())
            assert (await host.calls.call(send(account), SendReply)).msg_id == "7700000000001"

            def refuse(_: object) -> None:
                raise Failed("api", 123, message="Không thể nhận tin nhắn từ bạn")

            bench.zalo.answers["send"] = refuse
            with pytest.raises(CallFailedError) as caught:
                await host.calls.call(send(account), SendReply)
            assert (caught.value.kind, caught.value.code, caught.value.not_sent) == ("api", 123, False)
            with pytest.raises(NotHeldError):
                await host.calls.call(send(account + 1), SendReply)

    async def test_taken_over_while_sending_nobody_knows(self, bench: Bench, people: People) -> None:
        account = await bench.account(people.owner.id)
        bench.zalo.answers["send"] = lambda _: NotImplemented
        async with bench.running(bench.host()) as host:
            await until(lambda: account in host.calls.sending())
            sending = asyncio.create_task(host.calls.call(send(account), SendReply))
            await until(lambda: any(one["op"] == "send" for one in bench.zalo.asked))
            bench.zalo.process_of(account).kill()
            with pytest.raises(CallFailedError) as caught:
                await sending
        assert (caught.value.kind, caught.value.not_sent) == ("closed", False)

    async def test_a_call_finds_out_that_cookies_expired(self, bench: Bench, people: People) -> None:
        account = await bench.account(people.owner.id)

        def refuse(_: object) -> None:
            raise Failed("api", 102)

        bench.zalo.answers["keep_alive"] = refuse
        async with bench.running(bench.host()) as host:
            await until(lambda: host.calls.holds(account))
            with pytest.raises(CallFailedError):
                await host.calls.call(KeepAlive(account=account), NoneType)
            await bench.until(account, "needs_login")

    def test_nobody_waits_less_than_the_sidecar_does(self) -> None:
        [told] = re.findall(r"LISTS_MS = ([\d_]+);", (SIDECAR / "src" / "host.ts").read_text())
        seconds = int(told) / 1000
        kinds = (Friends(account=1), Groups(account=1), Aliases(account=1), LastMessages(account=1))
        for request in (*kinds, Profiles(account=1, uids=["2"])):
            assert _patience(request) > seconds
        assert _patience(KeepAlive(account=1)) < seconds


class TestWorkers:
    async def test_one_holds_an_account_another_takes_over(
        self, bench: Bench, people: People, move_clock: MoveClock
    ) -> None:
        account = await bench.account(people.owner.id)
        async with bench.running(bench.host()) as first:
            await until(lambda: first.calls.holds(account))
            async with bench.running(bench.host()) as second:
                await asyncio.sleep(1)
                assert not second.calls.holds(account)
                # The first one hangs: its lease ends.
                await bench.run("UPDATE personal_account SET held_by = 'elsewhere:1:x', held_until = :past",
                                past=clock.now() - timedelta(seconds=1))  # fmt: skip
                await until(lambda: second.calls.holds(account) or bench.zalo.begun > 1)
                await bench.until(account, "online")

    async def test_a_worker_that_died_hours_ago_was_connected_until_then(self, bench: Bench, people: People) -> None:
        account = await bench.account(people.owner.id)
        died, nobody = clock.now() - timedelta(hours=8), 4_194_000
        await bench.run(
            "UPDATE personal_account SET held_by = :name, held_until = :until, state = 'online'",
            name=f"{socket.gethostname()}:{nobody}:x",
            until=died + timedelta(seconds=20),
        )
        await bench.run(
            "INSERT INTO personal_span (account_id, conn, connected_at) VALUES (:id, 'old', :at)",
            id=account,
            at=died - timedelta(hours=1),
        )
        async with bench.running(bench.host()):
            await until(lambda: bench.zalo.begun == 1)
            await bench.until(account, "online")
        spans = await bench.rows("SELECT ended_at FROM personal_span ORDER BY id")
        assert abs(spans[0]["ended_at"] - died) < timedelta(seconds=1)

    async def test_what_a_dead_worker_left_open_is_closed(self, bench: Bench, people: People) -> None:
        account = await bench.account(people.owner.id)
        await bench.run(
            "UPDATE personal_account SET held_by = 'elsewhere:1:x', held_until = :past, state = 'online'",
            past=clock.now() - timedelta(seconds=1),
        )
        await bench.run(
            "INSERT INTO personal_span (account_id, conn, connected_at) VALUES (:id, 'old', :at)",
            id=account,
            at=clock.now() - timedelta(hours=1),
        )
        async with bench.running(bench.host()):
            await until(lambda: bench.zalo.begun == 1)
            await bench.until(account, "online")
        spans = await bench.rows("SELECT conn, ended_at, reason FROM personal_span ORDER BY id")
        assert (spans[0]["conn"], spans[0]["reason"]) == ("old", "host-lost")
        assert clock.now() - spans[0]["ended_at"] < timedelta(minutes=2)
