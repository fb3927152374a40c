"""Sending: words, quotes, mentions, stickers, links; recall, deletion, reactions, receipts, typing."""

from typing import Any

import msgspec

from sokhach.sandbox.web import codes
from sokhach.sandbox.web.calls import Call, answers, decoded
from sokhach.sandbox.web.codes import WebRefusal
from sokhach.sandbox.web.contents import Content
from sokhach.sandbox.web.messages import MSG_TYPES, Mention, WebMessage
from sokhach.sandbox.web.recipients import group_of, person_of, target_of

RECALL_MS = 24 * 3_600_000
MOST_AT_ONCE = 50


class Named(msgspec.Struct):
    """A message in a list of receipts: its ids, who sent it, where to."""

    cmi: str
    gmi: str
    si: str
    di: str
    mt: str


class SeenList(msgspec.Struct):
    data: list[Named]
    senderId: str | None = None
    grid: str | None = None


class Target(msgspec.Struct):
    gMsgID: int
    cMsgID: int
    msgType: int


class Reaction(msgspec.Struct):
    rMsg: list[Target]
    rIcon: str
    rType: int
    source: int


class Deletion(msgspec.Struct):
    cliMsgId: str
    globalMsgId: str
    ownerId: str
    destId: str


def send(call: Call, thread: str, content: Content, *, group: bool, **more: Any) -> dict[str, int]:
    """`ttl` and `clientId` are common to everything that is sent."""
    ttl = call.number("ttl") if "ttl" in call.params else 0
    message = call.web.talk.post(
        call.uid, thread, content, group=group, cli_msg_id=call.identifier("clientId"), ttl=ttl, by_web=True, **more
    )
    return {"msgId": message.msg_id}


@answers("chat", "POST", "/api/message/sms")
async def direct_text(call: Call) -> Any:
    call.own_device(required=True)
    return send(call, person_of(call, "toid"), ("webchat", _words(call)), group=False)


@answers("chat", "POST", "/api/message/quote")
async def direct_quote(call: Call) -> Any:
    call.own_device(required=True)
    to = person_of(call, "toid")
    return send(call, to, ("webchat", _words(call)), group=False, quote=_quoted(call, to).msg_id)


@answers("group", "POST", "/api/group/sendmsg")
async def group_text(call: Call) -> Any:
    call.number("visibility")
    return send(call, group_of(call), ("webchat", _words(call)), group=True)


@answers("group", "POST", "/api/group/mention")
async def group_mention(call: Call) -> Any:
    gid, words = group_of(call), _words(call)
    return send(call, gid, ("webchat", words), group=True, mentions=mentioned(call, gid, words))


@answers("group", "POST", "/api/group/quote")
async def group_quote(call: Call) -> Any:
    gid, words = group_of(call), _words(call)
    mentions = mentioned(call, gid, words) if "mentionInfo" in call.params else []
    quoted = _quoted(call, gid).msg_id
    return send(call, gid, ("webchat", words), group=True, quote=quoted, mentions=mentions)


def _words(call: Call) -> str:
    words = call.text("message")
    if not words.strip():
        raise codes.invalid("message")
    return words


def mentioned(call: Call, gid: str, words: str) -> list[Mention]:
    """Positions are counted in UTF-16, as in a browser."""
    mentions: list[Mention] = call.nested("mentionInfo", list[Mention])
    length = len(words.encode("utf-16-le")) // 2
    members = set(call.web.groups.uids(gid))
    for mention in mentions:
        inside = mention.pos >= 0 and mention.len > 0 and mention.pos + mention.len <= length
        everyone = mention.uid == "-1" and mention.type == 1
        if not inside or not (everyone or (mention.uid in members and mention.type == 0)):
            raise codes.invalid("mentionInfo")
    if not mentions:
        raise codes.invalid("mentionInfo")
    return mentions


