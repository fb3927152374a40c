"""Back-fill from the platform's history, against the simulated Zalo."""

import asyncio
import json
from datetime import timedelta
from typing import Any

import msgspec
import pytest

from sokhach.channels.connector import Account, SendRefusedError
from sokhach.channels.upkeep.platform import HistoryPage
from sokhach.channels.zalo_oa.client import Answer
from sokhach.channels.zalo_oa.upkeep import ZaloUpkeep
from sokhach.core import clock
from tests.channels.upkeep.conftest import Upkeep, before
from tests.support.zalo import HISTORY_PATH, later

LIST_PATH = "/v2.0/oa/listrecentchat"


def outage(upkeep: Upkeep, *, messages: int, threads: int) -> None:
    """What customers and staff write while nothing is received here."""
    users = upkeep.customers(threads)
    for number in range(messages):
        user = users[number * number % threads if number >= threads else number]
        if number % 7 == 3 and number >= threads:
            upkeep.answers(user, f"Dạ, tin số {number}")
        else:
            upkeep.says(user, f"Tin số {number}, có dấu: ế ợ ữ")


class TestSweep:
    async def test_after_an_outage_everything_is_here_once(self, upkeep: Upkeep) -> None:
        since = before(120)
        outage(upkeep, messages=300, threads=40)
        done = await upkeep.sweep(since, "outage")
        assert (done["state"], done["found"], done["added"]) == ("done", 301, 300)
        assert await upkeep.threads() == upkeep.phones()
        assert await upkeep.gaps() == []

    async def test_again_adds_nothing(self, upkeep: Upkeep) -> None:
        since = before(120)
        outage(upkeep, messages=30, threads=4)
        await upkeep.sweep(since)
        rows = await upkeep.desk.value("SELECT count(*) FROM journal WHERE source = 'history'")
        again = await upkeep.sweep(since)
        assert (again["state"], again["found"], again["added"]) == ("done", 31, 0)
        assert await upkeep.desk.value("SELECT count(*) FROM journal WHERE source = 'history'") == rows == 30
        assert await upkeep.threads() == upkeep.phones()

    async def test_what_is_older_than_since_is_left(self, upkeep: Upkeep) -> None:
        [user] = upkeep.customers(1)
        path = f"/oas/{upkeep.desk.oa_id}/users/{user}/messages"
        for minutes in range(30, 0, -1):
            at = round((clock.now() - timedelta(minutes=minutes)).timestamp() * 1000)
            upkeep.desk.zalo.order(path, type="text", text=f"{minutes} phút trước", timestamp=at)
        done = await upkeep.sweep(before(12.5 * 60))
        assert done["added"] == 12
        assert [words for _, words in (await upkeep.threads())[user]] == [f"{n} phút trước" for n in range(12, 0, -1)]

    async def test_killed_at_every_call_it_goes_on_where_it_was(self, upkeep: Upkeep) -> None:
        since = before(120)
        outage(upkeep, messages=60, threads=6)
        await upkeep.ask(since, "outage")
        calls = 0
        while (await upkeep.last_sweep())["state"] != "done":
            calls += 1
            await upkeep.sweeper(calls_a_turn=1).step()
            assert calls < 60
        await upkeep.drain()
        assert await upkeep.threads() == upkeep.phones()
        assert await upkeep.desk.value("SELECT count(*) FROM journal WHERE source = 'history'") == 60

    async def test_a_worker_that_hangs_is_overtaken_and_writes_nothing_more(self, upkeep: Upkeep) -> None:
        since = before(120)
        outage(upkeep, messages=60, threads=6)
        await upkeep.ask(since, "outage")
        upkeep.desk.fault("api_slow", path=HISTORY_PATH, delay_ms=1500, count=1)
        slow = asyncio.create_task(upkeep.sweeper().step())
        await asyncio.sleep(0.7)
        assert await upkeep.sweeper().step() == 0
        later(61)
        other = upkeep.sweeper()
        while await other.step():
            pass
        done = await upkeep.last_sweep()
        assert done["state"] == "done"
        await slow
        await upkeep.drain()
        assert await upkeep.last_sweep() == done
        assert await upkeep.threads() == upkeep.phones()
        assert await upkeep.desk.value("SELECT count(*) FROM journal WHERE source = 'history'") == 60

    async def test_two_workers_do_not_work_on_one_account(self, upkeep: Upkeep) -> None:
        outage(upkeep, messages=30, threads=5)
        await upkeep.ask(before(120))
        first, second = upkeep.sweeper(calls_a_turn=2), upkeep.sweeper(calls_a_turn=2)
        while any(await asyncio.gather(first.step(), second.step())):
            pass
        await upkeep.drain()
        assert await upkeep.threads() == upkeep.phones()
        assert await upkeep.desk.value("SELECT count(*) FROM journal WHERE source = 'history'") == 30

    async def test_what_is_asked_meanwhile_waits_its_turn_and_is_one(self, upkeep: Upkeep) -> None:
        outage(upkeep, messages=12, threads=3)
        await upkeep.ask(before(60))
        await upkeep.sweeper(calls_a_turn=1).step()
        await upkeep.ask(before(90))
        await upkeep.ask(before(600), "outage")
        rows = await upkeep.desk.value(
            "SELECT array_agg(state ORDER BY id) FROM channel_sweep WHERE account_id = :id", id=upkeep.desk.account_id
        )
        assert rows == ["running", "queued"]
        sweeper = upkeep.sweeper()
        while await sweeper.step():
            pass
        await upkeep.drain()
        last = await upkeep.last_sweep()
        assert (last["state"], last["added"]) == ("done", 0) or last["found"] == 13
        assert await upkeep.threads() == upkeep.phones()

    async def test_a_thread_that_jumps_to_the_front_meanwhile_is_not_lost(self, upkeep: Upkeep) -> None:
        users = upkeep.customers(25)
        for user in users:
            upkeep.says(user, "Trong lúc mất mạng")
        await upkeep.ask(before(120))
        await upkeep.sweeper(calls_a_turn=1).step()
        # The last of the list, not reached yet, comes to its front.
        upkeep.says(users[0], "Còn đó không shop?")
        sweeper = upkeep.sweeper()
        while await sweeper.step():
            pass
        await upkeep.drain()
        assert await upkeep.threads() == upkeep.phones()

    async def test_zalo_that_is_slow_to_recover_is_asked_again(self, upkeep: Upkeep) -> None:
        outage(upkeep, messages=20, threads=4)
        upkeep.desk.fault("api_status", path=HISTORY_PATH, count=1)
        await upkeep.ask(before(120))
        await upkeep.sweeper().step()
        waiting = await upkeep.last_sweep()
        assert (waiting["state"], waiting["reason"]) == ("running", "platform-busy")
        assert await upkeep.sweeper().step() == 0
        later(31)
        sweeper = upkeep.sweeper()
        while await sweeper.step():
            pass
        await upkeep.drain()
        assert (await upkeep.last_sweep())["state"] == "done"
        assert await upkeep.threads() == upkeep.phones()

    async def test_a_revoked_account_waits_for_its_admin(self, upkeep: Upkeep) -> None:
        outage(upkeep, messages=20, threads=4)
        desk = upkeep.desk
        desk.zalo.order(f"/oas/{desk.oa_id}/revocation", refresh_too=True)
        await upkeep.ask(before(120))
        await upkeep.sweeper().step()
        assert await desk.health() == ("down", "token-revoked")
        later(3600)
        assert await upkeep.sweeper().step() == 0
        await desk.give_tokens()
        await desk.execute("UPDATE channel_account SET health = 'ok', health_reason = NULL WHERE id = :id",
                           id=desk.account_id)  # fmt: skip
        sweeper = upkeep.sweeper()
        while await sweeper.step():
            pass
        await upkeep.drain()
        assert await upkeep.threads() == upkeep.phones()


