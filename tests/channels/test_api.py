import httpx
import pytest

from sokhach.channels import service
from sokhach.core import clock
from tests.support.zalo import Desk


class TestListChannelAccounts:
    @pytest.mark.caller("admin")
    async def test_shows_health_in_words_and_tallies(self, desk: Desk, client: httpx.AsyncClient) -> None:
        answer = await client.get("/api/channel-accounts", headers={"accept-language": "en"})
        assert answer.status_code == 200, answer.text
        [account] = answer.json()["items"]
        assert account["external_id"] == desk.oa_id
        assert (account["health"], account["health_reason"]) == ("down", "not-authorised")
        assert account["health_text"]
        assert account["last_inbound_at"] is not None
        assert (account["received_count"], account["processed_count"], account["quarantined_count"]) == (1, 1, 0)
        assert account["last_outbound_at"] is None

    @pytest.mark.caller("admin")
    async def test_counts_what_waits_and_what_is_in_quarantine(self, desk: Desk, client: httpx.AsyncClient) -> None:
        await desk.hear({"event_name": "user_send_text"}, "1")
        await desk.execute(
            "INSERT INTO journal (account_id, lane, source, received_at, payload)"
            " VALUES (:id, 1, 'webhook', :now, '{}')",
            id=desk.account_id,
            now=clock.now(),
        )
        [account] = (await client.get("/api/channel-accounts")).json()["items"]
        assert (account["received_count"], account["processed_count"], account["quarantined_count"]) == (3, 1, 1)

    @pytest.mark.caller("owner")
    async def test_staff_may_not(self, desk: Desk, client: httpx.AsyncClient) -> None:
        assert (await client.get("/api/channel-accounts")).status_code == 403


class TestHealth:
    async def test_since_moves_only_with_a_change_and_browsers_hear_of_it(self, desk: Desk) -> None:
        async def since() -> object:
            return await desk.value("SELECT health_since FROM channel_account WHERE id = :id", id=desk.account_id)

        async def heard() -> int:
            return await desk.value("SELECT count(*) FROM realtime_event WHERE kind = 'channel_account.changed'")

        before = await heard()
        async with desk.database.transaction() as connection:
            await service.set_health(connection, desk.account_id, "down", "permission", clock.now())
        first = await since()
        async with desk.database.transaction() as connection:
            await service.set_health(connection, desk.account_id, "down", "permission", clock.now())
        assert (await since(), await heard()) == (first, before + 1)
        async with desk.database.transaction() as connection:
            await service.set_health(connection, desk.account_id, "ok", None, clock.now())
        assert await since() != first
        assert await heard() == before + 2
