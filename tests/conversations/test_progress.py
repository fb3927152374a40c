"""Episodes and turns in the store: what comes late, what staff decide, what time does."""

import asyncio
import os
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import text

from sokhach.conversations import delivery, intake, progress, service, silence
from sokhach.conversations.delivery import Settled
from sokhach.conversations.intake import Receipt
from sokhach.conversations.rules import EpisodeState, Fact, Progress, Resolved, Said, TurnState, order
from sokhach.core import clock
from tests.conftest import MoveClock
from tests.conversations.test_rules import HOUR, SILENCE, stories, walked
from tests.support.oa import OA, START, at, echoed, received, said, seen
from tests.support.people import Person

EXAMPLES = int(os.environ.get("TEST_EXAMPLES", "40"))


class Desk:
    """The conversation of one customer, and a person who answers."""

    def __init__(self, oa: OA, person: Person) -> None:
        self.oa = oa
        self.person = person

    async def id(self) -> int:
        return await self.oa.value("SELECT id FROM conversation")

    async def write(self, seconds: float, words: str = "Dạ còn ạ") -> int:
        conversation_id = await self.id()
        async with self.oa.database.transaction() as connection:
            message_id, _ = await delivery.add_outgoing(
                connection,
                conversation_id=conversation_id,
                staff_id=self.person.id,
                client_id=uuid4(),
                text=words,
                now=at(seconds),
            )
            return message_id

    async def sending(self, message_id: int, seconds: float) -> None:
        async with self.oa.database.transaction() as connection:
            assert await delivery.mark_sending(connection, [message_id], at(seconds)) == [message_id]

    async def sent(self, message_id: int, external_id: str, seconds: float) -> None:
        async with self.oa.database.transaction() as connection:
            settled = [Settled(message_id, external_id, at(seconds))]
            await delivery.mark_all_sent(connection, self.oa.account_id, settled, at(seconds))

    async def uncertain(self, message_id: int, seconds: float) -> None:
        async with self.oa.database.transaction() as connection:
            await delivery.mark_uncertain(connection, message_id, "no-answer", at(seconds))

    async def resolve(self, seconds: float, last_seen: int | None = None) -> bool:
        conversation_id = await self.id()
        async with self.oa.database.transaction() as connection:
            return await service.resolve(connection, self.person.actor, conversation_id, last_seen, at(seconds))

    async def read(self, last_seen: int | None = None) -> int:
        """Returns how many are unread then."""
        conversation_id = await self.id()
        async with self.oa.database.transaction() as connection:
            await service.mark_read(connection, conversation_id, last_seen, self.person.actor)
        return await self.oa.value("SELECT unread_count FROM conversation")

    async def message(self, external_id: str) -> int:
        return await self.oa.value("SELECT id FROM message WHERE external_id = :id", id=external_id)

    async def reopen(self, seconds: float) -> bool:
        conversation_id = await self.id()
        async with self.oa.database.transaction() as connection:
            return await service.reopen(connection, conversation_id, at(seconds))

    async def turns(self) -> list[tuple[Any, ...]]:
        rows = await self.oa.rows("SELECT * FROM turn ORDER BY waiting_since")
        return [(row["waiting_since"], row["close_reason"], row["closed_at"], row["answered_by"]) for row in rows]

    async def episodes(self) -> list[tuple[Any, ...]]:
        rows = await self.oa.rows("SELECT * FROM episode ORDER BY opened_at")
        return [(row["opened_at"], row["resolution"], row["resolved_at"]) for row in rows]

    async def waiting_since(self) -> datetime | None:
        return await self.oa.value("SELECT waiting_since FROM conversation")

    async def messages(self) -> list[tuple[str, str | None, str | None]]:
        rows = await self.oa.rows(
            "SELECT m.body, m.author_kind, d.state FROM message m LEFT JOIN delivery d ON d.message_id = m.id"
            " ORDER BY m.id"
        )
        return [(row["body"], row["author_kind"], row["state"]) for row in rows]


@pytest.fixture
def desk(oa: OA, owner: Person) -> Desk:
    return Desk(oa, owner)


