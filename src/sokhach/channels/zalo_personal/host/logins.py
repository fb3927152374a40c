"""Logins by QR: somebody asked for one by a row, a sidecar leads it, each step is written to the row."""

import asyncio
import base64
import binascii
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

import psycopg
import structlog
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncConnection

from sokhach.channels.zalo_personal import notices, protocol
from sokhach.channels.zalo_personal.calls import CallFailedError
from sokhach.channels.zalo_personal.credentials import Sealing
from sokhach.channels.zalo_personal.host import adopting
from sokhach.channels.zalo_personal.host.shards import Shards
from sokhach.channels.zalo_personal.host.sidecar import Sidecar
from sokhach.channels.zalo_personal.protocol import QrEvent
from sokhach.core import clock
from sokhach.core.crypto import UndecipherableError
from sokhach.core.database import Database

log = structlog.get_logger()

LIFE = timedelta(minutes=3)
"""Longer than a code lives: whoever has led a login so long leads it no more."""
READY_SECONDS = 20.0
AGAIN_SECONDS = 1.0
AT_ONCE = 10
USER_AGENTS = (
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36",
    "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0"
    " Safari/537.36",
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:145.0) Gecko/20100101 Firefox/145.0",
)
"""An account gets one with its first login, and keeps it: Zalo ties cookies to it."""

_TAKE = text(
    """
    WITH due AS (
        SELECT l.id FROM personal_login l WHERE l.state = 'asked'
            AND (l.held_until IS NULL OR l.held_until < :now OR (l.held_by = :me AND NOT l.id = ANY (:busy)))
        ORDER BY l.id LIMIT :limit FOR UPDATE SKIP LOCKED
    ), taken AS (
        UPDATE personal_login l SET held_by = :me, held_until = :until FROM due
        WHERE l.id = due.id
        RETURNING l.id, l.account_id, l.holder_id, l.proxy, l.changed_at, l.asked_by
    )
    SELECT t.id, t.proxy, t.changed_at, t.asked_by, p.credentials, p.proxy AS known_proxy
    FROM taken t LEFT JOIN personal_account p ON p.account_id = coalesce(t.account_id, (
        SELECT min(x.account_id) FROM personal_account x JOIN channel_account a ON a.id = x.account_id
        WHERE a.holder_id = t.holder_id AND x.state <> 'online' HAVING count(*) = 1
    ))
    """
)
"""Who will scan is known only afterwards: without an account that is meant, it is taken to be the one of the holder's
that is not connected, if there is one such."""
_ABANDONED = text(
    "UPDATE personal_login SET state = 'expired', image = NULL, changed_at = :now"
    " WHERE state IN ('code', 'scanned') AND held_until < :now RETURNING id, asked_by"
)
_WATCH = text("SELECT id, state, changed_at FROM personal_login WHERE id = ANY (:ids)")
_STEP = text(
    """
    UPDATE personal_login SET state = :state, changed_at = :now,
        image = CASE WHEN :state IN ('code', 'scanned') THEN coalesce(CAST(:image AS bytea), image) END,
        expires_at = coalesce(CAST(:expires AS timestamptz), expires_at),
        name = coalesce(CAST(:name AS text), name), avatar_url = coalesce(CAST(:avatar AS text), avatar_url),
        error = :error
    WHERE id = :id AND state IN ('asked', 'code', 'scanned') RETURNING asked_by
    """
)


