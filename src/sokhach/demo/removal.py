"""What belongs to a demo's accounts, taken away set by set, in the order in which one hangs from the other."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection

from sokhach.core import clock
from sokhach.demo.state import Known

PAYLOADS = 5000
CONVERSATIONS = 40
CONTACTS = 500

# By `conversation_id`; messages last, for the others point to them.
_OF_CONVERSATION = (
    "outgoing_reaction",
    "outgoing_recall",
    "personal_signal",
    "outbox",
    "delivery",
    "turn",
    "episode",
    "resolution",
    "access_log",
    "access_refusal",
    "conversation_grant",
    "conversation_participant",
    "custody_change",
    "note",
    "realtime_event",
    "message",
)
# By `account_id`.
_OF_ACCOUNT = (
    "journal_pending",
    "reaction",
    "message_receipt",
    "message_recall",
    "message_alias",
    "profile_request",
    "privacy_request",
    "contact_tag",
    "tag_removal",
    "personal_missing",
    "personal_fill",
    "personal_completeness",
    "personal_hour",
    "work_contact",
    "private_version",
    "private_stub",
    "private_people",
    "gap",
    "channel_sweep",
    "channel_admin",
    "channel_asset",
    "channel_authorization",
    "channel_event",
    "channel_hour",
    "channel_profile",
    "channel_quota",
    "channel_tag",
    "channel_tag_change",
    "channel_tally",
    "channel_template",
    "channel_template_sync",
    "channel_watch",
    "personal_cap_use",
    "personal_pace",
    "personal_friend",
    "personal_directory",
    "frame_tally",
    "personal_call",
    "personal_consent",
    "personal_login",
    "personal_span",
    "personal_account",
)


async def take_some(connection: AsyncConnection, known: Known) -> int:
    """The next bite; 0 when only the accounts themselves are left, and what is small."""
    values = {"accounts": list(known.account_ids)}
    # What still waits to be applied must not bring back what is gone.
    for statement in (_PENDING, _QUARANTINE, _PAYLOADS):
        if taken := (await connection.execute(statement, {**values, "size": PAYLOADS})).rowcount:
            return taken
    return await _conversations(connection, values) or await _contacts(connection, values)


async def take_accounts(connection: AsyncConnection, known: Known) -> None:
    """What is left of the accounts, and they. Raises `IntegrityError` when something came in meanwhile."""
    values = {"accounts": list(known.account_ids)}
    tags = (await connection.execute(_THEIR_TAGS, values)).scalars().all()
    for table in _OF_ACCOUNT:
        await connection.execute(text(f"DELETE FROM {table} WHERE account_id = ANY (:accounts)"), values)
    # Logins that came to nothing are of no account, but of its people.
    for table in ("personal_consent", "personal_login"):
        statement = text(f"DELETE FROM {table} WHERE account_id IS NULL AND holder_id = ANY (:staff)")
        await connection.execute(statement, {"staff": list(known.staff_ids)})
    await _forget_tags(connection, tags)
    await connection.execute(text("DELETE FROM channel_account WHERE id = ANY (:accounts)"), values)


async def take_people(connection: AsyncConnection, known: Known) -> None:
    """All but the one who stays, and the teams. Whom real customers or settings know cannot go without a trace: they
    are suspended."""
    values = {"staff": list(known.staff_ids), "teams": list(known.team_ids), "asked": known.requested_by}
    stays = (await connection.execute(_WHO_STAYS, values)).scalar_one_or_none()
    for statement in (_LEAVE_TEAMS, _ORPHAN_TEAMS, _CLOSE_POOLS, _DROP_TEAMS):
        await connection.execute(statement, values)
    for statement in _SCHEDULE:
        await connection.execute(statement, values | {"stays": stays})
    for staff_id in known.staff_ids:
        if staff_id != stays:
            await _dismiss(connection, staff_id)


async def _conversations(connection: AsyncConnection, values: Mapping[str, Any]) -> int:
    """Those whose files are gone, whole."""
    chosen = await connection.execute(_CONVERSATIONS, {**values, "size": CONVERSATIONS})
    ids = {"ids": chosen.scalars().all()}
    if ids["ids"]:
        for statement in (_ALIASES, _MENTIONS):
            await connection.execute(statement, ids)
        await connection.execute(_CUSTODY, {**values, **ids})
        for table in _OF_CONVERSATION:
            await connection.execute(text(f"DELETE FROM {table} WHERE conversation_id = ANY (:ids)"), ids)
        await connection.execute(text("DELETE FROM conversation WHERE id = ANY (:ids)"), ids)
    return len(ids["ids"])


async def _contacts(connection: AsyncConnection, values: Mapping[str, Any]) -> int:
    """What the demo's accounts call them; and they, unless another account knows them too."""
    chosen = await connection.execute(_CONTACTS, {**values, "size": CONTACTS})
    contacts = {**values, "ids": chosen.scalars().all()}
    if contacts["ids"]:
        await connection.execute(_REQUESTS, contacts)
        await connection.execute(_IDENTITIES, contacts)
        only_here = {"ids": (await connection.execute(_ONLY_HERE, contacts)).scalars().all()}
        tags = (await connection.execute(_UNTAG, only_here)).scalars().all()
        for table in ("access_refusal", "privacy_request", "contact_identity"):
            await connection.execute(text(f"DELETE FROM {table} WHERE contact_id = ANY (:ids)"), only_here)
        await connection.execute(text("DELETE FROM contact WHERE id = ANY (:ids)"), only_here)
        await _forget_tags(connection, tags)
    return len(contacts["ids"])