def _quoted(call: Call, thread: str) -> WebMessage:
    """A message of this thread, whose author, client id, type and time the caller knows."""
    quoted = call.web.archive.visible(call.identifier("qmsgId"), call.uid, thread)
    if quoted is None:
        raise codes.invalid("qmsgId")
    known = {
        "qmsgOwner": quoted.from_uid,
        "qmsgCliId": quoted.cli_msg_id,
        "qmsgTs": str(quoted.ts_ms),
        "qmsgType": str(MSG_TYPES.get(quoted.msg_type, 1)),
    }
    for name, wanted in known.items():
        if call.identifier(name) != wanted:
            raise codes.invalid(name)
    call.text("qmsg", empty=True)
    return quoted


@answers("chat", "POST", "/api/message/sticker")
async def direct_sticker(call: Call) -> Any:
    return send(call, person_of(call, "toid"), _sticker(call), group=False)


@answers("group", "POST", "/api/group/sticker")
async def group_sticker(call: Call) -> Any:
    return send(call, group_of(call), _sticker(call), group=True)


def _sticker(call: Call) -> Content:
    call.own_device()
    return call.web.contents.sticker(
        call.number("stickerId", least=1), call.number("cateId"), call.number("type", least=1)
    )


@answers("chat", "POST", "/api/message/link")
async def direct_link(call: Call) -> Any:
    return send(call, person_of(call, "toId"), _link(call), group=False)


@answers("group", "POST", "/api/group/sendlink")
async def group_link(call: Call) -> Any:
    return send(call, group_of(call), _link(call), group=True)


def _link(call: Call) -> Content:
    href = call.text("href")
    if "://" not in href:
        raise codes.invalid("href")
    return call.web.contents.link(
        href, title=call.text("title", empty=True), description=call.text("desc", empty=True), words=call.text("msg")
    )


# Recall and deletion


@answers("chat", "POST", "/api/message/undo")
async def direct_undo(call: Call) -> Any:
    return _undo(call, person_of(call, "toid", to_send=False))


@answers("group", "POST", "/api/group/undomsg")
async def group_undo(call: Call) -> Any:
    call.own_device(required=True)
    return _undo(call, group_of(call))


def _undo(call: Call, thread: str) -> dict[str, int]:
    """Within a day, one's own only, named by both ids."""
    call.identifier("clientId")
    message = call.web.archive.visible(call.identifier("msgId"), call.uid, thread)
    if message is None or message.cli_msg_id != call.identifier("cliMsgIdUndo"):
        raise codes.invalid("msgId")
    if message.from_uid != call.uid:
        raise WebRefusal(codes.RECALL_LATE, "Bạn chỉ có thể thu hồi tin nhắn của mình")
    if call.web.clock.now_ms() - message.ts_ms > RECALL_MS:
        raise WebRefusal(codes.RECALL_LATE, "Tin nhắn đã quá thời gian thu hồi")
    call.web.talk.recall(call.uid, message.msg_id)
    return {"status": 0}


@answers("chat", "POST", "/api/message/delete")
async def direct_delete(call: Call) -> Any:
    call.own_device(required=True)
    return _delete(call, person_of(call, "toid", to_send=False))


@answers("group", "POST", "/api/group/deletemsg")
async def group_delete(call: Call) -> Any:
    return _delete(call, group_of(call))


def _delete(call: Call, thread: str) -> dict[str, int]:
    """For the account itself only; for everybody there is the recall."""
    if call.params.get("onlyMe") != 1:
        raise codes.invalid("onlyMe")
    doomed: list[Deletion] = call.listed("msgs", list[Deletion])
    found = [call.web.archive.visible(each.globalMsgId, call.uid, thread) for each in doomed]
    if not found or None in found:
        raise codes.invalid("msgs")
    for message in found:
        if message is not None:
            call.web.archive.delete_for(message, call.uid)
    return {"status": 0}


# Reactions, receipts, typing


@answers("reaction", "POST", "/api/message/reaction")
async def direct_reaction(call: Call) -> Any:
    return _react(call, person_of(call, "toid", to_send=False))


