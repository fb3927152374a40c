"""What we ask of the OA API: request bodies out, replies in."""

from datetime import datetime

import msgspec

from sokhach.channels.connector import HistoryItem, Outgoing, SendRefusedError, Sent
from sokhach.channels.zalo_oa.client import NoAnswerError
from sokhach.channels.zalo_oa.limits import TEXT_CHARACTERS, text_length
from sokhach.core import clock
from sokhach.core.text import nfc

SEND_PATH = "/v3.0/oa/message/cs"
HISTORY_PATH = "/v2.0/oa/conversation"
PERSON_PATH = "/v3.0/oa/user/detail"
OA_PATH = "/v2.0/oa/getoa"


class Recipient(msgspec.Struct):
    user_id: str


class Text(msgspec.Struct, omit_defaults=True):
    text: str
    quote_message_id: str | None = None


class SendRequest(msgspec.Struct):
    recipient: Recipient
    message: Text


class HistoryQuery(msgspec.Struct):
    user_id: str
    offset: int
    count: int


class PersonQuery(msgspec.Struct):
    user_id: str


class OA(msgspec.Struct):
    """What `getoa` says of the OA that a token belongs to."""

    oaid: str | int
    name: str


class _SendReply(msgspec.Struct):
    message_id: str | int
    sent_time: str | int | None = None


class _HistoryMessage(msgspec.Struct):
    """`src` 0: sent by the OA. `message` is missing where the type has no words."""

    src: int
    time: int
    message_id: str | int
    type: str = ""
    message: str | None = None


def request_of(outgoing: Outgoing) -> SendRequest:
    """Raises `SendRefusedError` for what this version cannot send."""
    if outgoing.thread_kind != "direct":
        raise SendRefusedError("unsupported", "sending to groups comes later")
    text = nfc(outgoing.text)
    if text_length(text) > TEXT_CHARACTERS:
        raise SendRefusedError("text-too-long", f"more than {TEXT_CHARACTERS} characters")
    return SendRequest(Recipient(outgoing.thread_key), Text(text, outgoing.quoted_external_id))


def to_sent(data: msgspec.Raw, now: datetime) -> Sent:
    """Raises `NoAnswerError` when the reply does not name the message: then nobody can tell what became of it."""
    try:
        reply = msgspec.json.decode(data, type=_SendReply, strict=False)
    except msgspec.DecodeError as error:
        raise NoAnswerError("the reply names no message") from error
    return Sent(external_id=str(reply.message_id), sent_at=_time(reply.sent_time) or now)


def to_history(data: msgspec.Raw) -> list[HistoryItem]:
    """A page of a conversation, newest first. Raises `NoAnswerError`."""
    try:
        messages = msgspec.json.decode(data, type=list[_HistoryMessage], strict=False)
    except msgspec.DecodeError as error:
        raise NoAnswerError(f"unreadable history: {error}") from error
    return [
        HistoryItem(
            external_id=str(message.message_id),
            direction="out" if message.src == 0 else "in",
            text=nfc(message.message) if message.message is not None and message.type in {"", "text"} else None,
            sent_at=at,
        )
        for message in messages
        if (at := _time(message.time)) is not None
    ]


def to_oa(data: msgspec.Raw) -> OA:
    """Raises `NoAnswerError`."""
    try:
        return msgspec.json.decode(data, type=OA)
    except msgspec.DecodeError as error:
        raise NoAnswerError(f"unreadable OA: {error}") from error


def _time(milliseconds: str | int | None) -> datetime | None:
    try:
        return clock.from_milliseconds(int(milliseconds)) if milliseconds else None
    except (ValueError, OverflowError):
        return None
