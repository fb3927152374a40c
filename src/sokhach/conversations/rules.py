"""How episodes and turns follow from what was said and decided. Pure: the same facts give the same rows in any order
of arrival, because they are always taken in the order of their own time."""

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Literal

import msgspec


class Said(msgspec.Struct, frozen=True):
    """A message that counts: from the customer, or one of ours that the platform took `at`, which may be long after
    staff wrote it (`written_at`). `moved_to`: where `order` put it."""

    at: datetime
    message_id: int
    by_customer: bool
    staff_id: int | None = None
    written_at: datetime | None = None
    moved_to: datetime | None = None

    @property
    def stands_at(self) -> datetime:
        return self.moved_to or self.at


class Resolved(msgspec.Struct, frozen=True):
    """A person closed the episode at `resolved_at`. It stands in the order right after the last message that they
    could see (`at`): what was on its way meanwhile is not closed with it, or a customer would wait unseen."""

    at: datetime
    resolved_at: datetime
    staff_id: int


Fact = Said | Resolved


class EpisodeState(msgspec.Struct, kw_only=True):
    opened_at: datetime
    opened_by: Literal["customer", "staff"]
    last_activity_at: datetime
    first_response_at: datetime | None = None
    resolved_at: datetime | None = None
    resolution: Literal["staff", "silence"] | None = None
    resolved_by: int | None = None
    id: int | None = None


class TurnState(msgspec.Struct, kw_only=True):
    first_message_id: int
    waiting_since: datetime
    message_count: int = 1
    closed_at: datetime | None = None
    close_reason: Literal["answered", "resolved"] | None = None
    answer_message_id: int | None = None
    answered_by: int | None = None
    id: int | None = None


class Progress:
    """Where a conversation stands; `episodes` and `turns` are those touched since it was loaded."""

    def __init__(self, episode: EpisodeState | None = None, turn: TurnState | None = None) -> None:
        self.episode = episode
        self.turn = turn
        self.episodes: list[EpisodeState] = [episode] if episode else []
        self.turns: list[TurnState] = [turn] if turn else []
        self.at: datetime | None = None

    def advance(self, facts: Iterable[Fact], silence: timedelta) -> None:
        """Takes facts as `order` put them."""
        for fact in facts:
            self.at = max(fact.at, self.at or fact.at)
            if isinstance(fact, Resolved):
                self._resolve(fact)
            else:
                self._say(fact, silence)

    def silence_due_at(self, silence: timedelta) -> datetime | None:
        """When silence closes the open episode. Never while a customer waits: nobody waits unseen."""
        return self.episode.last_activity_at + silence if self.episode and not self.turn else None

    def _say(self, said: Said, silence: timedelta) -> None:
        due = self.silence_due_at(silence)
        at = said.stands_at
        if due is not None and at >= due:
            self._close(due, "silence", None)
        if self.episode is None:
            opened_by = "customer" if said.by_customer else "staff"
            self.episode = EpisodeState(opened_at=at, opened_by=opened_by, last_activity_at=at)
            self.episodes.append(self.episode)
        self.episode.last_activity_at = at
        if not said.by_customer:
            self._answer(said, self.episode)
        elif self.turn is None:
            self.turn = TurnState(first_message_id=said.message_id, waiting_since=said.at)
            self.turns.append(self.turn)
        else:
            self.turn.message_count += 1

    def _answer(self, said: Said, episode: EpisodeState) -> None:
        if self.turn is None:
            return
        self.turn.closed_at, self.turn.close_reason = said.at, "answered"
        self.turn.answer_message_id, self.turn.answered_by = said.message_id, said.staff_id
        self.turn = None
        if episode.first_response_at is None:
            episode.first_response_at = said.at

    def _resolve(self, resolved: Resolved) -> None:
        if self.episode is None:
            return
        if self.turn is not None:
            self.turn.closed_at, self.turn.close_reason = resolved.resolved_at, "resolved"
            self.turn = None
        self._close(resolved.resolved_at, "staff", resolved.staff_id)

    def _close(self, at: datetime, how: Literal["staff", "silence"], by: int | None) -> None:
        assert self.episode is not None
        self.episode.resolved_at, self.episode.resolution, self.episode.resolved_by = at, how, by
        self.episode = None


def order(facts: Iterable[Fact]) -> list[Fact]:
    """By time; at the same instant messages by arrival, and what was said before what was decided. What staff wrote
    before they closed an episode belongs to it, though it may have left after that."""
    facts = list(facts)
    if resolved := sorted(fact.at for fact in facts if isinstance(fact, Resolved)):
        facts = [_placed(fact, resolved) for fact in facts]
    return sorted(facts, key=_place)


def _placed(fact: Fact, resolved: Sequence[datetime]) -> Fact:
    if isinstance(fact, Resolved) or fact.written_at is None:
        return fact
    nth = bisect_left(resolved, fact.written_at)
    if nth < len(resolved) and resolved[nth] < fact.at:
        return msgspec.structs.replace(fact, moved_to=resolved[nth])
    return fact


def _place(fact: Fact) -> tuple[datetime, int, datetime, int]:
    if isinstance(fact, Said):
        return (fact.stands_at, 1 if fact.moved_to else 0, fact.at, fact.message_id)
    return (fact.at, 2, fact.resolved_at, 0)
