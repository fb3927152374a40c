"""The customers' phones: when a message arrives and when it is seen, and the receipts for both.

Receipts exist only for what an app sent through the API, and only from the phone app (reference §2.3).
"""

import asyncio
from collections.abc import Iterable

from sokhach.sandbox import payloads
from sokhach.sandbox.accounts import Accounts, Customer
from sokhach.sandbox.clock import SimulatedClock
from sokhach.sandbox.faults import FaultKind, Faults, Scope
from sokhach.sandbox.payloads import Payload
from sokhach.sandbox.records import Message
from sokhach.sandbox.store import Store
from sokhach.sandbox.threads import RECEIVE_DELAY_MS
from sokhach.sandbox.webhooks import Webhooks

BATCH = 200


class Phones:
    def __init__(
        self, store: Store, clock: SimulatedClock, faults: Faults, accounts: Accounts, webhooks: Webhooks
    ) -> None:
        self._store = store
        self._clock = clock
        self._faults = faults
        self._accounts = accounts
        self._webhooks = webhooks
        self._wake = asyncio.Event()
        clock.on_change(self.wake)

    def wake(self) -> None:
        """Something new may be due."""
        self._wake.set()

    async def run(self) -> None:
        while True:
            self._wake.clear()
            if not self._tick():
                await self._sleep()

    def switch(self, customer: Customer, *, on: bool) -> None:
        """Turn a phone on (what waited arrives shortly) or off (nothing arrives, nothing is seen)."""
        due = self._clock.now_ms() + RECEIVE_DELAY_MS if on else None
        with self._store.transaction():
            customer.phone_on = on
            self._accounts.save_customer(customer)
            sql = "UPDATE message SET receive_due_ms = ? WHERE user_id = ? AND src = 0 AND received_ms IS NULL"
            self._store.write(sql, (due, customer.user_id))
            if not on:
                self._store.write("UPDATE message SET seen_due_ms = NULL WHERE user_id = ?", (customer.user_id,))
        self.wake()

    def open_chat(self, customer: Customer) -> list[str]:
        """The customer looks: everything of the official account is seen now. Gives the ids newly seen."""
        sql = "SELECT * FROM message WHERE oa_id = ? AND user_id = ? AND src = 0 AND seen_ms IS NULL ORDER BY seq"
        fresh = self._store.all(Message, sql, (customer.oa_id, customer.user_id))
        with self._store.transaction():
            self._arrive(message for message in fresh if message.received_ms is None)
            self._see(fresh)
        return [message.msg_id for message in fresh]

    def _tick(self) -> bool:
        now = self._clock.now_ms()
        arriving = self._due("receive_due_ms", now)
        seeing = self._due("seen_due_ms", now)
        with self._store.transaction():
            self._arrive(arriving)
            self._see(seeing)
        return bool(arriving or seeing)

    def _due(self, column: str, now: int) -> list[Message]:
        sql = f"SELECT * FROM message WHERE {column} <= ? ORDER BY {column}, seq LIMIT {BATCH}"
        return self._store.all(Message, sql, (now,))

    def _arrive(self, messages: Iterable[Message]) -> None:
        now = self._clock.now_ms()
        for message in messages:
            customer = self._accounts.customer(message.oa_id, message.user_id)
            seen_due = None if customer.auto_seen_ms is None else now + customer.auto_seen_ms
            self._store.write(
                "UPDATE message SET received_ms = ?, receive_due_ms = NULL, seen_due_ms = ? WHERE seq = ?",
                (now, seen_due, message.seq),
            )
            self._receipt(customer, [message], "user_received_message", {"msg_id": message.msg_id})

    def _see(self, messages: list[Message]) -> None:
        now = self._clock.now_ms()
        by_thread: dict[tuple[str, str], list[Message]] = {}
        for message in messages:
            by_thread.setdefault((message.oa_id, message.user_id), []).append(message)
            sql = "UPDATE message SET seen_ms = ?, seen_due_ms = NULL WHERE seq = ?"
            self._store.write(sql, (now, message.seq))
        for (oa_id, user_id), seen in by_thread.items():
            customer = self._accounts.customer(oa_id, user_id)
            ids = [message.msg_id for message in reversed(seen) if message.app_id]
            self._receipt(customer, seen, "user_seen_message", {"msg_ids": ids})

    def _receipt(self, customer: Customer, messages: list[Message], event: str, body: Payload) -> None:
        app_id = next((message.app_id for message in messages if message.app_id), None)
        if app_id is None:
            return
        call = Scope(app_id=app_id, oa_id=customer.oa_id, user_id=customer.user_id, event_name=event)
        if self._faults.strike(FaultKind.NO_RECEIPTS, call):
            return
        if self._faults.strike(FaultKind.RECEIPT_WITHOUT_ID, call):
            body = {}
        payload = payloads.from_oa(app_id, customer.oa_id, customer, event, body, self._clock.now_ms())
        self._webhooks.emit(app_id, payload, oa_id=customer.oa_id, user_id=customer.user_id)

    async def _sleep(self) -> None:
        sql = """SELECT min(due) FROM (SELECT min(receive_due_ms) AS due FROM message WHERE receive_due_ms IS NOT NULL
                 UNION ALL SELECT min(seen_due_ms) FROM message WHERE seen_due_ms IS NOT NULL)"""
        due = self._store.value(sql)
        try:
            async with asyncio.timeout(None if due is None else self._clock.real_seconds_until(due)):
                await self._wake.wait()
        except TimeoutError:
            return
