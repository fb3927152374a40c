"""Whose thread something is of, and what may be kept of it. Pure.

A company SIM keeps everything. On a staff's own SIM only threads that the holder marked as work are kept; of a message
of any other there remains that there was one. What cannot be said to be of one thread is sealed, because it may be of a
private one. What was said before, by its own time, is as private as it was then, however late it comes.
"""

from collections.abc import Iterator, Mapping
from typing import Any, Literal, NamedTuple, cast

import msgspec

Sim = Literal["company", "own"]
Verdict = Literal["keep", "stub", "seal", "nothing"]
Direction = Literal["in", "out"]

SELF = "0"
"""By which Zalo calls the account itself."""
RECALL = "chat.undo"
DIRECT_COMMANDS = frozenset({501, 510, 610, 612})
GROUP_COMMANDS = frozenset({521, 511, 611, 612})
OLD_COMMANDS = frozenset({510, 511})
_OLDEST_MS = 1_343_779_200_000
"""August 2012: Zalo is no older, so that an earlier time says nothing."""
_AHEAD_MS = 86_400_000
_MESSAGES = {"msgs": False, "groupMsgs": True}
_REACTIONS = {"reacts": False, "reactGroups": True}
_RECEIPTS = frozenset({"delivereds", "seens", "groupSeens"})
_IDS = ("uidFrom", "idTo", "groupId", "fromUid", "toUid", "userId", "uid", "gid", "threadId")


class Thread(NamedTuple):
    """`key`: the other's uid, or the group's id."""

    key: str
    group: bool


class Exclusions(msgspec.Struct, frozen=True):
    """`work`: the threads of an own SIM that are captured; a group's id never is a person's too, as far as is known,
    but the two are held apart all the same. `marked_at`: since when each is, ms. `company_since`: when an own SIM
    became the company's, ms; what is older is treated as on an own SIM."""

    sim: Sim
    work: frozenset[Thread] = frozenset()
    marked_at: Mapping[Thread, int] = {}
    company_since: int | None = None

    def keeps(self, thread: Thread) -> bool:
        return self.sim == "company" or thread in self.work

    def keeps_all(self, at: int | None) -> bool:
        """`at` in ms; None: nobody can say when it was."""
        return self.sim == "company" and _not_before(at, self.company_since)

    def was_work(self, thread: Thread, at: int | None) -> bool:
        return thread in self.work and _not_before(at, self.marked_at.get(thread))


NOBODY = Exclusions("own")
"""Of an account of which nothing is known yet."""


class Decision(NamedTuple):
    """`thread` where one can be seen. With `stub`: which message (as `name_of` says it), whose, and when, ms."""

    verdict: Verdict
    thread: Thread | None = None
    message: str | None = None
    direction: Direction = "in"
    at: int | None = None


def decide(
    exclusions: Exclusions, own: str, cmd: int, listed: str | None, item: object, received_at: int | None = None
) -> Decision:
    """What of an item goes into the journal. `listed`: the name under which it stood in its frame; `item` as JSON;
    `received_at` in ms.

    `nothing`: of a private thread, and no message (who read what there is nobody's business).
    """
    thread = thread_of(own, cmd, listed, item)
    fields = _fields(item)
    at = _own_time(cmd, fields, received_at)
    if exclusions.keeps_all(at):
        return Decision("keep", thread)
    if thread is None:
        return _unattributed(exclusions, own, listed, item, at)
    if exclusions.was_work(thread, at):
        return Decision("keep", thread)
    name = name_of(own, fields)
    if listed not in _MESSAGES or name is None or _text(fields.get("msgType")) == RECALL:
        return Decision("nothing", thread)
    direction: Direction = "out" if _is_own(_text(fields.get("uidFrom")), own) else "in"
    return Decision("stub", thread, name, direction, _number(fields.get("ts")))


def thread_of(own: str, cmd: int, listed: str | None, item: object) -> Thread | None:
    """None: it names no thread, or might be of more than one."""
    fields = _fields(item)
    if not fields:
        return None
    if listed in _MESSAGES or listed in _REACTIONS:
        group = _MESSAGES[listed] if listed in _MESSAGES else _REACTIONS[listed]
        # What else comes under these names by other commands is not known well enough.
        return _between(own, fields, group) if cmd in (GROUP_COMMANDS if group else DIRECT_COMMANDS) else None
    if listed in _RECEIPTS:
        return _of_receipt(own, listed, fields)
    if listed == "controls":
        return _of_control(own, fields)
    return None


