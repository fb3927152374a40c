"""Messages as the platform names them in answers to questions: which, in what thread, when. Pure."""

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Any, NamedTuple, cast

from sokhach.channels.zalo_personal.private.rules import SELF, Thread, name_of

DIRECT, GROUP = 501, 521
_NO_MESSAGE = frozenset({"chat.undo", "chat.delete", "chat.reaction", "chat.todo"})


class Named(NamedTuple):
    """`name` and `alias`: by which the store would know it. `item`: as the platform gave it; `given`: with what was
    said, so that nothing more has to be asked."""

    name: str
    alias: str | None
    thread: Thread
    inbound: bool
    sent_at: datetime
    given: bool
    item: Mapping[str, Any]


def named_in(own: str, answer: object, groups: frozenset[str] = frozenset()) -> list[Named]:
    """All messages anywhere in an answer, each once. What stands below a name with «group» in it is of groups; where
    nothing says so, `groups` (ids) and the rule that a direct message has the account at one end."""
    found: dict[str, Named] = {}
    for item, in_group in _messages(answer, None):
        one = _named(own, item, in_group, groups)
        if one is not None:
            found.setdefault(one.name, one)
    return list(found.values())


def _messages(value: object, in_group: bool | None) -> Iterator[tuple[Mapping[str, Any], bool | None]]:
    if isinstance(value, list):
        for one in cast("list[Any]", value):
            yield from _messages(one, in_group)
    elif isinstance(value, Mapping):
        fields = cast("Mapping[str, Any]", value)
        if "msgId" in fields and "uidFrom" in fields and "idTo" in fields:
            yield fields, in_group
            return
        said = fields.get("isGroup")
        for key, one in fields.items():
            below = said if isinstance(said, bool) else in_group
            yield from _messages(one, True if "group" in key.lower() and key != "isGroup" else below)


def _named(own: str, item: Mapping[str, Any], in_group: bool | None, groups: frozenset[str]) -> Named | None:
    name, sent_at = name_of(own, item), _moment(item.get("ts"))
    writer, reader = str(item.get("uidFrom")), str(item.get("idTo"))
    content = item.get("content")
    if name is None or sent_at is None or item.get("msgType") in _NO_MESSAGE or _is_recall(content):
        return None
    mine, to_me = writer in (SELF, own), reader in (SELF, own)
    group = in_group if in_group is not None else reader in groups or (not mine and not to_me)
    other = reader if mine or group else writer
    alias = f"m:{item['msgId']}" if str(item.get("msgId")) not in ("", SELF) else None
    return Named(
        name=name,
        alias=alias if alias != name else None,
        thread=Thread(own if other == SELF else other, group),
        inbound=not mine,
        sent_at=sent_at,
        given=content is not None and content != "" and item.get("msgType") is not None,
        item=item,
    )


def _is_recall(content: object) -> bool:
    return isinstance(content, Mapping) and "deleteMsg" in content


def _moment(ts: object) -> datetime | None:
    try:
        return datetime.fromtimestamp(int(cast("str", ts)) / 1000, UTC)
    except (TypeError, ValueError, OverflowError, OSError):
        return None
