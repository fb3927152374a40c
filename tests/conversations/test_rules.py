"""Episodes and turns as a pure fold over what was said and decided."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from random import Random
from typing import Any

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from sokhach.conversations.rules import EpisodeState, Fact, Progress, Resolved, Said, TurnState, order
from tests.support.oa import at

SILENCE = timedelta(hours=24)
HOUR = 3600


def customer(seconds: float, message_id: int = 0) -> Said:
    return Said(at(seconds), message_id, True)


def staff(seconds: float, message_id: int = 0, *, written: float | None = None) -> Said:
    return Said(at(seconds), message_id, False, 7, at(seconds if written is None else written))


def resolved(seen_until: float, resolved_at: float | None = None) -> Resolved:
    return Resolved(at(seen_until), at(seen_until if resolved_at is None else resolved_at), 7)


def fold(facts: Sequence[Fact]) -> Progress:
    progress = Progress()
    progress.advance(order(facts), SILENCE)
    return progress


@st.composite
def stories(draw: st.DrawFn) -> list[Fact]:
    """What may befall a conversation, at distinct times: gaps of seconds, of hours, and around the hours of silence.
    A person resolves what they see; a staff message may be taken by the platform long after it was written."""
    facts: list[Fact] = []
    now = 0.0
    for number in range(draw(st.integers(0, 14))):
        now += draw(st.sampled_from([1, 30, HOUR, 23 * HOUR, 24 * HOUR - 1, 24 * HOUR, 24 * HOUR + 1, 50 * HOUR]))
        match draw(st.sampled_from(["customer", "customer", "channel", "staff", "waiting staff", "resolved"])):
            case "customer":
                facts.append(customer(now, number))
            case "channel":
                facts.append(Said(at(now), number, False))
            case "staff":
                facts.append(staff(now, number))
            case "waiting staff":
                # Between the other facts' whole seconds, so that no two stand at the same instant.
                left = now + draw(st.sampled_from([0.5, 31.5, HOUR + 0.5, 26 * HOUR + 0.5])) + number / 1000
                facts.append(staff(left, number, written=now))
            case _:
                facts += [Resolved(max(map(_seen_at, facts)), at(now), 7)] if facts else []
    return facts


class Walked(msgspec.Struct):
    episodes: list[EpisodeState]
    turns: list[TurnState]


def walked(progress: Progress) -> Walked:
    return Walked(progress.episodes, progress.turns)


class TestAdvance:
    @given(stories())
    def test_one_episode_and_one_turn_are_open_at_most_and_they_are_the_last(self, facts: list[Fact]) -> None:
        progress = fold(facts)
        for rows, end in ((progress.episodes, "resolved_at"), (progress.turns, "closed_at")):
            still_open = [row for row in rows if getattr(row, end) is None]
            assert still_open in ([], rows[-1:])
        assert progress.episode is (progress.episodes[-1] if _is_open(progress.episodes) else None)
        assert (progress.turn is None) == all(turn.closed_at for turn in progress.turns)

    @given(stories())
    def test_waiting_since_is_the_first_customer_message_that_nobody_answered(self, facts: list[Fact]) -> None:
        waiting = None
        for fact in order(facts):
            by_customer = isinstance(fact, Said) and fact.by_customer
            waiting = (waiting or fact.at) if by_customer else None
        turn = fold(facts).turn
        assert (turn.waiting_since if turn else None) == waiting

    @given(stories())
    def test_every_customer_message_is_in_exactly_one_turn(self, facts: list[Fact]) -> None:
        written = sum(isinstance(fact, Said) and fact.by_customer for fact in facts)
        assert sum(turn.message_count for turn in fold(facts).turns) == written

    @given(stories())
    def test_silence_never_closes_while_somebody_waits(self, facts: list[Fact]) -> None:
        progress = fold(facts)
        for episode in progress.episodes:
            if episode.resolution == "silence":
                assert episode.resolved_at == episode.last_activity_at + SILENCE
                assert not [turn for turn in progress.turns if _waits(turn, episode.last_activity_at + SILENCE)]
        if progress.turn:
            assert progress.silence_due_at(SILENCE) is None

    @given(stories(), st.randoms(use_true_random=False))
    def test_arrival_in_any_order_gives_the_same(self, facts: list[Fact], random: Random) -> None:
        shuffled = list(facts)
        random.shuffle(shuffled)
        assert walked(fold(shuffled)) == walked(fold(facts))

    @given(stories(), st.data())
    def test_step_by_step_from_what_was_stored_is_the_same_as_all_at_once(
        self, facts: list[Fact], data: st.DataObject
    ) -> None:
        """Between the steps the silence loop may come, or not."""
        episodes: list[EpisodeState] = []
        turns: list[TurnState] = []
        ordered = order(facts)
        progress = Progress()
        while ordered:
            size = data.draw(st.integers(1, len(ordered)))
            step, ordered = ordered[:size], ordered[size:]
            progress = _loaded(progress)
            progress.advance(step, SILENCE)
            episodes = [*_without(episodes, progress.episodes), *progress.episodes]
            turns = [*_without(turns, progress.turns), *progress.turns]
            due = progress.silence_due_at(SILENCE)
            if ordered and due and due <= _stands_at(ordered[0]) and data.draw(st.booleans()):
                assert progress.episode
                progress.episode.resolved_at, progress.episode.resolution = due, "silence"
                progress.episode = None
        assert Walked(episodes, turns) == walked(fold(facts))

    @given(stories())
    def test_the_opening_of_an_episode_is_a_clean_place_to_begin(self, facts: list[Fact]) -> None:
        """What late facts make necessary is worked out from there."""
        whole = fold(facts)
        for number, episode in enumerate(whole.episodes):
            rest = [fact for fact in order(facts) if _stands_at(fact) >= episode.opened_at]
            again = Progress()
            again.advance(rest, SILENCE)
            assert again.episodes == whole.episodes[number:]
            assert again.turns == [turn for turn in whole.turns if turn.waiting_since >= episode.opened_at]


class TestResolution:
    def test_closes_the_episode_and_whoever_waited(self) -> None:
        progress = fold([customer(0, 1), resolved(0, 60)])
        [episode], [turn] = progress.episodes, progress.turns
        assert (episode.resolved_at, episode.resolution, episode.resolved_by) == (at(60), "staff", 7)
        assert (turn.closed_at, turn.close_reason, turn.answered_by) == (at(60), "resolved", None)

    def test_does_not_close_what_was_on_its_way_meanwhile(self) -> None:
        """The customer wrote before the click, and nobody had seen it: it waits."""
        progress = fold([customer(0, 1), resolved(0, 60), customer(59, 2)])
        assert [episode.resolution for episode in progress.episodes] == ["staff", None]
        assert progress.turn
        assert progress.turn.waiting_since == at(59)

    def test_of_nothing_changes_nothing(self) -> None:
        assert walked(fold([resolved(0), customer(1)])) == walked(fold([customer(1)]))

    def test_a_reply_that_leaves_after_it_answers_what_it_was_written_for(self) -> None:
        """Staff answer and close at once; Zalo takes the answer a moment later."""
        progress = fold([customer(0, 1), staff(10.5, 2, written=10), resolved(10, 11)])
        [episode], [turn] = progress.episodes, progress.turns
        assert (episode.resolution, episode.first_response_at) == ("staff", at(10.5))
        assert (turn.close_reason, turn.closed_at, turn.answered_by) == ("answered", at(10.5), 7)

    def test_a_customer_who_wrote_before_such_a_reply_left_waits_for_another(self) -> None:
        progress = fold([customer(0, 1), staff(30, 2, written=10), resolved(10, 11), customer(20, 3)])
        assert [turn.close_reason for turn in progress.turns] == ["answered", None]
        assert progress.episode

    def test_a_reply_written_afterwards_opens_anew(self) -> None:
        progress = fold([customer(0, 1), resolved(0, 5), staff(20, 2, written=19)])
        assert [episode.opened_by for episode in progress.episodes] == ["customer", "staff"]


class TestSilence:
    def test_ends_an_episode_when_it_is_complete(self) -> None:
        facts = [customer(0, 1), staff(60, 2), customer(60 + 24 * HOUR, 3)]
        first, second = fold(facts).episodes
        assert (first.resolved_at, first.resolution) == (at(60 + 24 * HOUR), "silence")
        assert second.opened_at == at(60 + 24 * HOUR)

    def test_a_late_word_in_between_joins_what_seemed_two_episodes(self) -> None:
        facts = [staff(0, 1), staff(30 * HOUR, 2)]
        assert len(fold(facts).episodes) == 2
        assert len(fold([*facts, staff(15 * HOUR, 3)]).episodes) == 1


def _is_open(episodes: Sequence[EpisodeState]) -> bool:
    return bool(episodes) and episodes[-1].resolved_at is None


def _waits(turn: TurnState, moment: datetime) -> bool:
    return turn.waiting_since < moment and (turn.closed_at is None or turn.closed_at > moment)


def _loaded(progress: Progress) -> Progress:
    """As the store gives it back: what is open, nothing else."""
    return Progress(progress.episode, progress.turn)


def _without(rows: Sequence[Any], touched: Sequence[Any]) -> list[Any]:
    return [row for row in rows if not any(row is one for one in touched)]


def _seen_at(fact: Fact) -> datetime:
    """When the console shows it: what staff write at once, before the platform takes it."""
    return (fact.written_at or fact.at) if isinstance(fact, Said) else fact.at


def _stands_at(fact: Fact) -> datetime:
    return fact.stands_at if isinstance(fact, Said) else fact.at
