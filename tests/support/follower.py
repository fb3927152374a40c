"""A browser's side of the realtime route: follows, loses its line, comes back by its cursor."""

import asyncio
import contextlib
from typing import Any

from tests.support import realtime


class Follower:
    """`heard` are the ids of all messages that it was told of; `resets` how often it had to read everything anew;
    `resumed` how often it came back."""

    def __init__(self, port: int, cookie: str) -> None:
        self._port = port
        self._cookie = cookie
        self.cursor: int | None = None
        self.heard: set[int] = set()
        self.resets = 0
        self.resumed = 0

    async def run(self) -> None:
        while True:
            with contextlib.suppress(OSError, asyncio.IncompleteReadError, ConnectionError):
                await self._follow()
            self.resumed += 1
            await asyncio.sleep(0.3)

    async def _follow(self) -> None:
        async for word in realtime.words(self._port, self._cookie, self.cursor):
            self._take(word)

    def _take(self, word: dict[str, Any]) -> None:
        if word["type"] == "hello":
            self.resets += bool(word["reset"] and self.cursor is not None)
            self.cursor = word["cursor"] if self.cursor is None or word["reset"] else self.cursor
        elif word["type"] == "events":
            for event in word["events"]:
                self.heard.update(event.get("message_ids") or [])
            self.cursor = word["cursor"]
