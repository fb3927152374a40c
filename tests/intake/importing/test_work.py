"""Imports over a real database, beside what came from the channel: what they bring, and what is known already."""

from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from sokhach.core.problems import InvalidInput, Problem
from tests.intake.importing.files import Office, as_csv, as_json, row
from tests.intake.importing.story import STORY, everything, figures, old
from tests.intake.stream import assert_consistent
from tests.support.oa import OA, at, echoed, said
from tests.support.people import People


class TestImport:
    @pytest.mark.parametrize(
        "write", [as_csv, as_json, lambda rows: as_csv(rows, ";"), lambda rows: as_csv(rows, "\t")]
    )
    async def test_brings_threads_customers_and_who_wrote(
        self, office: Office, oa: OA, people: People, tmp_path: Path, write: Any
    ) -> None:
        import_id = await office.upload(write(STORY), tmp_path)
        assert await office.check(import_id, oa.account_id, custodian_id=people.owner.id) == {
            "rows": 6, "new": 6, "known": 0, "faulty": 0, "threads": 2, "contacts": 2,
        }  # fmt: skip
        assert await office.rows("SELECT id FROM message") == []
        await office.start(import_id)
        await office.drain()
        messages = await office.rows(
            "SELECT c.thread_key, m.direction, m.author_kind, m.author_staff_id, m.body, m.content, m.sent_at, m.leaf"
            " FROM message m JOIN conversation c ON c.id = m.conversation_id ORDER BY m.sent_at, m.id"
        )
        assert [(one["thread_key"], one["body"], one["sent_at"]) for one in messages] == [
            (one[1], one[4], one[0]) for one in STORY
        ]
        assert [one["author_kind"] for one in messages] == [
            "customer", "staff", "customer", "customer", "customer", "channel",
        ]  # fmt: skip
        assert messages[1]["author_staff_id"] == people.owner.id
        assert messages[5]["content"] == {"imported": {"id": import_id, "sender": "Chị Hoa"}}
        assert len({one["leaf"] for one in messages}) == 6
        threads = await office.rows("SELECT * FROM conversation ORDER BY thread_key")
        assert [(one["message_count"], one["custodian_id"]) for one in threads] == [
            (4, people.owner.id),
            (2, people.owner.id),
        ]
        assert [(one["created_at"], one["last_message_at"]) for one in threads] == [
            (old(0), old(61)),
            (old(90), old(95)),
        ]
        assert [one["name"] for one in await office.rows("SELECT name FROM contact ORDER BY id")] == ["Lan Anh", "Minh"]

    async def test_counts_in_no_clock_and_wakes_nobody(self, office: Office, oa: OA, tmp_path: Path) -> None:
        await oa.take(said("9001", "m1", at(0)), echoed("9001", "m2", at(60)), said("9001", "m3", at(120)))
        before = await figures(office)
        told = await office.told()
        await office.rows("SELECT 1")
        async with office.owner_db.transaction() as connection:
            await connection.execute(text("DELETE FROM realtime_event"))
        later = [row(at(500), "9001", "Sau nữa", id="z1"), row(at(30), "9001", "Giữa chừng", "đi", id="z2")]
        import_id = await office.bring(as_csv([*STORY, *later]), oa.account_id, tmp_path)
        assert (await office.found(import_id))["new"] == 8
        assert await figures(office) == before
        kinds = await office.rows("SELECT DISTINCT kind FROM realtime_event ORDER BY 1")
        assert [one["kind"] for one in kinds] == ["everything.changed", "history_import.changed"]
        everything = await office.rows("SELECT id FROM realtime_event WHERE kind = 'everything.changed'")
        assert len(everything) == 1
        [thread] = await office.rows("SELECT * FROM conversation WHERE thread_key = '9001'")
        assert (thread["last_message_at"], thread["message_count"]) == (at(500), 9)
        assert not await office.rows("SELECT id FROM turn WHERE conversation_id <> :id", id=thread["id"])
        # What comes from the channel goes on as if nothing had been imported, also when it comes late.
        await oa.take(said("9001", "m0", at(-10)), echoed("9001", "m4", at(180)), said("9002", "n1", at(200)))
        await office.undo(import_id)
        await assert_consistent(oa)
        assert told == [line for line in told if line]

    async def test_names_that_are_there_stay(self, office: Office, oa: OA, tmp_path: Path) -> None:
        await oa.take(said("9001", "m1", at(0)))
        async with office.owner_db.transaction() as connection:
            await connection.execute(text("UPDATE contact SET name = 'Khách quen', name_folded = 'khach quen'"))
        identities = await office.rows("SELECT * FROM contact_identity")
        await office.bring(as_csv(STORY), oa.account_id, tmp_path)
        assert {one["name"] for one in await office.rows("SELECT name FROM contact")} == {"Khách quen", "Minh"}
        assert await office.rows("SELECT * FROM contact_identity WHERE external_id = '9001'") == identities
        [thread] = await office.rows("SELECT created_at FROM conversation WHERE thread_key = '9001'")
        assert thread["created_at"] == at(0)

    async def test_finds_threads_by_phone_or_name(self, office: Office, oa: OA, tmp_path: Path) -> None:
        await oa.take(said("9001", "m1", at(0)), said("9002", "m2", at(1)), said("9003", "m3", at(2)))
        async with office.owner_db.transaction() as connection:
            for person, name in (("9001", "Trần Lan"), ("9002", "Nguyễn Minh"), ("9003", "Nguyễn Minh")):
                await connection.execute(
                    text(
                        "UPDATE contact SET name = :name, name_folded = :folded WHERE id ="
                        " (SELECT contact_id FROM contact_identity WHERE external_id = :person)"
                    ),
                    {
                        "name": name,
                        "folded": {"Trần Lan": "tran lan"}.get(name, "nguyen minh"),
                        "person": person,
                    },
                )
            await connection.execute(
                text(
                    "INSERT INTO contact_identity (contact_id, kind, external_id, first_seen_at)"
                    " SELECT contact_id, 'phone', '+84912345678', first_seen_at FROM contact_identity"
                    " WHERE external_id = '9002'"
                )
            )
        content = (
            "thời gian,sđt,tên khách,người gửi,nội dung\n"
            "01/05/2026 08:00,,Trần Lan,Trần Lan,một\n"
            "01/05/2026 08:01,0912 345 678,,Minh,hai\n"
            "01/05/2026 08:02,,Nguyễn Minh,Nguyễn Minh,ba\n"
            "01/05/2026 08:03,0987 654 321,Hòa,Hòa,bốn\n"
            "01/05/2026 08:04,0987654321,,Cửa hàng,năm\n"
        ).encode()
        columns = {
            "time": "thời gian", "phone": "sđt", "name": "tên khách", "sender": "người gửi", "text": "nội dung",
        }  # fmt: skip
        import_id = await office.bring(content, oa.account_id, tmp_path, columns=columns, ours=["Cửa hàng"])
        found = await office.rows(
            "SELECT c.thread_key, m.body, m.direction FROM message m JOIN conversation c ON c.id = m.conversation_id"
            " WHERE m.import_id IS NOT NULL ORDER BY m.sent_at"
        )
        assert [tuple(one.values()) for one in found] == [
            ("9001", "một", "in"),
            ("9002", "hai", "in"),
            ("import:+84987654321", "bốn", "in"),
            ("import:+84987654321", "năm", "out"),
        ]
        [one] = await office.rows("SELECT faults FROM history_import WHERE id = :id", id=import_id)
        assert one["faults"] == [[4, "name", "thread-ambiguous", 2]]
        assert await office.rows("SELECT external_id FROM contact_identity WHERE external_id = '+84987654321'")

    async def test_says_what_is_wrong_where(self, office: Office, oa: OA, tmp_path: Path) -> None:
        content = (
            "Thời gian;Mã khách;Chiều;Nội dung\n"
            "31/02/2026 10:00;9001;đến;a\n"
            '01/03/2026 10:00;9001;đến;"hai\ndòng"\n'
            "01/03/2026 10:00;;đến;b\n"
            "01/03/2026 10:00;9001;ngang;c\n"
            "01/03/2031 10:00;9001;đến;d\n"
            "01/03/2026 10:00;9001;đến;\n"
        ).encode("utf-8-sig")
        import_id = await office.upload(content, tmp_path)
        columns = {"time": "Thời gian", "thread": "Mã khách", "direction": "Chiều", "text": "Nội dung"}
        counts = await office.check(import_id, oa.account_id, columns=columns, bite=2)
        assert (counts["rows"], counts["new"], counts["faulty"]) == (6, 1, 5)
        [one] = await office.rows("SELECT faults FROM history_import WHERE id = :id", id=import_id)
        assert [fault[:3] for fault in one["faults"]] == [
            [2, "time", "time-form"],
            [5, "thread", "thread-missing"],
            [6, "direction", "direction-unknown"],
            [7, "time", "time-range"],
            [8, "text", "message-blank"],
        ]

    async def test_a_mapping_must_say_enough(self, office: Office, oa: OA, tmp_path: Path) -> None:
        import_id = await office.upload(as_csv(STORY), tmp_path)
        with pytest.raises(InvalidInput) as refused:
            await office.check(import_id, oa.account_id, columns={"text": "Nội dung", "name": "không có"})
        assert [fault.path for fault in refused.value.faults] == ["columns.name", "columns.time", "columns.direction"]
        with pytest.raises(InvalidInput):
            await office.check(import_id, None)
        with pytest.raises(Problem):
            await office.start(import_id)

    async def test_what_is_private_on_an_own_sim_is_not_taken(
        self, office: Office, people: People, tmp_path: Path
    ) -> None:
        async with office.owner_db.transaction() as connection:
            account_id: int = (
                await connection.execute(
                    text(
                        "INSERT INTO channel_account (channel, external_id, name, credentials, health, created_at,"
                        " holder_id) VALUES ('zalo_personal', '700', 'Owner', '', 'ok', :at, :owner) RETURNING id"
                    ),
                    {"at": at(0), "owner": people.owner.id},
                )
            ).scalar_one()
            await connection.execute(
                text(
                    "INSERT INTO personal_account (account_id, sim, revision, state, state_since, wanted, warm_from,"
                    " attempts) VALUES (:id, 'own', 0, 'stopped', :at, false, :at, 0)"
                ),
                {"id": account_id, "at": at(0)},
            )
            await connection.execute(
                text(
                    "INSERT INTO work_contact (account_id, thread_key, in_group, name, marked_by, marked_at)"
                    " VALUES (:id, '9001', false, 'Lan', :owner, :at)"
                ),
                {"id": account_id, "at": at(0), "owner": people.owner.id},
            )
        import_id = await office.bring(as_csv(STORY), account_id, tmp_path)
        found = await office.rows("SELECT DISTINCT c.thread_key FROM conversation c")
        assert [one["thread_key"] for one in found] == ["9001"]
        [one] = await office.rows("SELECT faults FROM history_import WHERE id = :id", id=import_id)
        assert [fault[2] for fault in one["faults"]] == ["thread-private"] * 2


