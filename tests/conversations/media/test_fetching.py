"""Files come from servers that may be good, slow, endless, lying or gone."""

import asyncio
import hashlib
import io
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as checks
from hypothesis import strategies as st
from PIL import Image

from sokhach.conversations.media import download, fetching, service, upkeep
from sokhach.conversations.media.fetching import Fetcher
from sokhach.core import storage as storing
from sokhach.core.config import Settings
from sokhach.core.database import Database
from sokhach.core.storage import Storage, new_key
from sokhach.intake.replay import replay
from tests.conftest import MoveClock
from tests.conversations.media.conftest import Desk
from tests.support import files
from tests.support.files import FileServer, cut_off, dripping, endless, head, picture, status, whole
from tests.support.oa import at, connect_oa, said


def _with_picture(oa_id: str, number: int, url: str) -> dict[str, Any]:
    payload = said("lan", f"picture-{number}", at(number))
    payload |= {"event_name": "user_send_image", "recipient": {"id": oa_id}}
    payload["message"] |= {"attachments": [{"type": "image", "payload": {"thumbnail": "", "url": url}}]}
    return payload


class TestGood:
    async def test_a_picture_is_kept_measured_and_made_small(self, desk: Desk, server: FileServer) -> None:
        content = picture((1200, 900), "JPEG", turned=6)
        row = await desk.take("image", server.serve("/a.jpg", whole(content, "text/html")))
        assert (row["state"], row["content_type"], row["size_bytes"]) == ("stored", "image/jpeg", len(content))
        assert (row["width"], row["height"]) == (900, 1200), "as it is shown, not as it was written"
        assert bytes(row["sha256"]) == hashlib.sha256(content).digest()
        assert await desk.read(row) == content
        small = await desk.read(row, ".webp")
        with Image.open(io.BytesIO(small)) as thumbnail:
            assert (thumbnail.format, thumbnail.size) == ("WEBP", (360, 480))
            assert not thumbnail.getexif()
        assert b"Camera of a person" not in small

    @pytest.mark.parametrize(
        ("kind", "content", "content_type", "duration"),
        [
            ("gif", files.moving(), "image/gif", None),
            ("sticker", picture((130, 130), mode="RGBA"), "image/png", None),
            ("audio", files.AMR, "audio/amr", 40),
            ("audio", files.AAC, "audio/aac", 23),
            ("audio", files.M4A, "audio/mp4", None),
            ("audio", files.MP4, "audio/mp4", None),
            ("audio", b"\x1aE\xdf\xa3" + bytes(40), "audio/webm", None),
            ("video", files.MP4, "video/mp4", None),
            ("file", files.PDF, "application/pdf", None),
            ("file", files.HTML, "text/html", None),
        ],
    )
    async def test_each_kind(
        self, desk: Desk, server: FileServer, kind: str, content: bytes, content_type: str, duration: int | None
    ) -> None:
        row = await desk.take(kind, server.serve("/it", whole(content)))
        assert (row["state"], row["type"], row["content_type"]) == ("stored", kind, content_type)
        assert row["duration_ms"] == duration
        assert await desk.read(row) == content

    async def test_a_video_has_the_still_that_comes_with_it(self, desk: Desk, server: FileServer) -> None:
        still = server.serve("/still.jpg", whole(picture((800, 600), "JPEG")))
        row = await desk.take("video", server.serve("/v", whole(files.MP4)), thumbnail_url=still)
        assert row["has_thumbnail"]
        with Image.open(io.BytesIO(await desk.read(row, ".webp"))) as thumbnail:
            assert thumbnail.size == (480, 360)

    async def test_a_video_without_its_still_is_as_good(self, desk: Desk, server: FileServer) -> None:
        row = await desk.take("video", server.serve("/v", whole(files.MP4)), thumbnail_url=f"{server.url}/gone")
        assert (row["state"], row["has_thumbnail"]) == ("stored", False)

    async def test_a_broken_picture_is_kept_as_it_is(self, desk: Desk, server: FileServer) -> None:
        content = picture((900, 900), "JPEG", noisy=True)[:4000]
        row = await desk.take("image", server.serve("/a", whole(content)))
        assert (row["state"], row["has_thumbnail"], row["content_type"]) == ("stored", False, "image/jpeg")

    async def test_a_redirect_within_the_platform_is_followed(self, desk: Desk, server: FileServer) -> None:
        target = server.serve("/b", whole(picture()))
        row = await desk.take("image", server.serve("/a", status("302 Found", f"location: {target}")))
        assert row["state"] == "stored"

    async def test_nobody_is_told_who_we_are(self, desk: Desk, server: FileServer) -> None:
        again = server.serve("/b", whole(picture()))
        cookie = "set-cookie: id=7; Path=/"
        await desk.take("image", server.serve("/a", status("302 Found", cookie, f"location: {again}")))
        await desk.take("image", again)
        heads = "\n".join(server.asked).lower()
        assert server.times("/b") == 2
        assert "cookie" not in heads
        assert "authorization" not in heads
        assert "referer" not in heads

    async def test_browsers_are_told(self, desk: Desk, server: FileServer) -> None:
        row = await desk.take("image", server.serve("/a", whole(picture())))
        [told] = await desk.rows("SELECT * FROM realtime_event WHERE kind = 'message.changed'")
        assert told["conversation_id"] == desk.conversation_id
        assert told["payload"] == {"message_ids": [row["message_id"]]}

    async def test_only_we_may_read_what_lies_on_the_disk(
        self, desk: Desk, server: FileServer, settings: Settings
    ) -> None:
        await desk.take("image", server.serve("/a", whole(picture())))
        folder = settings.data_dir / storing.FOLDER
        modes = {path.is_dir(): path.stat().st_mode & 0o777 for path in [folder, *folder.rglob("*")]}
        assert modes == {True: 0o700, False: 0o600}
        assert list((settings.data_dir / storing.DRAFTS).iterdir()) == []


