"""What a personal account hears into normalised items. docs/channels/zalo-personal.md has the table: item → effect."""

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any, TypeVar

import msgspec

from sokhach.channels.connector import Account, Inbound, InboundStub, Source, UnparsableError
from sokhach.channels.zalo_personal import journalled
from sokhach.channels.zalo_personal.inbound import answers, happened, marked, said
from sokhach.channels.zalo_personal.inbound.marked import Typing
from sokhach.channels.zalo_personal.inbound.wire import Heard, decoded, mapping, party, refuse_nul

__all__ = ["OPCODES", "Typing", "is_mapped", "parse", "typing_of"]

T = TypeVar("T")
Reader = Callable[[Heard], Sequence[Inbound]]

MESSAGES: Mapping[str, Reader] = {"msgs": said.direct, "groupMsgs": said.in_group}
RECEIPTS: Mapping[str, Reader] = {
    "delivereds": marked.delivered,
    "seens": marked.seen,
    "groupSeens": marked.seen,
}
REACTIONS: Mapping[str, Reader] = {"reacts": marked.direct_reaction, "reactGroups": marked.group_reaction}
CONTROLS: Mapping[str, Reader] = {"controls": happened.control}

# Which lists a frame of an opcode has, and who reads them. 504, 524, 551 and 553 are known to carry messages, of which
# shape nobody knows yet: a line here makes visible what has come by them.
OPCODES: dict[int, Mapping[str, Reader]] = {
    501: MESSAGES,
    502: RECEIPTS,
    510: MESSAGES,
    511: MESSAGES,
    521: MESSAGES,
    522: RECEIPTS,
    601: CONTROLS,
    610: REACTIONS,
    611: REACTIONS,
    612: REACTIONS,
}
# Keys, pings, who types just now, that another connection was opened: of the connection, not of a thread.
PASSING = frozenset({1, 2, 602, 3000})


def parse(account: Account, source: Source, payload: bytes, received_at: datetime) -> Sequence[Inbound]:
    """Raises `UnparsableError`. What no version reads yet is kept, and read again by a retry."""
    refuse_nul(payload)
    if source == "profile":
        return _answer(payload, account, received_at)
    if source != "frame":
        raise UnparsableError("unknown-shape", f"source {source}")
    found = _kept(journalled.decode_frame, payload)
    if isinstance(found, journalled.Stub):
        return [_stub(found.stub)]
    if isinstance(found, journalled.Sealed):
        raise UnparsableError("private-unattributed", f"opcode {found.cmd}")
    if isinstance(found, journalled.Frame):
        reason = "frame-unreadable" if found.why == "unreadable" else "frame-undecryptable"
        raise UnparsableError(reason, f"opcode {found.cmd}/{found.sub}: {found.why}")
    if found.cmd in PASSING:
        return []
    reader = OPCODES.get(found.cmd, {}).get(found.list or "")
    if reader is None:
        raise UnparsableError("unknown-opcode", f"opcode {found.cmd}/{found.sub}, list {str(found.list)[:40]!r}")
    item = decoded(found.item)
    if not isinstance(item, dict):
        raise UnparsableError("wrong-type", f"an item of {found.list} is no object")
    own = party(found.own) or account.external_id
    return reader(Heard(mapping(item), own, received_at))


def is_mapped(cmd: int, listed: str | None) -> bool:
    """Whether somebody reads what stands in such a list of such a frame."""
    return cmd in PASSING or (listed or "") in OPCODES.get(cmd, {})


def _stub(facts: journalled.StubFacts) -> InboundStub:
    try:
        at = datetime.fromtimestamp(facts.at / 1000, UTC)
    except (OverflowError, ValueError, OSError) as error:
        raise UnparsableError("wrong-type", f"time {facts.at}") from error
    return InboundStub(thread=facts.thread, message=facts.message, direction=facts.direction, at=at)


def typing_of(item: Any, own: str, received_at: datetime) -> Typing | None:
    """Who types where, by an element of a frame 602 (JSON, or what it says); None for anything else."""
    try:
        fields = mapping(decoded(item) if isinstance(item, bytes | msgspec.Raw) else item)
    except UnparsableError:
        return None
    if fields.get("act_type") not in (None, "typing"):
        return None
    return marked.typing(Heard(fields, own, received_at))


def _answer(payload: bytes, account: Account, received_at: datetime) -> Sequence[Inbound]:
    found = _kept(journalled.decode_answer, payload)
    return answers.answer(found.kind, decoded(found.data), party(found.own) or account.external_id, received_at)


def _kept(decode: Callable[[bytes], T], payload: bytes) -> T:
    """What we wrote down ourselves; by another version perhaps."""
    try:
        payload.decode("utf-8")
        return decode(payload)
    except UnicodeDecodeError as error:
        raise UnparsableError("invalid-utf8", str(error)) from error
    except msgspec.ValidationError as error:
        reason = "missing-field" if "missing required field" in str(error) else "wrong-type"
        raise UnparsableError(reason, str(error)) from error
    except msgspec.DecodeError as error:
        raise UnparsableError("invalid-json", str(error)) from error
    except RecursionError as error:
        raise UnparsableError("unknown-shape", "nested too deeply") from error
