"""As many accounts as a company has, all at once."""

import asyncio
import time

import httpx

from sokhach.sandbox.selftest.web_client import WebClient
from tests.sandbox.harness import SandboxProcess, client

ACCOUNTS, MESSAGES = 60, 3000


async def _all_heard(staff: list[WebClient]) -> None:
    heard = 0
    while heard < MESSAGES:
        await asyncio.sleep(0.05)
        heard = sum(len(frame.data["msgs"]) for each in staff for frame in each.lines[0].of(501) if frame.data)


async def test_a_burst_reaches_everybody() -> None:
    """By processor time of the sandbox: on half a core, 500 messages a second cost at most 1 ms each."""
    process = SandboxProcess(None)
    try:
        async with client(process.url) as http:
            staff = [await _signed_in(http, number) for number in range(ACCOUNTS)]
            customer = await staff[0].person("Chị Lan")
            before = _cpu_seconds(process.process.pid)
            started = await staff[0].control("POST", "/bursts", from_uid=customer, count=MESSAGES, rate_per_second=1500)
            await asyncio.wait_for(_all_heard(staff), 60)
            report = await staff[0].control("GET", f"/bursts/{started['id']}")
            assert (report["created"], report["error"]) == (MESSAGES, None)
            assert _cpu_seconds(process.process.pid) - before < MESSAGES * 0.001
            began = time.monotonic()
            await staff[0].control("POST", "/sessions/all/drop", code=1006)
            assert {await each.lines[0].closed() for each in staff} == {1006}
            assert time.monotonic() - began < 5
            for each in staff:
                await each.close()
    finally:
        assert process.stop() == (0, "")


async def _signed_in(http: httpx.AsyncClient, number: int) -> WebClient:
    browser = WebClient(http)
    await browser.sign_in(await browser.person(f"Nhân viên {number}"))
    await browser.listen()
    return browser


def _cpu_seconds(pid: int) -> float:
    import psutil

    times = psutil.Process(pid).cpu_times()
    return times.user + times.system
