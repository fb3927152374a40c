"""The way from the journal to the store."""

import asyncio
from collections.abc import Sequence
from typing import Any

from sqlalchemy.ext.asyncio import AsyncConnection

from sokhach.channels.zalo_oa.connector import ZaloOA
from sokhach.conversations.events import MessagesStored
from sokhach.intake.pipeline import Pipeline, together
from sokhach.intake.replay import replay
from tests.support.oa import OA, at, echoed, followed, said, seen


class TestTogether:
    def test_lanes_share_a_batch_as_long_as_it_holds_them(self) -> None:
        assert together([(3, 5), (4, 2), (9, 10), (11, 1)], 10) == [[3, 4, 9], [11]]
        assert together([], 10) == []
        assert together([(0, 10)], 10) == [[0]]


class TestStep:
    async def test_a_new_customer_gets_a_contact_a_conversation_and_an_episode(self, oa: OA) -> None:
        await oa.take(said("9001", "m1", at(0), "Báo giá aptomat 2 pha giúp em"))

        [row] = await oa.rows(
            "SELECT c.code, k.code AS contact, c.message_count, c.unread_count, c.waiting_since, c.episode_open, m.body"
            " FROM conversation c JOIN contact k ON k.id = c.contact_id JOIN message m ON m.id = c.last_message_id"
        )
        assert row == {
            "code": "HT-000001",
            "contact": "KH-000001",
            "message_count": 1,
            "unread_count": 1,
            "waiting_since": at(0),
            "episode_open": True,
            "body": "Báo giá aptomat 2 pha giúp em",
        }

    async def test_two_first_messages_through_two_workers_make_one_of_each(self, oa: OA) -> None:
        """100 ms apart, applied at the same time by two workers."""
        await oa.journal(said("9001", "m1", at(0)))
        await oa.journal(said("9001", "m2", at(0.1)))
        workers = [oa.pipeline, oa.another_pipeline()]
        while any(await asyncio.gather(*(worker.step() for worker in workers))):
            pass
        for table in ("contact", "contact_identity", "conversation", "episode", "turn"):
            assert await oa.value(f"SELECT count(*) FROM {table}") == 1, table
        assert await oa.value("SELECT message_count FROM turn") == 2

    async def test_what_comes_in_during_a_replay_goes_first(self, oa: OA) -> None:
        customers = [str(9000 + number) for number in range(40)]
        await oa.take(*(said(one, f"a{one}", at(number)) for number, one in enumerate(customers)))
        await replay(oa.database, progress=lambda _: None)
        await oa.journal(*(said(one, f"b{one}", at(100)) for one in customers))
        workers = Pipeline(oa.database, {"zalo_oa": ZaloOA.of(oa.settings, oa.database)}, oa.bus, batch=1)
        steps = 0
        while await oa.value("SELECT count(*) FROM message") < 80:
            await workers.step()
            steps += 1
        # One of each lane a step, so as many steps as the fullest lane has new messages.
        fullest = await oa.value("SELECT max(n) FROM (SELECT count(*) AS n FROM journal GROUP BY lane) AS lanes") // 2
        assert steps == fullest
        assert await oa.value("SELECT count(*) FROM journal_pending WHERE again") > 0

    async def test_duplicates_change_nothing(self, oa: OA) -> None:
        await oa.take(said("9001", "m1", at(0)), said("9001", "m1", at(0)))
        await oa.take(said("9001", "m1", at(0)))
        assert await oa.value("SELECT count(*) FROM message") == 1
        assert await oa.value("SELECT unread_count FROM conversation") == 1

    async def test_an_answer_closes_the_turn(self, oa: OA) -> None:
        await oa.take(said("9001", "m1", at(0)), said("9001", "m2", at(20)), echoed("9001", "m3", at(90), admin="77"))
        [turn] = await oa.rows("SELECT waiting_since, message_count, closed_at, close_reason FROM turn")
        assert turn == {
            "waiting_since": at(0),
            "message_count": 2,
            "closed_at": at(90),
            "close_reason": "answered",
        }
        assert await oa.value("SELECT waiting_since FROM conversation") is None
        assert await oa.value("SELECT unread_count FROM conversation") == 0

    async def test_an_answer_that_arrives_before_the_question_counts_the_same(self, oa: OA) -> None:
        await oa.take(echoed("9001", "m3", at(90), admin="77"))
        await oa.take(said("9001", "m1", at(0)))
        [turn] = await oa.rows("SELECT waiting_since, closed_at, close_reason FROM turn")
        assert turn == {"waiting_since": at(0), "closed_at": at(90), "close_reason": "answered"}

    async def test_follow_is_an_event_in_the_thread_and_nobody_waits_for_an_answer_to_it(self, oa: OA) -> None:
        await oa.take(followed("9001", at(0)))
        [row] = await oa.rows(
            "SELECT m.kind, m.content->>'event' AS event, c.unread_count, c.waiting_since, i.following"
            " FROM message m JOIN conversation c ON c.id = m.conversation_id"
            " JOIN contact_identity i ON i.contact_id = c.contact_id"
        )
        assert row == {"kind": "event", "event": "follow", "unread_count": 0, "waiting_since": None, "following": True}

    async def test_a_late_follow_does_not_undo_an_unfollow(self, oa: OA) -> None:
        await oa.take(followed("9001", at(60), "unfollow"))
        await oa.take(followed("9001", at(0)))
        assert await oa.value("SELECT following FROM contact_identity") is False

    async def test_receipts_reach_messages_that_come_after_them(self, oa: OA) -> None:
        await oa.take(seen("9001", ["m1"], at(5)))
        await oa.take(echoed("9001", "m1", at(0), admin="77"))
        [row] = await oa.rows("SELECT state, sent_at, seen_at FROM delivery")
        assert row == {"state": "seen", "sent_at": at(0), "seen_at": at(5)}

    async def test_new_people_are_asked_about(self, oa: OA) -> None:
        await oa.take(said("9001", "m1", at(0)), said("9002", "m2", at(0)), said("9001", "m3", at(1)))
        assert await oa.value("SELECT count(*) FROM profile_request") == 2

    async def test_what_is_for_later_parts_is_kept_and_stops_nothing(self, oa: OA) -> None:
        await oa.take({"app_id": "1", "event_name": "user_withdraw", "user_id": "1", "timestamp": "1780000000000"})
        assert await oa.value("SELECT count(*) FROM journal") == 1
        assert await oa.value("SELECT count(*) FROM journal_pending") == 0
        assert await oa.value("SELECT count(*) FROM quarantine") == 0


