"""Somebody whom staff found by phone number becomes known as all others do: by what the channel says of them. Then
there is a conversation, in which nothing was said yet."""

from collections.abc import Awaitable, Callable
from datetime import datetime

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from sokhach.channels.connector import Account, Inbound, InboundDetails, InboundProfile
from sokhach.channels.zalo_personal.beginning import Meeting
from sokhach.conversations import intake as conversations
from sokhach.conversations.events import MessagesStored
from sokhach.conversations.intake import NewThread
from sokhach.core.events import EventBus
from sokhach.customers import service as customers
from sokhach.intake.apply import apply
from sokhach.intake.asides import Heard, Items

Entrust = Callable[[AsyncConnection, int, int, int, datetime], Awaitable[object]]
"""A contact who is nobody's goes to the care of whoever holds the account, or of the one who asked."""

_ACCOUNT = text("SELECT id, channel, external_id, name FROM channel_account WHERE id = :id")


class Beginning:
    """Implements `zalo_personal.beginning.Begin`."""

    def __init__(self, bus: EventBus, entrust: Entrust) -> None:
        self._bus = bus
        self._entrust = entrust

    async def __call__(self, connection: AsyncConnection, meeting: Meeting, now: datetime) -> int:
        row = (await connection.execute(_ACCOUNT, {"id": meeting.account_id})).one()
        account = Account(id=row.id, channel=row.channel, external_id=row.external_id, name=row.name)
        key = (account.id, meeting.uid)
        heard = Items(Heard(account.id, item, now) for item in _told(meeting, now))
        events = await apply(connection, {account.id: account}, heard, now)
        person = (await customers.find_known(connection, [key]))[key]
        thread = NewThread(
            account_id=account.id,
            thread_key=meeting.uid,
            kind="direct",
            contact_id=person.contact_id,
            custodian_id=person.custodian_id,
            created_at=now,
        )
        found, made = await conversations.ensure_conversations(connection, {key: thread})
        if made:
            await self._entrust(connection, person.contact_id, account.id, meeting.asked_by, now)
            events.append(MessagesStored(conversation_id=found[key], message_ids=[], inbound=0))
        await self._bus.publish(connection, events)
        return found[key]


def _told(meeting: Meeting, now: datetime) -> list[Inbound]:
    items: list[Inbound] = [InboundDetails(person=meeting.uid, phone=meeting.phone, at=now)]
    if meeting.name:
        profile = InboundProfile(
            person=meeting.uid, display_name=meeting.name, avatar_url=meeting.avatar_url, following=None, at=now
        )
        items.append(profile)
    return items
