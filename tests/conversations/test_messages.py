"""A thread as the API shows it: every kind of message with what belongs to it."""

from typing import Any

import httpx
import pytest

from sokhach.core.catalogue import TEXTS
from sokhach.core.config import Settings
from sokhach.core.database import Database
from tests.channels.zalo_oa.events import GROUP, USER, every_event
from tests.support.oa import OA, at, connect_oa, echoed, ms, said

EVENTS = every_event()
pytestmark = pytest.mark.caller("manager")


@pytest.fixture
async def oa(settings: Settings, owner_db: Database) -> OA:
    return await connect_oa(settings, owner_db)


async def thread(oa: OA, client: httpx.AsyncClient, key: str = USER, **query: Any) -> list[dict[str, Any]]:
    conversation_id = await oa.value("SELECT id FROM conversation WHERE thread_key = :key", key=key)
    answer = await client.get(
        f"/api/conversations/{conversation_id}/messages", params=query, headers={"accept-language": "vi"}
    )
    assert answer.status_code == 200, answer.text
    return answer.json()["items"]


class TestKinds:
    async def test_each_with_its_attachment(self, oa: OA, client: httpx.AsyncClient) -> None:
        kinds = ("image", "gif", "sticker", "audio", "video", "file", "location", "link", "business_card")
        await oa.take(*(EVENTS[f"user_send_{kind}"] for kind in kinds))
        shown = {message["kind"]: message["attachments"][0] for message in await thread(oa, client)}
        for kind in ("image", "gif", "sticker", "audio", "video", "file"):
            assert (shown[kind]["type"], shown[kind]["state"], shown[kind]["url"]) == (kind, "pending", None)
            assert shown[kind]["media_id"]
            assert shown[kind]["state_text"]
        assert (shown["file"]["name"], shown["file"]["size_bytes"]) == ("Báo giá.pdf", 53000)
        place = shown["location"]
        assert (place["latitude"], place["longitude"], place["state"], place["media_id"]) == (
            10.7769,
            106.7009,
            "none",
            None,
        )
        assert (shown["link"]["link_url"], shown["link"]["description"]) == ("https://shop.example", "Cửa hàng")
        assert shown["contact_card"]["phone"] == "84900000001"

    async def test_no_address_of_the_platform_reaches_a_browser(self, oa: OA, client: httpx.AsyncClient) -> None:
        """It would tell the platform who looks, and it expires."""
        await oa.take(EVENTS["user_send_image"], EVENTS["user_send_video"])
        assert "cdn.example" not in str(await thread(oa, client))


class TestQuotes:
    async def test_of_the_customer_of_ours_and_of_what_is_not_here(self, oa: OA, client: httpx.AsyncClient) -> None:
        await oa.take(said(USER, "m1", at(0), "Còn màu đỏ không?"), echoed(USER, "m2", at(1), "Dạ còn"))
        for number, quoted in enumerate(("m1", "m2", "m-unknown")):
            payload = said(USER, f"q{number}", at(10 + number), "Cái này")
            payload["message"]["quote_msg_id"] = quoted
            await oa.take(payload)
        first, second, *answers = await thread(oa, client)
        assert first["quote"] is None
        assert [answer["quote"] for answer in answers] == [
            {"message_id": first["id"], "author_name": None, "direction": "in", "kind": "text",
             "text": "Còn màu đỏ không?"},
            {"message_id": second["id"], "author_name": None, "direction": "out", "kind": "text", "text": "Dạ còn"},
            {"message_id": None, "author_name": None, "direction": None, "kind": None, "text": None},
        ]  # fmt: skip

    async def test_of_another_conversation_is_not_here(self, oa: OA, client: httpx.AsyncClient) -> None:
        payload = said(USER, "q1", at(10))
        payload["message"]["quote_msg_id"] = "m-other"
        await oa.take(said("9002", "m-other", at(0), "Bí mật"), echoed("9002", "m-ours", at(1), "Bí mật"), payload)
        [shown] = await thread(oa, client)
        assert shown["quote"]["message_id"] is None


class TestReactions:
    async def test_of_both_sides(self, oa: OA, client: httpx.AsyncClient) -> None:
        await oa.take(said(USER, "in-text", at(0)), echoed(USER, "out-text", at(1)))
        await oa.take(EVENTS["user_reacted_message"], EVENTS["oa_reacted_message"])
        theirs, ours = await thread(oa, client)
        assert theirs["reactions"] == [{"icon": "/-strong", "count": 1, "names": ["Điện Minh Long"], "mine": True}]
        assert ours["reactions"] == [{"icon": "/-heart", "count": 1, "names": [], "mine": False}]
        assert (theirs["can_react"], theirs["can_quote"]) == (True, True)
        assert (ours["can_react"], ours["can_quote"]) == (False, True)

    async def test_one_that_was_taken_back_is_gone(self, oa: OA, client: httpx.AsyncClient) -> None:
        await oa.take(said(USER, "in-text", at(0)), EVENTS["oa_reacted_message"])
        removed = EVENTS["oa_reacted_message"] | {"message": {"msg_id": "in-text", "react_icon": "/-remove"}}
        await oa.take(removed | {"timestamp": ms(at(5))})
        [shown] = await thread(oa, client)
        assert shown["reactions"] == []


