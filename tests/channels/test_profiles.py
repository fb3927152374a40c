"""Names and pictures of people whom we know by id only."""

import asyncio
import json
from datetime import timedelta

import pytest

from sokhach.channels import profiles
from sokhach.core import clock
from sokhach.intake.gateway import lane_of
from tests.support.zalo import Desk, later

PERSON_PATH = "/v3.0/oa/user/detail"


async def step(desk: Desk) -> int:
    return await profiles.step(desk.database, {"zalo_oa": desk.connector}, lane_of)


async def ask(desk: Desk, person: str) -> None:
    await desk.execute("DELETE FROM profile_request")
    await desk.execute(
        "INSERT INTO profile_request (account_id, external_id, attempts, due_at) VALUES (:account, :person, 0, :now)",
        account=desk.account_id,
        person=person,
        now=clock.now(),
    )


@pytest.fixture
async def desk(desk: Desk) -> Desk:
    await set_health(desk, "ok")
    return desk


async def set_health(desk: Desk, health: str) -> None:
    await desk.execute(
        "UPDATE channel_account SET health = :health, health_reason = NULL WHERE id = :id",
        health=health,
        id=desk.account_id,
    )


async def requests(desk: Desk) -> int:
    return await desk.value("SELECT count(*) FROM profile_request")


async def journalled(desk: Desk) -> int:
    return await desk.value("SELECT count(*) FROM journal WHERE source = 'profile'")


class TestStep:
    async def test_the_answer_goes_into_the_journal_and_gives_a_name(self, desk: Desk) -> None:
        await ask(desk, desk.user_id)
        assert await step(desk) == 1
        assert (await requests(desk), await journalled(desk)) == (0, 1)
        lane = await desk.value("SELECT lane FROM journal WHERE source = 'profile'")
        assert lane == lane_of(desk.account_id, desk.user_id)
        while await desk.pipeline.step():
            pass
        name = await desk.value(
            "SELECT c.name FROM contact c JOIN conversation v ON v.contact_id = c.id WHERE v.id = :id",
            id=desk.conversation_id,
        )
        assert name == "Nguyễn Thị Lan"

    async def test_whoever_wrote_last_gets_a_name_first(self, desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
        """Neither the order of the requests nor that of the ids, and a group among them."""
        await desk.execute("DELETE FROM profile_request")
        minutes = {"2001": 40, "group:2002": 5, "2003": 60, "2004": None, "2005": 20}
        for asked, (person, ago) in enumerate(minutes.items()):
            if ago is not None:
                await desk.execute(
                    "INSERT INTO conversation (account_id, thread_key, kind, created_at, last_message_at,"
                    " message_count, unread_count, episode_open)"
                    " VALUES (:account, :key, 'group', :now, :at, 0, 0, false)",
                    account=desk.account_id, key=person.removeprefix("group:"), now=clock.now(),
                    at=clock.now() - timedelta(minutes=ago),
                )  # fmt: skip
            await desk.execute(
                "INSERT INTO profile_request (account_id, external_id, attempts, due_at)"
                " VALUES (:account, :person, 0, :due)",
                account=desk.account_id, person=person, due=clock.now() - timedelta(seconds=asked),
            )  # fmt: skip
        monkeypatch.setattr(profiles, "AT_ONCE", 1)
        left, order = set(minutes), list[str]()
        while await step(desk):
            rows = await desk.value("SELECT array_agg(external_id) FROM profile_request WHERE attempts = 0")
            order += left - set(rows or [])
            left = set(rows or [])
        assert order == ["group:2002", "2005", "2001", "2003", "2004"]

    async def test_a_group_gets_its_name(self, desk: Desk) -> None:
        reply = {"error": 0, "data": {"group_id": "f414c8f76fa586fbdfb4", "group_name": "Nhóm sỉ"}}
        await desk.execute(
            "INSERT INTO conversation (account_id, thread_key, kind, created_at, last_message_at, message_count,"
            " unread_count, episode_open) VALUES (:account, :key, 'group', :now, :now, 0, 0, false)",
            account=desk.account_id, key=reply["data"]["group_id"], now=clock.now(),
        )  # fmt: skip
        await desk.execute(
            "INSERT INTO journal (account_id, lane, source, received_at, payload)"
            " VALUES (:account, 0, 'profile', :now, :payload)",
            account=desk.account_id, now=clock.now(), payload=json.dumps(reply).encode(),
        )  # fmt: skip
        while await desk.pipeline.step():
            pass
        assert await desk.value("SELECT title FROM conversation WHERE kind = 'group'") == "Nhóm sỉ"

    async def test_a_group_that_zalo_does_not_know_is_dropped(self, desk: Desk) -> None:
        await ask(desk, "group:f414c8f76fa586fbdfb4")
        await step(desk)
        assert (await requests(desk), await journalled(desk)) == (0, 0)

    async def test_a_person_whom_zalo_does_not_know_is_dropped(self, desk: Desk) -> None:
        await ask(desk, "123456789")
        await step(desk)
        assert (await requests(desk), await journalled(desk)) == (0, 0)

    async def test_failures_wait_longer_and_longer(self, desk: Desk) -> None:
        desk.fault("api_status", path=PERSON_PATH, status=503, count=2)
        await ask(desk, desk.user_id)
        assert await step(desk) == 1
        assert await step(desk) == 0
        later(61)
        assert await step(desk) == 1
        later(61)
        assert await step(desk) == 0
        later(61)
        assert await step(desk) == 1
        assert (await requests(desk), await journalled(desk)) == (0, 1)

    async def test_an_account_that_is_down_keeps_its_requests(self, desk: Desk) -> None:
        await ask(desk, desk.user_id)
        await set_health(desk, "down")
        assert await step(desk) == 0
        await set_health(desk, "ok")
        await desk.store_tokens(None)
        assert await step(desk) == 0
        assert await desk.value("SELECT attempts FROM profile_request") == 0
        await desk.give_tokens()
        assert await step(desk) == 1
        assert await requests(desk) == 0

    async def test_gives_up_at_last(self, desk: Desk) -> None:
        desk.fault("api_status", path=PERSON_PATH, status=503)
        await ask(desk, desk.user_id)
        await desk.execute("UPDATE profile_request SET attempts = :n", n=profiles.GIVE_UP_AFTER - 1)
        await step(desk)
        assert (await requests(desk), await journalled(desk)) == (0, 0)

    async def test_two_workers_write_one_answer(self, desk: Desk) -> None:
        await ask(desk, desk.user_id)
        await asyncio.gather(step(desk), step(desk))
        assert await journalled(desk) == 1