class TestLateFacts:
    @settings(
        max_examples=EXAMPLES,
        deadline=None,
        suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
    )
    @given(facts=stories(), data=st.data())
    async def test_any_order_of_arrival_ends_where_the_fold_ends(
        self, oa: OA, owner: Person, facts: list[Fact], data: st.DataObject
    ) -> None:
        """Customers' and colleagues' messages, ours when the platform takes them, resolutions; with the silence loop
        passing by whenever it likes."""
        conversation_id = await _conversation(oa)
        arriving = _as_it_may_come(data.draw(st.permutations(facts), label="order of arrival"))
        ids: dict[int, int] = {}
        while arriving:
            size = data.draw(st.integers(1, len(arriving)), label="together")
            step, arriving = arriving[:size], arriving[size:]
            async with oa.database.transaction() as connection:
                stored = [await _store(connection, conversation_id, owner.id, fact) for fact in step]
                await progress.advance(connection, {conversation_id: stored})
            ids |= {
                new.message_id: old.message_id
                for old, new in zip(step, stored, strict=True)
                if isinstance(old, Said) and isinstance(new, Said)
            }
            if data.draw(st.booleans(), label="the silence loop"):
                passing = max(map(_at, step)) + timedelta(seconds=data.draw(st.sampled_from([1, 25 * HOUR])))
                async with oa.database.transaction() as connection:
                    await silence._close(connection, passing)
        async with oa.database.transaction() as connection:
            await progress.rework(connection, conversation_id, max(map(_at, facts), default=START))
        folded = Progress()
        folded.advance(order(facts), SILENCE)
        wanted = walked(folded)
        for turn in wanted.turns:
            turn.answered_by = owner.id if turn.answered_by else None
        for episode in wanted.episodes:
            episode.resolved_by = owner.id if episode.resolved_by else None
        assert await _stored(oa, conversation_id, ids) == wanted

    async def test_an_answer_to_the_earlier_of_two_questions_comes_late(self, desk: Desk) -> None:
        await desk.oa.take(said("9001", "m1", at(0)), said("9001", "m3", at(100)))
        await desk.oa.take(echoed("9001", "m2", at(50), admin="77"))
        assert await desk.turns() == [(at(0), "answered", at(50), None), (at(100), None, None, None)]
        assert await desk.waiting_since() == at(100)

    async def test_rows_keep_their_ids(self, desk: Desk) -> None:
        """Alerts and reviews point to them."""
        await desk.oa.take(said("9001", "m1", at(0)), echoed("9001", "m2", at(50)), said("9001", "m3", at(100)))
        before = await desk.oa.rows("SELECT id, waiting_since FROM turn ORDER BY id")
        await desk.oa.take(said("9001", "m0", at(-10)))
        after = await desk.oa.rows("SELECT id, waiting_since FROM turn ORDER BY id")
        assert [row["id"] for row in after] == [row["id"] for row in before]
        assert after[0]["waiting_since"] == at(-10)

    async def test_a_reply_that_waited_for_days_is_not_forgotten(self, desk: Desk) -> None:
        """The account was down; the reply left on the fourth day, and then something older arrived."""
        await desk.oa.take(said("9001", "m1", at(0)))
        reply = await desk.write(60)
        await desk.sent(reply, "x1", 96 * HOUR)
        await desk.oa.journal(
            echoed("9001", "m9", at(96 * HOUR - 60), admin="77"),
            said("9001", "m2", at(96 * HOUR - 30)),
            received_at=at(97 * HOUR),
        )
        await desk.oa.drain()
        assert [turn[1:] for turn in await desk.turns()] == [
            ("answered", at(96 * HOUR - 60), None),
            ("answered", at(96 * HOUR), desk.person.id),
        ]


