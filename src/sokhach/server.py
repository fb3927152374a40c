"""Serves the application: granian inside this process, so that one web is one process to start, watch and kill."""

import asyncio
import signal

import structlog
import uvloop
from granian.constants import HTTPModes, Interfaces
from granian.http import HTTP1Settings
from granian.log import LogLevels
from granian.server.embed import Server

from sokhach.app import create_app
from sokhach.core import collector
from sokhach.core.config import Settings
from sokhach.core.preflight import check_port

log = structlog.get_logger()

# Webhooks come in bursts; whoever waits for a connection here has not been refused.
BACKLOG = 2048
HEADER_TIMEOUT_MS = 10_000


def serve(settings: Settings) -> int:
    """Until SIGTERM or SIGINT. Returns the exit status: 1 when it ended by itself.

    Raises `PortTakenError` or `AddressRefusedError`.
    """
    return uvloop.run(_serve(settings))


async def _serve(settings: Settings) -> int:
    collector.calm()
    # Granian shares a port with whoever has it, silently.
    await check_port(settings.host, settings.port)
    server = Server(
        create_app(settings),
        address=settings.host,
        port=settings.port,
        interface=Interfaces.ASGI,
        http=HTTPModes.http1,
        http1_settings=HTTP1Settings(header_read_timeout=HEADER_TIMEOUT_MS),
        backlog=BACKLOG,
        log_level=LogLevels.error,
        log_access=False,
    )
    stopped = asyncio.Event()

    def stop() -> None:
        stopped.set()
        server.stop()

    loop = asyncio.get_running_loop()
    for caught in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(caught, stop)
    log.info("web_started", address=settings.host, port=settings.port)
    await server.serve()
    log.info("web_stopped")
    return 0 if stopped.is_set() else 1
