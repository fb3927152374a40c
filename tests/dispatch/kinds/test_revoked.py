"""Permission that is taken back while something is being sent."""

from sokhach.dispatch.composing import Said
from tests.dispatch.kinds.sending import UPLOAD, shown, uploaded
from tests.support.zalo import Desk, later


class TestRevoked:
    async def test_in_the_middle_of_a_send_it_waits_and_is_sent_once_after_reconnecting(self, desk: Desk) -> None:
        desk.fault("token_revocation", refresh_too=True, count=1)
        first = await desk.write("một")
        [second] = await desk.say(Said(media_ids=(await uploaded(desk, "image"),)))
        await desk.work()
        assert await desk.delivery(first) == ("queued", "token")
        assert await desk.delivery(second) == ("queued", None)
        assert await desk.health() == ("down", "token-revoked")
        later(3_600)
        await desk.work()
        assert shown(desk) == []
        await desk.reconnect()
        await desk.work()
        assert await desk.health() == ("ok", None)
        assert [one["type"] for one in shown(desk)] == ["text", "image"]
        assert await desk.in_outbox() == []

    async def test_in_the_middle_of_an_upload_too(self, desk: Desk) -> None:
        desk.fault("token_revocation", path=f"{UPLOAD}image", refresh_too=True, count=1)
        [message] = await desk.say(Said(media_ids=(await uploaded(desk, "image"),)))
        await desk.work()
        assert await desk.delivery(message) == ("queued", "token")
        await desk.reconnect()
        await desk.work()
        assert await desk.delivery(message) == ("sent", None)
        assert len(shown(desk)) == 1
