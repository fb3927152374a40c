"""A batch spreads over many accounts: it gives what they give one by one, and costs no more statements than one."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import event

from sokhach.core.config import Settings
from sokhach.core.database import Database
from sokhach.intake.pipeline import Pipeline
from tests.channels.zalo_personal.items import PEER, journalled, message
from tests.intake import stream
from tests.intake.inbox import READING, Heard, Inbox, connect_inbox, said, streams
from tests.intake.test_personal_properties import at_once, consistent
from tests.intake.test_pipeline_properties import at_once as at_once_by_oa
from tests.intake.test_pipeline_properties import drain, in_one_database
from tests.support.oa import at


@in_one_database
@given(each=st.lists(streams(longest=8), min_size=2, max_size=4), by_oa=stream.streams(longest=8), data=st.data())
async def test_a_batch_over_many_accounts_gives_what_they_give_one_by_one(
    settings: Settings, owner_db: Database, each: list[list[Heard]], by_oa: list[stream.Heard], data: st.DataObject
) -> None:
    wanted = [await at_once(owner_db, heard) for heard in each]
    wanted_of_oa = await at_once_by_oa(settings, owner_db, by_oa)
    inboxes = [await connect_inbox(owner_db) for _ in each]
    oa, oa_id = await stream.another_oa(settings, owner_db)
    rows = [inbox.row(one.payload, one.thread) for inbox, heard in zip(inboxes, each, strict=True) for one in heard]
    await stream.put(oa, oa_id, by_oa)
    await inboxes[0].write(data.draw(st.permutations(rows), label="order of arrival"))
    connectors = {**oa.pipeline._connectors, "zalo_personal": READING}
    workers = [Pipeline(owner_db, connectors, oa.bus, batch=size) for size in data.draw(_SIZES, label="batches")]
    await drain(*workers)
    assert [await inbox.told() for inbox in inboxes] == wanted
    assert await stream.told(oa, oa_id) == wanted_of_oa
    for inbox in inboxes:
        await consistent(inbox)
    await stream.assert_consistent(oa)


_SIZES = st.sampled_from([[2000], [2000, 2000], [7, 3]])


async def test_the_same_people_and_names_on_two_accounts_are_kept_apart(owner_db: Database) -> None:
    first, second = await connect_inbox(owner_db), await connect_inbox(owner_db)
    rows = [inbox.row(said(1, words), PEER) for inbox, words in ((first, "Của Hoa"), (second, "Của Lan"))]
    await first.write(rows)
    await drain(first.pipeline)
    for inbox, words in ((first, "Của Hoa"), (second, "Của Lan")):
        found = await inbox.rows(_SAID, account=inbox.account_id)
        assert [row["body"] for row in found] == [words]


async def test_what_the_database_refuses_keeps_no_other_account_back(owner_db: Database) -> None:
    inboxes = [await connect_inbox(owner_db) for _ in range(9)]
    culprit = inboxes[4]
    rows = [inbox.row(said(1, "nổ" if inbox is culprit else "ổn"), PEER) for inbox in inboxes]
    async with owner_db.transaction() as connection:
        await connection.exec_driver_sql("ALTER TABLE message ADD CHECK (body <> 'nổ')")
    try:
        await culprit.write([*rows, culprit.row(said(2, "Sau đó"), PEER)])
        await drain(culprit.pipeline)
    finally:
        async with owner_db.transaction() as connection:
            await connection.exec_driver_sql("ALTER TABLE message DROP CONSTRAINT message_body_check")
    stored = [len(await inbox.rows(_SAID, account=inbox.account_id)) for inbox in inboxes]
    assert stored == [1] * 9
    kept = await culprit.rows("SELECT account_id, reason FROM quarantine")
    assert kept == [{"account_id": culprit.account_id, "reason": "database-refused"}]


async def test_many_accounts_cost_no_more_statements_than_two(owner_db: Database) -> None:
    assert await statements(owner_db, accounts=40) <= await statements(owner_db, accounts=2)


async def statements(database: Database, *, accounts: int) -> int:
    """How many it takes to apply, in one batch, what each account hears and says of new and of known people."""
    inboxes = [await connect_inbox(database) for _ in range(accounts)]
    await _write(inboxes, lambda _: said(1))
    await drain(inboxes[0].pipeline)
    await _write(inboxes, lambda inbox: said(2), lambda inbox: said(3, peer=f"9{inbox.account_id}"))
    await _write(inboxes, lambda inbox: journalled(message(4, at(4), "Dạ còn ạ", own=True)))
    with counted(database) as count:
        await inboxes[0].pipeline.step()
    assert await inboxes[0].value("SELECT count(*) FROM journal_pending") == 0
    return count()


async def _write(inboxes: Sequence[Inbox], *payloads: Callable[[Inbox], bytes]) -> None:
    await inboxes[0].write([inbox.row(payload(inbox), PEER) for inbox in inboxes for payload in payloads])


@contextmanager
def counted(database: Database) -> Iterator[Callable[[], int]]:
    number = 0

    def before(*_: Any) -> None:
        nonlocal number
        number += 1

    event.listen(database.engine.sync_engine, "before_cursor_execute", before)
    try:
        yield lambda: number
    finally:
        event.remove(database.engine.sync_engine, "before_cursor_execute", before)


_SAID = (
    "SELECT m.body FROM message m JOIN conversation c ON c.id = m.conversation_id WHERE c.account_id = :account"
    " ORDER BY m.id"
)
