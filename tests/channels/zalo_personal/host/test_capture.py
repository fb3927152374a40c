"""Frames on their way to the journal: in order, none lost, whatever dies."""

import asyncio
import base64
import json
from collections.abc import Sequence
from typing import Any

import msgspec
import psycopg
import pytest
from sqlalchemy.exc import OperationalError
from sqlalchemy.ext.asyncio import AsyncConnection

from sokhach.channels.zalo_personal.gaps.counters import Counters
from sokhach.channels.zalo_personal.gaps.filling import Filler
from sokhach.channels.zalo_personal.host import alarm, capture
from sokhach.channels.zalo_personal.host.capture import Captured
from sokhach.channels.zalo_personal.host.sidecar import Sidecar
from sokhach.channels.zalo_personal.private.gate import Gate
from sokhach.channels.zalo_personal.protocol import ItemEvent, Old, OldReply
from sokhach.core.child import Backoff
from sokhach.worker import append
from tests.support.fake_zalo import Bench, until
from tests.support.people import People

MANY = 300


class Broken:
    """A journal that can be out of reach."""

    def __init__(self) -> None:
        self.away = False
        self.refused = 0

    async def __call__(self, connection: AsyncConnection, rows: Sequence[Captured]) -> None:
        if self.away:
            self.refused += 1
            raise OperationalError("COPY", None, Exception("gone"))
        await append(connection, rows)


async def arrived(bench: Bench, account: int, count: int) -> list[str]:
    async with asyncio.timeout(30):
        while len(words := await bench.words(account)) < count:
            await asyncio.sleep(0.05)
    return words


class TestItems:
    async def test_all_are_kept_in_their_order_as_zalo_sent_them(self, bench: Bench, people: People) -> None:
        account = await bench.account(people.owner.id)
        async with bench.running(bench.host()):
            await bench.until(account, "online")
            for number in range(MANY):
                bench.zalo.say(account, f"tin {number}")
            assert await arrived(bench, account, MANY) == [f"tin {number}" for number in range(MANY)]
        rows = await bench.rows("SELECT DISTINCT source, lane FROM journal")
        assert [row["source"] for row in rows] == ["frame"]
        [span] = await bench.rows("SELECT last_item_at FROM personal_span")
        assert span["last_item_at"] is not None

    async def test_typing_is_never_kept(self, bench: Bench, people: People) -> None:
        account = await bench.account(people.owner.id)
        async with bench.running(bench.host()):
            await bench.until(account, "online")
            bench.zalo.item(account, {"act": "typing", "act_type": "typing", "data": {"uid": "2"}}, cmd=602, list=None)
            bench.zalo.say(account, "sau đó")
            await arrived(bench, account, 1)
        assert [one["cmd"] for one in await bench.journalled(account)] == [501]

    async def test_what_nobody_understands_is_kept_and_counted(self, bench: Bench, people: People) -> None:
        account = await bench.account(people.owner.id)
        async with bench.running(bench.host()):
            await bench.until(account, "online")
            bench.zalo.item(account, {"content": "mã 504"}, cmd=504)
            bench.zalo.frame(account)
            bench.zalo.frame(account)
            bench.zalo.say(account, "bình thường")
            await arrived(bench, account, 2)
            async with asyncio.timeout(10):
                while len(await bench.journalled(account)) < 4:
                    await asyncio.sleep(0.05)
        counted = await bench.rows("SELECT cmd, why, count FROM frame_tally ORDER BY cmd")
        assert counted == [
            {"cmd": 501, "why": "undecryptable", "count": 2},
            {"cmd": 504, "why": "unknown-opcode", "count": 1},
        ]
        assert (await bench.row(account))["health_reason"] == "personal-frames"
        await alarm.step(bench.database)
        assert (await bench.row(account))["health"] == "degraded"
        await bench.run("UPDATE frame_tally SET last_at = last_at - interval '2 hours'")
        assert await alarm.step(bench.database) == 1
        assert (await bench.row(account))["health"] == "ok"
        kept = [one for one in await bench.journalled(account) if "frame" in one]
        assert base64.b64decode(kept[0]["frame"]) == b"\0\1\2\3"


