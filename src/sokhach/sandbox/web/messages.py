"""Messages of personal accounts as they are kept, and as a session sees them."""

from typing import Any

import msgspec

MSG_TYPES: dict[str, int] = {
    "webchat": 1, "chat.voice": 31, "chat.photo": 32, "chat.sticker": 36, "chat.doodle": 37, "chat.recommended": 38,
    "chat.link": 38, "chat.location.new": 43, "chat.video.msg": 44, "share.file": 46, "chat.gif": 49,
}  # fmt: skip
"""Numbers of message types in quotes."""


class Mention(msgspec.Struct, kw_only=True):
    """`uid` "-1" = everyone (`type` 1)."""

    uid: str
    pos: int
    len: int
    type: int = 0


class WebMessage(msgspec.Struct, kw_only=True):
    """`content` is JSON text: a string for words, else an object. `to_id`: a user or a group.

    `msg_id` is the platform's id; `other_id` a second one, under which the sender's own session and old messages may
    name the same message, with `msg_id` as `realMsgId`. `recall_…`: the message that told of the recall.
    """

    msg_id: int
    other_id: int
    cli_msg_id: str
    from_uid: str
    to_id: str
    is_group: bool
    msg_type: str
    content: str
    ts_ms: int
    by_phone: bool
    quote_id: int | None = None
    mentions: list[Mention] = []
    ttl: int = 0
    recalled_ms: int | None = None
    recall_id: int | None = None
    recall_cli_id: str | None = None

    @property
    def body(self) -> Any:
        return msgspec.json.decode(self.content)

    def thread_of(self, viewer: str) -> str:
        """A group, or the other party."""
        return self.to_id if self.is_group or self.from_uid == viewer else self.from_uid

    @property
    def has_two_ids(self) -> bool:
        """Every third one, always the same."""
        return self.msg_id % 3 == 0


class ReactionEvent(msgspec.Struct, kw_only=True):
    """An empty `icon` takes the person's reaction away."""

    event_id: int
    msg_id: int
    uid: str
    icon: str
    kind: int
    source: int
    cli_msg_id: str
    at_ms: int


def envelope(
    *, viewer: str, from_uid: str, to_id: str, is_group: bool, name: str, msg_id: int, cli_msg_id: str, ts_ms: int
) -> dict[str, Any]:
    """What messages, recalls and reactions have in common. "0" stands for the session's own account."""
    return {
        "actionId": str(msg_id * 7),
        "msgId": str(msg_id),
        "cliMsgId": cli_msg_id,
        "msgType": "webchat",
        "uidFrom": "0" if from_uid == viewer else from_uid,
        "idTo": to_id if is_group or from_uid == viewer else "0",
        "dName": name,
        "ts": str(ts_ms),
        "status": 1,
        "content": "",
        "notify": "1",
        "ttl": 0,
        "userId": "0",
        "uin": "0",
        "topOut": "0",
        "topOutTimeOut": "0",
        "topOutImprTimeOut": "0",
        "paramsExt": {"countUnread": 0, "containType": 0, "platformType": 1},
        "cmd": 521 if is_group else 501,
        "st": 3,
        "at": 5,
        "realMsgId": "0",
    }


def message_item(
    message: WebMessage, viewer: str, name: str, *, unread: int, quoted: WebMessage | None, quoted_name: str, old: bool
) -> dict[str, Any]:
    """An element of `msgs` or `groupMsgs`."""
    item = envelope(
        viewer=viewer, from_uid=message.from_uid, to_id=message.to_id, is_group=message.is_group, name=name,
        msg_id=message.msg_id, cli_msg_id=message.cli_msg_id, ts_ms=message.ts_ms,
    )  # fmt: skip
    if message.has_two_ids and (old or message.from_uid == viewer):
        item |= {"msgId": str(message.other_id), "realMsgId": str(message.msg_id)}
    item |= {"msgType": message.msg_type, "content": message.body, "ttl": message.ttl}
    item["paramsExt"]["countUnread"] = unread
    if message.msg_type == "webchat":
        item["propertyExt"] = {"color": 0, "size": 0, "type": 0, "subType": 0, "ext": '{"shouldParseLinkOrContact":0}'}
    if quoted is not None:
        item["quote"] = quote_of(quoted, quoted_name)
    if message.is_group and message.mentions:
        item["mentions"] = message.mentions
    return item


def quote_of(quoted: WebMessage, name: str) -> dict[str, Any]:
    """The owner's id is a number here, beyond what a double holds."""
    body = quoted.body
    words = isinstance(body, str)
    return {
        "ownerId": int(quoted.from_uid),
        "cliMsgId": int(quoted.cli_msg_id),
        "globalMsgId": quoted.msg_id,
        "cliMsgType": MSG_TYPES.get(quoted.msg_type, 1),
        "ts": quoted.ts_ms,
        "msg": body if words else str(body.get("title", "")),
        "attach": "" if words else quoted.content,
        "fromD": name,
        "ttl": quoted.ttl,
    }


def recall_item(message: WebMessage, viewer: str, name: str) -> dict[str, Any]:
    assert message.recall_id is not None
    assert message.recall_cli_id is not None
    item = envelope(
        viewer=viewer, from_uid=message.from_uid, to_id=message.to_id, is_group=message.is_group, name=name,
        msg_id=message.recall_id, cli_msg_id=message.recall_cli_id, ts_ms=message.recalled_ms or message.ts_ms,
    )  # fmt: skip
    content = {
        "globalMsgId": message.msg_id, "cliMsgId": int(message.cli_msg_id), "deleteMsg": 0, "srcId": 0, "destId": 0,
    }  # fmt: skip
    return item | {"msgType": "chat.undo", "content": content}


def reaction_item(event: ReactionEvent, target: WebMessage, viewer: str, name: str) -> dict[str, Any]:
    """`content` is JSON text; what it names is the target, not the event's own id."""
    to_id = target.to_id if target.is_group else target.from_uid if event.uid == target.to_id else target.to_id
    item = envelope(
        viewer=viewer, from_uid=event.uid, to_id=to_id, is_group=target.is_group, name=name, msg_id=event.event_id,
        cli_msg_id=event.cli_msg_id, ts_ms=event.at_ms,
    )  # fmt: skip
    target_ids = {
        "gMsgID": target.msg_id, "cMsgID": int(target.cli_msg_id), "msgType": MSG_TYPES.get(target.msg_type, 1),
    }  # fmt: skip
    content = {"rMsg": [target_ids], "rIcon": event.icon, "rType": event.kind, "source": event.source}
    return item | {"msgType": "chat.reaction", "content": msgspec.json.encode(content).decode(), "cmd": 612}
