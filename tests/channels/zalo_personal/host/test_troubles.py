"""The whole way again in worse weather: a platform that dies, that cuts everybody off, whose frames are odd, and that
gives way while something is being sent."""

import asyncio
import uuid
from collections import Counter
from pathlib import Path
from typing import Any, NamedTuple

import msgspec
import psutil
import pytest

from sokhach.channels.zalo_personal.credentials import Sealing
from sokhach.channels.zalo_personal.protocol import Credentials
from sokhach.core import clock
from sokhach.core.config import Settings
from sokhach.core.crypto import Vault
from sokhach.core.database import Database
from sokhach.core.tasks import end
from sokhach.sandbox.world import World
from sokhach.worker import Worker
from tests.channels.zalo_personal.driving import USER_AGENT, Web
from tests.dispatch.personal.test_real import Writing
from tests.sandbox.harness import SandboxProcess, client
from tests.support.fake_zalo import Bench, FakeZalo
from tests.support.people import People
from tests.support.personal_office import Office, look_often, start_worker, working

pytestmark = [pytest.mark.long, pytest.mark.timeout(400)]

MANY = 300
BUSIEST_SECOND = MANY // 8
"""All of them come back within 20 s: a fifteenth or so in each."""


class TestFrames:
    @pytest.mark.parametrize(
        ("kind", "more"),
        [
            ("duplicate", {"k": 2, "n": 3, "copies": 3}),
            ("reorder", {"window": 4}),
            ("malformed", {"k": 1, "n": 2}),
            ("undecryptable", {"k": 2, "n": 5}),
            ("storm", {"delay_ms": 400, "count": 6}),
        ],
    )
    async def test_whatever_they_are_like_each_message_is_here_once(
        self, office: Office, people: People, monkeypatch: pytest.MonkeyPatch, kind: str, more: dict[str, Any]
    ) -> None:
        look_often(monkeypatch)
        async with working(office.settings, monkeypatch):
            account = await office.sign_in(people.owner.id)
            await office.say(4)
            await office.whole()
            await office.web.fault(kind, uid=office.own, **more)
            if kind == "storm":
                await office.web.drop(office.own, 1006)
            for _ in range(10):
                await office.say(4)
                await asyncio.sleep(0.2)
            await office.web.http.delete("/control/web/faults")  # what it held back leaves
            await office.whole()
            row = await office.until(account, "online")
            assert row["health"] == ("degraded" if kind == "undecryptable" else "ok")
            [told] = await office.rows("SELECT count(*) AS n FROM gap WHERE closed_at IS NULL")
            assert told["n"] == 0


