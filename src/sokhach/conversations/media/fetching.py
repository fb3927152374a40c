"""Loop: what messages carry is fetched into our storage at once, for the links of channels expire."""

import asyncio
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, NamedTuple

import structlog
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from sokhach.conversations.media import download, pictures, rules, sounds
from sokhach.conversations.media.download import GoneError, RefusedError, UnreachableError
from sokhach.conversations.media.pictures import Picture, TooManyPixelsError
from sokhach.conversations.media.service import thumbnail_key
from sokhach.conversations.media.sniffing import sniff
from sokhach.core import clock
from sokhach.core.config import Settings
from sokhach.core.database import Database
from sokhach.core.realtime import Notice, announce
from sokhach.core.storage import Storage, StorageError
from sokhach.core.tasks import end
from sokhach.core.telemetry import LATENESS, MEDIA

log = structlog.get_logger()

LOOP = "media"
AT_ONCE = 8
TAKEN_FOR = timedelta(seconds=download.WHOLE_SECONDS + 120)
"""A worker that has not written down an outcome by then is given up."""
POSTER_BYTES = 5_000_000
POSTER_SECONDS = 30


class Due(NamedTuple):
    """A file to fetch. `due_at` is until when it is ours: whoever writes down an outcome must find it unchanged."""

    id: int
    conversation_id: int
    message_id: int
    source_url: str
    poster_url: str | None
    type: str
    name: str | None
    storage_key: str
    attempts: int
    due_at: datetime
    created_at: datetime


class _Stored(NamedTuple):
    type: str
    content_type: str
    size_bytes: int
    sha256: bytes
    width: int | None
    height: int | None
    duration_ms: int | None
    has_thumbnail: bool


class Fetcher:
    """One per worker. `freed` is called whenever a file is done with: another may be due."""

    def __init__(
        self,
        database: Database,
        storage: Storage,
        settings: Settings,
        *,
        at_once: int = AT_ONCE,
        freed: Callable[[], None] | None = None,
    ) -> None:
        self._database = database
        self._storage = storage
        self._most_bytes = rules.most_bytes(settings)
        self._client = download.new_client([settings.zalo_openapi_url])
        self._at_once = at_once
        self._freed = freed
        self._tasks: dict[asyncio.Task[None], Due] = {}
        self._newest_first = False

    async def step(self) -> int:
        """Takes what is due, as many as there are free hands, and starts on it; returns how many. Any number of
        workers may run it; `database` is the owner's.

        By turns the newest and the one that has waited longest: behind a backlog a customer's picture of this minute
        does not wait for those of last month, and none of those waits for ever.
        """
        free = self._at_once - len(self._tasks)
        if free <= 0:
            return 0
        now = clock.now()
        self._newest_first = not self._newest_first
        take = _TAKE_NEWEST if self._newest_first else _TAKE_LONGEST_DUE
        async with self._database.side_transaction() as connection:
            rows = (await connection.execute(take, {"now": now, "until": now + TAKEN_FOR, "limit": free})).all()
        for row in rows:
            LATENESS.labels(LOOP).observe((now - row.was_due_at).total_seconds())
            due = Due(*row[:-1])
            task = asyncio.create_task(self._work(due))
            self._tasks[task] = due
            task.add_done_callback(self._done)
        return len(rows)

    async def drain(self) -> None:
        """Waits until nothing is under way."""
        while self._tasks:
            await asyncio.wait(self._tasks)

    async def close(self) -> None:
        """Gives up what is under way; the next worker takes it at once."""
        given_up = list(self._tasks.values())
        await end(list(self._tasks))
        await self._client.aclose()
        if given_up:
            async with self._database.side_transaction() as connection:
                for due in given_up:
                    await connection.execute(_GIVE_BACK, {"id": due.id, "until": due.due_at, "now": clock.now()})

    def _done(self, task: asyncio.Task[None]) -> None:
        self._tasks.pop(task, None)
        if not task.cancelled() and (error := task.exception()):
            log.error("media_fetch_failed", exc_info=error)
        if self._freed:
            self._freed()

    async def _work(self, due: Due) -> None:
        try:
            stored = await self._fetch(due)
        except RefusedError as error:
            await self._over(due, "refused", error.reason)
        except GoneError as error:
            again = rules.gone_retry(due.attempts)
            await (self._later(due, again, error.reason) if again else self._over(due, "failed", error.reason))
        except UnreachableError as error:
            again = rules.retry(due.attempts, due.created_at, clock.now())
            await (self._later(due, again, str(error)) if again else self._over(due, "failed", "unreachable"))
        except (StorageError, OSError) as error:
            log.error("media_not_kept_yet", media_id=due.id, error=type(error).__name__)
            await self._later(due, rules.ours_retry(due.attempts), "storage")
        else:
            await self._store(due, stored)

    async def _fetch(self, due: Due) -> _Stored:
        if not self._storage.has_room():
            raise StorageError("no room")
        with self._storage.draft() as path:
            fetched = await download.fetch(self._client, due.source_url, path, most_bytes=self._most_bytes[due.type])
            sniffed = sniff(fetched.head, due.name)
            if sniffed.runs:
                raise RefusedError("dangerous")
            media_type = rules.true_type(due.type, sniffed)
            if media_type is None:
                raise GoneError("not-what-was-said")
            content_type = rules.heard_as(media_type, sniffed.content_type)
            picture = await self._look(path, media_type, content_type)
            duration = await asyncio.to_thread(sounds.duration_ms, path, content_type)
            await self._storage.put(due.storage_key, path)
        small = picture.thumbnail if picture else await self._poster(due)
        if small:
            await self._storage.put(thumbnail_key(due.storage_key), small)
        return _Stored(
            media_type,
            content_type,
            fetched.size_bytes,
            fetched.sha256,
            picture.width if picture else None,
            picture.height if picture else None,
            duration,
            small is not None,
        )

    async def _look(self, path: Path, media_type: str, content_type: str) -> Picture | None:
        if content_type not in pictures.TYPES.values():
            return None
        try:
            return await pictures.unpack(pictures.look, path)
        except TooManyPixelsError as error:
            if media_type == "file":
                return None
            raise RefusedError("too-many-pixels") from error

    async def _poster(self, due: Due) -> bytes | None:
        """The still that a channel sends with a video. A video without one is as good."""
        if due.poster_url is None:
            return None
        try:
            async with asyncio.timeout(POSTER_SECONDS):
                with self._storage.draft() as path:
                    await download.fetch(self._client, due.poster_url, path, most_bytes=POSTER_BYTES)
                    picture = await self._look(path, "image", pictures.TYPES["JPEG"])
        except (RefusedError, GoneError, UnreachableError, TimeoutError) as error:
            log.info("media_without_poster", media_id=due.id, error=type(error).__name__)
            return None
        return picture.thumbnail if picture else None

    async def _store(self, due: Due, stored: _Stored) -> None:
        values = {"id": due.id, "until": due.due_at, "now": clock.now(), **stored._asdict()}
        await self._record(due, _STORED, values)
        MEDIA.labels(due.type, "stored").inc()

    async def _over(self, due: Due, state: str, reason: str) -> None:
        log.info("media_not_had", media_id=due.id, state=state, reason=reason, attempts=due.attempts)
        await self._record(due, _OVER, {"id": due.id, "until": due.due_at, "state": state, "reason": reason})
        MEDIA.labels(due.type, state).inc()

    async def _later(self, due: Due, wait: timedelta, reason: str) -> None:
        log.info("media_later", media_id=due.id, reason=reason, attempts=due.attempts, wait=wait.total_seconds())
        async with self._database.transaction() as connection:
            await connection.execute(_LATER, {"id": due.id, "until": due.due_at, "next": clock.now() + wait})
        MEDIA.labels(due.type, "retry").inc()

    async def _record(self, due: Due, statement: Any, values: dict[str, Any]) -> None:
        async with self._database.transaction() as connection:
            if (await connection.execute(statement, values)).first() is None:
                log.warning("media_outcome_came_late", media_id=due.id)
                return
            await _tell(connection, due)


