from typing import Any

import httpx
import pytest

from tests.sandbox.harness import Receiver
from tests.sandbox.zns_shop import ZnsShop

PNG = b"\x89PNG\r\n\x1a\n"


@pytest.fixture
async def shop(http: httpx.AsyncClient, heard: Receiver) -> ZnsShop:
    opened = ZnsShop(http, heard.url)
    await opened.open()
    return opened


def layout(**change: Any) -> dict[str, Any]:
    parts: dict[str, Any] = {
        "TITLE": {"value": "Xác nhận đổi hàng"},
        "PARAGRAPH": {"value": "Chào <ten_khach_hang>, shop đã nhận yêu cầu đổi hàng."},
        "BUTTONS": {"items": [{"type": 1, "title": "Xem yêu cầu", "content": "https://shop.example/doi"}]},
    }
    parts = {name: part for name, part in (parts | change).items() if part is not None}
    return {"body": {"components": [{name: part} for name, part in parts.items()]}}


def draft(**change: Any) -> dict[str, Any]:
    body = {
        "template_name": "Xác nhận đổi hàng",
        "template_type": 1,
        "tag": "1",
        "layout": layout(),
        "params": [{"name": "ten_khach_hang", "type": "1", "sample_value": "Lan"}],
        "tracking_id": "doi-hang-1",
    }
    return body | change


async def create(shop: ZnsShop, **change: Any) -> dict[str, Any]:
    return await shop.zns("POST", "/template/create", draft(**change))


async def upload(shop: ZnsShop, content: bytes, name: str = "a.png") -> int:
    files = {"file": (name, content)}
    answer = await shop.http.post("/upload/image", files=files, headers={"access_token": shop.token})
    assert answer.status_code == 200
    return answer.json()["error"]


class TestReading:
    async def test_list(self, shop: ZnsShop) -> None:
        answer = await shop.zns("GET", "/template/all", offset=0, limit=100)
        assert answer["metadata"]["total"] == len(answer["data"]) == len(shop.templates)
        assert answer["data"][0].keys() == {"templateId", "templateName", "createdTime", "status", "templateQuality"}

    @pytest.mark.parametrize(("status", "word"), [(1, "ENABLE"), (2, "PENDING_REVIEW"), (3, "REJECT"), (4, "DISABLE")])
    async def test_list_by_status(self, shop: ZnsShop, status: int, word: str) -> None:
        answer = await shop.zns("GET", "/template/all", offset=0, limit=100, status=status)
        assert {template["status"] for template in answer["data"]} == {word}

    async def test_list_in_pages(self, shop: ZnsShop) -> None:
        pages = [await shop.zns("GET", "/template/all", offset=offset, limit=5) for offset in (0, 5, 10)]
        ids = [template["templateId"] for page in pages for template in page["data"]]
        assert set(ids) == set(shop.templates.values())
        assert len(ids) == len(set(ids))

    @pytest.mark.parametrize("query", [{"limit": 101}, {"limit": "x"}, {"limit": 5, "status": 5}, {"limit": -1}])
    async def test_list_refused(self, shop: ZnsShop, query: dict[str, Any]) -> None:
        assert (await shop.zns("GET", "/template/all", **({"offset": 0} | query)))["error"] == -132

    async def test_only_own(self, shop: ZnsShop) -> None:
        await shop.order("/apps", app_id="1" + shop.app_id, app_secret="a", oa_secret="b")
        body = {"name": "Của ứng dụng khác", "app_id": "1" + shop.app_id}
        foreign = (await shop.order(f"/oas/{shop.oa_id}/zns/templates", **body))["template_id"]
        every = await shop.zns("GET", "/template/all", offset=0, limit=100, filterPreset=0)
        own = await shop.zns("GET", "/template/all", offset=0, limit=100, filterPreset=1)
        assert foreign in {template["templateId"] for template in every["data"]}
        assert foreign not in {template["templateId"] for template in own["data"]}

    async def test_detail(self, shop: ZnsShop) -> None:
        data = (await shop.zns("GET", "/template/info/v2", template_id=shop.templates["Xác nhận đơn hàng"]))["data"]
        assert data["listParams"][0] == {
            "name": "ten_khach_hang", "require": True, "type": "STRING", "maxLength": 30, "minLength": 0,
            "acceptNull": False,
        }  # fmt: skip
        assert (data["price"], data["price_sdt"], data["price_uid"]) == ("300", "300", "210")
        assert data["templateTag"] == "IN_TRANSACTION"
        assert data["listButtons"][1] == {"type": 2, "title": "Gọi cửa hàng", "content": "0901234567"}
        page = await shop.http.get(data["previewUrl"])
        assert "Xác nhận đơn hàng" in page.text

    async def test_sample_data_can_be_sent(self, shop: ZnsShop) -> None:
        for name in ("Xác nhận đơn hàng", "Thông báo giao hàng", "Nhắc lịch hẹn", "Mã xác thực", "Yêu cầu thanh toán"):
            query = {"template_id": shop.templates[name]}
            data = (await shop.zns("GET", "/template/sample-data", **query))["data"]
            assert (await shop.sends(template=name, template_data=data))["error"] == 0, name

    async def test_unknown(self, shop: ZnsShop) -> None:
        assert (await shop.zns("GET", "/template/info/v2", template_id="7"))["error"] == -109

    async def test_quality(self, shop: ZnsShop) -> None:
        await shop.standing(quality="LOW", quality_7_days="MEDIUM")
        data = (await shop.zns("GET", "/quality"))["data"]
        assert data == {"oaCurrentQuality": "LOW", "oa7dayQuality": "MEDIUM"}

    async def test_samples_again_makes_none(self, shop: ZnsShop) -> None:
        again = await shop.order(f"/oas/{shop.oa_id}/zns/samples")
        assert {item["template_id"] for item in again["items"]} == set(shop.templates.values())


