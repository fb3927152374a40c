"""A conversation that `owner` looks after, messages in it, and a server from which their files come."""

import hashlib
from collections.abc import AsyncIterator
from typing import Any

import msgspec
import pytest
from sqlalchemy import text

from sokhach.conversations.media import service
from sokhach.conversations.media.fetching import Fetcher
from sokhach.conversations.media.service import Noted
from sokhach.core import clock
from sokhach.core.config import Settings
from sokhach.core.database import Database
from sokhach.core.storage import Storage, new_key
from tests.support.files import FileServer, file_server
from tests.support.people import People

_OPEN = text(
    """
    WITH account AS (
        INSERT INTO channel_account (channel, external_id, name, credentials, health, created_at)
        VALUES ('zalo_oa', :key, 'Điện Minh Long', '', 'ok', :now) RETURNING id
    ), contact AS (
        INSERT INTO contact (name, name_folded, custodian_id, created_at)
        VALUES ('Lan', 'lan', :custodian, :now) RETURNING id
    )
    INSERT INTO conversation (account_id, thread_key, kind, contact_id, custodian_id, created_at, last_message_at,
        message_count, unread_count, episode_open)
    SELECT account.id, 'lan', 'direct', contact.id, :custodian, :now, :now, 0, 0, false
    FROM account, contact RETURNING id
    """
)
_SAY = text(
    """
    INSERT INTO message (id, conversation_id, external_id, direction, author_kind, kind, sent_at, received_at, salt,
        leaf)
    VALUES (nextval('message_id_seq'), :conversation, :key, 'in', 'customer', 'image', :now, :now, '', '') RETURNING id
    """
)


class Desk:
    """`fetch` does what the worker's loop does; `take` says, fetches and returns the row of the file."""

    def __init__(self, database: Database, storage: Storage, fetcher: Fetcher, conversation_id: int) -> None:
        self.database = database
        self.storage = storage
        self.fetcher = fetcher
        self.conversation_id = conversation_id

    async def say(self, *attachments: dict[str, Any], conversation_id: int | None = None) -> int:
        where = conversation_id or self.conversation_id
        values = {"conversation": where, "key": new_key(), "now": clock.now()}
        async with self.database.transaction() as connection:
            message_id = (await connection.execute(_SAY, values)).scalar_one()
            await service.note(connection, [Noted(message_id, where, attachments)], clock.now())
        return message_id

    async def fetch(self) -> int:
        taken = 0
        while step := await self.fetcher.step():
            taken += step
            await self.fetcher.drain()
        return taken

    async def take(self, kind: str, url: str, **more: Any) -> dict[str, Any]:
        message_id = await self.say({"type": kind, "url": url, **more})
        await self.fetch()
        [row] = await self.rows("SELECT * FROM media WHERE message_id = :id", id=message_id)
        return row

    async def store(self, content: bytes, content_type: str, *, kind: str = "file", name: str | None = None) -> int:
        """A file of a message that is in the storage, whatever it is."""
        message_id = await self.say()
        key = new_key()
        await self.storage.put(key, content)
        return await self.value(
            "INSERT INTO media (conversation_id, message_id, position, state, type, content_type, name, size_bytes,"
            " sha256, storage_key, has_thumbnail, attempts, created_at, stored_at) VALUES (:conversation, :message, 0,"
            " 'stored', :kind, :content_type, :name, :size, :digest, :key, false, 1, :now, :now) RETURNING id",
            conversation=self.conversation_id,
            message=message_id,
            kind=kind,
            content_type=content_type,
            name=name,
            size=len(content),
            digest=hashlib.sha256(content).digest(),
            key=key,
            now=clock.now(),
        )

    async def read(self, row: dict[str, Any], suffix: str = "") -> bytes:
        return await self.storage.read(row["storage_key"] + suffix)

    async def rows(self, sql: str, **values: Any) -> list[dict[str, Any]]:
        async with self.database.transaction() as connection:
            result = await connection.execute(text(sql), values)
            return [dict(row) for row in result.mappings()] if result.returns_rows else []

    async def value(self, sql: str, **values: Any) -> Any:
        [row] = await self.rows(sql, **values)
        return next(iter(row.values()))


@pytest.fixture
async def server() -> AsyncIterator[FileServer]:
    async with file_server() as running:
        yield running


@pytest.fixture
def fetching_settings(settings: Settings, server: FileServer) -> Settings:
    """The server is the configured platform: the one inner address that may be called."""
    return msgspec.structs.replace(settings, zalo_openapi_url=server.url, media_image_mb=1, media_file_mb=1)


@pytest.fixture
def storage(settings: Settings) -> Storage:
    return Storage.of(settings)


@pytest.fixture
async def desk(
    owner_db: Database, people: People, storage: Storage, fetching_settings: Settings
) -> AsyncIterator[Desk]:
    async with owner_db.transaction() as connection:
        values: dict[str, Any] = {"key": "388613280878808645", "custodian": people.owner.id, "now": clock.now()}
        conversation_id = (await connection.execute(_OPEN, values)).scalar_one()
    fetcher = Fetcher(owner_db, storage, fetching_settings)
    yield Desk(owner_db, storage, fetcher, conversation_id)
    await fetcher.close()
