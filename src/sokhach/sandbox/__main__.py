"""`python -m sokhach.sandbox --port N [--data DIR] [--host H]`: run the sandbox until told to stop."""

import argparse
import asyncio
import signal
import socket
import sys
from pathlib import Path

import uvloop
from granian.constants import Interfaces
from granian.server.embed import Server

from sokhach.sandbox.app import create_app


def main() -> int:
    arguments = _arguments()
    refusal = _cannot_bind(arguments.host, arguments.port)
    if refusal is not None:
        sys.stderr.write(f"sandbox: cannot listen on {arguments.host}:{arguments.port}: {refusal}\n")
        return 1
    uvloop.run(_serve(arguments.host, arguments.port, arguments.data))
    return 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m sokhach.sandbox", description="A simulated Zalo.")
    parser.add_argument("--port", type=int, default=8687)
    parser.add_argument("--host", default="127.0.0.1", help="anything but loopback is open to the network")
    parser.add_argument("--data", type=Path, default=None, help="folder that keeps the state; memory without")
    return parser.parse_args()


def _cannot_bind(host: str, port: int) -> str | None:
    """Granian shares a taken port (SO_REUSEPORT) without a word, so ask the system first."""
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind, protocol) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
            probe.listen()
    except OSError as error:
        return error.strerror or str(error)
    return None


async def _serve(host: str, port: int, folder: Path | None) -> None:
    reached_at = "127.0.0.1" if host in ("0.0.0.0", "::") else host  # noqa: S104 - compared, not bound
    base_url = f"http://{f'[{reached_at}]' if ':' in reached_at else reached_at}:{port}"
    app = create_app(base_url=base_url, folder=folder)
    server = Server(app, address=host, port=port, interface=Interfaces.ASGI, log_enabled=False, backlog=1024)

    def stop() -> None:
        app.state.stopping = True  # streams and sockets end themselves; the server would wait for them
        world = app.state.get("world")
        if world is not None:
            world.web.stop()
        server.stop()

    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop)
    announcement = asyncio.create_task(_announce(reached_at, port, base_url))
    await server.serve()
    announcement.cancel()


async def _announce(host: str, port: int, base_url: str) -> None:
    while True:
        try:
            _, writer = await asyncio.open_connection(host, port)
        except OSError:
            await asyncio.sleep(0.02)
            continue
        writer.close()
        sys.stdout.write(f"sandbox ready {base_url}\n")
        sys.stdout.flush()
        return


if __name__ == "__main__":
    sys.exit(main())
