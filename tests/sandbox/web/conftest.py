from collections.abc import AsyncIterator, Awaitable, Callable

import httpx
import pytest

from sokhach.sandbox.selftest.web_client import WebClient

SignIn = Callable[..., Awaitable[WebClient]]


@pytest.fixture
async def sign_in(http: httpx.AsyncClient) -> AsyncIterator[SignIn]:
    """Somebody signed in to Zalo Web by QR."""
    opened: list[WebClient] = []

    async def make(name: str = "Nhân viên An") -> WebClient:
        browser = WebClient(http)
        opened.append(browser)
        return await browser.sign_in(await browser.person(name))

    yield make
    for browser in opened:
        await browser.close()
    await http.delete("/control/web/faults")
    await http.post("/control/web/settings", json={"mode": -1})


@pytest.fixture
async def staff(sign_in: SignIn) -> WebClient:
    return await sign_in()


@pytest.fixture
async def customer(staff: WebClient) -> str:
    """The uid of a friend of the staff's."""
    uid = await staff.person("Chị Lan")
    await staff.control("POST", "/friendships", a=staff.uid, b=uid, alias="Lan quận 5")
    return uid
