"""Each kind of message, over HTTP, to the phone of the simulated customer; and each way in which that can go wrong."""

import io
from datetime import timedelta
from hashlib import sha256
from typing import Any

import pytest
from PIL import Image
from sqlalchemy import text

from sokhach.channels import template_sync
from sokhach.channels.outgoing import Button
from sokhach.conversations.intake import Receipt, apply_receipts
from sokhach.core import clock
from sokhach.core.storage import new_key
from sokhach.dispatch import reactions, rules
from sokhach.dispatch.composing import InfoRequest, Said, TemplateChoice
from tests.support.zalo import Desk, later

UPLOAD = "/v2.0/oa/upload/"
TEMPLATE_PATH = "/v3.0/oa/message/template"
ZNS_PATH = "/message/template"


def picture(form: str = "JPEG", colour: str = "navy") -> bytes:
    drawn = io.BytesIO()
    Image.new("RGB", (48, 32), colour).save(drawn, form)
    return drawn.getvalue()


FILES = {
    "image": ("mau.jpg", "image/jpeg", picture()),
    "gif": ("mau.gif", "image/gif", picture("GIF")),
    "file": ("bao-gia.pdf", "application/pdf", b"%PDF-1.7\n1 0 obj"),
}


async def uploaded(desk: Desk, kind: str, content: bytes | None = None) -> int:
    """A file as the console's upload leaves it."""
    name, content_type, sample = FILES[kind]
    content = content or sample
    key = new_key()
    await desk.storage.put(key, content)
    return await desk.value(
        """
        INSERT INTO media (conversation_id, position, staff_id, state, type, content_type, name, size_bytes, width,
            height, sha256, storage_key, has_thumbnail, attempts, created_at, stored_at)
        VALUES (:conversation, 0, :staff, 'stored', :kind, :content_type, :name, :size, 48, 32, :sha, :key, false, 0,
            :now, :now)
        RETURNING id
        """,
        conversation=desk.conversation_id,
        staff=desk.person.id,
        kind=kind,
        content_type=content_type,
        name=name,
        size=len(content),
        sha=sha256(content).digest(),
        key=key,
        now=clock.now(),
    )


def shown(desk: Desk) -> list[dict[str, Any]]:
    """What the OA sent, as the customer's phone shows it."""
    there = desk.zalo.read(f"/oas/{desk.oa_id}/users/{desk.user_id}/messages")
    return [message for message in there if message["src"] == 0]


def uploads(desk: Desk) -> int:
    """How often a file was uploaded, as the one fault that was ordered counts; it only slows."""
    [fault] = desk.zalo.read("/faults")
    return fault["fired"]


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
            receipt = Receipt(external_id="tracking:1", kind="delivered", at=clock.now())
            await apply_receipts(connection, account, [receipt], clock.now())
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


