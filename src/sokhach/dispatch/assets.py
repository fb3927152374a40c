"""Uploads at the platform that messages name: each account has the same bytes there once, while they last. The only
writer of `channel_asset`. As the database's owner."""

from datetime import datetime

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from sokhach.channels.outgoing import Asset, Uploaded

_KEEP = text(
    """
    INSERT INTO channel_asset (account_id, kind, digest, external_id, uploaded_at, expires_at)
    VALUES (:account, :kind, :digest, :external, :now, :expires)
    ON CONFLICT (account_id, kind, digest) DO UPDATE SET external_id = excluded.external_id,
        uploaded_at = excluded.uploaded_at, expires_at = excluded.expires_at
    """
)


async def keep(connection: AsyncConnection, account_id: int, asset: Asset, uploaded: Uploaded, now: datetime) -> None:
    await connection.execute(
        _KEEP,
        {
            "account": account_id,
            "kind": asset.kind,
            "digest": asset.digest,
            "external": uploaded.external_id,
            "now": now,
            "expires": uploaded.expires_at,
        },
    )
    await connection.execute(text("DELETE FROM channel_asset WHERE expires_at < :now"), {"now": now})


async def forget(connection: AsyncConnection, account_id: int, asset: Asset) -> None:
    """The platform does not know it any more. One that was uploaded anew meanwhile stays."""
    await connection.execute(
        text(
            "DELETE FROM channel_asset WHERE account_id = :account AND kind = :kind AND digest = :digest"
            " AND external_id = :external"
        ),
        {"account": account_id, "kind": asset.kind, "digest": asset.digest, "external": asset.external_id},
    )
