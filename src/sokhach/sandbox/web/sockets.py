"""Open WebSockets: one for each account, as Zalo allows; what goes to them, and how they end."""

import asyncio
import base64
import contextlib
import random
import secrets
from collections import deque
from collections.abc import Callable, Iterable
from typing import Any

from litestar import WebSocket
from litestar.exceptions import WebSocketDisconnect

from sokhach.sandbox.connection import cut_all
from sokhach.sandbox.web import frames
from sokhach.sandbox.web.frames import Opcode
from sokhach.sandbox.web.sessions import WebSession

AnySocket = WebSocket[Any, Any, Any]
Reader = Callable[["Connection", Opcode, dict[str, Any]], None]

BATCH = 10
"""Items of one kind that wait for the same socket leave in one frame."""

LISTS: dict[int, tuple[str, ...]] = {
    501: ("msgs",), 521: ("groupMsgs",), 502: ("delivereds", "seens"), 522: ("delivereds", "groupSeens"),
    510: ("msgs",), 511: ("groupMsgs",), 601: ("controls",), 602: ("actions",),
    610: ("reacts",), 611: ("reactGroups",), 612: ("reacts", "reactGroups"),
}  # fmt: skip
"""All lists of an event are there, the empty ones too."""


class Parcel:
    """Items on their way. `alone`: not to be put together with others. `sealed_for_nobody`: with a key nobody has."""

    __slots__ = ("alone", "data", "items", "list_name", "opcode", "sealed_for_nobody")

    def __init__(
        self,
        opcode: Opcode,
        list_name: str,
        items: list[Any],
        *,
        data: dict[str, Any] | None = None,
        alone: bool = False,
        sealed_for_nobody: bool = False,
    ) -> None:
        self.opcode = opcode
        self.list_name = list_name
        self.items = items
        self.data = data or {}
        self.alone = alone
        self.sealed_for_nobody = sealed_for_nobody


class Connection:
    """`code`: how it was closed from our side; None while it is open, 1006 when it was cut."""

    def __init__(self, socket: AnySocket, session: WebSession) -> None:
        self.session = session
        self.uid = session.uid
        self.key = secrets.token_bytes(16)
        self.code: int | None = None
        self.silent = False
        self.frames = 0
        self._socket = socket
        self._waiting: deque[Parcel] = deque()
        self._wake = asyncio.Event()

    def put(self, parcel: Parcel) -> None:
        self._waiting.append(parcel)
        self._wake.set()

    @property
    def scope(self) -> Any:
        return self._socket.scope

    def close(self, code: int) -> None:
        """With a word, unless the code is 1006: then whoever calls has cut the line already."""
        if self.code is None:
            self.code = code
            self._wake.set()

    def hang_up(self) -> None:
        hang_up([self])

    def go_silent(self) -> None:
        """The connection stays, and nothing comes out of it any more, not even the answer to a ping."""
        self.silent = True
        self._wake.set()

    async def run(self, mode: Callable[[], int], read: Reader) -> None:
        """Until either side ends it."""
        await self._socket.send_data(
            frames.frame(frames.KEY, {"key": base64.b64encode(self.key).decode(), "error_code": 0}), mode="binary"
        )
        reader = asyncio.create_task(self._read(read))
        try:
            await self._write(mode, reader)
        finally:
            await _cancelled(reader)
        await self._end()

    async def _write(self, mode: Callable[[], int], reader: asyncio.Task[None]) -> None:
        reader.add_done_callback(lambda _: self._wake.set())
        while True:
            await self._wake.wait()
            self._wake.clear()
            if self.silent:
                reader.cancel()
            while self._waiting and self.code is None and not self.silent:
                await self._send(self._next(), mode)
            if self.code is not None or (reader.done() and not self.silent):
                return

    async def _send(self, parcel: Parcel, mode: Callable[[], int]) -> None:
        data: dict[str, Any] = {name: [] for name in LISTS.get(parcel.opcode[0], ())}
        data |= parcel.data | {parcel.list_name: parcel.items}
        key = secrets.token_bytes(16) if parcel.sealed_for_nobody else self.key
        body = frames.event(key, parcel.opcode, data, 2 if parcel.sealed_for_nobody else mode())
        await self._socket.send_data(body, mode="binary")
        self.frames += 1

    def _next(self) -> Parcel:
        first = self._waiting.popleft()
        while self._waiting and len(first.items) < BATCH and _alike(first, self._waiting[0]):
            following = self._waiting.popleft()
            first = Parcel(first.opcode, first.list_name, [*first.items, *following.items])
        return first

    async def _read(self, read: Reader) -> None:
        with contextlib.suppress(WebSocketDisconnect):
            while True:
                raw = await self._socket.receive_data(mode="binary")
                try:
                    opcode, body = frames.read(raw)
                except frames.FrameError:
                    self.hang_up()
                    return
                read(self, opcode, body)

    async def _end(self) -> None:
        if self.code == 1006:
            return
        with contextlib.suppress(Exception):
            if self.code == 3000:
                await self._socket.send_data(frames.frame(frames.DUPLICATE, {}), mode="binary")
            await self._socket.close(code=self.code or 1000)


async def _cancelled(task: asyncio.Task[None]) -> None:
    """The server answers no close while somebody still waits for words of the client."""
    task.cancel()
    with contextlib.suppress(asyncio.CancelledError, Exception):
        await task


def hang_up(connections: Iterable[Connection]) -> None:
    """No word, no close frame: the clients see 1006. Whatever waits to be sent is gone."""
    going = [connection for connection in connections if connection.code is None]
    if going:
        cut_all(connection.scope for connection in going)
    for connection in going:
        connection.close(1006)


def _alike(first: Parcel, second: Parcel) -> bool:
    if first.alone or second.alone or first.data or second.data:
        return False
    return (first.opcode, first.list_name) == (second.opcode, second.list_name)


class Sockets:
    """`mode`: the encryption of each frame; None = drawn anew for each."""

    def __init__(self) -> None:
        self._open: dict[str, Connection] = {}
        self.random = random.Random(0)  # noqa: S311 - wanted deterministic
        self.mode: int | None = None
        self.closed: dict[str, int] = {}

    def of(self, uid: str) -> Connection | None:
        return self._open.get(uid)

    def all(self) -> list[Connection]:
        return list(self._open.values())

    def push(self, uid: str, parcel: Parcel) -> bool:
        """Whether anybody is there to hear it."""
        connection = self._open.get(uid)
        if connection is None:
            return False
        connection.put(parcel)
        return True

    async def serve(self, socket: AnySocket, session: WebSession, read: Reader) -> None:
        """The second connection of an account ends the first one with 3000."""
        connection = Connection(socket, session)
        before = self._open.get(session.uid)
        if before is not None:
            self.close([before], 3000)
        self._open[session.uid] = connection
        try:
            await connection.run(self._mode, read)
        except Exception:
            connection.code = connection.code or 1006
        finally:
            if self._open.get(session.uid) is connection:
                del self._open[session.uid]

    def drop(self, uids: Iterable[str], code: int | None) -> int:
        """`code` None: dead without a word. How many there were."""
        connections = [self._open[uid] for uid in uids if uid in self._open]
        if code is None:
            for connection in connections:
                connection.go_silent()
        else:
            self.close(connections, code)
        return len(connections)

    def close(self, connections: Iterable[Connection], code: int) -> None:
        """A silent one can only be cut."""
        named = list(connections)
        hang_up(connection for connection in named if code == 1006 or connection.silent)
        for connection in named:
            connection.close(code)

    def _mode(self) -> int:
        return self.random.choice(frames.MODES) if self.mode is None else self.mode
