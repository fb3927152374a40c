"""Whose work a person sees besides their own: whom they lead, for whom they stand in, which accounts are theirs."""

from collections.abc import Mapping
from typing import Any

from sokhach.core.actor import Actor, Role, Scope

SCOPE_OF: Mapping[Role, Scope] = {
    Role.STAFF: "own",
    Role.LEAD: "staff",
    Role.MANAGER: "all",
    Role.ADMIN: "all",
    Role.AUDITOR: "all",
}

SCOPE = """
    led (team_id) AS (
        SELECT m.team_id FROM staff_team m JOIN caller ON caller.id = m.staff_id
        WHERE m.leads AND caller.role = 'lead'
        UNION
        SELECT team.id FROM team JOIN led ON led.team_id = team.parent_id
    ), person (id) AS (
        SELECT id FROM caller WHERE role IN ('staff', 'lead')
        UNION
        SELECT m.staff_id FROM staff_team m JOIN led ON led.team_id = m.team_id
    ), scope (id) AS (
        SELECT id FROM caller
        UNION
        SELECT id FROM person
        UNION
        SELECT l.staff_id FROM staff_leave l JOIN person ON person.id = l.deputy_id
        JOIN staff deputy ON deputy.id = l.deputy_id AND deputy.suspended_at IS NULL
        WHERE l.cancelled_at IS NULL AND l.from_at <= :now AND l.until_at > :now
    ), pool_team (id) AS (
        (
            SELECT m.team_id FROM staff_team m JOIN person ON person.id = m.staff_id
            UNION
            SELECT team_id FROM led
        )
        UNION
        SELECT team.parent_id FROM team JOIN pool_team ON pool_team.id = team.id WHERE team.parent_id IS NOT NULL
    )
"""
"""After a `WITH RECURSIVE caller (id, role, …) AS (…),`; needs `:now`. A deputy of a deputy stands in for nobody: only
who is away, not whom they stand in for. A pool of a team is for its members and those of the teams below."""

COLUMNS = """
    ARRAY(SELECT id FROM scope ORDER BY id) AS scope_staff,
    ARRAY(
        SELECT a.id FROM channel_account a
        WHERE caller.role IN ('staff', 'lead') AND a.holder_id IN (SELECT id FROM scope) ORDER BY a.id
    ) AS held_accounts,
    ARRAY(
        SELECT a.id FROM channel_account a
        WHERE caller.role IN ('staff', 'lead')
            AND (a.pool = 'everybody' OR (a.pool = 'team' AND a.pool_team_id IN (SELECT id FROM pool_team)))
        ORDER BY a.id
    ) AS pool_accounts
"""


_NAMES = " ".join(f"WHEN '{role}' THEN '{scope}'" for role, scope in SCOPE_OF.items())
ACTING = {
    "staff_id": "id::text",
    "role": "role",
    "address": ":address",
    "scope": f"CASE role {_NAMES} END",
    "scope_staff": "scope_staff::text",
    "held_accounts": "held_accounts::text",
    "pool_accounts": "pool_accounts::text",
    "at": ":at",
}
"""The transaction's settings of a row with id, role and `COLUMNS`; needs `:address` and `:at` as texts."""


def actor_from(row: Mapping[str, Any]) -> Actor:
    """Of a row with id, name, role and `COLUMNS`."""
    role = Role(row["role"])
    return Actor(
        staff_id=row["id"],
        name=row["name"],
        role=role,
        scope=SCOPE_OF[role],
        scope_staff=tuple(row["scope_staff"]),
        held_accounts=tuple(row["held_accounts"]),
        pool_accounts=tuple(row["pool_accounts"]),
    )
