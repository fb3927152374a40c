from collections.abc import AsyncIterator
from datetime import datetime, timedelta

import pytest
from sqlalchemy import text

from sokhach.channels.upkeep import sweeps
from sokhach.channels.upkeep.sweeping import Sweeper
from sokhach.channels.zalo_oa.upkeep import ZaloUpkeep
from sokhach.core import clock
from sokhach.intake.gateway import lane_of
from tests.support.zalo import Desk


class Upkeep:
    """A desk whose accounts are looked after."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.platform = ZaloUpkeep(desk.connector)

    def sweeper(self, *, calls_a_turn: int = 1000) -> Sweeper:
        """As of one worker; it does not wait between its calls."""
        return Sweeper(
            self.desk.database,
            {"zalo_oa": self.platform},
            lane_of,
            calls_per_second=1_000_000,
            calls_a_turn=calls_a_turn,
        )

    async def ask(self, since: datetime, cause: sweeps.Cause = "asked") -> None:
        async with self.desk.database.transaction() as connection:
            await sweeps.ask(connection, self.desk.account_id, cause, since, clock.now())

    async def sweep(self, since: datetime, cause: sweeps.Cause = "asked") -> dict[str, object]:
        """Asks and works to the end; the sweep's row."""
        await self.ask(since, cause)
        sweeper = self.sweeper()
        while await sweeper.step():
            pass
        await self.drain()
        return await self.last_sweep()

    async def last_sweep(self) -> dict[str, object]:
        return await self.desk.row(
            "SELECT * FROM channel_sweep WHERE account_id = :id ORDER BY id DESC LIMIT 1", id=self.desk.account_id
        )

    async def drain(self) -> None:
        while await self.desk.pipeline.step():
            pass

    async def gaps(self) -> list[dict[str, object]]:
        async with self.desk.database.transaction() as connection:
            rows = await connection.execute(
                text(
                    "SELECT thread_key, reason, from_at, until_at FROM gap WHERE account_id = :id AND closed_at IS NULL"
                    " ORDER BY thread_key, reason"
                ),
                {"id": self.desk.account_id},
            )
            return [dict(row) for row in rows.mappings()]

    def customers(self, count: int) -> list[str]:
        path = f"/oas/{self.desk.oa_id}/users"
        return [self.desk.zalo.order(path, name=f"Khách {number}")["user_id"] for number in range(count)]

    def says(self, user_id: str, words: str) -> str:
        """At Zalo only: no webhook is delivered, for the app has no address for them."""
        path = f"/oas/{self.desk.oa_id}/users/{user_id}/messages"
        return self.desk.zalo.order(path, type="text", text=words)["msg_id"]

    def answers(self, user_id: str, words: str) -> str:
        """In Zalo's own tools."""
        path = f"/oas/{self.desk.oa_id}/admin-messages"
        return self.desk.zalo.order(path, user_id=user_id, text=words, admin_id="77")["msg_id"]

    def phones(self) -> dict[str, list[tuple[str, str]]]:
        """What every customer's phone shows: (id, words), oldest first."""
        users = self.desk.zalo.read(f"/oas/{self.desk.oa_id}/users")["items"]
        found: dict[str, list[tuple[str, str]]] = {}
        for user in users:
            shown = self.desk.zalo.read(f"/oas/{self.desk.oa_id}/users/{user['user_id']}/messages")
            if shown:
                found[user["user_id"]] = [(message["msg_id"], message["text"]) for message in shown]
        return found

    async def threads(self) -> dict[str, list[tuple[str, str]]]:
        """The same, as it is stored here."""
        async with self.desk.database.transaction() as connection:
            rows = await connection.execute(
                text(
                    "SELECT c.thread_key, m.external_id, m.body FROM conversation c"
                    " JOIN message m ON m.conversation_id = c.id WHERE c.account_id = :id AND m.kind <> 'event'"
                    " ORDER BY m.sent_at, m.id"
                ),
                {"id": self.desk.account_id},
            )
            found: dict[str, list[tuple[str, str]]] = {}
            for row in rows:
                found.setdefault(row.thread_key, []).append((row.external_id, row.body))
            return found


def before(seconds: float) -> datetime:
    return clock.now() - timedelta(seconds=seconds)


@pytest.fixture
async def upkeep(desk: Desk) -> AsyncIterator[Upkeep]:
    await desk.execute(
        "UPDATE channel_account SET health = 'ok', health_reason = NULL WHERE id = :id", id=desk.account_id
    )
    yield Upkeep(desk)
