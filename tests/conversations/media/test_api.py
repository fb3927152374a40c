"""Files over HTTP: who may have them, in which parts, and what a browser is told of them."""

import asyncio
from typing import Any
from urllib.parse import quote

import httpx
import pytest
from hypothesis import given
from hypothesis import settings as checks
from hypothesis import strategies as st

from sokhach.conversations.media import naming
from sokhach.core.storage import Storage
from tests.conftest import SignIn
from tests.conversations.media.conftest import Desk
from tests.support import files
from tests.support.files import FileServer, picture, whole
from tests.support.people import People

WORDS = "".join(chr(65 + number % 26) for number in range(2_000_000)).encode()


class TestWho:
    @pytest.mark.parametrize("path", ["", "/thumbnail", "/audio"])
    @pytest.mark.parametrize(("caller", "status"), [("outsider", 404), ("teammate", 404), (None, 401)])
    async def test_others_have_nothing(
        self, desk: Desk, signed_in: SignIn, people: People, caller: str | None, status: int, path: str
    ) -> None:
        media_id = await desk.store(files.M4A, "audio/mp4", kind="audio")
        client = await signed_in(people.named(caller) if caller else None)
        assert (await client.get(f"/api/media/{media_id}{path}")).status_code == status
        assert await desk.rows("SELECT * FROM access_log") == []

    @pytest.mark.parametrize("caller", ["owner", "lead", "manager", "admin"])
    async def test_who_sees_the_conversation_has_its_files_and_is_written_down(
        self, desk: Desk, signed_in: SignIn, people: People, caller: str
    ) -> None:
        media_id = await desk.store(files.M4A, "audio/mp4", kind="audio")
        client = await signed_in(people.named(caller))
        for path in ("", "/audio", ""):
            assert (await client.get(f"/api/media/{media_id}{path}")).content == files.M4A
        [read] = await desk.rows("SELECT * FROM access_log")
        assert (read["staff_id"], read["conversation_id"]) == (people.named(caller).id, desk.conversation_id)

    async def test_what_is_not_there(self, desk: Desk, client: httpx.AsyncClient, storage: Storage) -> None:
        assert (await client.get("/api/media/404")).status_code == 404
        media_id = await desk.store(files.PDF, "application/pdf")
        assert (await client.get(f"/api/media/{media_id}/audio")).status_code == 404
        assert (await client.get(f"/api/media/{media_id}/thumbnail")).status_code == 404
        [row] = await desk.rows("SELECT storage_key FROM media")
        await storage.delete([row["storage_key"]])
        lost = await client.get(f"/api/media/{media_id}")
        assert (lost.status_code, lost.json()["type"]) == (404, "urn:sokhach:problem:media-missing")

    @pytest.mark.parametrize("path", ["", "/thumbnail", "/audio"])
    @pytest.mark.parametrize("media_id", [0, 2**63, 10**30])
    async def test_an_id_that_no_file_can_have(self, client: httpx.AsyncClient, media_id: int, path: str) -> None:
        answer = await client.get(f"/api/media/{media_id}{path}")
        assert (answer.status_code, answer.json()["type"]) == (404, "urn:sokhach:problem:not-found")

    async def test_an_upload_to_an_id_that_no_conversation_can_have(self, client: httpx.AsyncClient) -> None:
        answer = await client.post(f"/api/conversations/{2**63}/uploads", files={"file": ("a.txt", b"a")})
        assert (answer.status_code, answer.json()["type"]) == (404, "urn:sokhach:problem:not-found")

    async def test_what_is_not_fetched_yet_cannot_be_read(self, desk: Desk, client: httpx.AsyncClient) -> None:
        await desk.say({"type": "image", "url": "https://example.com/x"})
        media_id = await desk.value("SELECT id FROM media")
        assert (await client.get(f"/api/media/{media_id}")).status_code == 404


