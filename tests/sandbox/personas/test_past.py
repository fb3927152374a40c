"""Weeks of a past: varied words, a real rhythm, the same for the same seed."""

from collections import Counter
from typing import Any

import pytest

from sokhach.sandbox.days import local_time
from sokhach.sandbox.demo.orders import HistoryOrder
from sokhach.sandbox.demo.past import Event, Past
from sokhach.sandbox.demo.staff import Colleague
from sokhach.sandbox.personas import TRADES
from sokhach.sandbox.personas.script import Trade
from sokhach.sandbox.personas.topics import topics_of

UNTIL_MS = 1_795_222_800_000  # Saturday 21 November 2026, 8:00 in Vietnam
HOUR_MS = 3_600_000
LAN, HUY = "1001", "1002"
STAFF = [Colleague(admin_id=LAN, share=0.4), Colleague(admin_id=HUY, share=0.15)]


def order(**change: Any) -> HistoryOrder:
    return HistoryOrder(**({"oa_id": "900", "colleagues": STAFF} | change))


@pytest.fixture(scope="module")
def past() -> Past:
    return Past(order(), UNTIL_MS)


def texts(past: Past) -> list[str]:
    """What customers wrote, in order."""
    return [event.line.text for event in past.events if event.kind == "says" and event.line.text]


def told(past: Past) -> list[tuple[int, str, str, str | None]]:
    return [(event.at_ms, event.kind, event.life.person.name, event.line.text) for event in past.events]


class TestWords:
    def test_hardly_a_line_is_said_twice(self, past: Past) -> None:
        written = texts(past)
        shares = [1 - len(set(written[at : at + 1_000])) / 1_000 for at in range(0, len(written) - 999, 1_000)]
        print(f"customer lines: {len(written)}; verbatim repeats per 1,000: {[f'{share:.1%}' for share in shares]}")
        assert len(shares) >= 5
        assert max(shares) < 0.05

    @pytest.mark.parametrize("trade", TRADES, ids=lambda trade: trade.key)
    def test_nor_in_one_trade(self, trade: Trade) -> None:
        written = texts(Past(order(trades=[trade.key], days=10), UNTIL_MS))[:1_000]
        share = 1 - len(set(written)) / len(written)
        print(f"{share:.1%} of {len(written)}; {Counter(written).most_common(5)}")
        assert share < 0.05


class TestPeople:
    def test_more_than_the_personas(self, past: Past) -> None:
        came = [life for life in past.lives if life.place is not None]
        assert 250 <= len(came) <= 400
        assert len({life.person.phone for life in came}) > 0.99 * len(came)
        assert len({life.person.name for life in came}) > 0.9 * len(came)

    def test_a_customer_keeps_the_colleague(self, past: Past) -> None:
        by_colleague = Counter(life.admin_id for life in past.lives)
        assert set(by_colleague) == {LAN, HUY}
        assert 0.6 < by_colleague[LAN] / len(past.lives) < 0.85

    def test_without_colleagues_nobody_answers(self) -> None:
        alone = Past(order(colleagues=[], days=3), UNTIL_MS)
        assert not [event for event in alone.events if event.kind == "answers"]
        assert {"gone", "waiting"} <= {life.stage for life in alone.lives}

    def test_some_come_back_after_days(self, past: Past) -> None:
        days: dict[int, set[int]] = {}
        for event in past.events:
            days.setdefault(id(event.life), set()).add(event.at_ms // (24 * HOUR_MS))
        assert sum(max(own) - min(own) >= 3 for own in days.values()) > 0.4 * len(days)

    def test_some_wait_at_the_end(self, past: Past) -> None:
        unfinished = [(life.stage, life.due_ms) for life in past.lives if life.due_ms is not None]
        assert 0 < len(unfinished) < 30
        assert all(stage in ("waiting", "speaking") and due_ms >= UNTIL_MS for stage, due_ms in unfinished)


class TestRhythm:
    def test_the_whole_time_and_no_longer(self, past: Past) -> None:
        times = [event.at_ms for event in past.events]
        assert times == sorted(times)
        assert times[-1] < UNTIL_MS
        days = {local_time(at_ms).date() for at_ms in times}
        assert 28 <= len(days) <= 30

    def test_two_peaks_and_quiet_nights(self, past: Past) -> None:
        by_hour = Counter(local_time(event.at_ms).hour for event in past.events if event.kind == "says")
        night = sum(by_hour[hour] for hour in range(6)) / by_hour.total()
        print([by_hour[hour] for hour in range(24)], f"night {night:.1%}")
        assert night < 0.05
        morning, noon, afternoon, evening = (
            max(by_hour[hour] for hour in hours) for hours in ((8, 9, 10), (12,), (14, 15, 16), (19, 20, 21))
        )
        assert min(morning, evening) > 1.3 * noon
        assert evening > afternoon > noon

    def test_weekends_are_other(self, past: Past) -> None:
        by_day = Counter(local_time(event.at_ms).weekday() for event in past.events)
        assert by_day[6] < 0.85 * min(by_day[day] for day in range(5))

    def test_answers_take_their_time(self, past: Past) -> None:
        """From half a minute to hours, some never, none in the night."""
        answered = [event for event in past.events if event.kind == "answers"]
        assert all(7 <= local_time(event.at_ms).hour < 23 for event in answered)
        waits = sorted(self._first_waits(past))
        print(f"first answers: {len(waits)}, median {waits[len(waits) // 2] / 60_000:.1f} min")
        assert waits[0] >= 12_000
        assert 2 < waits[len(waits) // 2] / 60_000 < 15
        assert waits[-1] > 2 * HOUR_MS

    def _first_waits(self, past: Past) -> list[int]:
        """From the end of the first beat to the first answer, per conversation, in milliseconds."""
        asked: dict[int, int] = {}
        waits: list[int] = []
        for event in past.events:
            key = id(event.play)
            if event.kind == "says" and asked.get(key, 0) >= 0:
                asked[key] = event.at_ms
            elif event.kind == "answers" and asked.get(key, -1) >= 0:
                waits.append(event.at_ms - asked[key])
                asked[key] = -1
        return waits


class TestSeed:
    def test_the_same_seed_the_same_past(self) -> None:
        first, second = (Past(order(days=4), UNTIL_MS) for _ in range(2))
        assert told(first) == told(second)
        assert told(first) != told(Past(order(days=4, seed=2), UNTIL_MS))
        assert told(first) != told(Past(order(days=4, oa_id="901"), UNTIL_MS))

    def test_every_answer_was_about_something(self, past: Past) -> None:
        """A colleague who answers a question is heard."""
        answered: list[Event] = [event for event in past.events if event.kind == "answers"]
        heard = sum(bool(topics_of(event.line.text or "")) for event in answered)
        assert heard / len(answered) > 0.6
