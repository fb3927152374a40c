"""Stickers of which only the number came."""

from datetime import timedelta
from typing import Any

import pytest

from sokhach.channels.connector import SendRefusedError
from sokhach.conversations.media import locating
from sokhach.conversations.media.rules import UNREACHABLE_FOR
from sokhach.core import clock
from tests.conftest import MoveClock
from tests.conversations.media.conftest import Desk
from tests.support.files import FileServer, picture, whole

SMILE = {"type": "sticker", "external_id": "46625"}


class Platform:
    """Implements `Locator`. `urls`: what it knows; `trouble`: it cannot be asked now."""

    def __init__(self, **urls: str) -> None:
        self.urls = {name.removeprefix("n"): url for name, url in urls.items()}
        self.trouble = False
        self.accounts = frozenset({7, 8})
        self.asked: list[tuple[int, str]] = []

    def held(self) -> frozenset[int]:
        return self.accounts

    async def locate_sticker(self, account_id: int, sticker_id: str) -> str | None:
        self.asked.append((account_id, sticker_id))
        if self.trouble:
            raise SendRefusedError("platform-busy", "in trouble", retry_after_seconds=10)
        return self.urls.get(sticker_id)


async def step(desk: Desk, platform: Platform) -> int:
    """The desk's account is of this channel."""
    return await locating.step(desk.database, {"zalo_oa": platform})


async def states(desk: Desk) -> list[tuple[Any, ...]]:
    rows = await desk.rows("SELECT state, reason FROM media ORDER BY id")
    return [(row["state"], row["reason"]) for row in rows]


class TestFound:
    async def test_it_is_asked_for_once_and_fetched_for_all(self, desk: Desk, server: FileServer) -> None:
        content = picture((130, 130), mode="RGBA")
        platform = Platform(n46625=server.serve("/smile.png", whole(content)))
        for _ in range(3):
            await desk.say(SMILE)
        assert await states(desk) == [("pending", None)] * 3
        assert await step(desk, platform) == 1
        await desk.fetch()
        assert await states(desk) == [("stored", None)] * 3
        [row, *_] = await desk.rows("SELECT * FROM media")
        assert (row["type"], row["width"]) == ("sticker", 130)
        assert await desk.read(row) == content
        await desk.say(SMILE)
        assert await step(desk, platform) == 0
        await desk.fetch()
        assert await states(desk) == [("stored", None)] * 4
        assert len(platform.asked) == 1

    async def test_with_a_link_nobody_is_asked(self, desk: Desk, server: FileServer) -> None:
        await desk.say({**SMILE, "url": server.serve("/smile.png", whole(picture((130, 130))))})
        platform = Platform()
        assert await step(desk, platform) == 0
        await desk.fetch()
        assert await states(desk) == [("stored", None)]
        assert platform.asked == []


class TestNotFound:
    async def test_there_is_none_such_and_tomorrow_there_may_be(
        self, desk: Desk, server: FileServer, move_clock: MoveClock
    ) -> None:
        platform = Platform()
        message_id = await desk.say(SMILE)
        await step(desk, platform)
        assert await states(desk) == [("failed", "no-link")]
        told = await desk.rows("SELECT payload FROM realtime_event WHERE kind = 'message.changed'")
        assert [row["payload"] for row in told] == [{"message_ids": [message_id]}]
        await desk.say(SMILE)
        assert await step(desk, platform) == 0
        assert await states(desk) == [("failed", "no-link")] * 2
        await move_clock((locating.UNKNOWN_FOR + timedelta(minutes=1)).total_seconds())
        platform.urls["46625"] = server.serve("/smile.png", whole(picture((130, 130))))
        await desk.say(SMILE)
        assert await step(desk, platform) == 1
        await desk.fetch()
        assert await states(desk) == [("failed", "no-link")] * 2 + [("stored", None)]

    async def test_of_a_channel_that_tells_nothing(self, desk: Desk) -> None:
        await desk.say(SMILE)
        assert await locating.step(desk.database, {"zalo_personal": Platform(), "zalo_oa": object()}) == 0
        assert await states(desk) == [("failed", "no-link")]

    async def test_trouble_is_waited_out_for_a_day(self, desk: Desk, server: FileServer, move_clock: MoveClock) -> None:
        platform = Platform(n46625=server.serve("/smile.png", whole(picture((130, 130)))))
        platform.trouble = True
        await desk.say(SMILE)
        for _ in range(3):
            assert await step(desk, platform) == 1
            assert await step(desk, platform) == 0, "not at once again"
            await desk.rows("UPDATE sticker SET due_at = :now", now=clock.now())
        assert await states(desk) == [("pending", None)]
        assert {account for account, _ in platform.asked} == {7, 8}, "another account may be luckier"
        await move_clock((UNREACHABLE_FOR + timedelta(minutes=1)).total_seconds())
        await step(desk, platform)
        assert await states(desk) == [("failed", "no-link")]

    async def test_while_no_session_is_here_it_waits(self, desk: Desk, move_clock: MoveClock) -> None:
        platform = Platform()
        platform.accounts = frozenset()
        await desk.say(SMILE)
        assert await step(desk, platform) == 0
        await move_clock((2 * UNREACHABLE_FOR).total_seconds())
        assert await step(desk, platform) == 0
        assert (await states(desk), platform.asked) == ([("pending", None)], [])


@pytest.mark.parametrize("attachment", [{"type": "sticker"}, {"type": "image", "external_id": "46625"}])
async def test_what_has_no_number_cannot_be_found(desk: Desk, attachment: dict[str, Any]) -> None:
    await desk.say(attachment)
    assert await states(desk) == [("failed", "no-link")]
