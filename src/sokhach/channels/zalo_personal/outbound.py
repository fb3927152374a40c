"""Pure: from what is to be sent to what a session is asked to do. Raises `SendRefusedError` for what a personal account
cannot carry."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

import msgspec

from sokhach.channels.connector import SendRefusedError
from sokhach.channels.outgoing import (
    Asset,
    Outgoing,
    OutgoingMedia,
    OutgoingReaction,
    OutgoingSticker,
    OutgoingText,
)
from sokhach.channels.zalo_personal import protocol
from sokhach.channels.zalo_personal.protocol import AccountRequest, File, Mention, React, Send, Sticker, Undo
from sokhach.core.text import nfc

ALIAS = "m:"
"""Begins the names of messages that are Zalo's own ids, among those by the sender's id of a message."""

MSG_TYPES = {
    "text": "webchat",
    "image": "chat.photo",
    "gif": "chat.gif",
    "audio": "chat.voice",
    "video": "chat.video.msg",
    "sticker": "chat.sticker",
    "file": "share.file",
    "link": "chat.recommended",
    "contact_card": "chat.recommended",
    "location": "chat.location.new",
}


class Named(msgspec.Struct, frozen=True, kw_only=True):
    """A message that stands in our store, as the platform knows it. `author` is the uid of who wrote it."""

    names: Sequence[str]
    kind: str
    body: str | None
    content: Mapping[str, Any]
    author: str
    sent_at: datetime

    @property
    def msg_id(self) -> str | None:
        """Of several the first that Zalo gave: its ids grow."""
        ids = [name.removeprefix(ALIAS) for name in self.names if name.startswith(ALIAS)]
        return min(ids, key=lambda one: (len(one), one)) if ids else None

    @property
    def cli_msg_id(self) -> str | None:
        for name in self.names:
            uid, colon, cli = name.partition(":")
            if colon and cli and uid.isdecimal():
                return cli
        return None


def request_of(account_id: int, outgoing: Outgoing, *, target: Named | None, quoted: Named | None) -> AccountRequest:
    """`target` is the message that a reaction is put on, `quoted` the one that is answered."""
    where: dict[str, Any] = {
        "account": account_id,
        "thread": outgoing.thread_key,
        "group": outgoing.thread_kind == "group",
    }
    match outgoing.content:
        case OutgoingText() as content:
            return Send(
                **where,
                kind="text",
                text=nfc(content.text),
                quote=item_of(quoted, outgoing) if quoted is not None else None,
                mentions=tuple(Mention(one.uid, one.pos, one.len) for one in content.mentions),
            )
        case OutgoingMedia() as content:
            caption = nfc(content.caption) if content.caption else None
            return Send(**where, kind=content.asset.kind, text=caption, file=_file(content.asset))
        case OutgoingSticker() as content:
            return Send(**where, kind="sticker", sticker=sticker_of(content.sticker_id))
        case OutgoingReaction() as content:
            msg_id, cli_msg_id = ids_of(target)
            return React(**where, msg_id=msg_id, cli_msg_id=cli_msg_id, icon=content.icon)
        case _:
            raise SendRefusedError("unsupported", f"no {type(outgoing.content).__name__} on a personal account")


def undo_of(account_id: int, thread_key: str, group: bool, target: Named | None) -> Undo:
    """Takes a message of ours back."""
    msg_id, cli_msg_id = ids_of(target)
    return Undo(account=account_id, thread=thread_key, group=group, msg_id=msg_id, cli_msg_id=cli_msg_id)


def ids_of(target: Named | None) -> tuple[str, str]:
    """Both names by which Zalo finds a message. It tells us the second a moment after the first, by the echo."""
    msg_id = target.msg_id if target else None
    cli_msg_id = target.cli_msg_id if target else None
    if msg_id is None:
        raise SendRefusedError("unknown-message", "Zalo's id of the message is not known")
    if cli_msg_id is None:
        raise SendRefusedError("not-named-yet", "the echo has not come yet", retry_after_seconds=5)
    return msg_id, cli_msg_id


def sticker_of(sticker_id: str) -> Sticker:
    """As `id:category:type`; the last two may be missing."""
    parts = sticker_id.split(":")
    if len(parts) > 3 or not all(one.isascii() and one.isdecimal() and len(one) < 16 for one in parts):
        raise SendRefusedError("unsupported", f"no sticker: {sticker_id}")
    numbers = [*map(int, parts), 0, 0]
    return Sticker(id=numbers[0], cate_id=numbers[1], type=numbers[2] if len(parts) > 2 else 7)


def item_of(message: Named, outgoing: Outgoing, *, own: str = "") -> dict[str, Any]:
    """The data of a message as Zalo sent it, as far as we have it."""
    group = outgoing.thread_kind == "group"
    other = outgoing.thread_key if group or message.author != outgoing.thread_key else own
    return {
        "msgId": message.msg_id or "0",
        "cliMsgId": message.cli_msg_id or "0",
        "msgType": MSG_TYPES.get(message.kind, "webchat"),
        "uidFrom": message.author,
        "idTo": other,
        "content": _content(message),
        "ts": str(int(message.sent_at.timestamp() * 1000)),
        "ttl": 0,
        "st": 0,
        "at": 0,
        "cmd": 521 if group else 501,
        "propertyExt": {"color": 0, "size": 0, "type": 0, "subType": 0, "ext": ""},
    }


def _content(message: Named) -> str | dict[str, Any]:
    if message.kind == "text":
        return message.body or ""
    attachments: list[dict[str, Any]] = message.content.get("attachments") or [{}]
    first = attachments[0]
    return {
        "title": message.body or first.get("title") or first.get("name") or "",
        "description": first.get("description") or "",
        "href": first.get("url") or "",
        "thumb": first.get("thumbnail_url") or first.get("url") or "",
        "childnumber": 0,
        "action": "",
        "params": "",
        "type": "",
    }


def _file(asset: Asset) -> File:
    if asset.path is None:
        raise SendRefusedError("file-unreachable", "no bytes to send", retry_after_seconds=10)
    return File(
        path=asset.path,
        name=asset.name or f"{asset.kind}-{asset.media_id}",
        content_type=asset.content_type,
        size=asset.size_bytes,
        width=asset.width,
        height=asset.height,
    )


def seen_of(
    account_id: int, thread_key: str, group: bool, messages: Sequence[Named], *, own: str
) -> protocol.Seen | None:
    """That these were seen; None when the platform would not know any of them."""
    outgoing = Outgoing(
        thread_key=thread_key, thread_kind="group" if group else "direct", content=OutgoingText(text="")
    )
    items = [item_of(one, outgoing, own=own) for one in messages if one.msg_id and one.cli_msg_id]
    return protocol.Seen(account=account_id, thread=thread_key, group=group, messages=items) if items else None