class TestHarm:
    @pytest.mark.parametrize(
        ("kind", "content", "reason"),
        [
            ("file", files.EXE, "dangerous"),
            ("image", files.EXE, "dangerous"),
            ("file", files.APK, "dangerous"),
            ("file", b"#!/bin/sh\nrm -rf /\n", "dangerous"),
            ("image", picture((9000, 9000), mode="1"), "too-many-pixels"),
        ],
    )
    async def test_what_would_do_harm_is_refused_at_once(
        self, desk: Desk, server: FileServer, kind: str, content: bytes, reason: str
    ) -> None:
        row = await desk.take(kind, server.serve("/it", whole(content, "image/png")))
        assert (row["state"], row["reason"], row["due_at"]) == ("refused", reason, None)
        with pytest.raises(storing.MissingError):
            await desk.read(row)

    async def test_a_harmless_name_does_not_make_a_program_harmless(self, desk: Desk, server: FileServer) -> None:
        row = await desk.take("file", server.serve("/it", whole(files.CSV)), name="bao-gia.csv.bat ")
        assert (row["state"], row["reason"]) == ("refused", "dangerous")

    @pytest.mark.parametrize("content", [files.PDF, files.MP4, b"\x00\x01\x02\x03" * 40])
    async def test_what_is_no_picture_is_a_file(self, desk: Desk, server: FileServer, content: bytes) -> None:
        row = await desk.take("image", server.serve("/it", whole(content, "image/png")))
        assert (row["state"], row["type"]) == ("stored", "file")

    @pytest.mark.parametrize("content", [files.HTML, files.SVG, b'{"error": -100}', b"Link expired"])
    async def test_a_page_in_place_of_a_picture_is_not_kept(
        self, desk: Desk, server: FileServer, move_clock: MoveClock, content: bytes
    ) -> None:
        row = await desk.take("image", server.serve("/it", whole(content, "image/png")))
        for seconds in (10, 60, 300):
            assert row["state"] == "pending", "servers err, and are asked again"
            await move_clock(seconds)
            await desk.fetch()
            [row] = await desk.rows("SELECT * FROM media")
        assert (row["state"], row["reason"]) == ("failed", "not-what-was-said")
        assert server.times("/it") == 4

    @pytest.mark.parametrize(
        "url",
        [
            "http://127.0.0.1:1/x",
            "http://localhost:{port}/x",
            "http://[::1]:{port}/x",
            "http://169.254.169.254/latest/meta-data",
            "http://10.0.0.1/x",
            "http://2130706433:{port}/x",
        ],
    )
    async def test_no_inner_address_is_called(self, desk: Desk, server: FileServer, url: str) -> None:
        port = server.url.rpartition(":")[2]
        row = await desk.take("image", url.format(port=port))
        assert (row["state"], row["reason"]) == ("refused", "forbidden-address")
        assert server.asked == []

    async def test_not_even_by_a_redirect(self, desk: Desk, server: FileServer) -> None:
        url = server.serve("/a", status("302 Found", "location: http://127.0.0.1:9/secret"))
        row = await desk.take("image", url)
        assert (row["state"], row["reason"]) == ("refused", "forbidden-address")

    @pytest.mark.parametrize(
        "url",
        ["file:///etc/passwd", "ftp://example.com/x", "//example.com/x", "javascript:alert(1)", "http://", "không",
         "http://a:b@{host}/it", "http://[::1/x", "https://" + "a" * 70_000],
    )  # fmt: skip
    async def test_only_plain_addresses_are_called(self, desk: Desk, server: FileServer, url: str) -> None:
        server.serve("/it", whole(picture()))
        row = await desk.take("image", url.format(host=server.url.removeprefix("http://")))
        assert (row["state"], row["reason"]) == ("refused", "bad-link")
        assert server.asked == []

    async def test_a_password_in_a_redirect_is_not_sent(self, desk: Desk, server: FileServer) -> None:
        server.serve("/b", whole(picture()))
        hidden = server.url.replace("http://", "http://user:word@")
        row = await desk.take("image", server.serve("/a", status("302 Found", f"location: {hidden}/b")))
        assert (row["state"], row["reason"]) == ("refused", "bad-link")
        assert server.times("/b") == 0

    async def test_redirects_end(self, desk: Desk, server: FileServer) -> None:
        url = server.serve("/a", status("302 Found", f"location: {server.url}/a"))
        row = await desk.take("image", url)
        assert (row["state"], row["reason"]) == ("refused", "bad-link")
        assert len(server.asked) <= 5

    async def test_what_says_that_it_is_too_large_is_not_begun(self, desk: Desk, server: FileServer) -> None:
        async def promise(writer: asyncio.StreamWriter) -> None:
            await head(writer, "200 OK", "content-length: 1000001")
            await asyncio.sleep(60)

        row = await desk.take("image", server.serve("/a", promise))
        assert (row["state"], row["reason"]) == ("refused", "too-large")

    async def test_what_never_ends_is_cut_off(self, desk: Desk, server: FileServer, settings: Settings) -> None:
        row = await desk.take("file", server.serve("/a", endless(bytes(50_000))))
        assert (row["state"], row["reason"]) == ("refused", "too-large")
        assert list((settings.data_dir / storing.DRAFTS).iterdir()) == []

    async def test_what_is_packed_is_not_unpacked(self, desk: Desk, server: FileServer) -> None:
        row = await desk.take("file", server.serve("/a", whole(b"\x1f\x8b", "text/plain", "content-encoding: gzip")))
        assert row["state"] == "pending"

    async def test_a_file_that_cannot_be_measured_is_no_reason_to_lose_it(self, desk: Desk, server: FileServer) -> None:
        row = await desk.take("file", server.serve("/a", whole(picture((9000, 9000), mode="1"))), name="ban-ve.png")
        assert (row["state"], row["type"], row["has_thumbnail"]) == ("stored", "file", False)


