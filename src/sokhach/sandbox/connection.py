"""Cutting a client's connection without a reply, which no ASGI server offers."""

import os
import socket
from pathlib import Path
from typing import Any


def cut(scope: Any) -> bool:
    """Shut the client's TCP connection down at once. True when it was found among our own descriptors.

    The server shares our process, so the socket is ours; the peer's address and port tell which one it is.
    """
    host, port = scope["client"]
    peer = (host, int(port))
    return any(_shut_if_peer(int(entry.name), peer) for entry in Path("/dev/fd").iterdir())


def _shut_if_peer(descriptor: int, peer: tuple[str, int]) -> bool:
    try:
        with socket.socket(fileno=os.dup(descriptor)) as connection:
            if connection.getpeername()[:2] != peer:
                return False
            connection.shutdown(socket.SHUT_RDWR)
            return True
    except OSError:
        return False