class TestEvents:
    async def test_are_told_in_words(self, oa: OA, client: httpx.AsyncClient) -> None:
        names = ("follow", "user_click_chatnow", "user_submit_info", "user_withdraw", "user_call_oa")
        await oa.take(*(EVENTS[name] for name in names))
        shown = {message["event"]["name"]: message["event"]["text"] for message in await thread(oa, client)}
        assert shown == {
            "follow": "Khách đã quan tâm OA",
            "user_click_chatnow": "Khách bấm “Nhắn tin” trên trang của OA",
            "user_submit_info": "Khách đã chia sẻ thông tin liên hệ",
            "user_withdraw": "Khách yêu cầu xóa dữ liệu cá nhân",
            "user_call_oa": "Khách gọi đến OA (thoại): đã nói chuyện, 60 giây",
        }

    async def test_of_a_group_name_people(self, oa: OA, client: httpx.AsyncClient) -> None:
        await oa.take(EVENTS["user_join_group"], said(USER, "m1", at(1)))
        await oa.value("UPDATE contact_identity SET display_name = 'Lan' RETURNING id")
        [joined] = await thread(oa, client, GROUP)
        assert joined["event"]["text"] == "Lan vào nhóm"
        assert joined["author"]["kind"] == "system"

    async def test_whoever_sees_a_group_sees_who_is_in_it(self, oa: OA, client: httpx.AsyncClient) -> None:
        """Though nobody ever wrote to them alone."""
        await oa.take(EVENTS["user_send_group_text"], EVENTS["user_join_group"])
        picture = "https://cdn.example/lan.jpg"
        await oa.value("UPDATE contact_identity SET display_name = 'Lan', avatar_url = :url RETURNING id", url=picture)
        shown = {message["kind"]: message for message in await thread(oa, client, GROUP)}
        assert (shown["text"]["author"]["name"], shown["text"]["author"]["avatar_url"]) == ("Lan", picture)
        assert shown["event"]["event"]["text"] == "Lan vào nhóm"

    async def test_quotes_and_reactions_in_a_group_name_people(self, oa: OA, client: httpx.AsyncClient) -> None:
        first = EVENTS["user_send_group_text"]
        answer = first | {"message": first["message"] | {"msg_id": "q1", "quote_msg_id": first["message"]["msg_id"]}}
        await oa.take(first, answer | {"timestamp": ms(at(9))})
        await oa.value("UPDATE contact_identity SET display_name = 'Lan' RETURNING id")
        await oa.value(
            "INSERT INTO reaction (account_id, thread_key, external_id, author, icon, at)"
            " VALUES (:account, :thread, :message, :user, '/-heart', :at) RETURNING 1",
            account=oa.account_id, thread=GROUP, message=first["message"]["msg_id"], user=USER, at=at(10),
        )  # fmt: skip
        said_first, answered = await thread(oa, client, GROUP)
        assert said_first["reactions"] == [{"icon": "/-heart", "count": 1, "names": ["Lan"], "mine": False}]
        assert answered["quote"]["author_name"] == "Lan"

    async def test_each_has_words_in_both_languages(self) -> None:
        """Whatever a channel leaves out."""
        from sokhach.channels.words import event_text

        for locale in ("vi", "en"):
            for key in TEXTS[locale]:
                if key.startswith("event.") and key.count(".") == 1:
                    assert event_text(locale, key.removeprefix("event."), {})
            assert "dances" in event_text(locale, "user_dances", {})


class TestTemplates:
    async def test_with_what_the_customer_answered(self, oa: OA, client: httpx.AsyncClient) -> None:
        template = {"event_name": "oa_send_template"} | {
            key: EVENTS["oa_send_template"][key] for key in ("sender", "recipient", "timestamp")
        }
        payload = {"zinstant_id": "8", "text": "Đơn DH1 đã giao", "link_url": "https://shop.example/1"}
        message = {"msg_id": "zns-1", "attachments": [{"type": "template", "payload": payload}]}
        await oa.take(EVENTS["user_feedback"], template | {"message": message}, EVENTS["user_click_response_button"])
        [shown] = await thread(oa, client)
        assert (shown["kind"], shown["text"]) == ("template", "Đơn DH1 đã giao")
        assert shown["template"]["link_url"] == "https://shop.example/1"
        assert {answer["text"] for answer in shown["template"]["answers"]} == {
            "Khách đánh giá 5/5. Tôi rất hài lòng.; Nhân viên vui vẻ",
            "Khách bấm nút “Gọi lại cho tôi”",
        }


class TestSome:
    async def test_those_that_changed_are_read_again(self, oa: OA, client: httpx.AsyncClient) -> None:
        await oa.take(*(said(USER, f"m{number}", at(number)) for number in range(4)), said("9002", "other", at(0)))
        shown = await thread(oa, client)
        other = await oa.value("SELECT id FROM message WHERE external_id = 'other'")
        some = await thread(oa, client, ids=f"{shown[2]['id']},{shown[0]['id']},{other},999999")
        assert some == [shown[0], shown[2]]

    @pytest.mark.parametrize("ids", ["", "x", "1,", "-1", ",".join(["1"] * 101), "9" * 16])
    async def test_lists_that_are_none(self, oa: OA, client: httpx.AsyncClient, ids: str) -> None:
        await oa.take(said(USER, "m1", at(0)))
        conversation_id = await oa.value("SELECT id FROM conversation")
        answer = await client.get(f"/api/conversations/{conversation_id}/messages", params={"ids": ids})
        assert answer.status_code == 400
