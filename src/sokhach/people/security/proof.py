"""Proving anew who one is: password, code of a second factor, recovery code. Guessing is slowed down for each person
and address."""

import re

from sqlalchemy import delete, text, update
from sqlalchemy.ext.asyncio import AsyncConnection

from sokhach.core import clock
from sokhach.core.audit import AuditAction, record
from sokhach.core.crypto import Vault, hash_token
from sokhach.core.database import Database
from sokhach.core.problems import Problem
from sokhach.people import queries, rules, service
from sokhach.people.passwords import PasswordHasher
from sokhach.people.security import codes, links
from sokhach.people.sign_in_models import RecoveryCode, Totp


class Proof:
    """Failures, used codes and used steps are written in transactions of their own (`side`), so that a refusal cannot
    undo them."""

    def __init__(self, hasher: PasswordHasher, side: Database, vault: Vault) -> None:
        self._hasher = hasher
        self._side = side
        self._vault = vault

    async def password(self, staff_id: int, password: str, address: str) -> None:
        """Raises `password-wrong` or `too-many-attempts`."""
        key = hash_token(f"password:{staff_id}")
        async with self._hasher.places:
            async with self._side.transaction() as connection:
                await service.refuse_guessing(connection, key, address)
                stored = await queries.password_hash_of(connection, staff_id)
            if await self._hasher.verify(password[: rules.PASSWORD_LONGEST], stored):
                return
            async with self._side.side_transaction() as connection:
                await service.note_failure(connection, key, address)
        raise Problem("password-wrong", 403)

    async def second_factor(self, staff_id: int, code: str | None, address: str) -> None:
        """After the password, for those who have one. Raises `second-factor-needed`, `code-wrong` or
        `too-many-attempts`."""
        async with self._side.side_transaction() as connection:
            await links.act_as_oneself(connection, staff_id)
            sealed, last_step = await self._own(connection)
            if sealed is None:
                return
            if not code:
                raise Problem("second-factor-needed", 401)
            right = await self._take(connection, staff_id, sealed, last_step, code, address)
        if not right:
            raise Problem("code-wrong", 401)

    async def code(self, staff_id: int, code: str, address: str) -> None:
        """Raises `code-wrong` or `too-many-attempts`."""
        async with self._side.side_transaction() as connection:
            await links.act_as_oneself(connection, staff_id)
            sealed, last_step = await self._own(connection)
            right = sealed is not None and await self._take(connection, staff_id, sealed, last_step, code, address)
        if not right:
            raise Problem("code-wrong", 403)

    async def note_wrong_code(self, staff_id: int, address: str) -> None:
        """Of a second factor that is being set up. Raises `too-many-attempts`."""
        key = hash_token(f"code:{staff_id}")
        async with self._side.side_transaction() as connection:
            await service.refuse_guessing(connection, key, address)
            await service.note_failure(connection, key, address)

    async def _own(self, connection: AsyncConnection) -> tuple[bytes | None, int | None]:
        """Of a second factor in use; held until the end, so that guesses in parallel wait for each other."""
        row = (await connection.execute(_OWN)).one_or_none()
        return (row.sealed, row.last_step) if row and row.confirmed_at else (None, None)

    async def _take(
        self,
        connection: AsyncConnection,
        staff_id: int,
        sealed: bytes,
        last_step: int | None,
        code: str,
        address: str,
    ) -> bool:
        key = hash_token(f"code:{staff_id}")
        await service.refuse_guessing(connection, key, address)
        given = re.sub(r"[\s-]", "", code)
        if codes.is_totp(given):
            step = codes.step_of(self._vault.open(sealed).decode(), given, clock.now(), last_step)
            if step is not None:
                await connection.execute(update(Totp).where(Totp.staff_id == staff_id).values(last_step=step))
                return True
        elif await _use_recovery_code(connection, staff_id, given):
            return True
        await service.note_failure(connection, key, address)
        return False


async def _use_recovery_code(connection: AsyncConnection, staff_id: int, given: str) -> bool:
    used = delete(RecoveryCode).where(
        RecoveryCode.staff_id == staff_id, RecoveryCode.code_hash == codes.hash_recovery(given)
    )
    if (await connection.execute(used)).rowcount == 0:
        return False
    await record(connection, AuditAction.SECOND_FACTOR_USE_RECOVERY_CODE, staff_id)
    return True


_OWN = text("SELECT * FROM own_totp()")
