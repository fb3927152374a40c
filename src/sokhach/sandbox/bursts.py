"""Load: many customers' messages at a steady rate, each a signed webhook of its own."""

import asyncio
import hashlib
import time
from typing import Any

import msgspec

from sokhach.sandbox.accounts import Accounts, Customer, NotFoundError
from sokhach.sandbox.clock import SimulatedClock
from sokhach.sandbox.store import Store
from sokhach.sandbox.threads import InboundMessage, Threads

CHUNK = 50
FIRST_USER = 7 * 10**18
"""Numbered users live above this, in a range of a million per official account."""

TICK_SECONDS = 0.02


class BurstOrder(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """`rate_per_second` absent = as fast as they can be written down. Texts are "<text_prefix> <number>"."""

    count: int
    users: int = 100
    rate_per_second: float | None = None
    text_prefix: str = "Tin thử"


class BurstRow(msgspec.Struct):
    id: int
    oa_id: str
    count: int
    started_ms: int
    finished_ms: int | None


class Bursts:
    def __init__(self, store: Store, clock: SimulatedClock, accounts: Accounts, threads: Threads) -> None:
        self._store = store
        self._clock = clock
        self._accounts = accounts
        self._threads = threads
        self._tasks: set[asyncio.Task[None]] = set()

    def start(self, oa_id: str, order: BurstOrder) -> int:
        """Begin in the background; gives the burst id. The users are numbered and shared by later bursts."""
        customers = self._customers(oa_id, order.users)
        burst_id = self._store.insert(
            "INSERT INTO burst (oa_id, count, started_ms) VALUES (?, ?, ?)", (oa_id, order.count, self._clock.now_ms())
        )
        task = asyncio.create_task(self._run(burst_id, customers, order))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return burst_id

    def report(self, burst_id: int) -> dict[str, Any]:
        """`created` of `count` so far, and how their webhooks stand."""
        burst = self._store.one(BurstRow, "SELECT * FROM burst WHERE id = ?", (burst_id,))
        if burst is None:
            raise NotFoundError(f"no burst {burst_id}")
        states = self._store.pairs(
            "SELECT state, count(*) FROM webhook WHERE burst_id = ? AND copy_of IS NULL GROUP BY state", (burst_id,)
        )
        return {
            "burst_id": burst.id,
            "oa_id": burst.oa_id,
            "count": burst.count,
            "created": sum(states.values()),
            "running": burst.finished_ms is None,
            "started_ms": burst.started_ms,
            "finished_ms": burst.finished_ms,
        } | {name: states.get(name, 0) for name in ("pending", "sending", "acknowledged", "abandoned", "dropped")}

    async def close(self) -> None:
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    def _customers(self, oa_id: str, count: int) -> list[Customer]:
        base = FIRST_USER + int.from_bytes(hashlib.sha256(oa_id.encode()).digest()[:5]) * 10**6
        now = self._clock.now_ms()
        with self._store.transaction():
            return [
                self._accounts.add_customer(oa_id, f"Khách thử {number:04}", now_ms=now, user_id=str(base + number))
                for number in range(1, max(count, 1) + 1)
            ]

    async def _run(self, burst_id: int, customers: list[Customer], order: BurstOrder) -> None:
        started = time.perf_counter()
        written = 0
        while written < order.count:
            target = order.count
            if order.rate_per_second is not None:
                target = min(target, int((time.perf_counter() - started) * order.rate_per_second) + 1)
            until = min(target, written + CHUNK)
            with self._store.transaction():
                for number in range(written, until):
                    sent = InboundMessage(text=f"{order.text_prefix} {number + 1}")
                    self._threads.receive(customers[number % len(customers)], sent, burst_id=burst_id)
            written = until
            if written < order.count:
                await asyncio.sleep(0 if written < target else TICK_SECONDS)
        self._store.write("UPDATE burst SET finished_ms = ? WHERE id = ?", (self._clock.now_ms(), burst_id))
