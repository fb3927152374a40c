"""A shop that sends template messages by phone."""

import itertools
import json
from typing import Any

import httpx

from tests.sandbox.harness import Shop

PHONE = "84987654321"
ORDER_DATA = {
    "ten_khach_hang": "Nguyễn Thị Lan",
    "ma_don_hang": "DH88213",
    "thoi_gian": "09:30 12/08/2026",
    "so_tien": "1250000",
}
_numbers = itertools.count(1)


def new_phone() -> str:
    """Nobody else writes to this one."""
    return f"84912{next(_numbers):06d}"


class ZnsShop(Shop):
    templates: dict[str, str]
    """Template ids by name."""

    async def open(self, **app: Any) -> None:
        await super().open(**app)
        made = await self.order(f"/oas/{self.oa_id}/zns/samples")
        self.templates = {template["name"]: template["template_id"] for template in made["items"]}
        await self.standing(delivery_ms=50)

    async def zns(self, method: str, path: str, body: Any = None, **query: Any) -> dict[str, Any]:
        answer = await self.raw_zns(method, path, body, **query)
        assert answer.status_code == 200, answer.text
        return answer.json()

    async def raw_zns(
        self, method: str, path: str, body: Any = None, headers: dict[str, str] | None = None, **query: Any
    ) -> httpx.Response:
        content = body if isinstance(body, bytes | None) else json.dumps(body).encode()
        given = {"access_token": self.token} | (headers or {})
        return await self.http.request(method, path, content=content, params=query, headers=given)

    async def sends(self, phone: str = PHONE, template: str = "Xác nhận đơn hàng", **order: Any) -> dict[str, Any]:
        headers = order.pop("headers", None)
        body = {
            "phone": phone,
            "template_id": self.templates.get(template, template),
            "template_data": ORDER_DATA,
            "tracking_id": "order-88213",
        }
        body = {name: value for name, value in (body | order).items() if value is not ...}
        return (await self.raw_zns("POST", "/message/template", body, headers)).json()

    async def sent(self, phone: str = PHONE, template: str = "Xác nhận đơn hàng", **order: Any) -> str:
        answer = await self.sends(phone, template, **order)
        assert answer["error"] == 0, answer
        return answer["data"]["msg_id"]

    async def standing(self, **change: Any) -> dict[str, Any]:
        return await self._change(f"/oas/{self.oa_id}/zns", "PATCH", change)

    async def account(self, **change: Any) -> dict[str, Any]:
        return await self._change(f"/oas/{self.oa_id}", "PATCH", change)

    async def app(self, **change: Any) -> dict[str, Any]:
        return await self._change(f"/apps/{self.app_id}", "PATCH", change)

    async def decides(self, template: str, **change: Any) -> dict[str, Any]:
        return await self._change(f"/oas/{self.oa_id}/zns/templates/{self.templates[template]}", "PATCH", change)

    async def owner(self, phone: str, **state: Any) -> dict[str, Any]:
        return await self._change(f"/oas/{self.oa_id}/zns/phones/{phone}", "PUT", state)

    async def on_message(self, msg_id: str, deed: str, **body: Any) -> Any:
        return await self.order(f"/oas/{self.oa_id}/zns/messages/{msg_id}/{deed}", **body)

    async def _change(self, path: str, method: str, body: dict[str, Any]) -> dict[str, Any]:
        answer = await self.http.request(method, f"/control{path}", json=body)
        assert answer.is_success, answer.text
        return answer.json()
