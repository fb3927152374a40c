"""Loop: messages leave, each conversation's in order, conversations beside each other.

The move to `sending` is committed before the platform is called, and no transaction is open during the call. Whoever
finds a message in `sending` after its worker was given up cannot know whether the platform has it; neither can we after
a call without an answer. Such a message is `uncertain`: its echo settles it (the pipeline), or the platform's history
does (here), or a person. It is never sent again silently.
"""

import asyncio
import random
from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import datetime, timedelta

import msgspec
import structlog
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncConnection

from sokhach.channels import rules as channels
from sokhach.channels import service as accounts
from sokhach.channels.connector import ASSET_EXPIRED, Connector, HistoryItem, SendRefusedError, SendUncertainError
from sokhach.channels.outgoing import Asset
from sokhach.conversations import delivery
from sokhach.conversations.echoes import Ours
from sokhach.conversations.holding import hold
from sokhach.conversations.media import service as media
from sokhach.core import clock
from sokhach.core.database import Database, wake
from sokhach.core.storage import MissingError, Storage, StorageError
from sokhach.core.telemetry import LATENESS, SENDS
from sokhach.dispatch import assets, outbox, rules
from sokhach.dispatch.outbox import Due
from sokhach.dispatch.recording import Recorder

log = structlog.get_logger()

LOOP = "outbox"
AT_ONCE = 16
TAKEN_FOR = timedelta(seconds=60)
"""A worker that has not recorded an outcome by then is given up."""
CALL_SECONDS = 55.0
"""Connectors are quicker than that by their own time-outs; this is for those that are not."""
UPLOAD_AGAIN_SECONDS = 10.0
"""After our own storage could not be had."""
UPLOADS_AT_MOST = 4
RECORD_DELAYS_SECONDS = (0.2, 1, 3, 10, 20)
WORKER_DIED = "worker-died"
NO_ANSWER = "no-answer"
WAITED_TOO_LONG = "waited-too-long"

Record = Callable[[AsyncConnection], Awaitable[None]]


