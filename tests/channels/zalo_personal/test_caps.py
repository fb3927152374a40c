"""How much a personal account may do: never more than its caps over any schedule, never in quiet hours unless somebody
waits, never faster than its pauses."""

from collections import Counter
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from sokhach.channels.limits import DEFAULT_LIMITS, Limits
from sokhach.channels.pacing import Hold
from sokhach.channels.zalo_personal import caps
from sokhach.channels.zalo_personal import limits as of
from sokhach.channels.zalo_personal.caps import CAPS, Errand, Go, Standing

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
MONDAY = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)  # 9:00 in Vietnam
OLD = MONDAY - timedelta(days=365)
NOBODY_WAITS = Errand(stranger=False, awaited_at=None)


def standing(**given: object) -> Standing:
    return msgspec.structs.replace(Standing(stopped=False, warm_from=OLD), **given)


def decide(errand: Errand, at: datetime, now: Standing | None = None, limits: Limits = DEFAULT_LIMITS) -> Go | Hold:
    return caps.decide(errand, now or standing(), limits, at, ZONE, 0.5)


def hold(found: Go | Hold) -> Hold:
    assert isinstance(found, Hold)
    return found


class TestQuietHours:
    NIGHT = MONDAY.replace(hour=15)  # 22:00

    def test_what_nobody_waits_for_leaves_in_the_morning(self) -> None:
        found = hold(decide(NOBODY_WAITS, self.NIGHT))
        assert found.reason == "quiet-hours"
        assert found.until.astimezone(ZONE).isoformat() == "2026-11-24T07:00:00+07:00"

    def test_after_midnight_it_is_the_same_morning(self) -> None:
        found = hold(decide(NOBODY_WAITS, MONDAY.replace(hour=18)))  # 1:00 on Tuesday
        assert found.until.astimezone(ZONE).isoformat() == "2026-11-24T07:00:00+07:00"

    def test_an_answer_that_somebody_waits_for_leaves(self) -> None:
        asked = Errand(stranger=False, awaited_at=self.NIGHT - timedelta(hours=11))
        assert isinstance(decide(asked, self.NIGHT), Go)

    def test_but_not_one_to_what_was_said_long_ago(self) -> None:
        asked = Errand(stranger=False, awaited_at=self.NIGHT - timedelta(hours=13))
        assert hold(decide(asked, self.NIGHT)).reason == "quiet-hours"

    def test_the_same_hour_twice_means_none(self) -> None:
        none = Limits({of.QUIET_FROM.key: 7, of.QUIET_UNTIL.key: 7})
        assert isinstance(decide(NOBODY_WAITS, self.NIGHT, limits=none), Go)

    @given(st.integers(0, 23), st.integers(0, 23), st.integers(0, 24 * 60 - 1))
    def test_they_end_at_the_hour_and_are_over_then(self, begin: int, end: int, minute: int) -> None:
        limits = Limits({of.QUIET_FROM.key: begin, of.QUIET_UNTIL.key: end})
        now = MONDAY + timedelta(minutes=minute)
        until = caps.quiet_until(limits, now, ZONE)
        if until is not None:
            assert now < until <= now + timedelta(days=1)
            assert until.astimezone(ZONE).hour == end
            assert caps.quiet_until(limits, until, ZONE) is None


class TestWarmingUp:
    def test_a_new_account_begins_with_a_part_and_grows_to_all(self) -> None:
        born = MONDAY
        days = [caps.allowed("messages_day", born, DEFAULT_LIMITS, born + timedelta(days=n)) for n in range(20)]
        assert days[0] == 240
        assert days[:15] == sorted(set(days[:15]))
        assert set(days[14:]) == {800}

    def test_who_waits_is_answered_all_the_same(self) -> None:
        assert caps.allowed("messages_hour", MONDAY, DEFAULT_LIMITS, MONDAY, awaited=True) == 150

    @given(st.integers(0, 2_000), st.integers(0, 365), st.integers(1, 100), st.floats(-1, 400))
    def test_it_is_never_more_than_the_cap_nor_nothing_of_something(
        self, most: int, days: int, percent: int, age: float
    ) -> None:
        limits = Limits({of.STRANGERS_DAY.key: most, of.WARM_DAYS.key: days, of.WARM_PERCENT.key: percent})
        found = caps.allowed("strangers_day", MONDAY, limits, MONDAY + timedelta(days=age))
        assert 0 <= found <= most
        assert (found == 0) == (most == 0)