class TestOdd:
    """Whatever somebody sends: it is kept, counted and told, and what comes after it comes."""

    async def told(self, bench: Bench, account: int) -> list[tuple[int, str, int]]:
        rows = await bench.rows("SELECT cmd, why, count FROM frame_tally WHERE account_id = :id ORDER BY cmd, why",
                                id=account)  # fmt: skip
        return [(row["cmd"], row["why"], row["count"]) for row in rows]

    async def after(self, bench: Bench, account: int, entries: int) -> list[dict[str, Any]]:
        """Says one more message; gives what is kept, which is in the journal before it."""
        bench.zalo.say(account, "vẫn nhận")
        async with asyncio.timeout(20):
            while len(kept := await bench.journalled(account)) < entries + 1:
                await asyncio.sleep(0.02)
        assert len(bench.zalo.processes) == 1
        assert bench.zalo.begun == 1
        return kept[:-1]

    async def test_who_types_as_nobody_does(self, bench: Bench, people: People) -> None:
        account = await bench.account(people.owner.id)
        async with bench.running(bench.host()):
            await bench.until(account, "online")
            for odd in ([], {}, ["typing"], 7, None):
                item = {"act": "typing", "act_type": odd, "data": {"uid": ["2"], "gid": {}}}
                bench.zalo.item(account, item, cmd=602, list="actions")
            assert await self.after(bench, account, 0) == []
        assert await self.told(bench, account) == []

    @pytest.mark.parametrize("sim", ["company", "own"])
    @pytest.mark.parametrize("depth", [600, 1200, 100_000])
    async def test_what_is_nested_too_deeply(self, bench: Bench, people: People, sim: str, depth: int) -> None:
        account = await bench.account(people.owner.id, sim=sim)
        async with bench.running(bench.host()):
            await bench.until(account, "online")
            process = bench.zalo.process_of(account)
            deep = b"[" * depth + b'"bi mat"' + b"]" * depth
            for cmd, where in ((501, "msgs"), (602, "actions")):
                head = {"ev": "item", "account": account, "conn": process.accounts[account], "n": 1, "cmd": cmd,
                        "sub": 0, "at": 1, "list": where, "own": "1", "item": 0}  # fmt: skip
                line = json.dumps(head).encode()[:-2] + deep + b"}"
                process._writer.write(line + b"\n")  # pyright: ignore[reportPrivateUsage]
            if sim == "own":  # of which a message of a private thread leaves a stub
                [kept] = await self.after(bench, account, 1)
                assert set(kept) == {"v", "sealed", "cmd"}
            else:
                [kept] = await self.after(bench, account, 1)
                found = base64.b64decode(kept["frame"]) if "frame" in kept else json.dumps(kept["item"]).encode()
                assert deep in found
        if depth > 1000:
            assert await self.told(bench, account) == [(501, "unreadable", 1)]
            assert (await bench.row(account))["health_reason"] == "personal-frames"

    async def test_a_time_that_is_no_number_of_ours(self, bench: Bench, people: People) -> None:
        account = await bench.account(people.owner.id, sim="own")
        async with bench.running(bench.host()):
            await bench.until(account, "online")
            item = {"msgId": "1", "cliMsgId": "2", "uidFrom": "2000000000000000002", "idTo": "0", "content": "bi mat",
                    "msgType": "webchat", "ts": "1" * 25}  # fmt: skip
            bench.zalo.item(account, item)
            [kept] = await self.after(bench, account, 1)
        assert set(kept) in ({"v", "sealed", "cmd"}, {"v", "stub"})

    async def test_half_a_character_that_came_all_the_same(self, bench: Bench, people: People) -> None:
        account = await bench.account(people.owner.id)
        async with bench.running(bench.host()):
            await bench.until(account, "online")
            bench.zalo.say(account, "cắt \ud83d")
            [kept] = await self.after(bench, account, 1)
        assert b"ud83d" in base64.b64decode(kept["frame"])
        assert await self.told(bench, account) == [(501, "unreadable", 1)]

    @pytest.mark.parametrize("part", ["item", "thread_of", "hear"])
    async def test_whatever_fails_over_it(
        self, bench: Bench, people: People, monkeypatch: pytest.MonkeyPatch, part: str
    ) -> None:
        account = await bench.account(people.owner.id)
        owner, name = (Counters, "hear") if part == "hear" else (Gate, part)
        usual = getattr(owner, name)

        def fails(self: Any, event: ItemEvent) -> Any:
            if b"lac de" in bytes(event.item):
                raise ZeroDivisionError
            return usual(self, event)

        monkeypatch.setattr(owner, name, fails)
        async with bench.running(bench.host()):
            await bench.until(account, "online")
            bench.zalo.say(account, "lac de")
            [kept] = await self.after(bench, account, 1)
        assert ("item" in kept) == (part == "hear")
        assert await self.told(bench, account) == ([] if part == "hear" else [(501, "unreadable", 1)])

    async def test_a_list_that_nobody_reads_is_counted(self, bench: Bench, people: People) -> None:
        account = await bench.account(people.owner.id)
        async with bench.running(bench.host()):
            await bench.until(account, "online")
            for cmd, where in ((501, "mới"), (501, None), (603, "msgs"), (521, "groupMsgs"), (3000, None)):
                bench.zalo.item(account, {"content": "?"}, cmd=cmd, list=where)
            await self.after(bench, account, 5)
        assert await self.told(bench, account) == [(501, "unknown-opcode", 2), (603, "unknown-opcode", 1)]

    async def test_what_the_database_refuses_is_counted(
        self, bench: Bench, people: People, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(capture, "AGAIN_SECONDS", (0.01,))
        account = await bench.account(people.owner.id)

        async def refuses(connection: AsyncConnection, rows: Sequence[Captured]) -> None:
            if any(b"tu choi" in row.payload for row in rows):
                raise psycopg.errors.DataError("no")
            await append(connection, rows)

        monkeypatch.setattr(psycopg.errors.DataError, "sqlstate", "22000")
        async with bench.running(bench.host(refuses)):
            await bench.until(account, "online")
            bench.zalo.say(account, "tu choi")
            await self.after(bench, account, 0)
        assert await self.told(bench, account) == [(0, "refused", 1)]
        assert (await bench.row(account))["health_reason"] == "personal-frames"

    async def test_a_sidecar_whose_life_fails_lives_anew(
        self, bench: Bench, people: People, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        account = await bench.account(people.owner.id)
        usual = Sidecar._hear  # pyright: ignore[reportPrivateUsage]

        async def fails(self: Sidecar, line: bytes) -> None:
            if b"lac de" in line:
                raise ZeroDivisionError
            await usual(self, line)

        monkeypatch.setattr(Sidecar, "_hear", fails)
        async with bench.running(bench.host()):
            await bench.until(account, "online")
            bench.zalo.say(account, "lac de")
            await until(lambda: bench.zalo.begun == 2)
            await bench.until(account, "online")


class TestOldPages:
    async def test_an_answer_is_told_once_its_messages_are_on_disk(self, bench: Bench, people: People) -> None:
        account = await bench.account(people.owner.id)
        journal = Broken()

        def answer(_: object) -> dict[str, Any]:
            bench.zalo.say(account, "cũ")
            return {"count": 1, "oldest_id": "7000000000001", "oldest_ts": 1}

        bench.zalo.answers["old"] = answer
        async with bench.running(bench.host(journal)) as host:
            await bench.until(account, "online")
            await until(lambda: host.calls.holds(account))
            journal.away = True
            filler = Filler(bench.database, host.calls)
            reading = asyncio.create_task(filler.step())
            await until(lambda: journal.refused >= 2)
            # Here the worker is killed.
            reading.cancel()
            with pytest.raises(asyncio.CancelledError):
                await reading
            [fill] = await bench.rows("SELECT direct_state, direct_id, done_at FROM personal_fill")
            assert fill == {"direct_state": "open", "direct_id": None, "done_at": None}
            # The next one finds it as it stood, and everything comes.
            journal.away = False
            await bench.run("UPDATE personal_fill SET due_at = now() - interval '1 day'")
            await filler.step()
            [fill] = await bench.rows("SELECT direct_state FROM personal_fill")
            assert fill["direct_state"] != "open"
            assert "cũ" in await bench.words(account)

    async def test_others_that_go_on_coming_hold_no_answer_up(self, bench: Bench, people: People) -> None:
        account = await bench.account(people.owner.id)
        async with bench.running(bench.host()) as host:
            await until(lambda: host.calls.holds(account))

            async def storm() -> None:
                while True:
                    bench.zalo.say(account, "bão")
                    await asyncio.sleep(0.001)

            storming = asyncio.create_task(storm())
            bench.zalo.answers["old"] = lambda _: {"count": 0}
            async with asyncio.timeout(10):
                for group in (False, True) * 3:
                    await host.calls.call(Old(account=account, group=group), OldReply)
            storming.cancel()


class TestDatabaseAway:
    async def test_nothing_is_dropped_and_the_sidecar_waits(
        self, bench: Bench, people: People, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(capture, "MOST_WAITING_BYTES", 20_000)
        account = await bench.account(people.owner.id)
        journal = Broken()
        host = bench.host(journal)
        async with bench.running(host):
            await bench.until(account, "online")
            journal.away = True
            for number in range(2000):
                bench.zalo.say(account, f"tin {number} " + "x" * 200)
            await until(lambda: journal.refused >= 3)
            held = host.capture._bytes  # pyright: ignore[reportPrivateUsage]
            assert held < 25_000
            assert await bench.words(account) == []
            journal.away = False
            words = await arrived(bench, account, 2000)
        assert [one.split()[1] for one in words] == [str(number) for number in range(2000)]


class TestKilled:
    async def test_a_sidecar_that_dies_has_said_all_and_comes_back(self, bench: Bench, people: People) -> None:
        first = await bench.account(people.owner.id)
        second = await bench.account(people.teammate.id, "1000000000000000003")
        async with bench.running(bench.host()):
            await bench.until(first, "online")
            await bench.until(second, "online")
            for number in range(50):
                bench.zalo.say(first, f"trước {number}")
            await arrived(bench, first, 50)
            bench.zalo.process_of(first).kill()
            await until(lambda: bench.zalo.begun == 4)
            await bench.until(first, "online")
            await bench.until(second, "online")
            bench.zalo.say(first, "sau")
            assert (await arrived(bench, first, 51))[-1] == "sau"
        reasons = await bench.rows("SELECT reason FROM personal_span ORDER BY id")
        assert [row["reason"] for row in reasons[:2]] == ["restarted", "restarted"]

    async def test_other_sidecars_do_not_notice(self, bench: Bench, people: People) -> None:
        bench.settings = msgspec.structs.replace(bench.settings, sidecar_accounts=1)
        first = await bench.account(people.owner.id)
        second = await bench.account(people.teammate.id, "1000000000000000003")
        async with bench.running(bench.host()):
            await bench.until(first, "online")
            await bench.until(second, "online")
            assert bench.zalo.process_of(first).pid != bench.zalo.process_of(second).pid
            bench.zalo.process_of(first).kill()
            await until(lambda: bench.zalo.begun == 3)
            await bench.until(first, "online")
        spans = await bench.rows("SELECT count(*) AS n FROM personal_span WHERE account_id = :id", id=second)
        assert spans == [{"n": 1}]

    async def test_accounts_of_one_that_needs_too_much_memory_move(self, bench: Bench, people: People) -> None:
        bench.settings = msgspec.structs.replace(bench.settings, sidecar_accounts=4)
        ids = [await bench.account(people.owner.id, f"10000000000000000{number:02}") for number in range(4)]
        async with bench.running(bench.host()) as host:
            for account in ids:
                await bench.until(account, "online")
            [full] = bench.zalo.processes
            for account in ids:
                bench.zalo.say(account, "còn kịp")
            full.write({"ev": "stats", "rss": 900 * 1024 * 1024, "accounts": []})
            await until(lambda: full not in bench.zalo.processes)
            await until(lambda: bench.zalo.begun == 8)
            for account in ids:
                await bench.until(account, "online")
                assert await bench.words(account) == ["còn kịp"]
            rows = await bench.rows("SELECT shard, count(*) AS n FROM personal_account GROUP BY shard ORDER BY shard")
            # What was too much for one is not put there again.
            assert rows == [{"shard": 0, "n": 2}, {"shard": 1, "n": 2}]
            assert sorted(len(process.accounts) for process in bench.zalo.processes) == [2, 2]
            assert host.calls.held() == frozenset(ids)
        reasons = {row["reason"] for row in await bench.rows("SELECT reason FROM personal_span WHERE id <= 4")}
        assert reasons == {"moved"}

    async def test_accounts_of_one_that_does_not_come_back_move(
        self, bench: Bench, people: People, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        bench.settings = msgspec.structs.replace(bench.settings, sidecar_accounts=2)
        ids = [await bench.account(people.owner.id, f"10000000000000000{number:02}") for number in range(3)]
        async with bench.running(bench.host()):
            for account in ids:
                await bench.until(account, "online")
            alone = next(process for process in bench.zalo.processes if len(process.accounts) == 1)
            [lonely] = alone.accounts
            other = next(process for process in bench.zalo.processes if process is not alone)
            monkeypatch.setattr(Backoff, "after", lambda *_: 60.0)
            # The one with two dies and stays away: one of them finds room, the other waits for it.
            other.kill()
            await until(lambda: len(alone.accounts) == 2)
            assert lonely in alone.accounts

    async def test_a_line_that_is_none_harms_nobody(self, bench: Bench, people: People) -> None:
        account = await bench.account(people.owner.id)
        async with bench.running(bench.host()):
            await bench.until(account, "online")
            process = bench.zalo.process_of(account)
            process._writer.write(b'{"ev":"mystery"}\nnonsense\n\xff\xfe\n')  # pyright: ignore[reportPrivateUsage]
            bench.zalo.say(account, "vẫn chạy")
            assert await arrived(bench, account, 1) == ["vẫn chạy"]

    async def test_all_dropped_at_once_come_back(self, bench: Bench, people: People) -> None:
        ids = [await bench.account(people.owner.id, f"10000000000000000{number:02}") for number in range(30)]
        async with bench.running(bench.host()):
            for account in ids:
                await bench.until(account, "online")
            for account in ids:
                bench.zalo.close(account, 1006)
            await until(lambda: bench.zalo.begun == 60, 40)
            for account in ids:
                await bench.until(account, "online")
