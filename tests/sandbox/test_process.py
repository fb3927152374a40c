"""The process: starting, keeping its state through SIGKILL, stopping, and who may steer it."""

import asyncio
import signal
import socket
import time
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.sandbox.harness import Receiver, SandboxProcess, Shop, client


async def _until_failed_once(shop: Shop, count: int) -> None:
    """The receiver hears of an attempt before the sandbox has written its failure down."""
    async with asyncio.timeout(5):
        while True:
            items = (await shop.read("/webhooks", oa_id=shop.oa_id))["items"]
            if sum(item["attempts"] >= 1 for item in items) >= count:
                return
            await asyncio.sleep(0.02)


class TestState:
    async def test_survives_a_kill(self, tmp_path: Path, heard: Receiver) -> None:
        first = SandboxProcess(tmp_path)
        heard.answer = lambda _: 500
        async with client(first.url) as http:
            shop = Shop(http, heard.url)
            await shop.open()
            await shop.advance(3600)
            user = await shop.customer()
            sent = (await shop.send(user, "trước khi chết"))["data"]["message_id"]
            await shop.change(user, phone_on=False)
            before = await shop.read("/clock")
            await heard.wait_for(2)
            await _until_failed_once(shop, 2)
        first.kill()

        second = SandboxProcess(tmp_path, first.port)
        heard.answer = lambda _: 200
        try:
            async with client(second.url) as http:
                shop.http = http
                assert (await shop.get("/v2.0/oa/getoa"))["error"] == 0
                pair = await shop.refresh(shop.refresh_token)
                assert "access_token" in pair
                items = (await shop.get("/v2.0/oa/conversation", user_id=user, offset=0, count=10))["data"]
                assert items[0]["message_id"] == sent
                assert before["now_ms"] <= (await shop.read("/clock"))["now_ms"] < before["now_ms"] + 60_000
                assert not (await shop.read(f"/oas/{shop.oa_id}/users/{user}"))["phone_on"]
                await shop.advance(30)
                await heard.wait_for(4)
                assert {delivery.headers.get("num_retry") for delivery in heard.deliveries[2:]} == {"1"}
        finally:
            second.kill()

    async def test_spent_refresh_token_stays_spent(self, tmp_path: Path) -> None:
        first = SandboxProcess(tmp_path)
        async with client(first.url) as http:
            shop = Shop(http, None)
            await shop.open()
            await shop.refresh(shop.refresh_token)
        first.kill()
        second = SandboxProcess(tmp_path, first.port)
        try:
            async with client(second.url) as http:
                shop.http = http
                assert (await shop.refresh(shop.refresh_token))["error"] == -14014
        finally:
            second.kill()


class TestCommand:
    @pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
    def test_announces_itself_and_stops_cleanly(self, number: signal.Signals) -> None:
        process = SandboxProcess(None)
        assert process.first_line == f"sandbox ready {process.url}"
        with httpx.Client(base_url=process.url, trust_env=False, verify=False) as caller:
            assert caller.get("/healthz").status_code == 200
            started = time.monotonic()
            assert process.stop(number) == (0, "")
            assert time.monotonic() - started < 3

    def test_port_taken(self) -> None:
        with socket.socket() as holder:
            holder.bind(("127.0.0.1", 0))
            holder.listen()
            with pytest.raises(RuntimeError, match="cannot listen on"):
                SandboxProcess(None, holder.getsockname()[1])

    def test_only_loopback_by_default(self, sandbox: SandboxProcess) -> None:
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
            probe.connect(("192.0.2.1", 9))
            own_address = probe.getsockname()[0]
        with pytest.raises(OSError), socket.create_connection((own_address, sandbox.port), timeout=1):
            pass


class TestControl:
    async def test_refuses_a_foreign_web_page(self, http: httpx.AsyncClient) -> None:
        page = {"origin": "https://evil.example"}
        assert (await http.delete("/control/faults", headers=page)).status_code == 403
        assert (await http.delete("/control/faults", headers={"origin": "http://localhost:8686"})).status_code == 200

    @pytest.mark.parametrize(
        ("path", "body", "status"),
        [
            ("/oas/1/token", {}, 404),
            ("/oas", {"oa_id": "1", "app_id": "nobody", "name": "x"}, 404),
            ("/apps", {"app_id": "1"}, 400),
            ("/clock", {"advance_seconds": -1}, 400),
            ("/clock", {"scale": 0}, 400),
            ("/demo", {"oa_id": "1"}, 404),
        ],
    )
    async def test_says_what_is_wrong(
        self, http: httpx.AsyncClient, path: str, body: dict[str, Any], status: int
    ) -> None:
        answer = await http.post(f"/control{path}", json=body)
        assert answer.status_code == status
        assert answer.json()["detail"]

    async def test_unknown_kind_of_message(self, shop: Shop) -> None:
        user = await shop.customer()
        path = f"/control/oas/{shop.oa_id}/users/{user}/messages"
        assert (await shop.http.post(path, json={"type": "hologram"})).status_code == 400
        assert (await shop.http.post(path, json={"type": "text"})).status_code == 400
