"""What people say to each other: messages, recalls, reactions, receipts, typing; by phone or by Zalo Web."""

import asyncio
import contextlib
import sqlite3
from collections.abc import Callable, Sequence
from typing import Any

from sokhach.sandbox.accounts import NotFoundError
from sokhach.sandbox.clock import SimulatedClock
from sokhach.sandbox.media import Given
from sokhach.sandbox.store import Store
from sokhach.sandbox.web.archive import Archive
from sokhach.sandbox.web.contents import Content, Contents
from sokhach.sandbox.web.delivery import Delivery
from sokhach.sandbox.web.groups import WebGroup, WebGroups
from sokhach.sandbox.web.messages import Mention, WebMessage
from sokhach.sandbox.web.users import WebUsers

ECHO_SECONDS = 0.03
"""An own message comes back over the socket after the answer to its call."""

ARRIVAL_SECONDS = 0.3
"""How long a message takes to a phone that is on."""

HEART = ("/-heart", 5)

Listener = Callable[[WebMessage], None]


class Talk:
    def __init__(
        self,
        store: Store,
        clock: SimulatedClock,
        users: WebUsers,
        groups: WebGroups,
        archive: Archive,
        contents: Contents,
        delivery: Delivery,
    ) -> None:
        self._store = store
        self._clock = clock
        self._users = users
        self._groups = groups
        self._archive = archive
        self._contents = contents
        self._delivery = delivery
        self._listeners: list[Listener] = []

    def on_message(self, listener: Listener) -> None:
        """Called for each new message, after it is stored."""
        self._listeners.append(listener)

    # Speaking

    def say(
        self,
        from_uid: str,
        to: str,
        *,
        group: bool = False,
        kind: str = "text",
        text: str | None = None,
        file: Given | str | None = None,
        quote: str | None = None,
        mentions: Sequence[Mention] = (),
        by_phone: bool = False,
    ) -> str:
        """A person writes with their phone; gives the message's id.

        `file`: bytes, or the name of one of the sandbox's samples. `by_phone` tells on an account's own uid that the
        staff typed it; to everybody else it makes no difference.
        """
        content = self.content(kind, text, file)
        return str(self.post(from_uid, to, content, group=group, quote=quote, mentions=mentions).msg_id)

    def content(self, kind: str, text: str | None, file: Given | str | None) -> Content:
        """`KeyError` for an unknown kind or sample."""
        words = text or ""
        makers = self._contents
        if kind == "text":
            return "webchat", words
        if kind == "sticker":
            return makers.sticker(int(file) if isinstance(file, str) else 46625)
        if kind == "link":
            href = file if isinstance(file, str) else "https://example.com/bang-gia"
            return makers.link(href, title="Bảng giá", description="Bảng giá tháng này", words=words or href)
        if kind == "location":
            return makers.location("10.7642473", "106.6564314", words or "227 Nguyễn Văn Cừ, Quận 5")
        if kind == "card":
            return makers.card(self._users.user(str(file)))
        if not isinstance(file, Given):
            return makers.of_sample(kind, file, caption=words)
        captioned = {"image": makers.image, "gif": makers.gif, "video": makers.video}
        if kind in captioned:
            return captioned[kind](file, caption=words)
        return {"voice": makers.voice, "file": makers.file}[kind](file)

    def post(
        self,
        from_uid: str,
        to: str,
        content: Content,
        *,
        group: bool,
        quote: str | int | None = None,
        mentions: Sequence[Mention] = (),
        cli_msg_id: str | None = None,
        ttl: int = 0,
        by_web: bool = False,
    ) -> WebMessage:
        """Stored, told to the sockets of all that have it, and soon received by the phones of the others."""
        self._check(from_uid, to, group=group)
        quoted = None if quote is None else self._quoted(quote, from_uid, to)
        with self._store.transaction():
            message = self._archive.add(
                from_uid=from_uid, to_id=to, is_group=group, msg_type=content[0], body=content[1],
                by_phone=not by_web, cli_msg_id=cli_msg_id, quote_id=quoted, mentions=list(mentions), ttl=ttl,
            )  # fmt: skip
            heard = [
                (uid, self._archive.note(uid, message.thread_of(uid), message))
                for uid in self._delivery.audience(message)
            ]
            for uid, unread in heard:
                if uid == from_uid and by_web:
                    later(ECHO_SECONDS, lambda: self._delivery.message(from_uid, message, 0))
                else:
                    self._delivery.message(uid, message, unread)
        self._arrive(message, [uid for uid, _ in heard if uid != from_uid])
        for listener in self._listeners:
            listener(message)
        return message

    def _check(self, from_uid: str, to: str, *, group: bool) -> None:
        self._users.user(from_uid)
        if not group:
            self._users.user(to)
        elif not self._groups.is_member(self._groups.group(to).gid, from_uid):
            raise NotFoundError(f"{from_uid} is not in group {to}")

    def _quoted(self, quote: str | int, uid: str, thread: str) -> int:
        quoted = self._archive.visible(quote, uid, thread)
        if quoted is None:
            raise NotFoundError(f"no message {quote} in this thread")
        return quoted.msg_id

    def _arrive(self, message: WebMessage, uids: list[str]) -> None:
        for uid in uids:
            person = self._users.user(uid)
            if not person.phone_on:
                continue
            later(ARRIVAL_SECONDS, lambda uid=uid: self._delivered(message, uid))
            if person.auto_seen_ms is not None:
                thread = message.thread_of(uid)
                seconds = ARRIVAL_SECONDS + person.auto_seen_ms / 1000
                later(seconds, lambda uid=uid, thread=thread: self.seen(uid, thread, group=message.is_group))

    def _delivered(self, message: WebMessage, uid: str) -> None:
        if self._archive.receipt(message.msg_id, uid, seen=False):
            self._delivery.delivered(message.from_uid, message, [uid])

    # About messages

    def recall(self, uid: str, msg_id: str | int) -> WebMessage:
        """Only one's own, once."""
        message = self._archive.message(msg_id)
        if message.from_uid != uid or message.recalled_ms is not None:
            raise NotFoundError(f"{msg_id} is not a message that {uid} can recall")
        with self._store.transaction():
            self._archive.recall(message)
        for viewer in self._delivery.audience(message):
            self._delivery.recall(viewer, message)
        return message

    def react(
        self,
        uid: str,
        msg_id: str | int,
        icon: str = HEART[0],
        *,
        kind: int = HEART[1],
        source: int = 6,
        cli_msg_id: str | None = None,
    ) -> int:
        """Gives the id of the event. An empty icon takes the person's reaction away."""
        message = self._archive.message(msg_id)
        if message.recalled_ms is not None or uid not in self._delivery.audience(message):
            raise NotFoundError(f"{msg_id} is not a message of {uid}")
        cli_id = cli_msg_id or self._archive.new_cli_id(uid)
        event = self._archive.react(message, uid, icon, kind, source, cli_id)
        for viewer in self._delivery.audience(message):
            self._delivery.reaction(viewer, event, message)
        return event.event_id

    def seen(self, uid: str, thread: str, *, group: bool = False) -> list[str]:
        """The person opens the thread: all that others wrote there is seen. Gives the ids that were news."""
        unseen = self._archive.unseen(uid, thread, is_group=group)
        return [str(message.msg_id) for message in self.mark_seen(uid, unseen)]

    def mark_seen(self, uid: str, messages: Sequence[WebMessage]) -> list[WebMessage]:
        with self._store.transaction():
            fresh = [message for message in messages if self._archive.receipt(message.msg_id, uid, seen=True)]
            for thread in {message.thread_of(uid) for message in messages}:
                self._archive.read(uid, thread)
        for author in dict.fromkeys(message.from_uid for message in fresh):
            self._delivery.seen(author, [message for message in fresh if message.from_uid == author], uid)
        return fresh

    def mark_delivered(self, uid: str, messages: Sequence[WebMessage]) -> None:
        for message in messages:
            self._delivered(message, uid)

    def typing(self, uid: str, to: str, *, group: bool = False) -> None:
        self._check(uid, to, group=group)
        now = self._clock.now_ms()
        if not group:
            self._delivery.typing(to, uid, None, now)
            return
        members = self._groups.uids(to)
        if len(members) > 2:  # Zalo tells no typing in a group of two
            for viewer in members:
                if viewer != uid:
                    self._delivery.typing(viewer, uid, to, now)

    def make_group(self, name: str, creator: str, members: Sequence[str], gid: str | None = None) -> WebGroup:
        return self._groups.create(name, creator, list(members), gid)


def later(seconds: float, act: Callable[[], Any]) -> None:
    """Not after the sandbox has stopped: its store is closed then."""

    def do() -> None:
        with contextlib.suppress(sqlite3.ProgrammingError):
            act()

    asyncio.get_running_loop().call_later(seconds, do)
