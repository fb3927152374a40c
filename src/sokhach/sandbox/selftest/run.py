"""A private sandbox, all provocations, and the report."""

import asyncio
import socket
import ssl
import subprocess
import sys
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager

import httpx

from sokhach.sandbox.selftest import oa_more, web_more, zns_other
from sokhach.sandbox.selftest.oa import OA
from sokhach.sandbox.selftest.report import Report
from sokhach.sandbox.selftest.shop import Shop
from sokhach.sandbox.selftest.web import WEB
from sokhach.sandbox.selftest.web_clauses import NOT_PROVOKED as NOT_PROVOKED_ON_WEB
from sokhach.sandbox.selftest.web_clauses import check_web
from sokhach.sandbox.selftest.webhooks import NOT_PROVOKED, check_contract
from sokhach.sandbox.selftest.zns_send import ZNS

PROVOCATIONS = (oa_more, web_more, zns_other)
"""They enter themselves in `OA`, `ZNS` and the clauses of Zalo Web when imported."""

RATIO_WANTED = 0.9
STOP_SECONDS = 10


async def question() -> Report:
    """Start a sandbox of its own on a free port, provoke every refusal, stop it."""
    async with _private_sandbox() as url, _client(url) as http:

        async def open_shop() -> Shop:
            return await Shop(http).open()

        contract = await check_contract(http)
        rows, missing = await OA.run(open_shop)
        zns_rows, zns_missing = await ZNS.run(open_shop)

        async def nobody() -> Shop:
            return Shop(http)

        web_rows, web_missing = await WEB.run(nobody)
        web_clauses = await check_web(http)
    gaps = [*missing, *NOT_PROVOKED, *zns_missing, *web_missing, *NOT_PROVOKED_ON_WEB]
    return Report([*rows, *contract, *zns_rows, *web_rows, *web_clauses], gaps)


def _client(url: str) -> httpx.AsyncClient:
    """Without certificates and proxies: everything is on loopback. To load a machine's certificates takes a while."""
    return httpx.AsyncClient(base_url=url, trust_env=False, verify=ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT), timeout=30)


@asynccontextmanager
async def _private_sandbox() -> AsyncGenerator[str]:
    command = [sys.executable, "-m", "sokhach.sandbox", "--port", str(_free_port())]
    process = await asyncio.create_subprocess_exec(*command, stdout=subprocess.PIPE)
    assert process.stdout is not None
    try:
        line = (await process.stdout.readline()).decode().strip()
        if not line:
            raise RuntimeError("the sandbox did not start")
        yield line.rpartition(" ")[2]
    finally:
        if process.returncode is None:
            process.terminate()
            try:
                async with asyncio.timeout(STOP_SECONDS):
                    await process.wait()
            except TimeoutError:
                process.kill()
                await process.wait()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