class TestDedup:
    async def test_importing_twice_adds_nothing(self, office: Office, oa: OA, tmp_path: Path) -> None:
        await office.bring(as_csv(STORY), oa.account_id, tmp_path)
        before = await everything(office)
        for content in (as_csv(STORY), as_json(STORY), as_csv([(*one[:5], "", one[6]) for one in STORY])):
            again = await office.upload(content, tmp_path)
            counts = await office.check(again, oa.account_id)
            assert (counts["new"], counts["known"]) == (0, 6)
            with pytest.raises(Problem):
                await office.start(again)
        assert await everything(office) == before

    async def test_what_the_channel_told_is_known(self, office: Office, oa: OA, tmp_path: Path) -> None:
        await oa.take(
            said("9001", "m1", at(0.4), "Xin chào Shop"),
            echoed("9001", "m2", at(30), "Dạ"),
            said("9001", "m3", at(400), "Còn không"),
        )
        rows = [
            row(at(90), "9001", "khác hẳn", id="m1"),  # by its id
            row(at(31), "9001", "DẠ", "đi"),  # by its words, a second later
            row(at(401), "9001", "con khong", id="other"),  # ids of another program
            row(at(31), "9001", "Dạ"),  # the other direction
            row(at(50), "9001", "Dạ", "đi"),  # another moment
        ]
        import_id = await office.upload(as_csv(rows), tmp_path)
        counts = await office.check(import_id, oa.account_id)
        assert (counts["known"], counts["new"]) == (3, 2)

    async def test_times_without_seconds(self, office: Office, oa: OA, tmp_path: Path) -> None:
        await oa.take(said("9001", "m1", at(42), "Giao khi nào?"))
        rows = [row(at(42), "9001", "Giao khi nào?"), row(at(42), "9001", "Giao khi nào ạ?")]
        import_id = await office.upload(as_csv(rows, seconds=False), tmp_path)
        counts = await office.check(import_id, oa.account_id)
        assert (counts["known"], counts["new"]) == (1, 1)

    async def test_one_file_may_say_ok_twice_but_not_one_message_twice(
        self, office: Office, oa: OA, tmp_path: Path
    ) -> None:
        rows = [row(old(0), "9001", "ok")] * 2 + [row(old(9), "9001", "xin chào", id="a")] * 12
        import_id = await office.upload(as_csv(rows), tmp_path)
        counts = await office.check(import_id, oa.account_id, bite=3)
        assert (counts["new"], counts["known"]) == (3, 11)
        await office.start(import_id)
        await office.drain(4)
        found = await office.found(import_id)
        assert (found["new"], found["known"]) == (3, 11)

    async def test_gives_way_when_the_channel_tells_it_later(self, office: Office, oa: OA, tmp_path: Path) -> None:
        """As when an account reads its old messages: the customer's question waits as any other would."""
        rows = [
            row(at(0), "9001", "Còn hàng không shop?", id="m1"),
            row(at(5), "9001", "ok"),
            row(at(5), "9001", "ok"),
            row(at(-900), "9001", "Chỉ có trong tệp"),
        ]
        import_id = await office.bring(as_csv(rows), oa.account_id, tmp_path)
        await oa.take(said("9001", "m1", at(0)), said("9001", "m2", at(5.5), "OK"))
        found = await office.rows("SELECT body, import_id FROM message ORDER BY sent_at, id")
        assert [(one["body"], one["import_id"] is None) for one in found] == [
            ("Chỉ có trong tệp", False),
            ("Còn hàng không shop?", True),
            ("ok", False),
            ("OK", True),
        ]
        [thread] = await office.rows("SELECT * FROM conversation")
        assert (thread["waiting_since"], thread["unread_count"], thread["message_count"]) == (at(0), 2, 4)
        await office.undo(import_id)
        await assert_consistent(oa)
