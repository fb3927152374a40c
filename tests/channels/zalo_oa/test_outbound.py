import msgspec
import pytest

from sokhach.channels.outgoing import Quota
from sokhach.channels.zalo_oa.client import NoAnswerError
from sokhach.channels.zalo_oa.outbound import to_history, to_sent, to_upload_id
from sokhach.core import clock


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

    def test_a_template_by_phone_calls_it_otherwise(self) -> None:
        quota = b'{"dailyQuota":"500","remainingQuota":"499"}'
        sent = to_sent(msgspec.Raw(b'{"msg_id":"a4","sent_time":"1626926349402","quota":' + quota + b"}"), clock.now())
        assert sent.external_id == "a4"
        assert sent.quota == Quota(kind="zns_daily", remain=499, total=500)

    def test_what_is_left_of_the_package(self) -> None:
        quota = b'{"quota_type":"sub_quota","remain":"8","total":"20","expired_date":"31/12/2026"}'
        sent = to_sent(msgspec.Raw(b'{"message_id":"a4","quota":' + quota + b"}"), clock.now())
        assert sent.quota is not None
        assert (sent.quota.kind, sent.quota.remain, sent.quota.total) == ("sub_quota", 8, 20)
        assert not sent.quota.of_thread
        assert sent.quota.until is not None

    @pytest.mark.parametrize("quota", [b"null", b'"8"', b"[]", b'{"quota_type":"reply","remain":"many"}'])
    def test_an_odd_quota_does_not_make_a_sent_message_doubtful(self, quota: bytes) -> None:
        sent = to_sent(msgspec.Raw(b'{"message_id":"a4","quota":' + quota + b"}"), clock.now())
        assert (sent.external_id, sent.quota) == ("a4", None)

    def test_a_reaction_may_have_no_name(self) -> None:
        assert to_sent(msgspec.Raw(b"{}"), clock.now(), named=False).external_id is None
        assert to_sent(msgspec.Raw(b""), clock.now(), named=False).external_id is None


class TestUpload:
    @pytest.mark.parametrize("data", [b'{"attachment_id":"x"}', b'{"token":"x"}'])
    def test_a_picture_and_a_file_are_named_differently(self, data: bytes) -> None:
        assert to_upload_id(msgspec.Raw(data)) == "x"

    @pytest.mark.parametrize("data", [b"", b"{}", b'{"token":""}', b"[]"])
    def test_without_a_name_there_is_none(self, data: bytes) -> None:
        with pytest.raises(NoAnswerError):
            to_upload_id(msgspec.Raw(data))


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
