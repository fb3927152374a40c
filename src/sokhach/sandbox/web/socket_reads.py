"""What a client asks over the socket: pings, old messages, old reactions."""

from typing import Any

from sokhach.sandbox.web import frames
from sokhach.sandbox.web.archive import BEYOND
from sokhach.sandbox.web.frames import Opcode
from sokhach.sandbox.web.messages import reaction_item
from sokhach.sandbox.web.platform import WebPlatform
from sokhach.sandbox.web.sockets import Connection, Parcel

OLD = {frames.OLD_MESSAGES: (False, "msgs"), frames.OLD_GROUP_MESSAGES: (True, "groupMsgs")}
OLD_REACTIONS = {frames.OLD_REACTIONS: (False, "reacts"), frames.OLD_GROUP_REACTIONS: (True, "reactGroups")}


def read(web: WebPlatform, connection: Connection, opcode: Opcode, body: dict[str, Any]) -> None:
    """Unknown requests are ignored, as are pings, which keep the line busy and nothing else."""
    if opcode in OLD:
        connection.put(_old_messages(web, connection, opcode, body))
    elif opcode in OLD_REACTIONS:
        connection.put(_old_reactions(web, connection, opcode, body))


def _old_messages(web: WebPlatform, connection: Connection, opcode: Opcode, body: dict[str, Any]) -> Parcel:
    """The page before `lastId`, newest first; only what came since this sign-in, and two weeks at most."""
    is_group, listing = OLD[opcode]
    uid, since_ms = connection.uid, connection.session.began_ms
    messages, more = web.archive.old(uid, is_group=is_group, since_ms=since_ms, before=_before(web, body))
    items = [web.delivery.item(message, uid, old=True) for message in messages]
    return Parcel(opcode, listing, items, data=_about(body, more=more), alone=True)


def _old_reactions(web: WebPlatform, connection: Connection, opcode: Opcode, body: dict[str, Any]) -> Parcel:
    is_group, listing = OLD_REACTIONS[opcode]
    uid, since_ms = connection.uid, connection.session.began_ms
    events = web.archive.old_reactions(uid, is_group=is_group, since_ms=since_ms, before=_before(web, body))
    items = [
        reaction_item(event, web.archive.message(event.msg_id), uid, web.users.user(event.uid).name) for event in events
    ]
    return Parcel(opcode, listing, items, data=_about(body, more=False), alone=True)


def _before(web: WebPlatform, body: dict[str, Any]) -> int | None:
    """By either id; an unknown one is taken for a place in the row."""
    last_id = body.get("lastId")
    if last_id is None or not str(last_id).isdecimal():
        return None
    message = web.archive.find(last_id)
    return min(int(last_id), BEYOND) if message is None else message.msg_id


def _about(body: dict[str, Any], *, more: bool) -> dict[str, Any]:
    return {"more": int(more), "req_id": body.get("req_id", "")}
