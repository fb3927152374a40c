"""A personal Zalo account as a channel."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any, Protocol

import msgspec
import structlog
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from sokhach.channels.connector import (
    GROUP,
    Account,
    HistoryItem,
    Inbound,
    SendRefusedError,
    Source,
)
from sokhach.channels.outgoing import Asset, Outgoing, OutgoingReaction, Sent, Template, Uploaded
from sokhach.channels.zalo_personal import cap_service, errors, inbound, journalled, names, outbound
from sokhach.channels.zalo_personal.calls import CallFailedError, Calls
from sokhach.channels.zalo_personal.inbound.wire import web_address
from sokhach.channels.zalo_personal.journalled import AnswerKind
from sokhach.channels.zalo_personal.outbound import Named
from sokhach.channels.zalo_personal.protocol import (
    AccountRequest,
    FindSticker,
    Groups,
    Old,
    OldReply,
    Profiles,
    Raw,
    SendReply,
    StickerReply,
)
from sokhach.core import clock
from sokhach.core.database import Database

log = structlog.get_logger()

STORE_RETRY_SECONDS = 5.0
SLOW_DOWN = timedelta(minutes=2)
"""After Zalo counted too many calls, nothing of the account leaves for so long."""
STRANGERS_CLOSED = timedelta(hours=1)
"""After Zalo would not take a message to a stranger, no other is tried for so long: people report an hour."""

_KIND = text("SELECT kind FROM conversation WHERE account_id = :account AND thread_key = :thread")


class Privacy(Protocol):
    """What may be known of an account's people. `private.gate.Gate` is it."""

    def keeps(self, account_id: int, thread_key: str, *, group: bool = False) -> bool: ...

    def answer(self, account_id: int, kind: AnswerKind, data: Any) -> Any: ...

    def reopened(self, account_id: int, payload: bytes) -> bytes: ...


