"""What happens between a customer and an official account: messages both ways, following, and what the app is told."""

from collections.abc import Callable
from typing import Any

import msgspec

from sokhach.sandbox import payloads
from sokhach.sandbox.accounts import Accounts, Customer, OfficialAccount, new_message_id
from sokhach.sandbox.clock import SimulatedClock
from sokhach.sandbox.faults import FaultKind, Faults, Scope
from sokhach.sandbox.media import Media
from sokhach.sandbox.store import Store
from sokhach.sandbox.webhooks import Webhooks

RECEIVE_DELAY_MS = 300
"""How long a message takes to a phone that is on."""

ECHO_DELAY_MS = 30
"""An echo normally leaves after the API has answered."""


class Message(msgspec.Struct, kw_only=True):
    """`src` 0 = from the official account, 1 = from the customer. `app_id` = sent through the API by that app."""

    seq: int
    msg_id: str
    oa_id: str
    user_id: str
    src: int
    type: str
    text: str | None
    attachment: str | None
    quote_msg_id: str | None
    time_ms: int
    app_id: str | None
    admin_id: str | None
    replies: int
    received_ms: int | None
    seen_ms: int | None

    def payload(self) -> dict[str, Any]:
        """Webhook payload of the attachment, empty for plain text."""
        return msgspec.json.decode(self.attachment, type=dict[str, Any]) if self.attachment else {}


class InboundMessage(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """What a customer sends. `payload` replaces the generated attachment; `timestamp` (ms) the clock."""

    type: str = "text"
    text: str | None = None
    quote_msg_id: str | None = None
    timestamp: int | None = None
    payload: dict[str, Any] | None = None


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
        attachment = None if sent.type == "text" else (sent.payload or self._media.attachment(sent.type))
        with self._store.transaction():
            self._interact(customer, wrote=True)
            message = self._add(customer, src=1, type=sent.type, text=sent.text, attachment=attachment,
                                quote_msg_id=sent.quote_msg_id, time_ms=at_ms)  # fmt: skip
            body = payloads.message(
                message.msg_id,
                text=sent.text,
                quote_msg_id=sent.quote_msg_id,
                attachment=None if attachment is None else self._wire_attachment(sent.type, attachment),
            )
            event = f"user_send_{sent.type}"
            payload = payloads.from_user(
                oa.app_id, oa.oa_id, customer.user_id, customer.user_id_by_app, event, body, at_ms
            )
            self._webhooks.emit(oa.app_id, payload, oa_id=oa.oa_id, user_id=customer.user_id, burst_id=burst_id)
        return message

    def follow(self, customer: Customer, *, follows: bool) -> None:
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
            payload = payloads.follow(oa.app_id, oa.oa_id, customer.user_id, customer.user_id_by_app, event, now)
            self._webhooks.emit(oa.app_id, payload, oa_id=oa.oa_id, user_id=customer.user_id)

    def click_chat_now(self, customer: Customer) -> None:
        """The "chat now" button: an interaction that allows three welcome messages. Zalo tells of it once per user."""
        oa = self._accounts.oa(customer.oa_id)
        now = self._clock.now_ms()
        first = customer.last_interaction_ms is None
        with self._store.transaction():
            self._interact(customer, wrote=False)
            if first:
                payload = payloads.click_chat_now(oa.app_id, oa.oa_id, customer.user_id, customer.user_id_by_app, now)
                self._webhooks.emit(oa.app_id, payload, oa_id=oa.oa_id, user_id=customer.user_id)

    def react(self, customer: Customer, msg_id: str, icon: str) -> None:
        oa = self._accounts.oa(customer.oa_id)
        now = self._clock.now_ms()
        body = {"msg_id": msg_id, "react_icon": icon}
        payload = payloads.from_user(
            oa.app_id, oa.oa_id, customer.user_id, customer.user_id_by_app, "user_reacted_message", body, now
        )
        with self._store.transaction():
            self._interact(customer, wrote=False)
            self._webhooks.emit(oa.app_id, payload, oa_id=oa.oa_id, user_id=customer.user_id)

    # From the official account

    def send(
        self,
        oa: OfficialAccount,
        customer: Customer,
        text: str,
        *,
        app_id: str | None = None,
        admin_id: str | None = None,
        quote_msg_id: str | None = None,
    ) -> tuple[Message, list[int]]:
        """A text to the customer, by API (`app_id`) or by hand in Zalo's own tools (`admin_id`), and its echo.

        Gives the message and the ids of the echo webhooks.
        """
        call = Scope(app_id=oa.app_id, oa_id=oa.oa_id, user_id=customer.user_id, event_name="oa_send_text")
        with self._store.transaction():
            message = self._add(customer, src=0, type="text", text=text, quote_msg_id=quote_msg_id,
                                time_ms=self._stamp(customer.user_id), app_id=app_id, admin_id=admin_id)  # fmt: skip
            if customer.phone_on:
                due = self._clock.now_ms() + RECEIVE_DELAY_MS
                self._store.write("UPDATE message SET receive_due_ms = ? WHERE seq = ?", (due, message.seq))
            payload = payloads.from_oa(
                oa.app_id,
                oa.oa_id,
                customer.user_id,
                customer.user_id_by_app,
                "oa_send_text",
                payloads.message(message.msg_id, text=text, quote_msg_id=quote_msg_id),
                message.time_ms,
                admin_id,
            )
            silent = self._faults.strike(FaultKind.NO_ECHO, call)
            echo = [] if silent else self._webhooks.emit(
                oa.app_id, payload, oa_id=oa.oa_id, user_id=customer.user_id, delay_ms=ECHO_DELAY_MS
            )  # fmt: skip
        for listener in self._listeners:
            listener(customer, message)
        return message, echo

    # Reading

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
                     SELECT *, row_number() OVER (PARTITION BY user_id ORDER BY time_ms DESC, seq DESC) AS place
                     FROM message WHERE oa_id = ?)
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
        *,
        src: int,
        type: str,
        time_ms: int,
        text: str | None = None,
        attachment: dict[str, Any] | None = None,
        quote_msg_id: str | None = None,
        app_id: str | None = None,
        admin_id: str | None = None,
    ) -> Message:
        stored = None if attachment is None else msgspec.json.encode(attachment).decode()
        msg_id = new_message_id()
        seq = self._store.insert(
            """INSERT INTO message (msg_id, oa_id, user_id, src, type, text, attachment, quote_msg_id, time_ms, app_id,
                                    admin_id) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""",
            (
                msg_id,
                customer.oa_id,
                customer.user_id,
                src,
                type,
                text,
                stored,
                quote_msg_id,
                time_ms,
                app_id,
                admin_id,
            ),
        )
        return Message(
            seq=seq,
            msg_id=msg_id,
            oa_id=customer.oa_id,
            user_id=customer.user_id,
            src=src,
            type=type,
            text=text,
            attachment=stored,
            quote_msg_id=quote_msg_id,
            time_ms=time_ms,
            app_id=app_id,
            admin_id=admin_id,
            replies=0,
            received_ms=None,
            seen_ms=None,
        )

    def _wire_attachment(self, type: str, payload: dict[str, Any]) -> dict[str, Any]:
        # A business card travels as a link whose description holds the card.
        return {"type": "link" if type == "business_card" else type, "payload": payload}