class Logins:
    """`led`: those that this worker leads, with when their rows changed last by somebody else's hand."""

    def __init__(self, database: Database, shards: Shards, sealing: Sealing, name: str) -> None:
        self._database = database
        self._shards = shards
        self._sealing = sealing
        self._name = name
        self._led: dict[int, tuple[Sidecar, datetime]] = {}
        self._told: asyncio.Queue[tuple[Sidecar, QrEvent]] = asyncio.Queue()

    def hear(self, sidecar: Sidecar, event: QrEvent) -> None:
        self._told.put_nowait((sidecar, event))

    def gone(self, sidecar: Sidecar) -> None:
        """It ended, with whatever it led."""
        for login_id, (leading, _) in self._led.items():
            if leading is sidecar:
                self.hear(sidecar, QrEvent(login=login_id, step="failed", error="the sidecar ended"))

    async def run(self) -> None:
        """Writes the steps in their order, however long the database takes; until cancelled."""
        while True:
            sidecar, event = await self._told.get()
            while True:
                try:
                    await self._note(sidecar, event)
                    break
                except (SQLAlchemyError, psycopg.Error, OSError) as error:
                    log.error("login_step_waits_for_database", login=event.login, error=type(error).__name__)
                    await asyncio.sleep(AGAIN_SECONDS)
                except Exception:
                    log.exception("login_step_failed", login=event.login)
                    break

    async def step(self) -> int:
        """Begins what was asked for, breaks off what nobody wants any more."""
        now = clock.now()
        async with self._database.transaction() as connection:
            gone = (await connection.execute(_ABANDONED, {"now": now})).all()
            for row in gone:
                await notices.login_changed(connection, row.id, row.asked_by)
            wanted = await self._wanted(connection)
            values = {"me": self._name, "busy": list(wanted), "limit": AT_ONCE, "now": now, "until": now + LIFE}
            taken = [dict(row) for row in (await connection.execute(_TAKE, values)).mappings()]
        for login_id in set(self._led) - wanted:
            await self._abort(login_id)
        await asyncio.gather(*(self._begin(row) for row in taken))
        return len(gone) + len(taken)

    async def _wanted(self, connection: AsyncConnection) -> set[int]:
        """Of those that are led here: neither broken off nor asked for anew."""
        if not self._led:
            return set()
        rows = await connection.execute(_WATCH, {"ids": list(self._led)})
        return {
            row.id
            for row in rows
            if row.state in ("code", "scanned") or (row.state == "asked" and row.changed_at == self._led[row.id][1])
        }

    async def _abort(self, login_id: int) -> None:
        led = self._led.pop(login_id, None)
        if led is not None:
            try:
                await led[0].request(protocol.LoginAbort(login=login_id))
            except CallFailedError as error:
                log.info("login_not_aborted", login=login_id, error=str(error))

    async def _begin(self, row: Mapping[str, Any]) -> None:
        login_id: int = row["id"]
        await self._abort(login_id)
        sidecar = self._shards.any()
        self._led[login_id] = (sidecar, row["changed_at"])
        try:
            user_agent, language = self._browser_of(login_id, row["credentials"])
            request = protocol.LoginQr(
                login=login_id,
                user_agent=user_agent,
                language=language,
                proxy=self._sealing.open_proxy(row["proxy"] or row["known_proxy"]),
            )
            if not await sidecar.wait_ready(READY_SECONDS):
                raise CallFailedError("closed", "the sidecar does not come up", not_sent=True)
            await sidecar.request(request)
        except (CallFailedError, UndecipherableError) as error:
            log.warning("login_not_begun", login=login_id, error=str(error))
            self.hear(sidecar, QrEvent(login=login_id, step="failed", error=str(error)))

    def _browser_of(self, login_id: int, sealed: bytes | None) -> tuple[str, str]:
        if sealed is not None:
            try:
                known = self._sealing.open(sealed)
            except UndecipherableError:
                log.warning("credentials_undecipherable", login=login_id)
            else:
                return known.user_agent, known.language
        return USER_AGENTS[login_id % len(USER_AGENTS)], "vi"

    async def _note(self, sidecar: Sidecar, event: QrEvent) -> None:
        led = self._led.get(event.login)
        if led is None or led[0] is not sidecar:
            return
        now = clock.now()
        async with self._database.transaction() as connection:
            if event.step == "done":
                await adopting.adopt(connection, self._sealing, event, now)
            else:
                values = {
                    "id": event.login,
                    "state": event.step,
                    "now": now,
                    "image": _image(event.image),
                    "expires": _at(event.expires_at_ms),
                    "name": event.name,
                    "avatar": event.avatar,
                    "error": "unreachable" if event.step == "failed" else None,
                }
                row = (await connection.execute(_STEP, values)).one_or_none()
                if row is not None:
                    await notices.login_changed(connection, event.login, row.asked_by)
        if event.step == "failed":
            log.warning("login_failed", login=event.login, error=event.error)
        if event.step not in ("code", "scanned"):
            self._led.pop(event.login, None)


def _image(encoded: str | None) -> bytes | None:
    if encoded is None:
        return None
    try:
        return base64.b64decode(encoded.rpartition(",")[2], validate=True)
    except binascii.Error:
        return None


def _at(ms: int | None) -> datetime | None:
    """By Zalo's clock, which is the world's."""
    return datetime.fromtimestamp(ms / 1000, UTC) if ms else None
