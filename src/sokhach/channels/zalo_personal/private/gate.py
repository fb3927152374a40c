"""The gate before the journal: what a session hears passes it, and behind it nothing private is left. It decides in
memory, so that no item waits for the database, and reads anew what changed."""

import asyncio
import base64
from datetime import UTC, datetime
from typing import Any

import msgspec
import structlog
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from sokhach.channels.zalo_personal import journalled
from sokhach.channels.zalo_personal.journalled import AnswerKind
from sokhach.channels.zalo_personal.private.answers import without_private
from sokhach.channels.zalo_personal.private.hashing import Hasher
from sokhach.channels.zalo_personal.private.rules import (
    NOBODY,
    OLD_COMMANDS,
    Decision,
    Exclusions,
    Thread,
    decide,
    thread_of,
)
from sokhach.channels.zalo_personal.protocol import FrameEvent, ItemEvent
from sokhach.core.config import Settings
from sokhach.core.crypto import UndecipherableError, Vault
from sokhach.core.database import Database

log = structlog.get_logger()

TYPING = 602
_encoder = msgspec.json.Encoder()
SEALED = b'"sealed":'
_VERSIONS = text(
    """
    SELECT p.account_id, p.sim, p.company_since, coalesce(v.version, 0) AS version
    FROM personal_account p LEFT JOIN private_version v ON v.account_id = p.account_id
    """
)
_READ = text(
    """
    SELECT p.account_id, p.sim, p.company_since, coalesce(v.version, 0) AS version,
        (SELECT coalesce(json_agg(json_build_array(w.thread_key, w.in_group, w.marked_at)), '[]') FROM work_contact w
            WHERE w.account_id = p.account_id AND w.ended_at IS NULL) AS marks
    FROM personal_account p LEFT JOIN private_version v ON v.account_id = p.account_id
    WHERE p.account_id = ANY (CAST(:ids AS bigint[]))
    """
)


class UnknownAccountError(Exception):
    """There is no such personal account: nothing of it may be kept."""


