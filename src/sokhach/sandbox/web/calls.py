"""A call to one of Zalo Web's services: who calls, with what; and where each call is answered."""

import re
from collections.abc import Awaitable, Callable
from typing import Any

import msgspec
from litestar.datastructures import UploadFile

from sokhach.sandbox.web import codes
from sokhach.sandbox.web.platform import WebPlatform
from sokhach.sandbox.web.sessions import WebSession

DIGITS = re.compile(r"[1-9]\d{0,18}")


class Call:
    """`params` is decrypted; None when the call had none. `files` are the parts of a form with files."""

    def __init__(
        self,
        web: WebPlatform,
        session: WebSession,
        params: dict[str, Any] | None,
        query: dict[str, str],
        files: dict[str, UploadFile],
    ) -> None:
        self.web = web
        self.session = session
        self.uid = session.uid
        self.query = query
        self.files = files
        self._params = params

    @property
    def params(self) -> dict[str, Any]:
        if self._params is None:
            raise codes.invalid("params")
        return self._params

    def text(self, name: str, *, empty: bool = False) -> str:
        value = self.params.get(name)
        if not isinstance(value, str) or (not value and not empty):
            raise codes.invalid(name)
        return value

    def number(self, name: str, *, least: int = 0) -> int:
        value = self.params.get(name)
        if not isinstance(value, int) or isinstance(value, bool) or value < least:
            raise codes.invalid(name)
        return value

    def identifier(self, name: str) -> str:
        """Of a message or a client: digits, as text or number."""
        value = self.params.get(name)
        if isinstance(value, int) and not isinstance(value, bool):
            value = str(value)
        if not isinstance(value, str) or not DIGITS.fullmatch(value):
            raise codes.invalid(name)
        return value

    def nested(self, name: str, into: Any) -> Any:
        """JSON text inside a parameter."""
        return decoded(self.text(name), into, name)

    def listed(self, name: str, into: Any = list[str]) -> Any:
        try:
            return msgspec.convert(self.params.get(name), into)
        except msgspec.ValidationError as error:
            raise codes.invalid(name) from error

    def own_device(self, *, required: bool = False) -> None:
        """`imei` is that of the session, where it is given."""
        imei = self.params.get("imei")
        if (imei is None and required) or (imei is not None and imei != self.session.imei):
            raise codes.invalid("imei")


def decoded(text: str, into: Any, name: str) -> Any:
    try:
        return msgspec.json.decode(text, type=into)
    except msgspec.DecodeError as error:
        raise codes.invalid(name) from error


Answer = Callable[[Call], Awaitable[Any]]

HANDLERS: dict[tuple[str, str, str], Answer] = {}
"""By service, method and path."""

IN_THE_OPEN: set[tuple[str, str, str]] = set()
"""Answered unencrypted."""


def answers(service: str, method: str, path: str, *, in_the_open: bool = False) -> Callable[[Answer], Answer]:
    def keep(answer: Answer) -> Answer:
        key = (service, method, path)
        HANDLERS[key] = answer
        if in_the_open:
            IN_THE_OPEN.add(key)
        return answer

    return keep
