import msgspec
import pytest

from sokhach.channels.connector import Outgoing, SendRefusedError
from sokhach.channels.zalo_oa.client import NoAnswerError
from sokhach.channels.zalo_oa.limits import text_length
from sokhach.channels.zalo_oa.outbound import request_of, to_history, to_sent
from sokhach.core import clock

NFD = "Tie\u0302\u0301ng Vie\u0323\u0302t"


def outgoing(text: str, quoted: str | None = None) -> Outgoing:
    return Outgoing(thread_key="1", thread_kind="direct", text=text, quoted_external_id=quoted)


class TestRequest:
    def test_text_goes_in_normal_form_c(self) -> None:
        body = msgspec.json.encode(request_of(outgoing(NFD)))
        assert msgspec.json.decode(body) == {"recipient": {"user_id": "1"}, "message": {"text": "Tiếng Việt"}}

    def test_quote(self) -> None:
        body = msgspec.json.decode(msgspec.json.encode(request_of(outgoing("Dạ", quoted="abc"))))
        assert body["message"] == {"text": "Dạ", "quote_message_id": "abc"}

    def test_length_is_measured_after_composing(self) -> None:
        assert len(NFD * 200) > 2_000
        request_of(outgoing((NFD * 200)[:2_600]))
        with pytest.raises(SendRefusedError):
            request_of(outgoing("a" * 2_001))

    def test_an_emoji_counts_two(self) -> None:
        assert text_length("🥲") == 2
        with pytest.raises(SendRefusedError):
            request_of(outgoing("🥲" * 1_001))

    def test_groups_come_later(self) -> None:
        with pytest.raises(SendRefusedError):
            request_of(Outgoing(thread_key="1", thread_kind="group", text="Dạ"))


class TestSent:
    def test_id_and_time_of_the_platform(self) -> None:
        sent = to_sent(msgspec.Raw(b'{"message_id":"63ec","sent_time":"1626926349402"}'), clock.now())
        assert sent.external_id == "63ec"
        assert sent.sent_at.isoformat() == "2021-07-22T03:59:09.402000+00:00"

    @pytest.mark.parametrize("time", [b"null", b'"soon"', b'""', b'"99999999999999999999"'])
    def test_an_odd_time_is_replaced_by_ours(self, time: bytes) -> None:
        now = clock.now()
        assert to_sent(msgspec.Raw(b'{"message_id":"1","sent_time":' + time + b"}"), now).sent_at == now

    @pytest.mark.parametrize("data", [b"", b"{}", b"[]", b"null", b'{"message_id":null}'])
    def test_without_an_id_nobody_can_tell(self, data: bytes) -> None:
        with pytest.raises(NoAnswerError):
            to_sent(msgspec.Raw(data), clock.now())


class TestHistory:
    def test_sides_words_and_times(self) -> None:
        page = (
            b'[{"src":0,"time":1699003881354,"type":"text","message":"D\xe1\xba\xa1","message_id":"a"},'
            b'{"src":1,"time":"1699003880000","type":"photo","message":"","url":"https://x","message_id":"b"}]'
        )
        ours, theirs = to_history(msgspec.Raw(page))
        assert (ours.direction, ours.text, ours.external_id) == ("out", "Dạ", "a")
        assert (theirs.direction, theirs.text) == ("in", None)
        assert ours.sent_at > theirs.sent_at

    def test_unreadable(self) -> None:
        with pytest.raises(NoAnswerError):
            to_history(msgspec.Raw(b'{"total":1}'))
