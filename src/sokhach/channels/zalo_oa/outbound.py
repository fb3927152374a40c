"""What we ask of the OA API besides sending (`requests`), and what it replies."""

from contextlib import suppress
from datetime import datetime

import msgspec

from sokhach.channels.connector import HistoryItem
from sokhach.channels.outgoing import Quota, Sent
from sokhach.channels.zalo_oa.client import NoAnswerError
from sokhach.channels.zalo_oa.limits import ZONE
from sokhach.core import clock
from sokhach.core.text import nfc

HISTORY_PATH = "/v2.0/oa/conversation"
PERSON_PATH = "/v3.0/oa/user/detail"
GROUP_PATH = "/v3.0/oa/group/getgroup"
OA_PATH = "/v2.0/oa/getoa"
UPLOAD_PATH = "/v2.0/oa/upload"

HISTORY_KINDS = {
    "": "text",
    "text": "text",
    "photo": "image",
    "image": "image",
    "gif": "gif",
    "sticker": "sticker",
    "file": "file",
    "voice": "audio",
    "video": "video",
    "location": "location",
    "link": "link",
    "links": "link",
    "template": "template",
}


class HistoryQuery(msgspec.Struct):
    user_id: str
    offset: int
    count: int


class PersonQuery(msgspec.Struct):
    user_id: str


class GroupQuery(msgspec.Struct):
    group_id: str


class OA(msgspec.Struct):
    """What `getoa` says of the OA that a token belongs to."""

    oaid: str | int
    name: str
    avatar: str | None = None
    cover: str | None = None


class _SendReply(msgspec.Struct):
    """The OA API says `message_id`, templates by phone `msg_id`, a reaction may say neither."""

    message_id: str | int | None = None
    msg_id: str | int | None = None
    sent_time: str | int | None = None
    quota: object = None


class _Quota(msgspec.Struct):
    quota_type: str
    remain: int
    total: int
    expired_date: str | None = None


class _ZnsQuota(msgspec.Struct, rename="camel"):
    daily_quota: int
    remaining_quota: int


class _UploadReply(msgspec.Struct):
    attachment_id: str | None = None
    token: str | None = None


class _HistoryMessage(msgspec.Struct):
    """`src` 0: sent by the OA. `message` is missing where the type has no words."""

    src: int
    time: int
    message_id: str | int
    type: str = ""
    message: str | None = None


def to_sent(data: msgspec.Raw, now: datetime, *, named: bool = True) -> Sent:
    """Raises `NoAnswerError` when the reply does not name the message (and should, `named`): then nobody can tell what
    became of it."""
    try:
        reply = msgspec.json.decode(data, type=_SendReply, strict=False)
    except msgspec.DecodeError as error:
        if named:
            raise NoAnswerError("the reply names no message") from error
        reply = _SendReply()
    name = reply.message_id if reply.message_id is not None else reply.msg_id
    if name is None and named:
        raise NoAnswerError("the reply names no message")
    return Sent(
        external_id=str(name) if name is not None else None,
        sent_at=_time(reply.sent_time) or now,
        quota=_quota(reply.quota),
    )


def to_upload_id(data: msgspec.Raw) -> str:
    """Raises `NoAnswerError`."""
    try:
        reply = msgspec.json.decode(data, type=_UploadReply, strict=False)
    except msgspec.DecodeError as error:
        raise NoAnswerError(f"unreadable reply to an upload: {error}") from error
    name = reply.attachment_id or reply.token
    if not name:
        raise NoAnswerError("the reply names no upload")
    return name


def _quota(said: object) -> Quota | None:
    """A message that was sent is sent, whatever its reply says of quotas."""
    with suppress(msgspec.ValidationError):
        found = msgspec.convert(said, _Quota, strict=False)
        return Quota(
            kind=found.quota_type,
            remain=found.remain,
            total=found.total,
            until=_end_of_day(found.expired_date),
            of_thread=found.quota_type in {"reply", "welcome_msg"},
        )
    with suppress(msgspec.ValidationError):
        daily = msgspec.convert(said, _ZnsQuota, strict=False)
        return Quota(kind="zns_daily", remain=daily.remaining_quota, total=daily.daily_quota)
    return None


def _end_of_day(date: str | None) -> datetime | None:
    """Zalo writes DD/MM/YYYY."""
    try:
        day = datetime.strptime(date or "", "%d/%m/%Y").replace(tzinfo=ZONE)
    except ValueError:
        return None
    return day.replace(hour=23, minute=59, second=59)


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
            kind=HISTORY_KINDS.get(message.type.lower(), "unsupported"),
            text=nfc(message.message) if message.message else None,
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