class Gate:
    """`database` is the owner's. An account that was never loaded is treated as a staff's own SIM without work."""

    def __init__(self, database: Database, settings: Settings) -> None:
        self._database = database
        self._hasher = Hasher(settings.keys)
        self._vault = Vault(settings.keys)
        self._known: dict[int, Exclusions] = {}
        self._versions: dict[int, tuple[str, datetime | None, int]] = {}
        self._marked: dict[int, dict[Thread, datetime]] = {}
        # One reading at a time: one that began before an account was there must not take out what a later one found.
        self._reading = asyncio.Lock()

    async def load(self, account_id: int) -> None:
        """Before a session begins. Raises `UnknownAccountError`."""
        async with self._reading, self._database.transaction() as connection:
            await self._read(connection, [account_id])
            if account_id not in self._known:
                raise UnknownAccountError(account_id)

    async def step(self) -> int:
        """Loop: reads what changed since, of whichever account; returns how many did."""
        async with self._reading, self._database.transaction() as connection:
            rows = (await connection.execute(_VERSIONS)).all()
            changed = [row.account_id for row in rows if self._versions.get(row.account_id) != _version_of(row)]
            for gone in set(self._known) - {row.account_id for row in rows}:
                del self._known[gone], self._versions[gone], self._marked[gone]
            await self._read(connection, changed)
        return len(changed)

    def exclusions(self, account_id: int) -> Exclusions:
        return self._known.get(account_id, NOBODY)

    def keeps(self, account_id: int, thread_key: str, *, group: bool = False) -> bool:
        """Whether what is said in a thread is captured, and anything else about it may be known."""
        return self.exclusions(account_id).keeps(Thread(thread_key, group))

    def thread_of(self, event: ItemEvent) -> str | None:
        """What the lane is reckoned by; None: the account alone."""
        thread = thread_of(event.own, event.cmd, event.list, _json(event.item))
        if thread is None:
            return None
        return (
            thread.key if self.exclusions(event.account).keeps(thread) else self._hasher.thread(event.account, thread)
        )

    def item(self, event: ItemEvent) -> bytes | None:
        """The payload for the journal; None: nothing is kept of it."""
        if event.cmd == TYPING:
            return None
        exclusions = self.exclusions(event.account)
        decision = decide(exclusions, event.own, event.cmd, event.list, _json(event.item), event.at)
        return self.payload(event, decision)

    def payload(self, event: ItemEvent, decision: Decision) -> bytes | None:
        match decision.verdict:
            case "keep":
                return _whole(event)
            case "seal":
                return self._sealed(_whole(event), event.cmd)
            case "stub" if decision.thread is not None and decision.message is not None:
                return _encoder.encode(self._stub(event.account, decision, event.at))
            case _:
                return None

    def frame(self, event: FrameEvent) -> bytes:
        """A frame that nobody can read yet might be of a private thread."""
        whole = journalled.Frame(
            conn=event.conn, n=event.n, cmd=event.cmd, sub=event.sub, why=event.why, frame=event.frame, at=event.at
        )
        payload = _encoder.encode(whole)
        exclusions = self.exclusions(event.account)
        if exclusions.keeps_all(None if event.cmd in OLD_COMMANDS else event.at):
            return payload
        return self._sealed(payload, event.cmd)

    def reopened(self, account_id: int, payload: bytes) -> bytes:
        """A payload of the journal that was sealed because nobody could say whose it was: opened, if that can be said
        now and the thread was work already when it came; reduced to a stub, if it was not. All others as they are."""
        if SEALED not in payload[:32] or account_id not in self._known:
            return payload
        try:
            sealed = msgspec.json.decode(payload, type=journalled.Sealed)
            item = msgspec.json.decode(self._vault.open(base64.b64decode(sealed.sealed)), type=journalled.Item)
        except (msgspec.DecodeError, ValueError, UndecipherableError):
            return payload
        event = ItemEvent(
            account=account_id,
            conn=item.conn,
            n=item.n,
            cmd=item.cmd,
            sub=item.sub,
            own=item.own,
            at=item.at,
            list=item.list,
            item=item.item,
        )
        decision = decide(self.exclusions(account_id), item.own, item.cmd, item.list, _json(item.item), item.at)
        if decision.verdict == "keep" and not self._was_work(account_id, decision.thread, item.at):
            return payload
        return (self.payload(event, decision) if decision.verdict in {"keep", "stub"} else None) or payload

    def _was_work(self, account_id: int, thread: Thread | None, at: int) -> bool:
        if self.exclusions(account_id).sim == "company" or thread is None:
            return False
        marked_at = self._marked.get(account_id, {}).get(thread)
        return marked_at is not None and marked_at <= datetime.fromtimestamp(at / 1000, UTC)

    def answer(self, account_id: int, kind: AnswerKind, data: Any) -> Any:
        """What an answer about people says of those who are not private, in the shape in which it came."""
        return without_private(self.exclusions(account_id), kind, data)

    def _stub(self, account_id: int, decision: Decision, at: int) -> journalled.Stub:
        thread, message = decision.thread, decision.message
        if thread is None or message is None:
            raise ValueError("a stub is of a message in a thread")
        return journalled.Stub(
            stub=journalled.StubFacts(
                thread=self._hasher.thread(account_id, thread),
                message=self._hasher.message(account_id, message),
                direction=decision.direction,
                at=decision.at or at,
            )
        )

    def _sealed(self, payload: bytes, cmd: int) -> bytes:
        sealed = base64.b64encode(self._vault.seal(payload)).decode("ascii")
        return _encoder.encode(journalled.Sealed(sealed=sealed, cmd=cmd))

    async def _read(self, connection: AsyncConnection, ids: list[int]) -> None:
        if not ids:
            return
        for row in await connection.execute(_READ, {"ids": ids}):
            work = {Thread(key, group): datetime.fromisoformat(at) for key, group, at in row.marks}
            marked_at = {thread: _ms(at) for thread, at in work.items()}
            since = _ms(row.company_since) if row.company_since is not None else None
            self._known[row.account_id] = Exclusions(row.sim, frozenset(work), marked_at, since)
            self._marked[row.account_id] = work
            self._versions[row.account_id] = _version_of(row)
            log.info("private_threads_read", account=row.account_id, sim=row.sim, work=len(work))


def _version_of(row: Any) -> tuple[str, datetime | None, int]:
    return row.sim, row.company_since, row.version


def _ms(at: datetime) -> int:
    """Whole: what Zalo's clock says has no smaller part."""
    return int(at.timestamp() * 1000)


def _whole(event: ItemEvent) -> bytes:
    return _encoder.encode(
        journalled.Item(
            conn=event.conn,
            n=event.n,
            cmd=event.cmd,
            sub=event.sub,
            list=event.list,
            own=event.own,
            at=event.at,
            item=event.item,
        )
    )


def _json(raw: msgspec.Raw) -> object:
    try:
        return msgspec.json.decode(raw)
    except msgspec.DecodeError:
        return None
