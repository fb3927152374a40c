"""Cutting clients' connections without a reply, which no ASGI server offers."""

import os
import socket
import stat
from collections.abc import Iterable
from pathlib import Path
from typing import Any

Peer = tuple[str, int]


def cut(scope: Any) -> bool:
    """Shut the client's TCP connection down at once. True when it was found among our own descriptors."""
    return cut_all([scope]) == 1


def cut_all(scopes: Iterable[Any]) -> int:
    """The same for many, in one look at the descriptors; how many were found.

    The server shares our process, so the sockets are ours; the peer's address and port tell which ones.
    """
    peers: set[Peer] = {(scope["client"][0], int(scope["client"][1])) for scope in scopes}
    return sum(_shut_if_peer(int(entry.name), peers) for entry in Path("/dev/fd").iterdir())


def _shut_if_peer(descriptor: int, peers: set[Peer]) -> bool:
    try:
        if not stat.S_ISSOCK(os.fstat(descriptor).st_mode):
            return False
        with socket.socket(fileno=os.dup(descriptor)) as connection:
            if connection.getpeername()[:2] not in peers:
                return False
            connection.shutdown(socket.SHUT_RDWR)
            return True
    except OSError:
        return False
