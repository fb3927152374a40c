"""On a staff's own SIM no word, name or id of a private thread is anywhere: not in a table, a file or a log."""

import asyncio
import json
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from functools import partial
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import msgspec
import pytest
import structlog
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from sokhach.channels.zalo_personal import inbound, journalled
from sokhach.channels.zalo_personal.private import rules
from sokhach.channels.zalo_personal.private.gate import Gate, UnknownAccountError
from sokhach.channels.zalo_personal.private.people import PeopleKeeper
from sokhach.channels.zalo_personal.protocol import FrameEvent, ItemEvent
from sokhach.core import clock
from sokhach.core.config import Settings
from sokhach.core.database import Database
from sokhach.intake.journal import Entry, copy_entries
from tests.support.people import People
from tests.support.personal import OWN, PersonalDesk, add_personal_account, ms

WORK, PRIVATE, PRIVATE_GROUP = "2000000000000000002", "3999999999999999993", "5999999999999999995"
CANARIES = (PRIVATE, PRIVATE_GROUP, "chuyện riêng tư", "Người Thân Yêu", "canary-file", "7123450000001")


async def mark(desk: PersonalDesk, staff_id: int, thread: str = WORK, *, group: bool = False) -> None:
    await desk.mark(staff_id, thread, group=group)
    await desk.gate.step()


def private_items() -> list[tuple[int, str | None, dict[str, Any]]]:
    """One of everything that a private thread can send."""
    now = str(ms(clock.now()))
    ids = {"msgId": "7123450000001", "cliMsgId": "812345", "ts": now, "dName": "Người Thân Yêu"}
    words = {**ids, "msgType": "webchat", "content": "chuyện riêng tư"}
    file = {"title": "canary-file", "href": "https://f.example/canary-file"}
    came, went = {"uidFrom": PRIVATE, "idTo": "0"}, {"uidFrom": "0", "idTo": PRIVATE}
    in_group = {"uidFrom": WORK, "idTo": PRIVATE_GROUP}
    content = {"rMsg": [{"gMsgID": 7123450000001}], "rIcon": "/-heart"}
    return [
        (501, "msgs", {**words, **came}),
        (501, "msgs", {**words, **went, "cliMsgId": "812346"}),
        (510, "msgs", {**words, **came}),
        (501, "msgs", {**words, **came, "content": None}),
        (501, "msgs", {**ids, **came, "cliMsgId": "812347", "msgType": "share.file", "content": file}),
        (501, "msgs", {**words, **came, "msgType": "chat.undo",
            "content": {"globalMsgId": 7123450000001, "deleteMsg": 1}}),
        (521, "groupMsgs", {**words, **in_group, "cliMsgId": "812348"}),
        (511, "groupMsgs", {**words, **in_group, "cliMsgId": "812348"}),
        (502, "delivereds", {"msgId": "7123450000001", "deliveredUids": [PRIVATE], "seenUids": [PRIVATE]}),
        (502, "seens", {"idTo": PRIVATE, "msgId": "7123450000001"}),
        (522, "groupSeens", {"groupId": PRIVATE_GROUP, "msgId": "7123450000001", "seenUids": [PRIVATE]}),
        (612, "reacts", {**ids, **came, "content": json.dumps(content)}),
        (612, "reactGroups", {**ids, **in_group, "content": json.dumps(content)}),
        (601, "controls", {"content": {"act_type": "fr", "act": "req_v2",
            "data": {"fromUid": PRIVATE, "toUid": OWN, "message": "chuyện riêng tư"}}}),
        (601, "controls", {"content": {"act_type": "group", "act": "join",
            "data": json.dumps({"groupId": PRIVATE_GROUP, "groupName": "Người Thân Yêu"})}}),
        (602, "actions", {"act": "typing", "act_type": "typing", "data": f'"uid":"{PRIVATE}","ts":"1"'}),
        (504, "msgs", {**words, **came}),
        (524, "groupMsgs", {**words, **in_group}),
        (551, None, {"some": {"deep": [{"uid": PRIVATE, "text": "chuyện riêng tư"}]}}),
        (777, "items", {"payload": "chuyện riêng tư"}),
    ]  # fmt: skip


