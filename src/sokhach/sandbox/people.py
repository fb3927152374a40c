"""Who an account knows, sliced as `user/getlist` slices."""

from typing import Any

import msgspec

from sokhach.sandbox.accounts import Customer
from sokhach.sandbox.store import Store


class Wanted(msgspec.Struct, frozen=True):
    """Absent = any."""

    tag: str | None = None
    since_ms: int | None = None
    until_ms: int | None = None
    follows: bool | None = None


class Listed(msgspec.Struct):
    user_id: str


class People:
    def __init__(self, store: Store) -> None:
        self._store = store

    def listed(self, oa_id: str, wanted: Wanted, *, offset: int, count: int) -> list[str]:
        """User ids, the last to interact first."""
        where, values = _where(oa_id, wanted)
        sql = f"""SELECT user_id FROM customer WHERE {where}
                  ORDER BY last_interaction_ms DESC, user_id LIMIT :count OFFSET :offset"""
        return [row.user_id for row in self._store.all(Listed, sql, values | {"count": count, "offset": offset})]

    def count(self, oa_id: str, wanted: Wanted) -> int:
        where, values = _where(oa_id, wanted)
        return int(self._store.value(f"SELECT count(*) FROM customer WHERE {where}", values))

    def with_external_id(self, oa_id: str, external_id: str, other_than: Customer) -> str | None:
        """User id of somebody else who has it already."""
        sql = "SELECT user_id FROM customer WHERE oa_id = ? AND external_id = ? AND user_id <> ?"
        return self._store.value(sql, (oa_id, external_id, other_than.user_id))


def _where(oa_id: str, wanted: Wanted) -> tuple[str, dict[str, Any]]:
    parts = ["oa_id = :oa_id", "conversation_id IS NULL", "last_interaction_ms IS NOT NULL"]
    if wanted.tag is not None:
        parts.append("user_id IN (SELECT user_id FROM customer_tag WHERE oa_id = :oa_id AND name = :tag)")
    if wanted.since_ms is not None:
        parts.append("last_interaction_ms >= :since_ms")
    if wanted.until_ms is not None:
        parts.append("last_interaction_ms < :until_ms")
    if wanted.follows is not None:
        parts.append("follows = :follows")
    return " AND ".join(parts), {"oa_id": oa_id} | msgspec.structs.asdict(wanted)
