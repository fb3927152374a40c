"""Templates that platforms approved: what an account has, and whether one is filled in rightly."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

import msgspec
from sqlalchemy import Row, text
from sqlalchemy.ext.asyncio import AsyncConnection

from sokhach.channels.outgoing import Template, TemplateParam, Via
from sokhach.core.database import wake
from sokhach.core.text import nfc

ENABLED = "ENABLE"
SYNC_EVERY = timedelta(days=1)
AMOUNT_TYPES = ("CURRENCY", "NUMBER")

_KNOWN = text(
    """
    SELECT template_id, name, status, quality, tag, via, params, price_uid, price_phone, preview_url, created_at
    FROM channel_template WHERE account_id = :account
        AND (CAST(:only AS text) IS NULL OR template_id = :only) ORDER BY name, template_id
    """
)
_ASK = text(
    """
    INSERT INTO channel_template_sync (account_id, due_at, attempts) VALUES (:account, :now, 0)
    ON CONFLICT (account_id) DO UPDATE SET due_at = least(channel_template_sync.due_at, excluded.due_at)
    """
)


class ParamFault(msgspec.Struct, frozen=True):
    """What is wrong with a field of a template: `key` is `fault.<key>` of the catalogue."""

    name: str
    key: str
    limit: int | None = None


async def of_account(connection: AsyncConnection, account_id: int) -> list[Template]:
    return [_template(row) for row in await connection.execute(_KNOWN, {"account": account_id, "only": None})]


async def find(connection: AsyncConnection, account_id: int, template_id: str) -> Template | None:
    row = (await connection.execute(_KNOWN, {"account": account_id, "only": template_id})).one_or_none()
    return _template(row) if row is not None else None


async def ask(connection: AsyncConnection, account_id: int, now: datetime) -> None:
    """Has the account's templates read anew, soon."""
    await connection.execute(_ASK, {"account": account_id, "now": now})
    wake(connection)


def faults(template: Template, data: Mapping[str, str]) -> Sequence[ParamFault]:
    """What keeps `data` from filling `template`. Values are measured in form C."""
    known = {param.name: param for param in template.params}
    found = [ParamFault(name, "unknown") for name in data if name not in known]
    for param in template.params:
        value = nfc(data.get(param.name, "")).strip()
        if not value:
            if param.required:
                found.append(ParamFault(param.name, "missing"))
        elif param.max_length is not None and len(value) > param.max_length:
            found.append(ParamFault(param.name, "too-long", param.max_length))
        elif param.min_length is not None and len(value) < param.min_length:
            found.append(ParamFault(param.name, "too-short", param.min_length))
        elif param.type.upper() in AMOUNT_TYPES and not _is_amount(value):
            found.append(ParamFault(param.name, "amount"))
    return found


def price(template: Template, via: Via) -> int | None:
    return template.price_uid if via == "uid" else template.price_phone


def _is_amount(value: str) -> bool:
    return value.isascii() and value.isdecimal() and int(value) > 0


def _template(row: Row[Any]) -> Template:
    return Template(
        template_id=row.template_id,
        name=row.name,
        status=row.status,
        quality=row.quality,
        tag=row.tag,
        via=tuple(row.via),
        params=tuple(msgspec.convert(row.params, list[TemplateParam])),
        price_uid=row.price_uid,
        price_phone=row.price_phone,
        preview_url=row.preview_url,
        created_at=row.created_at,
    )
