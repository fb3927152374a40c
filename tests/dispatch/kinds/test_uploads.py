"""The files of messages at Zalo: once each, anew when they ended, and what goes wrong on the way."""

from datetime import timedelta

import pytest

from sokhach.dispatch.composing import Said
from tests.dispatch.kinds.sending import UPLOAD, shown, uploaded
from tests.support.zalo import Desk, later


def uploads(desk: Desk) -> int:
    """How often a file was uploaded, as the one fault that was ordered counts; it only slows."""
    [fault] = desk.zalo.read("/faults")
    return fault["fired"]


class TestUploads:
    async def test_the_same_bytes_are_uploaded_once(self, desk: Desk) -> None:
        desk.fault("api_slow", path=f"{UPLOAD}image", delay_ms=1)
        await desk.say(Said(media_ids=(await uploaded(desk, "image"),)))
        await desk.work()
        await desk.say(Said(media_ids=(await uploaded(desk, "image"),)))
        await desk.work()
        assert [one["type"] for one in shown(desk)] == ["image", "image"]
        assert uploads(desk) == 1

    async def test_after_its_life_it_is_uploaded_again(self, desk: Desk) -> None:
        desk.fault("api_slow", path=f"{UPLOAD}image", delay_ms=1)
        await desk.say(Said(media_ids=(await uploaded(desk, "image"),)))
        await desk.work()
        later(timedelta(days=6, hours=20).total_seconds())
        await desk.say(Said(media_ids=(await uploaded(desk, "image"),)))
        await desk.work()
        assert len(shown(desk)) == 2
        assert uploads(desk) == 2

    async def test_one_that_zalo_lost_sooner_is_uploaded_again_and_sent_once(self, desk: Desk) -> None:
        first = await desk.say(Said(media_ids=(await uploaded(desk, "image"),)))
        await desk.work()
        desk.fault("api_error", error=-100, message="attachment_id has expired", count=1)
        [second] = await desk.say(Said(media_ids=(await uploaded(desk, "image"),)))
        await desk.work()
        assert await desk.delivery(second) == ("sent", None)
        assert len(shown(desk)) == len(first) + 1

    async def test_one_that_is_never_taken_ends(self, desk: Desk) -> None:
        desk.fault("api_error", error=-100, message="attachment_id has expired")
        [message] = await desk.say(Said(media_ids=(await uploaded(desk, "image"),)))
        await desk.work()
        assert await desk.delivery(message) == ("failed", "asset-expired")
        assert shown(desk) == []

    @pytest.mark.parametrize("fault", ["api_status", "api_html", "api_lost_reply"])
    async def test_a_lost_answer_to_an_upload_leaves_nothing_in_doubt(self, desk: Desk, fault: str) -> None:
        desk.fault(fault, path=f"{UPLOAD}image", count=1)
        [message] = await desk.say(Said(media_ids=(await uploaded(desk, "image"),)))
        await desk.work()
        assert await desk.delivery(message) == ("queued", "platform-busy")
        later(10)
        await desk.work()
        assert await desk.delivery(message) == ("sent", None)
        assert len(shown(desk)) == 1

    async def test_a_file_that_is_no_longer_stored_fails_in_words(self, desk: Desk) -> None:
        media_id = await uploaded(desk, "image")
        await desk.storage.delete([await desk.value("SELECT storage_key FROM media WHERE id = :id", id=media_id)])
        [message] = await desk.say(Said(media_ids=(media_id,)))
        await desk.work()
        assert await desk.delivery(message) == ("failed", "file-gone")

    async def test_what_zalo_does_not_take_fails_in_words(self, desk: Desk) -> None:
        [message] = await desk.say(Said(media_ids=(await uploaded(desk, "image", b"no picture at all"),)))
        await desk.work()
        assert await desk.delivery(message) == ("failed", "invalid-field")
