"""From what happens to what open sockets hear: items built for each viewer, and the faults that strike them."""

from typing import Any

from sokhach.sandbox.web import frames
from sokhach.sandbox.web.archive import Archive
from sokhach.sandbox.web.frame_faults import FrameFaults
from sokhach.sandbox.web.groups import WebGroups
from sokhach.sandbox.web.messages import ReactionEvent, WebMessage, message_item, reaction_item, recall_item
from sokhach.sandbox.web.sockets import Parcel, Sockets
from sokhach.sandbox.web.users import WebUsers


class Delivery:
    def __init__(
        self, archive: Archive, users: WebUsers, groups: WebGroups, sockets: Sockets, faults: FrameFaults
    ) -> None:
        self._archive = archive
        self._users = users
        self._groups = groups
        self._sockets = sockets
        self._faults = faults

    def audience(self, message: WebMessage) -> list[str]:
        """Everybody who has the message in a thread, its author too."""
        if message.is_group:
            return self._groups.uids(message.to_id)
        return list(dict.fromkeys((message.to_id, message.from_uid)))

    def item(self, message: WebMessage, viewer: str, *, unread: int = 0, old: bool = False) -> dict[str, Any]:
        if message.recalled_ms is not None:
            return recall_item(message, viewer, self._name(message.from_uid))
        quoted = None if message.quote_id is None else self._archive.find(message.quote_id)
        quoted_name = "" if quoted is None else self._name(quoted.from_uid)
        return message_item(
            message,
            viewer,
            self._name(message.from_uid),
            unread=unread,
            quoted=quoted,
            quoted_name=quoted_name,
            old=old,
        )

    def message(self, viewer: str, message: WebMessage, unread: int) -> None:
        if not self._listens(viewer):
            return
        opcode, listing = _kind(message)
        self._message(viewer, message, Parcel(opcode, listing, [self.item(message, viewer, unread=unread)]))

    def recall(self, viewer: str, message: WebMessage) -> None:
        if self._listens(viewer):
            opcode, listing = _kind(message)
            self._message(viewer, message, Parcel(opcode, listing, [self.item(message, viewer)]), lose=False)

    def _message(self, viewer: str, message: WebMessage, parcel: Parcel, *, lose: bool = True) -> None:
        parcels, lost = self._faults.strike(viewer, parcel)
        if lost and lose:
            self._archive.lose(message, viewer)
        for each in parcels:
            self._sockets.push(viewer, each)

    def reaction(self, viewer: str, event: ReactionEvent, target: WebMessage) -> None:
        item = self.reaction_item(event, target, viewer)
        self._push(viewer, Parcel(frames.REACTIONS, "reactGroups" if target.is_group else "reacts", [item]))

    def reaction_item(self, event: ReactionEvent, target: WebMessage, viewer: str) -> dict[str, Any]:
        return reaction_item(event, target, viewer, self._name(event.uid))

    def delivered(self, viewer: str, message: WebMessage, uids: list[str]) -> None:
        item = self._receipt(message) | {"deliveredUids": uids}
        opcode = frames.GROUP_RECEIPTS if message.is_group else frames.RECEIPTS
        self._push(viewer, Parcel(opcode, "delivereds", [item]))

    def seen(self, viewer: str, messages: list[WebMessage], reader: str) -> None:
        """The direct form names the other party and the last message; the group's each message and its readers."""
        if not messages:
            return
        if messages[0].is_group:
            items: list[dict[str, Any]] = [
                {"msgId": str(each.msg_id), "groupId": each.to_id, "seenUids": [reader]} for each in messages
            ]
            self._push(viewer, Parcel(frames.GROUP_RECEIPTS, "groupSeens", items))
            return
        last = str(messages[-1].msg_id)
        self._push(viewer, Parcel(frames.RECEIPTS, "seens", [{"idTo": reader, "msgId": last, "realMsgId": last}]))

    def typing(self, viewer: str, uid: str, gid: str | None, now_ms: int) -> None:
        fields = f'"uid":"{uid}","ts":"{now_ms}","isPC":0'
        if gid is not None:
            fields += f',"gid":"{gid}"'
        act = "typing" if gid is None else "gtyping"
        self._push(viewer, Parcel(frames.TYPING, "actions", [{"act_type": "typing", "act": act, "data": fields}]))

    def control(self, viewer: str, content: dict[str, Any]) -> None:
        self._push(viewer, Parcel(frames.CONTROLS, "controls", [{"content": content}]))

    def _push(self, viewer: str, parcel: Parcel) -> None:
        if self._listens(viewer):
            for each in self._faults.strike_other(viewer, parcel):
                self._sockets.push(viewer, each)

    def _listens(self, viewer: str) -> bool:
        return self._sockets.of(viewer) is not None

    def _receipt(self, message: WebMessage) -> dict[str, Any]:
        own_id = str(message.msg_id)
        receipt: dict[str, Any] = {"msgId": own_id, "seen": 0, "seenUids": [], "realMsgId": own_id}
        group = {"groupId": message.to_id} if message.is_group else {}
        return receipt | {"mSTs": message.ts_ms} | group

    def _name(self, uid: str) -> str:
        user = self._users.find(uid)
        return "" if user is None else user.name


def _kind(message: WebMessage) -> tuple[frames.Opcode, str]:
    return (frames.GROUP_MESSAGES, "groupMsgs") if message.is_group else (frames.MESSAGES, "msgs")