class TestResolve:
    async def test_closes_episode_and_turn(self, desk: Desk) -> None:
        await desk.oa.take(said("9001", "m1", at(0)))
        assert await desk.resolve(30)
        assert await desk.episodes() == [(at(0), "staff", at(30))]
        assert await desk.turns() == [(at(0), "resolved", at(30), None)]
        assert await desk.waiting_since() is None

    async def test_twice_is_once(self, desk: Desk) -> None:
        await desk.oa.take(said("9001", "m1", at(0)))
        assert await desk.resolve(30)
        assert not await desk.resolve(31)
        assert await desk.oa.value("SELECT count(*) FROM resolution") == 1

    async def test_what_arrives_afterwards_waits_even_if_it_was_sent_before(self, desk: Desk) -> None:
        await desk.oa.take(said("9001", "m1", at(0)))
        await desk.resolve(30)
        await desk.oa.take(said("9001", "m2", at(29)))
        assert await desk.waiting_since() == at(29)
        assert await desk.episodes() == [(at(0), "staff", at(30)), (at(29), None, None)]

    async def test_what_arrives_afterwards_from_before_what_they_saw_is_closed_with_it(self, desk: Desk) -> None:
        await desk.oa.take(said("9001", "m1", at(0)), said("9001", "m3", at(20)))
        await desk.resolve(30)
        await desk.oa.take(said("9001", "m2", at(10)))
        assert await desk.turns() == [(at(0), "resolved", at(30), None)]
        assert await desk.oa.value("SELECT message_count FROM turn") == 3

    async def test_what_they_did_not_see_yet_waits_on(self, desk: Desk) -> None:
        """The customer wrote once more while the hand was on its way to the button."""
        await desk.oa.take(said("9001", "m1", at(0)), said("9001", "m2", at(20)))
        assert await desk.resolve(30, await desk.message("m1"))
        assert await desk.episodes() == [(at(0), "staff", at(30)), (at(20), None, None)]
        assert await desk.turns() == [(at(0), "resolved", at(30), None), (at(20), None, None, None)]
        assert await desk.waiting_since() == at(20)

    async def test_what_they_did_not_see_yet_is_unread(self, desk: Desk) -> None:
        await desk.oa.take(*(said("9001", f"m{number}", at(number)) for number in range(4)))
        assert await desk.read(await desk.message("m1")) == 2
        assert await desk.read(await desk.message("m0")) == 2
        assert await desk.read(await desk.message("m3")) == 0

    async def test_a_message_of_elsewhere_says_nothing(self, desk: Desk) -> None:
        await desk.oa.take(said("9001", "m1", at(0)))
        assert await desk.resolve(30, 10**9)
        assert await desk.waiting_since() is None

    async def test_answer_and_close_at_once(self, desk: Desk) -> None:
        """Zalo takes the answer a moment after the click; nothing opens again, and the answer counts."""
        await desk.oa.take(said("9001", "m1", at(0)))
        reply = await desk.write(10)
        await desk.resolve(11)
        await desk.sent(reply, "x1", 11.4)
        assert await desk.episodes() == [(at(0), "staff", at(11))]
        assert await desk.turns() == [(at(0), "answered", at(11.4), desk.person.id)]
        assert not await desk.oa.value("SELECT episode_open FROM conversation")

    async def test_answer_and_close_while_the_customer_writes_again(self, desk: Desk) -> None:
        await desk.oa.take(said("9001", "m1", at(0)))
        reply = await desk.write(10)
        await desk.resolve(11)
        await desk.oa.take(said("9001", "m2", at(11.2)))
        await desk.sent(reply, "x1", 11.4)
        assert await desk.waiting_since() == at(11.2)
        assert await desk.turns() == [
            (at(0), "answered", at(11.4), desk.person.id),
            (at(11.2), None, None, None),
        ]

    async def test_reopening_is_as_if_it_had_not_been(self, desk: Desk) -> None:
        await desk.oa.take(said("9001", "m1", at(0)))
        await desk.resolve(30)
        assert await desk.reopen(40)
        assert await desk.episodes() == [(at(0), None, None)]
        assert await desk.turns() == [(at(0), None, None, None)]
        assert await desk.waiting_since() == at(0)
        assert not await desk.reopen(41)

    async def test_reopening_is_too_late_once_a_new_episode_began(self, desk: Desk) -> None:
        await desk.oa.take(said("9001", "m1", at(0)))
        await desk.resolve(30)
        await desk.oa.take(said("9001", "m2", at(60)))
        assert not await desk.reopen(70)


