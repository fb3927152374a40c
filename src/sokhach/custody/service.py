"""The verbs of custody. What is allowed and what is written, functions of the database decide under its locks: the web
role itself cannot move anybody. Here it is told to browsers, and to the audit log."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

import msgspec
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from sokhach.core import audit
from sokhach.core.audit import AuditAction
from sokhach.core.catalogue import Locale, say
from sokhach.core.problems import Fault, InvalidInput, Problem, not_found
from sokhach.core.realtime import Notice, announce


class Moved(msgspec.Struct, frozen=True, kw_only=True):
    """A conversation that went from one to another. `pool`: the account in whose pool it was."""

    conversation_id: int
    lost_by: list[int]
    pool: int | None


class Outcome(msgspec.Struct, frozen=True, kw_only=True):
    """What a function of the database says. `id` of what was moved or made; `before`, `after`: whose it was and is;
    `holder` is a name, given to who may know it."""

    outcome: str
    id: int | None = None
    before: int | None = None
    after: int | None = None
    holder: str | None = None
    moved: list[Moved] = []


async def transfer_contact(
    connection: AsyncConnection, contact_id: int, staff_id: int | None, note: str, now: datetime
) -> None:
    """A customer, with all their direct conversations, goes to another's care; None: to nobody's. For whoever has them
    in full and may move them. Raises `not-found`, `not-permitted`, `invalid-input`."""
    values = {"id": contact_id, "staff": staff_id, "note": note, "at": now}
    said = await _ask(connection, "transfer_contact(:id, CAST(:staff AS bigint), :note, :at)", values)
    await _moved(connection, said, AuditAction.CONTACT_TRANSFER, contact_id)


async def transfer_conversation(
    connection: AsyncConnection, conversation_id: int, staff_id: int | None, note: str, now: datetime
) -> None:
    """A group; of a direct conversation, its customer. Otherwise as `transfer_contact`."""
    values = {"id": conversation_id, "staff": staff_id, "note": note, "at": now}
    said = await _ask(connection, "transfer_conversation(:id, CAST(:staff AS bigint), :note, :at)", values)
    await _moved(connection, said, AuditAction.CONVERSATION_TRANSFER, conversation_id)


async def claim(connection: AsyncConnection, conversation_id: int, now: datetime, locale: Locale) -> None:
    """Whose it is not yet, becomes the actor's: the customer, or the group. Of two who claim at once one gets it, the
    other `already-claimed`. Claiming one's own changes nothing."""
    said = await _ask(connection, "claim_conversation(:id, :at)", {"id": conversation_id, "at": now})
    if said.outcome == "already-claimed":
        raise Problem("already-claimed", 409, who=said.holder or say(locale, "custody.colleague"))
    await _moved(connection, said, AuditAction.CONVERSATION_CLAIM, conversation_id)


async def assign(connection: AsyncConnection, conversation_id: int, staff_id: int | None, now: datetime) -> None:
    """Gives a conversation to somebody to answer; None: to nobody. Raises as `transfer_contact`."""
    values = {"id": conversation_id, "staff": staff_id, "at": now}
    said = await _ask(connection, "assign_conversation(:id, CAST(:staff AS bigint), :at)", values)
    await _moved(connection, said, AuditAction.CONVERSATION_ASSIGN, conversation_id)


async def share(
    connection: AsyncConnection, conversation_id: int, staff_id: int, until: datetime, note: str, now: datetime
) -> int:
    """Lets a colleague see a conversation until then; of one who sees it so already, the end moves. Returns the share.
    Raises as `transfer_contact`."""
    values = {"id": conversation_id, "staff": staff_id, "until": until, "note": note, "at": now}
    said = await _ask(connection, "share_conversation(:id, :staff, :until, :note, :at)", values)
    _refuse(said)
    assert said.id is not None
    after = {"staff_id": staff_id, "until": until}
    await audit.record(connection, AuditAction.CONVERSATION_SHARE, conversation_id, after=after)
    await announce(connection, [Notice(kind="conversation.changed", conversation_id=conversation_id)])
    return said.id


async def end_share(connection: AsyncConnection, share_id: int, now: datetime) -> None:
    """Before its time, by who gave it or has the conversation in full. Ending what has ended changes nothing. Raises
    `not-found`, `not-permitted`."""
    said = await _ask(connection, "end_share(:id, :at)", {"id": share_id, "at": now})
    await _moved(connection, said, AuditAction.SHARE_END, share_id)


def hidden(moved: Sequence[Moved]) -> list[Notice]:
    """To who sees it no more: that it is gone. To all who see it: that it changed."""
    notices: list[Notice] = []
    for one in moved:
        if one.lost_by or one.pool is not None:
            payload = {"lost_by": one.lost_by, "pool": one.pool}
            notices.append(Notice(kind="conversation.hidden", conversation_id=one.conversation_id, payload=payload))
        notices.append(Notice(kind="conversation.changed", conversation_id=one.conversation_id))
    return notices


async def _ask(connection: AsyncConnection, call: str, values: Mapping[str, Any]) -> Outcome:
    said = (await connection.execute(text(f"SELECT {call}"), values)).scalar_one()
    return msgspec.convert(said, Outcome)


async def _moved(connection: AsyncConnection, said: Outcome, action: AuditAction, target_id: int) -> None:
    _refuse(said)
    if said.outcome == "unchanged":
        return
    before, after = {"staff_id": said.before}, {"staff_id": said.after}
    await audit.record(connection, action, target_id, before=before, after=after)
    await announce(connection, hidden(said.moved))


def _refuse(said: Outcome) -> None:
    match said.outcome:
        case "done" | "unchanged":
            return
        case "not-found":
            raise not_found()
        case "staff-inactive" | "out-of-reach" | "oneself":
            raise InvalidInput([Fault("staff_id", said.outcome)])
        case outcome:
            raise Problem(outcome, 403)
