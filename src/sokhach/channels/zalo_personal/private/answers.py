"""Answers about people, groups and labels, without those who are private. Pure."""

from collections.abc import Callable, Mapping
from typing import Any, cast

from sokhach.channels.zalo_personal.journalled import AnswerKind
from sokhach.channels.zalo_personal.private.rules import Exclusions, Thread

_PEOPLE = ("userId", "uid", "user_id", "id")
GROUP_PREFIX = "g"


def without_private(exclusions: Exclusions, kind: AnswerKind, data: Any) -> Any:
    """`data` in its own shape: a list stays a list, a map by id stays a map. What has no id that can be read goes."""
    if exclusions.sim == "company":
        return data
    work = exclusions.work

    def knows(one: str) -> bool:
        return Thread(one, kind == "groups") in work

    if kind == "labels":
        return _labels(exclusions, data)
    return _only(data, knows)


def _only(data: Any, knows: Callable[[str], bool]) -> Any:
    if isinstance(data, list):
        return [one for one in cast("list[Any]", data) if knows(_id(one))]
    if isinstance(data, Mapping):
        found = cast("Mapping[str, Any]", data)
        if _id(found):
            return found if knows(_id(found)) else {}
        # Maps whose keys are the ids, and answers that hold a list or such a map under a name of their own.
        return {
            key: value if _is_id(key) else _only(value, knows)
            for key, value in found.items()
            if (knows(key.removesuffix("_0")) if _is_id(key) else isinstance(value, list | Mapping))
        }
    return None


def _labels(exclusions: Exclusions, data: Any) -> Any:
    """Only labels that somebody of work carries: how the holder calls others is as private as they are."""
    if isinstance(data, list):
        kept = [_labels(exclusions, one) for one in cast("list[Any]", data)]
        return [one for one in kept if isinstance(one, list | Mapping) and one]
    if not isinstance(data, Mapping):
        return None
    found = dict(cast("Mapping[str, Any]", data))
    if "conversations" in found or "text" in found:
        listed = found.get("conversations")
        carried = cast("list[Any]", listed) if isinstance(listed, list) else []
        work = [one for one in carried if _thread(str(one)) in exclusions.work]
        # A group carries no tag here, so its labels need no name.
        return found | {"conversations": work} if any(not _thread(str(one)).group for one in work) else {}
    return {
        key: _labels(exclusions, value) if isinstance(value, list | Mapping) else value for key, value in found.items()
    }


def _thread(name: str) -> Thread:
    return Thread(name.removeprefix(GROUP_PREFIX), name.startswith(GROUP_PREFIX))


def _id(one: Any) -> str:
    fields: Mapping[str, Any] = cast("Mapping[str, Any]", one) if isinstance(one, Mapping) else {}
    for name in _PEOPLE:
        if isinstance(fields.get(name), str | int):
            return str(fields[name])
    return ""


def _is_id(key: str) -> bool:
    return key.removesuffix("_0").isdigit()