QUARANTINED = (
    "SELECT reason, payload FROM quarantine q JOIN journal j ON j.id = q.journal_id"
    " WHERE j.source = 'history' ORDER BY q.id"
)


class TestUnreadable:
    @pytest.mark.parametrize("spoilt", [{"message_id": None}, {"message_id": ""}, {"time": 10**18}, {"time": None}])
    async def test_goes_to_quarantine_once(self, upkeep: Upkeep, spoilt: dict[str, Any]) -> None:
        desk = upkeep.desk
        since = before(120)
        ids = [upkeep.says(desk.user_id, words) for words in ("Một", "Hai", "Ba")]
        upkeep.platform = _Spoiling(upkeep, HISTORY_PATH, ids[1], spoilt)
        done = await upkeep.sweep(since, "outage")
        assert (done["state"], done["found"], done["added"]) == ("done", 4, 3)
        stored = [external_id for external_id, _ in (await upkeep.threads())[desk.user_id]]
        assert stored[1:] == [ids[0], ids[2]]
        [refused] = await desk.rows(QUARANTINED)
        assert "Hai" in json.loads(refused["payload"])["message"]
        again = await upkeep.sweep(since)
        assert (again["found"], again["added"]) == (4, 0)
        assert len(await desk.rows(QUARANTINED)) == 1

    async def test_older_than_asked_for_is_left(self, upkeep: Upkeep) -> None:
        desk = upkeep.desk
        old = upkeep.says(desk.user_id, "Cũ")
        upkeep.says(desk.user_id, "Cũ nhưng đọc được")
        await asyncio.sleep(0.02)
        since = clock.now()
        await asyncio.sleep(0.02)
        upkeep.says(desk.user_id, "Mới")
        upkeep.platform = _Spoiling(upkeep, HISTORY_PATH, old, {"message_id": None})
        done = await upkeep.sweep(since)
        assert (done["found"], done["added"]) == (1, 1)
        assert await desk.rows(QUARANTINED) == []

    async def test_in_the_list_of_threads_is_a_gap_until_it_can_be_read(self, upkeep: Upkeep) -> None:
        since = before(120)
        user, other = upkeep.customers(2)
        upkeep.says(user, "Một")
        last = upkeep.says(other, "Hai")
        real = upkeep.platform
        upkeep.platform = _Spoiling(upkeep, LIST_PATH, last, {"from_id": None})
        assert (await upkeep.sweep(since))["state"] == "done"
        [gap] = await upkeep.gaps()
        assert (gap["thread_key"], gap["reason"], gap["from_at"]) == (None, "unreadable", since)
        assert other not in await upkeep.threads()
        upkeep.platform = real
        await upkeep.sweep(since)
        assert await upkeep.gaps() == []
        assert await upkeep.threads() == upkeep.phones()


