"""What Zalo answers when it is asked: profiles and history."""

from typing import Any, ClassVar

import pytest

from sokhach.channels.connector import InboundDetails, InboundMessage, InboundProfile, InboundTag
from tests.channels.zalo_oa.events import USER
from tests.channels.zalo_oa.inbound.reading import EVENTS, parsed, refused
from tests.support.oa import OA_ID, at, ms


class TestProfile:
    def test_reply(self) -> None:
        data = {
            "user_id": USER,
            "display_name": " Nguyễn Thị Lan ",
            "avatar": "https://cdn.example/lan.jpg",
            "user_is_follower": True,
            "user_alias": "Khách VIP",
            "tags_and_notes_info": {"notes": [], "tag_names": ["VIP", " "]},
            "shared_info": {"phone": 84912345678, "name": "", "city": "Bình Dương"},
        }
        assert parsed({"data": data, "error": 0, "message": "Success"}, "profile") == [
            InboundProfile(
                person=USER,
                display_name="Nguyễn Thị Lan",
                avatar_url="https://cdn.example/lan.jpg",
                following=True,
                at=at(3600),
            ),
            InboundDetails(person=USER, phone="84912345678", city="Bình Dương", alias="Khách VIP", at=at(3600)),
            InboundTag(name="VIP", people=(USER,), change="added", at=at(3600)),
        ]

    @pytest.mark.parametrize("odd", [[], "", 7, {"phone": []}, {"phone": {"a": 1}}])
    def test_odd_details_cost_no_profile(self, odd: Any) -> None:
        data = {"user_id": USER, "display_name": "Lan", "shared_info": odd, "tags_and_notes_info": odd}
        [profile] = parsed({"data": data}, "profile")
        assert isinstance(profile, InboundProfile)

    def test_what_it_does_not_say_is_not_known(self) -> None:
        [profile] = parsed({"data": {"user_id": USER, "display_name": "Lan", "avatar": ""}}, "profile")
        assert isinstance(profile, InboundProfile)
        assert (profile.following, profile.avatar_url) == (None, None)

    def test_an_error_is_no_profile(self) -> None:
        assert refused({"error": -216, "message": "Access token is invalid"}, "profile") == "missing-field"


class TestHistory:
    ITEM: ClassVar[dict[str, Any]] = {
        "src": 1,
        "time": int(ms(at(0))),
        "type": "text",
        "message": "Còn hàng không ạ?",
        "message_id": "in-text",
        "from_id": USER,
        "to_id": OA_ID,
        "from_display_name": "Lan",
    }

    def test_is_the_message_that_the_webhook_brings(self) -> None:
        assert parsed(self.ITEM, "history") == parsed(EVENTS["user_send_text"])

    def test_of_our_side(self) -> None:
        [message] = parsed(self.ITEM | {"src": 0, "from_id": OA_ID, "to_id": USER}, "history")
        assert isinstance(message, InboundMessage)
        assert (message.direction, message.thread_key) == ("out", USER)

    @pytest.mark.parametrize(
        ("more", "kind"),
        [
            ({"type": "photo", "url": "https://cdn.example/a.jpg", "message": ""}, "image"),
            ({"type": "GIF", "url": "https://cdn.example/a.gif"}, "gif"),
            ({"type": "voice", "url": "https://cdn.example/a.amr"}, "audio"),
            ({"type": "sticker", "url": "https://cdn.example/s.png"}, "sticker"),
            ({"type": "link", "url": "https://shop.example", "thumb": "", "description": "Cửa hàng"}, "link"),
            ({"type": "links", "links": [{"url": "https://shop.example/1", "title": "Một"}]}, "link"),
            ({"type": "location", "location": {"latitude": "10.7", "longitude": "106.7"}}, "location"),
            ({"type": "location", "location": '{"latitude":10.7,"longitude":106.7}'}, "location"),
            ({"type": "location", "location": "ở nhà"}, "unsupported"),
            ({"type": "photo"}, "unsupported"),
            ({"type": "hologram"}, "unsupported"),
        ],
    )
    def test_kinds(self, more: dict[str, Any], kind: str) -> None:
        [message] = parsed(self.ITEM | more, "history")
        assert isinstance(message, InboundMessage)
        assert message.kind == kind
        assert len(message.attachments) == (kind != "unsupported")

    @pytest.mark.parametrize("field", ["src", "time", "message_id", "from_id", "to_id"])
    def test_parts_that_are_needed(self, field: str) -> None:
        assert (
            refused({name: value for name, value in self.ITEM.items() if name != field}, "history") == "missing-field"
        )

    def test_of_another_oa(self) -> None:
        assert refused(self.ITEM | {"to_id": "1"}, "history") == "unknown-shape"
