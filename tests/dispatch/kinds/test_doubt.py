"""Messages of which nobody can tell whether they arrived, and what settles them."""

from datetime import timedelta

import pytest
from sqlalchemy import text

from sokhach.conversations.intake import Receipt, apply_receipts
from sokhach.core import clock
from sokhach.dispatch import rules
from sokhach.dispatch.composing import InfoRequest, Said
from tests.dispatch.kinds.sending import shown, uploaded
from tests.support.zalo import Desk, later


class TestDoubt:
    """What nobody can tell is settled by what Zalo shows, for every kind."""

    async def said(self, desk: Desk, kind: str) -> int:
        if kind == "sticker":
            [message] = await desk.say(Said(sticker_id="46625"))
        elif kind == "request":
            [message] = await desk.say(Said(request_info=InfoRequest("Giao hàng", "Cho shop xin địa chỉ")))
        else:
            [message] = await desk.say(Said(media_ids=(await uploaded(desk, kind),)))
        return message

    @pytest.mark.parametrize("kind", ["image", "gif", "sticker"])
    async def test_the_history_settles_it(self, desk: Desk, kind: str) -> None:
        desk.fault("api_lost_reply", count=1)
        message = await self.said(desk, kind)
        await desk.work()
        assert await desk.delivery(message) == ("uncertain", "no-answer")
        later(4)
        await desk.work()
        assert await desk.delivery(message) == ("sent", None)
        assert len(shown(desk)) == 1

    @pytest.mark.parametrize("kind", ["image", "gif", "file", "sticker", "request"])
    async def test_its_echo_settles_it(self, desk: Desk, kind: str) -> None:
        desk.fault("api_lost_reply", count=1)
        message = await self.said(desk, kind)
        await desk.work()
        assert await desk.delivery(message) == ("uncertain", "no-answer")
        await desk.hear_echo()
        assert await desk.delivery(message) == ("sent", None)
        assert await desk.value("SELECT count(*) FROM message WHERE direction = 'out'") == 1

    @pytest.mark.parametrize("fault", ["api_status", "api_html"])
    @pytest.mark.parametrize("kind", ["image", "sticker", "request"])
    async def test_what_never_arrived_is_never_sent_again_by_itself(self, desk: Desk, kind: str, fault: str) -> None:
        desk.fault(fault, count=1)
        message = await self.said(desk, kind)
        await desk.work()
        for seconds in rules.LOOKS_AFTER_SECONDS:
            later(seconds + 1)
            await desk.work()
        assert await desk.delivery(message) == ("uncertain", "no-answer")
        assert shown(desk) == []

    async def test_another_kind_does_not_settle_it(self, desk: Desk) -> None:
        """Only the sticker that never arrived is in doubt; the picture that an admin sent is the admin's."""
        desk.fault("api_status", status=503, count=1)
        message = await self.said(desk, "sticker")
        await desk.work()
        desk.zalo.order(f"/oas/{desk.oa_id}/admin-messages", user_id=desk.user_id, text="Dạ", admin_id="9")
        later(4)
        await desk.work()
        assert await desk.delivery(message) == ("uncertain", "no-answer")

    async def test_a_picture_of_somebody_else_does_not_settle_it(self, desk: Desk) -> None:
        """Ours never arrived. Half a minute later a bot of the account sends one."""
        desk.fault("api_status", status=503, count=1)
        message = await self.said(desk, "image")
        await desk.work()
        assert await desk.delivery(message) == ("uncertain", "no-answer")
        payload = {"url": "https://cdn.example/bot.jpg", "thumbnail": "https://cdn.example/bot.jpg"}
        await desk.hear(
            {
                "app_id": desk.app_id,
                "sender": {"id": desk.oa_id},
                "recipient": {"id": desk.user_id},
                "event_name": "oa_send_image",
                "message": {"msg_id": "of-a-bot", "attachments": [{"type": "image", "payload": payload}]},
                "timestamp": str(round((clock.now() + timedelta(seconds=30)).timestamp() * 1000)),
            },
            desk.user_id,
        )
        assert await desk.delivery(message) == ("uncertain", "no-answer")
        assert await desk.value("SELECT count(*) FROM message WHERE direction = 'out'") == 2


class TestSettledByPeople:
    async def test_an_echo_that_comes_afterwards_joins_it(self, desk: Desk) -> None:
        desk.fault("api_lost_reply", count=1)
        message = await desk.write("Dạ")
        await desk.work()
        await desk.settle(message, "sent")
        await desk.hear_echo()
        assert await desk.value("SELECT count(*) FROM message WHERE direction = 'out'") == 1
        known_as = await desk.value("SELECT external_id FROM message_alias WHERE message_id = :id", id=message)
        assert known_as == shown(desk)[-1]["msg_id"]

    async def test_an_echo_proves_a_person_wrong(self, desk: Desk) -> None:
        desk.fault("api_lost_reply", count=1)
        message = await desk.write("Dạ")
        await desk.work()
        await desk.settle(message, "not_sent")
        await desk.hear_echo()
        assert await desk.delivery(message) == ("sent", None)
        assert await desk.value("SELECT count(*) FROM message WHERE direction = 'out'") == 1

    async def test_the_phone_proves_a_person_wrong(self, desk: Desk) -> None:
        """A template by phone has no echo: the receipt under our own name is all that there is."""
        desk.fault("api_status", status=503, count=1)
        message = await desk.write("Dạ")
        await desk.work()
        await desk.settle(message, "not_sent")
        async with desk.database.transaction() as connection:
            account = await desk.value("SELECT id FROM channel_account")
            alias = "INSERT INTO message_alias (account_id, external_id, message_id) VALUES (:a, 'tracking:1', :m)"
            await connection.execute(text(alias), {"a": account, "m": message})
            receipt = Receipt(account_id=account, external_id="tracking:1", kind="delivered", at=clock.now())
            await apply_receipts(connection, [receipt], clock.now())
        assert await desk.delivery(message) == ("delivered", None)

    async def test_a_later_message_with_the_same_words_is_not_taken_for_one_in_doubt(self, desk: Desk) -> None:
        desk.fault("api_status", status=503, count=1)
        first = await desk.write("ok")
        await desk.work()
        for seconds in rules.LOOKS_AFTER_SECONDS:
            later(seconds + 1)
            await desk.work()
        sent = desk.zalo.order(f"/oas/{desk.oa_id}/admin-messages", user_id=desk.user_id, text="ok", admin_id="9")
        moved = round(clock.now().timestamp() * 1000)
        await desk.hear_echo(timestamp=str(moved), msg_id=sent["msg_id"])
        assert await desk.delivery(first) == ("uncertain", "no-answer")
        assert await desk.value("SELECT count(*) FROM message WHERE direction = 'out'") == 2