class Sender:
    """One per worker. `freed` is called whenever a message is done with: more may be due in its conversation."""

    def __init__(
        self,
        database: Database,
        connectors: Mapping[str, Connector],
        storage: Storage,
        *,
        at_once: int = AT_ONCE,
        freed: Callable[[], None] | None = None,
    ) -> None:
        self._database = database
        self._connectors = connectors
        self._storage = storage
        self._at_once = at_once
        self._freed = freed
        self._recorder = Recorder(database)
        self._tasks: set[asyncio.Task[None]] = set()

    async def step(self) -> int:
        """Takes what is due, as many as there are free hands, and starts on it; returns how many. Does not wait for
        the platform. Any number of workers may run it; `database` is the owner's."""
        free = self._at_once - len(self._tasks)
        if free <= 0:
            return 0
        async with self._database.side_transaction() as connection:
            taken, handled = await _take(connection, clock.now(), free)
        for due in taken:
            task = asyncio.create_task(self._work(due))
            self._tasks.add(task)
            task.add_done_callback(self._done)
        return handled

    async def drain(self) -> None:
        """Waits until nothing is under way; call it before the process ends."""
        while self._tasks:
            await asyncio.wait(self._tasks)

    def _done(self, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        if not task.cancelled() and (error := task.exception()):
            log.error("outbox_message_failed", exc_info=error)
        if self._freed:
            self._freed()

    async def _work(self, due: Due) -> None:
        connector = self._connectors.get(due.account.channel)
        if connector is None:
            refused = SendRefusedError("unsupported", f"no connector for {due.account.channel}")
            await self._record(lambda connection: _refused(connection, due, refused))
        elif due.state != "queued":
            await self._look(connector, due)
        elif (asset := due.needs_upload) is not None:
            await self._upload(connector, due, asset)
        else:
            await self._send(connector, due)

    async def _upload(self, connector: Connector, due: Due, asset: Asset) -> None:
        """Brings the bytes to the platform; the message is due again at once, and then finds them there."""
        try:
            content = (await media.open(self._database, self._storage, asset.media_id)).content
            async with asyncio.timeout(CALL_SECONDS):
                uploaded = await connector.upload(due.account, asset, content)
        except SendRefusedError as error:
            refusal = error
            await self._record(lambda connection: _refused(connection, due, refusal))
        except MissingError as error:
            gone = SendRefusedError("file-gone", str(error))
            await self._record(lambda connection: _refused(connection, due, gone))
        except (StorageError, TimeoutError) as error:
            later = SendRefusedError("file-unreachable", str(error), retry_after_seconds=UPLOAD_AGAIN_SECONDS)
            await self._record(lambda connection: _refused(connection, due, later))
        else:

            async def keep(connection: AsyncConnection) -> None:
                now = clock.now()
                await assets.keep(connection, due.account.id, asset, uploaded, now)
                if await outbox.is_ours(connection, due.message_id, due.due_at):
                    await outbox.put_off(connection, due.message_id, due.attempts, now)
                wake(connection)

            await self._record(keep)

    async def _send(self, connector: Connector, due: Due) -> None:
        outgoing = due.outgoing
        if outgoing is None:
            unknown = SendRefusedError("unsupported", f"no way to send {due.kind}")
            await self._record(lambda connection: _refused(connection, due, unknown))
            return
        try:
            async with asyncio.timeout(CALL_SECONDS):
                sent = await connector.send(due.account, outgoing)
        except SendRefusedError as error:
            refusal = error
            await self._record(lambda connection: _refused(connection, due, refusal))
        except (SendUncertainError, TimeoutError) as error:
            await self._lost(due, str(error))
        except Exception as error:
            # A bug of ours: the call may have been made, so the message is in doubt like any other.
            log.exception("connector_failed", message_id=due.message_id)
            await self._lost(due, type(error).__name__)
        else:
            await self._insist(lambda: self._recorder.record(due, sent))

    async def _lost(self, due: Due, detail: str) -> None:
        log.warning("send_uncertain", message_id=due.message_id, detail=detail)
        await self._record(lambda connection: _uncertain(connection, due))

    async def _look(self, connector: Connector, due: Due) -> None:
        """Searches the platform's history for a message that we lost sight of."""
        ours = Ours(
            message_id=due.message_id, kind=due.kind, words=due.words, sending_at=due.sending_at or due.queued_at
        )
        history = await connector.recent(due.account, due.thread_key, rules.since(ours))
        found = None if history is None else rules.candidates(ours, history)
        await self._record(lambda connection: _looked(connection, due, found))

    async def _record(self, record: Record) -> None:
        """Writes an outcome down, waiting for a database that restarts. If even that fails, the message is found in
        `sending` and becomes uncertain, which is safe."""

        async def once() -> None:
            async with self._database.transaction() as connection:
                await record(connection)

        await self._insist(once)

    async def _insist(self, write: Callable[[], Awaitable[None]]) -> None:
        for delay in RECORD_DELAYS_SECONDS:
            try:
                return await write()
            except (DBAPIError, OSError) as error:
                log.warning("outcome_not_recorded_yet", error=type(error).__name__)
                await asyncio.sleep(delay)
        return await write()


async def _take(connection: AsyncConnection, now: datetime, limit: int) -> tuple[Sequence[Due], int]:
    """Takes due messages in one transaction. Returns those to work on, and how many it dealt with in all."""
    await outbox.release(connection, now)
    due = await outbox.take_due(connection, now, limit)
    to_send: dict[int, Due] = {}
    to_upload: list[Due] = []
    to_look: list[Due] = []
    settled: list[int] = []
    for one in due:
        LATENESS.labels(LOOP).observe((now - one.due_at).total_seconds())
        if one.state == "queued" and rules.waited_too_long(one.queued_at, now):
            await delivery.mark_failed(connection, one.message_id, one.reason or WAITED_TOO_LONG, now)
            SENDS.labels("failed").inc()
            settled.append(one.message_id)
        elif one.needs_upload is not None:
            to_upload.append(one)
        elif one.state == "queued":
            to_send[one.message_id] = one
        elif one.state == "sending":
            await _mark_uncertain(connection, one, WORKER_DIED, now)
        elif one.state == "uncertain":
            to_look.append(one)
        else:
            settled.append(one.message_id)
    ours = set(await delivery.mark_sending(connection, list(to_send), now)) if to_send else set[int]()
    # What is no longer queued was settled in this very moment by an echo: the next step removes it.
    sending = [
        msgspec.structs.replace(one, attempts=one.attempts + 1, sending_at=now)
        for message_id, one in to_send.items()
        if message_id in ours
    ]
    until = now + TAKEN_FOR
    taken = [msgspec.structs.replace(one, due_at=until) for one in [*sending, *to_upload, *to_look]]
    for one in taken:
        await outbox.put_off(connection, one.message_id, one.attempts, until)
    if settled:
        await outbox.remove(connection, settled)
    return taken, len(due)


async def _refused(connection: AsyncConnection, due: Due, error: SendRefusedError) -> None:
    now = clock.now()
    if not await outbox.is_ours(connection, due.message_id, due.due_at):
        log.warning("refusal_came_late", message_id=due.message_id, reason=error.reason)
        return
    log.info("send_refused", message_id=due.message_id, reason=error.reason, detail=error.detail)
    if error.reason == ASSET_EXPIRED and due.asset is not None and due.attempts < UPLOADS_AT_MOST:
        await _upload_again(connection, due, due.asset, now)
    elif error.account_down:
        await _account_down(connection, due, error, now)
    elif error.retry_after_seconds is not None:
        await _try_later(connection, due, error, error.retry_after_seconds, now)
    else:
        await delivery.mark_failed(connection, due.message_id, error.reason, now)
        await outbox.remove(connection, [due.message_id])
        SENDS.labels("failed").inc()


async def _upload_again(connection: AsyncConnection, due: Due, asset: Asset, now: datetime) -> None:
    """The platform keeps uploads for some days only, and sometimes loses one sooner."""
    await assets.forget(connection, due.account.id, asset)
    await delivery.mark_queued(connection, due.message_id, ASSET_EXPIRED, now)
    await outbox.put_off(connection, due.message_id, due.attempts, now)
    SENDS.labels("retry").inc()
    wake(connection)


async def _account_down(connection: AsyncConnection, due: Due, error: SendRefusedError, now: datetime) -> None:
    """A person must act. This message tries again now and then; all others of the account wait behind it."""
    await delivery.mark_queued(connection, due.message_id, error.reason, now)
    await accounts.set_health(connection, due.account.id, "down", channels.health_of(error.reason), now)
    probe = rules.retry_after(due.attempts, rules.ACCOUNT_PROBE_SECONDS, random.random())  # noqa: S311
    await outbox.put_off(connection, due.message_id, due.attempts, now + probe)
    await outbox.hold(connection, due.account.id, now + probe)
    SENDS.labels("waiting").inc()


async def _try_later(
    connection: AsyncConnection, due: Due, error: SendRefusedError, asked_seconds: float, now: datetime
) -> None:
    wait = rules.retry_after(due.attempts, asked_seconds, random.random())  # noqa: S311
    await delivery.mark_queued(connection, due.message_id, error.reason, now)
    await outbox.put_off(connection, due.message_id, due.attempts, now + wait)
    if channels.health_of(error.reason) == channels.UNREACHABLE and due.attempts > 1:
        await accounts.unreachable(connection, due.account.id, now)
    SENDS.labels("retry").inc()


async def _uncertain(connection: AsyncConnection, due: Due) -> None:
    if await outbox.is_ours(connection, due.message_id, due.due_at):
        await _mark_uncertain(connection, due, NO_ANSWER, clock.now())


async def _mark_uncertain(connection: AsyncConnection, due: Due, reason: str, now: datetime) -> None:
    """From here on `attempts` counts looks at the history."""
    await delivery.mark_uncertain(connection, due.message_id, reason, now)
    first = rules.next_look(0, now, now, answered=True)
    await outbox.put_off(connection, due.message_id, 0, first or now)
    SENDS.labels("uncertain").inc()
    wake(connection)


async def _looked(connection: AsyncConnection, due: Due, found: Sequence[HistoryItem] | None) -> None:
    """`found`: what the history has that may be it; None: the history could not be had."""
    now = clock.now()
    if not await outbox.is_ours(connection, due.message_id, due.due_at):
        return
    # The pipeline writes echoes under these locks, taken in this order: one entry of the history cannot become two
    # messages.
    ids = [item.external_id for item in found or ()]
    await delivery.hold_names(connection, due.account.id, ids, alone=True)
    await hold(connection, [due.conversation_id])
    known = await outbox.others(connection, due, ids)
    strange = [item for item in found or () if item.external_id not in known]
    # Of several nobody can tell which is ours: those of other people become known by their echoes.
    match = strange[0] if len(strange) == 1 else None
    if match is not None:
        await delivery.mark_sent(connection, due.message_id, match.external_id, match.sent_at, now)
        await accounts.sends_work(connection, due.account.id, now)
        await outbox.remove(connection, [due.message_id])
        SENDS.labels("settled").inc()
        return
    looks = due.attempts + (found is not None)
    again = rules.next_look(looks, due.changed_at, now, answered=found is not None)
    if again is None:
        log.warning("send_left_to_people", message_id=due.message_id, looks=looks)
        await outbox.remove(connection, [due.message_id])
    else:
        await outbox.put_off(connection, due.message_id, looks, again)