class TestSilence:
    async def test_closes_at_its_time_however_late_the_loop_comes(self, desk: Desk, move_clock: MoveClock) -> None:
        await desk.oa.take(said("9001", "m1", at(0)), echoed("9001", "m2", at(60), admin="77"))
        await _move_to(move_clock, at(60 + 24 * HOUR - 5))
        assert await silence.close_silent(desk.oa.database) == 0
        await _move_to(move_clock, at(60 + 99 * HOUR))
        assert await silence.close_silent(desk.oa.database) == 1
        assert await desk.episodes() == [(at(0), "silence", at(60 + 24 * HOUR))]
        assert not await desk.oa.value("SELECT episode_open FROM conversation")
        told = await desk.oa.rows("SELECT kind FROM realtime_event ORDER BY id DESC LIMIT 1")
        assert told == [{"kind": "conversation.changed"}]

    async def test_never_closes_while_somebody_waits(self, desk: Desk, move_clock: MoveClock) -> None:
        await desk.oa.take(echoed("9001", "m1", at(0), admin="77"), said("9001", "m2", at(60)))
        await _move_to(move_clock, at(10_000 * HOUR))
        assert await silence.close_silent(desk.oa.database) == 0
        assert await desk.waiting_since() == at(60)

    async def test_a_message_from_before_that_arrives_after_it_belongs_to_the_episode(
        self, desk: Desk, move_clock: MoveClock
    ) -> None:
        await desk.oa.take(said("9001", "m1", at(0)), echoed("9001", "m2", at(60), admin="77"))
        await _move_to(move_clock, at(30 * HOUR))
        await silence.close_silent(desk.oa.database)
        await desk.oa.take(said("9001", "m3", at(23 * HOUR)))
        assert await desk.episodes() == [(at(0), None, None)]
        assert await desk.waiting_since() == at(23 * HOUR)

    async def test_two_loops_close_once(self, desk: Desk, move_clock: MoveClock) -> None:
        await desk.oa.take(echoed("9001", "m1", at(0), admin="77"))
        await _move_to(move_clock, at(30 * HOUR))
        assert sum(await asyncio.gather(*(silence.close_silent(desk.oa.database) for _ in range(3)))) == 1