def name_of(own: str, fields: Mapping[str, Any]) -> str | None:
    """The id by which the store knows a message: the writer's own, where it gave one."""
    client = _text(fields.get("cliMsgId"))
    if client not in (None, "", SELF):
        writer = _text(fields.get("uidFrom")) or SELF
        return f"{own if writer == SELF else writer}:{client}"
    given = _text(fields.get("msgId"))
    return f"m:{given}" if given not in (None, "", SELF) else None


def _own_time(cmd: int, fields: Mapping[str, Any], received_at: int | None) -> int | None:
    """When it was said. What comes live and does not say so is of now; of old pages nobody can tell."""
    told = _number(fields.get("ts"))
    latest = received_at + _AHEAD_MS if received_at is not None else None
    if told is not None and told >= _OLDEST_MS and (latest is None or told <= latest):
        return told
    return None if cmd in OLD_COMMANDS else received_at


def _not_before(at: int | None, since: int | None) -> bool:
    return since is None or (at is not None and at >= since)


def _unattributed(exclusions: Exclusions, own: str, listed: str | None, item: object, at: int | None) -> Decision:
    if listed == "controls" and _fields(_fields(item).get("content")).get("act_type") == "file_done":
        return Decision("keep")  # the platform's word that a file of ours is up: it says nothing of anybody
    named = {one for one in _named(item) if not _is_own(one, own)}
    work = {thread.key for thread in exclusions.work if exclusions.was_work(thread, at)}
    fields = _fields(item)
    whole = _text(fields.get("uidFrom")) is not None and _text(fields.get("idTo")) is not None
    if whole and named and named <= work:
        return Decision("keep")
    return Decision("seal")


def _between(own: str, fields: Mapping[str, Any], group: bool) -> Thread | None:
    writer, reader = _text(fields.get("uidFrom")), _text(fields.get("idTo"))
    if group:
        return Thread(reader, True) if reader and not _is_own(reader, own) else None
    if not writer or not reader:
        return None
    other = reader if _is_own(writer, own) else writer
    return Thread(own if _is_own(other, own) else other, False)


def _of_receipt(own: str, listed: str | None, fields: Mapping[str, Any]) -> Thread | None:
    group = _text(fields.get("groupId"))
    if group and group != SELF:
        return Thread(group, True)
    if listed == "groupSeens":
        return None
    if listed == "seens":
        person = _text(fields.get("idTo"))
    else:
        people = _list(fields.get("deliveredUids")) or _list(fields.get("seenUids"))
        person = _text(people[0]) if len(people) == 1 else None
    return Thread(person, False) if person and not _is_own(person, own) else None


def _of_control(own: str, fields: Mapping[str, Any]) -> Thread | None:
    content = _fields(fields.get("content"))
    data = content.get("data")
    if isinstance(data, str) and data.lstrip().startswith("{"):
        data = _read(data)
    match content.get("act_type"):
        case "group":
            group = _text(_fields(data).get("groupId"))
            return Thread(group, True) if group else None
        case "fr":
            if isinstance(data, str | int):
                person = _text(data)
                return Thread(person, False) if person and not _is_own(person, own) else None
            people = [_text(_fields(data).get(one)) for one in ("fromUid", "toUid", "uid")]
            others = {one for one in people if one and not _is_own(one, own)}
            return Thread(others.pop(), False) if len(others) == 1 else None
        case _:
            return None


def _named(item: object) -> Iterator[str]:
    """Whom an item names, wherever it does."""
    if isinstance(item, Mapping):
        for key, value in cast("Mapping[str, Any]", item).items():
            found = _text(value) if key in _IDS else None
            if found:
                yield found
            yield from _named(value)
    elif isinstance(item, list):
        for one in cast("list[Any]", item):
            yield from _named(one)


def _is_own(uid: str | None, own: str) -> bool:
    return uid in (SELF, own)


def _fields(value: object) -> Mapping[str, Any]:
    return cast("Mapping[str, Any]", value) if isinstance(value, Mapping) else {}


def _list(value: object) -> list[Any]:
    return cast("list[Any]", value) if isinstance(value, list) else []


def _text(value: object) -> str | None:
    if isinstance(value, bool) or not isinstance(value, str | int):
        return None
    return str(value)


def _number(value: object) -> int | None:
    try:
        return int(cast("str", value))
    except (TypeError, ValueError):
        return None


def _read(value: str) -> object:
    try:
        return msgspec.json.decode(value)
    except msgspec.DecodeError:
        return None
