"""A customer with whom staff began a conversation is somebody's from the start. For the worker, beside the verbs."""

from datetime import datetime

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

# Whoever holds the account looks after its people; else whoever began. Only a customer who is nobody's.
_ENTRUST = text(
    """
    WITH chosen AS (
        SELECT s.id FROM channel_account a JOIN staff s ON s.id = a.holder_id OR s.id = :by
        WHERE a.id = :account AND s.suspended_at IS NULL AND s.role <> 'auditor'
        ORDER BY s.id = a.holder_id DESC NULLS LAST LIMIT 1
    ), given AS (
        UPDATE contact k SET custodian_id = chosen.id FROM chosen WHERE k.id = :contact AND k.custodian_id IS NULL
        RETURNING k.id, k.custodian_id
    )
    INSERT INTO custody_change (contact_id, kind, to_id, by_id, at, note)
    SELECT id, CASE WHEN custodian_id = :by THEN 'claim' ELSE 'transfer' END, custodian_id, :by, :at, '' FROM given
    """
)


async def entrust(connection: AsyncConnection, contact_id: int, account_id: int, by_id: int, at: datetime) -> None:
    """As the database's owner."""
    await connection.execute(_ENTRUST, {"contact": contact_id, "account": account_id, "by": by_id, "at": at})
