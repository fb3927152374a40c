"""Reactions of our side."""

from sokhach.dispatch import reactions
from tests.support.zalo import Desk, later


class TestReactions:
    async def put(self, desk: Desk, icon: str | None) -> int:
        message = await desk.value("SELECT id FROM message WHERE direction = 'in'")
        await desk.react(message, icon)
        await reactions.step(desk.database, {"zalo_oa": desk.connector})
        return message

    async def state(self, desk: Desk) -> tuple[str, str | None]:
        row = await desk.row("SELECT state, reason FROM outgoing_reaction ORDER BY id DESC LIMIT 1")
        return row["state"], row["reason"]

    async def test_reach_zalo_and_are_shown(self, desk: Desk) -> None:
        await self.put(desk, "/-heart")
        assert await self.state(desk) == ("sent", None)
        assert await desk.value("SELECT icon FROM reaction WHERE author = ''") == "/-heart"
        await self.put(desk, None)
        assert await desk.value("SELECT icon FROM reaction WHERE author = ''") is None

    async def test_a_lost_answer_is_not_tried_again(self, desk: Desk) -> None:
        desk.fault("api_lost_reply", path="/v2.0/oa/message", count=1)
        await self.put(desk, "/-heart")
        assert await self.state(desk) == ("uncertain", "no-answer")
        later(3_600)
        assert await reactions.step(desk.database, {"zalo_oa": desk.connector}) == 0

    async def test_a_refusal_for_now_is_tried_again(self, desk: Desk) -> None:
        desk.fault("api_error", path="/v2.0/oa/message", error=-211, message="Out of quota", count=1)
        await self.put(desk, "/-heart")
        assert await self.state(desk) == ("queued", "quota-out")
        later(5_000)
        await reactions.step(desk.database, {"zalo_oa": desk.connector})
        assert await self.state(desk) == ("sent", None)

    async def test_a_revoked_token_makes_it_wait(self, desk: Desk) -> None:
        desk.fault("token_revocation", path="/v2.0/oa/message", refresh_too=True, count=1)
        await self.put(desk, "/-heart")
        assert await self.state(desk) == ("queued", "token")
        assert await desk.health() == ("down", "token-revoked")
