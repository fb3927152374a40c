"""Which templates can be sent in a conversation."""

from datetime import datetime
from typing import NamedTuple

import msgspec
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from sokhach.channels import rules as channels
from sokhach.channels import templates
from sokhach.channels.outgoing import Template, Via
from sokhach.core.catalogue import Locale, explain
from sokhach.core.problems import not_found

_CONVERSATION = text(
    """
    SELECT c.account_id, c.kind, c.thread_key, a.channel, s.synced_at,
        phone_id_of(c.contact_id) IS NOT NULL AS has_phone
    FROM conversation c JOIN channel_account a ON a.id = c.account_id
    LEFT JOIN channel_template_sync s ON s.account_id = c.account_id WHERE c.id = :id
    """
)


class Choice(NamedTuple):
    template: Template
    via: tuple[Via, ...]
    status_text: str


class Choices(msgspec.Struct, frozen=True):
    items: list[Choice]
    synced_at: datetime | None


async def choices(connection: AsyncConnection, conversation_id: int, locale: Locale) -> Choices:
    """Enabled templates that reach this customer somehow. Raises `Problem` not-found."""
    row = (await connection.execute(_CONVERSATION, {"id": conversation_id})).one_or_none()
    if row is None:
        raise not_found()
    unknown = row.thread_key.startswith((channels.ANONYMOUS, channels.IMPORTED))
    if row.channel != channels.ZALO_OA or row.kind != "direct" or unknown:
        return Choices([], row.synced_at)
    ways: set[Via] = {"uid", "phone"} if row.has_phone else {"uid"}
    found = [
        Choice(one, tuple(via for via in one.via if via in ways), explain(locale, "template-status", one.status))
        for one in await templates.of_account(connection, row.account_id)
        if one.status == templates.ENABLED
    ]
    return Choices([one for one in found if one.via], row.synced_at)


async def ask(connection: AsyncConnection, conversation_id: int, now: datetime) -> None:
    """Raises `Problem` not-found."""
    row = (await connection.execute(_CONVERSATION, {"id": conversation_id})).one_or_none()
    if row is None:
        raise not_found()
    await templates.ask(connection, row.account_id, now)
