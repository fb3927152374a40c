"""Who looks after whom, and what colleagues do about it. Who served a customer gets them, set by set, as the database's
owner: nobody works here yet who could. The rest goes the way of every day, as the people themselves."""

from collections.abc import Mapping
from datetime import timedelta

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from sokhach.conversations.notes import service as notes
from sokhach.core import clock
from sokhach.core.actor import Actor
from sokhach.core.database import acting_as
from sokhach.custody import service as custody
from sokhach.demo.company import BAO, DUYEN, HUNG, HUY, LAN, LINH, STAFF, TUAN, Person
from sokhach.demo.state import Known

POOL_ONE_IN = 7
"""So many of those whom somebody served are nobody's yet; whom nobody ever answered is nobody's anyway."""
SHARED_FOR = timedelta(days=7)
# Author, whom they mention, what they write.
NOTES = (
    (LAN, HUY, "Khách đã nhận hàng, nay hỏi về bảo hành. @Lê Quốc Huy xem giúp phần sau bán nhé."),
    (LINH, TUAN, "Khách thường ghé cửa hàng cuối tuần. @Hoàng Minh Tuấn gặp thì tư vấn thêm giúp em."),
    (DUYEN, BAO, "Khách hỏi thêm về bảo hiểm khoản vay. @Lý Gia Bảo tư vấn phần này giúp chị nhé."),
)


async def share_out(connection: AsyncConnection, known: Known) -> int:
    """Each customer goes to who served them most. Whoever has a custodian keeps them. Returns how many are left for
    another time, because somebody holds them now: what comes in meanwhile holds many at once, in an order of its own,
    and here nobody is waited for."""
    values = {"accounts": list(known.account_ids), "one_in": POOL_ONE_IN, "now": clock.now()}
    return (await connection.execute(_SHARE_OUT, values)).scalar_one()


async def work_together(connection: AsyncConnection, known: Known) -> None:
    """Some notes with mentions, a share, a customer who moves. Done again it does nothing; whoever has no customers is
    left out."""
    accounts = list(known.account_ids)
    if (await connection.execute(_NOTES, {"accounts": accounts})).first() is not None:
        return
    logins = {person.login: person for person in STAFF}
    rows = await connection.execute(_STAFF, {"ids": list(known.staff_ids)})
    people = {logins[row.login]: row.id for row in rows if row.login in logins}
    if len(people) < len(STAFF):
        return
    for author, mentioned, words in NOTES:
        if conversation_id := await _latest(connection, people[author], accounts):
            async with acting_as(connection, _actor(people, author)):
                await notes.write(connection, conversation_id, words, [people[mentioned]], clock.now())
    if conversation_id := await _latest(connection, people[LINH], accounts):
        until = clock.now() + SHARED_FOR
        async with acting_as(connection, _actor(people, LINH)):
            note = "Nhờ anh trả lời giúp em trong tuần này."
            await custody.share(connection, conversation_id, people[TUAN], until, note, clock.now())
    if conversation_id := await _latest(connection, people[TUAN], accounts):
        async with acting_as(connection, _actor(people, HUNG, TUAN, LINH)):
            note = "Khách ở gần cửa hàng của Linh."
            await custody.transfer_conversation(connection, conversation_id, people[LINH], note, clock.now())


async def _latest(connection: AsyncConnection, staff_id: int, accounts: list[int]) -> int | None:
    found = await connection.execute(_LATEST, {"staff": staff_id, "accounts": accounts})
    return found.scalar_one_or_none()


def _actor(people: Mapping[Person, int], who: Person, *led: Person) -> Actor:
    seen = tuple(people[one] for one in (who, *led))
    return Actor(staff_id=people[who], name=who.name, role=who.role, scope="staff" if led else "own", scope_staff=seen)


_SHARE_OUT = text(
    """
    WITH served AS (
        SELECT DISTINCT ON (c.contact_id) c.contact_id, t.answered_by
        FROM conversation c JOIN turn t ON t.conversation_id = c.id
        WHERE c.account_id = ANY (:accounts) AND c.kind = 'direct' AND t.answered_by IS NOT NULL
        GROUP BY c.contact_id, t.answered_by
        ORDER BY c.contact_id, count(*) DESC, t.answered_by
    ), wanted AS (
        SELECT k.id, served.answered_by FROM served JOIN contact k ON k.id = served.contact_id
        WHERE k.custodian_id IS NULL AND k.id % :one_in <> 0
    ), held AS MATERIALIZED (
        SELECT contact_id FROM conversation WHERE kind = 'direct' AND contact_id IN (SELECT id FROM wanted)
        ORDER BY id FOR NO KEY UPDATE SKIP LOCKED
    ), free AS MATERIALIZED (
        SELECT id FROM contact WHERE id IN (SELECT contact_id FROM held) ORDER BY id FOR NO KEY UPDATE SKIP LOCKED
    ), given AS (
        UPDATE contact k SET custodian_id = wanted.answered_by FROM wanted JOIN free ON free.id = wanted.id
        WHERE k.id = wanted.id
        RETURNING k.id, k.custodian_id
    ), noted AS (
        INSERT INTO custody_change (contact_id, kind, to_id, at, note)
        SELECT id, 'transfer', custodian_id, :now, '' FROM given ORDER BY id
    )
    SELECT (SELECT count(*) FROM wanted) - (SELECT count(*) FROM given)
    """
)
_NOTES = text(
    "SELECT 1 FROM note n JOIN conversation c ON c.id = n.conversation_id WHERE c.account_id = ANY (:accounts) LIMIT 1"
)
_STAFF = text("SELECT id, lower(email) AS login FROM staff WHERE id = ANY (:ids) AND suspended_at IS NULL")
_LATEST = text(
    """
    SELECT id FROM conversation WHERE custodian_id = :staff AND account_id = ANY (:accounts) AND kind = 'direct'
    ORDER BY last_message_at DESC, id DESC LIMIT 1
    """
)
