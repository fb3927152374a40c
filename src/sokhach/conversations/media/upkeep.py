"""Takes away what was uploaded and never sent, and counts what waits."""

import time
from datetime import timedelta

from sqlalchemy import text

from sokhach.conversations.media.service import thumbnail_key
from sokhach.core import clock
from sokhach.core.database import Database
from sokhach.core.storage import Storage
from sokhach.core.telemetry import MEDIA_PENDING

KEEP_UPLOADS = timedelta(days=1)
KEEP_DRAFTS_SECONDS = 86_400
BATCH = 100

# First they can no longer be sent, then their bytes go, then they do: whoever dies in between leaves it to the next.
_ABANDON = text(
    """
    WITH old AS (
        SELECT id FROM media WHERE message_id IS NULL AND created_at < :before
        ORDER BY created_at LIMIT :batch FOR UPDATE SKIP LOCKED
    )
    UPDATE media m SET state = 'refused', reason = 'abandoned' FROM old WHERE m.id = old.id
    RETURNING m.id, m.storage_key
    """
)
_DELETE = text("DELETE FROM media WHERE id = ANY (:ids) AND message_id IS NULL")
_PENDING = text("SELECT count(*) FROM media WHERE due_at IS NOT NULL")


async def step(database: Database, storage: Storage) -> int:
    """One batch; 0 when nothing old is left."""
    async with database.transaction() as connection:
        MEDIA_PENDING.set((await connection.execute(_PENDING)).scalar_one())
        values = {"before": clock.now() - KEEP_UPLOADS, "batch": BATCH}
        rows = (await connection.execute(_ABANDON, values)).all()
    storage.sweep_drafts(time.time() - KEEP_DRAFTS_SECONDS)
    if not rows:
        return 0
    keys = [row.storage_key for row in rows if row.storage_key]
    await storage.delete([*keys, *map(thumbnail_key, keys)])
    async with database.transaction() as connection:
        await connection.execute(_DELETE, {"ids": [row.id for row in rows]})
    return len(rows)
