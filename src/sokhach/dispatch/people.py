"""Who is in a group now, and can be called by name."""

from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from sokhach.core.problems import not_found

_SEEN = text("SELECT FROM conversation WHERE id = :id")
_PEOPLE = text(
    """
    SELECT p.identity_id, coalesce(p.display_name, p.external_id) AS name, p.avatar_url
    FROM people_in_groups(ARRAY[CAST(:id AS bigint)]) p JOIN conversation_participant here
        ON here.conversation_id = :id AND here.identity_id = p.identity_id
    WHERE here.left_at IS NULL OR here.left_at <= coalesce(here.came_at, here.joined_at)
    ORDER BY lower(coalesce(p.display_name, p.external_id)), p.identity_id
    """
)


class Person(NamedTuple):
    identity_id: int
    name: str
    avatar_url: str | None


async def in_group(connection: AsyncConnection, conversation_id: int) -> Sequence[Person]:
    """Raises `Problem` not-found."""
    if (await connection.execute(_SEEN, {"id": conversation_id})).first() is None:
        raise not_found()
    return [Person(*row) for row in await connection.execute(_PEOPLE, {"id": conversation_id})]
