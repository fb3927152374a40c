"""Friendships as they happen: who asks, accepts, ends it or blocks; and what open sockets hear of it."""

from typing import Any

import msgspec

from sokhach.sandbox.web.delivery import Delivery
from sokhach.sandbox.web.users import WebUsers


class Relations:
    """Events have `act_type` `fr`; `data` is JSON text: the other's uid, or who asked whom."""

    def __init__(self, users: WebUsers, delivery: Delivery) -> None:
        self._users = users
        self._delivery = delivery

    def befriend(self, a: str, b: str) -> None:
        if not self._users.are_friends(a, b):
            self._users.befriend(a, b)
            self._both("add", a, b)

    def unfriend(self, a: str, b: str) -> None:
        if self._users.are_friends(a, b):
            self._users.unfriend(a, b)
            self._both("remove", a, b)

    def ask(self, from_uid: str, to_uid: str, message: str) -> None:
        """Zalo tells of a request twice: `req` in the old form and `req_v2`."""
        self._users.need(from_uid, to_uid)
        self._users.ask(from_uid, to_uid, message)
        asked = {"toUid": to_uid, "fromUid": from_uid, "src": 30, "message": message}
        for viewer in (to_uid, from_uid):
            self._tell(viewer, "req", asked)
            self._tell(viewer, "req_v2", asked)

    def accept(self, from_uid: str, to_uid: str) -> None:
        self._users.withdraw(from_uid, to_uid)
        self.befriend(from_uid, to_uid)

    def reject(self, from_uid: str, to_uid: str) -> None:
        self._over("reject", from_uid, to_uid)

    def undo(self, from_uid: str, to_uid: str) -> None:
        self._over("undo_req", from_uid, to_uid)

    def block(self, uid: str, other: str, *, blocks: bool) -> None:
        self._users.need(uid, other)
        if self._users.blocks(uid, other) != blocks:
            self._users.block(uid, other, blocks=blocks)
            self._tell(uid, "block" if blocks else "unblock", other)

    def _over(self, act: str, from_uid: str, to_uid: str) -> None:
        self._users.withdraw(from_uid, to_uid)
        for viewer in (from_uid, to_uid):
            self._tell(viewer, act, {"toUid": to_uid, "fromUid": from_uid})

    def _both(self, act: str, a: str, b: str) -> None:
        self._tell(a, act, b)
        self._tell(b, act, a)

    def _tell(self, viewer: str, act: str, data: Any) -> None:
        """A bare uid is JSON text without quotes, as on the wire."""
        text = data if isinstance(data, str) else msgspec.json.encode(data).decode()
        self._delivery.control(viewer, {"act_type": "fr", "act": act, "data": text, "fileId": None})