class TestHandlers:
    async def test_a_handler_that_raises_stops_nothing_and_is_tried_again(self, oa: OA) -> None:
        calls: list[Sequence[MessagesStored]] = []

        async def fails_first(connection: AsyncConnection, events: Sequence[MessagesStored]) -> None:
            calls.append(events)
            if len(calls) == 1:
                await connection.exec_driver_sql("SELECT 1 / 0")

        oa.bus.subscribe(MessagesStored, fails_first)
        await oa.take(said("9001", "m1", at(0)))
        assert await oa.value("SELECT count(*) FROM message") == 1
        assert await oa.value("SELECT count(*) FROM realtime_event") == 1
        await oa.value("UPDATE event_retry SET next_attempt_at = created_at - interval '1 hour' RETURNING attempts")
        assert await oa.bus.retry_due(oa.database) == 1
        assert calls[1] == calls[0]
        assert await oa.value("SELECT count(*) FROM event_retry") == 0


class TestQuarantine:
    async def test_bad_payloads_are_set_aside_with_a_reason_and_neighbours_pass(self, oa: OA) -> None:
        def broken(**message: Any) -> dict[str, Any]:
            return said("9001", "x", at(0)) | {"message": message}

        bad: dict[str, dict[str, Any] | bytes] = {
            "invalid-json": b'{"event_name": "user_send_text", "timesta',
            "invalid-utf8": b'{"event_name": "user_send_text", "timestamp": "1", "message": {"text": "\xff"}}',
            "nul-character": broken(text="a\0b", msg_id="x1"),
            "missing-field": broken(text="không có mã"),
            "wrong-type": broken(text={"a": 1}, msg_id="x2"),
            "time-out-of-range": said("9001", "x3", at(40 * 365 * 86400)),
        }
        for reason, payload in bad.items():
            await oa.take(said("9001", f"a-{reason}", at(0)), payload, said("9001", f"b-{reason}", at(1)))
        assert await oa.value("SELECT count(*) FROM message") == 2 * len(bad)
        rows = await oa.rows("SELECT reason FROM quarantine ORDER BY id")
        assert [row["reason"] for row in rows] == list(bad)

    async def test_what_the_database_refuses_is_found_among_its_neighbours(self, oa: OA) -> None:
        """A constraint stands for anything that only the database notices."""
        async with oa.database.transaction() as connection:
            await connection.exec_driver_sql("ALTER TABLE message ADD CHECK (body <> 'nổ')")
        payloads = [said("9001", f"m{n}", at(n), "nổ" if n in {3, 11} else "ổn") for n in range(16)]
        await oa.take(*payloads)
        assert await oa.value("SELECT count(*) FROM message") == 14
        rows = await oa.rows("SELECT reason FROM quarantine")
        assert [row["reason"] for row in rows] == ["database-refused"] * 2

        async with oa.database.transaction() as connection:
            await connection.exec_driver_sql("ALTER TABLE message DROP CONSTRAINT message_body_check")
            await connection.exec_driver_sql(
                "INSERT INTO journal_pending SELECT j.lane, j.id, j.account_id"
                " FROM quarantine q JOIN journal j ON j.id = q.journal_id"
            )
        await oa.drain()
        assert await oa.value("SELECT count(*) FROM message") == 16
        assert await oa.value("SELECT count(*) FROM quarantine WHERE resolved_at IS NULL") == 0
