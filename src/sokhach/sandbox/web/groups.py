"""Groups of personal accounts, and who belongs to them."""

from typing import Any

import msgspec

from sokhach.sandbox.accounts import NotFoundError
from sokhach.sandbox.clock import SimulatedClock
from sokhach.sandbox.store import Store
from sokhach.sandbox.web.users import WebUser, WebUsers, new_uid


class WebGroup(msgspec.Struct, kw_only=True):
    """`approval`: who wants to join waits for an administrator."""

    gid: str
    name: str
    creator_uid: str
    created_ms: int
    version: int
    approval: bool = False


class Member(msgspec.Struct):
    uid: str
    admin: bool


class Listed(msgspec.Struct):
    gid: str
    version: int


class WebGroups:
    def __init__(self, store: Store, clock: SimulatedClock, users: WebUsers, base_url: str) -> None:
        self._store = store
        self._clock = clock
        self._users = users
        self._base = base_url

    def create(self, name: str, creator: str, members: list[str], gid: str | None = None) -> WebGroup:
        """The creator is the administrator."""
        now = self._clock.now_ms()
        group = WebGroup(gid=gid or new_uid(), name=name, creator_uid=creator, created_ms=now, version=now)
        with self._store.transaction():
            self._store.upsert("web_group", group, "gid")
            for uid in dict.fromkeys((creator, *members)):
                self._users.user(uid)
                self.add(group.gid, uid, admin=uid == creator)
        return group

    def group(self, gid: str) -> WebGroup:
        found = self.find(gid)
        if found is None:
            raise NotFoundError(f"no group {gid}")
        return found

    def find(self, gid: str) -> WebGroup | None:
        return self._store.one(WebGroup, "SELECT * FROM web_group WHERE gid = ?", (gid,))

    def of_user(self, uid: str) -> list[Listed]:
        sql = "SELECT gid, version FROM web_member JOIN web_group USING (gid) WHERE uid = ? ORDER BY gid"
        return self._store.all(Listed, sql, (uid,))

    def members(self, gid: str) -> list[Member]:
        sql = "SELECT uid, admin FROM web_member WHERE gid = ? ORDER BY joined_ms, uid"
        return self._store.all(Member, sql, (gid,))

    def uids(self, gid: str) -> list[str]:
        return [member.uid for member in self.members(gid)]

    def is_member(self, gid: str, uid: str) -> bool:
        return self._store.value("SELECT 1 FROM web_member WHERE gid = ? AND uid = ?", (gid, uid)) is not None

    def is_admin(self, gid: str, uid: str) -> bool:
        return bool(self._store.value("SELECT admin FROM web_member WHERE gid = ? AND uid = ?", (gid, uid)))

    def add(self, gid: str, uid: str, *, admin: bool = False) -> None:
        sql = "INSERT OR IGNORE INTO web_member (gid, uid, admin, joined_ms) VALUES (?, ?, ?, ?)"
        self._store.write(sql, (gid, uid, admin, self._clock.now_ms()))
        self._touch(gid)

    def remove(self, gid: str, uid: str) -> None:
        self._store.write("DELETE FROM web_member WHERE gid = ? AND uid = ?", (gid, uid))
        self._touch(gid)

    def set_admin(self, gid: str, uid: str, *, admin: bool) -> None:
        self._store.write("UPDATE web_member SET admin = ? WHERE gid = ? AND uid = ?", (admin, gid, uid))
        self._touch(gid)

    def rename(self, gid: str, name: str) -> None:
        self._store.write("UPDATE web_group SET name = ? WHERE gid = ?", (name, gid))
        self._touch(gid)

    def set_approval(self, gid: str, *, approval: bool) -> None:
        self._store.write("UPDATE web_group SET approval = ? WHERE gid = ?", (approval, gid))

    def ask(self, gid: str, uids: list[str]) -> None:
        for uid in uids:
            self._store.write("INSERT OR IGNORE INTO web_pending VALUES (?, ?)", (gid, uid))

    def _touch(self, gid: str) -> None:
        sql = "UPDATE web_group SET version = max(version + 1, ?) WHERE gid = ?"
        self._store.write(sql, (self._clock.now_ms(), gid))

    # As Zalo shows them

    def avatar(self, gid: str) -> str:
        return f"{self._base}/cdn/avatars/{gid}/240.svg"

    def info(self, group: WebGroup, viewer: str) -> dict[str, Any]:
        """An entry of `gridInfoMap`. Members by id; their names come from `/api/social/group/members`."""
        members = self.members(group.gid)
        avatar = self.avatar(group.gid)
        current = [self._current(self._users.user(member.uid)) for member in members[:5]]
        switches = (
            "blockName signAdminMsg addMemberOnly setTopicOnly enableMsgHistory lockCreatePost lockCreatePoll"
            " lockSendMsg lockViewMember bannFeature dirtyMedia banDuration"
        ).split()
        return {
            "groupId": group.gid, "name": group.name, "desc": "", "type": 1, "creatorId": group.creator_uid,
            "version": str(group.version), "avt": avatar, "fullAvt": avatar, "memberIds": [],
            "memVerList": [f"{member.uid}_0" for member in members],
            "adminIds": [member.uid for member in members if member.admin and member.uid != group.creator_uid],
            "currentMems": current, "updateMems": [], "admins": [], "hasMoreMember": 0, "subType": 1,
            "totalMember": len(members), "maxMember": 1000,
            "setting": dict.fromkeys(switches, 0) | {"joinAppr": int(group.approval)},
            "createdTime": group.created_ms, "visibility": 0, "globalId": f"g{group.gid[::-1]}", "e2ee": 0,
            "extraInfo": {"enable_media_store": 0}, "pendingApprove": {"time": 0, "uids": None},
        }  # fmt: skip

    def _current(self, user: WebUser) -> dict[str, Any]:
        return {
            "id": user.uid, "dName": user.name, "zaloName": user.name, "avatar": user.avatar, "avatar_25": user.avatar,
            "accountStatus": 0, "type": 1,
        }  # fmt: skip

    def profiles(self, uids: list[str]) -> dict[str, Any]:
        """The answer of `/api/social/group/members`."""
        known = [user for user in map(self._users.find, uids) if user is not None]
        shown = {
            user.uid: {
                "displayName": user.name, "zaloName": user.name, "avatar": user.avatar, "accountStatus": 0, "type": 0,
                "lastUpdateTime": user.created_ms, "globalId": f"g{user.uid[::-1]}", "id": user.uid,
            }
            for user in known
        }  # fmt: skip
        return {"profiles": shown, "unchangeds_profile": []}
