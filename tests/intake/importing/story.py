"""What the tests import, and what they compare afterwards."""

from datetime import timedelta
from typing import Any

from tests.intake.importing.files import Office, row
from tests.support.oa import at

OLD = timedelta(days=-200)


def old(seconds: float) -> Any:
    return at(seconds) + OLD


STORY = [
    row(old(0), "9001", "Shop còn áo size M không?", name="Lan Anh", id="x1"),
    row(old(30), "9001", "Dạ còn ạ", "đi", staff="Owner", id="x2"),
    row(old(60), "9001", "ok", id="x3"),
    row(old(61), "9001", "ok", id="x4"),
    row(old(90), "9002", "Giao giúp mình nhé", name="Minh", id="x5"),
    row(old(95), "9002", "Vâng ạ", "đi", staff="Chị Hoa", id="x6"),
]
FIGURES = (
    "SELECT conversation_id, opened_at, first_response_at, resolved_at, resolution FROM episode ORDER BY id",
    "SELECT conversation_id, waiting_since, message_count, closed_at, answered_by FROM turn ORDER BY id",
    "SELECT thread_key, unread_count, waiting_since, read_at, last_inbound_at, episode_open, progressed_at"
    " FROM conversation WHERE last_inbound_at IS NOT NULL OR episode_open ORDER BY id",
)


async def figures(office: Office) -> list[list[dict[str, Any]]]:
    return [await office.rows(sql) for sql in FIGURES]


async def everything(office: Office) -> dict[str, list[str]]:
    tables = (
        "message",
        "conversation",
        "contact",
        "contact_identity",
        "message_import",
        "import_made",
        "episode",
        "turn",
    )
    return {
        table: [one["row"] for one in await office.rows(f"SELECT to_jsonb(t)::text AS row FROM {table} t ORDER BY 1")]
        for table in tables
    }
