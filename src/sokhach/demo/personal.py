"""Staff of the demo company with personal accounts. Each is connected as anybody's is, by a code that their phone
scans; that phone is the sandbox's, and presses by itself. What was said in the weeks before passes the same gate into
the journal as what is heard now."""

import asyncio
from collections.abc import Sequence
from contextlib import suppress

import msgspec
import structlog
from sqlalchemy import TextClause, text
from sqlalchemy.ext.asyncio import AsyncConnection

from sokhach.channels.zalo_personal import service
from sokhach.channels.zalo_personal.credentials import Sealing
from sokhach.channels.zalo_personal.private import service as private
from sokhach.channels.zalo_personal.private.gate import Gate, UnknownAccountError
from sokhach.channels.zalo_personal.private.rules import Thread, thread_of
from sokhach.channels.zalo_personal.protocol import ItemEvent
from sokhach.core import clock
from sokhach.core.actor import Actor, Role
from sokhach.core.config import Settings
from sokhach.core.crypto import Vault
from sokhach.core.database import Database, acting_as, wake
from sokhach.core.problems import Problem
from sokhach.demo import state
from sokhach.demo.company import LONG, PERSONAL, Person, PersonalAccount
from sokhach.demo.connected import remember
from sokhach.demo.sandbox import Heard, Sandbox, SandboxError
from sokhach.intake.gateway import lane_of
from sokhach.intake.journal import Entry, copy_entries

log = structlog.get_logger()

LOOK_SECONDS = 0.25
CONNECTED_WITHIN_SECONDS = 120
"""The history of the official accounts is being applied meanwhile."""
PRIVATE_ONE_IN = 3
"""On a staff's own SIM all but one in so many of those who have written are work."""
CONNECTION = "history"


class _OvertakenError(Exception):
    """The demo is being cleared."""


class _Fields(msgspec.Struct):
    """Of an item: whose it is, and how they are called."""

    uidFrom: str
    dName: str = ""


async def connect(settings: Settings, database: Database, sandbox: Sandbox, days: int) -> None:
    """Those that are not connected yet, with what was said in the past `days`. What fails is left out: the demo goes on
    without."""
    sealing, gate = Sealing(Vault(settings.keys)), Gate(database, settings)
    connected: list[int] = []
    with suppress(_OvertakenError):
        try:
            for one in PERSONAL:
                account_id = await _connect_one(database, sandbox, sealing, one)
                if days and not await _has(database, _HAS_PAST, account_id):
                    await _tell_past(database, sandbox, gate, account_id, one, days)
                connected.append(account_id)
            await remember(database, connected, days)
        except (SandboxError, TimeoutError, Problem, UnknownAccountError) as error:
            log.warning("demo_personal_left_out", reason=str(error) or "nothing happened in time")


async def start(database: Database, sandbox: Sandbox) -> None:
    """Their customers write from now on."""
    async with database.transaction() as connection:
        rows = await connection.execute(_STANDING, {"uids": [one.uid for one in PERSONAL]})
        there = {row.external_id for row in rows}
    for one in PERSONAL:
        if one.uid in there:
            await sandbox.person(one)
            await sandbox.start_personal(one)


async def _connect_one(database: Database, sandbox: Sandbox, sealing: Sealing, one: PersonalAccount) -> int:
    async with database.transaction() as connection:
        known: int | None = (await connection.execute(_KNOWN, {"uid": one.uid})).scalar_one_or_none()
    if known is None:
        known = await _log_in(database, sandbox, sealing, one)
    async with database.transaction() as connection:
        if not await state.add_account(connection, known):
            raise _OvertakenError
    return known


async def _log_in(database: Database, sandbox: Sandbox, sealing: Sealing, one: PersonalAccount) -> int:
    await sandbox.person(one)
    shown = await sandbox.codes()
    async with database.transaction() as connection:
        login_id = await _ask(connection, sealing, one)
    try:
        await _until(database, "code", login_id)
        for code in await sandbox.codes() - shown:
            await sandbox.agree(code, one.uid)
        await _until(database, "done", login_id)
    except (SandboxError, TimeoutError):
        async with database.transaction() as connection:
            await service.abort_login(connection, login_id, clock.now())
        raise
    async with database.transaction() as connection:
        account_id: int | None = (await connection.execute(_OF_LOGIN, {"id": login_id})).scalar_one_or_none()
    if account_id is None:
        raise _OvertakenError
    return account_id


