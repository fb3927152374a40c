"""Messages of every kind, whose they are and where they belong."""

import json
from typing import Any

import pytest

from sokhach.channels.connector import Attachment, InboundName, InboundRecall, Mention
from tests.channels.zalo_personal.inbound.reading import heard, refused, said
from tests.channels.zalo_personal.items import GROUP, OWN, PEER, journalled, message, named, undone
from tests.support.oa import at


def rich(**fields: Any) -> dict[str, Any]:
    params = fields.pop("params", {})
    base = {"title": "", "description": "", "href": "", "thumb": "", "childnumber": 0, "action": "", "type": ""}
    return {**base, **fields, "params": params if isinstance(params, str) else json.dumps(params)}


class TestWhose:
    def test_a_customer_writes(self) -> None:
        one = said(message(1, at(5)))
        assert (one.thread_key, one.thread_kind, one.person, one.direction) == (PEER, "direct", PEER, "in")
        assert (one.external_id, one.aliases) == (f"{PEER}:1784347000001", (named(1),))
        assert (one.kind, one.text, one.author, one.sent_at) == ("text", "Còn hàng không shop?", None, at(5))

    def test_the_holder_writes_on_their_phone(self) -> None:
        one = said(message(1, at(5), own=True))
        assert (one.thread_key, one.person, one.direction, one.author) == (PEER, PEER, "out", OWN)
        assert one.external_id == f"{OWN}:1784347000001"

    def test_the_accounts_own_uid_is_the_account_too(self) -> None:
        written = {"uidFrom": OWN, "idTo": PEER}
        assert said(message(1, at(5)) | written) == said(message(1, at(5), own=True))

    def test_in_a_group(self) -> None:
        theirs = said(message(1, at(5), group=GROUP), 521, "groupMsgs")
        assert (theirs.thread_key, theirs.thread_kind, theirs.person) == (GROUP, "group", PEER)
        ours = said(message(2, at(6), own=True, group=GROUP), 521, "groupMsgs")
        assert (ours.thread_key, ours.direction, ours.person, ours.author) == (GROUP, "out", None, OWN)

    def test_a_note_to_oneself_is_nobodys(self) -> None:
        assert heard(message(1, at(5)) | {"uidFrom": "0", "idTo": "0"}) == []

    def test_who_writes_is_named_in_passing(self) -> None:
        assert InboundName(person=PEER, name="Khách 260", at=at(5)) in heard(message(1, at(5)))
        assert not any(isinstance(one, InboundName) for one in heard(message(1, at(5), own=True)))

    @pytest.mark.parametrize("cmd", [501, 510])
    def test_old_messages_are_messages(self, cmd: int) -> None:
        assert said(message(1, at(5)), cmd) == said(message(1, at(5)))


class TestNames:
    def test_a_second_id(self) -> None:
        one = said(message(1, at(5), realMsgId="77"))
        assert one.aliases == (named(1), "m:77")

    def test_numbers_are_ids_as_well(self) -> None:
        written = message(1, at(5))
        written |= {key: int(written[key]) for key in ("msgId", "cliMsgId", "uidFrom", "realMsgId")}
        assert said(written) == said(message(1, at(5)))

    @pytest.mark.parametrize("missing", ["", "0", 0, None])
    def test_without_the_senders_id(self, missing: Any) -> None:
        one = said(message(1, at(5), cliMsgId=missing))
        assert (one.external_id, one.aliases) == (named(1), ())

    def test_without_any_id(self) -> None:
        assert refused(journalled(message(1, at(5)) | {"msgId": "0", "cliMsgId": None})) == "missing-field"

    def test_without_a_sender(self) -> None:
        assert refused(journalled(message(1, at(5)) | {"uidFrom": None})) == "missing-field"

    @pytest.mark.parametrize("ts", [None, "", "bald", "-5", 10**30, True, {}])
    def test_a_time_that_says_nothing_is_that_of_receipt(self, ts: Any) -> None:
        assert said(message(1, at(5), ts=ts)).sent_at == at(3600)


URL = "https://f1-zpg.zdn.vn/1/x"
KINDS: dict[str, tuple[str, Any, str, str | None, Attachment]] = {
    "photo": (
        "chat.photo",
        rich(title="mẫu này", href=URL, thumb=f"{URL}-s", params={"width": 800, "height": 600, "hd": f"{URL}-hd"}),
        "image",
        "mẫu này",
        Attachment(type="image", url=f"{URL}-hd", thumbnail_url=f"{URL}-s", width=800, height=600),
    ),
    "doodle": ("chat.doodle", rich(href=URL), "image", None, Attachment(type="image", url=URL)),
    "voice": (
        "chat.voice",
        rich(href=f"{URL}.amr", params={"m4a": f"{URL}.m4a", "fileSize": "9000"}),
        "audio",
        None,
        Attachment(type="audio", url=f"{URL}.m4a", size_bytes=9000),
    ),
    "sticker": (
        "chat.sticker",
        {"id": 2311, "catId": 10, "type": 7},
        "sticker",
        None,
        Attachment(type="sticker", external_id="2311"),
    ),
    "link": (
        "chat.recommended",
        rich(title="xem cái này", href=URL, action="recommened.link", params={"mediaTitle": "Đèn LED"}),
        "link",
        "xem cái này",
        Attachment(type="link", url=URL, title="Đèn LED"),
    ),
    "card": (
        "chat.recommended",
        rich(title="Anh Tuấn", action="recommened.user", description='{"phone":"0912345678","gUid":"991"}'),
        "contact_card",
        None,
        Attachment(type="contact_card", name="Anh Tuấn", title="Anh Tuấn", phone="0912345678", external_id="991"),
    ),
    "location": (
        "chat.location.new",
        rich(title="12 Lê Lợi", params={"latitude": "10.77", "longitude": "106.70"}),
        "location",
        None,
        Attachment(type="location", latitude=10.77, longitude=106.70, title="12 Lê Lợi"),
    ),
    "video": (
        "chat.video.msg",
        rich(href=URL, thumb=f"{URL}-s", params={"video_width": 1280, "video_height": 720, "fileSize": 5}),
        "video",
        None,
        Attachment(type="video", url=URL, thumbnail_url=f"{URL}-s", width=1280, height=720, size_bytes=5),
    ),
    "file": (
        "share.file",
        rich(title="bao-gia.pdf", href=URL, params={"fileSize": "120034", "checksum": "0cc1"}),
        "file",
        None,
        Attachment(type="file", url=URL, name="bao-gia.pdf", size_bytes=120034, checksum="0cc1"),
    ),
    "gif": ("chat.gif", rich(href=URL), "gif", None, Attachment(type="gif", url=URL)),
}


