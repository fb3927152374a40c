"""Loop: messages leave, each conversation's in order, conversations beside each other.

The move to `sending` is committed before the platform is called, and no transaction is open during the call. Whoever
finds a message in `sending` after its worker was given up cannot know whether the platform has it; neither can we after
a call without an answer. Such a message is `uncertain`: its echo settles it (the pipeline), or the platform's history
does (here), or a person. It is never sent again silently.
"""

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from datetime import datetime, timedelta

import msgspec
import structlog
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncConnection

from sokhach.channels.connector import Connector, SendRefusedError, SendUncertainError
from sokhach.channels.outgoing import Asset, Outgoing, OutgoingMedia
from sokhach.channels.pacing import Gate, Leaving, sending
from sokhach.conversations import delivery
from sokhach.conversations.echoes import Ours
from sokhach.conversations.media import service as media
from sokhach.core import clock
from sokhach.core.database import Database, wake
from sokhach.core.storage import MissingError, Storage, StorageError
from sokhach.core.telemetry import LATENESS, SENDS
from sokhach.dispatch import assets, outbox, outcomes, rules
from sokhach.dispatch.outbox import Due
from sokhach.dispatch.recording import Recorder

log = structlog.get_logger()

LOOP = "outbox"
AT_ONCE = 16
FILES_AT_ONCE = 8
"""Sending with a file lasts as long as its upload; that leaves hands for all else, and for other channels."""
TAKEN_FOR = timedelta(seconds=60)
"""A worker that has not recorded an outcome by then is given up."""
TAKEN_WITH_FILE_FOR = timedelta(seconds=110)
CALL_SECONDS = 55.0
"""Connectors are quicker than that by their own time-outs; this is for those that are not."""
CALL_WITH_FILE_SECONDS = 100.0
UPLOAD_AGAIN_SECONDS = 10.0
"""After our own storage could not be had."""
LOOK_AGAIN = timedelta(minutes=15)
"""What a channel holds back is asked about so often at least."""
RECORD_DELAYS_SECONDS = (0.2, 1, 3, 10, 20)
WORKER_DIED = "worker-died"
WAITED_TOO_LONG = "waited-too-long"

Record = Callable[[AsyncConnection], Awaitable[None]]