class TestGaps:
    async def test_a_thread_that_zalo_does_not_give_is_a_gap(self, upkeep: Upkeep) -> None:
        since = before(120)
        user, other = upkeep.customers(2)
        upkeep.says(user, "Một")
        upkeep.says(other, "Hai")
        upkeep.platform = _Refusing(upkeep, user)  # pyright: ignore[reportAttributeAccessIssue]
        done = await upkeep.sweep(since, "outage")
        assert done["state"] == "done"
        [gap] = await upkeep.gaps()
        assert (gap["thread_key"], gap["reason"], gap["from_at"]) == (user, "refused", since)
        assert other in await upkeep.threads()

    async def test_and_closes_when_it_is_given_later(self, upkeep: Upkeep) -> None:
        since = before(120)
        [user] = upkeep.customers(1)
        upkeep.says(user, "Một")
        real = upkeep.platform
        upkeep.platform = _Refusing(upkeep, user)  # pyright: ignore[reportAttributeAccessIssue]
        await upkeep.sweep(since, "outage")
        assert len(await upkeep.gaps()) == 1
        upkeep.platform = real
        await upkeep.sweep(since)
        assert await upkeep.gaps() == []

    async def test_a_history_that_ends_after_what_we_know(self, upkeep: Upkeep) -> None:
        """The last five are all that the history has left, and ours ends before them."""
        desk = upkeep.desk
        since = before(60)
        known_at = await desk.value("SELECT max(sent_at) FROM message")
        later(3600)
        ids = [upkeep.says(desk.user_id, f"Tin {number}") for number in range(20)]
        upkeep.platform = _Forgetful(upkeep, 5)  # pyright: ignore[reportAttributeAccessIssue]
        await upkeep.sweep(since, "outage")
        [gap] = await upkeep.gaps()
        assert (gap["thread_key"], gap["reason"]) == (desk.user_id, "history-ended")
        assert gap["from_at"] == max(known_at, since)
        stored = [external_id for external_id, _ in (await upkeep.threads())[desk.user_id]]
        assert stored[1:] == ids[-5:]

    async def test_a_conversation_that_began_in_the_outage_is_none(self, upkeep: Upkeep) -> None:
        since = before(60)
        [user] = upkeep.customers(1)
        upkeep.says(user, "Lần đầu tôi hỏi")
        await upkeep.sweep(since, "outage")
        assert await upkeep.gaps() == []

    async def test_groups_and_anonymous_visitors_have_no_history(self, upkeep: Upkeep) -> None:
        desk = upkeep.desk
        for key, kind in (("nhóm", "group"), ("anonymous:9", "direct")):
            await desk.execute(
                "INSERT INTO conversation (account_id, thread_key, kind, contact_id, created_at, last_message_at,"
                " message_count, unread_count, episode_open) SELECT :account, :key, :kind,"
                " CASE WHEN :kind = 'direct' THEN id END, :now, :now, 1, 0, false FROM contact LIMIT 1",
                account=desk.account_id, key=key, kind=kind, now=clock.now(),
            )  # fmt: skip
        since = before(300)
        await upkeep.sweep(since, "outage")
        assert [(gap["thread_key"], gap["reason"]) for gap in await upkeep.gaps()] == [
            ("anonymous:9", "anonymous"),
            ("nhóm", "group"),
        ]
        await upkeep.sweep(since)
        assert len(await upkeep.gaps()) == 2

    async def test_of_visitors_only_those_of_the_last_day_have_one_and_a_longer_outage_a_longer_one(
        self, upkeep: Upkeep
    ) -> None:
        desk = upkeep.desk
        since = before(300)
        for key, kind, days in (("g", "group", 80), ("anonymous:1", "direct", 0.9), ("anonymous:2", "direct", 1.1)):
            await desk.execute(
                "INSERT INTO conversation (account_id, thread_key, kind, contact_id, created_at, last_message_at,"
                " message_count, unread_count, episode_open) SELECT :account, :key, :kind,"
                " CASE WHEN :kind = 'direct' THEN id END, :now, :now, 1, 0, false FROM contact LIMIT 1",
                account=desk.account_id, key=key, kind=kind, now=since - timedelta(days=days),
            )  # fmt: skip
        await upkeep.sweep(since, "outage")
        first = await upkeep.gaps()
        assert [gap["thread_key"] for gap in first] == ["anonymous:1", "g"]
        later(60)
        await desk.give_tokens()
        await upkeep.sweep(since + timedelta(seconds=30), "outage")
        second = await upkeep.gaps()
        assert [(gap["thread_key"], gap["from_at"]) for gap in second] == [("anonymous:1", since), ("g", since)]
        assert all(after["until_at"] > gap["until_at"] for gap, after in zip(first, second, strict=True))  # pyright: ignore[reportOperatorIssue]

    async def test_an_account_without_the_right_to_its_history(self, upkeep: Upkeep) -> None:
        upkeep.desk.fault("api_error", path=LIST_PATH, error=-223, message="not granted")
        done = await upkeep.sweep(before(60), "outage")
        assert (done["state"], done["reason"]) == ("failed", "permission")
        assert [(gap["thread_key"], gap["reason"]) for gap in await upkeep.gaps()] == [(None, "refused")]
        assert (await upkeep.desk.health())[0] != "down" or (await upkeep.desk.health())[1] != "permission"

    async def test_closes_for_the_account_when_the_list_is_read_to_its_beginning(self, upkeep: Upkeep) -> None:
        since = before(60)
        upkeep.desk.fault("api_error", path=LIST_PATH, error=-223, message="not granted", count=1)
        await upkeep.sweep(since, "outage")
        assert len(await upkeep.gaps()) == 1
        await upkeep.sweep(since + timedelta(seconds=1))
        assert len(await upkeep.gaps()) == 1, "the sweep did not reach as far"
        await upkeep.sweep(since)
        assert await upkeep.gaps() == []

    async def test_stays_for_the_account_while_the_list_leaves_somebody_out(self, upkeep: Upkeep) -> None:
        desk = upkeep.desk
        [user] = upkeep.customers(1)
        upkeep.says(user, "Một")
        since = before(600)
        await upkeep.sweep(since)
        real = upkeep.platform
        upkeep.platform = _Short(upkeep, desk.user_id)  # pyright: ignore[reportAttributeAccessIssue]
        for _ in range(2):
            await upkeep.sweep(since)
            [gap] = await upkeep.gaps()
            assert (gap["thread_key"], gap["reason"]) == (None, "history-ended")
        upkeep.platform = real
        await upkeep.sweep(since)
        assert await upkeep.gaps() == []


