"""Personal accounts: whatever comes twice, under several ids, in any order and over two workers gives one store."""

from typing import Any, cast

from hypothesis import given
from hypothesis import strategies as st

from sokhach.core.database import Database
from tests.intake.inbox import Heard, Inbox, connect_inbox, play, streams
from tests.intake.stream import assert_consistent
from tests.intake.test_pipeline_properties import drain, in_one_database
from tests.support.oa import OA


async def at_once(database: Database, heard: list[Heard]) -> list[str]:
    inbox = await connect_inbox(database)
    await play(inbox, heard)
    await drain(inbox.pipeline)
    await consistent(inbox)
    return await inbox.told()


async def consistent(inbox: Inbox) -> None:
    await assert_consistent(cast("OA", inbox))
    messages: Any = await inbox.rows(
        "SELECT c.thread_key, m.body FROM message m JOIN conversation c ON c.id = m.conversation_id"
        " WHERE c.account_id = :account AND m.kind = 'text'",
        account=inbox.account_id,
    )
    bodies = [(one["thread_key"], one["body"]) for one in messages]
    assert len(bodies) == len(set(bodies)), "a message stands there twice"


@in_one_database
@given(heard=streams(), data=st.data())
async def test_any_order_repetition_and_split_over_two_workers_gives_the_same(
    owner_db: Database, heard: list[Heard], data: st.DataObject
) -> None:
    wanted = await at_once(owner_db, heard)
    again = data.draw(st.lists(st.sampled_from(heard), max_size=6), label="repeated")
    arriving = data.draw(st.permutations([*heard, *again]), label="order of arrival")
    inbox = await connect_inbox(owner_db)
    workers = [inbox.another_pipeline(batch=2), inbox.another_pipeline()]
    while arriving:
        size = data.draw(st.integers(1, len(arriving)), label="together")
        await play(inbox, arriving[:size])
        arriving = arriving[size:]
        if data.draw(st.booleans(), label="worked on in between"):
            await drain(*workers)
    await drain(*workers)
    assert await inbox.told() == wanted
    await consistent(inbox)
