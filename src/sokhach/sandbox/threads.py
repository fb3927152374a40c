"""What happens between a customer and an official account: messages both ways, following, and what the app is told."""

import base64
from collections.abc import Callable
from typing import Any

import msgspec

from sokhach.sandbox import payloads
from sokhach.sandbox.accounts import Accounts, Customer, OfficialAccount, new_message_id
from sokhach.sandbox.clock import SimulatedClock
from sokhach.sandbox.faults import FaultKind, Faults, Scope
from sokhach.sandbox.media import Given, Media, content_type_of
from sokhach.sandbox.payloads import Payload
from sokhach.sandbox.records import Attachment, Draft, Icon, Message
from sokhach.sandbox.store import Store
from sokhach.sandbox.webhooks import Webhooks

RECEIVE_DELAY_MS = 300
"""How long a message takes to a phone that is on."""

ECHO_DELAY_MS = 30
"""An echo normally leaves after the API has answered."""

REMOVE_REACTION = "/-remove"


class InboundMessage(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """What a customer sends. `payload` replaces the generated attachment; `timestamp` (ms) the clock.

    `variant` picks one of `media.VARIANTS`; `content_base64` brings bytes, served under `name` as `content_type`.
    """

    type: str = "text"
    text: str | None = None
    quote_msg_id: str | None = None
    timestamp: int | None = None
    payload: dict[str, Any] | None = None
    variant: str | None = None
    content_base64: str | None = None
    name: str | None = None
    content_type: str | None = None

    def given(self) -> Given | None:
        """`ValueError` when it is not base64."""
        if self.content_base64 is None:
            return None
        name = self.name or "tep-dinh-kem"
        content = base64.b64decode(self.content_base64, validate=True)
        return Given(name, self.content_type or content_type_of(name), content)


OutgoingListener = Callable[[Customer, Message], None]


class Threads:
    def __init__(
        self,
        store: Store,
        clock: SimulatedClock,
        faults: Faults,
        accounts: Accounts,
        webhooks: Webhooks,
        media: Media,
    ) -> None:
        self._store = store
        self._clock = clock
        self._faults = faults
        self._accounts = accounts
        self._webhooks = webhooks
        self._media = media
        self._last_stamp: dict[str, int] = {}
        self._listeners: list[OutgoingListener] = []

    def on_outgoing(self, listener: OutgoingListener) -> None:
        """Called for each message of an official account, after it is stored."""
        self._listeners.append(listener)

    # From the customer

    def receive(self, customer: Customer, sent: InboundMessage, *, burst_id: int | None = None) -> Message:
        """A customer writes: it is an interaction, stored in the thread and told to the app."""
        oa = self._accounts.oa(customer.oa_id)
        at_ms = sent.timestamp if sent.timestamp is not None else self._stamp(customer.user_id)
        draft = self.draft_of(oa, sent)
        with self._store.transaction():
            self._interact(customer, wrote=True)
            message = self._add(customer, draft, src=1, time_ms=at_ms)
            self._tell(oa, customer, f"user_send_{sent.type}", payloads.content(message), at_ms, burst_id=burst_id)
        return message

    def draft_of(self, oa: OfficialAccount, sent: InboundMessage) -> Draft:
        """With a fresh attachment of the wanted kind, unless one was given."""
        attachments: list[Attachment] = []
        if sent.type != "text":
            payload = sent.payload or self._media.attachment(oa, sent.type, sent.variant, sent.given())
            attachments = [Attachment(_wire_type(sent.type), payload)]
        return Draft(type=sent.type, text=sent.text, quote_msg_id=sent.quote_msg_id, attachments=attachments)

    def _tell(
        self,
        oa: OfficialAccount,
        customer: Customer,
        event: str,
        body: Payload,
        at_ms: int,
        *,
        burst_id: int | None = None,
    ) -> None:
        """An event that the customer caused. A visitor of the web widget has events of their own."""
        if customer.conversation_id is not None:
            event = event.replace("user_send", "anonymous_send")
            body = body | {"conversation_id": customer.conversation_id}
        payload = payloads.from_user(oa.app_id, oa.oa_id, customer, event, body, at_ms)
        self._webhooks.emit(oa.app_id, payload, oa_id=oa.oa_id, user_id=customer.user_id, burst_id=burst_id)

    def follow(self, customer: Customer, *, follows: bool, source: str = "oa_profile") -> None:
        """Following counts as an interaction; unfollowing closes the thread until the customer comes back."""
        oa = self._accounts.oa(customer.oa_id)
        now = self._clock.now_ms()
        event = "follow" if follows else "unfollow"
        with self._store.transaction():
            customer.follows = follows
            customer.unfollowed_ms = None if follows else now
            if follows:
                customer.last_interaction_ms = now
            self._accounts.save_customer(customer)
            payload = payloads.follow(oa.app_id, oa.oa_id, customer, event, now, source)
            self._webhooks.emit(oa.app_id, payload, oa_id=oa.oa_id, user_id=customer.user_id)

    def click_chat_now(self, customer: Customer) -> None:
        """The "chat now" button: an interaction that allows three welcome messages. Zalo tells of it once per user."""
        oa = self._accounts.oa(customer.oa_id)
        now = self._clock.now_ms()
        first = customer.last_interaction_ms is None
        with self._store.transaction():
            self._interact(customer, wrote=False)
            if first:
                payload = payloads.of_person(oa.app_id, oa.oa_id, customer, "user_click_chatnow", now)
                self._webhooks.emit(oa.app_id, payload, oa_id=oa.oa_id, user_id=customer.user_id)

    def react(self, customer: Customer, msg_id: str, icon: str) -> None:
        """The customer reacts to any message of the thread; `/-remove` takes theirs away.

        No interaction: it opens no window (§1.3).
        """
        oa = self._accounts.oa(customer.oa_id)
        with self._store.transaction():
            self._note_reaction(msg_id, icon, src=1)
            body = {"msg_id": msg_id, "react_icon": icon}
            self._tell(oa, customer, "user_reacted_message", body, self._clock.now_ms())

    # From the official account

    def send(
        self,
        oa: OfficialAccount,
        customer: Customer,
        draft: Draft,
        *,
        app_id: str | None = None,
        admin_id: str | None = None,
    ) -> tuple[Message, list[int]]:
        """A message to the customer, by API (`app_id`) or by hand in Zalo's own tools (`admin_id`), and its echo.

        Gives the message and the ids of the echo webhooks.
        """
        event = f"oa_send_anonymous_{draft.type}" if customer.anonymous else f"oa_send_{draft.type}"
        with self._store.transaction():
            message = self._add(
                customer, draft, src=0, time_ms=self._stamp(customer.user_id), app_id=app_id, admin_id=admin_id
            )
            if customer.phone_on and not customer.anonymous:
                due = self._clock.now_ms() + RECEIVE_DELAY_MS
                self._store.write("UPDATE message SET receive_due_ms = ? WHERE seq = ?", (due, message.seq))
            echo = self._echo(oa, customer, event, payloads.content(message), message.time_ms, admin_id)
        for listener in self._listeners:
            listener(customer, message)
        return message, echo

    def oa_reacts(self, oa: OfficialAccount, customer: Customer, message: Message, icon: str) -> list[int]:
        """The account reacts through the API; gives the ids of the echo webhooks."""
        with self._store.transaction():
            self._note_reaction(message.msg_id, icon, src=0)
            body = {"msg_id": message.msg_id, "react_icon": icon}
            return self._echo(oa, customer, "oa_reacted_message", body, self._clock.now_ms(), None)

    def _echo(
        self, oa: OfficialAccount, customer: Customer, event: str, body: Payload, at_ms: int, admin_id: str | None
    ) -> list[int]:
        call = Scope(app_id=oa.app_id, oa_id=oa.oa_id, user_id=customer.user_id, event_name=event)
        if self._faults.strike(FaultKind.NO_ECHO, call):
            return []
        if customer.conversation_id is not None:
            body = body | {"conversation_id": customer.conversation_id}
        payload = payloads.from_oa(oa.app_id, oa.oa_id, customer, event, body, at_ms, admin_id)
        return self._webhooks.emit(oa.app_id, payload, oa_id=oa.oa_id, user_id=customer.user_id, delay_ms=ECHO_DELAY_MS)

    def _note_reaction(self, msg_id: str, icon: str, *, src: int, at_ms: int | None = None) -> None:
        if icon == REMOVE_REACTION:
            self._store.write("DELETE FROM reaction WHERE msg_id = ? AND src = ?", (msg_id, src))
            return
        sql = "INSERT INTO reaction (msg_id, src, icon, at_ms) VALUES (?, ?, ?, ?)"
        self._store.write(sql, (msg_id, src, icon, self._clock.now_ms() if at_ms is None else at_ms))

    # The past: kept, and told to nobody

    def record(
        self, customer: Customer, draft: Draft, *, at_ms: int, msg_id: str, admin_id: str | None = None
    ) -> Message:
        """A message of the customer, or with `admin_id` of the account; that one was seen some moments later."""
        src = 1 if admin_id is None else 0
        message = self._add(customer, draft, src=src, time_ms=at_ms, admin_id=admin_id, msg_id=msg_id)
        if src == 0:
            sql = "UPDATE message SET received_ms = ?, seen_ms = ? WHERE seq = ?"
            received_ms = at_ms + RECEIVE_DELAY_MS
            self._store.write(sql, (received_ms, received_ms + (customer.auto_seen_ms or 0), message.seq))
        return message

    def record_reaction(self, msg_id: str, icon: str, at_ms: int) -> None:
        """Of the customer."""
        self._note_reaction(msg_id, icon, src=1, at_ms=at_ms)

    # Reading

    def reactions(self, msg_id: str, *, src: int) -> list[str]:
        """Icons, oldest first."""
        sql = "SELECT icon FROM reaction WHERE msg_id = ? AND src = ? ORDER BY id"
        return [row.icon for row in self._store.all(Icon, sql, (msg_id, src))]

    def find(self, oa_id: str, msg_id: str) -> Message | None:
        return self._store.one(Message, "SELECT * FROM message WHERE msg_id = ? AND oa_id = ?", (msg_id, oa_id))

    def thread(self, oa_id: str, user_id: str, *, offset: int, count: int) -> list[Message]:
        """Newest first."""
        sql = """SELECT * FROM message WHERE oa_id = ? AND user_id = ? ORDER BY time_ms DESC, seq DESC
                 LIMIT ? OFFSET ?"""
        return self._store.all(Message, sql, (oa_id, user_id, count, offset))

    def recent(self, oa_id: str, *, offset: int, count: int) -> list[Message]:
        """The latest message of each thread, newest first."""
        sql = """SELECT * FROM (
                     SELECT m.*, row_number() OVER (PARTITION BY m.user_id ORDER BY time_ms DESC, seq DESC) AS place
                     FROM message m JOIN customer USING (user_id)
                     WHERE m.oa_id = ? AND conversation_id IS NULL)
                 WHERE place = 1 ORDER BY time_ms DESC, seq DESC LIMIT ? OFFSET ?"""
        return self._store.all(Message, sql, (oa_id, count, offset))

    def on_phone(self, customer: Customer, limit: int = 1000) -> list[Message]:
        """What the customer's phone shows, oldest first: nothing that has not reached it."""
        arrived = "1" if customer.phone_on else "src = 1 OR received_ms IS NOT NULL"
        sql = f"""SELECT * FROM (SELECT * FROM message WHERE oa_id = ? AND user_id = ? AND ({arrived})
                                 ORDER BY time_ms DESC, seq DESC LIMIT ?) ORDER BY time_ms, seq"""
        return self._store.all(Message, sql, (customer.oa_id, customer.user_id, limit))

    def count_reply(self, message: Message) -> None:
        self._store.write("UPDATE message SET replies = replies + 1 WHERE seq = ?", (message.seq,))

    def _interact(self, customer: Customer, *, wrote: bool) -> None:
        now = self._clock.now_ms()
        customer.last_interaction_ms = now
        customer.unfollowed_ms = None
        customer.wrote = customer.wrote or wrote
        sql = """UPDATE customer SET last_interaction_ms = ?, unfollowed_ms = NULL, wrote = wrote OR ?
                 WHERE user_id = ?"""
        self._store.write(sql, (now, wrote, customer.user_id))

    def _stamp(self, user_id: str) -> int:
        """Strictly increasing within a thread, so that order by time is total."""
        stamp = max(self._clock.now_ms(), self._last_stamp.get(user_id, 0) + 1)
        self._last_stamp[user_id] = stamp
        return stamp

    def _add(
        self,
        customer: Customer,
        draft: Draft,
        *,
        src: int,
        time_ms: int,
        app_id: str | None = None,
        admin_id: str | None = None,
        msg_id: str | None = None,
    ) -> Message:
        message = Message(
            seq=0,
            msg_id=msg_id or new_message_id(),
            oa_id=customer.oa_id,
            user_id=customer.user_id,
            src=src,
            type=draft.type,
            text=draft.text,
            attachment=msgspec.json.encode(draft.attachments).decode() if draft.attachments else None,
            extra=draft.extra,
            quote_msg_id=draft.quote_msg_id,
            time_ms=time_ms,
            app_id=app_id,
            admin_id=admin_id,
            replies=0,
            received_ms=None,
            seen_ms=None,
        )
        message.seq = self._store.insert(
            """INSERT INTO message (msg_id, oa_id, user_id, src, type, text, attachment, extra, quote_msg_id, time_ms,
                                    app_id, admin_id) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""",
            (message.msg_id, message.oa_id, message.user_id, src, message.type, message.text, message.attachment,
             msgspec.json.encode(draft.extra).decode() if draft.extra else "{}", message.quote_msg_id, time_ms, app_id,
             admin_id),
        )  # fmt: skip
        return message


def _wire_type(type: str) -> str:
    """A business card travels as a link whose description holds the card."""
    return "link" if type == "business_card" else type