class TestSending:
    @pytest.mark.parametrize("code", [3000, 1006])
    async def test_cut_off_while_sending_it_is_there_once_and_we_know(
        self, office: Office, people: People, monkeypatch: pytest.MonkeyPatch, code: int
    ) -> None:
        async with working(office.settings, monkeypatch):
            writing = Writing(office, people.owner)
            await writing.open()
            [row] = await office.rows("SELECT account_id FROM personal_account")
            account = row["account_id"]
            await office.web.fault("slow", path="/api/message/sms", delay_ms=3000)
            message = await writing.write("Dạ còn ạ")
            await writing.becomes(message, "sending")
            await asyncio.sleep(0.5)
            await office.web.drop(office.own, code)
            if code == 3000:
                await office.until(account, "taken_over")
                await writing.becomes(message, "uncertain", "sent")
                await asyncio.sleep(4)
                assert await writing.there() == [] or len(await writing.there()) == 1
                await office.run("UPDATE personal_account SET next_attempt_at = :now, attempts = 0", now=clock.now())
            await office.until(account, "online")
            await writing.becomes(message, "sent", "delivered", "seen", seconds=60)
            await asyncio.sleep(2)
            assert [one["content"] for one in await writing.there()] == ["Dạ còn ạ"]
            [row] = await office.rows("SELECT count(*) AS n FROM message WHERE direction = 'out'")
            assert row["n"] == 1

    @pytest.mark.parametrize("worker_too", [False, True], ids=["sidecar", "worker"])
    async def test_killed_while_sending_it_is_there_once_at_most_and_we_know(
        self, office: Office, people: People, worker_too: bool
    ) -> None:
        first = start_worker(office.settings)
        processes = [first]
        try:
            writing = Writing(office, people.owner)
            await writing.open()
            await office.web.fault("slow", path="/api/message/sms", delay_ms=3000)
            message = await writing.write("Dạ còn ạ")
            await writing.becomes(message, "sending")
            await asyncio.sleep(0.5)
            if worker_too:
                first.kill()
                first.wait()
                processes.append(start_worker(office.settings))
            else:
                [node] = psutil.Process(first.pid).children()
                node.kill()
            await writing.becomes(message, "uncertain", "sent", "delivered", "seen", seconds=90)
            await asyncio.sleep(45)  # two looks at what the platform tells
            there = await writing.there()
            assert len(there) <= 1
            await writing.becomes(message, *(("sent", "delivered", "seen") if there else ("uncertain",)), seconds=1)
        finally:
            for process in processes:
                process.kill()
                process.wait()

    async def test_what_the_platform_never_took_is_not_sent_again_without_a_word(
        self, office: Office, people: People, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        async with working(office.settings, monkeypatch):
            writing = Writing(office, people.owner)
            await writing.open()
            await office.web.fault("status", path="/api/message/sms", status=502, count=1)
            message = await writing.write("Dạ còn ạ")
            await writing.becomes(message, "uncertain")
            await asyncio.sleep(45)  # two looks at what the platform tells
            assert await writing.there() == []
            assert await writing.becomes(message, "uncertain") == "uncertain"

    async def test_an_upload_that_is_never_confirmed_is_sent_later_and_once(
        self, office: Office, people: People, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        async with working(office.settings, monkeypatch):
            writing = Writing(office, people.owner)
            await writing.open()
            await office.web.fault("no_file_done", uid=office.own, count=1)
            document = await writing.upload("file", b"%PDF-1.7 gia", "application/pdf", "gia.pdf")
            message = await writing.write(media_ids=(document,))
            after = await writing.write("Anh xem giá ạ")
            said_so = (
                "SELECT 1 FROM delivery WHERE message_id = :id AND state = 'queued' AND reason = 'upload-unconfirmed'"
            )
            async with asyncio.timeout(90):
                while not await office.rows(said_so, id=message):
                    await asyncio.sleep(0.5)
            assert await writing.there() == []
            for one in (message, after):
                await writing.becomes(one, "sent", "delivered", "seen", seconds=90)
            assert [one["type"] for one in await writing.there()] == ["share.file", "webchat"]


class TestPlatform:
    async def test_killed_and_back_nothing_that_it_holds_is_lost(
        self, owner_db: Database, settings: Settings, people: People, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        first = SandboxProcess(tmp_path)
        processes = [first]
        try:
            async with client(first.url) as http:
                office = Office(owner_db, msgspec.structs.replace(settings, zalo_web_url=first.url), Web(http))
                await office.open()
                async with working(office.settings, monkeypatch):
                    account = await office.sign_in(people.owner.id)
                    for _ in range(3):
                        await office.say(20)
                        processes[-1].kill()
                        await office.until(account, "offline")
                        processes.append(SandboxProcess(tmp_path, first.port))
                        await office.say(10)
                        await office.until(account, "online")
                    await office.say(5)
                    # A reading that was broken off is held for a minute, and begun again after a rest.
                    await office.whole(seconds=200)
                    row = await office.row(account)
        finally:
            for process in processes:
                process.kill()
        assert (row["health"], row["state_reason"]) == ("ok", None)


class Staff(NamedTuple):
    uid: str
    sek: str
    customer: str


def populate(folder: Path, accounts: int) -> list[Staff]:
    """Writes the platform's own store: hundreds of codes would take an hour."""
    world = World(folder=folder, base_url="http://127.0.0.1")
    users = world.web.users
    people: list[Staff] = []
    with world.store.transaction():
        for number in range(accounts):
            uid = users.create(name=f"Nhân viên {number}", phone=None).uid
            customer = users.create(name=f"Khách {number}", phone=None).uid
            people.append(Staff(uid, world.web.sessions.begin(uid, USER_AGENT).sek, customer))
    for one in people:
        users.befriend(one.uid, one.customer)
    world.store.close()
    return people


class Company(Bench):
    """Hundreds of accounts, each with one customer."""

    people: list[Staff]

    async def connect(self, holder_id: int, people: list[Staff]) -> None:
        self.people = people
        sealing = Sealing(Vault(self.settings.keys))
        for one in people:
            account = await self.account(holder_id, one.uid)
            cookie = {"key": "zpw_sek", "value": one.sek, "domain": "zalo.me", "path": "/"}
            sealed = sealing.seal(
                Credentials(imei=f"{uuid.uuid4()}-x", cookie=[cookie], user_agent=USER_AGENT, language="vi")
            )
            await self.run(
                "UPDATE personal_account SET credentials = :it WHERE account_id = :id", it=sealed, id=account
            )

    async def say_to_all(self, web: Web, words: str) -> None:
        turns = iter(self.people)

        async def write() -> None:
            for one in turns:
                await web.say(one.customer, one.uid, words)

        await asyncio.gather(*(write() for _ in range(8)))

    async def count(self, sql: str, wanted: int, seconds: float) -> None:
        found = -1
        try:
            async with asyncio.timeout(seconds):
                while (found := (await self.rows(f"SELECT count(*) AS n {sql}"))[0]["n"]) != wanted:
                    await asyncio.sleep(0.5)
        except TimeoutError:
            raise AssertionError(f"{found} of {wanted} {sql}") from None


class TestMany:
    async def test_all_are_cut_off_at_once_none_is_forgotten_and_they_come_back_one_after_the_other(
        self, owner_db: Database, settings: Settings, people: People, tmp_path: Path
    ) -> None:
        staff = populate(tmp_path, MANY)
        sandbox = SandboxProcess(tmp_path)
        company = Company(owner_db, msgspec.structs.replace(settings, zalo_web_url=sandbox.url), FakeZalo())
        await company.connect(people.owner.id, staff)
        worker = Worker(company.settings)
        running = asyncio.create_task(worker.run())
        try:
            async with client(sandbox.url) as http:
                web = Web(http)
                await company.count("FROM personal_account WHERE state = 'online'", MANY, 120)
                await company.say_to_all(web, "trước")
                await company.count("FROM message WHERE body = 'trước'", MANY, 60)
                answer = await web.order("POST", "sessions/all/drop", code=1006)
                assert answer == {"dropped": MANY}
                await company.say_to_all(web, "trong lúc đó")
                ended = "FROM personal_span WHERE ended_at IS NOT NULL AND code = 1006"
                await company.count(ended, MANY, 30)
                due = await company.rows("SELECT extract(epoch FROM next_attempt_at) AS at FROM personal_account")
                seconds = Counter(int(row["at"]) for row in due)
                assert max(seconds.values()) <= BUSIEST_SECOND, seconds
                assert max(seconds) - min(seconds) >= 15
                await company.count("FROM personal_account WHERE state = 'online'", MANY, 120)
                await company.say_to_all(web, "sau")
                for words in ("trong lúc đó", "sau"):
                    await company.count(f"FROM message WHERE body = '{words}'", MANY, 120)
                spans = await company.rows("SELECT account_id FROM personal_span WHERE ended_at IS NULL")
                assert len({row["account_id"] for row in spans}) == MANY == len(spans)
                wrong = await company.rows("SELECT 1 FROM channel_account WHERE health <> 'ok'")
                assert wrong == []
        finally:
            await end([running])
            sandbox.kill()
