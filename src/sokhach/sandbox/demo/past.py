"""Weeks of the demo's life, played in simulated time. Pure: what happened, not yet anywhere told or kept."""

import random
from typing import Literal

import msgspec

from sokhach.sandbox.days import day_start_ms, local_time
from sokhach.sandbox.demo.orders import HistoryOrder
from sokhach.sandbox.demo.people import Person, person, trades_of
from sokhach.sandbox.demo.play import Place, Play
from sokhach.sandbox.demo.rhythm import (
    DAY_MS,
    MINUTE_MS,
    SECOND_MS,
    answer_ms,
    conversations_of,
    patience_ends_ms,
    reading_ms,
    returns_ms,
    typing_ms,
    within_office_hours,
)
from sokhach.sandbox.demo.staff import BELATED, FAREWELLS, aside, in_messages, reply, usual_colleague
from sokhach.sandbox.personas.script import Line
from sokhach.sandbox.personas.speech import draw
from sokhach.sandbox.personas.topics import topics_of

PLAYS_EACH = 3.6
"""How many conversations somebody has in the whole time, on average."""

HOLD_SHARE, FAREWELL_SHARE, BELATED_SHARE = 0.05, 0.6, 0.5
SECOND_CHANCE = 0.5
"""Of the questions that nobody would have answered, how many are after all, once the customer reminds."""

NOTHING = Line()

LONGEST = 40
"""Turns of one conversation."""


class Event(msgspec.Struct):
    """`says` and `deed` carry the customer's line, `answers` what the customer's colleague wrote."""

    at_ms: int
    kind: Literal["follow", "tag", "says", "deed", "answers"]
    life: "Life"
    line: Line = NOTHING
    play: Play | None = None


class Life(msgspec.Struct, kw_only=True, eq=False):
    """Somebody's weeks, and where they stand at the end; stages as those of an actor."""

    person: Person
    admin_id: str | None
    joins_ms: int
    place: Place | None = None
    stage: str = "resting"
    pending: list[Line] = []
    due_ms: int | None = None
    asked_ms: int = 0
    rests_until_ms: int = 0
    last_ms: int = 0
    helped: bool = False


