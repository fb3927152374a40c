"""Groups as things happen in them; each change is told to the sockets of all members, and of who left."""

from typing import Any

import msgspec

from sokhach.sandbox.accounts import NotFoundError
from sokhach.sandbox.clock import SimulatedClock
from sokhach.sandbox.web.delivery import Delivery
from sokhach.sandbox.web.groups import WebGroup, WebGroups
from sokhach.sandbox.web.users import WebUsers


class Club:
    def __init__(self, clock: SimulatedClock, users: WebUsers, groups: WebGroups, delivery: Delivery) -> None:
        self._clock = clock
        self._users = users
        self._groups = groups
        self._delivery = delivery

    def create(self, name: str, creator: str, members: list[str], gid: str | None = None) -> WebGroup:
        group = self._groups.create(name, creator, members, gid)
        self._tell(group.gid, "join", creator, self._groups.uids(group.gid))
        return group

    def join(self, gid: str, uids: list[str], actor: str) -> None:
        """Zalo also sends `join_reject`, which means nothing."""
        self._need(gid, actor)
        for uid in uids:
            self._users.user(uid)
            self._groups.add(gid, uid)
        self._tell(gid, "join", actor, uids)
        if self._groups.group(gid).approval:
            self._tell(gid, "join_reject", actor, uids)

    def ask_to_join(self, gid: str, uids: list[str]) -> None:
        self._groups.ask(gid, uids)
        now = self._clock.now_ms()
        data = {"uids": uids, "totalPending": len(uids), "groupId": gid, "time": str(now)}
        for member in self._groups.members(gid):
            if member.admin:
                self._say(member.uid, "join_request", data)

    def leave(self, gid: str, uid: str) -> None:
        self._need(gid, uid)
        self._gone(gid, "leave", uid, [uid])

    def remove(self, gid: str, uids: list[str], actor: str) -> None:
        for uid in uids:
            self._need(gid, uid)
        self._gone(gid, "remove_member", actor, uids)

    def rename(self, gid: str, name: str, actor: str) -> None:
        self._need(gid, actor)
        self._groups.rename(gid, name)
        self._tell(gid, "update", actor, [])

    def set_admin(self, gid: str, uid: str, actor: str, *, admin: bool) -> None:
        self._need(gid, uid)
        self._groups.set_admin(gid, uid, admin=admin)
        self._tell(gid, "add_admin" if admin else "remove_admin", actor, [uid])

    def _gone(self, gid: str, act: str, actor: str, uids: list[str]) -> None:
        """Those who go hear it, too."""
        audience = self._groups.uids(gid)
        for uid in uids:
            self._groups.remove(gid, uid)
        self._tell(gid, act, actor, uids, audience)

    def _need(self, gid: str, uid: str) -> None:
        self._groups.group(gid)
        if not self._groups.is_member(gid, uid):
            raise NotFoundError(f"{uid} is not in group {gid}")

    def _tell(self, gid: str, act: str, actor: str, uids: list[str], audience: list[str] | None = None) -> None:
        group = self._groups.group(gid)
        avatar = self._groups.avatar(gid)
        people = [self._users.user(uid) for uid in uids]
        data = {
            "subType": 1, "groupId": gid, "creatorId": group.creator_uid, "groupName": group.name, "sourceId": actor,
            "updateMembers": [
                {"id": each.uid, "dName": each.name, "avatar": each.avatar, "type": 1, "avatar_25": each.avatar}
                for each in people
            ],
            "groupSetting": None, "groupTopic": None, "info": None, "extraData": None,
            "time": str(self._clock.now_ms()), "avt": avatar, "fullAvt": avatar, "isAdd": 0, "hideGroupInfo": 0,
            "version": str(group.version), "groupType": 1,
        }  # fmt: skip
        for viewer in audience or self._groups.uids(gid):
            self._say(viewer, act, data)

    def _say(self, viewer: str, act: str, data: dict[str, Any]) -> None:
        text = msgspec.json.encode(data).decode()
        self._delivery.control(viewer, {"act_type": "group", "act": act, "data": text, "fileId": None})
