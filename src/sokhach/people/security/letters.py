"""What we write to people by e-mail about their account. No e-mail without an SMTP server and an address."""

import msgspec
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from sokhach.core import clock
from sokhach.core.catalogue import Locale, say
from sokhach.core.config import Settings
from sokhach.core.crypto import Vault
from sokhach.core.mail import Letter, Maker, enqueue
from sokhach.people.models import Staff
from sokhach.people.security import links

INVITATION = "invitation"
RESET = "password_reset"


async def send_invitation(
    connection: AsyncConnection, settings: Settings, *, to: str | None, name: str, link: str, locale: Locale, by: str
) -> bool:
    """Whether it will be sent."""
    if not (settings.smtp_url and to):
        return False
    days = links.INVITATION_VALID.days
    letter = Letter(
        to,
        say(locale, "mail.invitation.subject"),
        say(locale, "mail.invitation.body", name=name, by=by, link=link, days=days),
    )
    until = clock.now() + links.INVITATION_VALID
    await enqueue(connection, Vault(settings.keys), INVITATION, msgspec.json.encode(letter), until)
    return True


async def ask_for_reset(connection: AsyncConnection, settings: Settings, email: str) -> None:
    """Whether anybody has this address is found out later, by the worker: the answer takes as long for everybody."""
    until = clock.now() + links.RESET_BY_MAIL_VALID
    await enqueue(connection, Vault(settings.keys), RESET, email.encode(), until)


def makers(settings: Settings) -> dict[str, Maker]:
    """How the worker makes each kind of letter."""

    async def reset(connection: AsyncConnection, content: bytes) -> Letter | None:
        return await _reset_letter(connection, settings, content.decode())

    return {INVITATION: _as_sealed, RESET: reset}


async def _as_sealed(_connection: AsyncConnection, content: bytes) -> Letter:
    return msgspec.json.decode(content, type=Letter)


async def _reset_letter(connection: AsyncConnection, settings: Settings, email: str) -> Letter | None:
    """The link is made now, and whoever has not accepted their invitation yet gets that one."""
    person = (
        await connection.execute(
            select(Staff.id, Staff.name, Staff.email, Staff.locale).where(
                Staff.email == email, Staff.suspended_at.is_(None)
            )
        )
    ).one_or_none()
    if person is None:
        return None
    valid = links.RESET_BY_MAIL_VALID
    link = await links.make(connection, settings, "password_reset", person.id, valid=valid, by=None)
    locale: Locale = "en" if person.locale == "en" else "vi"
    minutes = int(valid.total_seconds()) // 60
    return Letter(
        person.email,
        say(locale, "mail.password-reset.subject"),
        say(locale, "mail.password-reset.body", name=person.name, link=link, minutes=minutes),
    )