class TestOurMessages:
    async def test_count_from_when_the_platform_took_them(self, desk: Desk) -> None:
        await desk.oa.take(said("9001", "m1", at(0)))
        reply = await desk.write(10)
        await desk.sending(reply, 11)
        assert await desk.waiting_since() == at(0)
        await desk.sent(reply, "x1", 45)
        assert await desk.turns() == [(at(0), "answered", at(45), desk.person.id)]
        assert await desk.oa.value("SELECT first_response_at FROM episode") == at(45)

    async def test_tell_the_lists_that_nobody_waits_any_more(self, desk: Desk) -> None:
        await desk.oa.take(said("9001", "m1", at(0)))
        reply = await desk.write(10)
        await desk.sending(reply, 11)
        before = await desk.oa.value("SELECT max(id) FROM realtime_event")
        await desk.sent(reply, "x1", 45)
        told = await desk.oa.rows(f"SELECT kind FROM realtime_event WHERE id > {before} ORDER BY kind")
        assert told == [{"kind": "conversation.changed"}, {"kind": "delivery.changed"}]

    async def test_that_fail_answer_nobody(self, desk: Desk) -> None:
        await desk.oa.take(said("9001", "m1", at(0)))
        reply = await desk.write(10)
        async with desk.oa.database.transaction() as connection:
            await delivery.mark_failed(connection, reply, "blocked", at(12))
        assert await desk.waiting_since() == at(0)

    async def test_echo_after_the_answer_of_the_api_changes_nothing(self, desk: Desk) -> None:
        await desk.oa.take(said("9001", "m1", at(0)))
        reply = await desk.write(10)
        await desk.sending(reply, 11)
        await desk.sent(reply, "x1", 12)
        await desk.oa.take(echoed("9001", "x1", at(12)), echoed("9001", "x1", at(12)))
        assert await desk.messages() == [("Còn hàng không shop?", "customer", None), ("Dạ còn ạ", "staff", "sent")]
        assert await desk.oa.value("SELECT message_count FROM conversation") == 2

    async def test_echo_before_the_answer_of_the_api_is_theirs(self, desk: Desk) -> None:
        await desk.oa.take(said("9001", "m1", at(0)))
        reply = await desk.write(10)
        await desk.sending(reply, 11)
        await desk.oa.take(echoed("9001", "x1", at(12)), seen("9001", ["x1"], at(13)))
        await desk.sent(reply, "x1", 14)
        assert await desk.messages() == [("Còn hàng không shop?", "customer", None), ("Dạ còn ạ", "staff", "seen")]
        assert await desk.turns() == [(at(0), "answered", at(12), desk.person.id)]

    async def test_of_which_we_know_nothing_are_settled_by_their_echo(self, desk: Desk) -> None:
        await desk.oa.take(said("9001", "m1", at(0)))
        reply = await desk.write(10)
        await desk.sending(reply, 11)
        await desk.uncertain(reply, 40)
        assert await desk.waiting_since() == at(0)
        await desk.oa.take(echoed("9001", "x1", at(12)))
        assert (await desk.messages())[1] == ("Dạ còn ạ", "staff", "sent")
        assert await desk.turns() == [(at(0), "answered", at(12), desk.person.id)]

    async def test_the_same_words_twice_are_settled_in_order_by_two_echoes(self, desk: Desk) -> None:
        await desk.oa.take(said("9001", "m1", at(0)))
        first, second = await desk.write(10), await desk.write(11)
        await desk.sending(first, 12)
        await desk.sending(second, 13)
        await desk.oa.take(echoed("9001", "x2", at(15)), echoed("9001", "x1", at(14)))
        rows = await desk.oa.rows("SELECT external_id, message_id FROM message_alias ORDER BY external_id")
        assert [(row["external_id"], row["message_id"]) for row in rows] == [("x1", first), ("x2", second)]
        assert len(await desk.messages()) == 3

    async def test_the_same_words_by_a_colleague_on_zalo_are_not_ours(self, desk: Desk) -> None:
        await desk.oa.take(said("9001", "m1", at(0)))
        reply = await desk.write(10)
        await desk.sending(reply, 11)
        await desk.oa.take(echoed("9001", "x9", at(12), admin="77"))
        assert await desk.messages() == [
            ("Còn hàng không shop?", "customer", None),
            ("Dạ còn ạ", "staff", "sending"),
            ("Dạ còn ạ", "channel", "sent"),
        ]
        assert (await desk.turns())[0][1:] == ("answered", at(12), None)

    async def test_the_echo_of_what_we_thought_refused_is_kept_as_what_it_is(self, desk: Desk) -> None:
        """Nobody may lose words that the customer has read."""
        await desk.oa.take(said("9001", "m1", at(0)))
        reply = await desk.write(10)
        await desk.sending(reply, 11)
        async with desk.oa.database.transaction() as connection:
            await delivery.mark_failed(connection, reply, "platform-error", at(12))
        await desk.oa.take(echoed("9001", "x1", at(12)))
        assert [state for _, _, state in await desk.messages()] == [None, "failed", "sent"]


class TestReceiptsBesideOutcomes:
    """Zalo's answer and the receipt come within milliseconds: neither may miss the other."""

    async def test_the_receipt_comes_while_the_outcome_is_written_down(self, desk: Desk) -> None:
        await desk.oa.take(said("9001", "m1", at(0)))
        reply = await desk.write(10)
        await desk.sending(reply, 11)
        async with desk.oa.database.transaction() as connection:
            await delivery.mark_all_sent(connection, desk.oa.account_id, [Settled(reply, "x1", at(12))], at(12))
            receipt = asyncio.create_task(desk.oa.take(received("9001", "x1", at(12.1))))
            await asyncio.wait([receipt], timeout=0.3)
        await receipt
        assert (await desk.messages())[1] == ("Dạ còn ạ", "staff", "delivered")

    async def test_the_outcome_comes_while_the_receipt_is_written_down(self, desk: Desk) -> None:
        await desk.oa.take(said("9001", "m1", at(0)))
        reply = await desk.write(10)
        await desk.sending(reply, 11)
        async with desk.oa.database.transaction() as connection:
            await delivery.hold_names(connection, desk.oa.account_id, ["x1"])
            told = Receipt(account_id=desk.oa.account_id, external_id="x1", kind="delivered", at=at(12.1))
            await intake.apply_receipts(connection, [told], at(12.1))
            outcome = asyncio.create_task(desk.sent(reply, "x1", 12))
            await asyncio.wait([outcome], timeout=0.3)
        await outcome
        assert (await desk.messages())[1] == ("Dạ còn ạ", "staff", "delivered")


