"""An app with one official account at the sandbox under test: the caller of all provocations."""

import itertools
import secrets
from typing import Any

import httpx
import msgspec

Json = dict[str, Any]

APP_SECRET = "selftest-app-secret"  # noqa: S105 - of an app that exists nowhere else
OA_SECRET = "selftest-oa-secret"  # noqa: S105
PNG = b"\x89PNG\r\n\x1a\n"
HOUR = 3600
DAY = 24 * HOUR
VIETNAM_HOURS = 7

_serial = itertools.count(1)


class ProbeError(Exception):
    """A provocation could not be prepared: an earlier call went wrong."""


def new_id() -> str:
    return str(10**18 + secrets.randbelow(10**18))


class Shop:
    """Every provocation gets one of its own, so that none stands in another's way."""

    def __init__(self, http: httpx.AsyncClient) -> None:
        self.http = http
        self.app_id = new_id()
        self.oa_id = new_id()
        self.token = ""
        self.templates: dict[str, str] = {}

    async def open(self, webhook_url: str | None = None) -> "Shop":
        app = {"app_id": self.app_id, "app_secret": APP_SECRET, "oa_secret": OA_SECRET, "webhook_url": webhook_url}
        await self.control("POST", "/apps", app)
        await self.control("POST", "/oas", {"oa_id": self.oa_id, "app_id": self.app_id, "name": "Mộc An"})
        await self.new_token()
        return self

    async def new_token(self) -> None:
        self.token = (await self.control("POST", f"/oas/{self.oa_id}/token"))["access_token"]

    # Control

    async def control(self, method: str, path: str, body: Any = None) -> Any:
        answer = await self.http.request(method, f"/control{path}", json=body)
        if not answer.is_success:
            raise ProbeError(f"control {method} {path}: {answer.status_code} {answer.text}")
        return answer.json() if answer.content else None

    async def of_oa(self, method: str, path: str, **body: Any) -> Any:
        return await self.control(method, f"/oas/{self.oa_id}{path}", body)

    async def app(self, **change: Any) -> None:
        await self.control("PATCH", f"/apps/{self.app_id}", change)

    async def oa(self, **change: Any) -> None:
        await self.control("PATCH", f"/oas/{self.oa_id}", change)

    async def advance(self, seconds: float) -> None:
        """The clock jumps; a token for the new day comes along."""
        await self.control("POST", "/clock", {"advance_seconds": seconds})
        await self.new_token()

    async def until_hour(self, hour: int) -> None:
        """Forward to this hour in Vietnam."""
        now_ms = (await self.control("GET", "/clock"))["now_ms"]
        now = now_ms / 1000 / HOUR + VIETNAM_HOURS
        await self.advance((hour + 0.5 - now) % 24 * HOUR)

    async def customer(self, *, wrote: bool = True, **change: Any) -> str:
        user_id = (await self.of_oa("POST", "/users", name="Nguyễn Thị Lan"))["user_id"]
        if wrote:
            await self.hears(user_id)
        if change:
            await self.of_oa("PATCH", f"/users/{user_id}", **change)
        return user_id

    async def hears(self, user_id: str, text: str = "Shop ơi") -> str:
        return (await self.of_oa("POST", f"/users/{user_id}/messages", type="text", text=text))["msg_id"]

    # Zalo

    async def call(
        self, method: str, path: str, body: Any = None, *, headers: dict[str, str] | None = None, **query: Any
    ) -> Json:
        """The answer's JSON, with the HTTP status as `_status`; a refusal of Zalo's has 200."""
        content = body if isinstance(body, bytes | None) else msgspec.json.encode(body)
        given = {"access_token": self.token, "content-type": "application/json"} | (headers or {})
        answer = await self.http.request(method, path, content=content, params=query, headers=given)
        return self._read(answer)

    async def get(self, path: str, **data: Any) -> Json:
        """A call with its parameters as JSON in `data`."""
        return await self.call("GET", path, data=msgspec.json.encode(data).decode())

    async def send(self, user_id: str, message: Any = None, **headers: str) -> Json:
        body = {"recipient": {"user_id": user_id}, "message": {"text": "Dạ shop nghe"} if message is None else message}
        return await self.call("POST", "/v3.0/oa/message/cs", body, headers=headers)

    async def upload(self, path: str, content: bytes, name: str) -> Json:
        headers = {"access_token": self.token}
        return self._read(await self.http.post(path, files={"file": (name, content)}, headers=headers))

    def _read(self, answer: httpx.Response) -> Json:
        try:
            fields = msgspec.json.decode(answer.content, type=dict[str, Any])
        except msgspec.DecodeError as error:
            raise ProbeError(f"{answer.status_code} without JSON: {answer.text[:80]}") from error
        return fields | {"_status": answer.status_code}

    # Template messages

    async def with_templates(self) -> "Shop":
        made = await self.of_oa("POST", "/zns/samples")
        self.templates = {template["name"]: template["template_id"] for template in made["items"]}
        return self

    async def standing(self, **change: Any) -> None:
        await self.of_oa("PATCH", "/zns", **change)

    async def sends(self, phone: str | None = None, template: str = "Xác nhận đơn hàng", **order: Any) -> Json:
        """A template message, by default a good one; `order` replaces parts of it."""
        headers: dict[str, str] = order.pop("headers", {})
        path: str = order.pop("path", "/message/template")
        body = {
            "phone": phone or new_phone(),
            "template_id": self.templates.get(template, template),
            "template_data": DATA[template],
            "tracking_id": "don-hang-88213",
        }
        return await self.call("POST", path, body | order, headers=headers)


def new_phone() -> str:
    return f"84912{next(_serial):06d}"


DATA: dict[str, Json] = {
    "Xác nhận đơn hàng": {
        "ten_khach_hang": "Nguyễn Thị Lan",
        "ma_don_hang": "DH88213",
        "thoi_gian": "09:30 12/08/2026",
        "so_tien": "1250000",
    },
    "Thông báo giao hàng": {
        "ten_khach_hang": "Lan",
        "ma_don_hang": "DH88213",
        "don_vi_van_chuyen": "Giao Hàng Nhanh",
        "ma_van_don": "GHN123456789",
    },
    "Mã xác thực": {"otp": "482913"},
    "Đánh giá dịch vụ": {"ten_khach_hang": "Lan", "ma_don_hang": "DH88213"},
    "Hành trình giao vận": {"ma_don_hang": "DH88213", "trang_thai": "Đang giao"},
    "Ưu đãi tháng này": {"ten_khach_hang": "Lan", "ma_uu_dai": "MOCAN10", "thoi_gian": "31/08/2026"},
    "Thông báo đổi hàng": {"ten_khach_hang": "Lan", "ma_don_hang": "DH88213"},
    "Nhắc mua lại": {"ten_khach_hang": "Lan"},
}
