"""The whole way: a worker, the sidecar that is shipped, simulated Zalo Web, and whatever dies between them."""

import asyncio
import os
import signal

import pytest

from sokhach.channels.zalo_personal.host import sidecar
from sokhach.core import clock
from tests.support.people import People
from tests.support.personal_office import CUSTOMERS, Office, start_worker, working

pytestmark = [pytest.mark.long, pytest.mark.timeout(300)]


class TestWorker:
    async def test_what_customers_and_the_phone_say_is_here(
        self, office: Office, people: People, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        async with working(office.settings, monkeypatch):
            account = await office.sign_in(people.owner.id)
            await office.say(12)
            await office.web.say(office.own, office.customers[0], "từ điện thoại", by_phone=True)
            await office.whole()
            async with asyncio.timeout(20):
                while not await office.rows("SELECT 1 FROM message WHERE body = 'từ điện thoại' AND direction = 'out'"):
                    await asyncio.sleep(0.1)
            threads = await office.rows("SELECT account_id, kind FROM conversation")
        assert threads == [{"account_id": account, "kind": "direct"}] * CUSTOMERS

    async def test_a_sticker_has_its_picture(
        self, office: Office, people: People, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        async with working(office.settings, monkeypatch):
            await office.sign_in(people.owner.id)
            for customer in office.customers[:3]:
                await office.web.say(customer, office.own, kind="sticker", file="46626")
            async with asyncio.timeout(30):
                while len(await office.rows("SELECT 1 FROM media WHERE type = 'sticker' AND state = 'stored'")) < 3:
                    await asyncio.sleep(0.1)
            found = await office.rows("SELECT DISTINCT source_url FROM media")
        assert len(found) == 1

    async def test_pushed_out_and_brought_back(
        self, office: Office, people: People, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        async with working(office.settings, monkeypatch):
            account = await office.sign_in(people.owner.id)
            await office.say(2)
            await office.whole()
            await office.web.drop(office.own, 3000)
            row = await office.until(account, "taken_over")
            assert row["health_reason"] == "personal-taken-over"
            await office.say(6)
            await office.run("UPDATE personal_account SET next_attempt_at = :now, attempts = 0", now=clock.now())
            await office.until(account, "online")
            # What came meanwhile is asked for.
            await office.whole()

    async def test_expired_cookies_ask_for_the_phone_and_the_same_account_goes_on(
        self, office: Office, people: People, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        async with working(office.settings, monkeypatch):
            account = await office.sign_in(people.owner.id)
            await office.web.order("POST", f"sessions/{office.own}/expire")
            await office.until(account, "needs_login")
            assert await office.sign_in(people.owner.id, account) == account
            await office.say(3)
            await office.whole()

    async def test_kill_of_the_sidecar_loses_nothing(
        self, office: Office, people: People, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        async with working(office.settings, monkeypatch) as worker:
            account = await office.sign_in(people.owner.id)
            await office.say(10)
            [running_one] = worker.personal.calls.shards.sidecars
            assert running_one.pid is not None
            os.kill(running_one.pid, signal.SIGKILL)
            await office.say(10)
            await asyncio.sleep(0.5)
            await office.until(account, "online")
            await office.say(10)
            await office.whole()

    async def test_a_sidecar_that_hangs_is_noticed_and_loses_nothing(
        self, office: Office, people: People, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(sidecar, "SILENT_SECONDS", 8.0)
        async with working(office.settings, monkeypatch) as worker:
            account = await office.sign_in(people.owner.id)
            await office.say(3)
            await office.whole()
            [hanging] = worker.personal.calls.shards.sidecars
            assert hanging.pid is not None
            os.kill(hanging.pid, signal.SIGSTOP)
            await office.say(5)
            await office.until(account, "connecting")
            assert worker.personal.calls.held() == frozenset()
            await office.until(account, "online")
            await office.say(2)
            await office.whole()


class TestProcess:
    async def test_kill_of_the_worker_loses_nothing(self, office: Office, people: People) -> None:
        first = start_worker(office.settings)
        try:
            account = await office.sign_in(people.owner.id)
            await office.say(10)
            first.kill()
            first.wait()
            await office.say(10)
            second = start_worker(office.settings)
        except BaseException:
            first.kill()
            raise
        try:
            async with asyncio.timeout(60):
                while len(await office.rows("SELECT 1 FROM personal_span WHERE account_id = :id", id=account)) < 2:
                    await asyncio.sleep(0.1)
            await office.until(account, "online")
            await office.say(5)
            await office.whole()
        finally:
            second.kill()
            second.wait()
