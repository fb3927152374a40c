"""What became of a message that was to be sent: written down in one transaction each, for the loop in `sender`."""

from collections.abc import Sequence
from datetime import datetime

import structlog
from sqlalchemy.ext.asyncio import AsyncConnection

from sokhach.channels import rules as channels
from sokhach.channels import service as accounts
from sokhach.channels.connector import ASSET_EXPIRED, HistoryItem, SendRefusedError
from sokhach.channels.outgoing import Asset
from sokhach.conversations import delivery
from sokhach.conversations.holding import hold
from sokhach.core import clock
from sokhach.core.chance import chance
from sokhach.core.database import wake
from sokhach.core.telemetry import SENDS
from sokhach.dispatch import assets, outbox, rules
from sokhach.dispatch.outbox import Due

log = structlog.get_logger()

UPLOADS_AT_MOST = 4
NO_ANSWER = "no-answer"


async def refused(connection: AsyncConnection, due: Due, error: SendRefusedError) -> None:
    now = clock.now()
    if not await outbox.is_ours(connection, due.message_id, due.due_at):
        log.warning("refusal_came_late", message_id=due.message_id, reason=error.reason)
        return
    log.info("send_refused", message_id=due.message_id, reason=error.reason, detail=error.detail)
    if error.reason == ASSET_EXPIRED and due.asset is not None and due.attempts < UPLOADS_AT_MOST:
        await _upload_again(connection, due, due.asset, now)
    elif error.account_down:
        await _account_down(connection, due, error, now)
    elif error.retry_after_seconds is not None:
        await _try_later(connection, due, error, error.retry_after_seconds, now)
    else:
        await delivery.mark_failed(connection, due.message_id, error.reason, now)
        await outbox.remove(connection, [due.message_id])
        SENDS.labels("failed").inc()


async def _upload_again(connection: AsyncConnection, due: Due, asset: Asset, now: datetime) -> None:
    """The platform keeps uploads for some days only, and sometimes loses one sooner."""
    await assets.forget(connection, due.account.id, asset)
    await delivery.mark_queued(connection, due.message_id, ASSET_EXPIRED, now)
    await outbox.put_off(connection, due.message_id, due.attempts, now)
    SENDS.labels("retry").inc()
    wake(connection)


async def _account_down(connection: AsyncConnection, due: Due, error: SendRefusedError, now: datetime) -> None:
    """A person must act. This message tries again now and then; all others of the account wait behind it."""
    await delivery.mark_queued(connection, due.message_id, error.reason, now)
    await accounts.set_health(connection, due.account.id, "down", channels.health_of(error.reason), now)
    probe = rules.retry_after(due.attempts, rules.ACCOUNT_PROBE_SECONDS, chance())
    await outbox.put_off(connection, due.message_id, due.attempts, now + probe)
    await outbox.hold(connection, due.account.id, now + probe)
    SENDS.labels("waiting").inc()


async def _try_later(
    connection: AsyncConnection, due: Due, error: SendRefusedError, asked_seconds: float, now: datetime
) -> None:
    wait = rules.retry_after(due.attempts, asked_seconds, chance())
    await delivery.mark_queued(connection, due.message_id, error.reason, now)
    await outbox.put_off(connection, due.message_id, due.attempts, now + wait)
    if channels.health_of(error.reason) == channels.UNREACHABLE and due.attempts > 1:
        await accounts.unreachable(connection, due.account.id, now)
    SENDS.labels("retry").inc()


async def uncertain(connection: AsyncConnection, due: Due) -> None:
    if await outbox.is_ours(connection, due.message_id, due.due_at):
        await mark_uncertain(connection, due, NO_ANSWER, clock.now())


async def mark_uncertain(connection: AsyncConnection, due: Due, reason: str, now: datetime) -> None:
    """From here on `attempts` counts looks at the history."""
    await delivery.mark_uncertain(connection, due.message_id, reason, now)
    first = rules.next_look(0, now, now, answered=True)
    await outbox.put_off(connection, due.message_id, 0, first or now)
    SENDS.labels("uncertain").inc()
    wake(connection)


async def looked(connection: AsyncConnection, due: Due, found: Sequence[HistoryItem] | None) -> None:
    """`found`: what the history has that may be it; None: the history could not be had."""
    now = clock.now()
    if not await outbox.is_ours(connection, due.message_id, due.due_at):
        return
    # The pipeline writes echoes under these locks, taken in this order: one entry of the history cannot become two
    # messages.
    ids = [item.external_id for item in found or ()]
    await delivery.hold_names(connection, due.account.id, ids, alone=True)
    await hold(connection, [due.conversation_id])
    known = await outbox.others(connection, due, ids)
    strange = [item for item in found or () if item.external_id not in known]
    # Of several nobody can tell which is ours: those of other people become known by their echoes.
    match = strange[0] if len(strange) == 1 else None
    if match is not None:
        await delivery.mark_sent(connection, due.message_id, match.external_id, match.sent_at, now)
        await accounts.sends_work(connection, due.account.id, now)
        await outbox.remove(connection, [due.message_id])
        SENDS.labels("settled").inc()
        return
    looks = due.attempts + (found is not None)
    again = rules.next_look(looks, due.changed_at, now, answered=found is not None)
    if again is None:
        log.warning("send_left_to_people", message_id=due.message_id, looks=looks)
        await outbox.remove(connection, [due.message_id])
    else:
        await outbox.put_off(connection, due.message_id, looks, again)
