"""Files as people have them, whatever window they are read through."""

import json
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sokhach.intake.importing import columns, reading
from sokhach.intake.importing.knowing import Told, same
from sokhach.intake.importing.mapping import Line, Mapping, Reader, faults_of
from sokhach.intake.importing.reading import Form, Record, UnreadableError
from sokhach.intake.importing.times import parse_time

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")
WORDS = st.text(st.characters(blacklist_categories=("Cs", "Cc"), blacklist_characters="\ufeff"), max_size=12)


def records(content: bytes, window: int = 1 << 20, limit: int = 1000) -> tuple[Form, list[Record]]:
    """All of a file, read `window` bytes at a time."""
    form = reading.recognise(content, whole=True)
    at, line, found = form.begins_at, form.first_line, list[Record]()
    size = window
    while at < len(content):
        piece = content[at : at + size]
        read = reading.read(form, piece, line, last=at + size >= len(content), limit=limit)
        if not read.consumed and not read.ended and not read.records:
            size *= 2
            continue
        found += read.records
        at, line, size = at + read.consumed, read.next_line, window
        if read.ended:
            break
    return form, found


class TestCsv:
    @pytest.mark.parametrize("delimiter", [",", ";", "\t"])
    @pytest.mark.parametrize("window", [16, 64, 100_000])
    def test_tells_lines_and_cells(self, delimiter: str, window: int) -> None:
        content = f'Giờ{delimiter}Nội dung\r\n1{delimiter}"hai\r\ndòng ""x"""\r\n\r\n3{delimiter}chào\r\n'.encode()
        _, found = records(content, window)
        assert [(one.line, one.cells) for one in found] == [
            (2, {"Giờ": "1", "Nội dung": 'hai\r\ndòng "x"'}),
            (5, {"Giờ": "3", "Nội dung": "chào"}),
        ]

    def test_excel_says_what_divides(self) -> None:
        form, found = records(b"sep=;\nTime;Text, or so\n1;a,b\n")
        assert (form.delimiter, found) == (";", [Record(3, {"Time": "1", "Text, or so": "a,b"})])

    def test_columns_of_one_name_are_told_apart(self) -> None:
        form, _ = records(b"a,a,,b\n1,2,3,4\n")
        assert form.columns == ("a", "a (2)", "#3", "b")

    @given(
        rows=st.lists(st.tuples(WORDS.filter(str.strip), WORDS), min_size=1, max_size=8),
        window=st.integers(8, 200),
        limit=st.integers(1, 4),
    )
    def test_any_window_reads_the_same(self, rows: list[tuple[str, str]], window: int, limit: int) -> None:
        def cell(word: str) -> str:
            return '"' + word.replace('"', '""') + '"'

        content = "\n".join(["Một,Hai", *(",".join(map(cell, row)) for row in rows)]).encode()
        assert records(content, window, limit)[1] == records(content)[1]
        assert len(records(content)[1]) == len(rows)


class TestJson:
    @pytest.mark.parametrize("window", [16, 50, 100_000])
    @pytest.mark.parametrize(
        "write",
        [
            lambda rows: json.dumps(rows, ensure_ascii=False),
            lambda rows: json.dumps(rows, indent=2),
            lambda rows: json.dumps({"people": [{"name": "x"}], "messages": rows, "n": 1}, ensure_ascii=False),
            lambda rows: "\n".join(json.dumps(one, ensure_ascii=False) for one in rows),
            lambda rows: "\n\n".join(json.dumps(one) for one in rows) + "\n",
        ],
    )
    def test_lists_and_lines(self, write: object, window: int) -> None:
        rows = [
            {"from": {"name": "Lần ]}"}, "text": 'a "b" [', "ts": 1700000000},
            {"from": {"name": "Minh"}, "text": None, "files": [{"url": "u1"}, {"url": "u2"}], "ok": True},
        ]
        _, found = records(write(rows).encode(), window)  # type: ignore[operator]
        assert [one.cells for one in found] == [
            {"from.name": "Lần ]}", "text": 'a "b" [', "ts": "1700000000"},
            {"from.name": "Minh", "text": "", "files.url": "u1\nu2", "ok": "true"},
        ]

    def test_a_broken_end_is_told(self) -> None:
        _, found = records(b'[{"a": "1"}, {"a": "2"')
        assert [(one.line, one.fault) for one in found] == [(1, None), (2, "json-broken")]

    def test_a_bad_line_costs_itself_only(self) -> None:
        _, found = records(b'{"a": "1"}\n{"a": \n[1]\n{"a": "2"}\n')
        assert [(one.line, one.fault) for one in found] == [(1, None), (2, "json"), (3, "no-object"), (4, None)]

    @pytest.mark.parametrize(
        ("content", "reason"),
        [
            (b"", "empty"),
            (b"\x00\x01", "binary"),
            (b'{"a": 1, "b": [1, 2]', "no-list"),
            (b"just words\n", "no-columns"),
        ],
    )
    def test_what_is_none(self, content: bytes, reason: str) -> None:
        with pytest.raises(UnreadableError) as refused:
            records(content)
        assert refused.value.reason == reason


