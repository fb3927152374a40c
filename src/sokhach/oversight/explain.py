"""Why somebody sees a conversation, or does not: the verdict of the rules, in words."""

import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from sokhach.conversations.views import StaffRef
from sokhach.conversations.visibility import rules
from sokhach.conversations.visibility.queries import load_world
from sokhach.conversations.visibility.rules import Level, World
from sokhach.core.actor import Role
from sokhach.core.catalogue import Locale, say
from sokhach.oversight.queries import contact_of, conversation_of
from sokhach.oversight.views import Explanation, Reason

LARGEST_ID = 2**63 - 1
_CODE = re.compile(r"\s*(?:HT-?)?(\d{1,19})\s*", re.IGNORECASE)


def conversation_id_of(given: str) -> int | None:
    """Of a code (HT-000123) or a plain id; None: it is neither."""
    found = _CODE.fullmatch(given)
    number = int(found[1]) if found else 0
    return number if 0 < number <= LARGEST_ID else None


async def explain_sight(
    connection: AsyncConnection, staff_id: int, conversation_id: int, at: datetime, locale: Locale, zone: ZoneInfo
) -> Explanation | None:
    """For an actor who sees everything. None: there is no such person, or no such conversation."""
    row = (await connection.execute(_CONVERSATION, {"id": conversation_id})).mappings().one_or_none()
    world = await load_world(connection, [conversation_id], at)
    person = world.staff.get(staff_id)
    conversation = conversation_of(row) if row is not None else None
    if row is None or conversation is None or person is None:
        return None
    names = await _names(connection)
    words = _Words(locale, zone, names)
    verdict = rules.verdict(world, staff_id, conversation_id)
    level = rules.level_by(verdict)
    direct = sorted(verdict, key=lambda one: (rules.ORDER.index(one.level), one.staff_id != staff_id))
    reasons = [Reason(kind=one.kind, text=words.of(one, staff_id, person.role)) for one in direct]
    return Explanation(
        sees=bool(verdict),
        level=level,
        level_text=words.level(level, person.role),
        staff=StaffRef(id=staff_id, name=names.staff.get(staff_id, "")),
        conversation=conversation,
        contact=contact_of(row),
        reasons=list(dict.fromkeys(reasons)) or words.lacking(world, staff_id, conversation_id),
    )


class _Names(NamedTuple):
    staff: Mapping[int, str]
    teams: Mapping[int, str]


class _Words:
    def __init__(self, locale: Locale, zone: ZoneInfo, names: _Names) -> None:
        self._locale: Locale = locale
        self._zone = zone
        self._names = names

    def of(self, reason: rules.Reason, staff_id: int, role: Role) -> str:
        if reason.kind == "role":
            return self._say("sight.role", role=self._say(f"audit-value.role.{role.value}"))
        team = self._names.teams.get(reason.team_id, "") if reason.team_id is not None else None
        facts = {
            "name": self._name(reason.staff_id),
            "team": team,
            "deputy": self._name(reason.deputy_id) if reason.deputy_id is not None else "",
            "relation": "" if reason.kind == "pool" else self._say(f"sight.relation.{reason.kind}"),
            "until": self._say("sight.until", time=self._time(reason.until)) if reason.until else "",
        }
        form = "pool" if reason.kind == "pool" else ""
        if team is not None:
            form += "lead"
        if reason.deputy_id is not None:
            form += "deputy"
        return self._say(f"sight.by.{form or 'self'}", **facts)

    def level(self, level: Level | None, role: Role) -> str:
        if level == "full" and role is Role.AUDITOR:
            return self._say("sight.level.auditor")
        return self._say(f"sight.level.{level or 'none'}")

    def lacking(self, world: World, staff_id: int, conversation_id: int) -> list[Reason]:
        """What stands in the way of somebody who does not see it."""
        if world.staff[staff_id].suspended:
            return [Reason(kind="suspended", text=self._say("sight.lacks.suspended"))]
        thread = world.threads[conversation_id]
        said: list[Reason] = []
        if thread.custodian_id is not None:
            name = self._name(thread.custodian_id)
            said.append(Reason(kind="custodian", text=self._say("sight.lacks.custodian", name=name)))
        if thread.assignee_id is not None:
            name = self._name(thread.assignee_id)
            said.append(Reason(kind="assignee", text=self._say("sight.lacks.assignee", name=name)))
        if not said:
            said.append(Reason(kind="pool", text=self._say("sight.lacks.pool")))
        ended = [
            grant.until
            for grant in world.grants
            if grant.staff_id == staff_id and not grant.revoked and grant.until and grant.until <= world.at
        ]
        if ended:
            said.append(Reason(kind="share", text=self._say("sight.lacks.share", time=self._time(max(ended)))))
        said.append(Reason(kind="nothing", text=self._say("sight.lacks.nothing")))
        return said

    def _name(self, staff_id: int) -> str:
        return self._names.staff.get(staff_id, "")

    def _time(self, at: datetime) -> str:
        return at.astimezone(self._zone).strftime("%H:%M %d/%m/%Y")

    def _say(self, key: str, **params: Any) -> str:
        return say(self._locale, key, **params)


async def _names(connection: AsyncConnection) -> _Names:
    staff = await connection.execute(text("SELECT id, name FROM staff"))
    teams = await connection.execute(text("SELECT id, name FROM team"))
    return _Names({row.id: row.name for row in staff}, {row.id: row.name for row in teams})


_CONVERSATION = text(
    """
    SELECT c.id AS conversation_id, c.code AS conversation_code, c.title, k.id AS contact_id, k.code AS contact_code,
        k.name AS contact_name
    FROM conversation c LEFT JOIN contact k ON k.id = c.contact_id WHERE c.id = :id
    """
)
