"""People of the simulated Zalo: profiles, friendships with aliases, requests, blocks."""

import secrets
from typing import Any

import msgspec

from sokhach.sandbox.accounts import NotFoundError
from sokhach.sandbox.clock import SimulatedClock
from sokhach.sandbox.days import day_text
from sokhach.sandbox.store import Store


class WebUser(msgspec.Struct, kw_only=True):
    """`phone` as `84…`. `auto_seen_ms`: how long after arrival the person opens a chat; None = never by themselves."""

    uid: str
    name: str
    phone: str | None
    avatar: str
    created_ms: int
    phone_on: bool = True
    accepts_strangers: bool = True
    findable: bool = True
    auto_seen_ms: int | None = None
    strangers_per_day: int = 100


class FriendRequest(msgspec.Struct, kw_only=True):
    from_uid: str
    to_uid: str
    message: str
    at_ms: int


class Aliased(msgspec.Struct):
    other_uid: str
    alias: str


def new_uid() -> str:
    """19 digits, above 2^53."""
    return str(10**18 + secrets.randbelow(8 * 10**18))


def international(phone: str) -> str:
    """`0912…` and `+84912…` as `84912…`."""
    digits = phone.removeprefix("+")
    return "84" + digits[1:] if digits.startswith("0") else digits