async def _forget_tags(connection: AsyncConnection, tags: Sequence[int]) -> None:
    if tags:
        await connection.execute(_FORGET_TAGS, {"tags": sorted(set(tags))})


async def _dismiss(connection: AsyncConnection, staff_id: int) -> None:
    values = {"id": staff_id, "now": clock.now()}
    for table in ("session", "staff_link", "totp", "recovery_code", "api_token"):
        await connection.execute(text(f"DELETE FROM {table} WHERE staff_id = :id"), values)
    try:
        async with connection.begin_nested():
            for table in ("staff_team", "staff_credential", "channel_authorization"):
                await connection.execute(text(f"DELETE FROM {table} WHERE staff_id = :id"), values)
            await connection.execute(_FORGET_REFUSALS, values)
            await connection.execute(_FORGET_LEAVE, values)
            await connection.execute(text("DELETE FROM staff WHERE id = :id"), values)
    except IntegrityError:
        await connection.execute(text("UPDATE staff SET suspended_at = :now WHERE id = :id"), values)


_PENDING = text("DELETE FROM journal_pending WHERE account_id = ANY (:accounts)")
_QUARANTINE = text("DELETE FROM quarantine WHERE account_id = ANY (:accounts)")
_PAYLOADS = text(
    """
    DELETE FROM journal WHERE id = ANY (ARRAY(
        SELECT id FROM journal WHERE account_id = ANY (:accounts) ORDER BY id LIMIT :size
    ))
    """
)
_CONVERSATIONS = text(
    """
    SELECT c.id FROM conversation c WHERE c.account_id = ANY (:accounts)
        AND NOT EXISTS (SELECT FROM media m WHERE m.conversation_id = c.id)
    ORDER BY c.id LIMIT :size FOR UPDATE
    """
)
_ALIASES = text(
    "DELETE FROM message_alias a USING message m WHERE m.conversation_id = ANY (:ids) AND a.message_id = m.id"
)
_MENTIONS = text("DELETE FROM note_mention m USING note n WHERE n.conversation_id = ANY (:ids) AND m.note_id = n.id")
# Of customers whom no other account knows.
_CUSTODY = text(
    """
    DELETE FROM custody_change h USING conversation c
    WHERE c.id = ANY (:ids) AND h.contact_id = c.contact_id AND NOT EXISTS (
        SELECT FROM conversation o WHERE o.contact_id = c.contact_id AND o.account_id <> ALL (:accounts)
    )
    """
)
# Somebody of whom a conversation stands still is left to its turn.
_CONTACTS = text(
    """
    SELECT DISTINCT i.contact_id FROM contact_identity i WHERE i.account_id = ANY (:accounts)
        AND NOT EXISTS (SELECT FROM conversation c WHERE c.contact_id = i.contact_id
            AND c.account_id = ANY (:accounts))
        AND NOT EXISTS (SELECT FROM conversation_participant p JOIN contact_identity k ON k.id = p.identity_id
            WHERE k.contact_id = i.contact_id AND k.account_id = ANY (:accounts))
    LIMIT :size
    """
)
_REQUESTS = text(
    """
    DELETE FROM privacy_request p USING contact_identity i
    WHERE p.identity_id = i.id AND i.contact_id = ANY (:ids) AND i.account_id = ANY (:accounts)
    """
)
_IDENTITIES = text("DELETE FROM contact_identity WHERE contact_id = ANY (:ids) AND account_id = ANY (:accounts)")
_ONLY_HERE = text(
    """
    SELECT k.id FROM contact k WHERE k.id = ANY (:ids)
        AND NOT EXISTS (SELECT FROM contact_identity i WHERE i.contact_id = k.id AND i.account_id IS NOT NULL)
        AND NOT EXISTS (SELECT FROM conversation c WHERE c.contact_id = k.id)
    """
)
_UNTAG = text("DELETE FROM contact_tag WHERE contact_id = ANY (:ids) RETURNING tag_id")
# Of labels that a personal account's list had for nobody there is no trace but the tag.
_THEIR_TAGS = text(
    """
    SELECT tag_id FROM contact_tag WHERE account_id = ANY (:accounts)
    UNION SELECT tag_id FROM tag_removal WHERE account_id = ANY (:accounts)
    UNION SELECT t.id FROM tag t JOIN channel_tag c ON c.name = t.name WHERE c.account_id = ANY (:accounts)
    UNION SELECT t.id FROM tag t JOIN demo d ON t.created_at >= d.since
        WHERE EXISTS (SELECT FROM personal_account p WHERE p.account_id = ANY (:accounts))
    """
)
# A tag that only the demo knew.
_FORGET_TAGS = text(
    """
    DELETE FROM tag t WHERE t.id = ANY (:tags)
        AND NOT EXISTS (SELECT FROM contact_tag c WHERE c.tag_id = t.id)
        AND NOT EXISTS (SELECT FROM tag_removal r WHERE r.tag_id = t.id)
        AND NOT EXISTS (SELECT FROM channel_tag c WHERE c.name = t.name)
    """
)
# Who asked; or, when nobody is named and no other administrator works here, the demo's first one.
_WHO_STAYS = text(
    """
    SELECT coalesce(CAST(:asked AS bigint), (
        SELECT min(s.id) FROM staff s WHERE s.id = ANY (:staff) AND s.role = 'admin' AND s.suspended_at IS NULL
            AND NOT EXISTS (
                SELECT FROM staff o WHERE o.role = 'admin' AND o.suspended_at IS NULL AND o.id <> ALL (:staff)
            )
    ))
    """
)
# Those that are of nobody's thing: settings, pages of the administration.
_FORGET_REFUSALS = text(
    "DELETE FROM access_refusal WHERE staff_id = :id AND conversation_id IS NULL AND contact_id IS NULL"
)
_FORGET_LEAVE = text("DELETE FROM staff_leave WHERE :id IN (staff_id, deputy_id, created_by)")
# Hours of teams go with them. What somebody real has said since then stays.
_GOES = "= ANY (:staff) AND {0} IS DISTINCT FROM CAST(:stays AS bigint)"
_SCHEDULE = (
    text(f"DELETE FROM calendar_week WHERE changed_by IS NULL OR changed_by {_GOES.format('changed_by')}"),
    text(f"DELETE FROM calendar_day WHERE changed_by IS NULL OR changed_by {_GOES.format('changed_by')}"),
    text(f"DELETE FROM shift WHERE staff_id {_GOES.format('staff_id')}"),
    text(f"UPDATE shift SET created_by = NULL WHERE created_by {_GOES.format('created_by')}"),
    text("DELETE FROM staff_leave WHERE staff_id = ANY (:staff)"),
)
_LEAVE_TEAMS = text("DELETE FROM staff_team WHERE team_id = ANY (:teams)")
_ORPHAN_TEAMS = text("UPDATE team SET parent_id = NULL WHERE parent_id = ANY (:teams) AND id <> ALL (:teams)")
# Of an account that is not the demo's: nobody sees more because a team goes.
_CLOSE_POOLS = text("UPDATE channel_account SET pool = 'nobody', pool_team_id = NULL WHERE pool_team_id = ANY (:teams)")
_DROP_TEAMS = text("DELETE FROM team WHERE id = ANY (:teams)")
