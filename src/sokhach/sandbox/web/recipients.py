"""Who may be written to."""

from sokhach.sandbox.web import codes
from sokhach.sandbox.web.calls import Call


def person_of(call: Call, name: str, *, to_send: bool = True) -> str:
    """The uid in a parameter: a text, of somebody else who exists."""
    return target_of(call, call.text(name), group=False, to_send=to_send)


def group_of(call: Call, name: str = "grid") -> str:
    """A group to which the account belongs."""
    return target_of(call, call.text(name), group=True)


def target_of(call: Call, thread: str, *, group: bool, to_send: bool = True) -> str:
    if group:
        return _group(call, thread)
    users = call.web.users
    person = users.find(thread)
    if person is None or thread == call.uid:
        raise codes.invalid("toid")
    if to_send:
        _may_write(call, thread)
    return thread


def _group(call: Call, gid: str) -> str:
    groups = call.web.groups
    if groups.find(gid) is None:
        raise codes.invalid("grid")
    if not groups.is_member(gid, call.uid):
        raise codes.not_in_group()
    return gid


def _may_write(call: Call, other: str) -> None:
    """Blocked people and strangers. A stranger is no friend and has never written; so many of them a day."""
    users = call.web.users
    if users.blocks(other, call.uid) or users.blocks(call.uid, other):
        raise codes.blocked()
    if users.are_friends(call.uid, other) or call.web.archive.wrote_to(other, call.uid):
        return
    person, caller = users.user(other), users.user(call.uid)
    if not person.accepts_strangers or users.strangers_today(call.uid, other) >= caller.strangers_per_day:
        raise codes.stranger()
    users.note_stranger(call.uid, other)
