"""What people ask of the way out, as the web role with its walls."""

from datetime import timedelta
from uuid import UUID, uuid4

import pytest

from sokhach.core import clock
from sokhach.core.database import Database
from sokhach.core.problems import InvalidInput, Problem
from sokhach.dispatch import rules, service
from sokhach.dispatch.composing import Said
from tests.support.people import People, Person
from tests.support.zalo import Desk, later


async def send(
    desk: Desk, web_db: Database, person: Person, words: str, client_id: UUID | None = None
) -> tuple[int, bool]:
    async with web_db.transaction(person.actor) as connection:
        ids, created = await service.send(
            connection, person.actor, desk.conversation_id, client_id or uuid4(), Said(text=words), clock.now()
        )
    [message_id] = ids
    return message_id, created


async def uncertain(desk: Desk) -> int:
    """A message that Zalo does not have and that nothing could settle."""
    desk.fault("api_status", status=503, count=1)
    message = await desk.write("Dạ")
    await desk.work()
    for seconds in rules.LOOKS_AFTER_SECONDS:
        later(seconds + 1)
        await desk.work()
    assert await desk.delivery(message) == ("uncertain", "no-answer")
    return message


class TestSend:
    async def test_queues_as_the_web_role(self, desk: Desk, web_db: Database, people: People) -> None:
        message, created = await send(desk, web_db, people.owner, "Dạ")
        assert created
        assert await desk.delivery(message) == ("queued", None)
        assert await desk.in_outbox() == [message]

    async def test_a_client_id_counts_once(self, desk: Desk, web_db: Database, people: People) -> None:
        client_id = uuid4()
        first, created = await send(desk, web_db, people.owner, "Dạ", client_id)
        again, created_again = await send(desk, web_db, people.owner, "Dạ", client_id)
        assert (again, created, created_again) == (first, True, False)
        await desk.work()
        assert desk.phone() == ["Dạ"]

    async def test_a_known_client_id_is_answered_even_after_the_window_closed(
        self, desk: Desk, web_db: Database, people: People
    ) -> None:
        client_id = uuid4()
        first, _ = await send(desk, web_db, people.owner, "Dạ", client_id)
        later(timedelta(days=8).total_seconds())
        assert await send(desk, web_db, people.owner, "Dạ", client_id) == (first, False)

    @pytest.mark.parametrize("words", ["", " \n\t", "Dạ\0", "\u200b\u200d\ufeff", "\u3164"])
    async def test_refuses_empty_and_impossible_words(
        self, desk: Desk, web_db: Database, people: People, words: str
    ) -> None:
        with pytest.raises(InvalidInput):
            await send(desk, web_db, people.owner, words)

    async def test_refuses_after_the_window(self, desk: Desk, web_db: Database, people: People) -> None:
        later(timedelta(days=7, minutes=1).total_seconds())
        with pytest.raises(Problem) as refused:
            await send(desk, web_db, people.owner, "Dạ")
        assert refused.value.slug == "reply-window-closed"

    async def test_who_does_not_see_the_conversation_finds_nothing(
        self, desk: Desk, web_db: Database, people: People
    ) -> None:
        await desk.execute(
            "UPDATE contact SET custodian_id = :owner"
            " WHERE id = (SELECT contact_id FROM conversation WHERE id = :conversation)",
            owner=people.owner.id,
            conversation=desk.conversation_id,
        )
        with pytest.raises(Problem) as refused:
            await send(desk, web_db, people.outsider, "Dạ")
        assert refused.value.slug == "not-found"


class TestResend:
    async def test_sends_the_same_message_again(self, desk: Desk, web_db: Database, people: People) -> None:
        desk.fault("api_error", error=-248, message="no", count=1)
        message = await desk.write("Dạ")
        await desk.work()
        assert await desk.delivery(message) == ("failed", "standards")
        async with web_db.transaction(people.owner.actor) as connection:
            await service.resend(connection, message, clock.now())
        await desk.work()
        assert await desk.delivery(message) == ("sent", None)
        assert desk.phone() == ["Dạ"]
        assert await desk.value("SELECT count(*) FROM message WHERE direction = 'out'") == 1

    @pytest.mark.parametrize("state", ["queued", "sending", "sent", "delivered", "seen", "uncertain"])
    async def test_only_what_failed(self, desk: Desk, web_db: Database, people: People, state: str) -> None:
        message = await desk.write("Dạ")
        await desk.execute("UPDATE delivery SET state = :state WHERE message_id = :id", state=state, id=message)
        with pytest.raises(Problem) as refused:
            async with web_db.transaction(people.owner.actor) as connection:
                await service.resend(connection, message, clock.now())
        assert refused.value.slug == "not-resendable"

    async def test_keeps_its_place_in_the_order(self, desk: Desk, web_db: Database, people: People) -> None:
        desk.fault("api_error", error=-248, message="no", count=1)
        first = await desk.write("một")
        await desk.work()
        await desk.write("hai")
        async with web_db.transaction(people.owner.actor) as connection:
            await service.resend(connection, first, clock.now())
        await desk.work()
        assert desk.phone() == ["một", "hai"]


class TestSettle:
    async def test_not_sent_fails_and_may_be_sent_again(self, desk: Desk, web_db: Database, people: People) -> None:
        message = await uncertain(desk)
        async with web_db.transaction(people.owner.actor) as connection:
            await service.settle(connection, people.owner.actor, message, "not_sent", clock.now())
        assert await desk.delivery(message) == ("failed", "not-sent")
        async with web_db.transaction(people.owner.actor) as connection:
            await service.resend(connection, message, clock.now())
        await desk.work()
        assert await desk.delivery(message) == ("sent", None)
        assert desk.phone() == ["Dạ"]

    async def test_sent(self, desk: Desk, web_db: Database, people: People) -> None:
        message = await uncertain(desk)
        async with web_db.transaction(people.owner.actor) as connection:
            await service.settle(connection, people.owner.actor, message, "sent", clock.now())
        assert await desk.delivery(message) == ("sent", None)
        assert desk.phone() == []

    async def test_while_it_is_still_being_looked_for(self, desk: Desk, web_db: Database, people: People) -> None:
        desk.fault("api_status", status=503, count=1)
        message = await desk.write("một")
        await desk.work()
        await desk.write("hai")
        async with web_db.transaction(people.owner.actor) as connection:
            await service.settle(connection, people.owner.actor, message, "not_sent", clock.now())
        await desk.work()
        assert desk.phone() == ["hai"]
        later(4)
        await desk.work()
        assert await desk.in_outbox() == []

    async def test_only_what_is_uncertain(self, desk: Desk, web_db: Database, people: People) -> None:
        message = await desk.write("Dạ")
        with pytest.raises(Problem) as refused:
            async with web_db.transaction(people.owner.actor) as connection:
                await service.settle(connection, people.owner.actor, message, "sent", clock.now())
        assert refused.value.slug == "not-uncertain"

    async def test_nobody_settles_what_they_do_not_see(self, desk: Desk, web_db: Database, people: People) -> None:
        message = await uncertain(desk)
        await desk.execute("UPDATE contact SET custodian_id = :id", id=people.owner.id)
        with pytest.raises(Problem) as refused:
            async with web_db.transaction(people.outsider.actor) as connection:
                await service.settle(connection, people.owner.actor, message, "not_sent", clock.now())
        assert refused.value.slug == "not-found"
