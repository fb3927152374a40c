"""Each person's stream: complete, in order, theirs only, whether heard live or read again by cursor."""

import asyncio
from collections.abc import AsyncIterator, Collection, Sequence
from contextlib import asynccontextmanager

import pytest
from sqlalchemy import text

from sokhach.conversations.socket import visible_by
from sokhach.core.actor import Actor
from sokhach.core.config import Settings
from sokhach.core.database import Database, Urls, dsn
from sokhach.core.realtime import CONVERSATION_HIDDEN, Notice, announce, hub
from sokhach.core.realtime.hub import Events, Hello, Hub, Subscription, Told
from sokhach.core.realtime.sequencer import Sequencer
from tests.support.oa import at, connect_oa, said
from tests.support.people import People


class Stage:
    """A hub in which a worker announces, sequences, and browsers follow."""

    def __init__(self, hub: Hub, database: Database, sequencer: Sequencer, conversations: list[int]) -> None:
        self.hub = hub
        self.database = database
        self.sequencer = sequencer
        self.conversations = conversations

    async def tell(self, *notices: Notice) -> None:
        async with self.database.transaction() as connection:
            await announce(connection, notices)
        await self.sequencer.step()

    async def tell_of(self, *conversation_ids: int) -> None:
        await self.tell(
            *(
                Notice(kind="conversation.changed", conversation_id=one, payload={"message_ids": [one * 10]})
                for one in conversation_ids
            )
        )

    async def position(self) -> int:
        async with self.database.transaction() as connection:
            return (await connection.execute(text("SELECT position FROM realtime_position"))).scalar_one()


@asynccontextmanager
async def running(made: Hub) -> AsyncIterator[None]:
    task = asyncio.create_task(made.run())
    try:
        yield
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


@pytest.fixture
async def stage(
    settings: Settings, owner_db: Database, web_db: Database, database_urls: Urls, people: People
) -> AsyncIterator[Stage]:
    """Conversations: of owner, of teammate, of outsider, of nobody."""
    oa = await connect_oa(settings, owner_db)
    for number, person in enumerate((people.owner, people.teammate, people.outsider, None)):
        await oa.take(said(f"900{number}", f"m{number}", at(number)))
        async with owner_db.transaction() as connection:
            await connection.execute(
                text(
                    "UPDATE contact SET custodian_id = CAST(:person AS bigint) FROM contact_identity i"
                    " WHERE i.contact_id = contact.id AND i.external_id = :customer"
                ),
                {"person": person.id if person else None, "customer": f"900{number}"},
            )
    conversations = [row["id"] for row in await oa.rows("SELECT id FROM conversation ORDER BY thread_key")]
    sequencer = Sequencer(dsn(database_urls.owner))
    await sequencer.step()
    made = Hub(web_db, visible_by(web_db))
    async with running(made):
        yield Stage(made, owner_db, sequencer, conversations)
    await sequencer.close()


def in_order(events: Events) -> list[Told]:
    """Without what is said in passing."""
    return [one for one in events.events if isinstance(one, Told)]


async def until_cursor(subscription: Subscription, cursor: int) -> list[Told]:
    """What a browser hears up to the event at `cursor`."""
    heard: list[Told] = []
    stream = subscription.stream()
    while True:
        word = await asyncio.wait_for(anext(stream), 5)
        if isinstance(word, Events):
            heard += in_order(word)
        if heard and heard[-1].position >= cursor:
            return heard


