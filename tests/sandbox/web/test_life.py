"""Customers who live by themselves, at a personal account."""

import asyncio
import time
from collections.abc import AsyncIterator, Iterator
from typing import Any

import httpx
import msgspec
import pytest

from sokhach.sandbox.selftest.web_client import WebClient
from tests.sandbox.harness import SandboxProcess, client

DAY_MS = 86_400_000


@pytest.fixture(scope="module")
def process() -> Iterator[SandboxProcess]:
    """A process for these tests, in which a minute is a second."""
    started = SandboxProcess(None)
    yield started
    assert started.stop() == (0, "")


@pytest.fixture
async def staff(process: SandboxProcess) -> AsyncIterator[WebClient]:
    async with client(process.url) as http:
        await http.post("/control/clock", json={"scale": 60})
        browser = WebClient(http)
        yield await browser.sign_in(await browser.person("Nhân viên An"))
        await http.delete(f"/control/demo/{browser.uid}")
        await browser.close()


async def lives(staff: WebClient, **order: Any) -> None:
    body = {"oa_id": staff.uid, "trades": ["fashion"], "messages_per_minute": 4} | order
    (await staff.http.post("/control/demo", json=body)).raise_for_status()


async def customers(http: httpx.AsyncClient, uid: str) -> list[dict[str, Any]]:
    reports = (await http.get("/control/demo")).json()
    return [guest for one in reports if one["oa_id"] == uid for guest in one["customers"]]


async def threads(staff: WebClient) -> dict[str, list[dict[str, Any]]]:
    held = (await staff.http.get("/control/web/state", params={"uid": staff.uid})).json()
    return {one["thread"]: one["messages"] for one in held["threads"]}


async def first(staff: WebClient, stage: str) -> dict[str, Any]:
    deadline = time.monotonic() + 15
    while not (found := [one for one in await customers(staff.http, staff.uid) if one["stage"] == stage]):
        assert time.monotonic() < deadline
        await asyncio.sleep(0.1)
    return found[0]


async def until_more(staff: WebClient, uid: str, by: str, than: int) -> list[dict[str, Any]]:
    deadline = time.monotonic() + 20
    while len(said := [one for one in (await threads(staff)).get(uid, []) if one["from"] == by]) <= than:
        assert time.monotonic() < deadline, said
        await asyncio.sleep(0.1)
    return said


async def test_they_write_and_go_on_when_staff_answer(staff: WebClient) -> None:
    line = await staff.listen()
    await lives(staff)
    guest = await first(staff, "waiting")
    uid = guest["user_id"]
    asked = len(await until_more(staff, uid, uid, 0))
    assert await line.items(501, "msgs")
    said = {"from_uid": staff.uid, "to": uid, "text": "Dạ có ạ, giá 250k chị nhé", "by_phone": True}
    await staff.control("POST", "/messages", **said)
    await until_more(staff, uid, uid, asked)


async def test_their_holder_answers_some_on_the_phone(staff: WebClient) -> None:
    await lives(staff, colleagues=[{"admin_id": staff.uid, "share": 1}])
    guest = await first(staff, "waiting")
    (answer, *_) = await until_more(staff, guest["user_id"], staff.uid, 0)
    assert answer["by_phone"] is True
    assert answer["content"]


async def test_a_past_is_told_with_its_own_times_and_goes_when_cleared(staff: WebClient) -> None:
    body = {
        "oa_id": staff.uid, "trades": ["real_estate"], "days": 14, "conversations_per_day": 8,
        "colleagues": [{"admin_id": staff.uid, "share": 1}],
    }  # fmt: skip
    answer = await staff.http.post("/control/demo/history", json=body)
    assert answer.status_code == 200, answer.text
    told = [msgspec.json.decode(line) for line in answer.content.splitlines()]
    held = await threads(staff)
    said = [one for messages in held.values() for one in messages]
    assert len(said) > 200
    now = (await staff.http.get("/control/clock")).json()["now_ms"]
    assert all(now - 14.1 * DAY_MS < one["ts"] <= now for one in said)
    assert min(one["ts"] for one in said) < now - 12 * DAY_MS
    assert [one["at_ms"] for one in told] == sorted(one["at_ms"] for one in told)

    messages = [one["item"] for one in told if one["cmd"] in (501, 521)]
    recalls = [one for one in messages if one["msgType"] == "chat.undo"]
    spoken = [one for one in messages if one["msgType"] != "chat.undo"]
    assert recalls
    assert len(spoken) == len(said)
    assert {one["uidFrom"] == "0" for one in spoken} == {True, False}
    assert len({(one["uidFrom"], one["cliMsgId"]) for one in spoken}) == len(spoken)
    assert {str(one["content"]["globalMsgId"]) for one in recalls} == {one["msg_id"] for one in said if one["recalled"]}
    assert {"chat.photo", "webchat"} <= {one["msgType"] for one in spoken}
    assert [one for one in told if one["cmd"] == 612]
    (group,) = {one["item"]["idTo"] for one in told if one["list"] == "groupMsgs"}
    assert group in held

    labels = (await staff.http.get("/control/web/state", params={"uid": staff.uid})).json()["labels"]["labels"]
    assert {uid for one in labels for uid in one["conversations"]} <= set(held) - {group}
    assert any(one["conversations"] for one in labels)

    guests = {one["user_id"] for one in await customers(staff.http, staff.uid)}
    assert guests == set()  # they do not live yet
    assert (await staff.http.post("/control/demo/history", json=body)).status_code == 400
    await lives(staff, trades=["real_estate"])
    assert {one["user_id"] for one in await customers(staff.http, staff.uid)} >= set(held) - {group}
    await staff.http.delete(f"/control/demo/{staff.uid}")
    assert await threads(staff) == {}


async def test_nobody_is_no_account(staff: WebClient) -> None:
    body = {"oa_id": "12345", "trades": ["fashion"]}
    assert (await staff.http.post("/control/demo", json=body)).status_code == 404
