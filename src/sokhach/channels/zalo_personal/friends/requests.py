"""Requests of friendship as somebody who may act for the account sees them, and their answers. The worker that holds
the account gives the answers, as every errand."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Literal

import msgspec
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from sokhach.channels.zalo_personal import notices, service
from sokhach.channels.zalo_personal.friends import rules, settling
from sokhach.channels.zalo_personal.friends.rules import Answered, State, Verb
from sokhach.channels.zalo_personal.private import queries as private
from sokhach.core.actor import Actor, Permission
from sokhach.core.catalogue import Locale, explain, knows
from sokhach.core.problems import Problem, not_found

# What is private on a staff's own SIM has no events; what was work and is so no more is shown no more. Of who became a
# friend while the account was not connected only the list of friends tells.
_REQUESTS = text(
    f"""
    WITH told AS (
        SELECT e.id, e.person, e.name, e.details, e.at FROM channel_event e
        WHERE e.account_id = :account AND e.at > :since AND e.name = ANY (CAST(:names AS text[]))
            AND e.person IS NOT NULL AND (CAST(:person AS text) IS NULL OR e.person = :person)
    ), request AS (
        SELECT DISTINCT ON (person) * FROM told WHERE name IN (:asked_in, :asked_out)
        ORDER BY person, at DESC, id DESC
    ), ended AS (
        SELECT DISTINCT ON (t.person) t.person, t.name, t.at FROM told t JOIN request r ON r.person = t.person
        WHERE t.name NOT IN (:asked_in, :asked_out) AND (t.at, t.id) > (r.at, r.id) ORDER BY t.person, t.at, t.id
    ), answered AS (
        SELECT DISTINCT ON (r.person) r.person, c.op, c.state, c.error, c.changed_at
        FROM personal_call c JOIN request r ON r.person = c.arguments ->> 'uid'
        WHERE c.account_id = :account AND c.op = ANY (CAST(:ops AS text[])) AND {settling.ANSWERS_IT}
        ORDER BY r.person, c.id DESC
    )
    SELECT r.person, r.name, r.details ->> 'note' AS note, r.at,
        coalesce(e.name, CASE WHEN f.noted_at IS NOT NULL THEN :befriended END) AS ended,
        coalesce(e.at, f.noted_at) AS ended_at,
        a.op, a.state, a.error, a.changed_at, c.id AS conversation_id,
        coalesce(i.display_name, k.name, r.person) AS called, i.avatar_url
    FROM request r
    JOIN personal_account p ON p.account_id = :account
    LEFT JOIN ended e ON e.person = r.person
    LEFT JOIN personal_friend f ON f.account_id = :account AND f.external_id = r.person AND f.noted_at > r.at
    LEFT JOIN answered a ON a.person = r.person
    LEFT JOIN conversation c ON c.account_id = :account AND c.thread_key = r.person AND c.kind = 'direct'
    LEFT JOIN contact k ON k.id = c.contact_id
    LEFT JOIN contact_identity i ON i.account_id = :account AND i.kind = 'channel' AND i.external_id = r.person
    WHERE p.sim = 'company' OR EXISTS (SELECT FROM work_contact w WHERE w.account_id = :account
        AND w.thread_key = r.person AND NOT w.in_group AND w.ended_at IS NULL)
    ORDER BY r.at DESC, r.id DESC
    """
)


class FriendRequest(msgspec.Struct, frozen=True, kw_only=True):
    """`direction`: `in` is theirs, `out` ours, sent at `at` with `note`. `state`: `open`; `asked` for `answer`, which
    waits or is under way; `failed`, open still; over: `accepted` (friends now), `declined`, `withdrawn`, `gone` (Zalo
    knows no such request). `changed_at`: since when. `error` says in words why it waits, failed or is
    gone."""

    person: str
    name: str
    avatar_url: str | None
    conversation_id: int | None
    direction: Literal["in", "out"]
    note: str | None
    at: datetime
    state: State
    answer: Verb | None
    error: str | None
    changed_at: datetime


async def listed(
    connection: AsyncConnection, actor: Actor, account_id: int, locale: Locale, now: datetime
) -> Sequence[FriendRequest]:
    """Open ones first, the newest of each first. Raises `not-found`, `not-permitted`."""
    await _permit(connection, actor, account_id)
    found = [one for one in await _read(connection, account_id, locale, now) if _is_shown(one, now)]
    return sorted(found, key=lambda one: one.state not in ("open", "asked", "failed"))


async def answer(
    connection: AsyncConnection,
    actor: Actor,
    account_id: int,
    person: str,
    verb: Verb,
    locale: Locale,
    now: datetime,
) -> FriendRequest:
    """Asks for it, once: what is asked for already, or so already, is left. Raises `not-found`, `not-permitted`,
    `friend-request-gone`, `friend-request-answered`."""
    await _permit(connection, actor, account_id)
    before = await _one(connection, account_id, person, locale, now)
    if before.state == rules.ENDS[verb] or (before.state == "asked" and before.answer == verb):
        return before
    if before.state == "asked":
        raise Problem("friend-request-answered", 409)
    if before.state not in ("open", "failed") or not rules.fits(verb, incoming=before.direction == "in"):
        raise Problem("friend-request-gone", 409)
    await service.ask_call(connection, actor, account_id, rules.OPERATIONS[verb], {"uid": person}, now)
    await notices.friends_changed(connection, account_id)
    return await _one(connection, account_id, person, locale, now)


async def _permit(connection: AsyncConnection, actor: Actor, account_id: int) -> None:
    found = await private.standing(connection, account_id, actor.staff_id)
    if found is None:
        raise not_found()
    if not (found.is_holder or actor.may(Permission.CHANNEL_ACCOUNT_MANAGE)):
        raise Problem("not-permitted", 403)


async def _one(
    connection: AsyncConnection, account_id: int, person: str, locale: Locale, now: datetime
) -> FriendRequest:
    found = await _read(connection, account_id, locale, now, person)
    if not found:
        raise not_found()
    return found[0]


async def _read(
    connection: AsyncConnection, account_id: int, locale: Locale, now: datetime, person: str | None = None
) -> list[FriendRequest]:
    values = {
        "account": account_id,
        "person": person,
        "since": rules.since(now),
        "names": [rules.ASKED_IN, rules.ASKED_OUT, *rules.ENDED],
        "asked_in": rules.ASKED_IN,
        "asked_out": rules.ASKED_OUT,
        "befriended": rules.BEFRIENDED,
        "ended": list(rules.ENDED),
        "ops": list(rules.VERBS),
        "slack": rules.SLACK,
    }
    return [_view(row, locale) for row in (await connection.execute(_REQUESTS, values)).mappings()]


def _view(row: Any, locale: Locale) -> FriendRequest:
    answered = Answered(rules.VERBS[row["op"]], row["state"], row["error"]) if row["op"] is not None else None
    state = rules.state_of(row["ended"], answered)
    told = answered is not None and answered.error is not None and state in ("asked", "failed", "gone")
    return FriendRequest(
        person=row["person"],
        name=row["called"],
        avatar_url=row["avatar_url"],
        conversation_id=row["conversation_id"],
        direction="in" if row["name"] == rules.ASKED_IN else "out",
        note=row["note"],
        at=row["at"],
        state=state,
        answer=answered.verb if answered is not None and row["ended"] is None else None,
        error=why(locale, row["error"]) if told else None,
        changed_at=row["ended_at"] or row["changed_at"] or row["at"],
    )


def why(locale: Locale, reason: str) -> str:
    """Where the words about messages would not fit, there are others."""
    return explain(locale, "friend-answer" if knows(f"friend-answer.{reason}") else "delivery", reason)


def _is_shown(request: FriendRequest, now: datetime) -> bool:
    return request.state in ("open", "asked", "failed") or request.changed_at > now - rules.SHOWN
