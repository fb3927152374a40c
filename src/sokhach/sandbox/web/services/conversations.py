"""The newest message of each thread, labels, stickers, and what a page asks for besides."""

from typing import Any
from urllib.parse import urlsplit

import msgspec

from sokhach.sandbox.drawing import STICKER_IDS
from sokhach.sandbox.web import codes
from sokhach.sandbox.web.calls import Call, answers
from sokhach.sandbox.web.labels import Label, LabelList

MOST_THREADS = 500


@answers("conversation", "GET", "/api/preloadconvers/get-last-msgs")
async def last_messages(call: Call) -> Any:
    """Of a message whose frame was lost for ever, everything but what was said."""
    call.own_device(required=True)
    call.nested("threadIdLocalMsgId", dict[str, Any])
    found: dict[bool, list[dict[str, Any]]] = {False: [], True: []}
    archive = call.web.archive
    for thread in archive.threads(call.uid)[:MOST_THREADS]:
        if thread.is_group and not call.web.groups.is_member(thread.thread, call.uid):
            continue
        message = archive.message(thread.last_msg_id)
        item = call.web.delivery.item(message, call.uid, unread=thread.unread, old=True)
        if archive.is_lost(message.msg_id, call.uid):
            item["content"] = None
        found[thread.is_group].append(item)
    return {"msgs": found[False], "groupMsgs": found[True]}


@answers("label", "GET", "/api/convlabel/get")
async def labels(call: Call) -> Any:
    call.own_device(required=True)
    return _shown(call.web.labels.of(call.uid))


@answers("label", "POST", "/api/convlabel/update")
async def set_labels(call: Call) -> Any:
    """The whole list, by who knows today's version."""
    call.own_device(required=True)
    wanted: list[Label] = call.nested("labelData", list[Label])
    version = call.number("version")
    for label in wanted:
        for conversation in label.conversations:
            gid = conversation.removeprefix("g")
            known = call.web.groups.find(gid) if gid != conversation else call.web.users.find(conversation)
            if known is None:
                raise codes.invalid("conversations")
    return _shown(call.web.labels.replace(call.uid, wanted, version))


def _shown(known: LabelList) -> dict[str, Any]:
    return {
        "labelData": msgspec.json.encode(known.labels).decode(),
        "version": known.version,
        "lastUpdateTime": known.changed_ms,
    }


@answers("sticker", "GET", "/api/message/sticker/suggest/stickers")
async def find_stickers(call: Call) -> Any:
    call.own_device(required=True)
    call.text("keyword")
    stickers = [{"type": 7, "cate_id": 10, "sticker_id": int(number)} for number in STICKER_IDS]
    return {"sugg_sticker": stickers, "sugg_guggy": None, "sugg_gif": None}


@answers("sticker", "GET", "/api/message/sticker/sticker_detail")
async def sticker(call: Call) -> Any:
    number = call.number("sid", least=1)
    if str(number) not in STICKER_IDS:
        raise codes.invalid("sid")
    url = f"{call.web.base_url}/cdn/stickers/{number}.png"
    return {
        "id": number, "cateId": 10, "type": 7, "text": "", "uri": "", "fkey": 0, "status": 1, "stickerUrl": url,
        "stickerSpriteUrl": url, "stickerWebpUrl": None, "totalFrames": 1, "duration": 0, "effectId": 0,
        "checksum": "", "ext": 0, "source": 0, "fss": None, "fssInfo": None, "version": 1, "extInfo": None,
    }  # fmt: skip


@answers("file", "GET", "/api/message/parselink")
async def parse_link(call: Call) -> Any:
    call.own_device(required=True)
    link = call.text("link")
    parts = urlsplit(link)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise codes.invalid("link")
    media = {"type": 0, "count": 0, "mediaTitle": "", "artist": "", "streamUrl": "", "stream_icon": ""}
    data = {
        "thumb": "", "title": parts.hostname, "desc": "", "src": parts.hostname, "href": link, "media": media,
        "stream_icon": "",
    }  # fmt: skip
    return {"data": data, "error_maps": {}}
