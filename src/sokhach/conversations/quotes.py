"""What messages refer to: other messages that they answer, and people whom they call by name."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

import msgspec
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from sokhach.channels.connector import EVERYBODY, Mention
from sokhach.conversations.fragments import WRITER
from sokhach.conversations.views import MentionView, QuoteView
from sokhach.core.catalogue import Locale, say
from sokhach.core.text import preview, slice_utf16

Row = Mapping[Any, Any]
"""Of a message, as `messages` reads it."""


class PersonSeen(NamedTuple):
    """Somebody in a group."""

    name: str | None
    avatar_url: str | None


UNSEEN = PersonSeen(None, None)
People = Mapping[tuple[int, str | None], PersonSeen]
"""By account and external id."""


def content_of(row: Row, name: str) -> Any:
    content: dict[str, Any] = row["content"] or {}
    return content.get(name)


def details_of(row: Row) -> Mapping[str, Any]:
    return content_of(row, "details") or {}


def of_row(row: Row, quotes: Mapping[tuple[int, str], QuoteView]) -> QuoteView | None:
    """Of a message that we do not have, the quoting one may say what it was."""
    quoted = row["quoted_external_id"]
    if quoted is None:
        return None
    told: Mapping[str, Any] = details_of(row).get("quote") or {}
    words = told.get("text")
    unknown = QuoteView(
        message_id=None,
        author_name=told.get("name"),
        direction=None,
        kind=None,
        text=preview(words) if words else None,
    )
    return quotes.get((row["conversation_id"], quoted), unknown)


def mentions_of(row: Row, people: People, locale: Locale) -> list[MentionView]:
    """Whom nobody knows goes by what the text calls them."""
    views: list[MentionView] = []
    for one in msgspec.convert(content_of(row, "mentions") or [], list[Mention]):
        me = one.uid in {row["account_external_id"], EVERYBODY}
        known = people.get((row["account_id"], one.uid), UNSEEN).name
        written = slice_utf16(row["body"] or "", one.pos, one.len).lstrip("@").strip()
        name = say(locale, "mention.everybody") if one.uid == EVERYBODY else known or written
        views.append(MentionView(name=name, me=me, pos=one.pos, len=one.len))
    return views


async def of_rows(
    connection: AsyncConnection, rows: Sequence[Row], people: People, now: datetime
) -> dict[tuple[int, str], QuoteView]:
    """(conversation, the platform's id of what is quoted) → what it was."""
    wanted = [
        {
            "conversation_id": row["conversation_id"],
            "account_id": row["account_id"],
            "quoted": row["quoted_external_id"],
        }
        for row in rows
        if row["quoted_external_id"] is not None
    ]
    if not wanted:
        return {}
    found = await connection.execute(_QUOTED, {"wanted": msgspec.json.encode(wanted).decode(), "now": now})
    return {
        (row.conversation_id, row.quoted): QuoteView(
            message_id=row.id,
            author_name=row.staff_name
            or row.identity_name
            or people.get((row.account_id, row.author_external_id), UNSEEN).name,
            direction=row.direction,
            kind=row.kind,
            text=preview(row.body) if row.body else None,
        )
        for row in found
    }


_QUOTED = text(
    f"""
    WITH wanted AS (
        SELECT DISTINCT * FROM json_to_recordset(CAST(:wanted AS json))
            AS r (conversation_id bigint, account_id bigint, quoted text)
    ), known AS MATERIALIZED (
        SELECT w.conversation_id, w.quoted, m.id FROM wanted w
        JOIN message m ON m.conversation_id = w.conversation_id AND m.external_id = w.quoted
        UNION
        SELECT w.conversation_id, w.quoted, m.id FROM wanted w
        JOIN message_alias a ON a.account_id = w.account_id AND a.external_id = w.quoted
        JOIN message m ON m.id = a.message_id AND m.conversation_id = w.conversation_id
    )
    SELECT k.conversation_id, k.quoted, c.account_id, m.author_external_id, m.id, m.direction, m.kind, r.body,
        writer.name AS staff_name, i.display_name AS identity_name
    FROM known k
    JOIN read_messages(ARRAY(SELECT id FROM known), :now) r ON r.id = k.id
    JOIN message m ON m.id = k.id
    JOIN conversation c ON c.id = m.conversation_id
    {WRITER}
    LEFT JOIN contact_identity i ON i.id = m.author_identity_id
    """
)
