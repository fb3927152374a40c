"""The demo's customers on personal accounts: the same people and scenes, on the simulated Zalo Web. An account is named
by its uid where an official account is named by its id; its simulated colleague is its holder, typing on the phone."""

import contextlib
from collections.abc import Sequence
from typing import Any

from sokhach.sandbox.accounts import Customer, NotFoundError
from sokhach.sandbox.demo.circles import circle_ids
from sokhach.sandbox.demo.people import Person, account_id
from sokhach.sandbox.personas.script import Line
from sokhach.sandbox.personas.speech import Slots, draw
from sokhach.sandbox.records import Message
from sokhach.sandbox.store import Store
from sokhach.sandbox.web.contents import Content
from sokhach.sandbox.web.messages import WebMessage
from sokhach.sandbox.web.platform import WebPlatform
from sokhach.sandbox.web.talk import later

AUTO_SEEN_MS = 4_000
RECENT = 30
SPOKEN = {"audio": "voice", "press": "text"}
HEARD = {"chat.photo": "image", "chat.gif": "gif", "share.file": "file"}
HEART = "/-heart"
FIRST_SEED, SEEDS = 10_000, 9_973
RECALLED_ONE_IN = 60
REGRETS_SECONDS = (8.0, 40.0)
ABOUT_MESSAGES = ("web_receipt", "web_reaction", "web_lost", "web_deleted")


def seed_of(account: str) -> int:
    """Other people than an official account's."""
    return FIRST_SEED + int(account) % SEEDS


class PersonalStage:
    def __init__(self, store: Store, web: WebPlatform) -> None:
        self._store = store
        self.web = web
        self._dice = draw("regrets")

    def holds(self, account: str) -> bool:
        return self.web.users.find(account) is not None

    def meet(self, account: str, somebody: Person) -> Customer:
        """They exist from now on; many are friends of the account already."""
        uid = account_id(account, somebody)
        if self.web.users.find(uid) is None:
            user = self.web.users.create(uid=uid, name=somebody.name, phone=somebody.phone)
            user.auto_seen_ms = AUTO_SEEN_MS
            self.web.users.save(user)
            if somebody.persona.follows:
                self.web.users.befriend(account, uid)
        return self.customer(account, uid)

    def customer(self, account: str, uid: str) -> Customer:
        user = self.web.users.user(uid)
        return Customer(
            user_id=uid, oa_id=account, user_id_by_app=uid, display_name=user.name, created_ms=user.created_ms
        )

    # Now

    def do(self, customer: Customer, person: Person, line: Line, slots: Slots) -> None:
        if line.type == "heart":
            answer = next((one for one in reversed(self._recent(customer)) if one.from_uid == customer.oa_id), None)
            if answer is not None:
                self.web.talk.react(customer.user_id, answer.msg_id, HEART)
            return
        content = self.content(person, line, slots)
        said = self.web.talk.post(customer.user_id, customer.oa_id, content, group=False)
        if content[0] == "webchat" and self._dice.random() * RECALLED_ONE_IN < 1:
            later(self._dice.uniform(*REGRETS_SECONDS), lambda: self._regret(said))

    def answer(self, customer: Customer, text: str) -> None:
        self.web.talk.say(customer.oa_id, customer.user_id, text=text, by_phone=True)

    def recent(self, customer: Customer) -> list[Message]:
        """Newest first, as those of an official account."""
        return [_as_official(customer, one) for one in reversed(self._recent(customer))]

    def _regret(self, message: WebMessage) -> None:
        """Unless somebody took it back meanwhile, or the people left."""
        with contextlib.suppress(NotFoundError):
            self.web.talk.recall(message.from_uid, message.msg_id)

    def drop(self, account: str, uids: Sequence[str]) -> None:
        """The people and their groups leave, with all that was said, and the account's labels."""
        with self._store.transaction():
            self._store.write("DELETE FROM web_label WHERE uid = ?", (account,))
            for gid in circle_ids(account):
                theirs = "SELECT msg_id FROM web_message WHERE is_group AND to_id = :gid"
                for sql in (
                    *(f"DELETE FROM {table} WHERE msg_id IN ({theirs})" for table in ABOUT_MESSAGES),
                    "DELETE FROM web_message WHERE is_group AND to_id = :gid",
                    "DELETE FROM web_thread WHERE is_group AND thread = :gid",
                    "DELETE FROM web_member WHERE gid = :gid",
                    "DELETE FROM web_group WHERE gid = :gid",
                ):
                    self._store.write(sql, {"gid": gid})
            for uid in uids:
                theirs = "SELECT msg_id FROM web_message WHERE from_uid = :uid OR to_id = :uid"
                for sql in (
                    *(f"DELETE FROM {table} WHERE msg_id IN ({theirs})" for table in ABOUT_MESSAGES),
                    "DELETE FROM web_message WHERE from_uid = :uid OR to_id = :uid",
                    "DELETE FROM web_thread WHERE uid = :uid OR thread = :uid",
                    "DELETE FROM web_friend WHERE uid = :uid OR friend_uid = :uid",
                    "DELETE FROM web_user WHERE uid = :uid",
                ):
                    self._store.write(sql, {"uid": uid})

    # What they say

    def content(self, person: Person, line: Line, slots: Slots) -> Content:
        """There are no forms here: who is asked for their details writes them."""
        if line.type == "info":
            details: dict[str, Any] = person.details(slots)
            where = details["full_address"]
            place = f"{where['user_address']}, {where['user_ward']}, {where['user_city']}"
            return "webchat", f"{details['name']}\n0{person.phone[2:]}\n{place}"
        return self.web.talk.content(SPOKEN.get(line.type, line.type), line.text, line.variant)

    def _recent(self, customer: Customer) -> list[WebMessage]:
        found = self.web.archive.thread(customer.oa_id, customer.user_id, is_group=False, limit=RECENT)
        return [one for one in found if one.recalled_ms is None]


def _as_official(customer: Customer, message: WebMessage) -> Message:
    body = message.body
    return Message(
        seq=message.msg_id, msg_id=str(message.msg_id), oa_id=customer.oa_id, user_id=customer.user_id,
        src=int(message.from_uid == customer.user_id), type=HEARD.get(message.msg_type, "text"),
        text=body if isinstance(body, str) else None, attachment=None, quote_msg_id=None, time_ms=message.ts_ms,
        app_id=None, admin_id=None, replies=0, received_ms=None, seen_ms=None,
    )  # fmt: skip
