"""Loop: where the pictures of stickers are of which a message says only the number. Each is asked for once, by whatever
account; then it is fetched as all files are. The only writer of `sticker`."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import NamedTuple
from zlib import crc32

import structlog
from sqlalchemy import text

from sokhach.channels.connector import SendRefusedError
from sokhach.channels.locating import Locator
from sokhach.conversations.media import rules
from sokhach.core import clock
from sokhach.core.database import Database, wake
from sokhach.core.realtime import Notice, announce

log = structlog.get_logger()

AT_ONCE = 5
TAKEN_FOR = timedelta(minutes=5)
"""A worker that has not written down an answer by then is given up."""
UNKNOWN_FOR = timedelta(days=1)
"""What the channel does not know is asked for again by whoever sends it later."""

_WAITING = """
    WITH waiting AS (
        SELECT f.id, f.sticker_id, a.channel
        FROM media f JOIN conversation c ON c.id = f.conversation_id JOIN channel_account a ON a.id = c.account_id
        WHERE f.state = 'pending' AND f.source_url IS NULL AND f.sticker_id IS NOT NULL
    )
"""
_ASK = text(
    f"""
    {_WAITING}
    INSERT INTO sticker (channel, external_id, state, attempts, asked_at, due_at)
    SELECT DISTINCT channel, sticker_id, 'asked', 0, CAST(:now AS timestamptz), CAST(:now AS timestamptz) FROM waiting
    WHERE channel = ANY (CAST(:channels AS text[])) ORDER BY 1, 2 ON CONFLICT DO NOTHING
    """
)
_TAKE = text(
    f"""
    {_WAITING}, due AS (
        SELECT s.channel, s.external_id FROM sticker s
        WHERE s.state <> 'found' AND s.due_at <= :now AND s.channel = ANY (CAST(:asking AS text[]))
            AND EXISTS (SELECT FROM waiting w WHERE w.channel = s.channel AND w.sticker_id = s.external_id)
        ORDER BY s.due_at LIMIT :limit FOR UPDATE SKIP LOCKED
    )
    UPDATE sticker s SET state = 'asked', attempts = least(s.attempts + 1, 1000), due_at = :until,
        asked_at = CASE s.state WHEN 'asked' THEN s.asked_at ELSE :now END
    FROM due
    WHERE s.channel = due.channel AND s.external_id = due.external_id
    RETURNING s.channel, s.external_id, s.attempts, s.asked_at, s.due_at
    """
)
_FIND = text(
    f"""
    {_WAITING}
    UPDATE media f SET source_url = s.url, due_at = :now
    FROM waiting w JOIN sticker s ON s.channel = w.channel AND s.external_id = w.sticker_id
    WHERE f.id = w.id AND s.state = 'found' RETURNING f.id
    """
)
_GIVE_UP = text(
    f"""
    {_WAITING}
    UPDATE media f SET state = 'failed', reason = 'no-link'
    FROM waiting w LEFT JOIN sticker s ON s.channel = w.channel AND s.external_id = w.sticker_id
    WHERE f.id = w.id AND (w.channel <> ALL (CAST(:channels AS text[])) OR (s.state = 'unknown' AND s.due_at > :now))
    RETURNING f.message_id, f.conversation_id
    """
)
_SETTLE = text(
    """
    UPDATE sticker SET state = :state, url = :url, attempts = CASE WHEN :state = 'asked' THEN attempts ELSE 0 END,
        due_at = :due
    WHERE channel = :channel AND external_id = :id AND due_at = :until
    """
)


class _Due(NamedTuple):
    channel: str
    external_id: str
    attempts: int
    asked_at: datetime
    until: datetime


async def step(database: Database, connectors: Mapping[str, object]) -> int:
    """Asks for what is due; returns for how many. Any number of workers may run it; `database` is the owner's."""
    locators = {channel: one for channel, one in connectors.items() if isinstance(one, Locator)}
    now = clock.now()
    asking = [channel for channel, one in locators.items() if one.held()]
    values = {"now": now, "channels": list(locators), "asking": asking, "limit": AT_ONCE, "until": now + TAKEN_FOR}
    async with database.transaction() as connection:
        await connection.execute(_ASK, values)
        due = [_Due(*row) for row in await connection.execute(_TAKE, values)]
    for one in due:
        await _ask(database, locators[one.channel], one)
    await _settle(database, list(locators))
    return len(due)


async def _ask(database: Database, locator: Locator, due: _Due) -> None:
    held = sorted(locator.held())
    now = clock.now()
    url, wait = None, rules.retry(due.attempts, due.asked_at, now)
    if held:
        # Another account may be luckier.
        account_id = held[(crc32(due.external_id.encode()) + due.attempts) % len(held)]
        try:
            url = await locator.locate_sticker(account_id, due.external_id)
        except SendRefusedError as error:
            log.info("sticker_not_located", account=account_id, reason=error.reason, attempts=due.attempts)
            wait = max(wait, timedelta(seconds=error.retry_after_seconds or 0)) if wait else None
        else:
            wait = None
    state = "found" if url else "asked" if wait else "unknown"
    values = {"state": state, "url": url, "due": now + (wait or UNKNOWN_FOR), "until": due.until}
    async with database.transaction() as connection:
        await connection.execute(_SETTLE, {**values, "channel": due.channel, "id": due.external_id})


async def _settle(database: Database, channels: list[str]) -> None:
    """What is known now is fetched; what nobody will ever know is said so."""
    now = clock.now()
    async with database.transaction() as connection:
        if (await connection.execute(_FIND, {"now": now})).first() is not None:
            wake(connection, "media")
        lost = await connection.execute(_GIVE_UP, {"now": now, "channels": channels})
        await announce(connection, [_changed(*row) for row in lost])


def _changed(message_id: int, conversation_id: int) -> Notice:
    return Notice(kind="message.changed", conversation_id=conversation_id, payload={"message_ids": [message_id]})