class ZaloPersonal:
    """Implements `Connector`. One per worker: it speaks through the sessions that this worker holds."""

    channel = "zalo_personal"

    def __init__(self, database: Database, calls: Calls, privacy: Privacy) -> None:
        self._database = database
        self._calls = calls
        self._privacy = privacy

    def held(self) -> frozenset[int]:
        """Accounts that are online here."""
        return self._calls.held()

    def sending(self) -> frozenset[int]:
        """Accounts by which messages can leave from here now."""
        return self._calls.sending()

    def parse(self, account: Account, source: Source, payload: bytes, received_at: datetime) -> Sequence[Inbound]:
        return inbound.parse(account, source, self._privacy.reopened(account.id, payload), received_at)

    async def upload(self, account: Account, asset: Asset, content: bytes) -> Uploaded:
        """Never asked: files go with the message."""
        raise SendRefusedError("unsupported", "a personal account uploads as part of sending")

    async def send(self, account: Account, message: Outgoing) -> Sent:
        if not self._privacy.keeps(account.id, message.thread_key, group=message.thread_kind == "group"):
            raise SendRefusedError("thread-private", "an answer to it would not be captured")
        target: Named | None = None
        if isinstance(message.content, OutgoingReaction):
            target = await self._find(account, message.thread_key, message.content.external_id)
        quoted = await self._find(account, message.thread_key, message.quoted_external_id)
        if message.quoted_external_id is not None and quoted is None:
            log.info("quote_left_out", account=account.id)
        request = outbound.request_of(account.id, message, target=target, quoted=quoted)
        if isinstance(message.content, OutgoingReaction):
            await self.ask(account, request)
            return Sent(external_id=None, sent_at=clock.now())
        try:
            reply = await self._calls.call(request, SendReply)
        except CallFailedError as error:
            found = errors.to_send_error(error)
            await self._note(account, found)
            raise found from error
        own = [f"{account.external_id}:{reply.cli_msg_id}"] if reply.cli_msg_id else []
        return Sent(external_id=f"{outbound.ALIAS}{reply.msg_id}", aliases=own, sent_at=clock.now())

    async def recall(self, account: Account, thread_key: str, group: bool, message_id: int) -> str:
        """Takes a message of ours back; returns Zalo's name of it. Raises `SendRefusedError`."""
        try:
            async with self._database.transaction() as connection:
                target = await names.by_id(connection, message_id, account.external_id)
        except (DBAPIError, OSError) as error:
            reason = type(error).__name__
            raise SendRefusedError("platform-busy", reason, retry_after_seconds=STORE_RETRY_SECONDS) from error
        request = outbound.undo_of(account.id, thread_key, group, target)
        await self.ask(account, request)
        return f"{outbound.ALIAS}{request.msg_id}"

    async def ask(self, account: Account, request: AccountRequest) -> None:
        """Does what may be done twice. Raises `SendRefusedError`."""
        try:
            await self._calls.call(request, object)
        except CallFailedError as error:
            if errors.is_done(error):
                return
            found = errors.refusal(error)
            await self._note(account, found)
            raise found from error

    async def fetch_templates(self, account: Account) -> Sequence[Template]:
        return []

    async def recent(self, account: Account, thread_key: str, since: datetime) -> Sequence[HistoryItem] | None:
        """Has the platform tell its latest messages once more. They come in as everything does, and what is ours among
        them settles by its echo; so there is nothing to compare here."""
        try:
            async with self._database.transaction() as connection:
                found = await connection.execute(_KIND, {"account": account.id, "thread": thread_key})
                group = found.scalar_one_or_none() == "group"
            await self._calls.call(Old(account=account.id, group=group), OldReply)
        except (CallFailedError, DBAPIError, OSError) as error:
            log.info("history_unavailable", account=account.id, error=str(error))
            return None
        return []

    async def fetch_profile(self, account: Account, person: str) -> bytes | None:
        """Private people and groups are nobody's business."""
        key = person.removeprefix(GROUP)
        group = key != person
        if not key.isdecimal() or not self._privacy.keeps(account.id, key, group=group):
            return None
        kind: AnswerKind = "groups" if group else "profiles"
        request = Groups(account=account.id, ids=[key]) if group else Profiles(account=account.id, uids=[key])
        try:
            data = await self._calls.call(request, Raw)
        except CallFailedError as error:
            found = errors.refusal(error)
            if found.retry_after_seconds is None and not found.account_down:
                return None
            raise found from error
        return msgspec.json.encode(journalled.Answer(kind=kind, own=account.external_id, data=data))

    async def locate_sticker(self, account_id: int, sticker_id: str) -> str | None:
        """Stickers are the same for all accounts."""
        if not sticker_id.isdecimal():
            return None
        try:
            reply = await self._calls.call(FindSticker(account=account_id, sticker=sticker_id), StickerReply)
        except CallFailedError as error:
            found = errors.refusal(error)
            if found.retry_after_seconds is None and not found.account_down:
                return None
            raise found from error
        return web_address(reply.url)

    async def refresh_tokens(self, account: Account) -> datetime | None:
        """Sessions keep their cookies fresh by themselves."""
        return None

    async def _find(self, account: Account, thread_key: str, name: str | None) -> Named | None:
        if name is None:
            return None
        try:
            async with self._database.transaction() as connection:
                return await names.by_name(connection, account.id, thread_key, name, account.external_id)
        except (DBAPIError, OSError) as error:
            reason = type(error).__name__
            raise SendRefusedError("platform-busy", reason, retry_after_seconds=STORE_RETRY_SECONDS) from error

    async def _note(self, account: Account, error: Exception) -> None:
        """What Zalo refuses as too much is not tried on and on with other messages."""
        if not isinstance(error, SendRefusedError) or error.reason not in {errors.RATE_LIMITED, errors.STRANGER}:
            return
        strangers = error.reason == errors.STRANGER
        until = clock.now() + (STRANGERS_CLOSED if strangers else SLOW_DOWN)
        try:
            async with self._database.transaction() as connection:
                await cap_service.slow_down(connection, account.id, until, strangers=strangers)
        except (DBAPIError, OSError) as failure:
            log.warning("pace_not_noted", account=account.id, error=type(failure).__name__)
