"""What Zalo answers about people, groups, labels and requests of friendship. Of people only those come in with whom the
account has to do: being in somebody's list of friends makes nobody a customer."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from sokhach.channels.connector import (
    Inbound,
    InboundDetails,
    InboundGroup,
    InboundLabels,
    InboundMembers,
    InboundName,
    InboundProfile,
    UnparsableError,
)
from sokhach.channels.zalo_personal.inbound import happened
from sokhach.channels.zalo_personal.inbound.wire import (
    Json,
    called,
    count_of,
    digest,
    id_of,
    listed,
    mapping,
    party,
    time_of,
    web_address,
    words,
)

LONGEST_TAG = 200
OF_GROUP = "g"
"""Before a group's id among the conversations of a label."""


def answer(kind: str, data: Any, own: str, received_at: datetime) -> Sequence[Inbound]:
    """`own` is the account's uid. Raises `UnparsableError`."""
    if kind in {"friends", "profiles"}:
        return [one for user in _users(data) for one in _person(user, received_at)]
    if kind == "aliases":
        return [one for user in _each(data, "items") for one in _alias(user, received_at)]
    if kind == "requests":
        return [one for user in _each(data) for one in _request(user, received_at)]
    if kind == "groups":
        return [one for group in _each(data, "groups") for one in _group(group, own, received_at)]
    if kind == "labels":
        return [_labels(data, received_at)]
    raise UnparsableError("unknown-shape", f"an answer about {kind[:40]!r}")


def _users(data: Any) -> Iterable[Json]:
    """A list of users, or uid → user."""
    fields = mapping(data)
    for key in ("changed_profiles", "unchanged_profiles"):
        if mapping(fields.get(key)):
            fields = mapping(fields.get(key))
    if fields and id_of(fields.get("userId")) is None:
        return [{"userId": uid.partition("_")[0], **mapping(user)} for uid, user in fields.items() if mapping(user)]
    return [fields] if fields else _each(data)


def _each(data: Any, key: str = "") -> Iterable[Json]:
    found = listed(data) or listed(mapping(data).get(key))
    return [one for one in map(mapping, found) if one]


def _person(user: Json, at: datetime) -> Iterable[Inbound]:
    """`zaloName` is their own name, `displayName` what the holder calls them."""
    person = id_of(user.get("userId")) or id_of(user.get("uid"))
    own = called(user.get("zaloName")) or called(user.get("zalo_name"))
    given = called(user.get("displayName")) or called(user.get("display_name"))
    name = own or given
    if person is None or name is None:
        return
    avatar = web_address(user.get("avatar"))
    yield InboundProfile(person=person, display_name=name, avatar_url=avatar, following=None, known_only=True, at=at)
    told = {
        "alias": given if given != name else None,
        "phone": called(party(user.get("phoneNumber"))),
        "birthday": called(user.get("sdob")),
    }
    if any(told.values()):
        yield InboundDetails(person=person, known_only=True, at=at, **told)


def _alias(user: Json, at: datetime) -> Iterable[Inbound]:
    person = id_of(user.get("userId")) or id_of(user.get("uid"))
    alias = called(user.get("alias"))
    if person and alias:
        yield InboundDetails(person=person, known_only=True, alias=alias, at=at)


def _request(user: Json, at: datetime) -> Iterable[Inbound]:
    """An open one of which no event was heard. Whoever asks is somebody with whom the account has to do."""
    person, request = id_of(user.get("userId")), mapping(user.get("request"))
    if person is None or not request:
        return
    name = happened.by_whom(happened.ASKED, theirs=request.get("ours") is not True)
    asked_at, note = time_of(request.get("time"), at), words(request.get("message"))
    key = digest({"name": name, "person": person, "time": request.get("time")})
    yield from happened.friendship(name, person, note, key, asked_at)
    yield from _person(user, at)


def _group(group: Json, own: str, at: datetime) -> Iterable[Inbound]:
    """`people` are those of whom Zalo said more than the uid. A list that is shorter than `total` is not whole."""
    key = id_of(group.get("id")) or id_of(group.get("groupId"))
    name = called(group.get("name")) or called(group.get("groupName"))
    if key and name:
        yield InboundGroup(thread_key=key, name=name, at=at)
    members = dict.fromkeys(uid for one in listed(group.get("members")) if (uid := id_of(one)))
    if not key or not members:
        return
    whole = len(members) >= (count_of(group.get("total")) or 0)
    others = tuple(uid for uid in members if uid != own)
    yield InboundMembers(thread_key=key, people=others, whole=whole, at=at)
    for one in map(mapping, listed(group.get("people"))):
        uid, known_as = id_of(one.get("id")), called(one.get("name"))
        avatar = web_address(one.get("avatar"))
        if uid is None or uid == own or uid not in members or known_as is None:
            continue
        if avatar is None:
            yield InboundName(person=uid, name=known_as, at=at)
        else:
            yield InboundProfile(
                person=uid, display_name=known_as, avatar_url=avatar, following=None, known_only=True, at=at
            )


def _labels(data: Any, at: datetime) -> InboundLabels:
    """Groups carry no tags here: a tag is a customer's."""
    if not isinstance(mapping(data).get("labels"), list) and not isinstance(data, list):
        raise UnparsableError("unknown-shape", "no list of labels")
    people: dict[str, tuple[str, ...]] = {}
    for label in _each(data, "labels"):
        name = called(label.get("text"))
        if name is None or len(name) > LONGEST_TAG:
            continue
        found = [party(one) for one in listed(label.get("conversations"))]
        uids = [one for one in found if one and not one.startswith(OF_GROUP)]
        people[name] = tuple(dict.fromkeys([*people.get(name, ()), *uids]))
    return InboundLabels(people=people, at=at)
