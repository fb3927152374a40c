from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from sokhach.channels.connector import HistoryItem
from sokhach.conversations.echoes import Ours
from sokhach.dispatch import rules
from sokhach.dispatch.rules import candidates, next_look, retry_after, waited_too_long

NOW = datetime(2026, 11, 22, 2, 0, tzinfo=UTC)
attempts = st.integers(min_value=0, max_value=10_000)
asked = st.floats(min_value=0, max_value=100_000)
spreads = st.floats(min_value=0, max_value=1)


class TestRetryAfter:
    def test_doubles_to_a_quarter_of_an_hour(self) -> None:
        waits = [retry_after(n, 0, 0).total_seconds() for n in range(1, 12)]
        assert waits == [2, 4, 8, 16, 32, 64, 128, 256, 512, 900, 900]

    @given(attempts, asked, spreads)
    def test_is_never_sooner_than_the_platform_asked_nor_endless(self, n: int, seconds: float, spread: float) -> None:
        wait = retry_after(n, seconds, spread).total_seconds()
        longest = max(seconds, rules.RETRY_LONGEST_SECONDS) * (1 + rules.SPREAD)
        assert seconds - 1e-6 <= wait <= longest + 1e-6
        assert wait >= rules.RETRY_FIRST_SECONDS - 1e-6

    @given(attempts, asked, spreads)
    def test_never_gets_shorter_with_more_attempts(self, n: int, seconds: float, spread: float) -> None:
        assert retry_after(n, seconds, spread) <= retry_after(n + 1, seconds, spread)

    @given(attempts, asked, spreads)
    def test_spreads_only_outwards(self, n: int, seconds: float, spread: float) -> None:
        assert retry_after(n, seconds, 0) <= retry_after(n, seconds, spread)


class TestWaitedTooLong:
    @given(st.timedeltas(min_value=timedelta(0), max_value=timedelta(days=10)))
    def test_is_a_day(self, waited: timedelta) -> None:
        assert waited_too_long(NOW - waited, NOW) == (waited > timedelta(hours=24))


class TestNextLook:
    def test_three_looks_over_two_minutes_then_a_person(self) -> None:
        now, looks, moments = NOW, 0, []
        while (at := next_look(looks, NOW, now, answered=True)) is not None:
            moments.append((at - NOW).total_seconds())
            now, looks = at, looks + 1
        assert moments == [3, 30, 120]

    def test_a_look_without_an_answer_is_repeated_until_patience_ends(self) -> None:
        now, tries = NOW, 0
        while (at := next_look(0, NOW, now, answered=False)) is not None:
            now, tries = at, tries + 1
        assert 20 < tries < 40
        assert now - NOW > rules.LOOKS_AT_MOST

    @given(
        st.integers(min_value=0, max_value=5),
        st.timedeltas(min_value=timedelta(0), max_value=timedelta(hours=1)),
        st.booleans(),
    )
    def test_is_always_ahead(self, looks: int, since: timedelta, answered: bool) -> None:
        at = next_look(looks, NOW - since, NOW, answered=answered)
        assert at is None or at > NOW


def item(text: str | None, seconds: float, *, direction: str = "out", external_id: str = "x") -> HistoryItem:
    at = NOW + timedelta(seconds=seconds)
    return HistoryItem(external_id=external_id, direction="out" if direction == "out" else "in", text=text, sent_at=at)


class TestCandidates:
    def test_same_words_from_our_side_not_before_we_sent_them_oldest_first(self) -> None:
        history = [
            item("Dạ", 9, external_id="second"),
            item("Dạ", -3, external_id="first"),
            item("Dạ", -6),
            item("Dạ", 91),
            item("Dạ", 1, direction="in"),
            item("Dạ ạ", 1),
            item(None, 1),
        ]
        found = candidates(Ours(message_id=1, kind="text", words="Da\u0323", sending_at=NOW), history)
        assert [one.external_id for one in found] == ["first", "second"]
