"""Looks at what a start needs from others: a free port, a database server that answers."""

import asyncio
import errno
import socket

import psycopg
from sqlalchemy.engine import make_url

from sokhach.core.database import dsn
from sokhach.core.startup import AddressRefusedError, DatabaseUnreachableError, PortTakenError

_PORT_PATIENCE_SECONDS = 2.0
_SERVER_PATIENCE_SECONDS = 15.0


async def check_port(host: str, port: int) -> None:
    """Raises `PortTakenError` or `AddressRefusedError`. The web process of a run that was just killed gets a moment."""
    deadline = asyncio.get_running_loop().time() + _PORT_PATIENCE_SECONDS
    while True:
        try:
            return _try_port(host, port)
        except PortTakenError:
            if asyncio.get_running_loop().time() >= deadline:
                raise
        await asyncio.sleep(0.1)


def _try_port(host: str, port: int) -> None:
    try:
        addresses = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
        for family, kind, protocol, _, address in addresses:
            with socket.socket(family, kind, protocol) as probe:
                probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
                probe.bind(address)
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            raise PortTakenError(host=host, port=port) from error
        raise AddressRefusedError(host=host, port=port, reason=error.strerror or str(error)) from error


async def check_server(url: str) -> None:
    """Waits a while for a server that starts beside us. Raises `DatabaseUnreachableError`."""
    deadline = asyncio.get_running_loop().time() + _SERVER_PATIENCE_SECONDS
    while True:
        try:
            connection = await psycopg.AsyncConnection.connect(dsn(make_url(url)), connect_timeout=5)
        except psycopg.OperationalError as error:
            if asyncio.get_running_loop().time() >= deadline:
                raise DatabaseUnreachableError(reason=str(error)) from error
        else:
            return await connection.close()
        await asyncio.sleep(0.5)