async def _move_to(move_clock: MoveClock, moment: datetime) -> None:
    clock.set_offset(0)
    await move_clock((moment - clock.now()).total_seconds())


async def _conversation(oa: OA) -> int:
    """An empty one, of a group: it needs no contact."""
    return await oa.value(
        "INSERT INTO conversation (account_id, thread_key, kind, created_at, last_message_at, message_count,"
        " unread_count, episode_open) VALUES (:account, :key, 'group', :at, :at, 0, 0, false) RETURNING id",
        account=oa.account_id,
        key=uuid4().hex,
        at=START,
    )


def _as_it_may_come(facts: Sequence[Fact]) -> list[Fact]:
    """Nobody closes what they have not seen yet: a resolution comes after the last message that it is about."""
    latest: dict[int, int] = {}
    for place, fact in enumerate(facts):
        about = [n for n, one in enumerate(facts) if isinstance(one, Said) and one.at == fact.at]
        latest[id(fact)] = max([place, *about]) if isinstance(fact, Resolved) else place
    return sorted(facts, key=lambda fact: (latest[id(fact)], isinstance(fact, Resolved)))


async def _store(connection: Any, conversation_id: int, staff_id: int, fact: Fact) -> Fact:
    """Writes the row that a fact stands for; gives the fact as the store knows it."""
    values: dict[str, Any] = {"conversation": conversation_id, "staff": staff_id, "at": _at(fact)}
    if isinstance(fact, Resolved):
        await connection.execute(_RESOLVED, values | {"resolved_at": fact.resolved_at})
        return Resolved(fact.at, fact.resolved_at, staff_id)
    ours = fact.staff_id is not None
    values |= {
        "direction": "in" if fact.by_customer else "out",
        "author": "customer" if fact.by_customer else "staff" if ours else "channel",
        "staff": staff_id if ours else None,
        "written_at": fact.written_at or fact.at,
        "client": uuid4() if ours else None,
    }
    message_id = (await connection.execute(_MESSAGE, values)).scalar_one()
    if not fact.by_customer:
        await connection.execute(_DELIVERY, values | {"id": message_id})
    return Said(fact.at, message_id, fact.by_customer, values["staff"], fact.written_at)


async def _stored(oa: OA, conversation_id: int, ids: dict[int, int]) -> Any:
    """As the fold speaks of it: by the story's message ids, without the rows' own."""
    folded = Progress()
    wanted = walked(folded)
    episode_names = ("opened_at", "opened_by", "last_activity_at", "first_response_at", "resolved_at", "resolution")
    turn_names = ("waiting_since", "message_count", "closed_at", "close_reason", "answered_by")
    sql = "SELECT * FROM {} WHERE conversation_id = :id ORDER BY {}"
    for row in await oa.rows(sql.format("episode", "opened_at, id"), id=conversation_id):
        wanted.episodes.append(EpisodeState(**_picked(row, episode_names), resolved_by=row["resolved_by"]))
    for row in await oa.rows(sql.format("turn", "waiting_since, id"), id=conversation_id):
        wanted.turns.append(
            TurnState(
                **_picked(row, turn_names),
                first_message_id=ids[row["first_message_id"]],
                answer_message_id=ids.get(row["answer_message_id"]),
            )
        )
    return wanted


def _picked(row: dict[str, Any], names: Sequence[str]) -> dict[str, Any]:
    return {name: row[name] for name in names}


def _at(fact: Fact) -> datetime:
    return fact.at


_MESSAGE = text(
    "INSERT INTO message (conversation_id, direction, author_kind, author_staff_id, kind, body, sent_at, received_at,"
    " salt, leaf) VALUES (:conversation, :direction, :author, :staff, 'text', '…', :written_at, :written_at, '', '')"
    " RETURNING id"
)
_DELIVERY = text(
    "INSERT INTO delivery (message_id, conversation_id, client_id, state, sent_at, changed_at)"
    " VALUES (:id, :conversation, :client, 'sent', :at, :at)"
)
_RESOLVED = text(
    "INSERT INTO resolution (conversation_id, staff_id, seen_until, resolved_at)"
    " VALUES (:conversation, :staff, :at, :resolved_at)"
)