async def _tell(connection: AsyncConnection, due: Due) -> None:
    """Browsers that show the message show it anew."""
    payload = {"message_ids": [due.message_id]}
    await announce(connection, [Notice(kind="message.changed", conversation_id=due.conversation_id, payload=payload)])


_TAKE = """
    WITH due AS (
        SELECT id, due_at FROM media WHERE due_at <= :now ORDER BY due_at {order} LIMIT :limit FOR UPDATE SKIP LOCKED
    )
    UPDATE media m SET attempts = m.attempts + 1, due_at = :until FROM due WHERE m.id = due.id
    RETURNING m.id, m.conversation_id, m.message_id, m.source_url, m.poster_url, m.type, m.name, m.storage_key,
        m.attempts, m.due_at, m.created_at, due.due_at AS was_due_at
"""
_TAKE_NEWEST = text(_TAKE.format(order="DESC"))
_TAKE_LONGEST_DUE = text(_TAKE.format(order="ASC"))
_STORED = text(
    """
    UPDATE media SET state = 'stored', reason = NULL, due_at = NULL, stored_at = :now, type = :type,
        content_type = :content_type, size_bytes = :size_bytes, sha256 = :sha256, width = coalesce(:width, width),
        height = coalesce(:height, height), duration_ms = :duration_ms, has_thumbnail = :has_thumbnail
    WHERE id = :id AND due_at = :until RETURNING id
    """
)
_OVER = text(
    "UPDATE media SET state = :state, reason = :reason, due_at = NULL WHERE id = :id AND due_at = :until RETURNING id"
)
_LATER = text("UPDATE media SET due_at = :next WHERE id = :id AND due_at = :until")
_GIVE_BACK = text("UPDATE media SET due_at = :now, attempts = attempts - 1 WHERE id = :id AND due_at = :until")
