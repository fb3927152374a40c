"""What people ask of an account by a row, done by whoever holds it."""

import asyncio
import json
from datetime import timedelta
from typing import Any

from sokhach.core import clock
from tests.support.fake_zalo import Bench, Failed
from tests.support.people import People


async def ask(bench: Bench, account: int, by: int, op: str, **arguments: str) -> int:
    rows = await bench.rows(
        "INSERT INTO personal_call (account_id, asked_by, op, arguments, state, created_at, changed_at)"
        " VALUES (:account, :by, :op, CAST(:arguments AS jsonb), 'asked', :now, :now) RETURNING id",
        account=account,
        by=by,
        op=op,
        arguments=json.dumps(arguments),
        now=clock.now(),
    )
    return rows[0]["id"]


async def done(bench: Bench, call: int) -> dict[str, Any]:
    async with asyncio.timeout(20):
        while True:
            [row] = await bench.rows("SELECT * FROM personal_call WHERE id = :id", id=call)
            if row["state"] != "asked":
                return row
            await asyncio.sleep(0.02)


class TestFindPhone:
    async def test_finds(self, bench: Bench, people: People) -> None:
        account = await bench.account(people.owner.id)
        bench.zalo.answers["find_phone"] = lambda _: {"uid": "2000000000000000002", "zalo_name": "Lan", "avatar": "a"}
        async with bench.running(bench.host()):
            row = await done(bench, await ask(bench, account, people.owner.id, "find_phone", phone="84900000002"))
        assert row["state"] == "done"
        assert row["result"] == {
            "uid": "2000000000000000002",
            "name": "Lan",
            "avatar_url": "a",
            "friend": False,
            "requested": False,
            "conversation_id": None,
        }

    async def test_finds_nobody(self, bench: Bench, people: People) -> None:
        account = await bench.account(people.owner.id)

        def nobody(_: object) -> None:
            raise Failed("api", 216)

        bench.zalo.answers["find_phone"] = nobody
        async with bench.running(bench.host()):
            row = await done(bench, await ask(bench, account, people.owner.id, "find_phone", phone="84900000002"))
        assert (row["state"], row["result"], row["error"]) == ("done", None, None)


class TestFriendRequest:
    async def test_a_refusal_is_told(self, bench: Bench, people: People) -> None:
        account = await bench.account(people.owner.id)

        def refused(_: object) -> None:
            raise Failed("api", 222)

        bench.zalo.answers["friend_request"] = refused
        async with bench.running(bench.host()):
            row = await done(bench, await ask(bench, account, people.owner.id, "friend_request", uid="2", text="Chào"))
        assert (row["state"], row["error"]) == ("failed", "asked-us")

    async def test_what_was_begun_is_not_done_twice(self, bench: Bench, people: People) -> None:
        account = await bench.account(people.owner.id)
        call = await ask(bench, account, people.owner.id, "friend_request", uid="2", text="Chào")
        await bench.run("UPDATE personal_call SET begun_at = :at", at=clock.now() - timedelta(minutes=6))
        async with bench.running(bench.host()):
            row = await done(bench, call)
        assert (row["state"], row["error"]) == ("failed", "no-answer")
        assert not [one for one in bench.zalo.asked if one["op"] == "friend_request"]
