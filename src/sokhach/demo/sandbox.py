"""The demo's side of the simulated Zalo: what it is told by its control API."""

import asyncio
from collections.abc import AsyncGenerator, Mapping, Sequence
from typing import Any, TypeVar
from urllib.parse import urlsplit

import httpx
import msgspec

from sokhach.core.config import Settings
from sokhach.core.web import is_loopback
from sokhach.demo.company import OfficialAccount, PersonalAccount

T = TypeVar("T")

APP_ID = "360846524940903967"
MEDIA_LIFE_SECONDS = 90 * 86_400
"""Real links live for a week; those of a demo that is shown a month later still lead somewhere."""
ANSWERED = 0.7
"""Share of the customers whom simulated colleagues answer at once; the rest waits a while for whoever looks on."""
SEED = 4
REACH_SECONDS = 30
NOT_FOUND = 404


class SandboxError(Exception):
    """The simulated Zalo cannot be reached, or refuses; the message says why."""


class Delivery(msgspec.Struct, frozen=True):
    """A webhook of the past, as it would have been posted. `timestamp`: milliseconds."""

    timestamp: str
    headers: dict[str, str]
    body: str


class Heard(msgspec.Struct, frozen=True):
    """An element of a frame of the past: its command, and the name under which it stood."""

    at_ms: int
    cmd: int
    list: str
    item: msgspec.Raw


class _Group(msgspec.Struct):
    gid: str
    name: str


class _Held(msgspec.Struct):
    groups: list[_Group]


class _Code(msgspec.Struct):
    code: str


class _Tokens(msgspec.Struct):
    refresh_token: str


