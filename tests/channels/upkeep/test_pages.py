"""The page of an OA, and tags on their way to Zalo and back."""

import httpx
import pytest

from sokhach.channels.upkeep import pages, tag_changes
from sokhach.core import clock
from tests.channels.upkeep.conftest import Upkeep
from tests.support.zalo import Desk, later

TAG_PATH = "/v2.0/oa/tag/tagfollower"


async def fetch(upkeep: Upkeep) -> int:
    return await pages.step(upkeep.desk.database, {"zalo_oa": upkeep.platform})


async def pass_on(upkeep: Upkeep) -> int:
    return await tag_changes.step(upkeep.desk.database, {"zalo_oa": upkeep.platform})


def tags_at_zalo(desk: Desk, user_id: str) -> list[str]:
    return desk.zalo.read(f"/oas/{desk.oa_id}/users/{user_id}")["tags"]


class TestPage:
    @pytest.mark.caller("admin")
    async def test_profile_quotas_tags_and_sources(self, upkeep: Upkeep, client: httpx.AsyncClient) -> None:
        desk = upkeep.desk
        assert await fetch(upkeep) == 1
        assert await fetch(upkeep) == 0
        account = (await client.get(f"/api/channel-accounts/{desk.account_id}")).json()
        profile = account["profile"]
        assert profile["is_verified"] is True
        assert profile["follower_count"] == 0
        assert profile["package_name"]
        assert account["avatar_url"].startswith("http")
        sub = next(one for one in account["quotas"] if one["kind"] == "cs-sub")
        assert sub["text"] and sub["total"] >= sub["remain"] > 0
        assert account["webhook_url"].endswith("/hooks/zalo-oa")
        assert account["tags"] == []

    @pytest.mark.caller("admin")
    async def test_hourly_and_when_asked(self, upkeep: Upkeep, client: httpx.AsyncClient) -> None:
        await fetch(upkeep)
        later(3500)
        assert await fetch(upkeep) == 0
        path = f"/api/channel-accounts/{upkeep.desk.account_id}/refresh"
        assert (await client.post(path)).status_code == 201
        assert await fetch(upkeep) == 1
        later(3700)
        assert await fetch(upkeep) == 1

    async def test_a_failure_keeps_what_is_known_and_asks_again(self, upkeep: Upkeep) -> None:
        await fetch(upkeep)
        later(3700)
        upkeep.desk.fault("api_status", path="/v2.0/oa/getoa", count=1)
        assert await fetch(upkeep) == 1
        assert await upkeep.desk.value("SELECT package_name IS NOT NULL FROM channel_profile")
        assert await fetch(upkeep) == 0
        later(301)
        assert await fetch(upkeep) == 1
        assert await upkeep.desk.health() == ("ok", None)


class TestTags:
    @pytest.mark.caller("admin")
    async def test_staff_tag_and_zalo_has_it(self, upkeep: Upkeep, client: httpx.AsyncClient) -> None:
        desk = upkeep.desk
        contact = await desk.value("SELECT contact_id FROM conversation WHERE id = :id", id=desk.conversation_id)
        answer = await client.post(f"/api/contacts/{contact}/tags", json={"name": "Khách sỉ"})
        assert answer.is_success, answer.text
        assert await pass_on(upkeep) == 1
        assert await pass_on(upkeep) == 0
        assert tags_at_zalo(desk, desk.user_id) == ["Khách sỉ"]
        await fetch(upkeep)
        account = (await client.get(f"/api/channel-accounts/{desk.account_id}")).json()
        [tag] = account["tags"]
        assert (tag["name"], tag["contacts"]) == ("Khách sỉ", 1)
        answer = await client.delete(f"/api/contacts/{contact}/tags/{tag['id']}")
        assert answer.is_success, answer.text
        await pass_on(upkeep)
        assert tags_at_zalo(desk, desk.user_id) == []

    async def ask(self, desk: Desk, name: str, change: tag_changes.Change) -> None:
        contact = await desk.value("SELECT contact_id FROM conversation WHERE id = :id", id=desk.conversation_id)
        async with desk.database.transaction() as connection:
            await tag_changes.ask(connection, contact, name, change, clock.now())

    async def test_the_last_word_counts(self, upkeep: Upkeep) -> None:
        desk = upkeep.desk
        await self.ask(desk, "VIP", "added")
        await self.ask(desk, "VIP", "removed")
        await self.ask(desk, "VIP", "added")
        assert await pass_on(upkeep) == 1
        assert await desk.value("SELECT count(*) FROM channel_tag_change") == 0
        assert tags_at_zalo(desk, desk.user_id) == ["VIP"]

    async def test_what_fails_is_tried_again_and_in_order(self, upkeep: Upkeep) -> None:
        desk = upkeep.desk
        desk.fault("api_status", path=TAG_PATH, count=1)
        await self.ask(desk, "VIP", "added")
        await pass_on(upkeep)
        await self.ask(desk, "VIP", "removed")
        assert await pass_on(upkeep) == 0, "the first may be under way"
        await self.ask(desk, "VIP", "added")
        later(61)
        assert await pass_on(upkeep) == 1
        assert tags_at_zalo(desk, desk.user_id) == ["VIP"]
        assert await desk.value("SELECT count(*) FROM channel_tag_change") == 0

    async def test_what_zalo_will_never_take_is_dropped(self, upkeep: Upkeep) -> None:
        await self.ask(upkeep.desk, "x" * 80, "added")
        assert await pass_on(upkeep) == 1
        assert await upkeep.desk.value("SELECT count(*) FROM channel_tag_change") == 0
