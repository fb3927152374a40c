"""What the host and a sidecar say to each other: one JSON object a line, over stdio. The one schema of both sides.

The host asks (`Request`, each with an id of its own), the sidecar answers each exactly once (`Reply`), and tells of
what happens (`Event`). Whatever Zalo counts beyond 2^53 is a string. `account` is our id of a channel account,
`login` that of a login by QR; `thread` is a person's uid, or with `group` a group's id.
"""

import base64
import re
from collections.abc import Sequence
from typing import Any, Literal

import msgspec

VERSION = 1
DEAD = 4000
"""Close code of ours: the watchdog gave a silent socket up."""

Raw = msgspec.Raw
ErrorKind = Literal["api", "timeout", "closed", "network", "bad-reply", "bug"]
Phase = Literal["upload", "send"]
SendKind = Literal["text", "image", "gif", "file", "video", "sticker", "voice"]
SessionState = Literal["connecting", "online", "closed"]
FrameFault = Literal["undecryptable", "unreadable", "no-key"]
QrStep = Literal["code", "scanned", "declined", "expired", "done", "failed"]


class Credentials(msgspec.Struct, frozen=True, kw_only=True):
    """What Zalo knows a browser by; never logged. `cookie` as the jar serialises each."""

    imei: str
    cookie: Sequence[dict[str, Any]]
    user_agent: str
    language: str = "vi"


class Mention(msgspec.Struct, frozen=True):
    """`pos` and `len` in UTF-16 units; uid "-1" is everybody."""

    uid: str
    pos: int
    len: int


class File(msgspec.Struct, frozen=True, kw_only=True):
    """A file that lies where the sidecar can read it. `size` in bytes, `width` and `height` in pixels."""

    path: str
    name: str
    content_type: str
    size: int
    width: int | None = None
    height: int | None = None


class Sticker(msgspec.Struct, frozen=True):
    id: int
    cate_id: int
    type: int


class Label(msgspec.Struct, frozen=True, kw_only=True):
    """A label of Zalo's; `conversations` are uids, and groups with `g` before the id. `extra` goes back as it came."""

    id: int
    text: str
    color: str = ""
    emoji: str = ""
    conversations: Sequence[str] = ()
    extra: dict[str, Any] = {}


# Host → sidecar. `id` is given by the host; whoever makes a request leaves it.


class Request(msgspec.Struct, kw_only=True, tag_field="op"):
    id: int = 0


class Hello(Request, tag="hello"):
    pass


class Shutdown(Request, tag="shutdown"):
    """Closes every session without logging out, answers, and ends."""


class LoginQr(Request, tag="login_qr"):
    """Answered once it has begun; then come `QrEvent`s until done, failed, declined or expired."""

    login: int
    user_agent: str
    language: str = "vi"
    proxy: str | None = None


class LoginAbort(Request, tag="login_abort"):
    login: int


class AccountRequest(Request):
    account: int


class Start(AccountRequest, tag="start"):
    """Logs in by cookie and listens. An api error 102, 600 or -13 means that a new QR login is needed."""

    credentials: Credentials
    proxy: str | None = None


class Stop(AccountRequest, tag="stop"):
    """Closes without logging out."""


class Send(AccountRequest, tag="send"):
    """`quote` is the data of the quoted message as Zalo sent it."""

    thread: str
    group: bool
    kind: SendKind
    text: str | None = None
    quote: dict[str, Any] | None = None
    mentions: Sequence[Mention] = ()
    file: File | None = None
    sticker: Sticker | None = None


class Undo(AccountRequest, tag="undo"):
    thread: str
    group: bool
    msg_id: str
    cli_msg_id: str


class React(AccountRequest, tag="react"):
    """`icon` None takes it back."""

    thread: str
    group: bool
    msg_id: str
    cli_msg_id: str
    icon: str | None = None


class Seen(AccountRequest, tag="seen"):
    """`messages`: the data of at most 50 messages of the thread, as Zalo sent them."""

    thread: str
    group: bool
    messages: Sequence[dict[str, Any]]


class Typing(AccountRequest, tag="typing"):
    thread: str
    group: bool


class Friends(AccountRequest, tag="friends"):
    pass


class Profiles(AccountRequest, tag="profiles"):
    uids: Sequence[str]


class Groups(AccountRequest, tag="groups"):
    """`ids`: only these, with what Zalo says of their members (`people`)."""

    ids: Sequence[str] | None = None


