"""What staff put beside their words."""

import io
from typing import Any

import httpx
import pytest
from PIL import Image
from sqlalchemy import text

from sokhach.conversations.media import service
from sokhach.core import storage as storing
from sokhach.core.config import Settings
from sokhach.core.database import Database
from sokhach.core.storage import Storage, StorageError
from tests.conftest import SignIn
from tests.conversations.media.conftest import Desk
from tests.support import files
from tests.support.files import picture
from tests.support.people import People


async def upload(client: httpx.AsyncClient, desk: Desk, content: bytes, name: str = "ảnh.jpg") -> httpx.Response:
    path = f"/api/conversations/{desk.conversation_id}/uploads"
    return await client.post(path, files={"file": (name, content, "application/x-said")})


def slug(answer: httpx.Response) -> tuple[int, str]:
    return answer.status_code, answer.json()["type"].removeprefix("urn:sokhach:problem:")


class TestKept:
    async def test_a_picture(self, desk: Desk, client: httpx.AsyncClient) -> None:
        content = picture((800, 600), "JPEG")
        answer = await upload(client, desk, content)
        assert answer.status_code == 201
        media_id = answer.json()["media_id"]
        assert answer.json() == {
            "media_id": media_id,
            "type": "image",
            "name": "ảnh.jpg",
            "size_bytes": len(content),
            "content_type": "image/jpeg",
            "width": 800,
            "height": 600,
            "url": f"/api/media/{media_id}",
            "thumbnail_url": f"/api/media/{media_id}/thumbnail",
        }
        assert (await client.get(f"/api/media/{media_id}")).content == content
        assert (await client.get(f"/api/media/{media_id}/thumbnail")).status_code == 200

    @pytest.mark.parametrize(
        ("content", "name", "kind", "content_type", "kept_as"),
        [
            (files.PDF, "báo giá.pdf", "file", "application/pdf", "báo giá.pdf"),
            (files.PDF, "báo giá", "file", "application/pdf", "báo giá.pdf"),
            (files.DOCX, "a.docx", "file", files_docx := "application/vnd.openxmlformats-officedocument."
             "wordprocessingml.document", "a.docx"),
            (files.DOCX, "a.zip", "file", files_docx, "a.zip.docx"),
            (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "a.doc", "file", "application/msword", "a.doc"),
            (files.CSV, "hàng.csv", "file", "text/csv", "hàng.csv"),
            (files.moving(), "vui.gif", "gif", "image/gif", "vui.gif"),
            (picture(form="PNG"), "sai-tên.jpg", "image", "image/png", "sai-tên.png"),
        ],
    )  # fmt: skip
    async def test_each_kind(
        self,
        desk: Desk,
        client: httpx.AsyncClient,
        content: bytes,
        name: str,
        kind: str,
        content_type: str,
        kept_as: str,
    ) -> None:
        found = (await upload(client, desk, content, name)).json()
        assert (found["type"], found["content_type"], found["name"]) == (kind, content_type, kept_as)
        assert (await client.get(found["url"])).content == content

    @pytest.mark.parametrize(
        "content",
        [
            picture((2400, 1800), "PNG", noisy=True),
            picture((1600, 1200), "PNG", mode="RGBA", noisy=True),
            picture((640, 480), "WEBP"),
            picture((300, 200), "BMP"),
        ],
    )
    async def test_a_picture_that_the_channel_does_not_take_is_remade(
        self, desk: Desk, client: httpx.AsyncClient, content: bytes
    ) -> None:
        found = (await upload(client, desk, content, "ảnh.webp")).json()
        assert (found["type"], found["content_type"], found["name"]) == ("image", "image/jpeg", "ảnh.jpg")
        assert found["size_bytes"] <= 1_048_576
        kept = (await client.get(found["url"])).content
        assert len(kept) == found["size_bytes"]
        with Image.open(io.BytesIO(kept)) as image:
            assert (image.format, image.size) == ("JPEG", (found["width"], found["height"]))

    async def test_a_turned_picture_is_remade_upright(self, desk: Desk, client: httpx.AsyncClient) -> None:
        content = picture((1600, 1200), "JPEG", noisy=True, turned=6)
        assert len(content) > 1_048_576
        found = (await upload(client, desk, content)).json()
        assert found["width"] < found["height"]
        assert b"Camera of a person" not in (await client.get(found["url"])).content


