"""From what is to be sent to what a session is asked."""

from datetime import UTC, datetime
from typing import Any

import pytest

from sokhach.channels.connector import SendRefusedError
from sokhach.channels.outgoing import (
    Asset,
    Content,
    Mentioned,
    Outgoing,
    OutgoingInfoRequest,
    OutgoingMedia,
    OutgoingReaction,
    OutgoingSticker,
    OutgoingText,
)
from sokhach.channels.zalo_personal import labels, outbound
from sokhach.channels.zalo_personal.outbound import Named
from sokhach.channels.zalo_personal.protocol import Label, Mention, React, Send

AT = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
SAID = Named(
    names=["200:111", "m:7001", "m:70"], kind="text", body="Còn hàng không", content={}, author="200", sent_at=AT
)


def request(content: Content, *, group: bool = False, **given: Any) -> Any:
    outgoing = Outgoing(
        thread_key="900" if group else "200", thread_kind="group" if group else "direct", content=content
    )
    return outbound.request_of(5, outgoing, **{"target": None, "quoted": None, **given})


class TestRequests:
    def test_words_are_composed(self) -> None:
        found = request(OutgoingText(text="Cha\u0300o"))
        assert found == Send(account=5, thread="200", group=False, kind="text", text="Chào")

    def test_mentions_go_along_in_a_group(self) -> None:
        found = request(OutgoingText(text="@Lan ơi", mentions=(Mentioned("300", 0, 4),)), group=True)
        assert (found.group, found.thread, found.mentions) == (True, "900", (Mention("300", 0, 4),))

    def test_a_quote_is_what_zalo_sent(self) -> None:
        quote = request(OutgoingText(text="Dạ còn"), quoted=SAID).quote
        assert (quote["msgId"], quote["cliMsgId"], quote["uidFrom"]) == ("70", "111", "200")
        assert (quote["content"], quote["msgType"], quote["ts"]) == ("Còn hàng không", "webchat", "1795399200000")

    def test_a_picture_has_its_file_and_its_words(self) -> None:
        asset = Asset(
            kind="image", media_id=1, digest="d", name="a.jpg", content_type="image/jpeg", size_bytes=9, path="/x"
        )
        found = request(OutgoingMedia(asset=asset, caption="Mẫu mới"))
        assert (found.kind, found.text, found.file.path, found.file.size) == ("image", "Mẫu mới", "/x", 9)

    def test_without_bytes_nothing_is_asked(self) -> None:
        asset = Asset(kind="file", media_id=1, digest="d", name="a", content_type="text/plain", size_bytes=9)
        with pytest.raises(SendRefusedError) as refused:
            request(OutgoingMedia(asset=asset))
        assert refused.value.retry_after_seconds is not None

    def test_a_sticker_by_its_numbers(self) -> None:
        found = request(OutgoingSticker(sticker_id="21:3:7")).sticker
        assert (found.id, found.cate_id, found.type) == (21, 3, 7)
        with pytest.raises(SendRefusedError):
            request(OutgoingSticker(sticker_id="abc"))

    def test_a_reaction_names_the_message_twice(self) -> None:
        found = request(OutgoingReaction(external_id="200:111", icon="/-heart"), target=SAID)
        assert found == React(account=5, thread="200", group=False, msg_id="70", cli_msg_id="111", icon="/-heart")

    def test_what_is_not_named_yet_waits_for_its_echo(self) -> None:
        ours = Named(names=["m:7001"], kind="text", body="Dạ", content={}, author="1", sent_at=AT)
        with pytest.raises(SendRefusedError) as refused:
            outbound.undo_of(5, "200", False, ours)
        assert (refused.value.reason, refused.value.retry_after_seconds) == ("not-named-yet", 5)
        with pytest.raises(SendRefusedError) as refused:
            outbound.undo_of(5, "200", False, None)
        assert refused.value.retry_after_seconds is None

    def test_what_only_an_oa_has_is_refused(self) -> None:
        with pytest.raises(SendRefusedError):
            request(OutgoingInfoRequest(title="a", subtitle="b"))


class TestLabels:
    LIST = (
        Label(id=1, text="VIP", conversations=["200", "g900"], extra={"offset": 3}),
        Label(id=4, text="Sỉ", conversations=[]),
    )

    def test_a_person_comes_to_a_label_and_the_others_stay_as_they_are(self) -> None:
        found = labels.changed(self.LIST, "300", "VIP", "added")
        assert found is not None
        assert (found[0].conversations, found[0].extra, found[1]) == (
            ["200", "g900", "300"],
            {"offset": 3},
            self.LIST[1],
        )

    def test_a_label_that_is_not_there_is_made(self) -> None:
        found = labels.changed(self.LIST, "300", "Khách cũ", "added")
        assert found is not None
        assert [*found[:2]] == [*self.LIST]
        assert (found[2].id, found[2].text, found[2].conversations) == (5, "Khách cũ", ["300"])

    def test_a_person_leaves_one(self) -> None:
        found = labels.changed(self.LIST, "200", "VIP", "removed")
        assert found is not None
        assert found[0].conversations == ["g900"]

    def test_what_is_so_already_is_not_written(self) -> None:
        assert labels.changed(self.LIST, "200", "VIP", "added") is None
        assert labels.changed(self.LIST, "300", "VIP", "removed") is None
        assert labels.changed(self.LIST, "300", "Không có", "removed") is None