def item_event(desk: PersonalDesk, cmd: int, listed: str | None, item: dict[str, Any], n: int) -> ItemEvent:
    return ItemEvent(
        account=desk.account_id,
        conn="c",
        n=n,
        cmd=cmd,
        sub=0,
        own=OWN,
        at=ms(clock.now()),
        list=listed,
        item=msgspec.Raw(json.dumps(item, ensure_ascii=n % 2 == 0).encode()),
    )


async def everything_in(database: Database) -> str:
    """The whole database as text: every column of every row of every table, and payloads as what they are."""
    async with database.transaction() as connection:
        tables = await connection.execute(
            text("SELECT quote_ident(tablename) FROM pg_tables WHERE schemaname = 'public'")
        )
        found: list[str] = []
        for table in tables.scalars().all():
            rows = await connection.execute(text(f"SELECT to_jsonb(t) FROM {table} t"))
            found += [json.dumps(row, ensure_ascii=False) for row in rows.scalars()]
        payloads = await connection.execute(text("SELECT payload FROM journal"))
        for payload in payloads.scalars():
            found.append(payload.decode(errors="replace"))
            found.append(json.dumps(json.loads(payload), ensure_ascii=False))
        return "\n".join(found)


def everything_on_disk(folder: Path) -> str:
    return "\n".join(path.read_bytes().decode(errors="replace") for path in folder.rglob("*") if path.is_file())


def leaked(words: str) -> list[str]:
    as_bytes = words.encode()
    hexes = [canary for canary in CANARIES if canary.encode().hex().encode() in as_bytes]
    return [canary for canary in CANARIES if canary in words] + hexes


class TestCanaries:
    async def test_nothing_private_reaches_a_table_a_file_or_a_log(
        self, own_desk: PersonalDesk, people: People, owner_db: Database, settings: Settings
    ) -> None:
        await mark(own_desk, people.owner.id)
        own_desk.zalo.friends = [
            {"userId": PRIVATE, "displayName": "Người Thân Yêu"},
            {"userId": WORK, "displayName": "Khách"},
        ]
        with structlog.testing.capture_logs() as logs:
            for number, (cmd, listed, item) in enumerate(private_items()):
                await own_desk.keep(item_event(own_desk, cmd, listed, item, number))
            await own_desk.keep(
                item_event(own_desk, 501, "msgs", own_desk.zalo.say(WORK, "Em còn hàng không?", clock.now()), 99)
            )
            own_desk.zalo.say(PRIVATE, "chuyện riêng tư", clock.now() - timedelta(minutes=3))
            own_desk.zalo.say(PRIVATE_GROUP, "chuyện riêng tư", clock.now(), group=True, by=PRIVATE)
            await own_desk.connect(at=clock.now() - timedelta(minutes=5))
            await own_desk.settle()
            await own_desk.look(later=timedelta(minutes=1))
            await PeopleKeeper(owner_db, own_desk, settings).step()
            await own_desk.drain()
        whole = await everything_in(owner_db)
        assert leaked(whole) == []
        assert leaked(json.dumps(logs, default=str, ensure_ascii=False)) == []
        assert leaked(everything_on_disk(settings.data_dir)) == []
        assert "Em còn hàng không?" in await own_desk.bodies()
        # The test can fail: on a company SIM the same words are found.
        assert WORK in whole

    async def test_on_a_company_sim_the_same_is_all_there(self, company_desk: PersonalDesk, owner_db: Database) -> None:
        for number, (cmd, listed, item) in enumerate(private_items()):
            await company_desk.keep(item_event(company_desk, cmd, listed, item, number))
        await company_desk.drain()
        assert set(CANARIES) <= set(leaked(await everything_in(owner_db)))
        assert await company_desk.rows("SELECT FROM private_stub") == []

    async def test_frames_that_nobody_can_read_are_sealed(
        self, own_desk: PersonalDesk, company_desk: PersonalDesk
    ) -> None:
        def frame(account: int) -> FrameEvent:
            return FrameEvent(account=account, conn="c", n=1, cmd=501, sub=0, why="unreadable", at=1, frame="Y2FuYXJ5")

        assert b"Y2FuYXJ5" not in own_desk.gate.frame(frame(own_desk.account_id))
        assert b"Y2FuYXJ5" in company_desk.gate.frame(frame(company_desk.account_id))


