"""What the composer is told before anything is written."""

from datetime import timedelta

import httpx

from sokhach.channels import service as accounts
from sokhach.core import clock
from tests.support.zalo import Desk

EVERYTHING = ["text", "image", "gif", "file", "sticker", "quote", "reaction", "request_info", "buttons", "template_uid"]


async def reply(desk: Desk, client: httpx.AsyncClient) -> dict[str, object]:
    answer = await client.get(f"/api/conversations/{desk.conversation_id}")
    assert answer.status_code == 200, answer.text
    return answer.json()["reply"]


async def silent_for(desk: Desk, hours: float) -> None:
    at = clock.now() - timedelta(hours=hours)
    await desk.execute("UPDATE conversation SET last_inbound_at = :at", at=at)


class TestReply:
    async def test_in_the_free_time(self, desk: Desk, client: httpx.AsyncClient) -> None:
        found = await reply(desk, client)
        assert found["allowed"]
        assert not found["blocked"] or found["reason"]
        assert found["can"] == EVERYTHING
        assert found["max_length"] == 2_000
        assert "48" in str(found["cost_text"])
        assert found["quota"] is None

    async def test_with_a_phone_number_templates_go_there_too(self, desk: Desk, client: httpx.AsyncClient) -> None:
        await desk.execute(
            "INSERT INTO contact_identity (contact_id, kind, external_id, first_seen_at)"
            " SELECT contact_id, 'phone', '+84912345678', :now FROM conversation WHERE id = :id",
            now=clock.now(),
            id=desk.conversation_id,
        )
        # Whoever only knows the name of somebody who is nobody's yet, does not know that either.
        assert (await reply(desk, client))["can"] == EVERYTHING
        await desk.execute("UPDATE contact SET custodian_id = :staff", staff=desk.person.id)
        assert (await reply(desk, client))["can"] == [*EVERYTHING, "template_phone"]

    async def test_after_it_a_price_is_named_and_then_the_package(self, desk: Desk, client: httpx.AsyncClient) -> None:
        await silent_for(desk, 50)
        assert "55" in str((await reply(desk, client))["cost_text"])
        await desk.execute(
            "INSERT INTO channel_quota (account_id, thread_key, kind, remain, total, noted_at)"
            " VALUES (:id, '', 'sub_quota', 12, 500, :now)",
            id=desk.account_id,
            now=clock.now(),
        )
        found = await reply(desk, client)
        assert found["quota"] == {"remain": 12, "total": 500}
        assert "12" in str(found["cost_text"])
        await desk.execute("UPDATE channel_quota SET remain = 0")
        found = await reply(desk, client)
        assert found["quota"] == {"remain": 0, "total": 500}
        assert "55" in str(found["cost_text"])

    async def test_a_package_that_ended_is_not_spoken_of(self, desk: Desk, client: httpx.AsyncClient) -> None:
        await silent_for(desk, 50)
        await desk.execute(
            "INSERT INTO channel_quota (account_id, thread_key, kind, remain, total, until_at, noted_at)"
            " VALUES (:id, '', 'sub_quota', 12, 500, :until, :until)",
            id=desk.account_id,
            until=clock.now() - timedelta(hours=1),
        )
        assert (await reply(desk, client))["quota"] is None

    async def test_the_greetings_left_for_somebody_who_only_opened_the_chat(
        self, desk: Desk, client: httpx.AsyncClient
    ) -> None:
        await desk.execute(
            "INSERT INTO channel_quota (account_id, thread_key, kind, remain, total, noted_at)"
            " VALUES (:id, :thread, 'welcome_msg', 2, 3, :now)",
            id=desk.account_id,
            thread=desk.user_id,
            now=clock.now(),
        )
        assert (await reply(desk, client))["quota"] == {"remain": 2, "total": 3}

    async def test_after_the_window_only_templates(self, desk: Desk, client: httpx.AsyncClient) -> None:
        await silent_for(desk, 7 * 24 + 1)
        found = await reply(desk, client)
        assert not found["allowed"]
        assert found["can"] == ["template_uid"]
        assert found["cost_text"] is None

    async def test_an_account_that_cannot_send_blocks_and_says_why(self, desk: Desk, client: httpx.AsyncClient) -> None:
        async with desk.database.transaction() as connection:
            await accounts.set_health(connection, desk.account_id, "down", "token-revoked", clock.now())
        found = await reply(desk, client)
        assert found["blocked"]
        assert "thu hồi" in str(found["reason"]) or "revoked" in str(found["reason"]).lower()

    async def test_limits_that_an_administrator_set_hold_at_once(self, desk: Desk, client: httpx.AsyncClient) -> None:
        await silent_for(desk, 50)
        await desk.execute(
            "INSERT INTO channel_limit (key, value, changed_by, changed_at) VALUES"
            " ('zalo_oa.free_hours', 72, :me, :now), ('zalo_oa.text_characters', 1500, :me, :now)",
            me=desk.person.id,
            now=clock.now(),
        )
        found = await reply(desk, client)
        assert found["max_length"] == 1_500
        assert "72" in str(found["cost_text"])