class TestTold:
    async def test_of_a_picture(self, desk: Desk, client: httpx.AsyncClient, server: FileServer) -> None:
        content = picture((800, 600))
        row = await desk.take("image", server.serve("/a", whole(content)), name="ảnh.png")
        answer = await client.get(f"/api/media/{row['id']}")
        assert answer.content == content
        assert answer.headers.get_list("content-type") == ["image/png"]
        assert answer.headers["content-length"] == str(len(content))
        assert answer.headers["content-disposition"] == "inline; filename=\"anh.png\"; filename*=UTF-8''%E1%BA%A3nh.png"
        assert answer.headers.get_list("cache-control") == ["private, max-age=300, must-revalidate"]
        assert "cookie" in answer.headers["vary"]
        assert answer.headers.get_list("x-content-type-options") == ["nosniff"]
        [policy] = answer.headers.get_list("content-security-policy")
        assert policy.startswith("sandbox; default-src 'none'")
        small = await client.get(f"/api/media/{row['id']}/thumbnail")
        assert small.headers["content-type"] == "image/webp"
        assert small.headers["etag"] != answer.headers["etag"]
        assert "sandbox" in small.headers["content-security-policy"]

    async def test_the_same_again_is_not_sent_again(
        self, desk: Desk, client: httpx.AsyncClient, server: FileServer
    ) -> None:
        row = await desk.take("image", server.serve("/a", whole(picture())))
        for path in (f"/api/media/{row['id']}", f"/api/media/{row['id']}/thumbnail"):
            etag = (await client.get(path)).headers["etag"]
            for known in (etag, f'"x", W/{etag}', "*"):
                again = await client.get(path, headers={"if-none-match": known})
                assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", etag)
            assert (await client.get(path, headers={"if-none-match": '"x"'})).status_code == 200

    @pytest.mark.parametrize(
        ("content", "content_type", "sent_as", "how"),
        [
            (files.HTML, "text/html", "application/octet-stream", "attachment"),
            (files.SVG, "image/svg+xml", "application/octet-stream", "attachment"),
            (b"{}", "application/json", "application/octet-stream", "attachment"),
            (files.PDF, "application/pdf", "application/pdf", "attachment"),
            (files.MP4, "video/mp4", "video/mp4", "inline"),
            (files.AMR, "audio/amr", "audio/amr", "inline"),
        ],
    )
    async def test_only_what_runs_nothing_is_shown(
        self, desk: Desk, client: httpx.AsyncClient, content: bytes, content_type: str, sent_as: str, how: str
    ) -> None:
        media_id = await desk.store(content, content_type)
        answer = await client.get(f"/api/media/{media_id}")
        assert answer.headers["content-type"].partition(";")[0] == sent_as
        assert answer.headers["content-disposition"].startswith(f"{how};")
        saved = await client.get(f"/api/media/{media_id}?download=true")
        assert saved.headers["content-disposition"].startswith("attachment;")

    @pytest.mark.parametrize(
        ("name", "saved_as"),
        [
            ("../../etc/passwd", "passwd"),
            ("C:\\Users\\Lan\\báo giá.pdf", "báo giá.pdf"),
            ('a"; filename="b.exe', "a_; filename=_b.exe"),
            ("a\r\nset-cookie: x=1.pdf", "a set-cookie_ x=1.pdf"),
            ("ảnh\u202egpj.exe", "ảnh gpj.exe"),
            ("...", "file-{id}.pdf"),
            ("", "file-{id}.pdf"),
            ("x" * 500 + ".pdf", "x" * 176 + ".pdf"),
            ("đơn hàng 100%.pdf", "đơn hàng 100%.pdf"),
            ("🙂.pdf", "🙂.pdf"),
        ],
    )
    async def test_odd_names(self, desk: Desk, client: httpx.AsyncClient, name: str, saved_as: str) -> None:
        media_id = await desk.store(files.PDF, "application/pdf", name=name)
        answer = await client.get(f"/api/media/{media_id}")
        assert answer.headers["content-disposition"].endswith(
            f"filename*=UTF-8''{quote(saved_as.format(id=media_id), safe='')}"
        )
        assert "set-cookie" not in answer.headers

    @checks(max_examples=300, deadline=None)
    @given(st.text(max_size=300))
    def test_no_name_breaks_a_header(self, name: str) -> None:
        shown = naming.shown_name(name, "file", "application/pdf", 7)
        header = naming.disposition(shown, attachment=True)
        assert header.isascii()
        assert header.isprintable()
        assert header.count('"') == 2
        assert 0 < len(shown.encode()) <= 200
        assert not set(shown) & set("/\\\0\r\n")