class TestStubs:
    async def test_one_for_each_message_however_often_it_comes(self, own_desk: PersonalDesk) -> None:
        first = own_desk.zalo.say(PRIVATE, "chuyện riêng tư", clock.now())
        second = own_desk.zalo.say(PRIVATE, "nữa", clock.now() + timedelta(seconds=1), own=True)
        for item, cmd in ((first, 501), (first, 501), (first, 510), (second, 501)):
            await own_desk.hear(item, cmd=cmd)
        await own_desk.drain()
        assert await own_desk.rows("SELECT reason, detail FROM quarantine") == []
        stubs = await own_desk.rows("SELECT * FROM private_stub ORDER BY at")
        assert [row["direction"] for row in stubs] == ["in", "out"]
        assert len({row["thread_hash"] for row in stubs}) == 1
        assert await own_desk.bodies() == []
        assert await own_desk.rows("SELECT FROM contact_identity") == []

    async def test_a_replay_changes_nothing(self, own_desk: PersonalDesk) -> None:
        await own_desk.hear(own_desk.zalo.say(PRIVATE, "x", clock.now()))
        await own_desk.drain()
        before = await own_desk.rows("SELECT * FROM private_stub")
        await own_desk.run(
            "INSERT INTO journal_pending (lane, journal_id, account_id, again)"
            " SELECT lane, id, account_id, true FROM journal"
        )
        await own_desk.drain()
        assert await own_desk.rows("SELECT * FROM private_stub") == before

    async def test_the_same_person_on_two_accounts_has_two_hashes(
        self, own_desk: PersonalDesk, settings: Settings
    ) -> None:
        from sokhach.channels.zalo_personal.private.hashing import Hasher
        from sokhach.channels.zalo_personal.private.rules import Thread

        hasher = Hasher(settings.keys)
        assert hasher.thread(1, Thread(PRIVATE, False)) != hasher.thread(2, Thread(PRIVATE, False))
        assert hasher.thread(1, Thread(PRIVATE, False)) != Hasher(["another key of the company"]).thread(
            1, Thread(PRIVATE, False)
        )


