"""Group chats (GMF): making, managing, speaking, and what the app is told."""

from typing import Any

import pytest

from tests.sandbox.harness import Receiver, Shop

DAY = 24 * 3600
API = "/v3.0/oa/group/"


async def asset(shop: Shop, **order: Any) -> str:
    bought = await shop.order(f"/oas/{shop.oa_id}/quota-assets", **({"product_type": "gmf10"} | order))
    return bought["asset_id"]


async def make(shop: Shop, members: list[str], **order: Any) -> dict[str, Any]:
    body = {"group_name": "Khách sỉ Đà Nẵng", "member_user_ids": members} | order
    if "asset_id" not in body:
        body["asset_id"] = await asset(shop)
    return await shop.call(f"{API}creategroupwithoa", body)


async def plain(shop: Shop, verb: str, **query: Any) -> dict[str, Any]:
    answer = await shop.http.get(f"{API}{verb}", params=query, headers={"access_token": shop.token})
    return answer.json()


async def say(shop: Shop, group: str, **message: Any) -> dict[str, Any]:
    return await shop.call(f"{API}message", {"recipient": {"group_id": group}, "message": message})


class TestLife:
    async def test_made_with_members(self, shop: Shop, heard: Receiver) -> None:
        users = [await shop.customer("Hà"), await shop.customer("Nga")]
        data = (await make(shop, users))["data"]
        assert data["group_link"].startswith("https://")
        (created,) = await heard.wait_for(1, "create_group")
        assert created.payload["group_id"] == data["group_id"]
        (joined,) = await heard.wait_for(1, "user_join_group")
        assert joined.payload["users"] == [{"id": user} for user in users]
        members = (await plain(shop, "listmember", group_id=data["group_id"], offset=0, count=10))["data"]["members"]
        assert {member["display_name"] for member in members} == {"Hà", "Nga"}
        assert (await plain(shop, "getgroupsofoa"))["data"]["total"] == 1

    async def test_people_come_and_go(self, shop: Shop, heard: Receiver) -> None:
        first, second, third = [await shop.customer() for _ in range(3)]
        group = (await make(shop, [first]))["data"]["group_id"]
        people = f"/oas/{shop.oa_id}/groups/{group}/members"
        await shop.order(f"{people}/{second}/request")
        await heard.wait_for(1, "user_request_join_group")
        pending = (await plain(shop, "listpendinginvite", group_id=group))["data"]["members"]
        assert [member["user_id"] for member in pending] == [second]
        for verb, user, event in (
            ("acceptpendinginvite", second, "accept_request_join_group"),
            ("addadmins", second, "add_group_admin"),
            ("removeadmins", second, "remove_group_admin"),
            ("invite", third, "user_join_group"),
            ("removemembers", third, "user_out_group"),
        ):
            before = len(heard.of(event))
            assert (await shop.call(API + verb, {"group_id": group, "member_user_ids": [user]}))["error"] == 0
            told = (await heard.wait_for(before + 1, event))[-1]
            assert told.payload["users"] == [{"id": user}]
        await shop.order(f"{people}/{third}/request")
        refusal = {"group_id": group, "member_user_ids": [third]}
        assert (await shop.call(f"{API}rejectpendinginvite", refusal))["error"] == 0
        await heard.wait_for(1, "reject_request_join_group")
        assert (await shop.call(f"{API}rejectpendinginvite", refusal))["error"] == -201

    async def test_renamed_and_deleted(self, shop: Shop, heard: Receiver) -> None:
        group = (await make(shop, [await shop.customer()]))["data"]["group_id"]
        renamed = await shop.call(f"{API}updateinfo", {"group_id": group, "group_name": "Khách lẻ"})
        assert renamed["data"]["group_name"] == "Khách lẻ"
        await heard.wait_for(1, "update_group_info")
        assert (await shop.call(f"{API}delete", {"group_id": group}))["error"] == 0
        await heard.wait_for(1, "delete_group")
        assert (await say(shop, group, text="còn ai không"))["error"] == -403


