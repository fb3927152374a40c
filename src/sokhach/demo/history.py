"""The weeks before: webhooks of the past go the way of all others, verified and journalled, and the pipeline applies
them. All of them in one transaction: a history is there as a whole, once, or not at all."""

from collections.abc import Mapping
from contextlib import suppress

import msgspec
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from sokhach.channels.zalo_oa import webhook
from sokhach.channels.zalo_oa.credentials import Credentials
from sokhach.channels.zalo_oa.webhook import KnownAccount
from sokhach.core import clock
from sokhach.core.database import Database, wake
from sokhach.demo import state
from sokhach.demo.company import OAS
from sokhach.demo.sandbox import Delivery, Sandbox, SandboxError
from sokhach.intake.gateway import lane_of
from sokhach.intake.journal import Entry, copy_entries

SIGNATURE = "X-ZEvent-Signature"


class _OvertakenError(Exception):
    """Somebody else loaded it, or has the demo cleared."""


class Progress(msgspec.Struct, frozen=True):
    """`total` payloads of the history are in the journal, `done` of them applied."""

    done: int
    total: int


async def load(
    database: Database, sandbox: Sandbox, accounts: Mapping[str, int], credentials: Credentials, days: int
) -> None:
    """Journals the history, unless it is there already. `accounts`: OA id → account id. Raises `SandboxError`."""
    async with database.transaction() as connection:
        known = await state.find(connection)
    if known is None or known.state != "preparing" or known.history_count is not None:
        return
    entries: list[Entry] = []
    for oa in OAS:
        account = KnownAccount(accounts[oa.oa_id], oa.oa_id, credentials)
        async for delivery in sandbox.history(oa, days):
            entries.append(_entry(account, credentials, delivery))
    with suppress(_OvertakenError):
        async with database.transaction() as connection:
            await copy_entries(connection, entries)
            if not await state.note_history(connection, len(entries)):
                raise _OvertakenError
            wake(connection)


async def progress(connection: AsyncConnection) -> Progress:
    """How far the pipeline is."""
    row = (await connection.execute(_PROGRESS)).one()
    return Progress(max(0, row.total - row.pending), row.total)


def _entry(account: KnownAccount, credentials: Credentials, delivery: Delivery) -> Entry:
    """As the gateway takes a webhook in; it came when it says that it happened."""
    body = delivery.body.encode()
    seen = webhook.peek(body)
    if seen is None or not webhook.verified(account, credentials, seen, body, delivery.headers.get(SIGNATURE, "")):
        raise SandboxError("a webhook of the history is not what its account would have signed")
    lane = lane_of(account.account_id, webhook.thread_of(account, seen))
    at = clock.from_milliseconds(int(delivery.timestamp))
    return Entry(account.account_id, lane, "webhook", at, body)


_PROGRESS = text(
    """
    SELECT coalesce(d.history_count, 0) AS total, (
        SELECT count(*) FROM journal_pending p
        WHERE p.account_id = ANY (d.account_ids) AND p.journal_id <= d.history_until
    ) AS pending
    FROM demo d
    """
)
