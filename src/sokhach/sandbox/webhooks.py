"""Webhooks out: a row per delivery, sent with the 2 s limit and repeated by Zalo's ladder."""

import asyncio
import codecs
import time
import unicodedata
from collections.abc import Callable
from typing import Any

import msgspec

from sokhach.sandbox.accounts import Accounts, App
from sokhach.sandbox.clock import SimulatedClock
from sokhach.sandbox.faults import FaultKind, Faults, Scope, SignatureVariant
from sokhach.sandbox.payloads import Payload
from sokhach.sandbox.sender import Sender, SendError
from sokhach.sandbox.signing import signature_headers
from sokhach.sandbox.store import Store

TIME_LIMIT_SECONDS = 2.0
"""Zalo's limit for a whole delivery: always real time, however the simulated clock runs."""

LADDER_MS = (30_000, 300_000, 900_000, 1_800_000, 3_600_000)
"""Waits before the five repeats; a webhook that fails once more switches the app's webhook off."""

CONCURRENCY = 64


class Webhook(msgspec.Struct, kw_only=True):
    id: int
    app_id: str
    oa_id: str
    user_id: str | None
    event_name: str
    msg_id: str | None
    timestamp: str
    body: bytes
    signature: SignatureVariant
    attempts: int
    due_ms: int
    created_ms: int


def compact(payload: Payload) -> bytes:
    return msgspec.json.encode(payload)


def _unwanted(app: App, event_name: str, message: dict[str, Any]) -> bool:
    """What the switches in the developer console hold back (reference §2.1)."""
    filtered = app.syntax_filter and event_name == "user_send_text" and not str(message.get("text")).startswith("#")
    return filtered or event_name in app.events_off


