"""What is left of private messages. The only writer of `private_stub`."""

from collections.abc import Sequence

import msgspec
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from sokhach.channels.connector import InboundStub

_STORE = text(
    """
    INSERT INTO private_stub (account_id, thread_hash, message_hash, direction, at)
    SELECT r.account_id, decode(r.thread, 'hex'), decode(r.message, 'hex'), r.direction, r.at
    FROM json_to_recordset(CAST(:rows AS json)) AS r (account_id bigint, thread text, message text, direction text,
        at timestamptz)
    ORDER BY 1, 2, 3
    ON CONFLICT DO NOTHING
    """
)


async def store(connection: AsyncConnection, stubs: Sequence[tuple[int, InboundStub]]) -> None:
    """Each with its account. Applying them again changes nothing."""
    if stubs:
        rows = [{"account_id": account_id, **msgspec.structs.asdict(one)} for account_id, one in stubs]
        await connection.execute(_STORE, {"rows": msgspec.json.encode(rows).decode()})