class Sender:
    """One per worker. `freed` is called whenever a message is done with: more may be due in its conversation. `gates`
    may hold messages of a channel back."""

    def __init__(
        self,
        database: Database,
        connectors: Mapping[str, Connector],
        storage: Storage,
        *,
        at_once: int = AT_ONCE,
        files_at_once: int = FILES_AT_ONCE,
        freed: Callable[[], None] | None = None,
        gates: Mapping[str, Gate] | None = None,
    ) -> None:
        self._gates = gates or {}
        self._database = database
        self._connectors = connectors
        self._storage = storage
        self._at_once = at_once
        self._files_at_once = files_at_once
        self._freed = freed
        self._recorder = Recorder(database)
        self._tasks: set[asyncio.Task[None]] = set()
        self._with_files: set[asyncio.Task[None]] = set()

    async def step(self) -> int:
        """Takes what is due, as many as there are free hands, and starts on it; returns how many. Does not wait for
        the platform. Any number of workers may run it; `database` is the owner's."""
        free = self._at_once - len(self._tasks)
        if free <= 0:
            return 0
        for_files = min(free, self._files_at_once - len(self._with_files))
        held = sending(self._connectors)
        taken: list[Due] = []
        handled = 0
        async with self._database.side_transaction() as connection:
            if for_files > 0:
                taken, handled = await _take(connection, clock.now(), for_files, held, self._gates)
            if handled == max(for_files, 0) and (rest := free - handled) > 0:
                more, also = await _take(connection, clock.now(), rest, held, self._gates, files=False)
                taken, handled = [*taken, *more], handled + also
        for due in taken:
            task = asyncio.create_task(self._work(due))
            self._tasks.add(task)
            if due.goes_along is not None and due.state == "queued":
                self._with_files.add(task)
            task.add_done_callback(self._done)
        return handled

    async def drain(self) -> None:
        """Waits until nothing is under way; call it before the process ends."""
        while self._tasks:
            await asyncio.wait(self._tasks)

    def _done(self, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        self._with_files.discard(task)
        if not task.cancelled() and (error := task.exception()):
            log.error("outbox_message_failed", exc_info=error)
        if self._freed:
            self._freed()

    async def _work(self, due: Due) -> None:
        connector = self._connectors.get(due.account.channel)
        if connector is None:
            refused = SendRefusedError("unsupported", f"no connector for {due.account.channel}")
            await self._record(lambda connection: outcomes.refused(connection, due, refused))
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
            await self._record(lambda connection: outcomes.refused(connection, due, refusal))
        except MissingError as error:
            gone = SendRefusedError("file-gone", str(error))
            await self._record(lambda connection: outcomes.refused(connection, due, gone))
        except (StorageError, TimeoutError) as error:
            later = SendRefusedError("file-unreachable", str(error), retry_after_seconds=UPLOAD_AGAIN_SECONDS)
            await self._record(lambda connection: outcomes.refused(connection, due, later))
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
            await self._record(lambda connection: outcomes.refused(connection, due, unknown))
            return
        try:
            async with self._with_file(due, outgoing) as ready, asyncio.timeout(_call_seconds(due)):
                sent = await connector.send(due.account, ready)
        except SendRefusedError as error:
            refusal = error
            await self._record(lambda connection: outcomes.refused(connection, due, refusal))
        except (SendUncertainError, TimeoutError) as error:
            await self._lost(due, str(error))
        except Exception as error:
            # A bug of ours: the call may have been made, so the message is in doubt like any other.
            log.exception("connector_failed", message_id=due.message_id)
            await self._lost(due, type(error).__name__)
        else:
            await self._insist(lambda: self._recorder.record(due, sent))

    @asynccontextmanager
    async def _with_file(self, due: Due, outgoing: Outgoing) -> AsyncGenerator[Outgoing]:
        """What goes along lies in a file of ours for as long as the call lasts. Raises `SendRefusedError`."""
        asset = due.goes_along
        if asset is None or not isinstance(outgoing.content, OutgoingMedia):
            yield outgoing
            return
        try:
            content = (await media.open(self._database, self._storage, asset.media_id)).content
        except MissingError as error:
            raise SendRefusedError("file-gone", str(error)) from error
        except (StorageError, DBAPIError) as error:
            later = UPLOAD_AGAIN_SECONDS
            raise SendRefusedError("file-unreachable", str(error), retry_after_seconds=later) from error
        with self._storage.draft() as path:
            await asyncio.to_thread(path.write_bytes, content)
            placed = msgspec.structs.replace(asset, path=str(path.absolute()))
            yield msgspec.structs.replace(outgoing, content=msgspec.structs.replace(outgoing.content, asset=placed))

    async def _lost(self, due: Due, detail: str) -> None:
        log.warning("send_uncertain", message_id=due.message_id, detail=detail)
        await self._record(lambda connection: outcomes.uncertain(connection, due))

    async def _look(self, connector: Connector, due: Due) -> None:
        """Searches the platform's history for a message that we lost sight of."""
        ours = Ours(
            message_id=due.message_id, kind=due.kind, words=due.words, sending_at=due.sending_at or due.queued_at
        )
        history = await connector.recent(due.account, due.thread_key, rules.since(ours))
        found = None if history is None else rules.candidates(ours, history)
        await self._record(lambda connection: outcomes.looked(connection, due, found))

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


async def _take(
    connection: AsyncConnection,
    now: datetime,
    limit: int,
    held: Sequence[int] = (),
    gates: Mapping[str, Gate] | None = None,
    *,
    files: bool = True,
) -> tuple[list[Due], int]:
    """Takes due messages in one transaction. Returns those to work on, and how many it dealt with in all."""
    await outbox.release(connection, now)
    due = await outbox.take_due(connection, now, limit, held, files=files)
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
            if not await _held_back(connection, one, (gates or {}).get(one.account.channel), now):
                to_send[one.message_id] = one
        elif one.state == "sending":
            await outcomes.mark_uncertain(connection, one, WORKER_DIED, now)
        elif one.state == "uncertain":
            to_look.append(one)
        else:
            settled.append(one.message_id)
    ours = set(await delivery.mark_sending(connection, list(to_send), now)) if to_send else set[int]()
    # What is no longer queued was settled in this very moment by an echo: the next step removes it.
    begun = [
        msgspec.structs.replace(one, attempts=one.attempts + 1, sending_at=now)
        for message_id, one in to_send.items()
        if message_id in ours
    ]
    taken = [
        msgspec.structs.replace(one, due_at=now + (TAKEN_WITH_FILE_FOR if one.goes_along else TAKEN_FOR))
        for one in [*begun, *to_upload, *to_look]
    ]
    for one in taken:
        await outbox.put_off(connection, one.message_id, one.attempts, one.due_at)
    if settled:
        await outbox.remove(connection, settled)
    return taken, len(due)


async def _held_back(connection: AsyncConnection, due: Due, gate: Gate | None, now: datetime) -> bool:
    """Whether its channel lets it wait. It is looked at again before then: what holds it back may change."""
    if gate is None:
        return False
    leaving = Leaving(
        account_id=due.account.id,
        conversation_id=due.conversation_id,
        words=due.words,
        again=due.attempts > 0,
    )
    hold = await gate.admit(connection, leaving, now)
    if hold is None:
        return False
    if hold.reason is not None and hold.reason != due.reason:
        await delivery.mark_queued(connection, due.message_id, hold.reason, now)
    await outbox.put_off(connection, due.message_id, due.attempts, min(hold.until, now + LOOK_AGAIN))
    return True


def _call_seconds(due: Due) -> float:
    return CALL_WITH_FILE_SECONDS if due.goes_along else CALL_SECONDS
