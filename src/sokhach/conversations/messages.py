"""Reads of messages with all that belongs to them: files, quotes, reactions, what happened. Each part is one statement
for all messages of a page, and only when the page has something of the kind."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import msgspec
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from sokhach.channels.connector import Attachment
from sokhach.channels.rules import ZALO_PERSONAL
from sokhach.channels.words import event_text
from sokhach.conversations import quotes
from sokhach.conversations.fragments import KNOWN_AS, WRITER
from sokhach.conversations.media import queries as media
from sokhach.conversations.media.views import MediaView
from sokhach.conversations.quotes import UNSEEN, People, PersonSeen, content_of, details_of
from sokhach.conversations.views import (
    AttachmentView,
    Author,
    ButtonView,
    DeliveryView,
    EventView,
    MessageView,
    QuoteView,
    ReactionView,
    RecalledView,
    RecallingView,
    TemplateAnswer,
    TemplateField,
    TemplateView,
)
from sokhach.core import clock
from sokhach.core.catalogue import Locale, explain
from sokhach.core.database import ask

Row = Mapping[Any, Any]
# Nobody can answer to what is no message, nor to what the platform does not know (yet).
NOT_QUOTED = frozenset({"event", "unsupported"})


class Parts(NamedTuple):
    """What belongs to the messages of a page, by message id."""

    files: Mapping[int, Mapping[int, MediaView]]
    quotes: Mapping[tuple[int, str], QuoteView]
    reactions: Mapping[int, list[ReactionView]]
    answers: Mapping[int, list[TemplateAnswer]]
    people: People


async def view_messages(connection: AsyncConnection, ids: Sequence[int], locale: Locale) -> list[MessageView]:
    """Messages with their words, in the order of `ids`. This is a read, and the database writes it down."""
    now = clock.now()
    found = await ask(connection, _MESSAGES, {"ids": list(ids), "now": now})
    people = await _people(connection, found)
    parts = Parts(
        files=await media.of_messages(
            connection, [row["id"] for row in found if content_of(row, "attachments")], locale
        ),
        quotes=await quotes.of_rows(connection, found, people, now),
        reactions=await _reactions(connection, found, people),
        answers=await _answers(connection, found, locale),
        people=people,
    )
    by_id = {row["id"]: _view(row, parts, locale) for row in found}
    return [by_id[one] for one in ids if one in by_id]


async def among(connection: AsyncConnection, conversation_id: int, ids: Sequence[int]) -> list[int]:
    """Those of `ids` that stand in the conversation, in the order of the thread."""
    rows = await connection.execute(
        text("SELECT id FROM message WHERE conversation_id = :conversation AND id = ANY (:ids) ORDER BY sent_at, id"),
        {"conversation": conversation_id, "ids": list(ids)},
    )
    return list(rows.scalars())


def _about(row: Row) -> list[str]:
    """External ids of whom an event is about."""
    return details_of(row).get("people") or []


def _view(row: Row, parts: Parts, locale: Locale) -> MessageView:
    known = row["known_as"] is not None
    held = row["author_kind"] == "channel" and row["author_external_id"] == row["account_external_id"]
    standing = known and row["kind"] not in NOT_QUOTED and row["recalled_at"] is None
    in_group = parts.people.get((row["account_id"], row["author_external_id"]), UNSEEN)
    imported: Mapping[str, Any] = content_of(row, "imported") or {}
    return MessageView(
        id=row["id"],
        conversation_id=row["conversation_id"],
        direction=row["direction"],
        author=Author(
            kind="staff" if held and row["staff_id"] else row["author_kind"],
            id=row["staff_id"] or row["author_identity_id"],
            external_id=row["author_external_id"] if row["author_kind"] == "channel" else None,
            name=row["staff_name"] or row["identity_name"] or in_group.name or imported.get("sender"),
            avatar_url=row["identity_avatar"] or in_group.avatar_url,
        ),
        kind=row["kind"],
        text=row["body"],
        attachments=_attachments(row, parts.files.get(row["id"], {})),
        event=_event(row, parts.people, locale),
        quote=quotes.of_row(row, parts.quotes),
        mentions=quotes.mentions_of(row, parts.people, locale),
        recalled=RecalledView(at=row["recalled_at"], by=row["recalled_by"]) if row["recalled_at"] else None,
        from_phone=held,
        imported=bool(imported),
        reactions=parts.reactions.get(row["id"], []),
        buttons=_buttons(row),
        template=_template(row, parts.answers.get(row["id"], [])),
        can_quote=standing,
        can_react=standing and (row["direction"] == "in" or row["channel"] == ZALO_PERSONAL),
        can_recall=standing and row["direction"] == "out" and row["channel"] == ZALO_PERSONAL,
        recalling=_recalling(row, locale),
        sent_at=row["sent_at"],
        client_id=str(row["client_id"]) if row["client_id"] else None,
        delivery=_delivery(row, locale),
    )


def _recalling(row: Row, locale: Locale) -> RecallingView | None:
    if row["recall_state"] is None or row["recalled_at"] is not None:
        return None
    reason = row["recall_reason"]
    return RecallingView(state=row["recall_state"], reason=explain(locale, "delivery", reason) if reason else None)


def _delivery(row: Row, locale: Locale) -> DeliveryView | None:
    state: str | None = row["state"]
    if state is None:
        return None
    return DeliveryView(
        state=state,  # pyright: ignore[reportArgumentType] - the table's check holds the same list
        reason=explain(locale, "delivery", row["reason"]) if row["reason"] else None,
        can_retry=state == "failed",
        at=row["changed_at"],
    )


def _attachments(row: Row, files: Mapping[int, MediaView]) -> list[AttachmentView]:
    attachments = msgspec.convert(content_of(row, "attachments") or [], list[Attachment])
    return [_attachment(one, files.get(position)) for position, one in enumerate(attachments)]


def _attachment(one: Attachment, file: MediaView | None) -> AttachmentView:
    """The platform's own addresses are not for browsers: they expire, and would tell it who looks. A link leads where
    the customer meant it to."""
    return AttachmentView(
        type=one.type,
        media_id=file.media_id if file else None,
        state=file.state if file else "none",
        state_text=file.state_text if file else None,
        url=file.url if file else None,
        thumbnail_url=file.thumbnail_url if file else None,
        name=(file.name if file else None) or one.name,
        size_bytes=(file.size_bytes if file else None) or one.size_bytes,
        content_type=file.content_type if file else None,
        width=(file.width if file else None) or one.width,
        height=(file.height if file else None) or one.height,
        duration_ms=file.duration_ms if file else None,
        latitude=one.latitude,
        longitude=one.longitude,
        title=one.title,
        description=one.description,
        link_url=one.url if one.type in {"link", "contact_card"} else None,
        phone=one.phone,
    )


def _event(row: Row, people: People, locale: Locale) -> EventView | None:
    name = content_of(row, "event")
    if row["kind"] != "event" or name is None:
        return None
    names = [people.get((row["account_id"], one), UNSEEN).name for one in _about(row)]
    return EventView(name=name, text=event_text(locale, name, details_of(row), [one for one in names if one]))


def _buttons(row: Row) -> list[ButtonView]:
    buttons: list[dict[str, Any]] = content_of(row, "buttons") or []
    return [
        ButtonView(title=str(one.get("title", "")), type=str(one.get("type", "")), payload=one.get("payload"))
        for one in buttons
    ]


def _template(row: Row, answers: list[TemplateAnswer]) -> TemplateView | None:
    if row["kind"] != "template":
        return None
    said: Mapping[str, Any] = content_of(row, "template") or {}
    return TemplateView(
        template_id=said.get("template_id"),
        name=said.get("name"),
        via=said.get("via"),
        fields=msgspec.convert(said.get("fields") or [], list[TemplateField]),
        link_url=said.get("link_url"),
        answers=answers,
    )


async def _reactions(connection: AsyncConnection, rows: Sequence[Row], people: People) -> dict[int, list[ReactionView]]:
    """Of messages that the platform has a name for: others nobody can have reacted to."""
    known = [row["id"] for row in rows if row["known_as"] is not None]
    if not known:
        return {}
    together: dict[int, dict[str, ReactionView]] = defaultdict(dict)
    for row in await ask(connection, _REACTIONS, {"ids": known}):
        empty = ReactionView(icon=row["icon"], count=0, names=[], mine=False)
        view = together[row["message_id"]].setdefault(row["icon"], empty)
        view.count += 1
        view.mine = view.mine or row["author"] == ""
        name = row["name"] or people.get((row["account_id"], row["author"]), UNSEEN).name
        if name:
            view.names.append(name)
    return {message_id: list(icons.values()) for message_id, icons in together.items()}


async def _answers(connection: AsyncConnection, rows: Sequence[Row], locale: Locale) -> dict[int, list[TemplateAnswer]]:
    ids = [row["id"] for row in rows if row["kind"] == "template"]
    answers: dict[int, list[TemplateAnswer]] = defaultdict(list)
    if ids:
        for row in await connection.execute(_ANSWERS, {"ids": ids}):
            words = event_text(locale, row.name, row.details or {})
            answers[row.message_id].append(TemplateAnswer(name=row.name, text=words, at=row.at))
    return answers


async def _people(connection: AsyncConnection, rows: Sequence[Row]) -> People:
    """Of groups: who is in them; and who else their events speak of, as far as the actor sees them."""
    groups = {row["conversation_id"] for row in rows if row["thread_kind"] == "group"}
    if not groups:
        return {}
    wanted = [
        {"account_id": row["account_id"], "external_id": one}
        for row in rows
        if row["kind"] == "event"
        for one in _about(row)
    ]
    values = {"groups": sorted(groups), "wanted": msgspec.json.encode(wanted).decode()}
    found = await connection.execute(_PEOPLE, values)
    return {(row.account_id, row.external_id): PersonSeen(row.display_name, row.avatar_url) for row in found}


_MESSAGES = text(
    f"""
    SELECT m.id, m.conversation_id, c.account_id, c.kind AS thread_kind, m.direction, m.author_kind,
        writer.id AS staff_id, m.author_identity_id, m.author_external_id, m.kind, m.quoted_external_id, m.sent_at,
        r.body, r.content, d.state, d.reason, d.changed_at, d.client_id, writer.name AS staff_name,
        i.display_name AS identity_name, i.avatar_url AS identity_avatar, account.external_id AS account_external_id,
        account.channel, recall.at AS recalled_at, recall.by AS recalled_by, asked.state AS recall_state,
        asked.reason AS recall_reason, {KNOWN_AS} AS known_as
    FROM read_messages(:ids, :now) r
    JOIN message m ON m.id = r.id
    JOIN conversation c ON c.id = m.conversation_id
    JOIN channel_account account ON account.id = c.account_id
    LEFT JOIN delivery d ON d.message_id = m.id
    LEFT JOIN LATERAL (
        SELECT x.at, x.by FROM message_recall x WHERE x.message_id = m.id ORDER BY x.at LIMIT 1
    ) recall ON true
    LEFT JOIN outgoing_recall asked ON asked.message_id = m.id AND asked.state <> 'done'
    {WRITER}
    LEFT JOIN contact_identity i ON i.id = m.author_identity_id
    """
)
# A message goes by several names: the one it came with, and those that the platform gave to what we sent.
_NAMES = """
    SELECT m.id AS message_id, c.account_id, c.thread_key, m.external_id
    FROM message m JOIN conversation c ON c.id = m.conversation_id
    WHERE m.id = ANY (:ids) AND m.external_id IS NOT NULL
    UNION
    SELECT a.message_id, a.account_id, c.thread_key, a.external_id
    FROM message_alias a JOIN message m ON m.id = a.message_id JOIN conversation c ON c.id = m.conversation_id
    WHERE a.message_id = ANY (:ids)
