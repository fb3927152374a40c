"""Simulated colleagues of the live demo: they answer some customers, take over those whom nobody has answered, say
goodbye, make up for what came too late, and take up what a played past left open.

They are told what happened, decide at once what to write and when, and keep that with the customer's `Actor`, which
whoever tells saves. Who answers as a person keeps them out for the rest of the scene.
"""

import random

from sokhach.sandbox.demo.actors import Actor, Actors
from sokhach.sandbox.demo.deeds import Deeds
from sokhach.sandbox.demo.people import Person
from sokhach.sandbox.demo.play import Play
from sokhach.sandbox.demo.rhythm import HOUR_MS, MINUTE_MS, SECOND_MS, live_typing_ms
from sokhach.sandbox.demo.staff import (
    BELATED,
    FAREWELLS,
    Colleague,
    aside,
    colleague_for,
    in_messages,
    reply,
    usual_colleague,
)
from sokhach.sandbox.personas.speech import draw

HOLD_SHARE, FAREWELL_SHARE = 0.07, 0.95
FAREWELL_MS = (15_000, 90_000)
"""Mostly; the other last words are answered as late as those whom nobody has answered."""

TAKE_OVER_MINUTES = (8, 20)
"""After so long a colleague takes a customer whom nobody has answered."""

BITTER_SHARE, BITTER_MINUTES = 0.25, (30, 70)
"""Of those who went away without an answer, how many wait longer for a belated word."""

LEFT_MINUTES, LEFT_MS = (3, 55), 8 * HOUR_MS
"""When colleagues answer the last words of a played past, and how old these are at most."""


class Colleagues:
    """`writing` while one of them sends: what arrives then is no person's answer. `staff` is who is on duty."""

    def __init__(self, actors: Actors, deeds: Deeds, dice: random.Random) -> None:
        self._actors = actors
        self._deeds = deeds
        self._dice = dice
        self.writing = False

    # What happened

    def release(self, actor: Actor) -> None:
        """A scene begins, or is broken off: nobody has answered in it."""
        actor.helped = ""
        actor.hand([], None)

    def person_answers(self, actor: Actor) -> None:
        actor.helped = "person"
        actor.hand([], None)

    def customer_speaks(self, actor: Actor) -> None:
        """What was still to be written is overtaken."""
        actor.hand([], None)

    def customer_waits(self, staff: list[Colleague], actor: Actor, play: Play, now_ms: int) -> None:
        """All is asked; the stage is `reading` when an answer came before that."""
        if staff and not actor.helped and self._on_duty_for(staff, play):
            self._assign(staff, actor, play.person)
        if actor.helped == "colleague" and actor.stage == "waiting":
            self._will_answer(actor, play, now_ms)
        elif not actor.helped and staff and (text := play.answer(self._dice)):
            self._will_write(actor, text, TAKE_OVER_MINUTES, now_ms)

    def customer_waits_on(self, actor: Actor, play: Play, now_ms: int) -> None:
        """What they read said nothing to them."""
        if actor.helped == "colleague" and actor.answer_due_ms is None:
            self._will_answer(actor, play, now_ms)

    def customer_rests(self, actor: Actor, play: Play, now_ms: int) -> None:
        """The scene came to a good end."""
        if actor.helped == "colleague":
            soon = self._dice.random() < FAREWELL_SHARE
            wait_ms = self._dice.randint(*FAREWELL_MS) if soon else self._minutes(TAKE_OVER_MINUTES)
            actor.hand([aside(play, FAREWELLS, self._dice)], now_ms + wait_ms)

    def customer_leaves(self, staff: list[Colleague], actor: Actor, play: Play, now_ms: int) -> None:
        """Unhappy: whoever was not answered at all gets a belated word."""
        answered = self._deeds.answers_since(self._actors.customer(actor), actor.asked_ms)
        if staff and actor.helped != "person" and not answered:
            minutes = BITTER_MINUTES if self._dice.random() < BITTER_SHARE else TAKE_OVER_MINUTES
            self._will_write(actor, aside(play, BELATED, self._dice), minutes, now_ms)

    def take_up_the_past(self, oa_id: str, now_ms: int) -> None:
        """Whoever had the last word a short while ago, and waits for nothing that is still to come."""
        for actor in self._actors.of_account(oa_id):
            if actor.stage in ("resting", "gone") and self._deeds.had_last_word(
                self._actors.customer(actor), since_ms=now_ms - LEFT_MS
            ):
                templates = FAREWELLS if actor.stage == "resting" else BELATED
                text = aside(self._actors.play(actor), templates, self._dice)
                self._will_write(actor, text, LEFT_MINUTES, now_ms)
                self._actors.save(actor)

    # What is due

    def due(self, actor: Actor, now_ms: int) -> bool:
        return actor.answer_due_ms is not None and actor.answer_due_ms <= now_ms

    def write(self, staff: list[Colleague], actor: Actor, now_ms: int) -> None:
        """The next message of what is due. The actor is saved before, for the customer hears it at once."""
        if staff and not actor.helped:
            self._assign(staff, actor, self._actors.person(actor))
        texts, admin_id = actor.texts, actor.admin_id
        text = texts.pop(0) if texts else ""
        actor.hand(texts, now_ms + live_typing_ms(texts[0], self._dice) if texts else None)
        self._actors.save(actor)
        if not text or admin_id is None:
            return
        self.writing = True
        try:
            self._deeds.answer(self._actors.customer(actor), admin_id, text)
        finally:
            self.writing = False

    # Who, what and when

    def _on_duty_for(self, staff: list[Colleague], play: Play) -> bool:
        """A share of the scenes, the same ones always."""
        lot = draw(f"{play.person.seed}/{play.place.play}/lot").random()
        return colleague_for(staff, lot) is not None

    def _assign(self, staff: list[Colleague], actor: Actor, person: Person) -> None:
        """Whoever has the customer keeps them."""
        if actor.admin_id not in {colleague.admin_id for colleague in staff}:
            actor.admin_id = usual_colleague(staff, person)
        actor.helped = "colleague"

    def _will_answer(self, actor: Actor, play: Play, now_ms: int) -> None:
        """After 20 seconds to some minutes; a longer text later."""
        text = reply(play, HOLD_SHARE, self._dice)
        seconds = 20 + self._dice.lognormvariate(3.6, 0.8) + len(text) / 6
        texts = in_messages(text, self._dice) if text else []
        actor.hand(texts, now_ms + int(min(seconds, 420) * SECOND_MS))

    def _will_write(self, actor: Actor, text: str, minutes: tuple[int, int], now_ms: int) -> None:
        """So many minutes later, unless a person answers before."""
        actor.hand(in_messages(text, self._dice), now_ms + self._minutes(minutes))

    def _minutes(self, between: tuple[int, int]) -> int:
        return int(self._dice.uniform(*between) * MINUTE_MS)
