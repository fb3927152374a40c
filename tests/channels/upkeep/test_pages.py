"""The page of an OA, and tags on their way to Zalo and back."""

import httpx
import msgspec
import pytest

from sokhach.channels.connector import Account
from sokhach.channels.upkeep import pages, tag_changes
from sokhach.channels.zalo_oa.client import Answer
from sokhach.channels.zalo_oa.page import QUOTA_PATH, TAGS_PATH, to_tags
from sokhach.channels.zalo_oa.upkeep import ZaloUpkeep
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

    async def test_quotas_of_which_nothing_is_told_are_kept(self, upkeep: Upkeep) -> None:
        desk = upkeep.desk
        await fetch(upkeep)
        known = await desk.value("SELECT quotas FROM channel_profile")
        assert known
        desk.fault("api_error", path=QUOTA_PATH, error=-223, message="not granted")
        later(3700)
        assert await fetch(upkeep) == 1
        assert await desk.value("SELECT quotas FROM channel_profile") == known
        desk.zalo.clear_faults()
        upkeep.platform = _Silent(desk, QUOTA_PATH)
        later(3700)
        assert await fetch(upkeep) == 1
        assert await desk.value("SELECT quotas FROM channel_profile") == known

    async def test_a_renamed_oa_is_shown_by_its_new_name(self, upkeep: Upkeep) -> None:
        desk = upkeep.desk
        name = "SELECT name FROM channel_account"
        await fetch(upkeep)
        rename(desk, "Chăn Ga Minh Long 2")
        later(3700)
        await fetch(upkeep)
        assert await desk.value(name) == "Chăn Ga Minh Long 2"
        await desk.execute("UPDATE channel_account SET name = 'Cửa hàng số 1'")
        rename(desk, "Chăn Ga Minh Long 3")
        later(3700)
        await fetch(upkeep)
        assert await desk.value(name) == "Cửa hàng số 1", "a name that was chosen here stays"


def rename(desk: Desk, name: str) -> None:
    desk.zalo.order("/oas", oa_id=desk.oa_id, app_id=desk.app_id, name=name)


class _Silent(ZaloUpkeep):
    """Zalo, which answers one method without `data`."""

    def __init__(self, desk: Desk, path: str) -> None:
        super().__init__(desk.connector)
        self._path = path

    async def _get(self, account: Account, path: str, query: object) -> Answer:
        return self._without(path, await super()._get(account, path, query))

    async def _post(self, account: Account, path: str, body: object) -> Answer:
        return self._without(path, await super()._post(account, path, body))

    def _without(self, path: str, answer: Answer) -> Answer:
        return msgspec.structs.replace(answer, data=msgspec.Raw()) if path == self._path else answer


class TestTags:
    async def test_an_answer_without_a_list_takes_no_tag_away(self, upkeep: Upkeep) -> None:
        desk = upkeep.desk
        carried = "SELECT count(*) FROM contact_tag WHERE present AND account_id IS NOT NULL"
        await self.ask(desk, "VIP", "added")
        await pass_on(upkeep)
        event = {
            "event_name": "add_user_to_tag",
            "app_id": desk.app_id,
            "oa_id": desk.oa_id,
            "tag": {"name": "VIP", "user_ids": [desk.user_id]},
            "timestamp": str(round(clock.now().timestamp() * 1000)),
        }
        await desk.hear(event, desk.user_id)
        await fetch(upkeep)
        assert await desk.value(carried) == 1
        real = upkeep.platform
        upkeep.platform = _Silent(desk, TAGS_PATH)
        later(3700)
        assert await fetch(upkeep) == 1
        assert await desk.value(carried) == 1
        assert await desk.value("SELECT count(*) FROM channel_tag") == 1
        upkeep.platform = real
        desk.zalo.order(f"/oas/{desk.oa_id}/tags", name="VIP", remove=True)
        later(3700)
        assert await fetch(upkeep) == 1
        assert await desk.value(carried) == 0
        assert await desk.value("SELECT count(*) FROM channel_tag") == 0

    def test_names_are_those_that_webhooks_tell(self) -> None:
        assert to_tags(msgspec.Raw(b"")) is None
        assert to_tags(msgspec.Raw(b"null")) is None
        assert to_tags(msgspec.Raw(b"[]")) == []
        listed = ["  Kha\u0301ch   si\u0309 ", " ", "x" * 201, "x" * 200]
        assert to_tags(msgspec.Raw(msgspec.json.encode(listed))) == ["Khách sỉ", "x" * 200]

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