class TestParts:
    @pytest.mark.parametrize(
        ("asked", "start", "end"),
        [
            ("bytes=0-0", 0, 1),
            ("bytes=10-19", 10, 20),
            ("bytes=600000-1300000", 600_000, 1_300_001),
            ("bytes=1999999-", 1_999_999, 2_000_000),
            ("bytes=-5", 1_999_995, 2_000_000),
            ("bytes=-9999999", 0, 2_000_000),
            ("bytes=5-99999999", 5, 2_000_000),
        ],
    )
    async def test_one_part(self, desk: Desk, client: httpx.AsyncClient, asked: str, start: int, end: int) -> None:
        media_id = await desk.store(WORDS, "video/mp4", kind="video")
        answer = await client.get(f"/api/media/{media_id}", headers={"range": asked})
        assert answer.status_code == 206
        assert answer.headers["content-range"] == f"bytes {start}-{end - 1}/2000000"
        assert answer.headers["content-length"] == str(end - start)
        assert answer.content == WORDS[start:end]

    @pytest.mark.parametrize(
        "asked", ["bytes=5-2", "bytes=-", "bytes=a-b", "pages=1-2", "bytes=0-1,5-6", "", "bytes=٣-"]
    )
    async def test_what_is_no_part_is_the_whole(self, desk: Desk, client: httpx.AsyncClient, asked: str) -> None:
        media_id = await desk.store(files.MP4, "video/mp4", kind="video")
        answer = await client.get(f"/api/media/{media_id}", headers={b"range": asked.encode()})
        assert (answer.status_code, answer.content) == (200, files.MP4)
        assert answer.headers["accept-ranges"] == "bytes"

    @pytest.mark.parametrize("asked", ["bytes=2000000-", "bytes=-0"])
    async def test_a_part_after_the_end(self, desk: Desk, client: httpx.AsyncClient, asked: str) -> None:
        media_id = await desk.store(WORDS, "video/mp4", kind="video")
        answer = await client.get(f"/api/media/{media_id}", headers={"range": asked})
        assert (answer.status_code, answer.headers["content-range"]) == (416, "bytes */2000000")

    async def test_of_another_version_the_whole(self, desk: Desk, client: httpx.AsyncClient) -> None:
        media_id = await desk.store(files.MP4, "video/mp4", kind="video")
        path = f"/api/media/{media_id}"
        etag = (await client.get(path)).headers["etag"]
        ask = {"range": "bytes=0-9"}
        assert (await client.get(path, headers=ask | {"if-range": '"old"'})).status_code == 200
        assert (await client.get(path, headers=ask | {"if-range": etag})).status_code == 206

    async def test_parts_are_not_packed(self, desk: Desk, client: httpx.AsyncClient) -> None:
        media_id = await desk.store(WORDS, "text/plain")
        answer = await client.get(f"/api/media/{media_id}", headers={"accept-encoding": "gzip"})
        assert "content-encoding" not in answer.headers
        assert answer.content == WORDS


class TestView:
    async def test_no_transaction_is_open_while_bytes_travel(
        self, desk: Desk, client: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        media_id = await desk.store(WORDS, "video/mp4", kind="video")
        open_ones: list[int] = []
        stream = Storage.stream

        async def watched(self: Storage, key: str, start: int, end: int) -> Any:
            sql = "SELECT count(*) FROM pg_stat_activity WHERE usename = 'sokhach_web' AND xact_start IS NOT NULL"
            open_ones.append(await desk.value(sql + " AND datname = current_database()"))
            async for piece in stream(self, key, start, end):
                yield piece

        monkeypatch.setattr(Storage, "stream", watched)
        answers = await asyncio.gather(*(client.get(f"/api/media/{media_id}") for _ in range(3)))
        assert all(answer.content == WORDS for answer in answers)
        assert min(open_ones) == 0