class TestRefused:
    @pytest.mark.parametrize(
        ("content", "name"),
        [
            (files.EXE, "ảnh.jpg"),
            (files.SVG, "a.png"),
            (files.HTML, "a.pdf"),
            (files.MP4, "a.mp4"),
            (files.APK, "a.docx"),
            (files.CSV, "a.txt"),
            (files.CSV, "a.csv.bat"),
            (b"GIF89a" + bytes(20), "a.gif"),
        ],
    )
    async def test_what_the_channel_does_not_carry(
        self, desk: Desk, client: httpx.AsyncClient, content: bytes, name: str, settings: Settings
    ) -> None:
        assert slug(await upload(client, desk, content, name)) == (415, "upload-type-not-allowed")
        assert await desk.rows("SELECT * FROM media") == []
        assert [path for path in (settings.data_dir / storing.FOLDER).rglob("*") if path.is_file()] == []
        assert list((settings.data_dir / storing.DRAFTS).iterdir()) == []

    async def test_what_is_too_large(self, desk: Desk, client: httpx.AsyncClient) -> None:
        answer = await upload(client, desk, files.PDF + bytes(5_300_000), "a.pdf")
        assert slug(answer) == (413, "upload-too-large")
        assert answer.json()["limit"] == 5
        whole = await upload(client, desk, bytes(25_100_000), "a.jpg")
        assert slug(whole) == (413, "upload-too-large")
        assert whole.json()["limit"] == 25

    async def test_an_administrator_changes_what_is_too_large(
        self, desk: Desk, client: httpx.AsyncClient, people: People
    ) -> None:
        await desk.rows(
            "INSERT INTO channel_limit (key, value, changed_by, changed_at)"
            " VALUES ('zalo_oa.file_bytes', 10000, :s, :at)",
            s=people.admin.id,
            at=(await desk.rows("SELECT created_at FROM conversation"))[0]["created_at"],
        )
        assert slug(await upload(client, desk, files.PDF + bytes(20_000), "a.pdf")) == (413, "upload-too-large")

    async def test_a_bomb(self, desk: Desk, client: httpx.AsyncClient) -> None:
        answer = await upload(client, desk, picture((9000, 9000), mode="1"), "a.png")
        assert slug(answer) == (422, "upload-too-many-pixels")

    async def test_nothing(self, desk: Desk, client: httpx.AsyncClient) -> None:
        path = f"/api/conversations/{desk.conversation_id}/uploads"
        assert slug(await upload(client, desk, b"")) == (422, "upload-empty")
        assert slug(await client.post(path, files={"other": ("a", b"x")})) == (422, "upload-empty")
        assert slug(await client.post(path, json={})) == (400, "malformed-request")
        broken: dict[str, Any] = {
            "content": b"--x\r\nnonsense",
            "headers": {"content-type": "multipart/form-data; boundary=x"},
        }
        assert (await client.post(path, **broken)).status_code in {400, 422}

    @pytest.mark.parametrize(("caller", "status"), [("outsider", 404), (None, 401)])
    async def test_who_does_not_see_the_conversation(
        self, desk: Desk, signed_in: SignIn, people: People, caller: str | None, status: int
    ) -> None:
        client = await signed_in(people.named(caller) if caller else None)
        assert (await upload(client, desk, picture())).status_code == status

    async def test_a_storage_that_does_not_answer(
        self, desk: Desk, client: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        async def fail(*_: object) -> None:
            raise StorageError("down")

        monkeypatch.setattr(Storage, "put", fail)
        assert slug(await upload(client, desk, picture())) == (503, "media-unavailable")
        assert (await desk.rows("SELECT state FROM media")) == [{"state": "pending"}], "upkeep takes it away"


class TestWhose:
    async def test_only_who_uploaded_it_sees_what_is_not_sent(
        self, desk: Desk, client: httpx.AsyncClient, signed_in: SignIn, people: People
    ) -> None:
        url = (await upload(client, desk, picture())).json()["url"]
        lead = await signed_in(people.lead)
        assert (await lead.get(url)).status_code == 404
        assert (await client.get(url)).status_code == 200
        message_id = await desk.say()
        await desk.rows("UPDATE media SET message_id = :id", id=message_id)
        assert (await lead.get(url)).status_code == 200

    async def test_a_file_is_sent_once_and_by_its_uploader(
        self, desk: Desk, client: httpx.AsyncClient, web_db: Database, people: People
    ) -> None:
        ids = [(await upload(client, desk, content)).json()["media_id"] for content in (picture(), files.moving())]
        message_id = await desk.say()
        wanted = {"conversation_id": desk.conversation_id, "media_ids": [ids[1], 404, ids[0]]}
        async with web_db.transaction(people.lead.actor) as connection:
            assert await service.uploads(connection, staff_id=people.lead.id, **wanted) == []
            assert await service.uploads(connection, staff_id=people.owner.id, **wanted) == []
        async with web_db.transaction(people.owner.actor) as connection:
            found = await service.uploads(connection, staff_id=people.owner.id, **wanted)
            assert [(one.id, one.type) for one in found] == [(ids[1], "gif"), (ids[0], "image")]
            await service.attach(connection, message_id, [one.id for one in found])
        async with web_db.transaction(people.owner.actor) as connection:
            assert await service.uploads(connection, staff_id=people.owner.id, **wanted) == []
        rows = await desk.rows("SELECT id FROM media WHERE message_id = :id ORDER BY position", id=message_id)
        assert [row["id"] for row in rows] == [ids[1], ids[0]]

    @pytest.mark.parametrize(
        "statement",
        [
            "SELECT storage_key FROM media",
            "SELECT source_url FROM media",
            "SELECT sha256 FROM media",
            "UPDATE media SET storage_key = 'x'",
            "UPDATE media SET conversation_id = 1",
            "DELETE FROM media",
        ],
    )
    async def test_the_web_role_learns_no_key(self, web_db: Database, people: People, statement: str) -> None:
        with pytest.raises(Exception, match="permission denied"):
            async with web_db.transaction(people.admin.actor) as connection:
                await connection.execute(text(statement))
