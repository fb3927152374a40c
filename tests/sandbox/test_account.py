"""The account and the people that it knows: pages, lists, changes, quotas, and the states that refuse every call."""

from typing import Any

import pytest

from tests.sandbox.harness import Shop

HOUR = 3600
DAY = 24 * HOUR
LIST = "/v3.0/oa/user/getlist"
UPDATE = "/v3.0/oa/user/update"
QUOTA = "/v3.0/oa/quota/message"


class TestPage:
    async def test_package_and_wallet(self, shop: Shop) -> None:
        await shop.alter(package_name="Toàn diện", alias="mocan", oa_type=4, verified=False, zca_linked=False)
        data = (await shop.get("/v2.0/oa/getoa"))["data"]
        shown = {name: data[name] for name in ("package_name", "oa_alias", "oa_type", "is_verified", "linked_ZCA")}
        assert shown == {
            "package_name": "Toàn diện", "oa_alias": "mocan", "oa_type": 4, "is_verified": False, "linked_ZCA": "",
        }  # fmt: skip
        assert len(data["package_valid_through_date"]) == len("22/01/2026")
        assert (await shop.http.get(data["cover"])).headers["content-type"] == "image/png"

    @pytest.mark.parametrize(
        ("change", "error"),
        [
            ({"exists_at_zalo": False}, -205),
            ({"enabled": False}, -204),
            ({"refused_apis": ["message"]}, -223),
        ],
    )
    async def test_refused_account(self, shop: Shop, change: dict[str, Any], error: int) -> None:
        user = await shop.customer()
        await shop.alter(**change)
        assert (await shop.send(user))["error"] == error

    @pytest.mark.parametrize(
        ("change", "error"), [({"removed": True}, -219), ({"active": False}, -209), ({"api_registered": False}, -212)]
    )
    async def test_refused_app(self, shop: Shop, change: dict[str, bool], error: int) -> None:
        answer = await shop.http.patch(f"/control/apps/{shop.app_id}", json=change)
        assert answer.is_success
        assert (await shop.get("/v2.0/oa/getoa"))["error"] == error

    async def test_only_what_is_known_can_be_changed(self, shop: Shop) -> None:
        path = f"/control/oas/{shop.oa_id}"
        for change in ({"mood": "good"}, {"oa_id": "1"}, {"verified": "maybe"}):
            assert (await shop.http.patch(path, json=change)).status_code == 400


class TestList:
    async def test_pages(self, shop: Shop) -> None:
        users = [await shop.customer() for _ in range(3)]
        first = (await shop.get(LIST, offset=0, count=2))["data"]
        second = (await shop.get(LIST, offset=2, count=2))["data"]
        assert (first["total"], first["count"], second["count"]) == (3, 2, 1)
        assert [row["user_id"] for row in first["users"] + second["users"]] == users[::-1]

    async def test_slices(self, shop: Shop) -> None:
        old, tagged, fan = [await shop.customer() for _ in range(3)]
        await shop.advance(10 * DAY)
        await shop.new_token()
        for user in (tagged, fan):
            await shop.hears(user, "alo")
        await shop.call("/v2.0/oa/tag/tagfollower", {"user_id": tagged, "tag_name": "VIP"})
        await shop.does(fan, "follow")

        async def found(**wanted: Any) -> set[str]:
            data = (await shop.get(LIST, offset=0, count=50, **wanted))["data"]
            return {row["user_id"] for row in data["users"]}

        assert await found(tag_name="VIP") == {tagged}
        assert await found(is_follower="true") == {fan}
        assert await found(is_follower="false") == {old, tagged}
        assert await found(last_interaction_period="L7D") == {tagged, fan}
        assert await found(last_interaction_period="L30D") == {old, tagged, fan}
        assert await found(last_interaction_period="2020_01_01:2020_01_31") == set()

    @pytest.mark.parametrize(
        ("wanted", "error"),
        [
            ({"count": 51}, -210),
            ({"offset": 9952}, -210),
            ({"last_interaction_period": "L9D"}, -201),
            ({"last_interaction_period": "2026_02_01:2026_01_01"}, -201),
            ({"is_follower": "maybe"}, -201),
        ],
    )
    async def test_limits(self, shop: Shop, wanted: dict[str, Any], error: int) -> None:
        assert (await shop.get(LIST, **({"offset": 0, "count": 50} | wanted)))["error"] == error

    @pytest.mark.parametrize("path", ["getfollowers", "getprofile"])
    async def test_closed_v2(self, shop: Shop, path: str) -> None:
        assert (await shop.get(f"/v2.0/oa/{path}"))["error"] == -235


