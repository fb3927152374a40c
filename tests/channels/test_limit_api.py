"""Limits and prices as administrators see and change them."""

import httpx
import pytest


class TestLimits:
    @pytest.mark.caller("admin")
    async def test_are_shown_with_source_and_date_and_can_be_changed(self, client: httpx.AsyncClient) -> None:
        page = (await client.get("/api/channel-limits")).json()["items"]
        one = next(item for item in page if item["key"] == "zalo_oa.buttons")
        assert one["value"] == one["default_value"] == 5
        assert one["source"]
        assert one["as_of"] == "2026-08-20"
        assert all(item["text"] and item["unit_text"] for item in page)
        changed = await client.put("/api/channel-limits/zalo_oa.buttons", json={"value": 3})
        assert changed.status_code == 200, changed.text
        one = next(item for item in changed.json()["items"] if item["key"] == "zalo_oa.buttons")
        assert (one["value"], one["default_value"]) == (3, 5)
        assert one["changed_by"]
        back = await client.delete("/api/channel-limits/zalo_oa.buttons")
        one = next(item for item in back.json()["items"] if item["key"] == "zalo_oa.buttons")
        assert (one["value"], one["changed_by"]) == (5, None)

    @pytest.mark.caller("admin")
    @pytest.mark.parametrize("value", [-1, 10**9, "five", None])
    async def test_take_only_what_can_be(self, client: httpx.AsyncClient, value: object) -> None:
        answer = await client.put("/api/channel-limits/zalo_oa.buttons", json={"value": value})
        assert answer.status_code == 400

    @pytest.mark.caller("admin")
    async def test_one_that_does_not_exist(self, client: httpx.AsyncClient) -> None:
        assert (await client.put("/api/channel-limits/zalo_oa.moon", json={"value": 1})).status_code == 404
        assert (await client.delete("/api/channel-limits/zalo_oa.moon")).status_code == 404

    @pytest.mark.caller("manager")
    async def test_are_for_administrators(self, client: httpx.AsyncClient) -> None:
        assert (await client.get("/api/channel-limits")).status_code == 403
        assert (await client.put("/api/channel-limits/zalo_oa.buttons", json={"value": 3})).status_code == 403
