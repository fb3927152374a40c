"""New messages into their table, many at a time: ids in the order of their times, sealed, by one COPY. It is most of
what a batch writes: as JSON, a third of the database's time for it would go into reading that."""

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime
from operator import attrgetter
from typing import Any, Literal

import msgspec
from psycopg.types.json import Jsonb
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from sokhach.conversations import seal
from sokhach.core.database import copy_in


class NewMessage(msgspec.Struct, kw_only=True):
    """What every row of `message` has that `add` writes; `id` is given there."""

    conversation_id: int
    direction: Literal["in", "out"]
    author_kind: Literal["customer", "staff", "channel", "system"]
    author_identity_id: int | None
    author_external_id: str | None
    author_staff_id: int | None = None
    kind: str
    body: str | None
    content: dict[str, Any] | None
    sent_at: datetime
    received_at: datetime
    id: int = 0

    @property
    def author(self) -> str:
        """As the leaf names it."""
        return f"{self.author_kind}:{self.author_external_id or ''}"


async def add(connection: AsyncConnection, messages: Sequence[NewMessage], also: Mapping[str, str]) -> list[int]:
    """Gives ids in the order of `messages`, and returns them. `also`: columns that these messages have besides, with
    their types. Whoever calls holds the conversations."""
    if not messages:
        return []
    ids = list((await connection.execute(_IDS, {"count": len(messages)})).scalars())
    columns = {**_SEALED, **_PLAIN, **also}
    statement = f"COPY message ({', '.join(columns)}) FROM STDIN (FORMAT BINARY)"
    await copy_in(connection, statement, list(columns.values()), _rows(messages, ids, attrgetter(*_PLAIN, *also)))
    return ids


def _rows(
    messages: Sequence[NewMessage], ids: Sequence[int], plain: Callable[[NewMessage], tuple[Any, ...]]
) -> Iterator[tuple[Any, ...]]:
    salts = os.urandom(seal.SALT_BYTES * len(messages))
    for number, (one, message_id) in enumerate(zip(messages, ids, strict=True)):
        one.id = message_id
        salt = salts[seal.SALT_BYTES * number : seal.SALT_BYTES * (number + 1)]
        leaf = seal.leaf(message_id, one.sent_at, one.author, salt, one.body, one.content)
        content = Jsonb(one.content, msgspec.json.encode) if one.content is not None else None
        yield content, salt, leaf, *plain(one)


_SEALED = {"content": "jsonb", "salt": "bytea", "leaf": "bytea"}
_PLAIN = {
    "id": "int8",
    "conversation_id": "int8",
    "direction": "text",
    "author_kind": "text",
    "author_identity_id": "int8",
    "author_external_id": "text",
    "author_staff_id": "int8",
    "kind": "text",
    "body": "text",
    "sent_at": "timestamptz",
    "received_at": "timestamptz",
}
_IDS = text("SELECT nextval('message_id_seq') FROM generate_series(1, :count)")
