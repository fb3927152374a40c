"""What lasts long, and what comes late, stands in nobody's way."""

import asyncio

import pytest

from sokhach.channels import service as accounts
from sokhach.channels.rules import UNREACHABLE
from sokhach.channels.zalo_personal.cap_service import Caps
from sokhach.channels.zalo_personal.protocol import Send
from sokhach.core import clock
from sokhach.core.storage import Storage
from sokhach.dispatch.sender import Sender
from tests.dispatch.personal.test_phone_meanwhile import say
from tests.support.personal_sending import SendingDesk


async def test_uploads_that_hang_leave_hands_for_words(desk: SendingDesk) -> None:
    gates = {"zalo_personal": Caps(desk.settings.timezone)}
    storage = Storage.of(desk.settings)
    sender = Sender(desk.database, {"zalo_personal": desk.connector}, storage, at_once=3, files_at_once=2, gates=gates)
    over = asyncio.Event()

    async def hang(request: Send) -> None:
        if request.file is not None:
            await over.wait()

    pictures = [await say(desk, "image", await desk.meet(f"20000000000000001{n}")) for n in range(5)]
    words = [await desk.write("Dạ", await desk.meet(f"20000000000000002{n}")) for n in range(4)]
    desk.answers.extend([hang] * 9)
    for _ in range(12):
        await sender.step()
        await asyncio.sleep(0.15)
    try:
        assert [(await desk.delivery(one))[0] for one in words] == ["sent"] * 4
        assert [(await desk.delivery(one))[0] for one in pictures] == ["sending", "sending", *["queued"] * 3]
    finally:
        over.set()
        await sender.drain()
    for _ in range(4):
        await sender.step()
        await sender.drain()
    assert [(await desk.delivery(one))[0] for one in pictures] == ["sent"] * 5


@pytest.mark.parametrize(
    ("channel", "health", "reason", "after"),
    [
        ("zalo_personal", "down", "personal-taken-over", "down"),
        ("zalo_personal", "down", "personal-kicked", "down"),
        ("zalo_personal", "down", "personal-stopped", "down"),
        ("zalo_personal", "down", "personal-needs-login", "down"),
        ("zalo_personal", "degraded", "personal-silent", "degraded"),
        ("zalo_personal", "degraded", UNREACHABLE, "ok"),
        ("zalo_personal", "unknown", None, "ok"),
        ("zalo_oa", "down", "token-revoked", "ok"),
    ],
)
async def test_a_late_yes_does_not_raise_a_dead_session(
    desk: SendingDesk, channel: str, health: str, reason: str | None, after: str
) -> None:
    await desk.run(
        "UPDATE channel_account SET channel = :channel, health = :health, health_reason = :reason WHERE id = :id",
        channel=channel,
        health=health,
        reason=reason,
    )
    async with desk.database.transaction() as connection:
        await accounts.sends_work(connection, desk.account_id, clock.now())
    [row] = await desk.rows("SELECT health, health_reason, last_outbound_at FROM channel_account WHERE id = :id")
    assert (row["health"], row["health_reason"]) == (after, reason if after != "ok" else None)
    assert row["last_outbound_at"] is not None
