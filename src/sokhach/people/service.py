"""The verbs of people: the first owner, signing in and out, one's own preferences."""

import math
from datetime import datetime, timedelta

from sqlalchemy import delete, insert, text, update
from sqlalchemy.dialects.postgresql import insert as upsert
from sqlalchemy.ext.asyncio import AsyncConnection

from sokhach.core import clock
from sokhach.core.actor import Role
from sokhach.core.crypto import hash_token, new_token
from sokhach.core.database import Database
from sokhach.core.problems import Fault, InvalidInput, Problem
from sokhach.core.realtime import ACCESS_CHANGED, Notice, announce
from sokhach.core.text import fold, nfc
from sokhach.people import queries, rules
from sokhach.people.models import Session, SetupCode, SignInAttempt, Staff, StaffCredential
from sokhach.people.passwords import PasswordHasher
from sokhach.people.rules import Login

TOUCH_EVERY = timedelta(minutes=10)
USER_AGENT_LONGEST = 300


async def new_setup_code(connection: AsyncConnection) -> str | None:
    """A one-time code with which the first owner is made in the browser; it replaces earlier ones.

    None when somebody works here already. For the owner of the database only.
    """
    if await queries.anybody_works_here(connection):
        return None
    code = new_token()
    await connection.execute(delete(SetupCode))
    await connection.execute(insert(SetupCode).values(code_hash=hash_token(code), created_at=clock.now()))
    return code


async def use_setup_code(connection: AsyncConnection, code: str) -> None:
    """Raises `setup-done` or `setup-code-invalid`. Two that use the same code: the second waits, then fails."""
    if await queries.anybody_works_here(connection):
        raise Problem("setup-done", 409)
    used = delete(SetupCode).where(SetupCode.code_hash == hash_token(code)).returning(SetupCode.code_hash)
    if (await connection.execute(used)).one_or_none() is None:
        raise Problem("setup-code-invalid", 403)


async def create_admin(
    connection: AsyncConnection, hasher: PasswordHasher, *, name: str, login: str, password: str, locale: str
) -> int:
    """Adds an administrator. Raises `invalid-input` or `login-taken`."""
    return await create_person(
        connection, hasher, name=name, login=login, password=password, locale=locale, role=Role.ADMIN
    )


async def create_person(
    connection: AsyncConnection,
    hasher: PasswordHasher,
    *,
    name: str,
    login: str,
    password: str,
    locale: str,
    role: Role,
) -> int:
    """Adds somebody who works here. Raises `invalid-input` or `login-taken`."""
    parsed = check_new_person(name, login, password)
    password_hash = await hasher.hash(password)
    added = await add_person(connection, name=name, login=parsed, locale=locale, role=role)
    await connection.execute(
        insert(StaffCredential).values(staff_id=added, password_hash=password_hash, changed_at=clock.now())
    )
    return added


async def add_person(connection: AsyncConnection, *, name: str, login: Login, locale: str, role: Role) -> int:
    """Somebody without a password, who cannot sign in yet. `name` and `login` are checked. Raises `login-taken`."""
    name = nfc(name).strip()
    added = (
        await connection.execute(
            upsert(Staff)
            .values(
                name=name,
                name_folded=fold(name),
                email=login.email,
                phone=login.phone,
                role=role.value,
                locale=locale,
                color_scheme="auto",
                created_at=clock.now(),
            )
            .on_conflict_do_nothing()
            .returning(Staff.id)
        )
    ).scalar_one_or_none()
    if added is None:
        raise Problem("login-taken", 409)
    return added


async def set_own_password(connection: AsyncConnection, password_hash: str) -> None:
    """Of the transaction's actor."""
    await connection.execute(text("SELECT set_own_password(:hash, :at)"), {"hash": password_hash, "at": clock.now()})


def check_new_person(name: str, login: str, password: str) -> Login:
    """Raises `invalid-input` that names everything that is wrong at once."""
    parsed = rules.parse_login(login)
    faults = rules.name_faults(name)
    if parsed is None:
        faults.append(Fault("login", "login-form"))
    faults += rules.password_faults(password, login)
    if parsed is None or faults:
        raise InvalidInput(faults)
    return parsed


