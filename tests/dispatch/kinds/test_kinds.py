"""Each kind of message, over HTTP, to the phone of the simulated customer."""

import pytest

from sokhach.channels.outgoing import Button
from sokhach.dispatch.composing import InfoRequest, Said
from tests.dispatch.kinds.sending import shown, uploaded
from tests.support.zalo import Desk, later


class TestKinds:
    @pytest.mark.parametrize("kind", ["image", "gif", "file"])
    async def test_files(self, desk: Desk, kind: str) -> None:
        [message] = await desk.say(Said(media_ids=(await uploaded(desk, kind),)))
        await desk.work()
        assert await desk.delivery(message) == ("sent", None)
        [there] = shown(desk)
        assert there["type"] == kind
        row = await desk.row("SELECT message_id, position FROM media")
        assert (row["message_id"], row["position"]) == (message, 0)

    async def test_a_short_text_goes_as_the_caption_of_the_first_picture(self, desk: Desk) -> None:
        files = (await uploaded(desk, "image"), await uploaded(desk, "gif"))
        ids = await desk.say(Said(text="Mẫu mới về ạ", media_ids=files))
        assert len(ids) == 2
        await desk.work()
        assert [(one["type"], one["text"] or "") for one in shown(desk)] == [("image", "Mẫu mới về ạ"), ("gif", "")]

    async def test_words_go_before_a_file(self, desk: Desk) -> None:
        await desk.say(Said(text="Báo giá đây ạ", media_ids=(await uploaded(desk, "file"),)))
        await desk.work()
        assert [one["type"] for one in shown(desk)] == ["text", "file"]

    async def test_a_long_text_is_split_and_leaves_in_order(self, desk: Desk) -> None:
        words = " ".join(f"từ{n}" for n in range(1_000))
        ids = await desk.say(Said(text=words))
        assert len(ids) > 2
        await desk.work()
        assert all(len(part) <= 2_000 for part in desk.phone())
        assert " ".join(desk.phone()) == words

    async def test_a_part_that_waits_holds_back_those_behind_it(self, desk: Desk) -> None:
        desk.fault("api_error", error=-211, message="Out of quota", count=1)
        words = " ".join(f"từ{n}" for n in range(1_000))
        await desk.say(Said(text=words))
        await desk.work()
        assert desk.phone() == []
        later(5_000)
        await desk.work()
        assert " ".join(desk.phone()) == words

    async def test_sticker(self, desk: Desk) -> None:
        [message] = await desk.say(Said(sticker_id="46625"))
        await desk.work()
        assert await desk.delivery(message) == ("sent", None)
        assert shown(desk)[-1]["type"] == "sticker"

    async def test_a_sticker_that_does_not_exist_fails_in_words(self, desk: Desk) -> None:
        [message] = await desk.say(Said(sticker_id="0"))
        await desk.work()
        assert await desk.delivery(message) == ("failed", "invalid-field")

    async def test_quote(self, desk: Desk) -> None:
        asked = await desk.value("SELECT id FROM message WHERE direction = 'in'")
        known_as = await desk.value("SELECT external_id FROM message WHERE id = :id", id=asked)
        await desk.say(Said(text="Dạ còn ạ", quote_message_id=asked))
        await desk.work()
        assert shown(desk)[-1]["quote_msg_id"] == known_as

    async def test_a_message_of_ours_can_be_quoted_once_zalo_has_it(self, desk: Desk) -> None:
        first = await desk.write("một")
        await desk.work()
        await desk.say(Said(text="hai", quote_message_id=first))
        await desk.work()
        one, two = shown(desk)
        assert two["quote_msg_id"] == one["msg_id"]

    async def test_buttons(self, desk: Desk) -> None:
        buttons = (
            Button(title="Xem mẫu", type="oa.open.url", payload="https://shop.example/mau"),
            Button(title="Còn màu nào?", type="oa.query.show", payload="Còn màu nào ạ?"),
            Button(title="Gọi shop", type="oa.open.phone", payload="0912345678"),
            Button(title="Nhắn", type="oa.open.sms", payload="0912345678", content="Chào shop"),
        )
        [message] = await desk.say(Said(text="Mời chị chọn", buttons=buttons))
        await desk.work()
        assert await desk.delivery(message) == ("sent", None)
        assert desk.phone() == ["Mời chị chọn"]

    async def test_request_for_details(self, desk: Desk) -> None:
        [message] = await desk.say(Said(request_info=InfoRequest("Giao hàng", "Cho shop xin địa chỉ")))
        await desk.work()
        assert await desk.delivery(message) == ("sent", None)
        assert desk.phone() == ["Giao hàng"]


class TestQuota:
    async def test_what_zalo_says_with_each_send_is_kept(self, desk: Desk) -> None:
        await desk.write("Dạ")
        await desk.work()
        row = await desk.row("SELECT kind, remain, total, thread_key FROM channel_quota")
        assert row == {"kind": "reply", "remain": 8, "total": 8, "thread_key": desk.user_id}
