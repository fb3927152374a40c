"""A company in which everybody has customers, with at least a row of whatever a wall must hide."""

from collections.abc import Sequence
from typing import Any
from uuid import uuid4

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from sokhach.conversations import delivery, service
from sokhach.conversations.media import service as media
from sokhach.conversations.media.service import Noted
from sokhach.core.database import Database
from tests.support.oa import OA, OA_ID, at, echoed, ms, received, said
from tests.support.people import People, Person

# Who looks after the conversation with each customer: (custodian, assignee).
LOOKED_AFTER: dict[str, tuple[str | None, str | None]] = {
    "of-owner": ("owner", None),
    "of-teammate": ("teammate", None),
    "of-outsider": ("outsider", None),
    "of-outsider-done-by-owner": ("outsider", "owner"),
    "of-lead": ("lead", None),
    "of-nobody-done-by-teammate": (None, "teammate"),
    "of-nobody": (None, None),
}


class Office:
    """A company in which everybody has customers, and a group."""

    def __init__(self, oa: OA, web: Database, people: People) -> None:
        self.oa = oa
        self.web = web
        self.people = people

    async def open(self) -> None:
        for number, customer in enumerate(LOOKED_AFTER):
            await self.oa.take(
                said(customer, f"{customer}-1", at(number), f"Chào shop, {customer}"),
                echoed(customer, f"{customer}-2", at(10 + number), admin="77"),
                received(customer, f"{customer}-2", at(20 + number)),
            )
        in_group = said("of-nobody", "group-1", at(60)) | {
            "event_name": "user_send_group_text",
            "recipient": {"id": "group"},
        }
        await self.oa.take(in_group, b"{", *_told_of_customers())
        async with self.oa.database.transaction() as connection:
            await _assign(connection, self.people)
            await connection.execute(_IMPORT, {"staff": self.people.admin.id, "at": at(0)})
            for statement in _PERSONAL:
                await connection.execute(text(statement), {"staff": self.people.admin.id, "at": at(0)})
            await connection.execute(_AUDIT, {"staff": self.people.admin.id, "at": at(0)})
            await connection.execute(_AUTHORIZATION, {"staff": self.people.admin.id, "at": at(0)})
            await connection.execute(_GAPS, {"account": self.oa.account_id, "at": at(0)})
            await connection.execute(_GRANT, {"admin": self.people.admin.id, "at": at(0)})
            await connection.execute(_RECALLS, {"account": self.oa.account_id, "at": at(0)})
            await connection.execute(_DEMO, {"account": self.oa.account_id, "at": at(0)})
        # Somebody has read, answered, closed; somebody's answer waits; a handler has failed.
        for customer in LOOKED_AFTER:
            await self._serve(customer)

    async def _serve(self, customer: str) -> None:
        conversation_id = await self.conversation(customer)
        async with self.oa.database.transaction() as connection:
            message_id, _ = await delivery.add_outgoing(
                connection,
                conversation_id=conversation_id,
                staff_id=self.people.admin.id,
                client_id=uuid4(),
                text="Dạ",
                now=at(70),
            )
            await connection.execute(
                text(
                    "INSERT INTO outbox (message_id, conversation_id, account_id, attempts, created_at, due_at)"
                    " VALUES (:message, :conversation, :account, 0, :at, :at)"
                ),
                {"message": message_id, "conversation": conversation_id, "account": self.oa.account_id, "at": at(70)},
            )
            assert await service.resolve(connection, self.people.admin.actor, conversation_id, None, at(80))
            await connection.execute(_ACCESS, {"staff": self.people.admin.id, "id": conversation_id, "at": at(0)})
            await connection.execute(_REFUSAL, {"staff": self.people.admin.id, "id": conversation_id, "at": at(0)})
            await connection.execute(_RETRY, {"at": at(0)})
            for statement in _SIGNING_IN:
                await connection.execute(text(statement), {"staff": self.people.manager.id, "at": at(0)})
            cared = {"staff": self.people.admin.id, "id": conversation_id, "at": at(0)}
            for statement in _CARED_FOR:
                await connection.execute(text(statement), cared)
            sends = {"id": conversation_id, "staff": self.people.admin.id, "at": at(0)}
            for statement in _SENDS:
                await connection.execute(text(statement), sends)
            await media.note(connection, [Noted(message_id, conversation_id, [{"type": "image"}])], at(70))

    async def conversation(self, customer: str) -> int:
        return await self.oa.value("SELECT id FROM conversation WHERE thread_key = :key", key=customer)

    async def messages(self, customer: str) -> list[int]:
        rows = await self.oa.rows(
            "SELECT m.id FROM message m JOIN conversation c ON c.id = m.conversation_id WHERE c.thread_key = :key"
            " ORDER BY m.id",
            key=customer,
        )
        return [row["id"] for row in rows]

    async def read(self, who: Person, ids: Sequence[int], seconds: float = 0) -> dict[int, str | None]:
        async with self.web.transaction(who.actor) as connection:
            rows = await connection.execute(
                text("SELECT id, body FROM read_messages(:ids, :at)"), {"ids": list(ids), "at": at(seconds)}
            )
            return {row.id: row.body for row in rows}

    async def reads(self) -> list[tuple[int, int]]:
        """Who was written down as a reader of which conversation, the admin apart."""
        rows = await self.oa.rows(
            "SELECT staff_id, conversation_id FROM access_log WHERE staff_id <> :admin ORDER BY period, staff_id",
            admin=self.people.admin.id,
        )
        return [(row["staff_id"], row["conversation_id"]) for row in rows]


