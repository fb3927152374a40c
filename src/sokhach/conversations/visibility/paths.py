"""The path along the wall: a list is a union of limited walks that share no row, each along its own index. Which walks,
follows from what makes an actor see a conversation; the wall itself is in the database."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from sokhach.core.actor import Actor, Scope

STAFF, HELD, POOLS = (f"CAST(:{name} AS bigint[])" for name in ("staff", "held", "pools"))
CUSTODIAN, ASSIGNEE = f"c.custodian_id = ANY ({STAFF})", f"c.assignee_id = ANY ({STAFF})"
OF_OTHERS = f"({CUSTODIAN}) IS NOT TRUE AND ({ASSIGNEE}) IS NOT TRUE"
OF_NOBODY = "c.custodian_id IS NULL AND c.assignee_id IS NULL"
STANDS = f"g.staff_id = ANY ({STAFF}) AND g.revoked_at IS NULL AND (g.until IS NULL OR g.until > :now)"
SHARED = f"EXISTS (SELECT FROM conversation_grant g WHERE g.conversation_id = c.id AND g.kind = 'share' AND {STANDS})"
"""Whether conversation `c` is shared with somebody for whom the actor sees."""


class Reach(NamedTuple):
    """Which walks there are for an actor; actors of the same reach have the same statements."""

    scope: Scope
    holds: bool
    pools: bool


def reach_of(actor: Actor) -> Reach:
    if actor.scope == "all":
        return Reach("all", holds=False, pools=False)
    return Reach(actor.scope, holds=bool(actor.held_accounts), pools=bool(actor.pool_accounts))


def values_of(actor: Actor) -> Mapping[str, Any]:
    """What the statements name, `:now` apart."""
    return {
        "me": actor.staff_id,
        "staff": list(actor.scope_staff),
        "held": list(actor.held_accounts),
        "pools": list(actor.pool_accounts),
    }


def walks(reach: Reach, columns: str, tail: str, *, later: str = "", grants: str | None = None) -> Sequence[str]:
    """Over all conversations `c` that the actor sees; `tail`: what else they must be, their order, how many of them;
    `later`: what those of all but the first walk must be besides; `grants`: where `granted` stands already."""
    walk = f"SELECT {columns} FROM conversation c WHERE"
    if reach.scope == "all":
        return [f"({walk} true {tail})"]
    found = [
        _each(STAFF, f"{walk} c.custodian_id = s.id {tail}"),
        _each(STAFF, f"{walk} c.assignee_id = s.id AND ({CUSTODIAN}) IS NOT TRUE {later} {tail}"),
    ]
    if reach.holds:
        found.append(_each(HELD, f"{walk} c.account_id = s.id AND {OF_OTHERS} {later} {tail}"))
    if reach.pools:
        elsewhere = f"AND s.id <> ALL ({HELD})" if reach.holds else ""
        found.append(_each(POOLS, f"{walk} c.account_id = s.id AND {OF_NOBODY} {elsewhere} {later} {tail}"))
    return [*found, f"(SELECT {columns} FROM {grants or f'({granted(reach)})'} AS c WHERE true {later} {tail})"]


def granted(reach: Reach) -> str:
    """What is shown to the actor by a grant only."""
    beyond = OF_OTHERS
    if reach.holds:
        beyond += f" AND c.account_id <> ALL ({HELD})"
    if reach.pools:
        beyond += f" AND NOT ({OF_NOBODY} AND c.account_id = ANY ({POOLS}))"
    return (
        "SELECT c.id, c.last_message_id, c.last_message_at, c.waiting_since, c.episode_open"
        f" FROM (SELECT DISTINCT g.conversation_id FROM conversation_grant g WHERE {STANDS}) AS g"
        f" JOIN conversation c ON c.id = g.conversation_id WHERE {beyond}"
    )


def _each(ids: str, walk: str) -> str:
    return f"(SELECT b.* FROM unnest({ids}) AS s (id) CROSS JOIN LATERAL ({walk}) AS b)"
