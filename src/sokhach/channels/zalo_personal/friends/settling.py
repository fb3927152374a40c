"""What a worker sees of requests of friendship, as the database's owner: whoever asked for an answer sees only their
own calls, the worker those of all."""

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Literal

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from sokhach.channels.zalo_personal import notices
from sokhach.channels.zalo_personal.friends import rules
from sokhach.core.database import wake

BUSY = timedelta(seconds=1)
ANSWERS_IT = """
    c.created_at > r.at - CAST(:slack AS interval) AND NOT EXISTS (
        SELECT FROM channel_event before WHERE before.account_id = :account AND before.person = r.person
            AND before.name = ANY (CAST(:ended AS text[])) AND before.at >= c.created_at AND before.at <= r.at
    )
"""
"""SQL: the call `c` is about the request `r`, and not about one before it that was over by then."""

# Which answers to the person's latest request are under way or have come, and what Zalo said since.
_BEFORE = text(
    f"""
    WITH request AS (
        SELECT at, id, person FROM channel_event WHERE account_id = :account AND person = :person
            AND name IN (:asked_in, :asked_out) ORDER BY at DESC, id DESC LIMIT 1
    )
    SELECT
        (SELECT c.op FROM personal_call c LEFT JOIN request r ON true
            WHERE c.account_id = :account AND c.op = ANY (CAST(:ops AS text[])) AND c.arguments ->> 'uid' = :person
            AND c.id <> :id AND c.state = 'done' AND (r.at IS NULL OR ({ANSWERS_IT}))
            ORDER BY c.id LIMIT 1) AS done,
        EXISTS (SELECT FROM personal_call c WHERE c.account_id = :account AND c.op = ANY (CAST(:ops AS text[]))
            AND c.arguments ->> 'uid' = :person AND c.id <> :id AND c.state = 'asked' AND c.begun_at IS NOT NULL
        ) AS busy,
        (SELECT e.name FROM channel_event e, request r WHERE e.account_id = :account AND e.person = :person
            AND e.name = ANY (CAST(:ended AS text[])) AND (e.at, e.id) > (r.at, r.id)
            ORDER BY e.at, e.id LIMIT 1) AS ended
    """
)
_FRIENDS_DUE = text(
    "UPDATE personal_directory SET due_at = :now WHERE account_id = :account AND kind = 'friends' AND due_at > :now"
)

Standing = Literal["free", "busy", "so", "gone"]


async def standing(connection: AsyncConnection, call_id: int, account_id: int, op: str, person: str) -> Standing:
    """Whether an answer may go to Zalo now. `busy`: another one is under way; `so`: it is so already; `gone`: the
    request was answered otherwise."""
    values = {
        "id": call_id,
        "account": account_id,
        "person": person,
        "asked_in": rules.ASKED_IN,
        "asked_out": rules.ASKED_OUT,
        "ops": list(rules.VERBS),
        "ended": list(rules.ENDED),
        "slack": rules.SLACK,
    }
    row = (await connection.execute(_BEFORE, values)).one()
    if row.ended is not None or row.done is not None:
        is_so = rules.ENDED[row.ended] if row.ended is not None else rules.ENDS[rules.VERBS[row.done]]
        return "so" if is_so == rules.ENDS[rules.VERBS[op]] else "gone"
    return "busy" if row.busy else "free"


async def heard(connection: AsyncConnection, account_id: int, names: Collection[str], now: datetime) -> None:
    """Events of the account that are new: browsers look again, and the list of friends is read again."""
    if not any(name.startswith("friend_") for name in names):
        return
    if not rules.OF_FRIENDS.isdisjoint(names):
        await read_friends(connection, account_id, now)
    await notices.friends_changed(connection, account_id)


async def read_friends(connection: AsyncConnection, account_id: int, now: datetime) -> None:
    await connection.execute(_FRIENDS_DUE, {"account": account_id, "now": now})
    wake(connection)
