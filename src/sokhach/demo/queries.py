"""What the page of the demo shows. For an administrator, as the web role."""

from collections.abc import Sequence
from datetime import datetime
from typing import Literal

import msgspec
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from sokhach.core.config import Settings
from sokhach.demo.sandbox import phone_url


class DemoAccount(msgspec.Struct, frozen=True, kw_only=True):
    """An account of the demo. `phone_url`: the phone of its customers, of a personal account its own; None where no
    simulated Zalo runs."""

    id: int
    name: str
    phone_url: str | None


class DemoView(msgspec.Struct, frozen=True, kw_only=True):
    """The demo of this store. `none`: there never was one. Counts are of what is there now; `pending_count`: payloads
    that are yet to be applied; `staff_count` with whoever asked to clear it, who stays."""

    state: Literal["none", "preparing", "running", "clearing", "cleared"]
    since: datetime | None
    requested_at: datetime | None
    cleared_at: datetime | None
    accounts: Sequence[DemoAccount]
    staff_count: int
    team_count: int
    contact_count: int
    conversation_count: int
    message_count: int
    file_count: int
    pending_count: int


async def view(connection: AsyncConnection, settings: Settings) -> DemoView:
    row = (await connection.execute(_VIEW)).mappings().one_or_none()
    if row is None:
        return _NONE
    accounts = [
        DemoAccount(id=one.id, name=one.name, phone_url=phone_url(settings, one.channel, one.external_id))
        for one in await connection.execute(_ACCOUNTS)
    ]
    return DemoView(**row, accounts=accounts)


_NONE = DemoView(
    state="none",
    since=None,
    requested_at=None,
    cleared_at=None,
    accounts=[],
    staff_count=0,
    team_count=0,
    contact_count=0,
    conversation_count=0,
    message_count=0,
    file_count=0,
    pending_count=0,
)
_VIEW = text(
    """
    SELECT d.state, d.since, d.requested_at, d.cleared_at,
        (SELECT count(*) FROM staff s WHERE s.id = ANY (d.staff_ids) AND s.suspended_at IS NULL) AS staff_count,
        (SELECT count(*) FROM team t WHERE t.id = ANY (d.team_ids)) AS team_count,
        (SELECT count(DISTINCT i.contact_id) FROM contact_identity i WHERE i.account_id = ANY (d.account_ids))
            AS contact_count,
        said.conversation_count, said.message_count,
        (SELECT count(*) FROM media m JOIN conversation c ON c.id = m.conversation_id
            WHERE c.account_id = ANY (d.account_ids) AND m.state = 'stored') AS file_count,
        (SELECT coalesce(sum(p.pending), 0)::bigint FROM pending_by_account() p
            WHERE p.account_id = ANY (d.account_ids)) AS pending_count
    FROM demo d CROSS JOIN LATERAL (
        SELECT count(*) AS conversation_count, coalesce(sum(c.message_count), 0)::bigint AS message_count
        FROM conversation c WHERE c.account_id = ANY (d.account_ids)
    ) AS said
    """
)
_ACCOUNTS = text(
    "SELECT a.id, a.channel, a.external_id, a.name FROM channel_account a JOIN demo d ON a.id = ANY (d.account_ids)"
    " ORDER BY a.id"
)
