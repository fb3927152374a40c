"""Ground truth: everything the platform holds of one account, for tests to compare with."""

from typing import Any

from sokhach.sandbox.web.messages import WebMessage
from sokhach.sandbox.web.platform import WebPlatform

MOST = 100_000


def shown(web: WebPlatform, uid: str) -> dict[str, Any]:
    """`lost`: no web session is ever given the message again, whatever it asks."""
    user = web.users.user(uid)
    connection = web.sockets.of(uid)
    sessions = web.sessions.of_user(uid)
    threads: list[dict[str, Any]] = [
        {
            "thread": each.thread,
            "group": each.is_group,
            "unread": each.unread,
            "messages": [
                _message(web, uid, message)
                for message in web.archive.thread(uid, each.thread, is_group=each.is_group, limit=MOST)
            ],
        }
        for each in web.archive.threads(uid)
    ]
    return {
        "user": user,
        "connected": connection is not None and not connection.silent,
        "frames": 0 if connection is None else connection.frames,
        "sessions": [
            {
                "session_id": session.session_id, "began_ms": session.began_ms, "issued_ms": session.issued_ms,
                "expires_ms": session.expires_ms, "ended": session.ended, "imei": session.imei,
                "user_agent": session.user_agent,
            }
            for session in sessions
        ],
        "friends": [
            {"uid": friend.uid, "name": friend.name, "alias": web.users.alias(uid, friend.uid)}
            for friend in web.users.friends(uid)
        ],
        "requests": {"sent": web.users.requests_of(uid), "received": web.users.requests_to(uid)},
        "groups": [
            {"gid": each.gid, "name": web.groups.group(each.gid).name, "members": web.groups.uids(each.gid)}
            for each in web.groups.of_user(uid)
        ],
        "labels": web.labels.of(uid),
        "threads": threads,
    }  # fmt: skip


def _message(web: WebPlatform, uid: str, message: WebMessage) -> dict[str, Any]:
    reactions: dict[str, str] = {}
    for event in web.archive.reactions(message.msg_id):
        reactions[event.uid] = event.icon
    return {
        "msg_id": str(message.msg_id),
        "other_id": str(message.other_id),
        "cli_msg_id": message.cli_msg_id,
        "from": message.from_uid,
        "type": message.msg_type,
        "content": message.body,
        "ts": message.ts_ms,
        "by_phone": message.by_phone,
        "quote": None if message.quote_id is None else str(message.quote_id),
        "mentions": message.mentions,
        "recalled": message.recalled_ms,
        "reactions": {person: icon for person, icon in reactions.items() if icon},
        "receipts": web.archive.receipts(message.msg_id),
        "lost": web.archive.is_lost(message.msg_id, uid),
    }