class TestMaking:
    async def test_waits_for_review_then_can_be_sent(self, shop: ZnsShop) -> None:
        data = (await create(shop))["data"]
        assert (data["status"], data["price_sdt"], data["price_uid"]) == ("PENDING_REVIEW", "200", "140")
        shop.templates["mới"] = data["template_id"]
        values = {"ten_khach_hang": "Lan"}
        assert (await shop.sends(template="mới", template_data=values))["error"] == -131
        await shop.decides("mới", status="ENABLE")
        assert (await shop.sends(template="mới", template_data=values))["error"] == 0

    @pytest.mark.parametrize(
        ("change", "error"),
        [
            ({"template_name": "Ngắn"}, -153),
            ({"template_type": 6}, -153),
            ({"tag": "4"}, -153),
            ({"tag": "3"}, -1201),
            ({"params": [{"name": "x", "type": "16"}]}, -153),
            ({"params": [{"name": "x", "type": "8", "sample_value": "quá dài"}]}, -1121),
            ({"layout": layout(TITLE=None)}, -116),
            ({"layout": layout(TITLE={"value": "Ngắn"})}, -116),
            ({"layout": layout(TABLE={"rows": [{"title": "Mã đơn", "value": "<ma>"}]})}, -116),
            ({"layout": layout(BUTTONS={"items": []})}, -113),
            ({"layout": layout(BUTTONS={"items": [{"type": 13, "title": "Bấm đi", "content": "https://a.vn"}]})}, -113),
            ({"layout": layout(BUTTONS={"items": [{"type": 1, "title": "Bấm đi", "content": "a.vn"}]})}, -1131),
            ({"layout": layout(BUTTONS={"items": [{"type": 2, "title": "Gọi ngay", "content": "https://a"}]})}, -1131),
        ],
    )
    async def test_refused(self, shop: ZnsShop, change: dict[str, Any], error: int) -> None:
        assert (await create(shop, **change))["error"] == error

    async def test_second_button_costs_more(self, shop: ZnsShop) -> None:
        buttons = [{"type": 2, "title": "Gọi ngay", "content": "0901234567"},
                   {"type": 1, "title": "Xem đơn", "content": "https://a.vn"}]  # fmt: skip
        assert (await create(shop, layout=layout(BUTTONS={"items": buttons})))["data"]["price_sdt"] == "300"

    async def test_edit_only_after_a_rejection(self, shop: ZnsShop) -> None:
        made = (await create(shop))["data"]["template_id"]
        assert (await shop.zns("POST", "/template/edit", draft(template_id=made)))["error"] == -1091
        shop.templates["mới"] = made
        await shop.decides("mới", status="REJECT", reason="Sai nhóm nội dung.")
        edited = await shop.zns("POST", "/template/edit", draft(template_id=made, template_name="Đổi hàng đã mua"))
        assert edited["data"]["status"] == "PENDING_REVIEW"
        by_hand = draft(template_id=shop.templates["Chúc mừng sinh nhật"])
        assert (await shop.zns("POST", "/template/edit", by_hand))["error"] == -1091

    async def test_100_a_day(self, shop: ZnsShop) -> None:
        errors = [(await create(shop))["error"] for _ in range(101)]
        assert errors == [0] * 100 + [-160]
        await shop.advance(24 * 3600)
        assert (await create(shop))["error"] == 0


class TestUpload:
    async def test_accepted(self, shop: ZnsShop) -> None:
        assert await upload(shop, PNG + b"x" * (500 * 1024 - len(PNG))) == 0

    async def test_refused(self, shop: ZnsShop) -> None:
        assert await upload(shop, PNG + b"x" * 500 * 1024) == -158
        assert await upload(shop, b"GIF89a", "a.gif") == -159
        assert (await shop.zns("POST", "/upload/image", b"nothing"))["error"] == -159
        await shop.standing(upload_monthly_limit=0)
        assert await upload(shop, PNG) == -160
        await shop.standing(media_permitted=False)
        assert await upload(shop, PNG) == -1202
