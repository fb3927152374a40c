"""`fanout_p95_ms`: from a customer's webhook until a browser that may know of it is told, over all browsers."""

import asyncio
import time
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from tests.support import realtime

from bench.data import STAFF
from bench.inbox.office import Office, sees
from bench.load import Line
from bench.payloads import signature, text_from
from bench.support import percentile
from bench.words import Words
from sokhach.core import clock

LONGEST_SECONDS = 10


class Heard(NamedTuple):
    conversation_id: int
    at: float


class Socket:
    """One browser's line. `heard`: every change of a conversation that it is told of, and when."""

    def __init__(self, port: int, staff_id: int, session: str) -> None:
        self.staff_id = staff_id
        self.heard: list[Heard] = []
        self.ready = asyncio.Event()
        self._port = port
        self._session = session

    async def run(self) -> None:
        async for word in realtime.words(self._port, self._session):
            at = time.perf_counter()
            if word["type"] == "hello":
                self.ready.set()
            elif word["type"] == "events":
                told = {one.get("conversation_id") for one in word["events"] if one["kind"] == "conversation.changed"}
                self.heard += [Heard(one, at) for one in told if one is not None]


def measure(office: Office, sockets: int, webhooks: int, per_second: float) -> Mapping[str, float]:
    """Webhooks come at chance times, so many a second on average, each of another customer."""
    rows = office.rows("SELECT id, custodian_id FROM conversation ORDER BY random() LIMIT %s", webhooks)
    custodians = {int(row[0]): row[1] for row in rows}
    staff = [number % STAFF + 1 for number in range(sockets)]
    lines = [Socket(office.port, one, office.sign_in(one)) for one in staff]
    asked = asyncio.run(_follow(office, lines, list(custodians), per_second))
    seconds: list[float] = []
    last: list[float] = []
    missed = 0
    for conversation_id, at in asked.items():
        told: list[float] = []
        for line in lines:
            if not _may_know(line.staff_id, custodians[conversation_id]):
                assert not any(one.conversation_id == conversation_id for one in line.heard), "told what is not theirs"
                continue
            heard = next((one.at for one in line.heard if one.conversation_id == conversation_id and one.at > at), None)
            if heard is None:
                missed += 1
            else:
                told.append(heard - at)
        seconds += told
        last.append(max(told))
    if missed:
        raise RuntimeError(f"{missed} browsers were not told within {LONGEST_SECONDS} s")
    return {
        "fanout_p50_ms": percentile(seconds, 0.5) * 1000,
        "fanout_p95_ms": percentile(seconds, 0.95) * 1000,
        "fanout_last_p95_ms": percentile(last, 0.95) * 1000,
        "fanout_told": len(seconds) / len(asked),
    }


def _may_know(staff_id: int, custodian_id: int | None) -> bool:
    seen = sees(staff_id)
    return seen is None or custodian_id is None or custodian_id in seen


async def _follow(
    office: Office, sockets: Sequence[Socket], conversations: Sequence[int], per_second: float
) -> dict[int, float]:
    """Conversation → when its webhook was posted."""
    tasks = [asyncio.create_task(one.run()) for one in sockets]
    await asyncio.wait_for(asyncio.gather(*(one.ready.wait() for one in sockets)), 60)
    await asyncio.sleep(2)
    line = await Line.open(office.port)
    words = Words(office.chance)
    asked: dict[int, float] = {}
    for number, conversation_id in enumerate(conversations):
        now_ms = int(clock.now().timestamp() * 1000)
        customer = str(7_000_000_000_000_000_000 + conversation_id)
        body = text_from(customer, words.sentence(), f"fan-{now_ms:x}-{number:x}", now_ms)
        signed = signature(body)
        asked[conversation_id] = time.perf_counter()
        await line.post(body, signed)
        await asyncio.sleep(office.chance.expovariate(per_second))
    await asyncio.sleep(min(LONGEST_SECONDS, 3))
    line.close()
    for task in tasks:
        task.cancel()
    ended = await asyncio.gather(*tasks, return_exceptions=True)
    broken = [one for one in ended if isinstance(one, Exception)]
    if broken:
        raise broken[0]
    return asked
