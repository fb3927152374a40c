"""Faults of Zalo Web's calls: codes by order, slowness, pages instead of JSON, replies that are lost."""

import asyncio
import itertools
import random
from enum import StrEnum
from typing import Any

import msgspec
from litestar import Request, Response
from litestar.enums import MediaType

from sokhach.sandbox.connection import cut
from sokhach.sandbox.web.codes import WebRefusal
from sokhach.sandbox.web.sessions import WebSession

AnyRequest = Request[Any, Any, Any]
Reply = Response[bytes]

HTML_ERROR = b"<html><head><title>502 Bad Gateway</title></head><body><h1>502 Bad Gateway</h1><hr>zsrv</body></html>"

NUMBERS = itertools.count(1)
"""One row of numbers for frame and call faults, so that an id names one fault."""


class HttpFault(StrEnum):
    CODE = "code"
    SLOW = "slow"
    HTML = "html"
    STATUS = "status"
    LOST_REPLY = "lost_reply"


class HttpOrder(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """`path` is a prefix; `uid` None = everybody. `plain`: the code comes outside the encrypted answer."""

    kind: HttpFault
    uid: str | None = None
    path: str = "/"
    probability: float = 1.0
    count: int | None = None
    seed: int = 0
    code: int = 221
    message: str = "Vượt quá số request cho phép"
    plain: bool = False
    delay_ms: int = 1000
    status: int = 502


class HttpFaultReport(msgspec.Struct):
    id: int
    fired: int
    order: HttpOrder


class _Fault:
    def __init__(self, order: HttpOrder) -> None:
        self.order = order
        self.fired = 0
        self._random = random.Random(order.seed)  # noqa: S311 - wanted deterministic

    def goes_off(self, kind: HttpFault, path: str, uid: str | None) -> bool:
        order = self.order
        if order.kind is not kind or not path.startswith(order.path) or order.uid not in (None, uid):
            return False
        if order.count is not None and self.fired >= order.count:
            return False
        if order.probability < 1 and self._random.random() >= order.probability:
            return False
        self.fired += 1
        return True


class HttpFaults:
    def __init__(self) -> None:
        self._faults: dict[int, _Fault] = {}

    def add(self, order: HttpOrder) -> int:
        number = next(NUMBERS)
        self._faults[number] = _Fault(order)
        return number

    def remove(self, number: int | None = None) -> int:
        doomed = [number] if number is not None else list(self._faults)
        return sum(self._faults.pop(each, None) is not None for each in doomed)

    def report(self) -> list[HttpFaultReport]:
        return [HttpFaultReport(number, fault.fired, fault.order) for number, fault in self._faults.items()]

    def _strike(self, kind: HttpFault, path: str, session: WebSession | None) -> HttpOrder | None:
        uid = None if session is None else session.uid
        return next((each.order for each in self._faults.values() if each.goes_off(kind, path, uid)), None)

    async def before(self, path: str, session: WebSession | None) -> Reply | None:
        """Slowness, then a failure that happens before the call has any effect. None to go on."""
        slow = self._strike(HttpFault.SLOW, path, session)
        if slow is not None:
            await asyncio.sleep(slow.delay_ms / 1000)
        failed = self._strike(HttpFault.STATUS, path, session)
        if failed is not None:
            return Response(b"", status_code=failed.status, media_type=MediaType.TEXT)
        if self._strike(HttpFault.HTML, path, session) is not None:
            return Response(HTML_ERROR, status_code=200, media_type=MediaType.HTML)
        coded = self._strike(HttpFault.CODE, path, session)
        if coded is not None:
            raise WebRefusal(coded.code, coded.message, plain=coded.plain or session is None)
        return None

    def after(self, request: AnyRequest, path: str, session: WebSession | None) -> None:
        """The call took effect; the client sees its connection close."""
        if self._strike(HttpFault.LOST_REPLY, path, session) is not None:
            cut(request.scope)
