"""Sending through a worker, the shipped sidecar and simulated Zalo Web: every kind, and answers that are lost."""

import asyncio
from hashlib import sha256
from typing import Any
from uuid import uuid4

import pytest

from sokhach.core import clock
from sokhach.core.storage import Storage, new_key
from sokhach.dispatch import reacting, recalling, service
from sokhach.dispatch.composing import Said
from tests.support.files import moving, picture
from tests.support.people import People, Person
from tests.support.personal_office import Office, working

pytestmark = [pytest.mark.long, pytest.mark.timeout(300)]


class Writing:
    """Somebody answers the first customer."""

    def __init__(self, office: Office, person: Person) -> None:
        self.office = office
        self.person = person
        self.conversation = 0

    async def open(self) -> None:
        await self.office.sign_in(self.person.id)
        await self.office.run(
            "INSERT INTO channel_limit (key, value, changed_by, changed_at)"
            " VALUES ('zalo_personal.gap_seconds', 0, :staff, :now)",
            staff=self.person.id,
            now=clock.now(),
        )
        await self.office.web.say(self.office.customers[0], self.office.own, "Còn hàng không")
        await self.office.arrived(1)
        [row] = await self.office.rows("SELECT id FROM conversation")
        self.conversation = row["id"]

    async def write(self, text: str | None = None, **said: Any) -> int:
        async with self.office.database.transaction() as connection:
            ids, _ = await service.send(
                connection, self.person.actor, self.conversation, uuid4(), Said(text=text, **said), clock.now()
            )
        return ids[-1]

    async def upload(self, kind: str, content: bytes, content_type: str, name: str) -> int:
        key = new_key()
        await Storage.of(self.office.settings).put(key, content)
        [row] = await self.office.rows(
            "INSERT INTO media (conversation_id, position, staff_id, state, type, content_type, name, size_bytes,"
            " sha256, width, height, storage_key, has_thumbnail, attempts, created_at, stored_at)"
            " VALUES (:conversation, 0, :staff, 'stored', :kind, :type, :name, :size, :digest, 60, 40, :key, false, 0,"
            " :now, :now) RETURNING id",
            conversation=self.conversation,
            staff=self.person.id,
            kind=kind,
            type=content_type,
            name=name,
            size=len(content),
            digest=sha256(content).digest(),
            key=key,
            now=clock.now(),
        )
        return row["id"]

    async def becomes(self, message: int, *states: str, seconds: float = 40) -> str:
        async with asyncio.timeout(seconds):
            while True:
                [row] = await self.office.rows("SELECT state, reason FROM delivery WHERE message_id = :id", id=message)
                if row["state"] in states:
                    return row["state"]
                assert row["state"] != "failed", row["reason"]
                await asyncio.sleep(0.1)

    async def there(self) -> list[dict[str, Any]]:
        """What we said, as the customer's Zalo has it."""
        state = await self.office.web.state(self.office.customers[0])
        return [one for thread in state["threads"] for one in thread["messages"] if one["from"] == self.office.own]


class TestEveryKind:
    async def test_reaches_the_customer_once(
        self, office: Office, people: People, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        async with working(office.settings, monkeypatch):
            writing = Writing(office, people.owner)
            await writing.open()
            [asked] = await office.rows("SELECT id FROM message WHERE direction = 'in'")
            messages = [
                await writing.write("Dạ còn ạ", quote_message_id=asked["id"]),
                await writing.write(
                    "Mẫu mới", media_ids=(await writing.upload("image", picture(), "image/png", "mau.png"),)
                ),
                await writing.write(media_ids=(await writing.upload("gif", moving(), "image/gif", "vui.gif"),)),
                await writing.write(
                    media_ids=(await writing.upload("file", b"%PDF-1.7 gia", "application/pdf", "gia.pdf"),)
                ),
                await writing.write(sticker_id="21979:10197:3"),
            ]
            for message in messages:
                await writing.becomes(message, "sent", "delivered", "seen")
            there = await writing.there()
            assert [one["type"] for one in there] == [
                "webchat",
                "chat.photo",
                "chat.gif",
                "share.file",
                "chat.sticker",
            ]
            assert there[0]["quote"] is not None
            async with office.database.transaction() as connection:
                await reacting.react(connection, people.owner.actor, asked["id"], "/-heart", clock.now())
            async with asyncio.timeout(20):
                while not await office.rows("SELECT 1 FROM message_alias WHERE message_id = :id", id=messages[0]):
                    await asyncio.sleep(0.1)
            async with office.database.transaction() as connection:
                await recalling.recall(connection, people.owner.actor, messages[0], clock.now())
            async with asyncio.timeout(30):
                while not await office.rows("SELECT 1 FROM outgoing_recall WHERE state = 'done'"):
                    await asyncio.sleep(0.1)
            assert (await writing.there())[0]["recalled"] is not None
            # Echoes are the messages that we sent, not others.
            [row] = await office.rows("SELECT count(*) AS count FROM message WHERE direction = 'out'")
            assert row["count"] == len(messages)


class TestDoubt:
    async def test_an_answer_that_is_lost_is_settled_by_what_zalo_tells(
        self, office: Office, people: People, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        async with working(office.settings, monkeypatch):
            writing = Writing(office, people.owner)
            await writing.open()
            await office.web.fault("lost_reply", path="/api/message/sms", count=1)
            message = await writing.write("Dạ còn ạ")
            await writing.becomes(message, "sent", "delivered", "seen", seconds=60)
            await asyncio.sleep(2)
            assert [one["content"] for one in await writing.there()] == ["Dạ còn ạ"]
            [row] = await office.rows("SELECT count(*) AS count FROM message WHERE direction = 'out'")
            assert row["count"] == 1