@answers("reaction", "POST", "/api/group/reaction")
async def group_reaction(call: Call) -> Any:
    call.own_device(required=True)
    return _react(call, group_of(call))


class ReactionEntry(msgspec.Struct):
    message: str
    clientId: int | str


def _react(call: Call, thread: str) -> dict[str, str]:
    entries: list[ReactionEntry] = call.listed("react_list", list[ReactionEntry])
    wanted: list[tuple[WebMessage, Reaction, str]] = []
    for entry in entries:
        reaction: Reaction = decoded(entry.message, Reaction, "react_list")
        for target in reaction.rMsg:
            message = call.web.archive.visible(target.gMsgID, call.uid, thread)
            if message is None or str(target.cMsgID) != message.cli_msg_id:
                raise codes.invalid("gMsgID")
            wanted.append((message, reaction, str(entry.clientId)))
    if not wanted:
        raise codes.invalid("react_list")
    events = [
        call.web.talk.react(
            call.uid, message.msg_id, reaction.rIcon, kind=reaction.rType, source=reaction.source, cli_msg_id=client_id
        )
        for message, reaction, client_id in wanted
    ]
    return {"msgIds": msgspec.json.encode(events).decode()}


@answers("chat", "POST", "/api/message/seenv2")
async def direct_seen(call: Call) -> Any:
    listed: SeenList = call.nested("msgInfos", SeenList)
    thread = listed.senderId or ""
    return _seen(call, listed, thread)


@answers("group", "POST", "/api/group/seenv2")
async def group_seen(call: Call) -> Any:
    call.own_device(required=True)
    listed: SeenList = call.nested("msgInfos", SeenList)
    return _seen(call, listed, target_of(call, listed.grid or "", group=True))


def _seen(call: Call, listed: SeenList, thread: str) -> dict[str, int]:
    messages = _received(call, listed, thread)
    call.web.talk.mark_seen(call.uid, messages)
    return {"status": 0}


def _received(call: Call, listed: SeenList, thread: str) -> list[WebMessage]:
    """Between 1 and 50 messages of others, all of the one thread."""
    if not 1 <= len(listed.data) <= MOST_AT_ONCE:
        raise codes.invalid("msgInfos")
    messages: list[WebMessage] = []
    for named in listed.data:
        message = call.web.archive.visible(named.gmi, call.uid, thread)
        if message is None or named.cmi != message.cli_msg_id or message.from_uid == call.uid:
            raise codes.invalid("msgInfos")
        messages.append(message)
    return messages


@answers("chat", "POST", "/api/message/deliveredv2")
async def direct_delivered(call: Call) -> Any:
    listed: SeenList = call.nested("msgInfos", SeenList)
    sender = listed.data[0].si if listed.data else ""
    return _delivered(call, _received(call, listed, sender))


@answers("group", "POST", "/api/group/deliveredv2")
async def group_delivered(call: Call) -> Any:
    call.own_device(required=True)
    listed: SeenList = call.nested("msgInfos", SeenList)
    return _delivered(call, _received(call, listed, target_of(call, listed.grid or "", group=True)))


def _delivered(call: Call, messages: list[WebMessage]) -> dict[str, int]:
    call.web.talk.mark_delivered(call.uid, messages)
    return {"status": 0}


@answers("chat", "POST", "/api/message/typing")
async def direct_typing(call: Call) -> Any:
    call.own_device(required=True)
    call.number("destType")
    call.web.talk.typing(call.uid, person_of(call, "toid", to_send=False))
    return {"status": 0}


@answers("group", "POST", "/api/group/typing")
async def group_typing(call: Call) -> Any:
    call.own_device(required=True)
    call.web.talk.typing(call.uid, group_of(call), group=True)
    return {"status": 0}


@answers("chat", "GET", "/keepalive", in_the_open=True)
async def keep_alive(call: Call) -> Any:
    call.own_device(required=True)
    return {"config_vesion": 1}