class TestTrouble:
    async def test_a_server_in_trouble_is_asked_again_for_a_day(
        self, desk: Desk, server: FileServer, move_clock: MoveClock
    ) -> None:
        row = await desk.take("image", server.serve("/a", status("503 Unavailable")))
        assert (row["state"], row["attempts"]) == ("pending", 1)
        assert 4 < (row["due_at"] - row["created_at"]).total_seconds() < 8
        passed = 0.0
        while row["state"] == "pending":
            passed = (row["due_at"] - row["created_at"]).total_seconds() + 1
            await move_clock(passed)
            await desk.fetch()
            [row] = await desk.rows("SELECT * FROM media")
        assert (row["state"], row["reason"]) == ("failed", "unreachable")
        assert 24 * 3600 < passed < 26 * 3600
        assert 20 < row["attempts"] < 45, "the waits grow"

    async def test_what_comes_back_is_fetched(self, desk: Desk, server: FileServer, move_clock: MoveClock) -> None:
        url = server.serve("/a", status("500 Oh"), cut_off(picture()), status("429 Slow"), whole(picture()))
        await desk.take("image", url)
        for seconds in (10, 30, 60):
            await move_clock(seconds)
            await desk.fetch()
        [row] = await desk.rows("SELECT * FROM media")
        assert (row["state"], row["attempts"]) == ("stored", 4)

    @pytest.mark.parametrize("line", ["404 Not Found", "403 Forbidden", "410 Gone"])
    async def test_an_expired_link_is_given_up_soon(
        self, desk: Desk, server: FileServer, move_clock: MoveClock, line: str
    ) -> None:
        await desk.take("image", server.serve("/a", status(line)))
        for seconds in (10, 60, 300):
            await move_clock(seconds)
            await desk.fetch()
        [row] = await desk.rows("SELECT * FROM media")
        assert (row["state"], row["reason"], row["due_at"]) == ("failed", "link-expired", None)
        told = await desk.rows("SELECT * FROM realtime_event WHERE kind = 'message.changed'")
        assert len(told) == 1, "of the end, not of each try"

    async def test_a_dripping_server_is_given_up(
        self, desk: Desk, server: FileServer, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(download, "WHOLE_SECONDS", 0.3)
        row = await desk.take("image", server.serve("/a", dripping(b"x")))
        assert (row["state"], row["attempts"]) == ("pending", 1)

    async def test_slow_ones_do_not_hold_up_others(self, desk: Desk, server: FileServer) -> None:
        slow, good = server.serve("/slow", dripping(b"x")), server.serve("/good", whole(picture()))
        await desk.say({"type": "image", "url": slow})
        message_id = await desk.say({"type": "image", "url": good})
        assert await desk.fetcher.step() == 2
        sql = "SELECT state FROM media WHERE message_id = :id"
        async with asyncio.timeout(20):
            while await desk.value(sql, id=message_id) != "stored":
                await asyncio.sleep(0.02)
        assert await desk.value("SELECT count(*) FROM media WHERE state = 'pending'") == 1

    async def test_behind_a_backlog_the_newest_and_the_oldest_take_turns(
        self, desk: Desk, server: FileServer, storage: Storage, fetching_settings: Settings, move_clock: MoveClock
    ) -> None:
        said = []
        for number in range(4):
            said.append(await desk.say({"type": "image", "url": server.serve(f"/{number}", whole(picture()))}))
            await move_clock(number)
        one_hand = Fetcher(desk.database, storage, fetching_settings, at_once=1)
        for _ in said:
            await one_hand.step()
            await one_hand.drain()
        await one_hand.close()
        rows = await desk.rows("SELECT message_id FROM media WHERE state = 'stored' ORDER BY stored_at, id")
        fetched = [path.split()[1] for path in server.asked]
        assert (len(rows), fetched) == (4, ["/3", "/0", "/2", "/1"])

    async def test_a_worker_that_ends_gives_back_what_it_had(
        self, desk: Desk, server: FileServer, storage: Storage, fetching_settings: Settings
    ) -> None:
        await desk.say({"type": "image", "url": server.serve("/a", dripping(b"x"), whole(picture()))})
        await desk.fetcher.step()
        await asyncio.sleep(0.1)
        await desk.fetcher.close()
        another = Fetcher(desk.database, storage, fetching_settings)
        assert await another.step() == 1
        await another.drain()
        await another.close()
        [row] = await desk.rows("SELECT * FROM media")
        assert (row["state"], row["attempts"]) == ("stored", 1)

    async def test_what_a_dead_worker_had_is_taken_when_its_time_is_over(
        self, desk: Desk, server: FileServer, move_clock: MoveClock
    ) -> None:
        await desk.say({"type": "image", "url": server.serve("/a", whole(picture()))})
        await desk.rows("UPDATE media SET due_at = due_at + :taken, attempts = 1", taken=fetching.TAKEN_FOR)
        assert await desk.fetch() == 0
        await move_clock(fetching.TAKEN_FOR.total_seconds() + 1)
        assert await desk.fetch() == 1

    async def test_whoever_comes_late_changes_nothing(self, desk: Desk, server: FileServer) -> None:
        async def meanwhile(writer: asyncio.StreamWriter) -> None:
            await desk.rows("UPDATE media SET state = 'failed', reason = 'link-expired', due_at = NULL")
            await whole(picture())(writer)

        row = await desk.take("image", server.serve("/a", meanwhile))
        assert (row["state"], row["reason"]) == ("failed", "link-expired")

    async def test_a_full_disk_is_waited_for(
        self, desk: Desk, server: FileServer, monkeypatch: pytest.MonkeyPatch, move_clock: MoveClock
    ) -> None:
        url = server.serve("/a", whole(picture()))
        monkeypatch.setattr(storing, "free_mb", lambda _folder: 10)
        row = await desk.take("image", url)
        assert (row["state"], server.times("/a")) == ("pending", 0)
        monkeypatch.undo()
        await move_clock(100_000)
        await desk.fetch()
        assert await desk.value("SELECT state FROM media") == "stored", "for as long as it takes"


class TestOnce:
    async def test_noting_again_fetches_nothing_again(self, desk: Desk, server: FileServer) -> None:
        """A replay stores no message anew; even a message noted anew has its files already."""
        attachment = {"type": "image", "url": server.serve("/a", whole(picture()))}
        row = await desk.take("image", attachment["url"])
        async with desk.database.transaction() as connection:
            noted = service.Noted(row["message_id"], desk.conversation_id, [attachment])
            await service.note(connection, [noted], row["created_at"])
        assert await desk.fetch() == 0
        assert server.times("/a") == 1

    async def test_two_workers_fetch_a_file_once(
        self, desk: Desk, server: FileServer, storage: Storage, fetching_settings: Settings
    ) -> None:
        urls = [server.serve(f"/{number}", whole(picture())) for number in range(6)]
        await desk.say(*({"type": "image", "url": url} for url in urls))
        another = Fetcher(desk.database, storage, fetching_settings)
        await asyncio.gather(desk.fetcher.step(), another.step())
        await asyncio.gather(desk.fetcher.drain(), another.drain())
        await another.close()
        assert [server.times(f"/{number}") for number in range(6)] == [1] * 6
        assert await desk.value("SELECT count(*) FROM media WHERE state = 'stored'") == 6


class TestReplay:
    @checks(
        max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
    )
    @given(st.lists(st.integers(0, 2), min_size=1, max_size=8))
    async def test_whatever_comes_again_is_fetched_once(
        self, owner_db: Database, desk: Desk, server: FileServer, fetching_settings: Settings, order: list[int]
    ) -> None:
        """Webhooks come twice and in any order, and the journal is applied again: a file is fetched for each message,
        not for each time that we hear of it."""
        oa_id = new_key()
        oa = await connect_oa(fetching_settings, owner_db, oa_id=oa_id)
        for number in range(3):
            server.serve(f"/{number}", whole(picture((8, 8))))
        server.asked.clear()
        await oa.take(*(_with_picture(oa_id, number, f"{server.url}/{number}") for number in order))
        await desk.fetch()
        assert await replay(owner_db, account_id=oa.account_id, progress=lambda _count: None) == len(order)
        await oa.drain()
        assert await desk.fetch() == 0
        assert [server.times(f"/{number}") for number in range(3)] == [int(number in order) for number in range(3)]
        states = await oa.rows(
            "SELECT m.state FROM media m JOIN conversation c ON c.id = m.conversation_id WHERE c.account_id = :id",
            id=oa.account_id,
        )
        assert states == [{"state": "stored"}] * len(set(order))


class TestNote:
    async def test_only_what_has_bytes(self, desk: Desk) -> None:
        await desk.say(
            {"type": "location", "latitude": 10.7},
            {"type": "image", "url": "https://example.com/x", "width": -5, "height": 10**12, "size_bytes": 2**60},
            {"type": "link", "url": "https://example.com"},
            {"type": "file", "name": "báo giá.pdf", "size_bytes": 1200},
        )
        rows = await desk.rows("SELECT * FROM media ORDER BY position")
        assert [(row["position"], row["type"], row["state"], row["reason"]) for row in rows] == [
            (1, "image", "pending", None),
            (3, "file", "failed", "no-link"),
        ]
        assert (rows[0]["width"], rows[0]["height"], rows[0]["size_bytes"]) == (None, None, None)
        assert (rows[1]["name"], rows[1]["size_bytes"]) == ("báo giá.pdf", 1200)


class TestOpen:
    async def test_the_sender_gets_the_bytes_and_a_name(self, desk: Desk, storage: Storage) -> None:
        media_id = await desk.store(files.PDF, "application/pdf")
        found = await service.open(desk.database, storage, media_id)
        assert found == (files.PDF, "application/pdf", f"file-{media_id}.pdf")

    async def test_what_is_not_there(self, desk: Desk, storage: Storage) -> None:
        with pytest.raises(storing.MissingError):
            await service.open(desk.database, storage, 404)


class TestUpkeep:
    async def test_what_nobody_sent_is_gone_after_a_day(
        self, desk: Desk, storage: Storage, move_clock: MoveClock, people: Any
    ) -> None:
        sent = await desk.store(files.PDF, "application/pdf")
        waiting = await desk.store(files.CSV, "text/csv")
        await desk.rows(
            "UPDATE media SET message_id = NULL, staff_id = :staff WHERE id = :id", id=waiting, staff=people.owner.id
        )
        [row] = await desk.rows("SELECT * FROM media WHERE id = :id", id=waiting)
        assert await upkeep.step(desk.database, storage) == 0
        await move_clock(25 * 3600)
        assert await upkeep.step(desk.database, storage) == 1
        assert await desk.rows("SELECT id FROM media") == [{"id": sent}]
        with pytest.raises(storing.MissingError):
            await desk.read(row)
        assert (await service.open(desk.database, storage, sent)).content == files.PDF

    async def test_drafts_of_the_dead_are_swept(self, storage: Storage, settings: Settings) -> None:
        with storage.draft() as path:
            kept = Path(path.parent, "old")
            kept.write_bytes(b"x")
            storage.sweep_drafts(path.stat().st_mtime + 100)
            assert not kept.exists()