class TestStream:
    async def test_hears_live_what_happens(self, stage: Stage, people: People) -> None:
        subscription = await stage.hub.subscribe(people.manager.actor, None)
        await stage.tell_of(stage.conversations[0])
        [told] = await until_cursor(subscription, await stage.position())
        assert (told.kind, told.conversation_id) == ("conversation.changed", stage.conversations[0])
        assert told.message_ids == [stage.conversations[0] * 10]

    async def test_replay_by_any_cursor_equals_what_was_heard_live(self, stage: Stage, people: People) -> None:
        actors = [people.owner.actor, people.outsider.actor, people.lead.actor, people.manager.actor]
        start = await stage.position()
        live = [await stage.hub.subscribe(actor, None) for actor in actors]
        for number in range(12):
            await stage.tell_of(*(stage.conversations[: number % 4 + 1]))
        end = await stage.position()
        # Everybody sees the pool's: a last word that ends every stream.
        await stage.tell_of(stage.conversations[3])
        for actor, subscription in zip(actors, live, strict=True):
            heard = await until_cursor(subscription, end + 1)
            async with stage.database.transaction() as connection:
                [seen] = await stage.hub._visible([actor], stage.conversations)
                rows = await connection.execute(
                    text("SELECT position, conversation_id FROM realtime_event WHERE position > :start ORDER BY 1"),
                    {"start": start},
                )
                wanted = [row.position for row in rows if row.conversation_id in seen]
            assert [told.position for told in heard] == wanted
            for cursor in range(start, end + 2):
                again = await stage.hub.subscribe(actor, cursor)
                assert again.hello == Hello(cursor=end + 1, reset=False)
                assert again.missed == [told for told in heard if told.position > cursor]
                again.close()

    async def test_what_is_for_a_permission_goes_to_who_has_it(self, stage: Stage, people: People) -> None:
        subscriptions = {name: await stage.hub.subscribe(people.named(name).actor, None) for name in ("admin", "lead")}
        await stage.tell(Notice(kind="quarantine.changed", payload={"permission": "quarantine:read"}))
        await stage.tell_of(stage.conversations[3])
        end = await stage.position()
        kinds = {name: [told.kind for told in await until_cursor(one, end)] for name, one in subscriptions.items()}
        assert kinds == {"admin": ["quarantine.changed", "conversation.changed"], "lead": ["conversation.changed"]}

    async def test_what_concerns_somebody_goes_to_them_too(self, stage: Stage, people: People) -> None:
        names = ("admin", "owner", "teammate")
        subscriptions = {name: await stage.hub.subscribe(people.named(name).actor, None) for name in names}
        payload = {"id": 7, "permission": "channel_account:read", "staff_id": people.owner.id}
        await stage.tell(Notice(kind="personal_account.changed", payload=payload))
        await stage.tell_of(stage.conversations[3])
        end = await stage.position()
        heard = {name: [told.id for told in await until_cursor(one, end)] for name, one in subscriptions.items()}
        assert heard == {"admin": [7, None], "owner": [7, None], "teammate": [None]}

    async def test_who_loses_a_conversation_hears_it_and_nobody_else_does(self, stage: Stage, people: People) -> None:
        """Of a conversation of `outsider`: `owner` had it, and so had whoever leads them."""
        names = ("owner", "lead", "teammate", "outsider", "manager")
        subscriptions = {name: await stage.hub.subscribe(people.named(name).actor, None) for name in names}
        begun = await stage.position()
        theirs, everybodys = stage.conversations[2], stage.conversations[3]
        lost = {"lost_by": [people.owner.id], "pool": None}
        await stage.tell(Notice(kind=CONVERSATION_HIDDEN, conversation_id=theirs, payload=lost))
        await stage.tell_of(everybodys)
        end = await stage.position()
        heard = {name: [told.kind for told in await until_cursor(one, end)] for name, one in subscriptions.items()}
        assert {name for name, kinds in heard.items() if CONVERSATION_HIDDEN in kinds} == {"owner", "lead"}
        again = await stage.hub.subscribe(people.owner.actor, begun)
        assert [told.kind for told in again.missed] == heard["owner"]
        assert not any(told.kind == CONVERSATION_HIDDEN and told.message_ids for told in again.missed)

    async def test_what_leaves_a_pool_is_lost_by_all_who_had_it_there(self, stage: Stage, people: People) -> None:
        names = ("owner", "outsider", "manager")
        subscriptions = {name: await stage.hub.subscribe(people.named(name).actor, None) for name in names}
        claimed = Notice(
            kind=CONVERSATION_HIDDEN, conversation_id=stage.conversations[2], payload={"lost_by": [], "pool": 1}
        )
        await stage.tell(claimed)
        await stage.tell_of(stage.conversations[3])
        end = await stage.position()
        heard = {name: [told.kind for told in await until_cursor(one, end)] for name, one in subscriptions.items()}
        assert {name for name, kinds in heard.items() if CONVERSATION_HIDDEN in kinds} == {"owner"}

    async def test_a_browser_that_joins_while_a_page_is_told_misses_nothing(
        self, stage: Stage, web_db: Database, people: People
    ) -> None:
        asked, answer = asyncio.Event(), asyncio.Event()

        async def slow(actors: Sequence[Actor], ids: Collection[int]) -> list[set[int]]:
            asked.set()
            await answer.wait()
            return [set(ids) for _ in actors]

        slow_hub = Hub(web_db, slow)
        async with running(slow_hub):
            first = await slow_hub.subscribe(people.owner.actor, None)
            await stage.tell_of(stage.conversations[0])
            await asyncio.wait_for(asked.wait(), 5)
            second = await slow_hub.subscribe(people.teammate.actor, None)
            answer.set()
            end = await stage.position()
            for subscription in (first, second):
                assert [told.position for told in await until_cursor(subscription, end)] == [end]

    async def test_loses_nothing_when_its_connections_are_killed(self, stage: Stage, people: People) -> None:
        subscription = await stage.hub.subscribe(people.manager.actor, None)
        start = await stage.position()
        for _ in range(4):
            await stage.tell_of(stage.conversations[0])
            async with stage.database.transaction() as connection:
                await connection.execute(
                    text("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'sokhach_web'")
                )
            await stage.tell_of(stage.conversations[1])
        end = await stage.position()
        heard = await until_cursor(subscription, end)
        assert [told.position for told in heard] == list(range(start + 1, end + 1))


