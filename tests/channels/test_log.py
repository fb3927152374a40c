import httpx
import pytest

from sokhach.core.config import Settings
from sokhach.core.database import Database
from tests.channels.zalo_oa.events import every_event
from tests.support.oa import OA, OA_ID, connect_oa

EVENTS = every_event()
NAMES = ("change_template_status", "change_template_quality", "change_oa_daily_quota", "extension_purchased")


@pytest.fixture
async def oa(settings: Settings, owner_db: Database) -> OA:
    return await connect_oa(settings, owner_db)


class TestLog:
    @pytest.mark.caller("manager")
    async def test_newest_first_by_pages_in_words(self, oa: OA, client: httpx.AsyncClient) -> None:
        await oa.take(*(EVENTS[name] for name in NAMES), {"event_name": "user_dances", "oa_id": OA_ID})
        path = f"/api/channel-accounts/{oa.account_id}/log"
        texts: list[str] = []
        before: str | None = ""
        while before is not None:
            query = {"limit": 2} | ({"before": before} if before else {})
            page = await client.get(path, params=query, headers={"accept-language": "vi"})
            assert page.status_code == 200, page.text
            texts += [entry["text"] for entry in page.json()["items"]]
            before = page.json()["next"]
        assert len(texts) == len(NAMES) + 1
        assert {
            "Mẫu tin 31239 chuyển sang đang dùng được.",
            "Chất lượng mẫu tin 31239: trung bình",
            "Hạn mức tin mẫu mỗi ngày đổi từ 1000 thành 2000",
            "Đã mua tiện ích 1, dùng đến 18/12/2026",
            "Sự kiện user_dances",
        } == set(texts)

    @pytest.mark.caller("admin")
    async def test_of_another_account_and_with_another_cursor(self, oa: OA, client: httpx.AsyncClient) -> None:
        await oa.take(EVENTS["change_template_status"])
        assert (await client.get("/api/channel-accounts/999/log")).json()["items"] == []
        path = f"/api/channel-accounts/{oa.account_id}/log"
        assert (await client.get(path, params={"before": "xyz"})).status_code == 400

    @pytest.mark.caller("lead")
    async def test_not_for_leads(self, oa: OA, client: httpx.AsyncClient) -> None:
        assert (await client.get(f"/api/channel-accounts/{oa.account_id}/log")).status_code == 403
