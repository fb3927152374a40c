"""Writes down what the platform took: what becomes known together goes into one transaction, so that a busy minute
costs the database, and whoever writes meanwhile, little."""

import asyncio
from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

import structlog
from sqlalchemy.ext.asyncio import AsyncConnection

from sokhach.channels import quotas
from sokhach.channels import service as accounts
from sokhach.channels.outgoing import Sent
from sokhach.conversations import delivery
from sokhach.conversations.delivery import Settled
from sokhach.core import clock
from sokhach.core.database import Database, wake
from sokhach.core.telemetry import SENDS
from sokhach.dispatch import outbox
from sokhach.dispatch.outbox import Due

log = structlog.get_logger()

GATHER_SECONDS = 0.1


class _Taken(NamedTuple):
    due: Due
    sent: Sent
    written: asyncio.Future[None]


class Recorder:
    """One per sender. One transaction at a time, and each for one account: names, then conversations, are held in one
    order everywhere."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._waiting: list[_Taken] = []
        self._task: asyncio.Task[None] | None = None

    async def record(self, due: Due, sent: Sent) -> None:
        """Returns once it is committed. Raises what the database raises."""
        taken = _Taken(due, sent, asyncio.get_running_loop().create_future())
        self._waiting.append(taken)
        if self._task is None or self._task.done():
            self._task = asyncio.create_task(self._run())
        await taken.written

    async def _run(self) -> None:
        while self._waiting:
            await asyncio.sleep(GATHER_SECONDS)
            groups: dict[int, list[_Taken]] = defaultdict(list)
            for one in self._waiting:
                groups[one.due.account.id].append(one)
            self._waiting = []
            for group in groups.values():
                await self._write(group)

    async def _write(self, group: Sequence[_Taken]) -> None:
        try:
            async with self._database.transaction() as connection:
                await _sent(connection, group, clock.now())
        except Exception as error:
            if len(group) > 1:
                # Whatever is wrong with one of them is not to hold up the others.
                log.warning("outcomes_not_recorded_together", error=type(error).__name__, messages=len(group))
                for one in group:
                    await self._write([one])
            elif not group[0].written.done():
                group[0].written.set_exception(error)
        else:
            for one in group:
                if not one.written.done():
                    one.written.set_result(None)


async def _sent(connection: AsyncConnection, group: Sequence[_Taken], now: datetime) -> None:
    account_id = group[0].due.account.id
    settled = [
        Settled(one.due.message_id, name, one.sent.sent_at)
        for one in group
        for name in (one.sent.external_id, *one.sent.aliases)
    ]
    await delivery.mark_all_sent(connection, account_id, settled, now)
    await accounts.sends_work(connection, account_id, now)
    for one in group:
        if one.sent.quota is not None:
            await quotas.note(connection, account_id, one.due.thread_key, one.sent.quota, now)
    await outbox.remove(connection, [one.due.message_id for one in group])
    wake(connection, "intake")  # where an echo may have waited for the name
    SENDS.labels("sent").inc(len(group))