class SignIn:
    """Recognises people by login and password, and slows down guessing.

    Failures are written in transactions of their own (`side`), so that the refusal cannot undo them. A place of the
    hasher is held from the count of failures to the writing of a new one: guesses in parallel gain one try, not more.
    """

    def __init__(self, hasher: PasswordHasher, side: Database) -> None:
        self._hasher = hasher
        self._side = side

    async def recognise(self, login: str, password: str, address: str) -> int:
        """The id of the person. Raises `sign-in-failed` or `too-many-attempts`."""
        parsed = rules.parse_login(login)
        login_hash = hash_token(parsed.key if parsed else fold(login[: rules.LOGIN_LONGEST]))
        async with self._hasher.places:
            async with self._side.transaction() as connection:
                await refuse_guessing(connection, login_hash, address)
                credential = await queries.credential_of(connection, parsed) if parsed else None
            stored = credential.password_hash if credential else None
            if await self._hasher.verify(password[: rules.PASSWORD_LONGEST], stored) and credential:
                return credential.staff_id
            async with self._side.side_transaction() as connection:
                await note_failure(connection, login_hash, address)
        raise Problem("sign-in-failed", 401)


async def note_failure(connection: AsyncConnection, login_hash: bytes, address: str) -> None:
    await connection.execute(insert(SignInAttempt).values(login_hash=login_hash, address=address, at=clock.now()))


async def refuse_guessing(connection: AsyncConnection, login_hash: bytes, address: str) -> None:
    """Raises `too-many-attempts`."""
    now = clock.now()
    since = now - rules.ATTEMPTS_WINDOW
    most_login, most_address = rules.ATTEMPTS_BY_LOGIN, rules.ATTEMPTS_BY_ADDRESS
    by_login = await queries.failures_by_login(connection, login_hash, since, most_login)
    by_address = await queries.failures_by_address(connection, address, since, most_address)
    waits = (rules.wait_after(by_login, most_login, now), rules.wait_after(by_address, most_address, now))
    if wait := max((wait for wait in waits if wait), default=None):
        seconds = math.ceil(wait.total_seconds())
        raise Problem("too-many-attempts", 429, headers={"retry-after": str(seconds)}, retry_after_seconds=seconds)


async def open_session(connection: AsyncConnection, staff_id: int, *, days: int, address: str, user_agent: str) -> str:
    """Returns the token for the cookie; the store keeps its hash."""
    token = new_token()
    now = clock.now()
    await connection.execute(
        insert(Session).values(
            token_hash=hash_token(token),
            staff_id=staff_id,
            created_at=now,
            last_seen_at=now,
            expires_at=now + timedelta(days=days),
            address=address,
            user_agent=user_agent.replace("\0", "")[:USER_AGENT_LONGEST],
        )
    )
    return token


async def touch_session(
    connection: AsyncConnection, token_hash: bytes, last_seen_at: datetime | None, days: int
) -> None:
    """Moves the end of a session that is in use; writes at most every ten minutes."""
    now = clock.now()
    if last_seen_at and now - last_seen_at < TOUCH_EVERY:
        return
    await connection.execute(
        update(Session)
        .where(Session.token_hash == token_hash)
        .values(last_seen_at=now, expires_at=now + timedelta(days=days))
    )


async def close_session(connection: AsyncConnection, token: str) -> None:
    await connection.execute(delete(Session).where(Session.token_hash == hash_token(token)))


async def set_preferences(connection: AsyncConnection, *, locale: str | None, color_scheme: str | None) -> None:
    """Changes what is given, of the transaction's actor."""
    await connection.execute(
        text("SELECT set_own_preferences(:locale, :color_scheme)"), {"locale": locale, "color_scheme": color_scheme}
    )


async def close_sessions_of(connection: AsyncConnection, staff_id: int) -> None:
    """Signs a person out everywhere, open sockets included."""
    await connection.execute(delete(Session).where(Session.staff_id == staff_id))
    await announce(connection, [Notice(kind=ACCESS_CHANGED, payload={"staff_id": staff_id})])