class _Refusing:
    """Zalo, which refuses one thread."""

    def __init__(self, upkeep: Upkeep, thread_key: str) -> None:
        self._real = upkeep.platform
        self._thread_key = thread_key

    async def recent_threads(self, account: Account, offset: int) -> HistoryPage:
        return await self._real.recent_threads(account, offset)

    async def thread_history(self, account: Account, thread_key: str, offset: int) -> HistoryPage:
        if thread_key == self._thread_key:
            raise SendRefusedError("invalid-recipient", "-201 user_id is invalid")
        return await self._real.thread_history(account, thread_key, offset)


class _Spoiling(ZaloUpkeep):
    """Zalo, one of whose messages is not as it should be in the answers of one method."""

    def __init__(self, upkeep: Upkeep, path: str, message_id: str, spoilt: dict[str, Any]) -> None:
        super().__init__(upkeep.desk.connector)
        self._path, self._message_id, self._spoilt = path, message_id, spoilt

    async def _get(self, account: Account, path: str, query: object) -> Answer:
        answer = await super()._get(account, path, query)
        if path != self._path:
            return answer
        items = [
            item | self._spoilt if item["message_id"] == self._message_id else item
            for item in json.loads(bytes(answer.data))
        ]
        return msgspec.structs.replace(answer, data=msgspec.Raw(json.dumps(items, ensure_ascii=False).encode()))


class _Short:
    """Zalo, whose list of conversations leaves one out."""

    def __init__(self, upkeep: Upkeep, thread_key: str) -> None:
        self._real = upkeep.platform
        self._thread_key = thread_key

    async def recent_threads(self, account: Account, offset: int) -> HistoryPage:
        page = await self._real.recent_threads(account, offset)
        entries = [entry for entry in page.entries if entry.thread_key != self._thread_key]
        return HistoryPage(entries=entries, got=len(entries), asked=page.asked)

    async def thread_history(self, account: Account, thread_key: str, offset: int) -> HistoryPage:
        return await self._real.thread_history(account, thread_key, offset)


class _Forgetful:
    """Zalo, whose histories are cut after some messages."""

    def __init__(self, upkeep: Upkeep, keeps: int) -> None:
        self._real = upkeep.platform
        self._keeps = keeps

    async def recent_threads(self, account: Account, offset: int) -> HistoryPage:
        return await self._real.recent_threads(account, offset)

    async def thread_history(self, account: Account, thread_key: str, offset: int) -> HistoryPage:
        page = await self._real.thread_history(account, thread_key, offset)
        entries = page.entries[: max(self._keeps - offset, 0)]
        return HistoryPage(entries=entries, got=len(entries), asked=page.asked)
