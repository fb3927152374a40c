"""Keyed hashes of threads and messages that are none of our business: equal for the same, and to be undone by nobody
who has not the company's key."""

import hmac
from collections.abc import Sequence

from sokhach.channels.zalo_personal.private.rules import Thread
from sokhach.core.crypto import derive

PURPOSE = "private-threads"


class Hasher:
    """With the oldest key: what was hashed before keys were rotated stays equal."""

    def __init__(self, keys: Sequence[str]) -> None:
        self._key = derive(keys[-1], PURPOSE).encode()

    def thread(self, account_id: int, thread: Thread) -> str:
        return self._hash(f"thread:{account_id}:{'group' if thread.group else 'direct'}:{thread.key}")

    def message(self, account_id: int, name: str) -> str:
        return self._hash(f"message:{account_id}:{name}")

    def _hash(self, words: str) -> str:
        return hmac.digest(self._key, words.encode(), "sha256").hex()