def _told_of_customers() -> list[dict[str, Any]]:
    """Each put a reaction on our message and stars on it, all carry a tag; one wants their data deleted."""
    told: list[dict[str, Any]] = []
    for customer in LOOKED_AFTER:
        about = received(customer, f"{customer}-2", at(30))
        told.append(
            about
            | {
                "event_name": "user_reacted_message",
                "sender": about["recipient"],
                "recipient": about["sender"],
                "message": {"msg_id": f"{customer}-2", "react_icon": "/-heart"},
            }
        )
        told.append({"event_name": "user_feedback", "oa_id": OA_ID, "timestamp": about["timestamp"],
                     "message": {"msg_id": f"{customer}-2", "rate": 5}})  # fmt: skip
    flat = {"oa_id": OA_ID, "timestamp": ms(at(40))}
    tag = {"name": "VIP", "user_ids": list(LOOKED_AFTER)}
    return [
        *told,
        flat | {"event_name": "add_user_to_tag", "tag": tag},
        flat | {"event_name": "user_withdraw", "user_id": "of-owner"},
        flat | {"event_name": "change_template_quality", "template_id": "1", "quality": "LOW"},
    ]


async def _assign(connection: AsyncConnection, people: People) -> None:
    for customer, (custodian, assignee) in LOOKED_AFTER.items():
        values = {
            "customer": customer,
            "custodian": people.named(custodian).id if custodian else None,
            "assignee": people.named(assignee).id if assignee else None,
        }
        await connection.execute(
            text(
                "UPDATE contact SET custodian_id = CAST(:custodian AS bigint) FROM contact_identity i"
                " WHERE i.contact_id = contact.id AND i.external_id = :customer"
            ),
            values,
        )
        await connection.execute(
            text("UPDATE conversation SET assignee_id = CAST(:assignee AS bigint) WHERE thread_key = :customer"), values
        )


async def count(connection: AsyncConnection, table: str) -> int:
    """By a column that the web role may read."""
    return (await connection.execute(text(f"SELECT count(*) FROM {table}"))).scalar_one()


async def ids(connection: AsyncConnection, statement: str) -> set[Any]:
    return set((await connection.execute(text(statement))).scalars())


