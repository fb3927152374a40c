"""Password hashes (argon2id), made and checked off the event loop, a few at a time: each takes 64 MB and a core."""

import asyncio
import functools
import secrets

from pwdlib.exceptions import UnknownHashError
from pwdlib.hashers.argon2 import Argon2Hasher

from sokhach.core.text import nfc

_AT_ONCE = 2
# Read out over the phone and typed on one: nothing that looks like something else.
_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"


def make_password() -> str:
    """Somebody's first password, such as `k7wm-3tqe-9xhd`: 59 bits of chance."""
    return "-".join("".join(secrets.choice(_LETTERS) for _ in range(4)) for _ in range(3))


class PasswordHasher:
    def __init__(self) -> None:
        self._hasher = Argon2Hasher()
        self._places = asyncio.Semaphore(_AT_ONCE)

    @property
    def places(self) -> asyncio.Semaphore:
        """Take one before a transaction begins: whoever waits for a place must not hold a connection."""
        return self._places

    async def hash(self, password: str) -> str:
        return await asyncio.to_thread(self._hasher.hash, nfc(password))

    async def verify(self, password: str, stored: str | None) -> bool:
        """Takes as long for somebody unknown (`stored` None) as for a wrong password."""
        return await asyncio.to_thread(self._verify, nfc(password), stored)

    def _verify(self, password: str, stored: str | None) -> bool:
        try:
            matches = self._hasher.verify(password, stored or self._dummy)
        except UnknownHashError:
            return False
        return matches and stored is not None

    @functools.cached_property
    def _dummy(self) -> str:
        return self._hasher.hash("nobody has this password")
