"""Items, read as the account of these tests reads them."""

import json
from typing import Any

import pytest

from sokhach.channels.connector import Account, Inbound, InboundMessage, UnparsableError
from sokhach.channels.zalo_personal.inbound import parse
from tests.channels.zalo_personal.items import OWN, journalled
from tests.support.oa import at

ACCOUNT = Account(id=1, channel="zalo_personal", external_id=OWN, name="Chị Hoa")
RECEIVED = at(3600)


def heard(item: Any, cmd: int = 501, list_name: str | None = "msgs", **more: Any) -> list[Inbound]:
    return list(parse(ACCOUNT, "frame", journalled(item, cmd, list_name, **more), RECEIVED))


def answered(kind: str, data: Any) -> list[Inbound]:
    line = {"v": 1, "kind": kind, "own": OWN, "data": data}
    return list(parse(ACCOUNT, "profile", json.dumps(line).encode(), RECEIVED))


def said(item: Any, cmd: int = 501, list_name: str = "msgs") -> InboundMessage:
    [found] = [one for one in heard(item, cmd, list_name) if isinstance(one, InboundMessage)]
    return found


def refused(payload: bytes, source: Any = "frame") -> str:
    with pytest.raises(UnparsableError) as caught:
        parse(ACCOUNT, source, payload, RECEIVED)
    return caught.value.reason
