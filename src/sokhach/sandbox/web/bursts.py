"""Load: many messages to many accounts, made inside the sandbox."""

import asyncio
import itertools

import msgspec

from sokhach.sandbox.accounts import NotFoundError
from sokhach.sandbox.web.sockets import Sockets
from sokhach.sandbox.web.talk import Talk

SLICE_SECONDS = 0.02


class BurstOrder(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """`to` None = every account with an open socket, in turn. `rate_per_second` None = as fast as possible."""

    from_uid: str
    count: int
    to: list[str] | None = None
    rate_per_second: float | None = None
    text_prefix: str = "Tin thử"


class WebBurst(msgspec.Struct):
    """`seconds`: from the first to the last message, while it runs until now."""

    id: int
    count: int
    created: int
    running: bool
    seconds: float
    error: str | None = None


class WebBursts:
    """Not kept over a restart; the messages are."""

    def __init__(self, talk: Talk, sockets: Sockets) -> None:
        self._talk = talk
        self._sockets = sockets
        self._numbers = itertools.count(1)
        self._bursts: dict[int, WebBurst] = {}
        self._tasks: set[asyncio.Task[None]] = set()

    def start(self, order: BurstOrder) -> WebBurst:
        uids = order.to or [connection.uid for connection in self._sockets.all()]
        if not uids:
            raise NotFoundError("nobody is connected")
        burst = WebBurst(next(self._numbers), order.count, 0, running=True, seconds=0.0)
        self._bursts[burst.id] = burst
        task = asyncio.create_task(self._run(burst, order, uids))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return burst

    def report(self, number: int) -> WebBurst:
        if number not in self._bursts:
            raise NotFoundError(f"no burst {number}")
        return self._bursts[number]

    def stop(self) -> None:
        for task in self._tasks:
            task.cancel()

    async def _run(self, burst: WebBurst, order: BurstOrder, uids: list[str]) -> None:
        loop = asyncio.get_running_loop()
        began = loop.time()
        try:
            while burst.created < order.count:
                burst.seconds = loop.time() - began
                allowed = order.count if order.rate_per_second is None else burst.seconds * order.rate_per_second + 1
                deadline = loop.time() + SLICE_SECONDS
                while burst.created < min(allowed, order.count) and loop.time() < deadline:
                    to = uids[burst.created % len(uids)]
                    self._talk.say(order.from_uid, to, text=f"{order.text_prefix} {burst.created + 1}")
                    burst.created += 1
                burst.seconds = loop.time() - began
                await asyncio.sleep(0 if order.rate_per_second is None else SLICE_SECONDS)
        except Exception as error:
            burst.error = f"{type(error).__name__}: {error}"
        finally:
            burst.running = False