class TestMessages:
    async def test_both_ways_and_in_history(self, shop: Shop, heard: Receiver) -> None:
        user = await shop.customer()
        group = (await make(shop, [user]))["data"]["group_id"]
        path = f"/oas/{shop.oa_id}/groups/{group}/members/{user}/messages"
        asked = (await shop.order(path, text="Có hàng mới không?"))["msg_id"]
        (told,) = await heard.wait_for(1, "user_send_group_text")
        assert (told.payload["sender"], told.payload["recipient"]) == ({"id": user}, {"id": group})
        assert told.payload["user_id_by_app"].isdecimal()
        sent = await say(shop, group, text=f"Có ạ [@{user}]", quote_message_id=asked)
        (echo,) = await heard.wait_for(1, "oa_send_group_text")
        assert echo.payload["message"]["msg_id"] == sent["data"]["message_id"]
        assert echo.payload["message"]["quote_msg_id"] == asked
        items = (await plain(shop, "conversation", group_id=group, offset=0, count=10))["data"]
        assert [(item["src"], item["message_id"]) for item in items] == [(0, sent["data"]["message_id"]), (1, asked)]
        latest = (await plain(shop, "listrecentchat", offset=0, count=10))["data"]
        assert [item["group_id"] for item in latest] == [group]

    @pytest.mark.parametrize(
        "kind", ["image", "link", "audio", "video", "business_card", "sticker", "gif", "file", "location"]
    )
    async def test_members_send_every_kind(self, shop: Shop, heard: Receiver, kind: str) -> None:
        user = await shop.customer()
        group = (await make(shop, [user]))["data"]["group_id"]
        await shop.order(f"/oas/{shop.oa_id}/groups/{group}/members/{user}/messages", type=kind)
        (told,) = await heard.wait_for(1, f"user_send_group_{kind}")
        assert told.payload["message"]["attachments"][0]["payload"]

    async def test_refused_content(self, shop: Shop) -> None:
        group = (await make(shop, [await shop.customer()]))["data"]["group_id"]
        assert (await say(shop, group))["error"] == -201
        assert (await say(shop, group, text="Dạ", quote_message_id="0" * 20))["error"] == -201
        form = {"type": "template", "payload": {"template_type": "list", "elements": []}}
        assert (await say(shop, group, attachment=form))["error"] == -201
        assert (await say(shop, "0" * 20, text="Dạ"))["error"] == -403


class TestRights:
    @pytest.mark.parametrize(
        ("change", "error"), [({"verified": False}, -221), ({"package_name": ""}, -224), ({"package_days": 0}, -224)]
    )
    async def test_account(self, shop: Shop, change: dict[str, Any], error: int) -> None:
        await shop.alter(**change)
        assert (await make(shop, [await shop.customer()]))["error"] == error

    async def test_asset(self, shop: Shop) -> None:
        user = await shop.customer()
        used = await asset(shop)
        assert (await make(shop, [user], asset_id=used))["error"] == 0
        assert (await make(shop, [user], asset_id=used))["error"] == -238
        stopped = await asset(shop)
        path = f"/control/oas/{shop.oa_id}/quota-assets/{stopped}"
        assert (await shop.http.patch(path, json={"disabled": True})).is_success
        assert (await make(shop, [user], asset_id=stopped))["error"] == -241
        assert (await make(shop, [user], asset_id="khong-co"))["error"] == -201

    async def test_invited(self, shop: Shop) -> None:
        user = await shop.customer()
        assert (await make(shop, []))["error"] == -201
        assert (await make(shop, [user, user]))["error"] == -201
        assert (await make(shop, ["1234567890123456789"]))["error"] == -201
        assert (await make(shop, [str(number) for number in range(100)]))["error"] == -210
        await shop.change(user, blocks_invitations=True)
        assert (await make(shop, [user]))["error"] == -217

    async def test_room(self, shop: Shop) -> None:
        users = [await shop.customer() for _ in range(11)]
        assert (await make(shop, users))["error"] == -210
        group = (await make(shop, users[:10]))["data"]["group_id"]
        order = {"group_id": group, "member_user_ids": users[10:]}
        assert (await shop.call(f"{API}invite", order))["error"] == -210
        bigger = {"group_id": group, "asset_id": await asset(shop, product_type="gmf50")}
        assert (await shop.call(f"{API}updateasset", bigger))["error"] == 0
        assert (await shop.call(f"{API}invite", order))["error"] == 0

    async def test_an_ended_asset_stops_the_group_and_deletes_it_later(self, shop: Shop, heard: Receiver) -> None:
        group = (await make(shop, [await shop.customer()], asset_id=await asset(shop, valid_days=1)))["data"][
            "group_id"
        ]
        await shop.advance(DAY + 1)
        await shop.new_token()
        assert (await say(shop, group, text="Dạ"))["error"] == -237
        fresh = {"group_id": group, "asset_id": await asset(shop, valid_days=1)}
        assert (await shop.call(f"{API}updateasset", fresh))["error"] == 0
        assert (await say(shop, group, text="Dạ"))["error"] == 0
        await shop.advance(47 * DAY)
        await shop.new_token()
        assert (await say(shop, group, text="Dạ"))["error"] == -403
        await heard.wait_for(1, "delete_group")

    async def test_quota(self, shop: Shop) -> None:
        await asset(shop, product_type="gmf100")
        order = {"quota_owner": "OA", "product_type": "gmf100", "quota_type": "purchase_quota"}
        (left,) = (await shop.call("/v3.0/oa/quota/group", order))["data"]
        assert (left["remain"], left["total"]) == ("1", "1")
        assert (await shop.call("/v3.0/oa/quota/group", order | {"product_type": "gmf7"}))["error"] == -201
