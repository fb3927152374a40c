"""Where the request that is being served comes from, for the logs of who did what."""

from contextvars import ContextVar
from typing import NamedTuple


class Origin(NamedTuple):
    """`address`: the client's IP address; `device`: what its browser or program calls itself."""

    address: str | None
    device: str


NOWHERE = Origin(None, "")
_current: ContextVar[Origin] = ContextVar("origin", default=NOWHERE)


def remember_origin(origin: Origin) -> None:
    """For the rest of this request or socket."""
    _current.set(origin)


def current_origin() -> Origin:
    """`NOWHERE` outside of a request: in the worker, on the command line."""
    return _current.get()
