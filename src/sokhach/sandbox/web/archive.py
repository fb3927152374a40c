"""What the platform keeps of messages, and what of it a web session may still fetch."""

import random
from typing import Any

import msgspec

from sokhach.sandbox.accounts import NotFoundError
from sokhach.sandbox.clock import SimulatedClock
from sokhach.sandbox.store import Store
from sokhach.sandbox.web.messages import Mention, ReactionEvent, WebMessage

FIRST_ID = 7_100_000_000_000
"""Ids have 13 digits, as on the wire: a double still holds them."""

BEYOND = 10**18
"""No id is greater."""

OLD_MS = 14 * 24 * 3_600_000
PAGE = 50


class LastMessage(msgspec.Struct):
    thread: str
    is_group: bool
    last_msg_id: int
    unread: int


class Receipt(msgspec.Struct):
    uid: str
    delivered_ms: int | None
    seen_ms: int | None


class Archive:
    def __init__(self, store: Store, clock: SimulatedClock) -> None:
        self._store = store
        self._clock = clock
        self._random = random.Random(7)  # noqa: S311 - ids need no secrecy
        newest = """SELECT max(coalesce((SELECT max(max(msg_id, coalesce(recall_id, 0))) FROM web_message), 0),
                               coalesce((SELECT max(event_id) FROM web_reaction), 0))"""
        self._last_id = max(FIRST_ID, int(store.value(newest) or 0) + 100)
        self._last_cli: dict[str, int] = {}

    def new_id(self) -> int:
        self._last_id += self._random.randint(2, 40)
        return self._last_id

    def new_cli_id(self, uid: str) -> str:
        """Milliseconds of the sender's clock, no two alike."""
        stamp = max(self._clock.now_ms(), self._last_cli.get(uid, 0) + 1)
        self._last_cli[uid] = stamp
        return str(stamp)

    def add(
        self,
        *,
        from_uid: str,
        to_id: str,
        is_group: bool,
        msg_type: str,
        body: Any,
        by_phone: bool,
        cli_msg_id: str | None = None,
        quote_id: int | None = None,
        mentions: list[Mention] | None = None,
        ttl: int = 0,
        ts_ms: int | None = None,
    ) -> WebMessage:
        msg_id = self.new_id()
        message = WebMessage(
            msg_id=msg_id,
            other_id=msg_id + 1,
            cli_msg_id=cli_msg_id or self.new_cli_id(from_uid),
            from_uid=from_uid,
            to_id=to_id,
            is_group=is_group,
            msg_type=msg_type,
            content=msgspec.json.encode(body).decode(),
            ts_ms=self._clock.now_ms() if ts_ms is None else ts_ms,
            by_phone=by_phone,
            quote_id=quote_id,
            mentions=mentions or [],
            ttl=ttl,
        )
        self._store.write(
            """INSERT INTO web_message (msg_id, other_id, cli_msg_id, from_uid, to_id, is_group, msg_type, content,
                                        ts_ms, by_phone, quote_id, mentions, ttl) VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?)""",
            (msg_id, message.other_id, message.cli_msg_id, from_uid, to_id, is_group, msg_type, message.content,
             message.ts_ms, by_phone, quote_id, msgspec.json.encode(message.mentions).decode(), ttl),
        )  # fmt: skip
        return message

    # Threads

    def note(self, uid: str, thread: str, message: WebMessage) -> int:
        """The message is the newest of this person's thread; gives how many they have not seen there."""
        unread = 0 if message.from_uid == uid else 1
        sql = """INSERT INTO web_thread (uid, thread, is_group, last_msg_id, unread) VALUES (?, ?, ?, ?, ?)
                 ON CONFLICT (uid, thread) DO UPDATE SET last_msg_id = excluded.last_msg_id,
                     unread = CASE excluded.unread WHEN 0 THEN 0 ELSE unread + 1 END RETURNING unread"""
        return int(self._store.value(sql, (uid, thread, message.is_group, message.msg_id, unread)))

    def read(self, uid: str, thread: str) -> None:
        self._store.write("UPDATE web_thread SET unread = 0 WHERE uid = ? AND thread = ?", (uid, thread))

    def wrote_to(self, from_uid: str, to_uid: str) -> bool:
        sql = "SELECT 1 FROM web_message WHERE from_uid = ? AND to_id = ? AND NOT is_group LIMIT 1"
        return self._store.value(sql, (from_uid, to_uid)) is not None

    # Finding

    def find(self, msg_id: int | str) -> WebMessage | None:
        """By either id."""
        number = int(msg_id) if str(msg_id).isdecimal() else 0
        if not 0 < number < BEYOND:
            return None
        return self._store.one(
            WebMessage, "SELECT * FROM web_message WHERE msg_id = :id OR other_id = :id", {"id": number}
        )

    def message(self, msg_id: int | str) -> WebMessage:
        found = self.find(msg_id)
        if found is None:
            raise NotFoundError(f"no message {msg_id}")
        return found

    def visible(self, msg_id: str | int, uid: str, thread: str) -> WebMessage | None:
        """A message of this person's thread that was not recalled."""
        message = self.find(msg_id)
        if message is None or message.recalled_ms is not None:
            return None
        ours = message.is_group or uid in (message.from_uid, message.to_id)
        return message if ours and message.thread_of(uid) == thread else None

    def thread(self, uid: str, thread: str, *, is_group: bool, limit: int = 200) -> list[WebMessage]:
        """The latest of a thread as the person's phone has it, oldest first; recalled ones too."""
        where = "to_id = :thread AND is_group" if is_group else (
            "NOT is_group AND ((from_uid = :uid AND to_id = :thread) OR (from_uid = :thread AND to_id = :uid))"
        )  # fmt: skip
        sql = f"SELECT * FROM web_message WHERE {where} ORDER BY msg_id DESC LIMIT :limit"
        newest = self._store.all(WebMessage, sql, {"uid": uid, "thread": thread, "limit": limit})
        return newest[::-1]

    def threads(self, uid: str) -> list[LastMessage]:
        sql = "SELECT thread, is_group, last_msg_id, unread FROM web_thread WHERE uid = ? ORDER BY last_msg_id DESC"
        return self._store.all(LastMessage, sql, (uid,))

    def old(self, uid: str, *, is_group: bool, since_ms: int, before: int | None) -> tuple[list[WebMessage], bool]:
        """A page of what a session may fetch, newest first, and whether there is more."""
        floor = max(since_ms, self._clock.now_ms() - OLD_MS)
        where = (
            "is_group AND to_id IN (SELECT gid FROM web_member WHERE uid = :uid AND joined_ms <= m.ts_ms)"
            if is_group
            else "NOT is_group AND (to_id = :uid OR from_uid = :uid)"
        )
        sql = f"""SELECT * FROM web_message m WHERE {where} AND ts_ms >= :floor AND msg_id < :before
                  AND NOT EXISTS (SELECT 1 FROM web_lost l WHERE l.msg_id = m.msg_id AND l.uid = :uid)
                  AND NOT EXISTS (SELECT 1 FROM web_deleted d WHERE d.msg_id = m.msg_id AND d.uid = :uid)
                  ORDER BY msg_id DESC LIMIT {PAGE + 1}"""
        values = {"uid": uid, "floor": floor, "before": before or BEYOND}
        found = self._store.all(WebMessage, sql, values)
        return found[:PAGE], len(found) > PAGE

    def of_group(self, uid: str, gid: str, *, before: int, count: int) -> tuple[list[WebMessage], bool]:
        """`getrecentv2`: newest first."""
        sql = """SELECT * FROM web_message m WHERE is_group AND to_id = :gid AND msg_id < :before
                 AND ts_ms >= (SELECT joined_ms FROM web_member WHERE gid = :gid AND uid = :uid)
                 AND NOT EXISTS (SELECT 1 FROM web_lost l WHERE l.msg_id = m.msg_id AND l.uid = :uid)
                 AND NOT EXISTS (SELECT 1 FROM web_deleted d WHERE d.msg_id = m.msg_id AND d.uid = :uid)
                 ORDER BY msg_id DESC LIMIT :count"""
        found = self._store.all(
            WebMessage, sql, {"gid": gid, "before": min(before, BEYOND), "uid": uid, "count": count + 1}
        )
        return found[:count], len(found) > count

    # Changes

    def recall(self, message: WebMessage, *, at_ms: int | None = None) -> None:
        """Now, or in the past."""
        message.recalled_ms = self._clock.now_ms() if at_ms is None else at_ms
        message.recall_id = self.new_id()
        message.recall_cli_id = self.new_cli_id(message.from_uid) if at_ms is None else str(at_ms)
        sql = "UPDATE web_message SET recalled_ms = ?, recall_id = ?, recall_cli_id = ? WHERE msg_id = ?"
        self._store.write(sql, (message.recalled_ms, message.recall_id, message.recall_cli_id, message.msg_id))

    def lose(self, message: WebMessage, uid: str) -> None:
        """No web session of this person is ever given the message again."""
        self._store.write("INSERT OR IGNORE INTO web_lost VALUES (?, ?)", (message.msg_id, uid))

    def delete_for(self, message: WebMessage, uid: str) -> None:
        self._store.write("INSERT OR IGNORE INTO web_deleted VALUES (?, ?)", (message.msg_id, uid))

    def is_lost(self, msg_id: int, uid: str) -> bool:
        return self._store.value("SELECT 1 FROM web_lost WHERE msg_id = ? AND uid = ?", (msg_id, uid)) is not None

    # Reactions

    def react(
        self,
        message: WebMessage,
        uid: str,
        icon: str,
        kind: int,
        source: int,
        cli_id: str,
        *,
        at_ms: int | None = None,
    ) -> ReactionEvent:
        event = ReactionEvent(
            event_id=self.new_id(), msg_id=message.msg_id, uid=uid, icon=icon, kind=kind, source=source,
            cli_msg_id=cli_id, at_ms=self._clock.now_ms() if at_ms is None else at_ms,
        )  # fmt: skip
        self._store.upsert("web_reaction", event, "event_id")
        return event

    def reactions(self, msg_id: int) -> list[ReactionEvent]:
        """All that happened, oldest first."""
        sql = "SELECT * FROM web_reaction WHERE msg_id = ? ORDER BY event_id"
        return self._store.all(ReactionEvent, sql, (msg_id,))

    def old_reactions(self, uid: str, *, is_group: bool, since_ms: int, before: int | None) -> list[ReactionEvent]:
        where = (
            "m.is_group AND m.to_id IN (SELECT gid FROM web_member WHERE uid = :uid)"
            if is_group
            else "NOT m.is_group AND (m.to_id = :uid OR m.from_uid = :uid)"
        )
        sql = f"""SELECT r.* FROM web_reaction r JOIN web_message m USING (msg_id) WHERE {where} AND r.at_ms >= :floor
                  AND r.event_id < :before ORDER BY r.event_id DESC LIMIT {PAGE}"""
        floor = max(since_ms, self._clock.now_ms() - OLD_MS)
        return self._store.all(ReactionEvent, sql, {"uid": uid, "floor": floor, "before": before or BEYOND})

    # Receipts

    def receipt(self, msg_id: int, uid: str, *, seen: bool) -> bool:
        """False when that was known."""
        now = self._clock.now_ms()
        sql = """INSERT INTO web_receipt (msg_id, uid, delivered_ms, seen_ms) VALUES (:id, :uid, :now, :seen)
                 ON CONFLICT (msg_id, uid) DO UPDATE SET seen_ms = :seen WHERE seen_ms IS NULL AND :seen IS NOT NULL"""
        return self._store.write(sql, {"id": msg_id, "uid": uid, "now": now, "seen": now if seen else None}) > 0

    def receipts(self, msg_id: int) -> list[Receipt]:
        sql = "SELECT uid, delivered_ms, seen_ms FROM web_receipt WHERE msg_id = ? ORDER BY uid"
        return self._store.all(Receipt, sql, (msg_id,))

    def unseen(self, uid: str, thread: str, *, is_group: bool) -> list[WebMessage]:
        """Of others, in this thread, oldest first."""
        where = "m.is_group AND m.to_id = :thread" if is_group else "NOT m.is_group AND m.to_id = :uid"
        other = "m.from_uid <> :uid" if is_group else "m.from_uid = :thread"
        sql = f"""SELECT m.* FROM web_message m LEFT JOIN web_receipt r ON r.msg_id = m.msg_id AND r.uid = :uid
                  WHERE {where} AND {other} AND r.seen_ms IS NULL ORDER BY m.msg_id LIMIT 500"""
        return self._store.all(WebMessage, sql, {"uid": uid, "thread": thread})
