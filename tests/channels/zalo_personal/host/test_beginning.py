"""A conversation with somebody found by phone number, from the question to the inbox."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import httpx

from sokhach.custody.entrusting import entrust
from sokhach.intake.beginning import Beginning
from sokhach.worker import event_bus
from tests.conftest import SignIn
from tests.support.fake_zalo import Bench
from tests.support.people import People

LAN = "2000000000000000002"
PHONE = "0912 345 678"


@asynccontextmanager
async def working(bench: Bench) -> AsyncIterator[None]:
    bench.zalo.answers["find_phone"] = lambda _: {
        "uid": LAN,
        "zalo_name": "Lan Nguyễn",
        "avatar": "https://a.example/l",
    }
    async with bench.running(bench.host(begin=Beginning(event_bus(), entrust))):
        yield


async def answered(client: httpx.AsyncClient, call_id: int) -> dict[str, Any]:
    async with asyncio.timeout(20):
        while (found := (await client.get(f"/api/personal-calls/{call_id}")).json())["state"] == "asked":
            await asyncio.sleep(0.02)
    return found


async def find(client: httpx.AsyncClient, account: int) -> int:
    """The call that found them."""
    body = {"op": "find_phone", "arguments": {"phone": PHONE}}
    asked = await client.post(f"/api/personal-accounts/{account}/calls", json=body)
    call: int = asked.json()["id"]
    assert (await answered(client, call))["result"]["uid"] == LAN
    return call


async def begin(client: httpx.AsyncClient, call: int) -> httpx.Response:
    return await client.post(f"/api/personal-calls/{call}/conversation")


async def begun(client: httpx.AsyncClient, account: int) -> int:
    asked = await begin(client, await find(client, account))
    assert asked.status_code == 201
    conversation: int = (await answered(client, asked.json()["id"]))["result"]["conversation_id"]
    return conversation


class TestBegin:
    async def test_the_holder_has_it_at_once_and_nothing_is_sent(
        self, bench: Bench, people: People, signed_in: SignIn
    ) -> None:
        account = await bench.account(people.owner.id)
        client = await signed_in(people.owner)
        async with working(bench):
            conversation = await begun(client, account)
            [asked] = [one for one in bench.zalo.asked if one["op"] == "find_phone"]
            assert asked["phone"] == "84912345678"
            assert not [one for one in bench.zalo.asked if one["op"] == "send"]
        found = (await client.get(f"/api/conversations/{conversation}")).json()
        assert (found["access"], found["custodian"]["id"]) == ("full", people.owner.id)
        assert found["reply"]["allowed"]
        assert "strangers_day" in [one["cap"] for one in found["reply"]["caps"]]
        card = (await client.get(f"/api/contacts/{found['contact']['id']}")).json()
        assert (card["name"], [one["text"] for one in card["phones"]]) == ("Lan Nguyễn", ["+84912345678"])
        assert (await client.get(f"/api/conversations/{conversation}/messages")).json()["items"] == []
        listed = (await client.get("/api/conversations?view=all")).json()["items"]
        assert [(one["id"], one["last_message"]) for one in listed] == [(conversation, None)]
        [custody] = await bench.rows("SELECT kind, to_id, by_id FROM custody_change")
        assert custody == {"kind": "claim", "to_id": people.owner.id, "by_id": people.owner.id}
        told = await bench.rows("SELECT 1 FROM profile_request")
        assert told == []

    async def test_of_an_administrator_the_holder_has_the_care(
        self, bench: Bench, people: People, signed_in: SignIn
    ) -> None:
        account = await bench.account(people.owner.id)
        client = await signed_in(people.admin)
        async with working(bench):
            conversation = await begun(client, account)
        found = (await client.get(f"/api/conversations/{conversation}")).json()
        assert found["custodian"]["id"] == people.owner.id
        [custody] = await bench.rows("SELECT kind, by_id FROM custody_change")
        assert custody == {"kind": "transfer", "by_id": people.admin.id}
        assert (await (await signed_in(people.outsider)).get(f"/api/conversations/{conversation}")).status_code == 404

    async def test_twice_is_one_and_the_next_search_finds_it(
        self, bench: Bench, people: People, signed_in: SignIn
    ) -> None:
        account = await bench.account(people.owner.id)
        client = await signed_in(people.owner)
        async with working(bench):
            first = await begun(client, account)
            call = await find(client, account)
            assert (await answered(client, call))["result"]["conversation_id"] == first
            again = (await begin(client, call)).json()["id"]
            assert (await answered(client, again))["result"] == {"conversation_id": first}
        assert len(await bench.rows("SELECT 1 FROM contact")) == 1
        assert len(await bench.rows("SELECT 1 FROM custody_change")) == 1

    async def test_while_the_account_is_away(self, bench: Bench, people: People, signed_in: SignIn) -> None:
        account = await bench.account(people.owner.id)
        client = await signed_in(people.owner)
        async with working(bench):
            call = await find(client, account)
            bench.zalo.close(account, 3000)
            await bench.until(account, "taken_over")
            asked = (await begin(client, call)).json()["id"]
            assert (await answered(client, asked))["state"] == "done"

    async def test_only_with_whom_one_found(self, bench: Bench, people: People, signed_in: SignIn) -> None:
        account = await bench.account(people.owner.id)
        mine, lead = await signed_in(people.owner), await signed_in(people.lead)
        async with working(bench):
            call = await find(mine, account)
        assert (await begin(lead, call)).status_code == 404
        assert (await begin(mine, call + 1)).status_code == 404
        await bench.run("UPDATE personal_call SET result = NULL")
        assert (await begin(mine, call)).status_code == 404


class TestOwnSim:
    async def test_the_holder_makes_them_work(self, bench: Bench, people: People, signed_in: SignIn) -> None:
        account = await bench.account(people.owner.id, sim="own")
        client = await signed_in(people.owner)
        async with working(bench):
            conversation = await begun(client, account)
        assert (await client.get(f"/api/conversations/{conversation}")).status_code == 200
        marks = await bench.rows("SELECT thread_key, in_group, name, marked_by FROM work_contact")
        assert marks == [{"thread_key": LAN, "in_group": False, "name": "Lan Nguyễn", "marked_by": people.owner.id}]

    async def test_nobody_else_does(self, bench: Bench, people: People, signed_in: SignIn) -> None:
        account = await bench.account(people.owner.id, sim="own")
        client = await signed_in(people.admin)
        async with working(bench):
            refused = await begin(client, await find(client, account))
        assert (refused.status_code, refused.json()["type"].rpartition(":")[2]) == (403, "not-the-holder")
        assert await bench.rows("SELECT 1 FROM contact") == []

    async def test_what_is_private_again_stays_unknown(self, bench: Bench, people: People, signed_in: SignIn) -> None:
        account = await bench.account(people.owner.id, sim="own")
        client = await signed_in(people.owner)
        async with working(bench):
            call = await find(client, account)
        asked = (await begin(client, call)).json()["id"]
        await bench.run("UPDATE work_contact SET ended_at = marked_at, ended_by = marked_by")
        async with working(bench):
            told = await answered(client, asked)
        assert (told["state"], told["error"]) == (
            "failed",
            "Chưa mở được hội thoại. Người giữ số chưa chọn người này là khách của công việc.",
        )
        assert await bench.rows("SELECT 1 FROM contact") == []