class TestChange:
    async def test_details(self, shop: Shop) -> None:
        user = await shop.customer()
        info = {"name": "Lan", "phone": "84912345678", "address": "12 Lê Lợi", "city_id": "4"}
        order = {"user_id": user, "user_alias": "Khách VIP", "user_external_id": "crm-7", "shared_info": info}
        assert (await shop.call(UPDATE, order))["error"] == 0
        data = (await shop.get("/v3.0/oa/user/detail", user_id=user))["data"]
        assert (data["user_alias"], data["user_external_id"]) == ("Khách VIP", "crm-7")
        assert (data["shared_info"]["phone"], data["shared_info"]["address"]) == ("84912345678", "12 Lê Lợi")
        other = await shop.customer()
        assert (await shop.call(UPDATE, {"user_id": other, "user_external_id": "crm-7"}))["error"] == -201
        assert (await shop.call("/v2.0/oa/deletefollowerinfo", {"user_id": user}))["error"] == 0
        assert "shared_info" not in (await shop.get("/v3.0/oa/user/detail", user_id=user))["data"]

    @pytest.mark.parametrize(
        ("change", "error"),
        [
            ({"shared_info": {"phone": "0912345678"}}, -201),
            ({"user_alias": "a" * 101}, -210),
            ({"user_id": "1"}, -201),
        ],
    )
    async def test_refused(self, shop: Shop, change: dict[str, Any], error: int) -> None:
        assert (await shop.call(UPDATE, {"user_id": await shop.customer()} | change))["error"] == error

    async def test_custom_fields(self, shop: Shop) -> None:
        user = await shop.customer()
        order = {"user_id": user, "custom_info": {"size": "1m8"}}
        assert (await shop.call("/v3.0/oa/user/update/custominfo", order))["error"] == 0
        assert (await shop.get("/v3.0/oa/user/detail/custominfo", user_id=user))["data"]["custom_info"] == {
            "size": "1m8"
        }


class TestQuota:
    async def test_of_a_person(self, shop: Shop) -> None:
        user = await shop.customer()
        data = (await shop.call(QUOTA, {"user_id": user}))["data"]
        assert data["cs_reply"] == {"remain": "8", "total": "8"}
        assert data["last_interaction"].isdecimal()
        await shop.advance(49 * HOUR)
        await shop.new_token()
        assert (await shop.call(QUOTA, {"user_id": user}))["data"]["cs_reply"]["remain"] == "0"

    async def test_of_the_account(self, shop: Shop) -> None:
        order = {"quota_owner": "OA", "product_type": "cs", "quota_type": "sub_quota"}
        (package,) = (await shop.call(QUOTA, order))["data"]
        assert (package["remain"], package["total"], package["quota_type"]) == ("500", "500", "sub_quota")
        await shop.order(f"/oas/{shop.oa_id}/quota-assets", product_type="cs", quota_type="reward_quota", total=20)
        (reward,) = (await shop.call(QUOTA, order | {"quota_type": "reward_quota"}))["data"]
        assert reward["remain"] == "20"
        assert (await shop.call(QUOTA, order | {"quota_owner": "ME"}))["error"] == -201

    async def test_v2_counts_answers_to_a_message(self, shop: Shop) -> None:
        user = await shop.customer(wrote=False)
        asked = await shop.hears(user, "alo")
        await shop.raw_send({"recipient": {"message_id": asked}, "message": {"text": "Dạ"}})
        data = (await shop.call("/v2.0/oa/quota/message", {"message_id": asked, "type": "reply"}))["data"]
        assert data == {"type": "reply", "remain": "7", "total": "8"}

    async def test_order_of_spending(self, shop: Shop) -> None:
        user = await shop.customer()
        await shop.alter(sub_quota_remain=1)
        for kind in ("purchase_quota", "reward_quota"):
            await shop.order(f"/oas/{shop.oa_id}/quota-assets", product_type="cs", quota_type=kind, total=1)
        await shop.advance(3 * DAY)
        await shop.new_token()
        spent = [(await shop.send(user))["data"]["quota"] for _ in range(3)]
        assert [quota["quota_type"] for quota in spent] == ["sub_quota", "reward_quota", "purchase_quota"]
        assert (spent[1]["owner_type"], spent[1]["owner_id"]) == ("OA", shop.oa_id)
        assert (await shop.send(user))["error"] == -211

    async def test_paid_one_by_one(self, shop: Shop) -> None:
        user = await shop.customer()
        await shop.alter(sub_quota_remain=0, pay_per_message=True, zca_balance=100)
        await shop.advance(3 * DAY)
        await shop.new_token()
        assert "quota" not in (await shop.send(user))["data"]
        assert (await shop.send(user))["error"] == -321
        await shop.alter(zca_linked=False)
        assert (await shop.send(user))["error"] == -320


class TestPeople:
    async def test_out_of_what_they_may_receive(self, shop: Shop) -> None:
        user = await shop.customer()
        await shop.change(user, receive_quota_out=True)
        assert (await shop.send(user))["error"] == -218

    async def test_silent_for_45_days(self, shop: Shop) -> None:
        user = await shop.customer()
        await shop.advance(44 * DAY)
        await shop.new_token()
        assert (await shop.send(user))["error"] == -230
        await shop.advance(2 * DAY)
        await shop.new_token()
        assert (await shop.send(user))["error"] == -227
