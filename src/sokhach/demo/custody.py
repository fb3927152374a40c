"""Who looks after whom. Custody has no verb yet: until it has one, a demo would be nothing but an unassigned pool, so
its owner writes it here, set by set. Conversations follow their contact by a trigger."""

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from sokhach.demo.state import Known

POOL_ONE_IN = 7
"""So many of those whom somebody served are nobody's yet; whom nobody ever answered is nobody's anyway."""


async def share_out(connection: AsyncConnection, known: Known) -> None:
    """Each customer goes to who served them most. Whoever has a custodian keeps them."""
    await connection.execute(_SHARE_OUT, {"accounts": list(known.account_ids), "one_in": POOL_ONE_IN})


_SHARE_OUT = text(
    """
    WITH served AS (
        SELECT DISTINCT ON (c.contact_id) c.contact_id, t.answered_by
        FROM conversation c JOIN turn t ON t.conversation_id = c.id
        WHERE c.account_id = ANY (:accounts) AND c.kind = 'direct' AND t.answered_by IS NOT NULL
        GROUP BY c.contact_id, t.answered_by
        ORDER BY c.contact_id, count(*) DESC, t.answered_by
    )
    UPDATE contact k SET custodian_id = served.answered_by FROM served
    WHERE k.id = served.contact_id AND k.custodian_id IS NULL AND k.id % :one_in <> 0
    """
)