class Past:
    """Plays on creation. `events` are in order of time, each at a moment of its own within a life. `first` is the
    number of the first person of each persona."""

    def __init__(self, order: HistoryOrder, until_ms: int, *, first: int = 0) -> None:
        self._first = first
        self._order = order
        self._until_ms = until_ms
        self._dice = draw(f"history/{order.seed}/{order.oa_id}")
        self.events: list[Event] = []
        self.lives = self._people()
        self._live()
        self.events.sort(key=lambda event: event.at_ms)

    def _people(self) -> list[Life]:
        """Every persona, and others like them until there are enough for so many conversations."""
        order, dice = self._order, self._dice
        personas = [(trade, persona) for trade in trades_of(order.trades) for persona in trade.personas]
        wanted = max(len(personas), round(order.days * order.conversations_per_day / PLAYS_EACH))
        lives: list[Life] = []
        begins = self._until_ms - order.days * DAY_MS
        for index in range(wanted if personas else 0):
            trade, persona = personas[index % len(personas)]
            somebody = person(trade, persona, self._first + index // len(personas), order.seed)
            admin_id = usual_colleague(order.colleagues, somebody)
            joins = begins if dice.random() < 0.4 else begins + int(dice.random() * order.days * DAY_MS)
            lives.append(Life(person=somebody, admin_id=admin_id, joins_ms=joins))
        return lives

    def _live(self) -> None:
        begins = self._until_ms - self._order.days * DAY_MS
        for day in range(self._order.days + 1):
            day_ms = day_start_ms(begins + day * DAY_MS)
            for at_ms in conversations_of(day_ms, self._order.conversations_per_day, self._dice):
                if begins <= at_ms < self._until_ms:
                    life = self._who_writes(at_ms)
                    if life is not None:
                        Conversation(self.events, life, self._until_ms, self._dice).run(at_ms)

    def _who_writes(self, at_ms: int) -> Life | None:
        """Somebody who has rested, rather at an hour of theirs."""
        hour = local_time(at_ms).hour
        free = [life for life in self.lives if life.joins_ms <= at_ms and life.last_ms < at_ms and life.due_ms is None]
        rested = [life for life in free if life.rests_until_ms <= at_ms] or free
        if not rested:
            return None
        (chosen,) = self._dice.choices(rested, [0.02 + life.person.persona.hours.count(hour) for life in rested])
        return chosen


class Conversation:
    """One scene of one life, from the first word until it ends or the time is up."""

    def __init__(self, events: list[Event], life: Life, until_ms: int, dice: random.Random) -> None:
        self._events = events
        self._life = life
        self._until_ms = until_ms
        self._dice = dice
        before = life.place
        life.place = Place(play=before.play + 1 if before is not None else 0)
        self._play = Play(life.person, life.place)
        self._met = before is not None
        life.helped, life.stage = False, "resting"

    def run(self, at_ms: int) -> None:
        self._meet(at_ms)
        answer: int | None = None
        asked, first = True, True
        now = self._say(self._play.lines(), at_ms)
        for _ in range(LONGEST):
            if now is None:
                return
            if self._play.beat.ends:
                self._part(now)
                return
            if asked:
                answer = self._answer_ms(now, first=first)
            ends = patience_ends_ms(now, self._play.beat.patience_minutes, self._dice)
            if answer is None or answer > ends:
                if ends > self._until_ms:
                    self._stays("waiting", ends)
                    return
                if self._play.lose_patience():
                    now = self._say(self._play.lines(), ends)
                    asked = answer is None and self._dice.random() < SECOND_CHANCE
                    continue
                if answer is None:
                    self._leave(ends)
                    return
            if answer > self._until_ms:
                self._stays("waiting", max(ends, self._until_ms + MINUTE_MS))
                return
            now, answer = self._hear(max(answer, now + self._dice.randint(14, 70) * SECOND_MS)), None
            asked, first = True, False
        self._part(now or self._until_ms)

    def _meet(self, at_ms: int) -> None:
        """The first time they follow a little before; the tag comes with the second conversation."""
        persona = self._life.person.persona
        if not self._met and persona.follows:
            self._note("follow", at_ms - self._dice.randint(8, 240) * SECOND_MS)
        if persona.tag is not None and self._play.place.play == 1:
            self._note("tag", at_ms - SECOND_MS)

    def _say(self, lines: list[Line], at_ms: int) -> int | None:
        """Gives when the last line was sent; None when the time was up before."""
        for index, line in enumerate(lines):
            if index:
                at_ms += typing_ms(line.text, self._dice)
            if at_ms >= self._until_ms:
                self._life.pending = lines[index:]
                self._stays("speaking", at_ms)
                return None
            self._note("deed" if line.type in ("heart", "info") else "says", at_ms, line)
            if index == 0:
                self._life.asked_ms = self._life.last_ms
        return at_ms

    def _answer_ms(self, asked_ms: int, *, first: bool) -> int | None:
        return None if self._life.admin_id is None else answer_ms(asked_ms, first=first, dice=self._dice)

    def _hear(self, at_ms: int) -> int | None:
        """The colleague answers, the customer reads and goes on."""
        text = reply(self._play, HOLD_SHARE, self._dice)
        for part in in_messages(text, self._dice):
            if at_ms >= self._until_ms:
                break
            self._note("answers", at_ms, Line(part))
            at_ms += typing_ms(part, self._dice)
        self._life.helped = True
        if not self._play.hear(topics_of(text)):
            return at_ms
        reads = at_ms + reading_ms(self._dice)
        lines = self._play.lines()
        return self._say(lines, reads)

    def _part(self, at_ms: int) -> None:
        """A good end, or one in anger: a colleague has the last word, often."""
        if self._play.gone:
            self._leave(at_ms)
            return
        self._rest(at_ms, soon=False)
        if self._life.helped and self._dice.random() < FAREWELL_SHARE:
            says = within_office_hours(at_ms + self._dice.randint(20, 400) * SECOND_MS, self._dice)
            self._add(FAREWELLS, says)

    def _leave(self, at_ms: int) -> None:
        if self._life.admin_id is not None and self._dice.random() < BELATED_SHARE:
            says = within_office_hours(at_ms + self._dice.randint(10, 150) * MINUTE_MS, self._dice)
            self._add(BELATED, says)
        self._play.leave()
        self._life.stage = "gone"
        self._rest(at_ms, soon=True)

    def _add(self, templates: tuple[str, ...], at_ms: int) -> None:
        if at_ms < self._until_ms:
            self._note("answers", at_ms, Line(aside(self._play, templates, self._dice)))

    def _rest(self, at_ms: int, *, soon: bool) -> None:
        self._life.rests_until_ms = max(at_ms, self._life.last_ms) + returns_ms(self._dice, soon=soon)

    def _stays(self, stage: str, due_ms: int) -> None:
        """The time is up in the middle of it."""
        self._life.stage, self._life.due_ms = stage, due_ms

    def _note(
        self, kind: Literal["follow", "tag", "says", "deed", "answers"], at_ms: int, line: Line = NOTHING
    ) -> None:
        at_ms = max(at_ms, self._life.last_ms + 1)
        self._life.last_ms = at_ms
        self._events.append(Event(at_ms, kind, self._life, line, self._play))