class TestTimes:
    @pytest.mark.parametrize(
        ("value", "told"),
        [
            ("20/11/2025 14:05", "2025-11-20T07:05:00"),
            ("20-11-2025 2:05:09 CH", "2025-11-20T07:05:09"),
            ("14:05 20/11/2025", "2025-11-20T07:05:00"),
            ("14:05:01, ngày 20/11/25", "2025-11-20T07:05:01"),
            ("2025-11-20 14:05:00", "2025-11-20T07:05:00"),
            ("2025-11-20T07:05:00Z", "2025-11-20T07:05:00"),
            ("2025-11-20T07:05:00.250+00:00", "2025-11-20T07:05:00.250000"),
            ("2025-11-20T14:05:00+0700", "2025-11-20T07:05:00"),
            ("1763622300", "2025-11-20T07:05:00"),
            ("1763622300000", "2025-11-20T07:05:00"),
            ("1763622300000000", "2025-11-20T07:05:00"),
            ("12:05 AM 20/11/2025", "2025-11-19T17:05:00"),
        ],
    )
    def test_many_ways_of_one_moment(self, value: str, told: str) -> None:
        found = parse_time(value, VIETNAM)
        assert found and found.at == datetime.fromisoformat(told).replace(tzinfo=UTC)

    @pytest.mark.parametrize("value", ["", "hôm qua", "31/02/2025 10:00", "20/11", "14:05", "2025-11-20T25:00"])
    def test_what_is_none(self, value: str) -> None:
        assert parse_time(value, VIETNAM) is None

    def test_month_first(self) -> None:
        found = parse_time("03/04/2025 10:00", UTC, month_first=True)
        assert found and (found.at.month, found.at.day) == (3, 4)

    @given(st.integers(1_000_000_000, 1_900_000_000))
    def test_what_is_written_is_read(self, seconds: int) -> None:
        moment = datetime.fromtimestamp(seconds, VIETNAM)
        for form in ("%d/%m/%Y %H:%M:%S", "%Y-%m-%dT%H:%M:%S%z", "%H:%M:%S %d/%m/%Y"):
            found = parse_time(moment.strftime(form), VIETNAM)
            assert found and found.at == moment


class TestColumns:
    def test_guesses_in_two_languages(self) -> None:
        assert columns.guess(["Ngày gửi", "Mã khách hàng", "SĐT", "Nội dung tin nhắn", "Người gửi", "Ghi chú"]) == {
            "time": "Ngày gửi",
            "thread": "Mã khách hàng",
            "phone": "SĐT",
            "text": "Nội dung tin nhắn",
            "sender": "Người gửi",
        }
        found = columns.guess(["messageId", "conversation_id", "sentAt", "isSelf", "content", "from.name"])
        assert found == {
            "external_id": "messageId",
            "thread": "conversation_id",
            "time": "sentAt",
            "direction": "isSelf",
            "text": "content",
            "sender": "from.name",
        }

    def test_names_of_people_are_no_side(self) -> None:
        reader = Reader(Mapping(columns={"time": "t", "thread": "k", "text": "x", "sender": "s"}), datetime.now(UTC))
        for sender, side in (("Minh", "in"), ("Shop", "out"), ("Nhân viên", "out"), ("Bạn Lan", "in")):
            cells = {"t": "20/11/2025 10:00", "k": "1", "x": "a", "s": sender}
            line = reader.read(Record(1, cells))
            assert isinstance(line, Line) and line.direction == side, sender

    def test_a_mapping_must_say_enough(self) -> None:
        assert [fault.path for fault in faults_of(Mapping(columns={}, zone="Không/Có"), [])] == [
            "columns.time", "columns.text", "columns.thread", "columns.direction", "zone",
        ]  # fmt: skip


class TestSame:
    AT = datetime(2025, 11, 20, 7, 5, tzinfo=UTC)

    @pytest.mark.parametrize(
        ("seconds", "first_minute", "second_minute", "is_same"),
        [
            (2, False, False, True),
            (3, False, False, False),
            (59, True, False, True),
            (63, True, False, False),
            (-30, True, False, False),
            (60, True, True, False),
            (0, True, True, True),
        ],
    )
    def test_within_what(self, seconds: int, first_minute: bool, second_minute: bool, is_same: bool) -> None:
        one = Told("text", "ok", self.AT, first_minute)
        other = Told("text", "ok", self.AT + timedelta(seconds=seconds), second_minute)
        assert same(one, other) is is_same
        assert same(other, one) is is_same

    def test_pictures_without_words_need_the_same_kind(self) -> None:
        picture, voice = Told("image", "", self.AT, False), Told("audio", "", self.AT, False)
        assert same(picture, picture) and not same(picture, voice)