"""
# Under whichever names somebody put something on a message, their last word counts.
_REACTIONS = text(
    f"""
    WITH last AS (
        SELECT DISTINCT ON (n.message_id, r.author) n.message_id, n.account_id, r.icon, r.author, r.at
        FROM ({_NAMES}) n
        JOIN reaction r ON r.account_id = n.account_id AND r.thread_key = n.thread_key AND r.external_id = n.external_id
        ORDER BY n.message_id, r.author, r.at DESC
    )
    SELECT r.message_id, r.account_id, r.icon, r.author,
        CASE WHEN r.author = '' THEN account.name ELSE i.display_name END AS name
    FROM last r
    JOIN channel_account account ON account.id = r.account_id
    LEFT JOIN contact_identity i ON i.account_id = r.account_id AND i.kind = 'channel' AND i.external_id = r.author
    WHERE r.icon IS NOT NULL
    ORDER BY r.message_id, r.at, r.author
    """
)
_ANSWERS = text(
    f"""
    SELECT n.message_id, e.name, e.details, e.at FROM ({_NAMES}) n
    JOIN channel_event e ON e.account_id = n.account_id AND e.message_external_id = n.external_id
    ORDER BY n.message_id, e.at, e.id
    """
)
_PEOPLE = text(
    """
    SELECT i.account_id, i.external_id, i.display_name, i.avatar_url
    FROM json_to_recordset(CAST(:wanted AS json)) AS w (account_id bigint, external_id text)
    JOIN contact_identity i ON i.account_id = w.account_id AND i.external_id = w.external_id AND i.kind = 'channel'
    UNION
    SELECT account_id, external_id, display_name, avatar_url FROM people_in_groups(:groups)
    """
)