class WebUsers:
    def __init__(self, store: Store, clock: SimulatedClock, base_url: str) -> None:
        self._store = store
        self._clock = clock
        self._base = base_url

    def create(self, *, name: str, phone: str | None, uid: str | None = None, avatar: str | None = None) -> WebUser:
        """The same `uid` again changes name, phone and portrait only."""
        uid = uid or new_uid()
        user = WebUser(
            uid=uid,
            name=name,
            phone=None if phone is None else international(phone),
            avatar=avatar or f"{self._base}/cdn/avatars/{uid}/240.svg",
            created_ms=self._clock.now_ms(),
        )
        kept = ("created_ms", "phone_on", "accepts_strangers", "findable", "auto_seen_ms", "strangers_per_day")
        self._store.upsert("web_user", user, "uid", keep=kept)
        return self.user(uid)

    def save(self, user: WebUser) -> None:
        self._store.upsert("web_user", user, "uid")

    def user(self, uid: str) -> WebUser:
        found = self.find(uid)
        if found is None:
            raise NotFoundError(f"no Zalo user {uid}")
        return found

    def need(self, *uids: str) -> None:
        """`NotFoundError` when one of them is nobody."""
        for uid in uids:
            self.user(uid)

    def find(self, uid: str) -> WebUser | None:
        return self._store.one(WebUser, "SELECT * FROM web_user WHERE uid = ?", (uid,))

    def of_phone(self, phone: str) -> WebUser | None:
        return self._store.one(WebUser, "SELECT * FROM web_user WHERE phone = ?", (international(phone),))

    def all(self, limit: int = 1000) -> list[WebUser]:
        return self._store.all(WebUser, "SELECT * FROM web_user ORDER BY created_ms, uid LIMIT ?", (limit,))

    # Friends

    def befriend(self, a: str, b: str) -> None:
        self.need(a, b)
        with self._store.transaction():
            for uid, friend in ((a, b), (b, a)):
                sql = "INSERT OR IGNORE INTO web_friend (uid, friend_uid, since_ms) VALUES (?, ?, ?)"
                self._store.write(sql, (uid, friend, self._clock.now_ms()))
                self._store.write("DELETE FROM web_request WHERE from_uid = ? AND to_uid = ?", (uid, friend))

    def unfriend(self, a: str, b: str) -> None:
        sql = "DELETE FROM web_friend WHERE (uid = ? AND friend_uid = ?) OR (uid = ? AND friend_uid = ?)"
        self._store.write(sql, (a, b, b, a))

    def are_friends(self, a: str, b: str) -> bool:
        sql = "SELECT 1 FROM web_friend WHERE uid = ? AND friend_uid = ?"
        return self._store.value(sql, (a, b)) is not None

    def friends(self, uid: str, *, offset: int = 0, count: int = 20000) -> list[WebUser]:
        sql = """SELECT u.* FROM web_friend f JOIN web_user u ON u.uid = f.friend_uid WHERE f.uid = ?
                 ORDER BY f.since_ms, u.uid LIMIT ? OFFSET ?"""
        return self._store.all(WebUser, sql, (uid, count, offset))

    def alias(self, uid: str, other: str) -> str | None:
        return self._store.value("SELECT alias FROM web_alias WHERE uid = ? AND other_uid = ?", (uid, other))

    def set_alias(self, uid: str, other: str, alias: str | None) -> None:
        if alias is None:
            self._store.write("DELETE FROM web_alias WHERE uid = ? AND other_uid = ?", (uid, other))
        else:
            self._store.write("INSERT OR REPLACE INTO web_alias VALUES (?, ?, ?)", (uid, other, alias))

    def aliases(self, uid: str, *, offset: int = 0, count: int = 20000) -> list[Aliased]:
        sql = "SELECT other_uid, alias FROM web_alias WHERE uid = ? ORDER BY other_uid LIMIT ? OFFSET ?"
        return self._store.all(Aliased, sql, (uid, count, offset))

    # Requests and blocks

    def request(self, from_uid: str, to_uid: str) -> FriendRequest | None:
        sql = "SELECT * FROM web_request WHERE from_uid = ? AND to_uid = ?"
        return self._store.one(FriendRequest, sql, (from_uid, to_uid))

    def ask(self, from_uid: str, to_uid: str, message: str) -> None:
        sql = "INSERT OR REPLACE INTO web_request VALUES (?, ?, ?, ?)"
        self._store.write(sql, (from_uid, to_uid, message, self._clock.now_ms()))

    def withdraw(self, from_uid: str, to_uid: str) -> bool:
        return self._store.write("DELETE FROM web_request WHERE from_uid = ? AND to_uid = ?", (from_uid, to_uid)) > 0

    def requests_of(self, uid: str) -> list[FriendRequest]:
        return self._store.all(FriendRequest, "SELECT * FROM web_request WHERE from_uid = ? ORDER BY at_ms", (uid,))

    def requests_to(self, uid: str) -> list[FriendRequest]:
        return self._store.all(FriendRequest, "SELECT * FROM web_request WHERE to_uid = ? ORDER BY at_ms", (uid,))

    def block(self, uid: str, other: str, *, blocks: bool = True) -> None:
        sql = "INSERT OR IGNORE INTO web_block VALUES (?, ?)"
        self._store.write(sql if blocks else "DELETE FROM web_block WHERE uid = ? AND other_uid = ?", (uid, other))

    def blocks(self, uid: str, other: str) -> bool:
        sql = "SELECT 1 FROM web_block WHERE uid = ? AND other_uid = ?"
        return self._store.value(sql, (uid, other)) is not None

    def strangers_today(self, uid: str, other: str) -> int:
        """How many others that are strangers were written to today."""
        sql = "SELECT count(*) FROM web_stranger WHERE uid = ? AND day = ? AND other_uid <> ?"
        return int(self._store.value(sql, (uid, day_text(self._clock.now_ms()), other)))

    def note_stranger(self, uid: str, other: str) -> None:
        day = day_text(self._clock.now_ms())
        self._store.write("INSERT OR IGNORE INTO web_stranger VALUES (?, ?, ?)", (uid, day, other))

    # As Zalo shows them

    def profile(self, user: WebUser, viewer: str) -> dict[str, Any]:
        """`User` of the friend list and of profiles. Numbers of people who are no friends are not shown."""
        friend = self.are_friends(viewer, user.uid)
        shown = self.alias(viewer, user.uid) or user.name
        return {
            "userId": user.uid, "username": "", "displayName": shown, "zaloName": user.name, "avatar": user.avatar,
            "bgavatar": "", "cover": "", "gender": 0, "dob": 0, "sdob": "", "status": "",
            "phoneNumber": user.phone or "" if friend or viewer == user.uid else "",
            "isFr": int(friend), "isBlocked": int(self.blocks(viewer, user.uid)), "lastActionTime": user.created_ms,
            "lastUpdateTime": user.created_ms, "isActive": 1, "key": 0, "type": 0, "isActivePC": 0, "isActiveWeb": 0,
            "isValid": 1, "userKey": "", "accountStatus": 0, "oaInfo": None, "user_mode": 0,
            "globalId": f"g{user.uid[::-1]}", "bizPkg": {"label": None, "pkgId": 0},
            "createdTs": user.created_ms // 1000, "oa_status": None,
        }  # fmt: skip

    def found(self, user: WebUser, viewer: str) -> dict[str, Any]:
        """`UserBasic`, the answer to a search by phone number."""
        profile = self.profile(user, viewer)
        names = ("avatar", "cover", "status", "gender", "dob", "sdob", "globalId", "bizPkg")
        shown = {name: profile[name] for name in names}
        return shown | {"uid": user.uid, "zalo_name": user.name, "display_name": profile["displayName"]}
