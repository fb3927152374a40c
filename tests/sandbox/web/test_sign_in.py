"""Sign-in by QR and by cookie, and what survives a kill of the platform."""

import asyncio
from pathlib import Path

import httpx

from sokhach.sandbox.selftest.web_client import WebClient
from tests.sandbox.harness import SandboxProcess, client
from tests.sandbox.web.conftest import SignIn


class TestQr:
    async def test_the_poll_ends_the_moment_the_phone_scans(self, http: httpx.AsyncClient) -> None:
        browser = WebClient(http)
        uid = await browser.person("Chị Lan")
        code = await browser.show_code()
        waiting = asyncio.create_task(browser.waits(code, "scan"))
        await asyncio.sleep(0.1)
        assert not waiting.done()
        await browser.control("POST", "/qr/scan", code=code, uid=uid)
        answer = await asyncio.wait_for(waiting, 2)
        assert answer["error"] == 0
        assert answer["data"]["display_name"] == "Chị Lan"
        assert answer["data"]["avatar"].startswith("http://127.0.0.1:")

    async def test_the_text_of_the_picture_is_as_good_as_the_code(self, http: httpx.AsyncClient) -> None:
        browser = WebClient(http)
        uid = await browser.person()
        code = await browser.show_code()
        shown = await browser.control("POST", "/qr/scan", code=f"https://zaloapp.com/qr/l/{code}", uid=uid)
        assert (shown["state"], shown["uid"]) == ("scanned", uid)

    async def test_nobody_gets_cookies_before_the_confirmation(self, http: httpx.AsyncClient) -> None:
        browser = WebClient(http)
        code = await browser.show_code()
        await browser.control("POST", "/qr/scan", code=code, uid=await browser.person())
        await browser.collect()
        assert "zpw_sek" not in browser.cookies
        assert (await browser.login())["error"] == 102

    async def test_a_confirmed_code_signs_in_once(self, staff: WebClient, http: httpx.AsyncClient) -> None:
        thief = WebClient(http, staff.device)
        thief.cookies["zpsid"] = staff.cookies["zpsid"]
        await thief.collect()
        assert "zpw_sek" not in thief.cookies

    async def test_user_info_tells_who_is_signed_in(self, staff: WebClient) -> None:
        answer = (await staff.fetch("GET", "https://jr.chat.zalo.me/jr/userinfo")).json()
        assert answer["data"]["logged"] is True
        assert answer["data"]["info"]["name"] == "Nhân viên An"


class TestCookies:
    async def test_open_the_session_again_on_the_same_device(self, staff: WebClient, http: httpx.AsyncClient) -> None:
        again = WebClient(http, staff.device)
        again.cookies = dict(staff.cookies)
        assert (await again.login())["error"] == 0
        assert (again.uid, again.key) == (staff.uid, staff.key)

    async def test_a_wrong_user_agent_ends_the_session_for_good(self, staff: WebClient) -> None:
        good = staff.device.user_agent
        staff.device.user_agent = "other"
        assert (await staff.login())["error"] == 102
        staff.device.user_agent = good
        assert (await staff.login())["error"] == 102

    async def test_every_session_has_a_key_of_its_own(self, staff: WebClient, sign_in: SignIn) -> None:
        other = await sign_in()
        assert other.key != staff.key
        assert len(staff.key) == 16

    async def test_expiry_leaves_open_sockets_and_stops_calls(self, staff: WebClient, customer: str) -> None:
        line = await staff.listen()
        await staff.control("POST", f"/sessions/{staff.uid}/expire")
        assert (await staff.sends(customer))["error"] == 600
        assert line.close_code is None
        assert (await staff.listen()).close_code is not None


class TestKill:
    async def test_sessions_people_and_messages_survive(self, tmp_path: Path) -> None:
        first = SandboxProcess(tmp_path)
        async with client(first.url) as http:
            staff = WebClient(http)
            await staff.sign_in(await staff.person("Nhân viên An"))
            customer = await staff.person("Chị Lan", "0912345678")
            line = await staff.listen()
            said = await staff.control("POST", "/messages", from_uid=customer, to=staff.uid, text="trước khi chết")
            sent = await staff.sends(customer, "vẫn còn")
            await line.items(501, "msgs", 2)
        first.kill()
        assert await line.closed() == 1006
        second = SandboxProcess(tmp_path, first.port)
        try:
            async with client(second.url) as http:
                staff.http = http
                assert (await staff.login())["error"] == 0
                line = await staff.listen()
                line.send(510, 1, {"first": True, "lastId": None, "preIds": [], "req_id": "req_0"})
                items = await line.items(510, "msgs", 2)
                assert [item["content"] for item in items] == ["vẫn còn", "trước khi chết"]
                later = await staff.control("POST", "/messages", from_uid=customer, to=staff.uid, text="sau đó")
                ids = [int(said["msg_id"]), sent["data"]["msgId"], int(later["msg_id"])]
                assert ids == sorted(set(ids))
                await staff.close()
        finally:
            assert second.stop() == (0, "")

    async def test_a_stop_does_not_wait_for_clients(self, tmp_path: Path) -> None:
        process = SandboxProcess(tmp_path)
        async with client(process.url) as http:
            staff = WebClient(http)
            await staff.sign_in(await staff.person())
            line = await staff.listen()
            browser = WebClient(http)
            waiting = asyncio.create_task(browser.waits(await browser.show_code(), "scan"))
            await asyncio.sleep(0.1)
            stopped = asyncio.get_running_loop().run_in_executor(None, process.stop)
            assert await asyncio.wait_for(stopped, 8) == (0, "")
            assert await line.closed() in (1001, 1006)
            await asyncio.gather(waiting, return_exceptions=True)
            await staff.close()
