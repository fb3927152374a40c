"""Internal notes over HTTP."""

from collections.abc import Sequence
from typing import Annotated

import msgspec
from litestar import delete, get, post
from litestar.params import FromPath, JSONBody, QueryParameter
from msgspec import Meta

from sokhach.conversations import queries as conversations
from sokhach.conversations.notes import queries, service
from sokhach.conversations.notes.queries import NotePage, NoteView
from sokhach.core import clock
from sokhach.core.actor import Permission
from sokhach.core.paging import InvalidCursorError
from sokhach.core.problems import Problem, not_found
from sokhach.core.web import Connection
from sokhach.customers.queries import LARGEST_ID

StaffId = Annotated[int, Meta(ge=1, le=LARGEST_ID)]
Before = Annotated[str | None, QueryParameter(max_length=64, description="`next` of the page before.")]
Limit = Annotated[int, QueryParameter(ge=1, le=100, description="Notes a page.")]


class NewNote(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """`mention_ids`: colleagues whom it calls; they see the conversation from then on."""

    text: Annotated[str, Meta(max_length=service.LONGEST)]
    mention_ids: Annotated[Sequence[StaffId], Meta(max_length=service.MOST_MENTIONS)] = ()


@get("/api/conversations/{conversation_id:int}/notes", access="signed-in", operation_id="ListNotes")
async def list_notes(
    connection: Connection, conversation_id: FromPath[int], before: Before = None, limit: Limit = 50
) -> NotePage:
    """What colleagues wrote among themselves, oldest first. Reading is written down in the access log."""
    await _must_see(connection, conversation_id)
    try:
        return await queries.list_notes(connection, conversation_id, before=before, limit=limit)
    except InvalidCursorError as error:
        raise Problem("invalid-cursor", 400) from error


@post("/api/conversations/{conversation_id:int}/notes", access=Permission.NOTE_WRITE, operation_id="WriteNote")
async def write_note(connection: Connection, conversation_id: FromPath[int], data: JSONBody[NewNote]) -> NoteView:
    """Writes a note; the customer never gets it."""
    await _must_see(connection, conversation_id)
    made = await service.write(connection, conversation_id, data.text, data.mention_ids, clock.now())
    return (await queries.view_notes(connection, [made]))[0]


@delete("/api/notes/{note_id:int}", access=Permission.NOTE_WRITE, operation_id="DeleteNote")
async def delete_note(connection: Connection, note_id: FromPath[int]) -> None:
    """Takes one's own note back: others see that there was one, auditors also what it said."""
    if note_id > LARGEST_ID:
        raise not_found()
    await service.take_back(connection, note_id, clock.now())


async def _must_see(connection: Connection, conversation_id: int) -> None:
    if conversation_id > LARGEST_ID or not await conversations.visible_among(connection, [conversation_id]):
        raise not_found()


routes = [list_notes, write_note, delete_note]
