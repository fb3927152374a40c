"""A socket ends when its person may not be here, or may see something else, without waiting for its next ping."""

import asyncio
import base64
import os
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest
from litestar import Litestar

from sokhach.conversations import socket as realtime
from sokhach.core.config import Settings
from sokhach.core.database import Database
from sokhach.core.realtime.sequencer import Sequencer
from tests.support.lines import Line, lines, sequencer
from tests.support.people import People, add_session
from tests.support.served import served

__all__ = ["lines", "sequencer"]

pytestmark = pytest.mark.caller("admin")


@asynccontextmanager
async def soon(*lines: Line) -> AsyncIterator[None]:
    """Each closes within a second, far from its next ping."""
    started = time.monotonic()
    yield
    await asyncio.wait_for(asyncio.gather(*(line.closed.wait() for line in lines)), 5)
    assert time.monotonic() - started < 1.5 < realtime.PING_SECONDS


class TestSockets:
    async def test_suspension_closes_all_of_theirs_and_no_other(
        self, client: httpx.AsyncClient, people: People, lines: Any, sequencer: Sequencer
    ) -> None:
        theirs = [await lines(people.owner) for _ in range(2)]
        other = await lines(people.teammate)
        async with soon(*theirs):
            await client.put(f"/api/staff/{people.owner.id}/suspension")
            await sequencer.step()
        assert [line.code for line in theirs] == [4401, 4401]
        await asyncio.sleep(0.2)
        assert not other.closed.is_set()
        assert not any("access" in word for word in other.sent), "who was suspended is nobody's business"

    async def test_a_new_password_closes_theirs(
        self, client: httpx.AsyncClient, people: People, lines: Any, sequencer: Sequencer
    ) -> None:
        line = await lines(people.owner)
        async with soon(line):
            await client.post(f"/api/staff/{people.owner.id}/password")
            await sequencer.step()
        assert line.code == 4401

    async def test_a_new_role_has_its_person_come_back(
        self, client: httpx.AsyncClient, people: People, lines: Any, sequencer: Sequencer
    ) -> None:
        line, other = await lines(people.owner), await lines(people.teammate)
        async with soon(line):
            await client.patch(f"/api/staff/{people.owner.id}", json={"role": "manager"})
            await sequencer.step()
        assert line.code == 4402
        await asyncio.sleep(0.2)
        assert not other.closed.is_set()

    async def test_a_second_factor_that_their_role_needs_from_now_on_closes_theirs(
        self, client: httpx.AsyncClient, people: People, lines: Any, sequencer: Sequencer
    ) -> None:
        line, other = await lines(people.owner), await lines(people.lead)
        async with soon(line):
            await client.put("/api/security-policy", json={"totp_roles": ["staff"]})
            await sequencer.step()
        assert line.code == 4402
        await asyncio.sleep(0.2)
        assert not other.closed.is_set()

    async def test_a_device_that_is_ended_closes_its_own(
        self, client: httpx.AsyncClient, people: People, lines: Any, sequencer: Sequencer
    ) -> None:
        line, other = await lines(people.owner), await lines(people.owner)
        path = f"/api/staff/{people.owner.id}/devices"
        first = min(one["id"] for one in (await client.get(path)).json()["items"])
        async with soon(line):
            await client.delete(f"{path}/{first}")
            await sequencer.step()
        assert line.code == 4401
        await asyncio.sleep(0.2)
        assert not other.closed.is_set()

    async def test_so_have_the_teams_of_others_a_lead(
        self, client: httpx.AsyncClient, people: People, lines: Any, sequencer: Sequencer
    ) -> None:
        line = await lines(people.lead)
        async with soon(line):
            await client.patch(f"/api/staff/{people.owner.id}", json={"teams": []})
            await sequencer.step()
        assert line.code == 4402

    async def test_what_happened_before_the_line_stood_ends_it_too(
        self, client: httpx.AsyncClient, people: People, app: Litestar, owner_db: Database, monkeypatch: Any
    ) -> None:
        """Suspended between the guard's look and the hub's knowing of the line."""
        subscribe = app.state.hub.subscribe

        async def late(*args: Any) -> Any:
            subscription = await subscribe(*args)
            await client.put(f"/api/staff/{people.owner.id}/suspension")
            return subscription

        monkeypatch.setattr(app.state.hub, "subscribe", late)
        line = Line(app, await add_session(owner_db, people.owner.id))
        task = asyncio.create_task(line.run())
        await asyncio.wait_for(line.closed.wait(), 5)
        assert line.code == 4401
        await asyncio.wait_for(task, 5)

    async def test_without_a_worker_the_next_ping_ends_it(
        self, client: httpx.AsyncClient, people: People, lines: Any, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(realtime, "PING_SECONDS", 0.2)
        line = await lines(people.owner)
        await asyncio.sleep(0.5)
        assert '{"type":"ping"}' in line.sent
        await client.put(f"/api/staff/{people.owner.id}/suspension")
        await asyncio.wait_for(line.closed.wait(), 5)
        assert line.code == 4401


class TestServed:
    """Over the server itself, which keeps a close to itself while somebody waits for the browser's words."""

    async def test_the_browser_hears_the_code(
        self, settings: Settings, people: People, owner_db: Database, sequencer: Sequencer, tmp_path: Path
    ) -> None:
        with served(settings, tmp_path / "web.log") as address:
            port = int(address.rpartition(":")[2])
            admin = f"sokhach_session={await add_session(owner_db, people.admin.id)}"
            reader, writer = await asyncio.open_connection("127.0.0.1", port)
            key = base64.b64encode(os.urandom(16)).decode()
            writer.write(
                f"GET /api/realtime HTTP/1.1\r\nhost: 127.0.0.1:{port}\r\nupgrade: websocket\r\n"
                f"connection: upgrade\r\nsec-websocket-version: 13\r\nsec-websocket-key: {key}\r\n"
                f"cookie: sokhach_session={await add_session(owner_db, people.owner.id)}\r\n\r\n".encode()
            )
            await asyncio.wait_for(reader.readuntil(b'"reset":false}'), 10)
            async with httpx.AsyncClient(base_url=address, headers={"cookie": admin}, trust_env=False) as client:
                token = (await client.get("/healthz")).cookies["csrftoken"]
                headers = {"x-csrftoken": token, "cookie": f"{admin}; csrftoken={token}"}
                await client.put(f"/api/staff/{people.owner.id}/suspension", headers=headers)
            await sequencer.step()
            closed = await asyncio.wait_for(reader.read(), 5)
            assert closed == b"\x88\x02" + (4401).to_bytes(2)
            writer.close()