class TestKinds:
    @pytest.mark.parametrize("name", KINDS)
    def test_each(self, name: str) -> None:
        msg_type, content, kind, text, attachment = KINDS[name]
        one = said(message(1, at(5), content, msg_type=msg_type))
        assert (one.kind, one.text, one.attachments) == (kind, text, (attachment,))

    @pytest.mark.parametrize("name", KINDS)
    def test_without_what_makes_it_what_it_is(self, name: str) -> None:
        one = said(message(1, at(5), {"title": "Không mở được"}, msg_type=KINDS[name][0]))
        assert one.kind in {"unsupported", KINDS[name][2]}
        assert one.event is None or one.event == KINDS[name][0]

    @pytest.mark.parametrize("msg_type", ["chat.todo", "group.poll", "chat.bank", "", None])
    def test_what_is_not_supported_shows_its_words(self, msg_type: str) -> None:
        one = said(message(1, at(5), rich(title="Họp lúc 9 giờ"), msg_type=msg_type))
        assert (one.kind, one.text) == ("unsupported", "Họp lúc 9 giờ")
        assert one.event == (msg_type or "?")

    def test_styled_words_are_words(self) -> None:
        assert said(message(1, at(5), rich(title="giảm 20%", action="rtf"))).text == "giảm 20%"

    @pytest.mark.parametrize("words", ['{"title":"x","deleteMsg":1}', "{lạ", "[1]", "  hai  dòng\n"])
    def test_what_looks_like_json_is_what_was_typed(self, words: str) -> None:
        one = said(message(1, at(5), words))
        assert (one.kind, one.text) == ("text", words)

    def test_a_call(self) -> None:
        content = rich(action="recommened.misscall", params={"duration": 0, "calltype": 1})
        one = said(message(1, at(5), content, msg_type="chat.recommended"))
        assert (one.kind, one.event, one.direction, one.interacts) == ("event", "zalo_call", "in", False)
        assert one.details == {"call": "VIDEO", "status": "missed", "duration_seconds": "0", "people": [PEER]}
        ours = said(message(1, at(5), content, msg_type="chat.recommended", own=True))
        assert (ours.event, ours.direction) == ("zalo_call_out", "in")


class TestAround:
    def test_a_quote_names_the_message_and_says_what_it_was(self) -> None:
        quote = {"ownerId": OWN, "cliMsgId": 17, "globalMsgId": 8055261175081, "msg": "dạ shop nghe", "fromD": "Shop"}
        one = said(message(1, at(5), quote=quote))
        assert one.quoted_external_id == "m:8055261175081"
        assert one.details["quote"] == {"name": "Shop", "text": "dạ shop nghe"}

    def test_a_quote_by_the_writers_id(self) -> None:
        quote = {"ownerId": "0", "cliMsgId": 17, "globalMsgId": 0}
        assert said(message(1, at(5), quote=quote)).quoted_external_id == f"{OWN}:17"

    def test_mentions_stand_where_the_text_has_them(self) -> None:
        decomposed = "Ho\u0323p 🌸 @Chi\u0323 Hoa nhé"
        mentions = [{"uid": OWN, "pos": 8, "len": 9, "type": 0}, {"uid": "-1", "pos": 0, "len": 99}, {"uid": OWN}, 7]
        one = said(message(1, at(5), decomposed, group=GROUP, mentions=mentions), 521, "groupMsgs")
        assert one.text == "Họp 🌸 @Chị Hoa nhé"
        [mention] = one.mentions
        assert mention == Mention(uid=OWN, pos=7, len=8)
        units = (one.text or "").encode("utf-16-le")
        assert units[mention.pos * 2 : (mention.pos + mention.len) * 2].decode("utf-16-le") == "@Chị Hoa"

    def test_a_customer_takes_back_what_they_wrote(self) -> None:
        [one] = heard(undone(9, 1, at(60)))
        wanted = (named(1), f"{PEER}:1784347000001")
        assert one == InboundRecall(external_ids=wanted, thread_key=PEER, by="customer", at=at(60))

    def test_the_holder_takes_back_what_they_wrote(self) -> None:
        [one] = heard(undone(9, 1, at(60), own=True, group=GROUP), 521, "groupMsgs")
        assert isinstance(one, InboundRecall)
        assert (one.by, one.thread_key, one.external_ids[1]) == ("staff", GROUP, f"{OWN}:1784347000001")