class FindPhone(AccountRequest, tag="find_phone"):
    """`phone` as 84…; an api error 216 means that nobody has it."""

    phone: str


class FriendRequest(AccountRequest, tag="friend_request"):
    uid: str
    text: str = ""


class FriendRequests(AccountRequest, tag="friend_requests"):
    """Those that are open, theirs and ours."""


class FriendAccept(AccountRequest, tag="friend_accept"):
    uid: str


class FriendReject(AccountRequest, tag="friend_reject"):
    uid: str


class FriendUndo(AccountRequest, tag="friend_undo"):
    uid: str


class Labels(AccountRequest, tag="labels"):
    pass


class SetLabels(AccountRequest, tag="set_labels"):
    """The whole list, over the version that was read."""

    labels: Sequence[Label]
    version: int


class SetAlias(AccountRequest, tag="set_alias"):
    """`alias` None takes it away."""

    uid: str
    alias: str | None = None


class Aliases(AccountRequest, tag="aliases"):
    pass


class FindSticker(AccountRequest, tag="find_sticker"):
    """Of a message with a sticker only its number comes; an api error means that there is none such."""

    sticker: str


class Old(AccountRequest, tag="old"):
    """Messages before `last_id`, or the newest; they come as `ItemEvent`s before the reply."""

    group: bool
    last_id: str | None = None


class LastMessages(AccountRequest, tag="last_messages"):
    """The newest message of each thread, as Zalo answers."""


class GroupHistory(AccountRequest, tag="group_history"):
    group: str
    before: str | None = None


class KeepAlive(AccountRequest, tag="keep_alive"):
    pass


class Export(AccountRequest, tag="export"):
    pass


AnyRequest = (
    Hello
    | Shutdown
    | LoginQr
    | LoginAbort
    | Start
    | Stop
    | Send
    | Undo
    | React
    | Seen
    | Typing
    | Friends
    | Profiles
    | Groups
    | FindPhone
    | FriendRequest
    | FriendRequests
    | FriendAccept
    | FriendReject
    | FriendUndo
    | Labels
    | SetLabels
    | SetAlias
    | Aliases
    | FindSticker
    | Old
    | LastMessages
    | GroupHistory
    | KeepAlive
    | Export
)

# Sidecar → host: what replies carry.


class HelloReply(msgspec.Struct, frozen=True, kw_only=True):
    version: int
    zca_js: str
    pid: int


class StartReply(msgspec.Struct, frozen=True, kw_only=True):
    uid: str
    name: str
    phone: str | None = None


class SendReply(msgspec.Struct, frozen=True, kw_only=True):
    msg_id: str
    cli_msg_id: str | None = None


class GroupPerson(msgspec.Struct, frozen=True, kw_only=True):
    id: str
    name: str
    avatar: str | None = None


class Group(msgspec.Struct, frozen=True, kw_only=True):
    id: str
    name: str
    members: Sequence[str] = ()
    total: int = 0
    admins: Sequence[str] = ()
    people: Sequence[GroupPerson] = ()


class LabelsReply(msgspec.Struct, frozen=True, kw_only=True):
    labels: Sequence[Label]
    version: int


class StickerReply(msgspec.Struct, frozen=True, kw_only=True):
    """`url` leads to a still picture where Zalo has one."""

    url: str | None = None


class OldReply(msgspec.Struct, frozen=True, kw_only=True):
    """Of the page that came as items. `oldest_ts` in ms."""

    count: int
    oldest_id: str | None = None
    oldest_ts: int | None = None
    more: bool = False


class ReplyError(msgspec.Struct, frozen=True, kw_only=True):
    """`phase` upload: surely nothing was sent. `code` is Zalo's, with kind `api`."""

    kind: ErrorKind
    phase: Phase | None = None
    code: int | None = None
    message: str = ""


class Reply(msgspec.Struct, frozen=True, kw_only=True):
    """`data` by operation: `HelloReply`, `StartReply`, `SendReply`, `LabelsReply`, `OldReply`, `StickerReply`,
    `Credentials` (export); a list of `Group` (groups), of Zalo's users (friends, profiles, aliases), of users each with
    `request` `{ours, message, time}` (friend_requests), one user (find_phone), messages as Zalo answers
    (last_messages, group_history); null for the others."""

    re: int
    ok: bool
    data: Raw = msgspec.field(default_factory=lambda: Raw(b"null"))
    error: ReplyError | None = None


# Sidecar → host: what happens.


class Event(msgspec.Struct, frozen=True, kw_only=True, tag_field="ev"):
    pass


