"""Reads of what decides who sees a conversation."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from sokhach.conversations.visibility.rules import Account, Grant, Leave, Member, Membership, Thread, World
from sokhach.core.actor import Role


async def load_world(connection: AsyncConnection, conversation_ids: Collection[int], at: datetime) -> World:
    """What a verdict on these conversations needs, as far as the transaction's actor sees it: for somebody who sees
    everything."""
    ids = {"ids": list(conversation_ids)}
    staff = await connection.execute(text("SELECT id, role, suspended_at IS NOT NULL AS suspended FROM staff"))
    teams = await connection.execute(text("SELECT id, parent_id FROM team"))
    memberships = await connection.execute(text("SELECT staff_id, team_id, leads FROM staff_team ORDER BY 1, 2"))
    leaves = await connection.execute(_LEAVES, {"at": at})
    accounts = await connection.execute(text("SELECT id, holder_id, pool, pool_team_id FROM channel_account"))
    threads = await connection.execute(_THREADS, ids)
    grants = await connection.execute(_GRANTS, ids)
    return World(
        at=at,
        staff={row.id: Member(Role(row.role), row.suspended) for row in staff},
        parents={row.id: row.parent_id for row in teams},
        memberships=[Membership(row.staff_id, row.team_id, row.leads) for row in memberships],
        leaves=[Leave(row.staff_id, row.deputy_id, row.from_at, row.until_at) for row in leaves],
        accounts={row.id: Account(row.holder_id, row.pool, row.pool_team_id) for row in accounts},
        threads={row.id: Thread(row.account_id, row.custodian_id, row.assignee_id) for row in threads},
        grants=[Grant(row.conversation_id, row.staff_id, row.kind, row.until) for row in grants],
    )


_LEAVES = text(
    "SELECT staff_id, deputy_id, from_at, until_at FROM staff_leave"
    " WHERE cancelled_at IS NULL AND deputy_id IS NOT NULL AND from_at <= :at AND until_at > :at ORDER BY id"
)
_THREADS = text("SELECT id, account_id, custodian_id, assignee_id FROM conversation WHERE id = ANY (:ids)")
_GRANTS = text(
    "SELECT conversation_id, staff_id, kind, until FROM conversation_grant"
    " WHERE conversation_id = ANY (:ids) AND revoked_at IS NULL ORDER BY id"
)
