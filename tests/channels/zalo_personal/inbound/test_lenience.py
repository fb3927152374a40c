"""Whatever Zalo may send after its next change: nothing of it is a crash, and reasons are known."""

import json
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sokhach.channels.connector import UnparsableError
from sokhach.channels.zalo_personal.inbound import OPCODES, parse, typing_of
from sokhach.core.catalogue import TEXTS
from tests.channels.zalo_oa.fuzz import broken
from tests.channels.zalo_personal.inbound.reading import ACCOUNT, RECEIVED
from tests.channels.zalo_personal.inbound.test_said import KINDS
from tests.channels.zalo_personal.items import (
    OWN,
    PEER,
    friend_event,
    group_event,
    journalled,
    message,
    reacted,
    received,
    seen,
    undone,
)
from tests.support.oa import at

SAMPLES = Path(__file__).parent / "samples.jsonl"


def samples() -> list[tuple[str, int, str, dict[str, Any]]]:
    """What is known of the wire, one element of a list each."""
    found: list[tuple[str, int, str, dict[str, Any]]] = []
    for line in SAMPLES.read_text("utf-8").splitlines():
        sample = json.loads(line)
        found.append((sample["about"], sample["cmd"], sample["list"], sample["item"]))
    return found


KNOWN = samples()
WIRE = [
    *KNOWN,
    *((name, 501, "msgs", message(1, at(5), content, msg_type=kind)) for name, (kind, content, *_) in KINDS.items()),
    ("undo", 501, "msgs", undone(2, 1, at(6))),
    ("reaction", 612, "reacts", reacted(3, 1, at(7))),
    ("delivered", 502, "delivereds", received(1)),
    ("seen", 502, "seens", seen(1)),
    ("group", 601, "controls", group_event("join", at(8), {PEER: "Lan"})),
    ("friend", 601, "controls", friend_event("req_v2", {"toUid": OWN, "fromUid": PEER, "message": "chào"})),
]


@pytest.mark.parametrize(("about", "cmd", "list_name", "item"), KNOWN, ids=[one[0] for one in KNOWN])
def test_every_sample_is_mapped(about: str, cmd: int, list_name: str, item: dict[str, Any]) -> None:
    items = parse(ACCOUNT, "frame", journalled(item, cmd, list_name), RECEIVED)
    assert bool(items) is (about != "file_done"), about


@settings(max_examples=600)
@given(data=st.data())
def test_what_is_broken_is_mapped_or_refused_with_a_reason(data: st.DataObject) -> None:
    _, cmd, list_name, item = data.draw(st.sampled_from(WIRE))
    changed = data.draw(broken(item))
    assert_read(journalled(changed, cmd, list_name))


@settings(max_examples=300)
@given(data=st.data(), kind=st.sampled_from(["friends", "profiles", "groups", "labels", "aliases", "requests"]))
def test_so_are_answers(data: st.DataObject, kind: str) -> None:
    told = {
        "data": [
            {
                "userId": PEER,
                "zaloName": "Lan",
                "id": "4",
                "name": "Nhóm",
                "alias": "x",
                "request": {"ours": False, "message": "Em hỏi giá", "time": 1_700_000_000_000},
            }
        ],
        "labels": [{"text": "VIP", "conversations": [PEER]}],
        "changed_profiles": {PEER: {"zaloName": "Lan", "avatar": "https://a"}},
    }
    changed = data.draw(broken({"inside": told}))
    for value in (changed, changed.get("inside"), [changed]):
        assert_read(json.dumps({"v": 1, "kind": kind, "own": OWN, "data": value}).encode(), "profile")


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner, max_size=3),
    max_leaves=8,
)


@settings(max_examples=300)
@given(item=_JSON, cmd=st.sampled_from(sorted(OPCODES)), data=st.data())
def test_so_is_anything_at_all(item: Any, cmd: int, data: st.DataObject) -> None:
    assert_read(journalled(item, cmd, data.draw(st.sampled_from(sorted(OPCODES[cmd])))))
    typing_of(item, OWN, RECEIVED)


@given(st.binary(max_size=60))
def test_so_are_bytes(payload: bytes) -> None:
    assert_read(payload)
    assert_read(payload, "profile")


def test_deep_nesting() -> None:
    deep = "[" * 5000 + "]" * 5000
    assert_read(journalled({"uidFrom": PEER, "msgId": "1", "content": deep}))
    line = b'{"v":1,"conn":"c","n":1,"cmd":501,"sub":0,"list":"msgs","own":"1","at":1,"item":%s}' % deep.encode()
    assert_read(line)


def assert_read(payload: bytes, source: Any = "frame") -> None:
    try:
        items = parse(ACCOUNT, source, payload, RECEIVED)
    except UnparsableError as error:
        assert f"quarantine.{error.reason}" in TEXTS["vi"], error.reason
        return
    for one in items:
        msgspec.json.encode(one)
