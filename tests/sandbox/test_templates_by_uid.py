"""Templates by user id, articles, broadcasts, and forms of advertisements."""

from datetime import datetime
from typing import Any

import pytest

from sokhach.sandbox.days import local_time
from tests.sandbox.harness import Receiver, Shop

HOUR = 3600
DAY = 24 * HOUR
PARAM = {"name": "order", "required": True, "type": 4, "max_length": 30}
SEND = "/v3.0/oa/message/template"
ARTICLE = {
    "type": "normal",
    "title": "Chăn hè 2026",
    "author": "Mộc An",
    "description": "Bộ sưu tập mới",
    "body": [{"type": "text", "content": "…"}],
}


async def template(shop: Shop, **order: Any) -> str:
    body = {"name": "Xác nhận đơn", "text": "Đơn <order> đã giao", "params": [PARAM]} | order
    return (await shop.order(f"/oas/{shop.oa_id}/zns/templates", **body))["template_id"]


async def send(shop: Shop, user: str, template_id: str, **data: Any) -> dict[str, Any]:
    return await shop.call(SEND, {"user_id": user, "template_id": template_id, "template_data": data})


async def until_hour(shop: Shop, hour: int) -> None:
    """The next time that clocks in Vietnam show this hour."""
    now = local_time((await shop.read("/clock"))["now_ms"])
    then = now.replace(hour=hour, minute=5)
    await shop.advance(((then - now).total_seconds()) % DAY)
    await shop.new_token()


class TestTemplate:
    async def test_reaches_someone_silent_for_long(self, shop: Shop, heard: Receiver) -> None:
        user = await shop.customer()
        await shop.advance(20 * DAY)
        await shop.new_token()
        assert (await shop.send(user))["error"] == -230
        answer = await send(shop, user, await template(shop), order="DH10482")
        assert answer["error"] == 0
        (echo,) = await heard.wait_for(1, "oa_send_template")
        assert echo.payload["message"]["msg_id"] == answer["data"]["message_id"]
        shown = (await shop.phone(user))[-1]
        assert (shown["text"], shown["extra"]["template"]["data"]) == ("Đơn DH10482 đã giao", {"order": "DH10482"})
        (receipt,) = await heard.wait_for(1, "user_received_message")
        assert receipt.payload["message"]["msg_id"] == answer["data"]["message_id"]

    async def test_data(self, shop: Shop) -> None:
        user, made = await shop.customer(), await template(shop)
        assert (await send(shop, user, made))["error"] == -201
        assert (await send(shop, user, made, order="a" * 31))["error"] == -210
        assert (await send(shop, user, "1", order="a"))["error"] == -201

    @pytest.mark.parametrize("order", [{"type": 2}, {"quick_reply": True}, {"created_ms": 1_700_000_000_000}])
    async def test_not_by_user_id(self, shop: Shop, order: dict[str, Any]) -> None:
        assert (await send(shop, await shop.customer(), await template(shop, **order), order="a"))["error"] == -249

    async def test_promotions_rest_at_night(self, shop: Shop) -> None:
        user = await shop.customer()
        promotion, notice = await template(shop, tag="PROMOTION"), await template(shop)
        await until_hour(shop, 23)
        assert (await send(shop, user, promotion, order="a"))["error"] == -234
        assert (await send(shop, user, notice, order="a"))["error"] == 0
        await until_hour(shop, 6)
        assert (await send(shop, user, promotion, order="a"))["error"] == 0

    async def test_people_and_money(self, shop: Shop) -> None:
        user, made = await shop.customer(), await template(shop, price_uid_dong=140)
        assert (await send(shop, await shop.customer(wrote=False), made, order="a"))["error"] == -232
        await shop.alter(zca_balance=200)
        assert (await send(shop, user, made, order="a"))["error"] == 0
        assert (await send(shop, user, made, order="a"))["error"] == -321
        await shop.alter(zca_linked=False)
        assert (await send(shop, user, made, order="a"))["error"] == -320
        await shop.change(user, refuses_messages=True)
        assert (await send(shop, user, made, order="a"))["error"] == -244


class TestBroadcast:
    async def article(self, shop: Shop) -> str:
        token = (await shop.call("/v2.0/article/create", ARTICLE))["data"]["token"]
        assert (await shop.call("/v2.0/article/verify", {"token": token}))["error"] == -214
        await shop.advance(30)
        return (await shop.call("/v2.0/article/verify", {"token": token}))["data"]["id"]

    def body(self, *articles: str, **target: str) -> dict[str, Any]:
        elements = [{"media_type": "article", "attachment_id": article} for article in articles]
        attachment = {"type": "template", "payload": {"template_type": "media", "elements": elements}}
        return {"recipient": {"target": target}, "message": {"attachment": attachment}}

    async def test_sent(self, shop: Shop) -> None:
        article = await self.article(shop)
        sent = await shop.call("/v2.0/oa/message", self.body(article, ages="0,1", gender="0", cities="4"))
        assert sent["error"] == 0
        (made,) = await shop.read(f"/oas/{shop.oa_id}/broadcasts")
        assert (made["message_id"], made["articles"]) == (sent["data"]["message_id"], [article])

    async def test_refused(self, shop: Shop) -> None:
        article = await self.article(shop)
        for body, error in (
            (self.body(article, gender="3"), -201),
            (self.body(article, moods="1"), -201),
            (self.body("khong-co"), -201),
            (self.body(), -201),
            (self.body(*[article] * 6), -210),
        ):
            assert (await shop.call("/v2.0/oa/message", body))["error"] == error

    async def test_articles_are_listed_changed_and_removed(self, shop: Shop) -> None:
        article = await self.article(shop)
        listed = (await shop.get("/v2.0/article/getslice", offset=0, limit=10, type="normal"))["data"]
        assert [media["id"] for media in listed["medias"]] == [article]
        changed = await shop.call("/v2.0/article/update", ARTICLE | {"id": article, "title": "Chăn đông"})
        assert changed["error"] == 0
        assert (await shop.get("/v2.0/article/getdetail", id=article))["error"] == -214
        await shop.advance(30)
        assert (await shop.get("/v2.0/article/getdetail", id=article))["data"]["title"] == "Chăn đông"
        assert (await shop.call("/v2.0/article/remove", {"id": article}))["error"] == 0
        assert (await shop.get("/v2.0/article/getdetail", id=article))["error"] == -201

    @pytest.mark.parametrize(
        ("change", "error"),
        [({"title": "a" * 151}, -210), ({"author": ""}, -201), ({"body": []}, -201), ({"type": "video"}, -233)],
    )
    async def test_article_limits(self, shop: Shop, change: dict[str, Any], error: int) -> None:
        assert (await shop.call("/v2.0/article/create", ARTICLE | change))["error"] == error


class TestForms:
    async def test_leads(self, shop: Shop) -> None:
        other = Shop(shop.http, None)
        await other.open()
        await shop.order(f"/oas/{shop.oa_id}/ad-forms", form_id=f"f{shop.oa_id}", leads=[{"name": "Lan"}])
        assert (await shop.get("/v2.0/oa/form/get", form_id=f"f{shop.oa_id}"))["data"]["leads"] == [{"name": "Lan"}]
        assert (await shop.get("/v2.0/oa/form/get", form_id="x"))["error"] == -1340
        assert (await other.get("/v2.0/oa/form/get", form_id=f"f{shop.oa_id}"))["error"] == -1341


def test_days_are_those_of_vietnam() -> None:
    assert local_time(int(datetime.fromisoformat("2026-01-22T17:30:00+00:00").timestamp() * 1000)).day == 23