class TestStrangers:
    STRANGER = Errand(stranger=True, awaited_at=None, words="Chào chị ạ")

    def test_they_have_a_cap_of_their_own(self) -> None:
        found = hold(decide(self.STRANGER, MONDAY, standing(used={"strangers_day": 20})))
        assert found.reason == "cap-strangers-day"
        assert found.until.astimezone(ZONE).isoformat() == "2026-11-24T00:00:00+07:00"
        assert isinstance(decide(NOBODY_WAITS, MONDAY, standing(used={"strangers_day": 20})), Go)

    def test_the_same_words_go_to_few(self) -> None:
        used = {caps.same_words_key("  CHÀO chị  ạ "): 3}
        assert hold(decide(self.STRANGER, MONDAY, standing(used=used))).reason == "cap-same-words"
        other = Errand(stranger=True, awaited_at=None, words="Chào anh ạ")
        assert isinstance(decide(other, MONDAY, standing(used=used)), Go)

    def test_what_came_back_without_having_left_is_not_counted_twice(self) -> None:
        used = {"strangers_day": 20, caps.same_words_key("Chào chị ạ"): 3}
        again = Errand(stranger=True, awaited_at=None, words="Chào chị ạ", counted=True)
        found = decide(again, MONDAY, standing(used=used))
        assert isinstance(found, Go)
        assert found.keys == ()
        paused = standing(used=used, next_stranger_at=found.next_stranger_at)
        assert hold(decide(again, MONDAY, paused)).reason == "pace-strangers"

    def test_they_are_written_to_with_long_pauses(self) -> None:
        found = decide(self.STRANGER, MONDAY)
        assert isinstance(found, Go)
        assert found.next_stranger_at == MONDAY + timedelta(seconds=90)
        paused = standing(next_stranger_at=found.next_stranger_at)
        assert hold(decide(self.STRANGER, MONDAY, paused)).reason == "pace-strangers"
        assert isinstance(decide(NOBODY_WAITS, MONDAY, paused), Go)


class TestStopping:
    def test_nothing_leaves_not_even_an_answer(self) -> None:
        asked = Errand(stranger=False, awaited_at=MONDAY)
        assert hold(decide(asked, MONDAY, standing(stopped=True))).reason == "sending-stopped"


ATTEMPTS = st.lists(
    st.tuples(
        st.integers(0, 7_200),  # seconds since the attempt before
        st.booleans(),  # to a stranger
        st.one_of(st.none(), st.integers(0, 30)),  # hours since the other side wrote
        st.sampled_from(["", "Chào chị", "Bên em có hàng mới"]),
        st.floats(0, 1),
    ),
    max_size=120,
)
SMALL = st.fixed_dictionaries(
    {
        of.MESSAGES_HOUR.key: st.integers(1, 6),
        of.MESSAGES_DAY.key: st.integers(1, 20),
        of.STRANGERS_DAY.key: st.integers(0, 5),
        of.SAME_WORDS_DAY.key: st.integers(1, 3),
        of.GAP_SECONDS.key: st.integers(0, 300),
        of.STRANGER_GAP_SECONDS.key: st.integers(0, 900),
        of.WARM_DAYS.key: st.integers(0, 14),
    }
)


class TestAnySchedule:
    @given(ATTEMPTS, SMALL, st.integers(0, 20))
    def test_caps_pauses_and_quiet_hours_hold(
        self, attempts: list[tuple[int, bool, int | None, str, float]], changed: dict[str, int], age: int
    ) -> None:
        limits = Limits(changed)
        born = MONDAY - timedelta(days=age)
        used: Counter[tuple[object, str]] = Counter()
        now = MONDAY
        next_at: datetime | None = None
        next_stranger: datetime | None = None
        left: list[tuple[datetime, bool]] = []
        for wait, stranger, hours, words, spread in attempts:
            now += timedelta(seconds=wait)
            awaited_at = None if hours is None or stranger else now - timedelta(hours=hours)
            day = caps.day_of(now, ZONE)
            today = {key: count for (of_day, key), count in used.items() if of_day == day}
            stands = standing(warm_from=born, used=today, next_at=next_at, next_stranger_at=next_stranger)
            errand = Errand(stranger=stranger, awaited_at=awaited_at, words=words)
            found = caps.decide(errand, stands, limits, now, ZONE, spread)
            if isinstance(found, Hold):
                assert found.until > now
                continue
            awaited = caps.is_awaited(errand, limits, now)
            assert awaited or caps.quiet_until(limits, now, ZONE) is None
            assert next_at is None or now >= next_at
            gap = limits[of.GAP_SECONDS]
            assert timedelta(seconds=gap) <= found.next_at - now <= timedelta(seconds=2 * gap)
            next_at = found.next_at
            if stranger:
                assert found.next_stranger_at is not None
                long = limits[of.STRANGER_GAP_SECONDS]
                assert timedelta(seconds=long) <= found.next_stranger_at - now <= timedelta(seconds=2 * long)
                assert next_stranger is None or now >= next_stranger
                next_stranger = found.next_stranger_at
            for key in found.keys:
                used[day, key] += 1
            left.append((now, stranger))
        for cap in ("messages_hour", "messages_day", "strangers_day"):
            counted: Counter[object] = Counter()
            for at, stranger in left:
                if cap != "strangers_day" or stranger:
                    local = at.astimezone(ZONE)
                    counted[(local.date(), local.hour if CAPS[cap].window == "hour" else None)] += 1
            assert all(count <= limits[CAPS[cap].limit] for count in counted.values())
        for (_, key), count in used.items():
            if key.startswith(caps.SAME_WORDS):
                assert count <= limits[of.SAME_WORDS_DAY]
