"""Whom the holder of an own SIM may choose from: friends and groups, sealed for as long as they are private. The only
writer of `private_people` but for the function by which the holder asks."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

import msgspec
import structlog
from sqlalchemy import text

from sokhach.channels.zalo_personal.calls import CallFailedError, Calls
from sokhach.channels.zalo_personal.protocol import Friends, Group, Groups
from sokhach.core import clock
from sokhach.core.config import Settings
from sokhach.core.crypto import UndecipherableError, Vault
from sokhach.core.database import Database

log = structlog.get_logger()

EVERY = timedelta(hours=24)
RETRY = timedelta(minutes=5)
_NAMES = ("displayName", "display_name", "zaloName", "zalo_name")

_PLAN = text(
    """
    INSERT INTO private_people (account_id, due_at)
    SELECT p.account_id, :now FROM personal_account p
    WHERE p.sim = 'own' AND p.handed_over_at IS NULL AND p.account_id = ANY (CAST(:held AS bigint[]))
    ON CONFLICT DO NOTHING
    """
)
_CLAIM = text(
    """
    WITH due AS (
        SELECT x.account_id FROM private_people x JOIN personal_account p ON p.account_id = x.account_id
        WHERE x.due_at <= :now AND p.sim = 'own' AND p.handed_over_at IS NULL
            AND x.account_id = ANY (CAST(:held AS bigint[]))
        ORDER BY x.due_at LIMIT 1 FOR UPDATE OF x SKIP LOCKED
    )
    UPDATE private_people x SET due_at = :retry FROM due WHERE x.account_id = due.account_id
    RETURNING x.account_id
    """
)
_KEEP = text(
    "UPDATE private_people SET sealed = :sealed, fetched_at = :now, due_at = :next WHERE account_id = :account"
)


class Person(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody, or with `group` a group, as the account's own list calls them."""

    id: str
    name: str
    group: bool


class PeopleKeeper:
    """Any number of workers may run one each; `database` is the owner's."""

    def __init__(self, database: Database, calls: Calls, settings: Settings) -> None:
        self._database = database
        self._calls = calls
        self._vault = Vault(settings.keys)

    async def step(self) -> int:
        """Loop: reads the list of one account that is connected here; 0 when none is due."""
        held = list(self._calls.held())
        if not held:
            return 0
        now = clock.now()
        async with self._database.transaction() as connection:
            await connection.execute(_PLAN, {"held": held, "now": now})
            values = {"held": held, "now": now, "retry": now + RETRY}
            account_id = (await connection.execute(_CLAIM, values)).scalar_one_or_none()
        if account_id is None:
            return 0
        try:
            people = await self._read(account_id)
        except CallFailedError as error:
            log.info("people_not_read", account=account_id, error=error.kind)
            return 1
        sealed = seal(self._vault, people)
        async with self._database.transaction() as connection:
            values = {"account": account_id, "sealed": sealed, "now": clock.now(), "next": clock.now() + EVERY}
            await connection.execute(_KEEP, values)
        return 1

    async def _read(self, account_id: int) -> list[Person]:
        friends = await self._calls.call(Friends(account=account_id), list[dict[str, Any]])
        groups = await self._calls.call(Groups(account=account_id), list[Group])
        people = [person for one in friends if (person := _person(one)) is not None]
        return [*people, *(Person(id=one.id, name=one.name, group=True) for one in groups)]


def seal(vault: Vault, people: Sequence[Person]) -> bytes:
    return vault.seal(msgspec.json.encode(people))


def open_sealed(vault: Vault, sealed: bytes | None) -> list[Person]:
    """Empty when it was never read, or the key is gone: it is read again."""
    if sealed is None:
        return []
    try:
        return msgspec.json.decode(vault.open(sealed), type=list[Person])
    except (UndecipherableError, msgspec.DecodeError):
        return []


def _person(fields: dict[str, Any]) -> Person | None:
    uid = fields.get("userId") or fields.get("uid")
    name = next((str(fields[key]) for key in _NAMES if fields.get(key)), None)
    return Person(id=str(uid), name=name or str(uid), group=False) if uid else None
