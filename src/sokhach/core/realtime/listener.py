"""A LISTEN connection of its own that outlives restarts of the database."""

import asyncio
from collections.abc import Callable

import psycopg
import structlog
from psycopg import sql

log = structlog.get_logger()

RECONNECT_SECONDS = 0.5


class Listener:
    """Calls `heard` with what each notification says, and with nothing ("") after each (re)connection: what was missed
    is then read anew, and what notifications alone said is missed for good."""

    def __init__(self, dsn: str, channel: str, heard: Callable[[str], None]) -> None:
        self._dsn = dsn
        self._channel = channel
        self._heard = heard

    async def run(self) -> None:
        while True:
            try:
                await self._follow()
            except psycopg.Error as error:
                log.warning("listen_connection_lost", channel=self._channel, error=type(error).__name__)
            await asyncio.sleep(RECONNECT_SECONDS)

    async def _follow(self) -> None:
        connection = await psycopg.AsyncConnection.connect(self._dsn, autocommit=True, connect_timeout=5)
        async with connection:
            await connection.execute(sql.SQL("LISTEN {}").format(sql.Identifier(self._channel)))
            self._heard("")
            async for notification in connection.notifies():
                self._heard(notification.payload)