class Sandbox:
    """Closed by its user."""

    def __init__(self, url: str) -> None:
        self.url = url
        self._control = httpx.AsyncClient(base_url=f"{url}/control", timeout=30, trust_env=False)

    @classmethod
    def beside(cls, settings: Settings) -> "Sandbox | None":
        """The one to which the settings point the connectors; None where they point to the real Zalo."""
        url = sandbox_url(settings)
        return cls(url) if url else None

    async def close(self) -> None:
        await self._control.aclose()

    async def reach(self) -> None:
        """Waits until it answers. Raises `SandboxError`."""
        for _ in range(REACH_SECONDS * 5):
            try:
                await self._control.get("/oas")
            except httpx.TransportError:
                await asyncio.sleep(0.2)
            else:
                return
        raise SandboxError(f"nothing answers at {self.url}")

    async def register_app(self, *, app_secret: str, oa_secret: str, webhook_url: str) -> None:
        await self._post("/apps", app_id=APP_ID, app_secret=app_secret, oa_secret=oa_secret, webhook_url=webhook_url)

    async def open_account(self, oa: OfficialAccount) -> None:
        await self._post(
            "/oas",
            oa_id=oa.oa_id,
            app_id=APP_ID,
            name=oa.name,
            description=oa.description,
            category=oa.category,
            media_life_seconds=MEDIA_LIFE_SECONDS,
        )
        await self._post(f"/oas/{oa.oa_id}/zns/samples")

    async def refresh_token(self, oa_id: str) -> str:
        answer = await self._post(f"/oas/{oa_id}/token")
        return msgspec.json.decode(answer.content, type=_Tokens).refresh_token

    async def start(self, oa: OfficialAccount) -> None:
        """Customers write from now on; colleagues answer some of them."""
        await self._post(
            "/demo",
            oa_id=oa.oa_id,
            trades=list(oa.trades),
            running=True,
            messages_per_minute=oa.messages_per_minute,
            colleagues=_colleagues(oa, ANSWERED),
        )

    async def history(self, oa: OfficialAccount, days: int) -> AsyncGenerator[Delivery]:
        """The webhooks of the past `days`, oldest first. An account has one history: an earlier one is taken back."""
        order = {
            "oa_id": oa.oa_id,
            "trades": list(oa.trades),
            "days": days,
            "conversations_per_day": oa.conversations_per_day,
            "colleagues": _colleagues(oa, 1),
            "seed": SEED,
        }
        async for delivery in self._past(oa.oa_id, order, Delivery):
            yield delivery

    # Personal accounts

    async def person(self, one: PersonalAccount) -> None:
        await self._post("/web/users", uid=one.uid, name=one.name, phone=one.phone)

    async def codes(self) -> set[str]:
        """Those that wait for a phone."""
        return {one.code for one in await self._get("/web/qr", list[_Code])}

    async def agree(self, code: str, uid: str) -> None:
        """The phone scans the code and lets the other side in."""
        await self._post("/web/qr/scan", code=code, uid=uid)
        await self._post("/web/qr/confirm", code=code)

    async def personal_history(self, one: PersonalAccount, days: int) -> list[Heard]:
        """The past `days`, as the account's web session would have had them, oldest first. An account has one history:
        an earlier one is taken back."""
        order = {
            "oa_id": one.uid,
            "trades": list(one.trades),
            "days": days,
            "conversations_per_day": one.conversations_per_day,
            "colleagues": _holder(one, 1),
        }
        return [heard async for heard in self._past(one.uid, order, Heard)]

    async def groups(self, uid: str) -> dict[str, str]:
        """Of a personal account: id → name."""
        return {one.gid: one.name for one in (await self._get(f"/web/state?uid={uid}", _Held)).groups}

    async def start_personal(self, one: PersonalAccount) -> None:
        """Their customers write from now on; the holder answers some of them on the phone."""
        await self._post(
            "/demo",
            oa_id=one.uid,
            trades=list(one.trades),
            running=True,
            messages_per_minute=one.messages_per_minute,
            colleagues=_holder(one, ANSWERED),
        )

    async def silence(self, oa_ids: Sequence[str]) -> None:
        """Its customers leave, and nothing is told to us any more. One that does not run is as silent."""
        try:
            await self._control.patch(f"/apps/{APP_ID}", json={"webhook_url": None})
            for oa_id in oa_ids:
                await self._control.delete(f"/demo/{oa_id}")
        except httpx.TransportError:
            return

    async def _past(self, account: str, order: Mapping[str, Any], kind: type[T]) -> AsyncGenerator[T]:
        await self._forget(account)
        decoder = msgspec.json.Decoder(kind)
        try:
            async with self._control.stream("POST", "/demo/history", json=order, timeout=120) as answer:
                if answer.is_error:
                    raise SandboxError(f"/demo/history: {answer.status_code} {(await answer.aread())[:200]!r}")
                async for line in answer.aiter_lines():
                    if line:
                        yield decoder.decode(line)
        except (httpx.HTTPError, msgspec.DecodeError) as error:
            raise SandboxError(f"/demo/history: {error or type(error).__name__}") from error

    async def _forget(self, oa_id: str) -> None:
        answer = await self._control.delete(f"/demo/{oa_id}")
        if answer.is_error and answer.status_code != NOT_FOUND:
            raise SandboxError(f"/demo/{oa_id}: {answer.status_code} {answer.text[:200]}")

    async def _get(self, path: str, kind: type[T]) -> T:
        try:
            answer = (await self._control.get(path)).raise_for_status()
        except httpx.HTTPError as error:
            raise SandboxError(f"{path}: {error or type(error).__name__}") from error
        return msgspec.json.decode(answer.content, type=kind)

    async def _post(self, path: str, **body: Any) -> httpx.Response:
        try:
            answer = await self._control.post(path, json=body)
        except httpx.HTTPError as error:
            raise SandboxError(f"{path}: {error or type(error).__name__}") from error
        if answer.is_error:
            raise SandboxError(f"{path}: {answer.status_code} {answer.text[:200]}")
        return answer


def sandbox_url(settings: Settings) -> str | None:
    """Where the simulated Zalo is; None where the connectors talk to the real one."""
    platform = urlsplit(settings.zalo_openapi_url)
    return settings.zalo_openapi_url if platform.scheme == "http" and is_loopback(platform.hostname or "") else None


def phone_url(settings: Settings, channel: str, external_id: str) -> str | None:
    """The customer's phone, open at an official account, or the phone of a personal one; None without a simulated
    Zalo."""
    url = sandbox_url(settings)
    opened = "me" if channel == "zalo_personal" else "oa"
    return f"{url}/phone?{opened}={external_id}" if url else None


def _holder(one: PersonalAccount, share: float) -> list[dict[str, str | float]]:
    return [{"admin_id": one.uid, "share": share}]


def _colleagues(oa: OfficialAccount, together: float) -> list[dict[str, str | float]]:
    whole = sum(weight for _, weight in oa.colleagues)
    return [
        {"admin_id": person.zalo_id, "share": round(together * weight / whole, 4)} for person, weight in oa.colleagues
    ]
