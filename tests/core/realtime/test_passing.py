"""What is true for a moment: told at once to who is there and sees it, kept nowhere."""

import asyncio

from sokhach.core.realtime import Notice, Passing, mention
from sokhach.core.realtime.hub import Events, Subscription, Told
from tests.core.realtime.test_hub import Stage, stage
from tests.support.people import People

__all__ = ["stage"]


async def say(stage: Stage, conversation_id: int) -> Passing:
    told = Passing(kind="conversation.typing", conversation_id=conversation_id, name="Lan")
    async with stage.database.transaction() as connection:
        await mention(connection, told)
    return told


async def heard_until(subscription: Subscription, kind: type[Told | Passing]) -> list[Told | Passing]:
    """Up to the first word of this kind."""
    heard: list[Told | Passing] = []
    async for word in subscription.stream():
        if isinstance(word, Events):
            heard += word.events
        if any(isinstance(one, kind) for one in heard):
            break
    return heard


async def test_goes_to_who_sees_the_conversation_and_to_nobody_else(stage: Stage, people: People) -> None:
    theirs, *_, nobodys = stage.conversations
    owner = await stage.hub.subscribe(people.owner.actor, None)
    outsider = await stage.hub.subscribe(people.outsider.actor, None)
    hears = asyncio.create_task(heard_until(owner, Passing))
    # Nobody listens to the database yet, perhaps: what is said then is gone.
    told = await say(stage, theirs)
    for _ in range(50):
        if (await asyncio.wait([hears], timeout=0.2))[0]:
            break
        told = await say(stage, theirs)
    assert told in await asyncio.wait_for(hears, 5)
    await stage.tell(Notice(kind="conversation.changed", conversation_id=nobodys))
    assert all(isinstance(one, Told) for one in await asyncio.wait_for(heard_until(outsider, Told), 5))


async def test_is_not_there_for_who_comes_later(stage: Stage, people: People) -> None:
    theirs, *_, nobodys = stage.conversations
    cursor = await stage.position()
    await say(stage, theirs)
    await stage.tell(Notice(kind="conversation.changed", conversation_id=nobodys))
    assert await stage.position() == cursor + 1
    late = await stage.hub.subscribe(people.owner.actor, cursor)
    assert all(isinstance(one, Told) for one in await asyncio.wait_for(heard_until(late, Told), 5))