async def _tell_past(
    database: Database, sandbox: Sandbox, gate: Gate, account_id: int, one: PersonalAccount, days: int
) -> None:
    """As a whole, or not at all."""
    heard = await sandbox.personal_history(one, days)
    if one.sim == "own":
        await _mark_work(database, await sandbox.groups(one.uid), account_id, one, heard)
    await gate.load(account_id)
    entries: list[Entry] = []
    for number, item in enumerate(heard):
        event = ItemEvent(
            account=account_id,
            conn=CONNECTION,
            n=number,
            cmd=item.cmd,
            sub=0,
            own=one.uid,
            at=item.at_ms,
            item=item.item,
            list=item.list,
        )
        payload = gate.item(event)
        if payload is not None:
            lane = lane_of(account_id, gate.thread_of(event) or "")
            entries.append(Entry(account_id, lane, "frame", clock.from_milliseconds(item.at_ms), payload))
    async with database.transaction() as connection:
        # Whoever clears the demo waits for this, or has begun before.
        known = await state.find(connection, lock=True)
        if known is None or not known.stands:
            raise _OvertakenError
        await copy_entries(connection, entries)
        await state.add_history(connection, len(entries))
        wake(connection)


async def _ask(connection: AsyncConnection, sealing: Sealing, one: PersonalAccount) -> int:
    """As the administrator, with the holder's consent written down."""
    people = await _people(connection, LONG, one.person)
    actor = Actor(staff_id=people[LONG.login], name=LONG.name, role=Role.ADMIN, scope="all", scope_staff=())
    async with acting_as(connection, actor):
        return await service.ask_login(
            connection,
            sealing,
            actor,
            holder_id=people[one.person.login],
            sim=one.sim,
            account_id=None,
            proxy=None,
            locale="vi",
            now=clock.now(),
        )


async def _mark_work(
    database: Database, groups: dict[str, str], account_id: int, one: PersonalAccount, heard: Sequence[Heard]
) -> None:
    """The holder has said who are customers, and that the groups are work, before the past begins."""
    since = min((clock.from_milliseconds(item.at_ms) for item in heard), default=clock.now())
    named: dict[Thread, str] = {Thread(gid, group=True): name for gid, name in groups.items()}
    guests: dict[Thread, str] = {}
    for item in heard:
        fields = msgspec.json.decode(item.item, type=_Fields)
        thread = thread_of(one.uid, item.cmd, item.list, msgspec.json.decode(item.item))
        if thread is not None and not thread.group and fields.uidFrom != "0":
            guests[thread] = fields.dName
    named |= dict(pair for place, pair in enumerate(guests.items()) if place % PRIVATE_ONE_IN)
    person = one.person
    async with database.transaction() as connection:
        staff_id = (await _people(connection, person))[person.login]
        actor = Actor(staff_id=staff_id, name=person.name, role=person.role, scope="own", scope_staff=(staff_id,))
        async with acting_as(connection, actor):
            for thread, name in named.items():
                await private.mark(connection, account_id, thread, "work", name, since)


async def _people(connection: AsyncConnection, *people: Person) -> dict[str, int]:
    """Login → id."""
    rows = await connection.execute(_STAFF, {"logins": [person.login for person in people]})
    found = {row.login: row.id for row in rows}
    if len(found) < len(people):
        raise _OvertakenError
    return found


async def _until(database: Database, wanted: str, login_id: int) -> None:
    """Raises `SandboxError` for a login that fails, `TimeoutError`."""
    async with asyncio.timeout(CONNECTED_WITHIN_SECONDS):
        while True:
            async with database.transaction() as connection:
                now: str | None = (await connection.execute(_STATE, {"id": login_id})).scalar_one_or_none()
            if now == wanted:
                return
            if now is None:
                raise _OvertakenError
            if now in ("failed", "expired", "declined", "aborted"):
                raise SandboxError(f"the login of a personal account is {now}")
            await asyncio.sleep(LOOK_SECONDS)


async def _has(database: Database, question: TextClause, account_id: int) -> bool:
    async with database.transaction() as connection:
        return (await connection.execute(question, {"id": account_id})).scalar_one()


_KNOWN = text("SELECT id FROM channel_account WHERE channel = 'zalo_personal' AND external_id = :uid")
_STANDING = text(
    "SELECT a.external_id FROM channel_account a JOIN demo d ON a.id = ANY (d.account_ids)"
    " WHERE a.channel = 'zalo_personal' AND a.external_id = ANY (:uids)"
)
_STATE = text("SELECT state FROM personal_login WHERE id = :id")
_OF_LOGIN = text("SELECT account_id FROM personal_login WHERE id = :id")
_STAFF = text("SELECT id, lower(email) AS login FROM staff WHERE lower(email) = ANY (:logins)")
# What came before the account was there was told of it afterwards.
_HAS_PAST = text(
    """
    SELECT EXISTS (SELECT FROM journal j JOIN channel_account a ON a.id = j.account_id
        WHERE a.id = :id AND j.source = 'frame' AND j.received_at < a.created_at)
    """
)
