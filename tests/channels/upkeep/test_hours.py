from datetime import UTC, datetime, timedelta

import httpx
import pytest
from sqlalchemy import text

from sokhach.channels.upkeep import hours, watch
from sokhach.core import clock
from tests.support.zalo import Desk, later

HOUR = datetime(2026, 11, 20, 3, tzinfo=UTC)


async def arrived(desk: Desk, at: datetime, count: int = 1, source: str = "webhook") -> None:
    await desk.execute(
        "INSERT INTO journal (account_id, lane, source, received_at, payload)"
        " SELECT :account, 1, :source, :at, '{}' FROM generate_series(1, :count)",
        account=desk.account_id,
        at=at,
        count=count,
        source=source,
    )


async def count_all(desk: Desk) -> None:
    while await hours.step(desk.database):
        pass


async def counted(desk: Desk) -> dict[datetime, int]:
    async with desk.database.transaction() as connection:
        rows = await connection.execute(text("SELECT hour, events FROM channel_hour WHERE hour < :h ORDER BY 1"),
                                        {"h": HOUR + timedelta(hours=9)})  # fmt: skip
        return {row.hour: row.events for row in rows}


class TestHours:
    async def test_webhooks_are_counted_once_in_the_hour_in_which_they_came(self, desk: Desk) -> None:
        await arrived(desk, HOUR + timedelta(minutes=59), 3)
        await arrived(desk, HOUR + timedelta(hours=2), 2)
        await arrived(desk, HOUR, 5, source="history")
        await count_all(desk)
        assert await counted(desk) == {}, "an open transaction may still add to what was seen just now"
        later(61)
        for _ in range(3):
            await count_all(desk)
        assert await counted(desk) == {HOUR: 3, HOUR + timedelta(hours=2): 2}
        await arrived(desk, HOUR, 4)
        await count_all(desk)
        later(122)
        await count_all(desk)
        assert await counted(desk) == {HOUR: 7, HOUR + timedelta(hours=2): 2}

    async def test_what_commits_late_is_counted_too(self, desk: Desk) -> None:
        async with desk.database.transaction() as open_one:
            await open_one.execute(
                text("INSERT INTO journal (account_id, lane, source, received_at, payload)"
                     " VALUES (:account, 1, 'webhook', :at, '{}')"),
                {"account": desk.account_id, "at": HOUR},
            )  # fmt: skip
            await arrived(desk, HOUR, 2)
            await count_all(desk)
        later(61)
        await count_all(desk)
        assert await counted(desk) == {HOUR: 3}

    async def test_old_hours_are_forgotten(self, desk: Desk) -> None:
        await arrived(desk, clock.now() - timedelta(days=40))
        await count_all(desk)
        later(61)
        await count_all(desk)
        old = await desk.value("SELECT count(*) FROM channel_hour WHERE hour < :h", h=clock.now() - timedelta(days=36))
        assert old == 0


class TestLiveness:
    async def give_history(self, desk: Desk) -> None:
        """Twelve an hour, day and night, for four weeks."""
        await desk.execute(
            "INSERT INTO channel_hour (account_id, hour, events) SELECT :id, hour, 12"
            " FROM generate_series(date_trunc('hour', CAST(:now AS timestamptz)) - interval '28 days',"
            " date_trunc('hour', CAST(:now AS timestamptz)), interval '1 hour') AS hour",
            id=desk.account_id,
            now=clock.now(),
        )

    async def state(self, desk: Desk) -> str:
        await watch.judge(desk.database)
        return await desk.value("SELECT liveness FROM channel_watch WHERE account_id = :id", id=desk.account_id)

    @pytest.mark.caller("admin")
    async def test_with_the_clock_moved_a_silence_becomes_unusual(self, desk: Desk, client: httpx.AsyncClient) -> None:
        assert await self.state(desk) == "unknown"
        await self.give_history(desk)
        assert await self.state(desk) == "ok"
        later(30 * 60)
        assert await self.state(desk) == "ok"
        heard = await desk.value("SELECT count(*) FROM realtime_event WHERE kind = 'channel_account.changed'")
        later(20 * 60)
        assert await self.state(desk) == "quiet"
        assert await self.state(desk) == "quiet"
        after = await desk.value("SELECT count(*) FROM realtime_event WHERE kind = 'channel_account.changed'")
        assert after == heard + 1
        [account] = (await client.get("/api/channel-accounts", headers={"accept-language": "en"})).json()["items"]
        assert account["liveness"]["state"] == "quiet"
        assert "khoảng 10" in account["liveness"]["text"]
        await desk.meet("Người mới")
        assert await self.state(desk) == "ok"