class Webhooks:
    def __init__(self, store: Store, clock: SimulatedClock, faults: Faults, accounts: Accounts) -> None:
        self._store = store
        self._clock = clock
        self._faults = faults
        self._accounts = accounts
        self._wake = asyncio.Event()
        self._in_flight: set[asyncio.Task[None]] = set()
        self._held: dict[int, list[int]] = {}
        self._sender = Sender()
        self._more_headers: list[Callable[[int], dict[str, str]]] = []
        clock.on_change(self._wake.set)

    def on_headers(self, source: Callable[[int], dict[str, str]]) -> None:
        """`source` gives what the delivery of a webhook carries besides the usual headers."""
        self._more_headers.append(source)

    # The way in

    def emit(
        self,
        app_id: str,
        payload: Payload,
        *,
        oa_id: str,
        user_id: str | None = None,
        delay_ms: int = 0,
        burst_id: int | None = None,
    ) -> list[int]:
        """Record one event for delivery, with the faults that apply. Gives the webhook ids, copies included.

        An app whose webhook is switched off or absent gets nothing, now or later: only the history API has the message.
        """
        event_name = str(payload["event_name"])
        call = Scope(app_id=app_id, oa_id=oa_id, user_id=user_id, event_name=event_name)
        lost = self._faults.strike(FaultKind.WEBHOOK_LOST, call) is not None
        message: dict[str, Any] = payload.get("message") or {}
        unwanted = _unwanted(self._accounts.app(app_id), event_name, message)
        return self.emit_bytes(
            app_id,
            self._encode(payload, call),
            timestamp=str(payload["timestamp"]),
            event_name=event_name,
            msg_id=message.get("msg_id"),
            oa_id=oa_id,
            user_id=user_id,
            delay_ms=delay_ms,
            burst_id=burst_id,
            lost=lost or unwanted,
        )

    def emit_bytes(
        self,
        app_id: str,
        body: bytes,
        *,
        timestamp: str,
        event_name: str,
        oa_id: str,
        msg_id: str | None = None,
        user_id: str | None = None,
        delay_ms: int = 0,
        burst_id: int | None = None,
        lost: bool = False,
        signature: SignatureVariant | None = None,
    ) -> list[int]:
        call = Scope(app_id=app_id, oa_id=oa_id, user_id=user_id, event_name=event_name)
        app = self._accounts.app(app_id)
        undeliverable = lost or app.webhook_url is None or app.webhook_off_since_ms is not None
        undeliverable = undeliverable or not self._granted(oa_id)
        slow = self._faults.strike(FaultKind.WEBHOOK_SLOW, call)
        forged = self._faults.strike(FaultKind.WEBHOOK_SIGNATURE, call)
        duplicate = self._faults.strike(FaultKind.WEBHOOK_DUPLICATE, call)
        reorder = self._faults.strike(FaultKind.WEBHOOK_REORDER, call)
        now = self._clock.now_ms()
        due = now + delay_ms + (slow.order.delay_ms if slow else 0)
        variant = signature or (forged.order.variant if forged else SignatureVariant.GOOD)
        ids: list[int] = []
        with self._store.transaction():
            for _ in range(duplicate.order.copies if duplicate else 1):
                ids.append(
                    self._store.insert(
                        """INSERT INTO webhook (app_id, oa_id, user_id, event_name, msg_id, timestamp, body, signature,
                                                state, due_ms, created_ms, copy_of, burst_id)
                           VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""",
                        (app_id, oa_id, user_id, event_name, msg_id, timestamp, body, variant,
                         "dropped" if undeliverable else "pending", due + (reorder.order.hold_ms if reorder else 0),
                         now, ids[0] if ids else None, burst_id),
                    )
                )  # fmt: skip
        if reorder and not undeliverable:
            self._hold(reorder.id, ids, reorder.order.window)
        self._wake.set()
        return [] if undeliverable else ids

    def _granted(self, oa_id: str) -> bool:
        """An account that took its permission back is silent; one that is not known here (raw events) is not."""
        return self._store.value("SELECT granted FROM oa WHERE oa_id = ?", (oa_id,)) != 0

    def withdraw(self, ids: list[int]) -> None:
        """Events that were announced for later and will not come to pass."""
        marks = ",".join("?" * len(ids))
        self._store.write(f"UPDATE webhook SET state = 'dropped' WHERE id IN ({marks}) AND state = 'pending'", ids)

    def _encode(self, payload: Payload, call: Scope) -> bytes:
        if self._faults.strike(FaultKind.WEBHOOK_NFD, call):
            return unicodedata.normalize("NFD", compact(payload).decode()).encode()
        if self._faults.strike(FaultKind.WEBHOOK_BOM, call):
            return codecs.BOM_UTF8 + compact(payload)
        if self._faults.strike(FaultKind.WEBHOOK_RESPACED, call):
            return msgspec.json.format(compact(payload), indent=2)
        return compact(payload)

    def _hold(self, fault_id: int, ids: list[int], window: int) -> None:
        """Collect a window; once full, release it in an order that is not the one of arrival.

        A window that never fills goes out when its hold time is over, through the ordinary due time.
        """
        held = [*self._held.get(fault_id, []), *ids]
        if len(held) < window:
            self._held[fault_id] = held
            return
        self._held[fault_id] = []
        order = held.copy()
        fault = self._faults.find(fault_id)
        if fault is not None:
            fault.random.shuffle(order)
        if order == held:
            order.reverse()
        now = self._clock.now_ms()
        with self._store.transaction():
            for place, webhook_id in enumerate(order):
                sql = "UPDATE webhook SET due_ms = ? WHERE id = ? AND state = 'pending'"
                self._store.write(sql, (now + place, webhook_id))

    # The way out

    async def run(self) -> None:
        """Deliver what is due, for ever."""
        self._store.write("UPDATE webhook SET state = 'pending' WHERE state = 'sending'")
        while True:
            self._wake.clear()
            free = CONCURRENCY - len(self._in_flight)
            due = self._claim(free) if free else []
            for webhook in due:
                self._spawn(webhook)
            if free and len(due) == free:
                continue
            await self._sleep(until_due=free > 0)

    async def close(self) -> None:
        for task in self._in_flight:
            task.cancel()
        await asyncio.gather(*self._in_flight, return_exceptions=True)
        self._sender.close()

    async def deliver_now(self, ids: list[int]) -> None:
        """Make the first attempt at once and wait for its outcome."""
        marks = ",".join("?" * len(ids))
        sql = f"UPDATE webhook SET state = 'sending' WHERE id IN ({marks}) AND state = 'pending' RETURNING *"
        await asyncio.gather(*(self._deliver(webhook) for webhook in self._store.all(Webhook, sql, ids)))

    def _claim(self, limit: int) -> list[Webhook]:
        claimed = self._store.all(
            Webhook,
            """UPDATE webhook SET state = 'sending' WHERE id IN (
                   SELECT id FROM webhook WHERE state = 'pending' AND due_ms <= ? ORDER BY due_ms, id LIMIT ?)
               RETURNING *""",
            (self._clock.now_ms(), limit),
        )
        return sorted(claimed, key=lambda webhook: (webhook.due_ms, webhook.id))

    def _spawn(self, webhook: Webhook) -> None:
        task = asyncio.create_task(self._deliver(webhook))
        self._in_flight.add(task)
        task.add_done_callback(self._landed)

    def _landed(self, task: asyncio.Task[None]) -> None:
        self._in_flight.discard(task)
        self._wake.set()

    async def _sleep(self, *, until_due: bool) -> None:
        due = self._store.value("SELECT min(due_ms) FROM webhook WHERE state = 'pending'") if until_due else None
        seconds = None if due is None else self._clock.real_seconds_until(due)
        try:
            async with asyncio.timeout(seconds):
                await self._wake.wait()
        except TimeoutError:
            return

    async def _deliver(self, webhook: Webhook) -> None:
        app = self._accounts.app(webhook.app_id)
        headers = self._headers(app, webhook)
        started = time.perf_counter()
        status, error = None, None
        try:
            async with asyncio.timeout(TIME_LIMIT_SECONDS):
                status = await self._sender.post(app.webhook_url or "", headers, webhook.body)
        except TimeoutError:
            error = "no answer within 2 s"
        except SendError as failure:
            error = str(failure)
        latency_ms = (time.perf_counter() - started) * 1000
        if status == 200:
            self._acknowledge(webhook, latency_ms)
        else:
            self._fail(webhook, status, error or f"HTTP {status}", latency_ms)

    def _headers(self, app: App, webhook: Webhook) -> dict[str, str]:
        headers = {"Content-Type": "application/json", "User-Agent": "ZaloWebhook"}
        if webhook.attempts:
            headers["num_retry"] = str(webhook.attempts)
        for source in self._more_headers:
            headers |= source(webhook.id)
        return headers | signature_headers(
            webhook.signature,
            app_id=webhook.app_id,
            oa_id=webhook.oa_id,
            body=webhook.body,
            timestamp=webhook.timestamp,
            oa_secret=app.oa_secret,
            app_secret=app.app_secret,
        )

    def _acknowledge(self, webhook: Webhook, latency_ms: float) -> None:
        self._store.write(
            """UPDATE webhook SET state = 'acknowledged', attempts = attempts + 1, acknowledged_ms = ?,
                   latency_ms = ?, last_status = 200, last_error = NULL WHERE id = ?""",
            (self._clock.now_ms(), latency_ms, webhook.id),
        )

    def _fail(self, webhook: Webhook, status: int | None, error: str, latency_ms: float) -> None:
        exhausted = webhook.attempts >= len(LADDER_MS)
        wait = 0 if exhausted else LADDER_MS[webhook.attempts] / self._clock.ladder_scale
        with self._store.transaction():
            self._store.write(
                """UPDATE webhook SET state = ?, attempts = attempts + 1, due_ms = ?, latency_ms = ?, last_status = ?,
                       last_error = ? WHERE id = ?""",
                ("abandoned" if exhausted else "pending", self._clock.now_ms() + int(wait), latency_ms, status, error,
                 webhook.id),
            )  # fmt: skip
            if exhausted:
                self._switch_off(webhook.app_id)

    def _switch_off(self, app_id: str) -> None:
        self._store.write(
            "UPDATE app SET webhook_off_since_ms = ? WHERE app_id = ? AND webhook_off_since_ms IS NULL",
            (self._clock.now_ms(), app_id),
        )
        sql = "UPDATE webhook SET state = 'dropped' WHERE app_id = ? AND state = 'pending'"
        self._store.write(sql, (app_id,))

    # Control

    def switch_on(self, app_id: str | None = None) -> None:
        """What an administrator does in the developer console. Events that fell in between stay lost."""
        sql = "UPDATE app SET webhook_off_since_ms = NULL WHERE :app_id IS NULL OR app_id = :app_id"
        self._store.write(sql, {"app_id": app_id})

    def rescale_ladder(self, before: float, after: float) -> None:
        """Waits that have already begun shrink or grow with the new scale."""
        now = self._clock.now_ms()
        self._store.write(
            """UPDATE webhook SET due_ms = :now + CAST((due_ms - :now) * :factor AS INTEGER)
               WHERE state = 'pending' AND attempts > 0 AND due_ms > :now""",
            {"now": now, "factor": before / after},
        )
        self._wake.set()
