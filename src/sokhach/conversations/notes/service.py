"""Writing notes and taking them back. Functions of the database decide who may, and who sees a conversation because of
a note."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from sokhach.core import audit
from sokhach.core.audit import AuditAction
from sokhach.core.problems import Fault, InvalidInput, Problem, not_found
from sokhach.core.realtime import Notice, announce
from sokhach.core.text import nfc

LONGEST = 4000
MOST_MENTIONS = 20


async def write(
    connection: AsyncConnection, conversation_id: int, words: str, mention_ids: Sequence[int], now: datetime
) -> int:
    """Returns the note. Who is mentioned sees the conversation from now on. Raises `invalid-input`, `not-found`,
    `mention-not-permitted`."""
    values = {"id": conversation_id, "text": _checked(words), "mentions": sorted(set(mention_ids)), "at": now}
    said = (await connection.execute(_WRITE, values)).scalar_one()
    match said["outcome"]:
        case "done":
            pass
        case "not-found":
            raise not_found()
        case "staff-inactive":
            raise InvalidInput([Fault("mention_ids", "staff-inactive")])
        case refused:
            raise Problem(refused, 403)
    if granted := said["granted"]:
        after = {"staff_ids": granted}
        await audit.record(connection, AuditAction.CONVERSATION_MENTION, conversation_id, after=after)
    notices = [Notice(kind="note.added", conversation_id=conversation_id)]
    if granted:
        notices.append(Notice(kind="conversation.changed", conversation_id=conversation_id))
    await announce(connection, notices)
    return said["id"]


async def take_back(connection: AsyncConnection, note_id: int, now: datetime) -> None:
    """By its author. Whoever saw the conversation only because of this note sees it no more. Taking back twice changes
    nothing. Raises `not-found`, `not-permitted`."""
    said = (await connection.execute(_TAKE_BACK, {"id": note_id, "at": now})).scalar_one()
    match said["outcome"]:
        case "done":
            pass
        case "unchanged":
            return
        case "not-found":
            raise not_found()
        case refused:
            raise Problem(refused, 403)
    conversation_id, lost_by = said["conversation_id"], said["lost_by"]
    before = {"conversation_id": conversation_id, "mentioned": lost_by}
    await audit.record(connection, AuditAction.NOTE_DELETE, note_id, before=before)
    notices = [Notice(kind="note.deleted", conversation_id=conversation_id)]
    if lost_by:
        payload = {"lost_by": lost_by, "pool": None}
        notices.append(Notice(kind="conversation.hidden", conversation_id=conversation_id, payload=payload))
    await announce(connection, notices)


def _checked(words: str) -> str:
    clean = nfc(words).strip()
    if not clean or "\0" in clean:
        raise InvalidInput([Fault("text", "nul" if clean else "blank")])
    return clean


_WRITE = text("SELECT write_note(:id, :text, CAST(:mentions AS bigint[]), :at)")
_TAKE_BACK = text("SELECT delete_note(:id, :at)")
