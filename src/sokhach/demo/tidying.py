"""Staff close what is done. Simulated colleagues answer at Zalo, where nothing is closed; so most customers of the past
whose last word needs no answer, a thank-you as a rule, would wait for ever. Some are left: those that were missed.
"""

from datetime import timedelta

from sqlalchemy import text

from sokhach.conversations import service
from sokhach.core import clock
from sokhach.core.actor import Actor, Role
from sokhach.core.database import Database
from sokhach.demo.state import Known

WAITED = timedelta(hours=8)
MISSED_ONE_IN = 60
AT_ONCE = 50
CLOSED_AFTER_MINUTES = (7, 190)


async def tidy(database: Database, known: Known) -> None:
    """Whoever serves a customer closes the conversation, some time after its last word. Done again it finds little."""
    values = {"accounts": list(known.account_ids), "before": clock.now() - WAITED, "one_in": MISSED_ONE_IN}
    async with database.transaction() as connection:
        rows = (await connection.execute(_DONE_WITH, values)).all()
    first, last = CLOSED_AFTER_MINUTES
    for begin in range(0, len(rows), AT_ONCE):
        async with database.transaction() as connection:
            for row in rows[begin : begin + AT_ONCE]:
                who = Actor(staff_id=row.staff_id, name="", role=Role.STAFF, scope="all", scope_staff=(row.staff_id,))
                at = row.last_message_at + timedelta(minutes=first + row.id * 37 % (last - first))
                await service.mark_read(connection, row.id, row.last_message_id, who)
                await service.resolve(connection, who, row.id, row.last_message_id, at)


# By whom: the custodian, else who answered last, else who answers most for the account.
_DONE_WITH = text(
    """
    SELECT c.id, c.last_message_id, c.last_message_at, coalesce(c.custodian_id, (
        SELECT t.answered_by FROM turn t WHERE t.conversation_id = c.id AND t.answered_by IS NOT NULL
        ORDER BY t.waiting_since DESC LIMIT 1
    ), busiest.staff_id) AS staff_id
    FROM conversation c JOIN (
        SELECT DISTINCT ON (o.account_id) o.account_id, t.answered_by AS staff_id
        FROM conversation o JOIN turn t ON t.conversation_id = o.id
        WHERE o.account_id = ANY (:accounts) AND t.answered_by IS NOT NULL
        GROUP BY o.account_id, t.answered_by ORDER BY o.account_id, count(*) DESC
    ) AS busiest ON busiest.account_id = c.account_id
    WHERE c.last_message_at < :before AND c.waiting_since IS NOT NULL AND c.id % :one_in <> 0
    ORDER BY c.id
    """
)