class TestReset:
    async def test_when_the_cursor_is_ahead(self, stage: Stage, people: People) -> None:
        """The store was put back to an older copy, or this process is behind: the browser reads everything anew."""
        end = await stage.position()
        subscription = await stage.hub.subscribe(people.owner.actor, end + 5)
        assert subscription.hello == Hello(cursor=end, reset=True)

    async def test_when_what_was_missed_is_forgotten(self, stage: Stage, people: People) -> None:
        start = await stage.position()
        await stage.tell_of(*stage.conversations)
        await stage.tell_of(*stage.conversations)
        async with stage.database.transaction() as connection:
            await connection.execute(
                text("DELETE FROM realtime_event WHERE position <= :position"), {"position": start + 3}
            )
        while stage.hub._position < start + 8:
            await asyncio.sleep(0.05)
        assert (await stage.hub.subscribe(people.owner.actor, start + 2)).hello.reset
        assert not (await stage.hub.subscribe(people.owner.actor, start + 3)).hello.reset

    async def test_when_too_much_was_missed(
        self, stage: Stage, people: People, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(hub, "MOST_REPLAYED", 3)
        start = await stage.position()
        await stage.tell_of(*stage.conversations)
        while stage.hub._position < start + 4:
            await asyncio.sleep(0.05)
        assert (await stage.hub.subscribe(people.owner.actor, start)).hello.reset
        assert not (await stage.hub.subscribe(people.owner.actor, start + 1)).hello.reset


class TestSlowBrowser:
    async def test_is_let_go_and_comes_back_by_its_cursor(
        self, stage: Stage, people: People, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(Subscription, "MOST_WAITING", 3)
        start = await stage.position()
        slow = await stage.hub.subscribe(people.manager.actor, None)
        for _ in range(6):
            await stage.tell_of(stage.conversations[0])
            await asyncio.sleep(0.02)
        end = await stage.position()
        while stage.hub._position < end:
            await asyncio.sleep(0.05)
        heard = [
            told
            for word in [word async for word in slow.stream()]
            if isinstance(word, Events)
            for told in in_order(word)
        ]
        assert 0 < len(heard) < 6
        again = await stage.hub.subscribe(people.manager.actor, heard[-1].position)
        assert [told.position for told in [*heard, *again.missed]] == list(range(start + 1, end + 1))