class TestReopened:
    """An opcode that is known one day: what was sealed is told apart then."""

    async def test_work_becomes_messages_and_private_stubs(
        self, own_desk: PersonalDesk, people: People, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        early = item_event(own_desk, 504, "msgs", own_desk.zalo.say(WORK, "trước khi chọn", clock.now()), 1)
        # Who else is named in it makes nobody sure whose it is.
        early = msgspec.structs.replace(early, item=msgspec.Raw(with_friend(early)))
        await own_desk.keep(early)
        await mark(own_desk, people.owner.id)
        for number, (thread, words) in enumerate([(WORK, "của công việc"), (PRIVATE, "chuyện riêng tư")]):
            event = item_event(own_desk, 504, "msgs", own_desk.zalo.say(thread, words, clock.now()), number + 2)
            await own_desk.keep(msgspec.structs.replace(event, item=msgspec.Raw(with_friend(event))))
        await own_desk.drain()
        assert await own_desk.bodies() == []
        reasons = await own_desk.rows("SELECT reason FROM quarantine WHERE resolved_at IS NULL")
        assert [row["reason"] for row in reasons] == ["private-unattributed"] * 3

        monkeypatch.setattr(rules, "DIRECT_COMMANDS", rules.DIRECT_COMMANDS | {504})
        monkeypatch.setitem(inbound.OPCODES, 504, inbound.OPCODES[501])  # pyright: ignore
        await own_desk.run(
            "INSERT INTO journal_pending (lane, journal_id, account_id, again)"
            " SELECT lane, id, account_id, true FROM journal"
        )
        await own_desk.drain()
        assert await own_desk.bodies() == ["của công việc"]
        # What came before it was work is as private as the rest.
        assert len(await own_desk.rows("SELECT FROM private_stub")) == 2
        assert await own_desk.rows("SELECT FROM quarantine WHERE resolved_at IS NULL") == []


def with_friend(event: ItemEvent) -> bytes:
    item = msgspec.json.decode(event.item)
    return msgspec.json.encode({**item, "propertyExt": {"uid": "3111111111111111111"}})


class TestMarks:
    async def test_from_the_mark_on_and_until_it_ends(self, own_desk: PersonalDesk, people: People) -> None:
        async def hears(words: str) -> None:
            await own_desk.hear(own_desk.zalo.say(WORK, words, clock.now()))
            await own_desk.drain()

        await hears("trước")
        await mark(own_desk, people.owner.id)
        await hears("trong")
        await own_desk.run(
            "UPDATE work_contact SET ended_at = :now, ended_by = :staff WHERE account_id = :id",
            now=clock.now(),
            staff=people.owner.id,
        )
        await own_desk.gate.step()
        await hears("sau")
        assert await own_desk.bodies() == ["trong"]
        assert len(await own_desk.rows("SELECT FROM private_stub")) == 2

    async def test_old_pages_do_not_bring_the_private_past(
        self, own_desk: PersonalDesk, people: People, owner_db: Database
    ) -> None:
        """Asked for after a connection that was interrupted, and by a look at the newest messages."""
        before = clock.now() - timedelta(minutes=10)
        own_desk.zalo.say(WORK, "chuyện riêng tư", before)
        own_desk.zalo.say(PRIVATE_GROUP, "chuyện riêng tư", before, group=True, by=WORK)
        await own_desk.connect(at=before - timedelta(minutes=20))
        await own_desk.disconnect(at=before - timedelta(minutes=10))
        await mark(own_desk, people.owner.id)
        await mark(own_desk, people.owner.id, PRIVATE_GROUP, group=True)
        own_desk.zalo.say(WORK, "của công việc", clock.now())
        await own_desk.connect()
        await own_desk.settle()
        await own_desk.look(later=timedelta(minutes=1))
        asked = [type(one).__name__ for one in own_desk.zalo.asked]
        assert {"Old", "LastMessages"} <= set(asked)
        assert await own_desk.bodies() == ["của công việc"]
        assert "chuyện riêng tư" not in await everything_in(owner_db)
        assert len(await own_desk.rows("SELECT FROM private_stub")) == 2

    async def test_nor_do_they_once_the_sim_is_the_companys(
        self, own_desk: PersonalDesk, people: People, owner_db: Database
    ) -> None:
        await own_desk.run(
            "UPDATE personal_account SET sim = 'company', company_since = :now WHERE account_id = :id", now=clock.now()
        )
        assert await own_desk.gate.step() == 1
        await own_desk.hear(own_desk.zalo.say(PRIVATE, "chuyện riêng tư", clock.now() - timedelta(minutes=1)), cmd=510)
        await own_desk.hear(own_desk.zalo.say(PRIVATE, "từ nay", clock.now()))
        await own_desk.drain()
        assert await own_desk.bodies() == ["từ nay"]
        assert "chuyện riêng tư" not in await everything_in(owner_db)
        frame = FrameEvent(
            account=own_desk.account_id, conn="c", n=1, cmd=510, sub=0, why="unreadable", at=1, frame="Y2FuYXJ5"
        )
        assert b"Y2FuYXJ5" not in own_desk.gate.frame(frame)

    async def test_a_step_reads_only_what_changed(self, own_desk: PersonalDesk, people: People) -> None:
        assert await own_desk.gate.step() == 0
        await own_desk.run("UPDATE personal_account SET sim = 'company' WHERE account_id = :id")
        assert await own_desk.gate.step() == 1
        assert own_desk.gate.keeps(own_desk.account_id, PRIVATE)

    async def test_of_an_account_that_is_not_known_nothing_is_kept(
        self, own_desk: PersonalDesk, owner_db: Database, settings: Settings
    ) -> None:
        gate = Gate(owner_db, settings)
        assert not gate.keeps(own_desk.account_id, WORK)
        with pytest.raises(UnknownAccountError):
            await gate.load(own_desk.account_id + 1000)

    async def test_a_mark_is_ended_not_changed(self, own_desk: PersonalDesk, people: People) -> None:
        await mark(own_desk, people.owner.id)
        with pytest.raises(Exception, match="ended, not changed"):
            await own_desk.run("UPDATE work_contact SET thread_key = '1' WHERE account_id = :id")


class SlowDatabase:
    """Its first answer arrives late."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self.answered, self.arrives = asyncio.Event(), asyncio.Event()

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[Any]:
        async with self._database.transaction() as connection:
            yield SimpleNamespace(execute=partial(self._execute, connection))

    async def _execute(self, connection: AsyncConnection, *asked: Any) -> Any:
        rows = await connection.execute(*asked)
        if not self.answered.is_set():
            self.answered.set()
            await self.arrives.wait()
        return rows


class TestNewAccounts:
    async def test_a_reading_from_before_takes_no_account_out(
        self, owner_db: Database, settings: Settings, people: People
    ) -> None:
        """It would be taken for an own SIM, and what customers say for private."""
        slow = SlowDatabase(owner_db)
        gate = Gate(cast("Database", slow), settings)
        step = asyncio.create_task(gate.step())
        await slow.answered.wait()
        desk = await add_personal_account(owner_db, settings, people.owner.id)
        load = asyncio.create_task(gate.load(desk.account_id))
        await asyncio.wait({load}, timeout=0.3)
        slow.arrives.set()
        await asyncio.gather(step, load)
        assert gate.keeps(desk.account_id, PRIVATE)
        await gate.step()
        assert gate.keeps(desk.account_id, PRIVATE)


class TestAnswers:
    async def test_private_people_are_taken_out(self, own_desk: PersonalDesk, people: People) -> None:
        await mark(own_desk, people.owner.id)
        account = own_desk.account_id
        friends = [{"userId": PRIVATE, "displayName": "Người Thân Yêu"}, {"userId": WORK, "displayName": "Khách"}]
        assert own_desk.gate.answer(account, "friends", friends) == friends[1:]
        profiles = {"changed_profiles": {PRIVATE: friends[0], WORK: friends[1]}, "unchanged": []}
        kept = own_desk.gate.answer(account, "profiles", profiles)
        assert leaked(json.dumps(kept, ensure_ascii=False)) == []
        assert WORK in json.dumps(kept)
        groups = [{"id": PRIVATE_GROUP, "name": "Người Thân Yêu", "members": [WORK]}]
        assert own_desk.gate.answer(account, "groups", groups) == []
        labels = {
            "labels": [{"id": 1, "text": "VIP", "conversations": [PRIVATE, WORK, f"g{PRIVATE_GROUP}"]}],
            "version": 3,
        }
        assert own_desk.gate.answer(account, "labels", labels)["labels"][0]["conversations"] == [WORK]
        assert own_desk.gate.answer(account, "aliases", [{"userId": PRIVATE, "alias": "Người Thân Yêu"}]) == []

    async def test_names_of_labels_of_private_people_make_no_tags(
        self, own_desk: PersonalDesk, people: People, owner_db: Database
    ) -> None:
        await mark(own_desk, people.owner.id)
        await mark(own_desk, people.owner.id, PRIVATE_GROUP, group=True)
        labels = [
            {"id": 1, "text": "VIP", "conversations": [WORK, PRIVATE]},
            {"id": 2, "text": "Người Thân Yêu", "conversations": [PRIVATE]},
            {"id": 3, "text": "Người yêu cũ", "conversations": []},
            {"id": 4, "text": "Họ hàng"},
            {"id": 5, "text": "Nhóm bạn", "conversations": [f"g{PRIVATE_GROUP}"]},
        ]
        for data in ({"labels": labels, "version": 3}, labels):
            kept = own_desk.gate.answer(own_desk.account_id, "labels", data)
            shape = kept["labels"] if isinstance(data, dict) else kept
            assert shape == [{"id": 1, "text": "VIP", "conversations": [WORK]}]
        async with owner_db.transaction() as connection:
            told = journalled.Answer(kind="labels", data=msgspec.Raw(msgspec.json.encode(kept)), own=OWN)
            entry = Entry(own_desk.account_id, 1, "profile", clock.now(), msgspec.json.encode(told))
            await copy_entries(connection, [entry])
        await own_desk.drain()
        assert [row["name"] for row in await own_desk.rows("SELECT name FROM tag")] == ["VIP"]

    async def test_a_company_sim_hides_nobody(self, company_desk: PersonalDesk) -> None:
        friends = [{"userId": PRIVATE}]
        assert company_desk.gate.answer(company_desk.account_id, "friends", friends) is friends


def test_the_canaries_are_looked_for_as_bytes_too() -> None:
    assert leaked("chuyện riêng tư".encode().hex()) == ["chuyện riêng tư"]
    assert leaked("bình thường") == []
    assert os.sep