_ACCESS = text(
    "INSERT INTO access_log (staff_id, conversation_id, road, period, read_at) VALUES (:staff, :id, 'thread', :at, :at)"
    " ON CONFLICT DO NOTHING"
)
_REFUSAL = text(
    "INSERT INTO access_refusal (staff_id, reason, kind, target_id, conversation_id, contact_id, route, period, at,"
    " last_at, attempts, device)"
    " SELECT :staff, 'not-visible', 'conversation', id, id, contact_id, '', :at, :at, :at, 1, ''"
    " FROM conversation WHERE id = :id"
)
_IMPORT = text(
    "INSERT INTO history_import (state, name, size_bytes, form, head, position, line, found, faults, sample,"
    " created_by, created_at) VALUES ('done', 'cu.csv', 1, '{}', '{}', 0, 1, '{}', '[]', '[]', :staff, :at)"
)
# As if the account were a personal one: its session, and what came by it.
_PERSONAL = (
    "INSERT INTO personal_account (account_id, sim, revision, state, state_since, wanted, warm_from, attempts)"
    " SELECT id, 'company', 1, 'online', :at, true, :at, 0 FROM channel_account",
    "INSERT INTO personal_span (account_id, conn, connected_at) SELECT account_id, 'c1', :at FROM personal_account",
    "INSERT INTO personal_login (account_id, holder_id, asked_by, sim, state, created_at, changed_at)"
    " SELECT account_id, :staff, :staff, 'company', 'code', :at, :at FROM personal_account",
    "INSERT INTO personal_consent (account_id, holder_id, recorded_by, version, text_hash, at)"
    " SELECT account_id, :staff, :staff, 1, 'x', :at FROM personal_account",
    "INSERT INTO personal_call (account_id, asked_by, op, arguments, state, created_at, changed_at)"
    " SELECT account_id, :staff, 'find_phone', '{}', 'asked', :at, :at FROM personal_account",
    "INSERT INTO frame_tally (account_id, cmd, why, count, first_at, last_at)"
    " SELECT account_id, 504, 'unknown-opcode', 1, :at, :at FROM personal_account",
    "INSERT INTO personal_cap_use (account_id, day, cap, used)"
    " SELECT account_id, CAST(:at AS date), 'messages_day', 1 FROM personal_account",
    "INSERT INTO personal_completeness (account_id, since, stored, missing, attempts, due_at)"
    " SELECT account_id, :at, 1, 0, 0, :at FROM personal_account",
    "INSERT INTO work_contact (account_id, thread_key, in_group, marked_by, marked_at)"
    " SELECT account_id, '2', false, :staff, :at FROM personal_account",
    "INSERT INTO private_people (account_id, due_at) SELECT account_id, :at FROM personal_account",
    "INSERT INTO personal_pace (account_id, next_at) SELECT account_id, :at FROM personal_account",
    "INSERT INTO personal_friend (account_id, external_id, noted_at)"
    " SELECT account_id, thread_key, :at FROM conversation ON CONFLICT DO NOTHING",
    "INSERT INTO personal_signal (conversation_id, kind, account_id, asked_at)"
    " SELECT id, 'seen', account_id, :at FROM conversation",
    "INSERT INTO outgoing_recall (message_id, conversation_id, account_id, staff_id, state, attempts, created_at,"
    " due_at, changed_at) SELECT m.id, c.id, c.account_id, :staff, 'queued', 0, :at, :at, :at"
    " FROM message m JOIN conversation c ON c.id = m.conversation_id",
)
_AUDIT = text("INSERT INTO audit_log (at, staff_id, action, device) VALUES (:at, :staff, 'staff:rename', '')")
_AUTHORIZATION = text(
    "INSERT INTO channel_authorization (state_hash, channel, staff_id, sealed, expires_at)"
    " VALUES ('x', 'zalo_oa', :staff, 'x', :at)"
)
_GAPS = text(
    """
    WITH sweep AS (
        INSERT INTO channel_sweep (account_id, cause, since, until, state, found, added, list_offset, list_added,
            listed, attempts, due_at, created_at)
        VALUES (:account, 'asked', :at, :at, 'done', 0, 0, 0, 0, true, 0, :at, :at) RETURNING id
    )
    INSERT INTO gap (account_id, sweep_id, thread_key, from_at, until_at, reason, created_at)
    SELECT c.account_id, sweep.id, c.thread_key, :at, :at, 'refused', :at FROM sweep, conversation c
    """
)
# What sending leaves behind: limits and templates of the company, quotas and reactions of a thread.
_SENDS = (
    "INSERT INTO channel_limit (key, value, changed_by, changed_at)"
    " VALUES ('zalo_oa.buttons', 4, :staff, :at) ON CONFLICT DO NOTHING",
    "INSERT INTO channel_template (account_id, template_id, name, status, via, params, synced_at)"
    " SELECT account_id, '7', 'Đơn hàng', 'ENABLE', '[]', '[]', :at FROM conversation WHERE id = :id"
    " ON CONFLICT DO NOTHING",
    "INSERT INTO channel_template_sync (account_id, due_at, attempts)"
    " SELECT account_id, :at, 0 FROM conversation WHERE id = :id ON CONFLICT DO NOTHING",
    "INSERT INTO channel_quota (account_id, thread_key, kind, remain, total, noted_at)"
    " SELECT account_id, thread_key, 'reply', 8, 8, :at FROM conversation WHERE id = :id",
    "INSERT INTO outgoing_reaction (message_id, conversation_id, account_id, staff_id, external_id, icon, state,"
    " attempts, created_at, due_at, changed_at)"
    " SELECT m.id, c.id, c.account_id, :staff, m.external_id, '/-heart', 'queued', 0, :at, :at, :at"
    " FROM conversation c JOIN message m ON m.conversation_id = c.id WHERE c.id = :id AND m.direction = 'in'",
)
_DEMO = text(
    "INSERT INTO demo (id, state, since, account_ids, staff_ids, team_ids)"
    " VALUES (1, 'running', :at, ARRAY[CAST(:account AS bigint)], '{}', '{}')"
)
# Our side took back its answer to each customer, and a message that nobody knows.
_RECALLS = text(
    "INSERT INTO message_recall (account_id, thread_key, external_id, by, at, message_id)"
    " SELECT :account, c.thread_key, m.external_id, 'staff', :at, m.id"
    " FROM message m JOIN conversation c ON c.id = m.conversation_id WHERE m.external_id LIKE '%-2'"
    " UNION ALL SELECT :account, 'of-owner', 'unknown', 'customer', :at, NULL"
)
_GRANT = text(
    "INSERT INTO conversation_grant (conversation_id, staff_id, kind, granted_by, granted_at, note)"
    " SELECT id, :admin, 'mention', :admin, :at, '' FROM conversation WHERE thread_key = 'of-owner'"
)
# In whose care it was, and what colleagues noted among themselves.
_CARED_FOR = (
    "INSERT INTO custody_change (conversation_id, kind, to_id, by_id, at, note)"
    " VALUES (:id, 'assign', :staff, :staff, :at, '')",
    "INSERT INTO custody_change (contact_id, kind, to_id, at, note)"
    " SELECT contact_id, 'transfer', custodian_id, :at, '' FROM conversation WHERE id = :id",
    "INSERT INTO note (conversation_id, author_id, text, created_at) VALUES (:id, :staff, 'Khách quen', :at)",
    "INSERT INTO note_mention (note_id, staff_id) SELECT n.id, :staff FROM note n WHERE n.conversation_id = :id",
)
_RETRY = text(
    "INSERT INTO event_retry (handler, event_type, events, attempts, last_error, created_at, next_attempt_at)"
    " VALUES ('h', 'E', '[]', 1, 'x', :at, :at)"
)
# What lets a person in.
_SIGNING_IN = (
    "INSERT INTO staff_link (staff_id, kind, token_hash, created_at, expires_at)"
    " VALUES (:staff, 'invitation', 'x', :at, :at) ON CONFLICT DO NOTHING",
    "INSERT INTO totp (staff_id, sealed, created_at, confirmed_at) VALUES (:staff, 'x', :at, :at)"
    " ON CONFLICT DO NOTHING",
    "INSERT INTO recovery_code (staff_id, code_hash) VALUES (:staff, 'x') ON CONFLICT DO NOTHING",
    "INSERT INTO api_token (staff_id, name, token_hash, hint, scopes, created_at, expires_at)"
    " VALUES (:staff, 'x', 'x', 'skh_', ARRAY['conversation:read'], :at, :at) ON CONFLICT DO NOTHING",
)
