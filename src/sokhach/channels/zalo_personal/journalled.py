"""What the journal keeps of a personal account: items as Zalo sent them, with where they stood (`source` frame), and
answers about people, groups and labels (`source` profile). The host writes them, `inbound` reads them."""

from typing import Any, Literal

import msgspec

from sokhach.channels.zalo_personal.protocol import FrameFault, Raw

VERSION = 1
AnswerKind = Literal["friends", "profiles", "groups", "labels", "aliases", "requests"]


class Item(msgspec.Struct, frozen=True, kw_only=True):
    """One element of a frame. `at`: when it came in, ms; `list`: the name under which it stood in the frame."""

    v: int = VERSION
    conn: str
    n: int
    cmd: int
    sub: int
    list: str | None
    own: str
    at: int
    item: Raw


class Frame(msgspec.Struct, frozen=True, kw_only=True):
    """A frame that nobody can read yet, base64."""

    v: int = VERSION
    conn: str
    n: int
    cmd: int
    sub: int
    why: FrameFault
    frame: str
    at: int


class StubFacts(msgspec.Struct, frozen=True, kw_only=True):
    """Keyed hashes in hex: who wrote what stays unknown."""

    thread: str
    message: str
    direction: Literal["in", "out"]
    at: int


class Stub(msgspec.Struct, frozen=True, kw_only=True):
    """All that is kept of a message in a private thread."""

    v: int = VERSION
    stub: StubFacts


class Sealed(msgspec.Struct, frozen=True, kw_only=True):
    """An item of which nobody can say whose thread it is of, on a staff's own SIM: sealed by the vault, base64."""

    v: int = VERSION
    sealed: str
    cmd: int


class Answer(msgspec.Struct, frozen=True, kw_only=True):
    """What Zalo answered about people, groups or labels."""

    v: int = VERSION
    kind: AnswerKind
    own: str
    data: Raw


class _Any(msgspec.Struct):
    """Which of them it is."""

    stub: Any = None
    sealed: Any = None
    frame: Any = None


_any = msgspec.json.Decoder(_Any)
_item = msgspec.json.Decoder(Item)
_frame = msgspec.json.Decoder(Frame)
_stub = msgspec.json.Decoder(Stub)
_sealed = msgspec.json.Decoder(Sealed)
_answer = msgspec.json.Decoder(Answer)


def decode_frame(payload: bytes) -> Item | Frame | Stub | Sealed:
    """A payload of source `frame`. Raises `msgspec.DecodeError`, of which `ValidationError` is one."""
    found = _any.decode(payload)
    if found.stub is not None:
        return _stub.decode(payload)
    if found.sealed is not None:
        return _sealed.decode(payload)
    return _frame.decode(payload) if found.frame is not None else _item.decode(payload)


def decode_answer(payload: bytes) -> Answer:
    """A payload of source `profile`. Raises `msgspec.DecodeError`."""
    return _answer.decode(payload)
