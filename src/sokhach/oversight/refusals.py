"""Writes down what was refused, beside the request that failed. The caller is told what everybody is told."""

from typing import cast

import structlog
from litestar.enums import ScopeType
from litestar.types import Scope
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from sokhach.core import clock
from sokhach.core.actor import Actor, Permission
from sokhach.core.audit import DEVICE_LONGEST
from sokhach.core.database import Database, set_actor
from sokhach.core.origin import current_origin
from sokhach.core.problems import NOT_FOUND, Problem
from sokhach.core.web import held_by, state_of

log = structlog.get_logger()

LARGEST_ID = 2**63 - 1
# A parameter of a route's path: what kind of thing it names, and the table where whoever sees the thing finds it. The
# first that a path has counts.
_THINGS = {
    "note_id": ("note", "note"),
    "share_id": ("share", "conversation_grant"),
    "media_id": ("media", "media"),
    "message_id": ("message", "message"),
    "conversation_id": ("conversation", "conversation"),
    "contact_id": ("contact", "contact"),
}
NOT_PERMITTED = "not-permitted"


async def note_refusal(error: Exception, scope: Scope) -> None:
    """For Litestar's `after_exception`, behind what rolls the request's transaction back."""
    actor = cast("Actor | None", state_of(scope).get("actor"))
    if not isinstance(error, Problem) or actor is None or scope["type"] != ScopeType.HTTP:
        return
    if error.slug not in (NOT_FOUND, NOT_PERMITTED):
        return
    try:
        await _note(held_by(scope).side, actor, scope, permitted=error.slug != NOT_PERMITTED)
    except (SQLAlchemyError, OSError) as failure:
        # The refusal itself stands.
        log.error("refusal_not_noted", path=scope["path"], error=type(failure).__name__)


async def _note(side: Database, actor: Actor, scope: Scope, *, permitted: bool) -> None:
    kind, table, target = _thing_of(scope)
    if permitted and target is None:
        return
    declared = scope["route_handler"].opt.get("access")
    origin = current_origin()
    # What is seen and yet not found (a tag that is gone, a picture without a small one) was not refused.
    unseen = f"WHERE NOT EXISTS (SELECT FROM {table} WHERE id = :target)" if permitted else ""
    async with side.side_transaction() as connection:
        await set_actor(connection, actor)
        # How long the answer takes must not tell whether there was something to write down.
        await connection.execute(text("SET LOCAL synchronous_commit TO off"))
        await connection.execute(
            text(
                "SELECT note_refusal(:reason, :permission, :kind, :target, :route, :now, CAST(:address AS inet),"
                f" :device) {unseen}"
            ),
            {
                "reason": "not-visible" if permitted else NOT_PERMITTED,
                "permission": declared.value if not permitted and isinstance(declared, Permission) else None,
                "kind": kind,
                "target": target,
                "route": f"{_method(scope)} {scope['path_template']}",
                "now": clock.now(),
                "address": origin.address,
                "device": origin.device.replace("\0", "")[:DEVICE_LONGEST],
            },
        )


def _thing_of(scope: Scope) -> tuple[str, str, int | None]:
    for name, (kind, table) in _THINGS.items():
        value = scope["path_params"].get(name)
        if value is not None and str(value).isdecimal() and 0 < int(value) <= LARGEST_ID:
            return kind, table, int(value)
    return "action", "", None


def _method(scope: Scope) -> str:
    return scope["method"] if scope["type"] == ScopeType.HTTP else ""
