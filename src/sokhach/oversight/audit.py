"""Reads of who changed what: names of what was changed, and the change in words."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, cast
from zoneinfo import ZoneInfo

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from sokhach.conversations.views import StaffRef
from sokhach.core.audit import AuditAction
from sokhach.core.catalogue import Locale, explain, knows, say
from sokhach.oversight.queries import Wanted, conditions, end_of, read_page
from sokhach.oversight.views import (
    AuditActionChoice,
    AuditActionList,
    AuditChange,
    AuditEntry,
    AuditPage,
    AuditTarget,
)
from sokhach.people.rules import staff_code

_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d")
_DAY = re.compile(r"(\d{4})-(\d\d)-(\d\d)")
# What an action's `target_id` is of, where what stands before the colon does not say it.
TARGETS: Mapping[str, str] = {
    "account": "staff",
    "calendar": "team",
    "second_factor": "staff",
}
# Fields that hold an id, and of what.
_IDS: Mapping[str, str] = {
    "assignee_id": "staff",
    "custodian_id": "staff",
    "deputy_id": "staff",
    "holder_id": "staff",
    "staff_id": "staff",
    "account_id": "channel_account",
    "contact_id": "contact",
    "conversation_id": "conversation",
    "parent_id": "team",
    "pool_team_id": "team",
    "team_id": "team",
    "mentioned": "staff",
    "team": "team",
}
# Fields whose values are words of another.
_LIKE: Mapping[str, str] = {"totp_role": "role"}
# Kind → id, code and name of each; a privacy request is its customer's.
_NAMES: Mapping[str, str] = {
    "channel_account": """
        SELECT id, external_id AS code, name, NULL AS conversation FROM channel_account WHERE id = ANY (:ids)
    """,
    "contact": """
        SELECT k.id, k.code, k.name, (SELECT min(c.id) FROM conversation c WHERE c.contact_id = k.id) AS conversation
        FROM contact k WHERE k.id = ANY (:ids)
    """,
    "conversation": """
        SELECT c.id, c.code, coalesce(c.title, k.name) AS name, c.id AS conversation
        FROM conversation c LEFT JOIN contact k ON k.id = c.contact_id WHERE c.id = ANY (:ids)
    """,
    "note": """
        SELECT n.id, c.code, coalesce(c.title, k.name) AS name, c.id AS conversation
        FROM note n JOIN conversation c ON c.id = n.conversation_id LEFT JOIN contact k ON k.id = c.contact_id
        WHERE n.id = ANY (:ids)
    """,
    "privacy_request": """
        SELECT p.id, k.code, k.name, NULL AS conversation
        FROM privacy_request p JOIN contact k ON k.id = p.contact_id WHERE p.id = ANY (:ids)
    """,
    "share": """
        SELECT g.id, c.code, coalesce(c.title, k.name) AS name, c.id AS conversation
        FROM conversation_grant g JOIN conversation c ON c.id = g.conversation_id
            LEFT JOIN contact k ON k.id = c.contact_id
        WHERE g.id = ANY (:ids)
    """,
    "staff": "SELECT id, NULL AS code, name, NULL AS conversation FROM staff WHERE id = ANY (:ids)",
    "team": "SELECT id, name AS code, name, NULL AS conversation FROM team WHERE id = ANY (:ids)",
}

Named = Mapping[str, Mapping[int, AuditTarget]]


async def list_audit(
    connection: AsyncConnection,
    wanted: Wanted,
    action: AuditAction | None,
    locale: Locale,
    zone: ZoneInfo,
    *,
    before: str | None,
    limit: int,
) -> AuditPage:
    """A page of who changed what. Raises `InvalidCursorError`."""
    rules, values = conditions(wanted, "l.at", before)
    if action is not None:
        rules.append("l.action = :action")
        values["action"] = action.value
    statement = f"{_SELECT} WHERE {' AND '.join(rules)} ORDER BY l.at DESC, l.id DESC"
    rows, more = await read_page(connection, statement, values, limit)
    named = await _names(connection, rows)
    words = _Words(locale, zone, named)
    return AuditPage(items=[words.entry(row) for row in rows], next=end_of(rows) if more else None)


def list_actions(locale: Locale) -> AuditActionList:
    """All that is written down, in the order of its words."""
    choices = [AuditActionChoice(action=one.value, text=explain(locale, "audit", one.value)) for one in AuditAction]
    return AuditActionList(items=sorted(choices, key=lambda choice: choice.text))


class _Words:
    """Says in one language what rows of the log say."""

    def __init__(self, locale: Locale, zone: ZoneInfo, named: Named) -> None:
        self._locale: Locale = locale
        self._zone = zone
        self._named = named

    def entry(self, row: Mapping[Any, Any]) -> AuditEntry:
        by = row["staff_id"]
        return AuditEntry(
            id=row["id"],
            at=row["at"],
            staff=StaffRef(id=by, name=row["staff_name"] or staff_code(by)) if by is not None else None,
            action=row["action"],
            action_text=explain(self._locale, "audit", row["action"]),
            target=self._target(row["action"], row["target_id"]),
            changes=self._changes(row["before"] or {}, row["after"] or {}),
            address=row["address"],
            device=row["device"],
        )

    def _target(self, action: str, target_id: int | None) -> AuditTarget | None:
        kind = kind_of(action)
        if target_id is None or kind not in _NAMES:
            return None
        known = self._named.get(kind, {}).get(target_id)
        return known or AuditTarget(kind=kind, id=target_id, code=_code(kind, target_id), name=None)

    def _changes(self, before: Mapping[str, Any], after: Mapping[str, Any]) -> list[AuditChange]:
        return [
            AuditChange(
                field=field,
                label=self._label(field),
                before=self._value(field, before.get(field)),
                after=self._value(field, after.get(field)),
            )
            # The database sorts them by length.
            for field in sorted({*before, *after}, key=lambda field: (field != "name", field))
            if before.get(field) != after.get(field)
        ]

    def _label(self, field: str) -> str:
        key = f"audit-field.{field}"
        return say(self._locale, key) if knows(key) else field

    def _value(self, field: str, value: Any) -> str | None:
        match value:
            case None | "" | []:
                return None
            case bool():
                return say(self._locale, "audit-value.yes" if value else "audit-value.no")
            case int() if field in _IDS:
                kind = _IDS[field]
                known = self._named.get(kind, {}).get(value)
                return known.name or known.code if known else _code(kind, value)
            case list() if field == "week":
                return self._week(cast("list[list[Any]]", value))
            case list():
                items = cast("list[Any]", value)
                # A list of ids is called like one of them, in the plural.
                single = field.removesuffix("s")
                return ", ".join(filter(None, (self._value(single, item) for item in items)))
            case dict():
                return self._whole(cast("dict[str, Any]", value))
            case str() if _MOMENT.match(value):
                return datetime.fromisoformat(value).astimezone(self._zone).strftime("%d/%m/%Y %H:%M")
            case str() if found := _DAY.fullmatch(value):
                return "/".join(reversed(found.groups()))
            case str():
                keys = (f"audit-value.{_LIKE.get(field, field)}.{value}", f"permission.{value}")
                return next((say(self._locale, key) for key in keys if knows(key)), value)
            case _:
                return str(value)

    def _week(self, days: list[list[Any]]) -> str:
        """Seven lists of hours, from Monday."""
        said = ((number, self._value("intervals", day)) for number, day in enumerate(days))
        return "; ".join(
            f"{say(self._locale, f'audit-value.weekday.{number}')} {hours}" for number, hours in said if hours
        )

    def _whole(self, value: dict[str, Any]) -> str:
        """A team that somebody belongs to, hours of work, or whatever it is, field by field."""
        if set(value) == {"opens_minute", "closes_minute"}:
            return f"{_clock(value['opens_minute'])}–{_clock(value['closes_minute'])}"
        if set(value) == {"name", "leads"}:
            return say(self._locale, "audit-value.leads", team=value["name"]) if value["leads"] else str(value["name"])
        said = ((field, self._value(field, inner)) for field, inner in value.items())
        return "; ".join(f"{self._label(field)}: {inner}" for field, inner in said if inner)


def kind_of(action: str) -> str:
    prefix = action.partition(":")[0]
    return TARGETS.get(prefix, prefix)


def _clock(minute: int) -> str:
    return f"{minute // 60 % 24:02}:{minute % 60:02}"


def _code(kind: str, target_id: int) -> str:
    match kind:
        case "staff":
            return staff_code(target_id)
        case "contact":
            return f"KH-{target_id:06d}"
        case "conversation":
            return f"HT-{target_id:06d}"
        case _:
            return str(target_id)


async def _names(connection: AsyncConnection, rows: Sequence[Mapping[Any, Any]]) -> Named:
    wanted: dict[str, set[int]] = defaultdict(set)
    for row in rows:
        if row["target_id"] is not None:
            wanted[kind_of(row["action"])].add(row["target_id"])
        for values in (row["before"], row["after"]):
            for kind, target_id in _ids_in(values or {}):
                wanted[kind].add(target_id)
    named: dict[str, dict[int, AuditTarget]] = {}
    for kind, ids in wanted.items():
        if kind in _NAMES:
            found = await connection.execute(text(_NAMES[kind]), {"ids": sorted(ids)})
            named[kind] = {
                row.id: AuditTarget(
                    kind=kind,
                    id=row.id,
                    code=row.code or _code(kind, row.id),
                    name=row.name or None,
                    conversation_id=row.conversation,
                )
                for row in found
            }
    return named


def _ids_in(values: Mapping[str, Any]) -> Iterable[tuple[str, int]]:
    for field, value in values.items():
        if isinstance(value, dict):
            yield from _ids_in(cast("dict[str, Any]", value))
            continue
        for one in cast("list[Any]", value) if isinstance(value, list) else [value]:
            if isinstance(one, dict):
                yield from _ids_in(cast("dict[str, Any]", one))
            elif isinstance(one, int) and (kind := _IDS.get(field) or _IDS.get(field.removesuffix("s"))):
                yield kind, one


_SELECT = """
    SELECT l.id, l.at, l.staff_id, s.name AS staff_name, l.action, l.target_id, l.before, l.after,
        host(l.address) AS address, l.device
    FROM audit_log l LEFT JOIN staff s ON s.id = l.staff_id
"""
