"""The outbox as the worker works on it: taking what is due, putting it off, removing it. As the database's owner."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import msgspec
from sqlalchemy import Row, text
from sqlalchemy.ext.asyncio import AsyncConnection

from sokhach.channels import rules as channels
from sokhach.channels.connector import Account
from sokhach.channels.outgoing import Asset, Outgoing, OutgoingMedia
from sokhach.channels.pacing import CAP, GATED
from sokhach.dispatch import composing, rules


class Due(msgspec.Struct, frozen=True, kw_only=True):
    """A message that something is to be done about now. `changed_at`: since when its delivery is in its `state`.
    `outgoing` is None for what no connector knows how to send."""

    message_id: int
    conversation_id: int
    account: Account
    outgoing: Outgoing | None
    kind: str
    words: str
    thread_key: str
    state: str
    reason: str | None
    attempts: int
    queued_at: datetime
    due_at: datetime
    sending_at: datetime | None
    changed_at: datetime

    @property
    def asset(self) -> Asset | None:
        """What has to be at the platform for this message."""
        content = self.outgoing.content if self.outgoing else None
        return content.asset if isinstance(content, OutgoingMedia) else None

    @property
    def needs_upload(self) -> Asset | None:
        """What has to be there before the message is sent; nothing where sending takes the bytes along."""
        asset = self.asset if self.state == "queued" and self.account.channel not in channels.UPLOADS_WITHIN else None
        return asset if asset is not None and asset.external_id is None else None

    @property
    def goes_along(self) -> Asset | None:
        """Whose bytes are sent with the message."""
        return self.asset if self.account.channel in channels.UPLOADS_WITHIN else None


# A conversation's messages leave in their order: only the first that is not settled may be worked on. What only the
# holder of a session can send is left to it, until it is too late anyhow.
_DUE = text(
    """
    SELECT o.message_id, o.conversation_id, o.attempts, o.created_at, o.due_at, d.state, d.reason, d.sending_at,
        d.changed_at, m.kind AS message_kind, m.body, m.content, m.quoted_external_id, c.thread_key, c.kind,
        a.id AS account_id, a.channel, a.external_id, a.name, f.id AS media_id, f.type AS media_type,
        encode(f.sha256, 'hex') AS digest, f.name AS media_name, f.content_type, f.size_bytes, f.width, f.height,
        s.external_id AS asset_id,
        (SELECT i.external_id FROM contact_identity i
            WHERE i.id = CAST(m.content #>> '{template,phone_id}' AS bigint)) AS phone
    FROM outbox o
    JOIN delivery d ON d.message_id = o.message_id
    JOIN message m ON m.id = o.message_id
    JOIN conversation c ON c.id = o.conversation_id
    JOIN channel_account a ON a.id = o.account_id
    LEFT JOIN media f ON f.message_id = m.id AND f.position = 0 AND f.state = 'stored'
    LEFT JOIN channel_asset s ON s.account_id = a.id AND s.kind = f.type AND s.digest = encode(f.sha256, 'hex')
        AND s.expires_at > :now
    WHERE o.due_at <= :now AND NOT EXISTS (
        SELECT FROM outbox p JOIN delivery pd ON pd.message_id = p.message_id
        WHERE p.conversation_id = o.conversation_id AND p.message_id < o.message_id
            AND pd.state IN ('queued', 'sending', 'uncertain')
    ) AND (a.channel <> ALL (:bound) OR o.account_id = ANY (CAST(:held AS bigint[])) OR d.state <> 'queued'
        OR o.created_at < :too_old)
        AND (:files OR f.id IS NULL OR d.state <> 'queued' OR a.channel <> ALL (:within))
    ORDER BY o.due_at, o.message_id LIMIT :limit FOR UPDATE OF o SKIP LOCKED
    """
)
# What waits for its account need not wait longer than the account does; what a gate holds back waits for the gate.
_RELEASE = text(
    """
    UPDATE outbox o SET due_at = :now FROM delivery d, channel_account a
    WHERE d.message_id = o.message_id AND a.id = o.account_id AND o.due_at > :now AND d.state = 'queued'
        AND a.health = 'ok' AND a.health_since >= d.changed_at
        AND (d.reason IS NULL OR d.reason <> ALL (CAST(:gated AS text[])) AND d.reason NOT LIKE :cap)
    """
)
_HOLD = text(
    """
    UPDATE outbox o SET due_at = :until FROM delivery d
    WHERE o.account_id = :account AND d.message_id = o.message_id AND d.state = 'queued' AND o.due_at < :until
    """
)
_TAKEN = text(
    """
    SELECT external_id FROM message_alias WHERE account_id = :account AND external_id = ANY (:ids)
    UNION
    SELECT external_id FROM message WHERE conversation_id = :conversation AND external_id = ANY (:ids)
    """
)


async def release(connection: AsyncConnection, now: datetime) -> None:
    await connection.execute(_RELEASE, {"now": now, "gated": list(GATED), "cap": f"{CAP}%"})


async def hold(connection: AsyncConnection, account_id: int, until: datetime) -> None:
    """Nothing of the account is tried before `until`, unless the account recovers."""
    await connection.execute(_HOLD, {"account": account_id, "until": until})


async def take_due(
    connection: AsyncConnection, now: datetime, limit: int, held: Sequence[int] = (), *, files: bool = True
) -> Sequence[Due]:
    """Locks what is due until the transaction ends; what other workers hold is passed over. `held`: the accounts whose
    sessions this worker has; `files`: also what is sent with its file."""
    values = {
        "now": now,
        "limit": limit,
        "bound": list(channels.BOUND),
        "held": list(held),
        "too_old": now - rules.WAITS_AT_MOST,
        "within": list(channels.UPLOADS_WITHIN),
        "files": files,
    }
    return [
        Due(
            message_id=row.message_id,
            conversation_id=row.conversation_id,
            account=Account(id=row.account_id, channel=row.channel, external_id=row.external_id, name=row.name),
            outgoing=_outgoing(row),
            kind=row.message_kind,
            words=row.body or "",
            thread_key=row.thread_key,
            state=row.state,
            reason=row.reason,
            attempts=row.attempts,
            queued_at=row.created_at,
            due_at=row.due_at,
            sending_at=row.sending_at,
            changed_at=row.changed_at,
        )
        for row in await connection.execute(_DUE, values)
    ]


def _outgoing(row: Row[Any]) -> Outgoing | None:
    content = composing.content_of(
        row.message_id, row.message_kind, row.body, row.content or {}, _asset(row), row.phone
    )
    if content is None:
        return None
    return Outgoing(
        thread_key=row.thread_key,
        thread_kind=row.kind,
        content=content,
        quoted_external_id=row.quoted_external_id,
    )


def _asset(row: Row[Any]) -> Asset | None:
    if row.media_id is None or row.media_type not in {"image", "gif", "file", "video"}:
        return None
    return Asset(
        kind=row.media_type,
        media_id=row.media_id,
        digest=row.digest,
        name=row.media_name or "",
        content_type=row.content_type,
        size_bytes=row.size_bytes,
        width=row.width,
        height=row.height,
        external_id=row.asset_id,
    )


async def others(connection: AsyncConnection, due: Due, external_ids: Sequence[str]) -> frozenset[str]:
    """Those of the ids that belong to a message that we know."""
    rows = await connection.execute(
        _TAKEN,
        {"account": due.account.id, "conversation": due.conversation_id, "ids": list(external_ids)},
    )
    return frozenset(rows.scalars())


async def put_off(connection: AsyncConnection, message_id: int, attempts: int, due_at: datetime) -> None:
    await connection.execute(
        text("UPDATE outbox SET attempts = :attempts, due_at = :due WHERE message_id = :id"),
        {"id": message_id, "attempts": attempts, "due": due_at},
    )


async def is_ours(connection: AsyncConnection, message_id: int, until: datetime) -> bool:
    """Whether the row is still taken by whoever took it until `until`. Locks it."""
    row = await connection.execute(
        text("SELECT FROM outbox WHERE message_id = :id AND due_at = :until FOR UPDATE"),
        {"id": message_id, "until": until},
    )
    return row.first() is not None


async def remove(connection: AsyncConnection, message_ids: Sequence[int]) -> None:
    await connection.execute(text("DELETE FROM outbox WHERE message_id = ANY (:ids)"), {"ids": list(message_ids)})