class TestTemplates:
    async def sync(self, desk: Desk) -> list[dict[str, Any]]:
        desk.zalo.order(f"/oas/{desk.oa_id}/zns/samples")
        while await template_sync.step(desk.database, {"zalo_oa": desk.connector}):
            pass
        return desk.zalo.read(f"/oas/{desk.oa_id}/zns/templates")["items"]

    def filled(self, template: dict[str, Any]) -> dict[str, str]:
        return {param["name"]: param["sample"] for param in template["params"]}

    async def choice(self, desk: Desk, via: Any) -> TemplateChoice:
        template = next(one for one in await self.sync(desk) if one["status"] == "ENABLE" and one["tag"] != "OTP")
        return TemplateChoice(template["template_id"], self.filled(template), via)

    async def give_phone(self, desk: Desk, phone: str = "+84912345678") -> None:
        await desk.execute(
            "INSERT INTO contact_identity (contact_id, kind, external_id, first_seen_at)"
            " SELECT contact_id, 'phone', :phone, :now FROM conversation WHERE id = :id",
            phone=phone,
            now=clock.now(),
            id=desk.conversation_id,
        )
        desk.zalo.put(f"/oas/{desk.oa_id}/zns/phones/{phone[1:]}")

    async def test_are_read_with_fields_and_prices(self, desk: Desk) -> None:
        there = await self.sync(desk)
        known = await desk.rows("SELECT * FROM channel_template ORDER BY template_id")
        assert {one["template_id"] for one in known} == {one["template_id"] for one in there}
        enabled = next(one for one in there if one["status"] == "ENABLE" and one["params"])
        row = next(one for one in known if one["template_id"] == enabled["template_id"])
        assert [one["name"] for one in row["params"]] == [one["name"] for one in enabled["params"]]
        assert (row["price_phone"], row["price_uid"]) == (enabled["price_dong"], enabled["price_uid_dong"])

    async def test_by_id_reaches_somebody_after_the_window(self, desk: Desk) -> None:
        choice = await self.choice(desk, "uid")
        later(timedelta(days=30).total_seconds())
        await desk.give_tokens()
        [message] = await desk.say(Said(template=choice))
        await desk.work()
        assert await desk.delivery(message) == ("sent", None)
        assert len(shown(desk)) == 1

    async def test_by_phone_is_found_by_its_receipt_though_the_answer_was_lost(self, desk: Desk) -> None:
        choice = await self.choice(desk, "phone")
        await self.give_phone(desk)
        desk.fault("api_lost_reply", path=ZNS_PATH, count=1)
        [message] = await desk.say(Said(template=choice))
        await desk.work()
        assert await desk.delivery(message) == ("uncertain", "no-answer")
        [there] = desk.zalo.read(f"/oas/{desk.oa_id}/zns/messages")["items"]
        now = round(clock.now().timestamp() * 1000)
        await desk.hear(
            {
                "sender": {"id": desk.oa_id},
                "recipient": {"id": "84912345678"},
                "event_name": "user_received_message",
                "message": {"delivery_time": str(now), "msg_id": there["msg_id"], "tracking_id": there["tracking_id"]},
                "app_id": desk.app_id,
                "timestamp": str(now),
            },
            "84912345678",
        )
        assert (await desk.delivery(message))[0] == "delivered"

    async def test_by_phone(self, desk: Desk) -> None:
        choice = await self.choice(desk, "phone")
        await self.give_phone(desk)
        [message] = await desk.say(Said(template=choice))
        await desk.work()
        assert await desk.delivery(message) == ("sent", None)
        [there] = desk.zalo.read(f"/oas/{desk.oa_id}/zns/messages")["items"]
        assert there["tracking_id"] == f"sokhach-{message}"
        names = await desk.rows("SELECT external_id FROM message_alias WHERE message_id = :id", id=message)
        assert {one["external_id"] for one in names} == {there["msg_id"], f"tracking:sokhach-{message}"}

    @pytest.mark.parametrize(
        ("code", "reason"),
        [(-118, "no-zalo"), (-146, "template-disabled"), (-115, "zca-money"), (-131, "template-not-approved")],
    )
    async def test_what_zalo_says_of_it_stays_with_it(self, desk: Desk, code: int, reason: str) -> None:
        choice = await self.choice(desk, "phone")
        await self.give_phone(desk)
        desk.fault("api_error", path=ZNS_PATH, error=code, message="no", count=1)
        [message] = await desk.say(Said(template=choice))
        answer = await desk.write("Dạ")
        await desk.work()
        assert await desk.delivery(message) == ("failed", reason)
        assert await desk.delivery(answer) == ("sent", None)

    async def test_a_package_too_small_for_templates_does_not_stop_answers(self, desk: Desk) -> None:
        choice = await self.choice(desk, "uid")
        desk.fault("api_error", path=TEMPLATE_PATH, error=-224, message="package", count=1)
        [message] = await desk.say(Said(template=choice))
        answer = await desk.write("Dạ")
        await desk.work()
        assert await desk.delivery(message) == ("failed", "package")
        assert await desk.delivery(answer) == ("sent", None)

    async def test_night_is_waited_for(self, desk: Desk) -> None:
        choice = await self.choice(desk, "uid")
        desk.fault("api_error", path=TEMPLATE_PATH, error=-234, message="night", count=1)
        [message] = await desk.say(Said(template=choice))
        await desk.work()
        assert await desk.delivery(message) == ("queued", "night")
        later(timedelta(hours=23).total_seconds())
        await desk.give_tokens()
        await desk.work()
        assert await desk.delivery(message) == ("sent", None)

    async def test_are_read_again_when_zalo_tells_of_a_change(self, desk: Desk) -> None:
        await self.sync(desk)
        assert await template_sync.step(desk.database, {"zalo_oa": desk.connector}) == 0
        await desk.execute(
            "INSERT INTO channel_event (account_id, name, key, at) VALUES (:id, 'change_template_status', 'k', :now)",
            id=desk.account_id,
            now=clock.now(),
        )
        assert await template_sync.step(desk.database, {"zalo_oa": desk.connector}) == 1
        assert await template_sync.step(desk.database, {"zalo_oa": desk.connector}) == 0

    async def test_a_change_does_not_defeat_the_wait_after_a_failure(self, desk: Desk) -> None:
        await self.sync(desk)
        desk.fault("api_status", path="/template/all", status=503)
        await desk.execute(
            "INSERT INTO channel_event (account_id, name, key, at) VALUES (:id, 'change_template_status', 'k', :now)",
            id=desk.account_id,
            now=clock.now(),
        )
        connectors = {"zalo_oa": desk.connector}
        assert await template_sync.step(desk.database, connectors) == 1
        assert await template_sync.step(desk.database, connectors) == 0
        later(template_sync.AGAIN_AFTER.total_seconds() + 1)
        assert await template_sync.step(desk.database, connectors) == 1
        assert await template_sync.step(desk.database, connectors) == 0

    async def test_a_host_out_of_reach_is_asked_again_later(self, desk: Desk) -> None:
        desk.fault("api_status", path="/template/all", status=503, count=1)
        assert await template_sync.step(desk.database, {"zalo_oa": desk.connector}) == 1
        row = await desk.row("SELECT reason, synced_at FROM channel_template_sync")
        assert (row["reason"], row["synced_at"]) == ("platform-busy", None)
        later(template_sync.AGAIN_AFTER.total_seconds() + 1)
        await self.sync(desk)
        assert await desk.value("SELECT count(*) FROM channel_template") > 0


class TestQuota:
    async def test_what_zalo_says_with_each_send_is_kept(self, desk: Desk) -> None:
        await desk.write("Dạ")
        await desk.work()
        row = await desk.row("SELECT kind, remain, total, thread_key FROM channel_quota")
        assert row == {"kind": "reply", "remain": 8, "total": 8, "thread_key": desk.user_id}
