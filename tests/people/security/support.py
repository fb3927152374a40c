"""What tests of signing in share."""

from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx
from sqlalchemy import text

from sokhach.core.database import Database

NEW_PASSWORD = "một mật khẩu hoàn toàn mới"


def problem(answer: httpx.Response) -> tuple[int, str]:
    return answer.status_code, answer.json()["type"].rpartition(":")[2]


def token_of(link: str) -> str:
    return parse_qs(urlsplit(link).query)["token"][0]


async def rows(database: Database, statement: str, **values: Any) -> list[dict[str, Any]]:
    async with database.transaction() as connection:
        return [dict(row) for row in (await connection.execute(text(statement), values)).mappings()]


async def actions(database: Database) -> list[str]:
    return [row["action"] for row in await rows(database, "SELECT action FROM audit_log ORDER BY id")]
