"""E-mail: rows that the worker sends through the operator's SMTP server, again and again until they are out of date.

What a letter says may open an account: it is sealed while it waits, wiped once it is settled, and never logged.
"""

import asyncio
import smtplib
import ssl
from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime, timedelta
from email.message import EmailMessage
from typing import NamedTuple
from urllib.parse import unquote, urlsplit

import msgspec
import structlog
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from sokhach.core import clock
from sokhach.core.config import SMTP_PORTS, Settings
from sokhach.core.crypto import UndecipherableError, Vault
from sokhach.core.database import Database, wake

log = structlog.get_logger()

TIMEOUT_SECONDS = 20
CLAIMED = timedelta(minutes=5)
"""Whoever sends has so long; then another worker may try."""
FIRST_WAIT = timedelta(seconds=30)
LONGEST_WAIT = timedelta(hours=1)


class Letter(msgspec.Struct, frozen=True):
    """`to` is one e-mail address."""

    to: str
    subject: str
    body: str


# Makes the letter from what was sealed; None: there is nothing to be sent any more.
Maker = Callable[[AsyncConnection, bytes], Awaitable[Letter | None]]


class Server(NamedTuple):
    """`security`: a key of `SMTP_PORTS`."""

    security: str
    host: str
    port: int
    user: str
    password: str


def server_of(smtp_url: str) -> Server:
    """Reads the setting, which `config.load` has checked."""
    parts = urlsplit(smtp_url)
    port = parts.port or SMTP_PORTS[parts.scheme]
    return Server(
        parts.scheme, parts.hostname or "", port, unquote(parts.username or ""), unquote(parts.password or "")
    )


async def enqueue(connection: AsyncConnection, vault: Vault, kind: str, content: bytes, until: datetime) -> None:
    """Part of the caller's transaction. `until`: after it the letter is of no more use."""
    values = {"kind": kind, "sealed": vault.seal(content), "now": clock.now(), "until": until}
    await connection.execute(_ADD, values)
    wake(connection)


class Mailer:
    """Sends what is due. `makers`: how a letter of each kind is made at the moment when it is sent."""

    def __init__(self, database: Database, settings: Settings, makers: Mapping[str, Maker]) -> None:
        self._database = database
        self._server = server_of(settings.smtp_url) if settings.smtp_url else None
        self._sender = settings.mail_from
        self._vault = Vault(settings.keys)
        self._makers = makers

    async def step(self) -> int:
        """At most one letter; 0 when none is due."""
        now = clock.now()
        async with self._database.transaction() as connection:
            await connection.execute(_OUT_OF_DATE, {"now": now})
            if self._server is None:
                return 0
            row = (await connection.execute(_TAKE, {"now": now, "claimed": now + CLAIMED})).one_or_none()
            if row is None:
                return 0
            letter = await self._make(connection, row.kind, row.sealed)
        error = await self._send(self._server, letter) if letter else None
        async with self._database.transaction() as connection:
            if letter is None or error is None:
                sent_at = clock.now() if letter else None
                await connection.execute(_SETTLED, {"id": row.id, "sent_at": sent_at})
            else:
                due = clock.now() + wait_after(row.attempts)
                await connection.execute(_AGAIN, {"id": row.id, "error": error, "due": due})
        if error:
            log.warning("mail_not_sent", mail=row.id, kind=row.kind, error=error, attempts=row.attempts)
        elif letter:
            log.info("mail_sent", mail=row.id, kind=row.kind)
        return 1

    async def _make(self, connection: AsyncConnection, kind: str, sealed: bytes) -> Letter | None:
        try:
            content = self._vault.open(sealed)
        except UndecipherableError:
            log.error("mail_undecipherable", kind=kind)
            return None
        return await self._makers[kind](connection, content)

    async def _send(self, server: Server, letter: Letter) -> str | None:
        """What went wrong, without a word of the letter; None: the server has taken it."""
        try:
            await asyncio.to_thread(_deliver, server, self._sender, letter)
        except smtplib.SMTPResponseException as error:
            return f"{type(error).__name__} {error.smtp_code}"
        except (OSError, smtplib.SMTPException, ValueError) as error:
            return type(error).__name__
        return None


def wait_after(attempts: int) -> timedelta:
    """30 s after the first failure, twice as long after each further one, an hour at most."""
    return min(FIRST_WAIT * 2 ** min(attempts - 1, 12), LONGEST_WAIT)


def _deliver(server: Server, sender: str, letter: Letter) -> None:
    message = EmailMessage()
    message["From"] = sender
    message["To"] = letter.to
    message["Subject"] = letter.subject
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(letter.body)
    context = ssl.create_default_context()
    if server.security == "smtps":
        smtp = smtplib.SMTP_SSL(server.host, server.port, timeout=TIMEOUT_SECONDS, context=context)
    else:
        smtp = smtplib.SMTP(server.host, server.port, timeout=TIMEOUT_SECONDS)
    with smtp:
        if server.security == "smtp+starttls":
            smtp.starttls(context=context)
        if server.user:
            smtp.login(server.user, server.password)
        smtp.send_message(message)


_ADD = text(
    "INSERT INTO mail (kind, sealed, created_at, until, attempts, due_at)"
    " VALUES (:kind, :sealed, :now, :until, 0, :now)"
)
_OUT_OF_DATE = text("UPDATE mail SET due_at = NULL, sealed = NULL WHERE due_at IS NOT NULL AND until <= :now")
_TAKE = text(
    """
    UPDATE mail SET attempts = attempts + 1, due_at = :claimed WHERE id = (
        SELECT id FROM mail WHERE due_at <= :now ORDER BY due_at LIMIT 1 FOR UPDATE SKIP LOCKED
    ) RETURNING id, kind, sealed, attempts
    """
)
_SETTLED = text("UPDATE mail SET due_at = NULL, sealed = NULL, error = NULL, sent_at = :sent_at WHERE id = :id")
_AGAIN = text("UPDATE mail SET due_at = :due, error = :error WHERE id = :id AND due_at IS NOT NULL")
