"""Zalo's payloads, read as the account of these tests reads them."""

import json
from typing import Any

import pytest

from sokhach.channels.connector import Account, Inbound, InboundMessage, UnparsableError
from sokhach.channels.zalo_oa.inbound import parse
from tests.channels.zalo_oa.events import every_event
from tests.support.oa import OA_ID, at

ACCOUNT = Account(id=1, channel="zalo_oa", external_id=OA_ID, name="Điện Minh Long")
EVENTS = every_event()


def parsed(payload: dict[str, Any] | bytes, source: Any = "webhook") -> list[Inbound]:
    body = payload if isinstance(payload, bytes) else json.dumps(payload).encode()
    return list(parse(ACCOUNT, source, body, at(3600)))


def the_message(payload: dict[str, Any]) -> InboundMessage:
    [item] = parsed(payload)
    assert isinstance(item, InboundMessage)
    return item


def refused(payload: dict[str, Any] | bytes, source: Any = "webhook") -> str:
    with pytest.raises(UnparsableError) as caught:
        parsed(payload, source)
    return caught.value.reason
