"""Writes the messages of a bite into the store, with the threads and customers that were not there."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

import msgspec
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from sokhach.channels.connector import Attachment
from sokhach.conversations import imported as conversations
from sokhach.conversations.imported import OldMessage, OldThread
from sokhach.customers import imported as customers
from sokhach.customers.imported import NewPerson
from sokhach.intake.importing.mapping import Line
from sokhach.intake.importing.placing import Placed, Thread

Key = tuple[int, str]
_FILES = {"image", "gif", "sticker", "audio", "video", "file", "location", "link", "contact_card"}


class Added(msgspec.Struct, frozen=True, kw_only=True):
    messages: int = 0
    threads: int = 0
    contacts: int = 0


async def add(
    connection: AsyncConnection, import_id: int, placed: Sequence[Placed], custodian_id: int | None, now: datetime
) -> Added:
    """All of `placed` are new. In the caller's transaction."""
    missing = _missing(placed)
    contacts = threads = 0
    for account_id in sorted({account for account, _ in missing}):
        firsts = {key: first for (account, key), first in missing.items() if account == account_id}
        people, began = await _begin(connection, import_id, account_id, firsts, custodian_id)
        contacts, threads = contacts + people, threads + began
    where = await _where(connection, placed)
    messages = [_message(one, where, import_id, now) for one in placed]
    await conversations.add_messages(connection, messages)
    notes = [
        {
            "message_id": message.id,
            "line": one.line.number,
            "conversation_id": message.conversation_id,
            "external_id": one.line.external_id or None,
            "whole_minute": one.line.whole_minute,
        }
        for one, message in zip(placed, messages, strict=True)
    ]
    if notes:
        await connection.execute(_NOTE, {"rows": _json(notes), "import": import_id})
    return Added(messages=len(messages), threads=threads, contacts=contacts)


def _missing(placed: Sequence[Placed]) -> dict[Key, Placed]:
    """Of each thread that is not there the message that says most of it: the first one that has a name."""
    missing: dict[Key, Placed] = {}
    for one in placed:
        key = (one.thread.account_id, one.thread.key)
        if one.thread.conversation_id is None and (key not in missing or not missing[key].line.name):
            missing[key] = one
    return missing


async def _begin(
    connection: AsyncConnection,
    import_id: int,
    account_id: int,
    firsts: Mapping[str, Placed],
    custodian_id: int | None,
) -> tuple[int, int]:
    """Makes threads and their customers; returns how many customers and threads were new."""
    direct = {key: one for key, one in firsts.items() if one.thread.kind == "direct"}
    known = await customers.known_contacts(connection, account_id, direct)
    people = [
        NewPerson(
            external_id=key,
            name=_name(one.line),
            phone=one.line.phone or None,
            custodian_id=custodian_id,
            first_seen_at=one.line.at,
        )
        for key, one in sorted(direct.items())
        if key not in known
    ]
    made = await customers.add_people(connection, account_id, people)
    known = await customers.known_contacts(connection, account_id, direct)
    threads = [
        OldThread(
            thread_key=key,
            kind=one.thread.kind,
            contact_id=known.get(key),
            custodian_id=custodian_id if one.thread.kind == "group" else None,
            title=(one.line.name or None) if one.thread.kind == "group" else None,
            created_at=one.line.at,
        )
        for key, one in sorted(firsts.items())
    ]
    conversations_made = await conversations.add_threads(connection, account_id, threads)
    await connection.execute(
        _MADE,
        {
            "import": import_id,
            "conversations": conversations_made,
            "contacts": made.contacts,
            "identities": made.identities,
        },
    )
    return len(made.contacts), len(conversations_made)


def _name(line: Line) -> str:
    return line.name or (line.sender if line.direction == "in" else "")


async def _where(connection: AsyncConnection, placed: Sequence[Placed]) -> dict[Key, tuple[int, int | None]]:
    """Each thread's conversation, and the identity of its customer."""
    wanted = [{"account": account, "key": key} for account, key in sorted({_key(one.thread) for one in placed})]
    rows = await connection.execute(_WHERE, {"wanted": _json(wanted)})
    return {(row.account_id, row.thread_key): (row.id, row.identity_id) for row in rows}


def _key(thread: Thread) -> Key:
    return thread.account_id, thread.key


def _message(one: Placed, where: Mapping[Key, tuple[int, int | None]], import_id: int, now: datetime) -> OldMessage:
    line, thread = one.line, one.thread
    conversation_id, identity_id = where[_key(thread)]
    incoming, direct = line.direction == "in", thread.kind == "direct"
    return OldMessage(
        conversation_id=conversation_id,
        direction=line.direction,
        author_kind="customer" if incoming else "staff" if one.staff_id else "channel",
        author_identity_id=identity_id if incoming and direct else None,
        author_external_id=thread.key if incoming and direct else None,
        author_staff_id=one.staff_id,
        kind=line.kind,
        body=line.text or None,
        content=_content(one, import_id),
        sent_at=line.at,
        received_at=now,
        import_id=import_id,
    )


def _content(one: Placed, import_id: int) -> dict[str, Any]:
    """`imported` says from which file, and whom the file names where we know nobody."""
    line = one.line
    origin: dict[str, Any] = {"id": import_id}
    named = line.staff or line.sender if line.direction == "out" else line.sender
    if named and one.staff_id is None and (line.direction == "out" or one.thread.kind == "group"):
        origin["sender"] = named
    content: dict[str, Any] = {"imported": origin}
    if line.kind in _FILES and (line.url or line.file_name):
        # Nobody fetches the bytes: an address of before is a link, and a name alone is a file that is not here.
        attachment = Attachment(
            type="link" if line.url else "file",
            url=line.url or None,
            name=line.file_name or None,
            title=(line.file_name or None) if line.url else None,
        )
        content["attachments"] = [msgspec.to_builtins(attachment)]
    return content


def _json(rows: object) -> str:
    return msgspec.json.encode(rows).decode()


_WHERE = text(
    """
    SELECT c.account_id, c.thread_key, c.id, i.id AS identity_id
    FROM json_to_recordset(CAST(:wanted AS json)) AS w (account bigint, key text)
    JOIN conversation c ON c.account_id = w.account AND c.thread_key = w.key
    LEFT JOIN contact_identity i ON i.kind = 'channel' AND i.account_id = c.account_id
        AND i.external_id = c.thread_key AND c.kind = 'direct'
    """
)
_NOTE = text(
    """
    INSERT INTO message_import (message_id, import_id, line, conversation_id, external_id, whole_minute)
    SELECT message_id, :import, line, conversation_id, external_id, whole_minute
    FROM json_to_recordset(CAST(:rows AS json)) AS r (message_id bigint, line bigint, conversation_id bigint,
        external_id text, whole_minute boolean)
    """
)
_MADE = text(
    """
    INSERT INTO import_made (import_id, conversation_id, contact_id, identity_id)
    SELECT :import, CASE kind WHEN 0 THEN id END, CASE kind WHEN 1 THEN id END, CASE kind WHEN 2 THEN id END
    FROM (
        SELECT 0 AS kind, id FROM unnest(CAST(:conversations AS bigint[])) AS id
        UNION ALL SELECT 1, id FROM unnest(CAST(:contacts AS bigint[])) AS id
        UNION ALL SELECT 2, id FROM unnest(CAST(:identities AS bigint[])) AS id
    ) AS made
    """
)