class ItemEvent(Event, frozen=True, kw_only=True, tag="item"):
    """One element of a frame, known or not; `n` counts per connection, `at` in ms. `list` is the name under which it
    stood."""

    account: int
    conn: str
    n: int
    cmd: int
    sub: int
    own: str
    at: int
    item: Raw
    list: str | None = None


class FrameEvent(Event, frozen=True, kw_only=True, tag="frame"):
    """A frame that gave no items; `frame` is all of it, base64."""

    account: int
    conn: str
    n: int
    cmd: int
    sub: int
    why: FrameFault
    at: int
    frame: str


class StateEvent(Event, frozen=True, kw_only=True, tag="state"):
    """The sidecar never connects again by itself. `heard_at`, ms: all that was sent until then has come in."""

    account: int
    conn: str
    state: SessionState
    code: int | None = None
    reason: str | None = None
    heard_at: int | None = None


class CredentialsEvent(Event, frozen=True, kw_only=True, tag="credentials"):
    account: int
    credentials: Credentials


class QrEvent(Event, frozen=True, kw_only=True, tag="qr"):
    """`image` is a PNG, base64, at step `code`; `name` and `avatar` from `scanned` on; `uid` and `credentials` at
    `done`."""

    login: int
    step: QrStep
    image: str | None = None
    expires_at_ms: int | None = None
    name: str | None = None
    avatar: str | None = None
    uid: str | None = None
    credentials: Credentials | None = None
    error: str | None = None


class AccountStats(msgspec.Struct, frozen=True, kw_only=True):
    """`heard_at` as `StateEvent` says it."""

    account: int
    last_frame_at: int | None = None
    heard_at: int | None = None
    frames: int = 0
    buffered: int = 0


class StatsEvent(Event, frozen=True, kw_only=True, tag="stats"):
    """`rss` in bytes."""

    rss: int
    accounts: Sequence[AccountStats] = ()


AnyEvent = ItemEvent | FrameEvent | StateEvent | CredentialsEvent | QrEvent | StatsEvent


class _Either(msgspec.Struct):
    re: int | None = None


_either = msgspec.json.Decoder(_Either)
_replies = msgspec.json.Decoder(Reply)
_events = msgspec.json.Decoder(AnyEvent)
_encoder = msgspec.json.Encoder()


def encode(request: Request) -> bytes:
    """A line, with its end."""
    return _encoder.encode(request) + b"\n"


def decode(line: bytes) -> Reply | AnyEvent:
    """Raises `msgspec.DecodeError` or `msgspec.ValidationError`."""
    if _either.decode(line).re is not None:
        return _replies.decode(line)
    return _events.decode(line)


class _Head(msgspec.Struct):
    ev: Literal["item", "frame"]
    account: int
    conn: str
    n: int
    cmd: int
    sub: int
    at: int


_heads = msgspec.json.Decoder(_Head)
_CONTENT = re.compile(rb',\s*"(?:item|frame)"\s*:')


def salvaged(line: bytes) -> "FrameEvent | None":
    """What a line that cannot be decoded tells of a frame: where it stood, and the line itself, to be kept. None: it
    tells of none."""
    content = _CONTENT.search(line)
    if content is None:
        return None
    try:
        head = _heads.decode(line[: content.start()] + b"}")
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return None
    return _unreadable(head, line[content.end() :])


def unreadable(event: ItemEvent) -> FrameEvent:
    """An item of which nothing can be made, to be kept as it came."""
    return _unreadable(event, bytes(event.item))


def _unreadable(head: _Head | ItemEvent, content: bytes) -> FrameEvent:
    return FrameEvent(
        account=head.account,
        conn=head.conn,
        n=head.n,
        cmd=head.cmd,
        sub=head.sub,
        why="unreadable",
        at=head.at,
        frame=base64.b64encode(content).decode("ascii"),
    )


def schema() -> dict[str, Any]:
    """JSON Schema of every line: `$defs`; what each direction carries under `requests`, `replies`, `events`; what
    replies have in `data` under `data`."""
    data_of: list[Any] = [HelloReply, StartReply, SendReply, Group, LabelsReply, OldReply, StickerReply]
    roots: list[Any] = [AnyRequest, Reply, AnyEvent, *data_of]
    shapes, components = msgspec.json.schema_components(roots, ref_template="#/$defs/{name}")
    requests, reply, events, *data = shapes
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "version": VERSION,
        "requests": requests,
        "replies": reply,
        "events": events,
        "data": data,
        "$defs": components,
    }
