"""What comes of imports: interrupted, undone, replayed, left lying, broken."""

from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from sokhach.core.catalogue import say
from sokhach.core.database import Database
from sokhach.intake.importing.mapping import Mapping, Reader
from sokhach.intake.importing.reading import Record
from sokhach.intake.importing.service import check
from sokhach.intake.replay import replay
from tests.intake.importing.files import COLUMNS, Office, as_csv, as_json, as_lines, row
from tests.intake.importing.story import STORY, everything, figures, old
from tests.intake.stream import assert_consistent
from tests.support.oa import OA, at, echoed, said
from tests.support.people import People


class TestResume:
    async def test_whoever_is_killed_leaves_the_rest_to_the_next(
        self, office: Office, oa: OA, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        rows = [row(old(number * 10), f"9{number % 5:03}", f"tin {number}") for number in range(60)]
        import_id = await office.upload(as_csv(rows), tmp_path)
        await office.check(import_id, oa.account_id)
        await office.start(import_id)

        async def die(*_: Any, **__: Any) -> None:
            raise ConnectionError

        for _ in range(7):
            killed = office.worker(9)
            monkeypatch.setattr(killed, "_tell", die)  # the last that a bite does
            with pytest.raises(ConnectionError):
                await killed.step()
            assert await office.worker(9).step()
        assert await office.found(import_id) == {
            "rows": 60, "new": 60, "known": 0, "faulty": 0, "threads": 5, "contacts": 5,
        }  # fmt: skip
        bodies = await office.rows("SELECT body FROM message")
        assert sorted(one["body"] for one in bodies) == sorted(one[4] for one in rows)

    async def test_two_workers_do_it_once(self, office: Office, oa: OA, tmp_path: Path) -> None:
        import asyncio

        rows = [row(old(number * 10), f"9{number % 5:03}", f"tin {number}") for number in range(80)]
        import_id = await office.upload(as_csv(rows), tmp_path)
        await office.check(import_id, oa.account_id)
        await office.start(import_id)
        await asyncio.gather(*(office.drain(5) for _ in range(3)))
        assert (await office.found(import_id))["new"] == 80
        assert len(await office.rows("SELECT id FROM message")) == 80


class TestUndo:
    async def test_takes_what_was_added_and_nothing_else(
        self, office: Office, oa: OA, people: People, tmp_path: Path
    ) -> None:
        await oa.take(said("9001", "m1", at(0)), echoed("9001", "m2", at(60)))
        before, told = await everything(office), await office.told()
        import_id = await office.bring(as_csv(STORY), oa.account_id, tmp_path, custodian_id=people.owner.id)
        assert await office.told() != told or len(await office.rows("SELECT id FROM message")) == 8
        async with office.web_db.transaction(office.admin) as connection:
            row = (await connection.execute(text("SELECT * FROM import_to_undo(:id)"), {"id": import_id})).one()
        assert tuple(row) == (6, 1, 1, 0, 0)
        await office.undo(import_id)
        assert await everything(office) == before
        assert await office.told() == told
        [one] = await office.rows("SELECT state, undone, storage_key FROM history_import")
        assert one == {
            "state": "undone",
            "undone": {"messages": 6, "conversations": 1, "contacts": 1},
            "storage_key": None,
        }
        actions = await office.rows("SELECT action FROM audit_log WHERE action LIKE 'history%' ORDER BY id")
        assert [one["action"] for one in actions] == ["history_import:start", "history_import:undo"]

    async def test_leaves_what_something_else_came_to(
        self, office: Office, oa: OA, people: People, tmp_path: Path
    ) -> None:
        import_id = await office.bring(as_csv(STORY), oa.account_id, tmp_path)
        await oa.take(said("9001", "m1", at(0), "Tôi đây"))
        async with office.owner_db.transaction() as connection:
            await connection.execute(
                text(
                    "INSERT INTO note (conversation_id, author_id, text, created_at)"
                    " SELECT id, :staff, 'x', :at FROM conversation WHERE thread_key = '9002'"
                ),
                {"staff": people.owner.id, "at": at(1)},
            )
        async with office.web_db.transaction(office.admin) as connection:
            row = (await connection.execute(text("SELECT * FROM import_to_undo(:id)"), {"id": import_id})).one()
        assert tuple(row) == (6, 0, 0, 2, 2)
        await office.undo(import_id)
        threads = await office.rows("SELECT thread_key, message_count, last_message_id FROM conversation ORDER BY 1")
        assert [(one["thread_key"], one["message_count"]) for one in threads] == [("9001", 1), ("9002", 0)]
        assert threads[1]["last_message_id"] is None
        assert len(await office.rows("SELECT id FROM contact")) == 2
        assert await office.rows("SELECT id FROM import_made") == []

    async def test_import_first_then_the_channel_then_undone_is_the_channel_alone(
        self, office: Office, oa: OA, tmp_path: Path
    ) -> None:
        import_id = await office.bring(as_csv(STORY), oa.account_id, tmp_path)
        await oa.take(said("9001", "m1", at(0)), echoed("9001", "m2", at(60)), said("9009", "m3", at(70)))
        await office.undo(import_id)
        await assert_consistent(oa)
        [identity] = await office.rows("SELECT first_seen_at FROM contact_identity WHERE external_id = '9001'")
        assert identity["first_seen_at"] == at(0)

    async def test_of_two_imports_each_takes_its_own(self, office: Office, oa: OA, tmp_path: Path) -> None:
        first = await office.bring(as_csv(STORY[:4]), oa.account_id, tmp_path)
        second = await office.bring(as_csv(STORY), oa.account_id, tmp_path)
        await office.undo(first)
        assert sorted(one["body"] for one in await office.rows("SELECT body FROM message")) == [
            "Giao giúp mình nhé",
            "Vâng ạ",
        ]
        await office.undo(second)
        left = await everything(office)
        assert {table: len(rows) for table, rows in left.items() if rows} == {}

    async def test_while_it_runs(self, office: Office, oa: OA, tmp_path: Path) -> None:
        rows = [row(old(number), "9001", f"tin {number}") for number in range(40)]
        import_id = await office.upload(as_csv(rows), tmp_path)
        await office.check(import_id, oa.account_id)
        await office.start(import_id)
        worker = office.worker(10)
        await worker.step()
        await worker.step()
        await office.undo(import_id)
        assert {table: len(rows) for table, rows in (await everything(office)).items() if rows} == {}

    async def test_the_wall_stands_for_all_other_messages(
        self, office: Office, oa: OA, tmp_path: Path, owner_db: Database
    ) -> None:
        await oa.take(said("9001", "m1", at(0)))
        await office.bring(as_csv(STORY), oa.account_id, tmp_path)
        for where in ("import_id IS NULL", "import_id IS NOT NULL"):
            with pytest.raises(Exception, match="append-only"):
                async with owner_db.transaction() as connection:
                    await connection.execute(text(f"DELETE FROM message WHERE {where}"))


class TestReplay:
    async def test_keeps_what_was_imported(self, office: Office, oa: OA, tmp_path: Path) -> None:
        await oa.take(said("9001", "m1", at(0)), echoed("9001", "m2", at(60)))
        await office.bring(as_csv(STORY), oa.account_id, tmp_path)
        before, told, counted = await everything(office), await office.told(), await figures(office)
        await replay(oa.database, progress=lambda _: None)
        await oa.drain()
        assert (await everything(office), await office.told(), await figures(office)) == (before, told, counted)


class TestUpkeep:
    async def test_a_file_that_nobody_used_goes(self, office: Office, oa: OA, tmp_path: Path, move_clock: Any) -> None:
        import_id = await office.upload(as_csv(STORY), tmp_path)
        await office.drain()
        [one] = await office.rows("SELECT state, storage_key FROM history_import WHERE id = :id", id=import_id)
        key = one["storage_key"]
        assert await office.storage.read(key)
        await move_clock(8 * 86_400)
        await office.drain()
        [one] = await office.rows("SELECT state, storage_key FROM history_import WHERE id = :id", id=import_id)
        assert one == {"state": "discarded", "storage_key": None}

    async def test_a_row_without_end_fails_in_words(self, office: Office, oa: OA, tmp_path: Path) -> None:
        content = as_csv(STORY) + b'01/01/2026 10:00,9001,,in,"' + b"x" * 9_000_000
        import_id = await office.upload(content, tmp_path)
        with pytest.raises(AssertionError, match="record-too-long"):
            await office.check(import_id, oa.account_id, columns=COLUMNS)


class TestWhatIsBroken:
    @pytest.mark.parametrize("form", ["list", "lines"])
    async def test_half_of_a_character_is_shown_as_such(
        self, office: Office, oa: OA, tmp_path: Path, form: str
    ) -> None:
        cut = [*STORY, row(old(200), "9001", "Cắt giữa chừng @@", name="Lan @@", id="x9")]
        content = as_json(cut) if form == "list" else as_lines(cut)
        import_id = await office.bring(content.replace(b"@@", b"\\ud83d"), oa.account_id, tmp_path)
        assert (await office.found(import_id))["new"] == 7
        assert await office.rows("SELECT id FROM message WHERE body = 'Cắt giữa chừng \ufffd'")

    async def test_an_import_that_breaks_ends_and_holds_no_other_up(
        self, office: Office, oa: OA, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        broken = await office.upload(as_csv(STORY), tmp_path)
        async with office.web_db.transaction(office.admin) as connection:
            mapping: Any = Mapping(columns=dict(COLUMNS))  # pyright: ignore[reportArgumentType]
            await check(connection, broken, mapping, account_id=oa.account_id, custodian_id=None)

        def stumble(self: Reader, record: Record) -> Any:
            raise UnicodeEncodeError("utf-8", str(record), 0, 1, "surrogates not allowed")

        with monkeypatch.context() as patch:
            patch.setattr(Reader, "read", stumble)
            await office.drain()
        [one] = await office.rows("SELECT state, reason FROM history_import WHERE id = :id", id=broken)
        assert one == {"state": "failed", "reason": "unexpected"}
        whole = await office.bring(as_csv(STORY), oa.account_id, tmp_path)
        assert (await office.found(whole))["new"] == 6
        for locale in ("vi", "en"):
            assert "import-reason" not in say(locale, "import-reason.unexpected")
