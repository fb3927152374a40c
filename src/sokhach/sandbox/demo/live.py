"""The demo now: somebody begins a scene from time to time, and everybody lives theirs."""

import asyncio
from typing import Any

import msgspec

from sokhach.sandbox.accounts import Customer
from sokhach.sandbox.clock import SimulatedClock
from sokhach.sandbox.days import local_time
from sokhach.sandbox.demo.actors import Actor, Actors, text_of
from sokhach.sandbox.demo.colleagues import Colleagues
from sokhach.sandbox.demo.deeds import Deeds, asked_to_do, topics_in
from sokhach.sandbox.demo.orders import DemoOrder, DemoState
from sokhach.sandbox.demo.people import person, trades_of
from sokhach.sandbox.demo.personal import seed_of
from sokhach.sandbox.demo.play import Place, Play
from sokhach.sandbox.demo.rhythm import DAY_MS, MINUTE_MS, live_typing_ms, returns_ms
from sokhach.sandbox.personas.speech import draw
from sokhach.sandbox.records import Message
from sokhach.sandbox.store import Store
from sokhach.sandbox.takeovers import Takeovers
from sokhach.sandbox.web.messages import WebMessage

SEED = 1
MOST_PEOPLE = 400
"""Of one account; then only those who have rested come again."""

READING_MS = (7_000, 12_000)
"""After the last message of staff: they often write several."""


class Demo:
    def __init__(
        self,
        store: Store,
        clock: SimulatedClock,
        actors: Actors,
        deeds: Deeds,
        takeovers: Takeovers,
    ) -> None:
        self._store = store
        self._clock = clock
        self._actors = actors
        self._deeds = deeds
        self._takeovers = takeovers
        self._dice = draw("live")
        self._colleagues = Colleagues(actors, deeds, self._dice)
        self._next_call_ms: dict[str, int] = {}
        self._wake = asyncio.Event()
        clock.on_change(self._wake.set)

    def order(self, order: DemoOrder) -> DemoState:
        """Start or stop; the first start creates the customers. They keep their place in the script when stopped.

        Raises `UnknownTradeError`.
        """
        self._actors.need(order.oa_id)
        trades = trades_of(order.trades)
        colleagues = [msgspec.structs.asdict(colleague) for colleague in order.colleagues]
        state = DemoState(
            oa_id=order.oa_id,
            trades=[trade.key for trade in trades],
            running=order.running,
            messages_per_minute=order.messages_per_minute,
            colleagues=colleagues,
        )
        with self._store.transaction():
            first = self._store.value("SELECT 1 FROM demo WHERE oa_id = ?", (order.oa_id,)) is None
            self._store.upsert("demo", state, "oa_id")
            if order.running and first and colleagues:
                self._colleagues.take_up_the_past(order.oa_id, self._clock.now_ms())
            if order.running:
                self._actors.cast(order.oa_id, trades, seed=SEED, now_ms=self._clock.now_ms())
        self._next_call_ms[order.oa_id] = self._clock.now_ms()
        self._wake.set()
        return state

    def report(self) -> list[dict[str, Any]]:
        states = self._store.all(DemoState, "SELECT * FROM demo ORDER BY oa_id")
        return [
            msgspec.structs.asdict(state)
            | {"customers": [self._actors.report(actor) for actor in self._actors.of_account(state.oa_id)]}
            for state in states
        ]

    def life(self, user_id: str) -> dict[str, Any] | None:
        """What the report tells of one customer; None for somebody who does not live by themselves."""
        actor = self._actors.find(user_id)
        return None if actor is None else self._actors.report(actor)

    def running(self, oa_id: str) -> bool:
        return bool(self._store.value("SELECT running FROM demo WHERE oa_id = ?", (oa_id,)))

    def clear(self, oa_id: str) -> int:
        """The demo of the account stops and its customers leave; gives how many."""
        self._actors.need(oa_id)
        with self._store.transaction():
            self._store.write("DELETE FROM demo WHERE oa_id = ?", (oa_id,))
            return self._actors.drop(oa_id)

    def spoken(self, message: WebMessage) -> None:
        """The same of a personal account."""
        actor = None if message.is_group else self._actors.find(message.to_id)
        if actor is not None and actor.oa_id == message.from_uid:
            self.answered(self._actors.customer(actor))

    def answered(self, customer: Customer, _message: Message | None = None) -> None:
        """Somebody wrote to a demo customer, who reads a few seconds after the last of several messages."""
        actor = self._actors.find(customer.user_id)
        if actor is None:
            return
        if self._takeovers.holds(customer.user_id):
            self._give_way(actor)
            return
        by_colleague = self._colleagues.writing
        if not by_colleague:
            self._colleagues.person_answers(actor)
        waits = actor.stage in ("waiting", "reading") or (actor.stage == "gone" and not by_colleague)
        if waits:
            actor.stage, actor.due_ms = "reading", self._clock.now_ms() + self._dice.randint(*READING_MS)
        self._actors.save(actor)
        self._wake.set()

    async def run(self) -> None:
        while True:
            self._wake.clear()
            seconds = self._tick()
            try:
                async with asyncio.timeout(seconds):
                    await self._wake.wait()
            except TimeoutError:
                continue

    def _tick(self) -> float | None:
        """Do what is due; gives the real seconds until more is, or None when no demo runs."""
        waits: list[int] = []
        for demo in self._store.all(DemoState, "SELECT * FROM demo WHERE running"):
            now = self._clock.now_ms()
            if now >= self._next_call_ms.setdefault(demo.oa_id, now):
                self._call_someone(demo, now)
                pause = MINUTE_MS / max(demo.messages_per_minute, 0.1) * self._dice.uniform(0.6, 1.4)
                self._next_call_ms[demo.oa_id] = now + int(pause)
            for actor in self._actors.due(demo.oa_id, now):
                with self._store.transaction():
                    self._act(demo, actor, now)
            due = self._actors.next_due_ms(demo.oa_id)
            waits += [self._next_call_ms[demo.oa_id], *([] if due is None else [due])]
        return None if not waits else self._clock.real_seconds_until(min(waits))

    # Who begins

    def _call_someone(self, demo: DemoState, now: int) -> None:
        """Begin a scene of somebody who has rested, rather at an hour of theirs; else of somebody new."""
        everybody = [actor for actor in self._actors.of_account(demo.oa_id) if actor.trade in demo.trades]
        free = [
            actor
            for actor in everybody
            if actor.stage in ("resting", "gone") and not self._takeovers.holds(actor.user_id)
        ]
        rested = [actor for actor in free if actor.rests_until_ms <= now]
        if rested:
            hour = local_time(now).hour
            hours = [self._actors.person(actor).persona.hours.count(hour) for actor in rested]
            (actor,) = self._dice.choices(rested, [1 + 2 * count for count in hours])
        elif len(everybody) < MOST_PEOPLE:
            actor = self._somebody_new(demo, everybody, now)
        elif free:
            actor = min(free, key=lambda actor: (actor.rests_until_ms, actor.user_id))
        else:
            return
        before = actor.where
        place = Place(play=before.play + 1 if before.scene else 0)
        self._colleagues.release(actor)
        self._say(actor, Play(self._actors.person(actor), place), now)
        self._actors.save(actor)

    def _somebody_new(self, demo: DemoState, everybody: list[Actor], now: int) -> Actor:
        choices = [(trade, persona) for trade in trades_of(demo.trades) for persona in trade.personas]
        trade, persona = self._dice.choice(choices)
        numbers = [actor.number for actor in everybody if (actor.trade, actor.persona) == (trade.key, persona.key)]
        seed = seed_of(demo.oa_id) if self._actors.is_personal(demo.oa_id) else SEED
        newcomer = person(trade, persona, max(numbers, default=0) + 1, seed)
        return self._actors.add(demo.oa_id, newcomer, seed, now)

    # What is due

    def _act(self, demo: DemoState, actor: Actor, now: int) -> None:
        if self._takeovers.holds(actor.user_id):
            self._give_way(actor)
            return
        if self._colleagues.due(actor, now):
            self._colleagues.write(demo.staff, actor, now)
            return  # the customer's own part is due again at the next turn, as it now stands
        play = self._actors.play(actor)
        match actor.stage:
            case "speaking":
                self._speak(demo, actor, play, now)
            case "reading":
                self._read(actor, play, now)
            case "waiting":
                self._lose_patience(demo, actor, play, now)
            case _:
                actor.due_ms = None
        self._actors.save(actor)

    def _give_way(self, actor: Actor) -> None:
        """A visitor writes in their place: their own scene is over."""
        actor.stage, actor.pending, actor.due_ms = "resting", "[]", None
        actor.rests_until_ms = self._clock.now_ms() + DAY_MS
        self._colleagues.release(actor)
        self._actors.save(actor)

    def _say(self, actor: Actor, play: Play, due_ms: int) -> None:
        actor.place = text_of(play.place)
        actor.give(play.lines(), due_ms)
        self._colleagues.customer_speaks(actor)
        actor.asked_ms = 0

    def _speak(self, demo: DemoState, actor: Actor, play: Play, now: int) -> None:
        """Send the next line; after the last, wait for an answer or end."""
        lines = actor.lines
        actor.asked_ms = actor.asked_ms or now
        if lines:
            customer = self._actors.customer(actor)
            self._deeds.arrive(customer, play.person)
            self._deeds.do(customer, play.person, lines.pop(0), play.slots)
        if lines:
            actor.give(lines, now + live_typing_ms(lines[0].text, self._dice))
        elif play.beat.ends:
            self._end(demo, actor, play, now)
        else:
            self._wait(demo, actor, play, now)

    def _wait(self, demo: DemoState, actor: Actor, play: Play, now: int) -> None:
        """For an answer: one that came while the person still typed counts."""
        actor.stage, actor.pending = "waiting", "[]"
        actor.due_ms = now + play.beat.patience_minutes * MINUTE_MS
        if self._deeds.answers_since(self._actors.customer(actor), actor.asked_ms):
            actor.stage, actor.due_ms = "reading", now + self._dice.randint(*READING_MS)
        self._colleagues.customer_waits(demo.staff, actor, play, now)

    def _read(self, actor: Actor, play: Play, now: int) -> None:
        answers = self._deeds.answers_since(self._actors.customer(actor), actor.asked_ms)
        deeds = asked_to_do(answers)
        moved = play.hear(topics_in(answers), stray=not deeds)
        if moved:
            self._say(actor, play, now)
            actor.pending = text_of([*deeds, *play.lines()])
        elif deeds:
            actor.give(deeds, now)
            actor.asked_ms = 0
        else:
            actor.stage, actor.due_ms = "waiting", now + play.beat.patience_minutes * MINUTE_MS
            self._colleagues.customer_waits_on(actor, play, now)

    def _lose_patience(self, demo: DemoState, actor: Actor, play: Play, now: int) -> None:
        if play.lose_patience():
            self._say(actor, play, now)
        else:
            self._leave(demo, actor, play, now)

    def _end(self, demo: DemoState, actor: Actor, play: Play, now: int) -> None:
        if play.gone:
            self._leave(demo, actor, play, now)
            return
        actor.stage, actor.pending, actor.due_ms = "resting", "[]", None
        actor.rests_until_ms = now + returns_ms(self._dice, soon=False)
        self._colleagues.customer_rests(actor, play, now)

    def _leave(self, demo: DemoState, actor: Actor, play: Play, now: int) -> None:
        play.leave()
        actor.place = text_of(play.place)
        actor.stage, actor.pending, actor.due_ms = "gone", "[]", None
        actor.rests_until_ms = now + returns_ms(self._dice, soon=True)
        self._colleagues.customer_leaves(demo.staff, actor, play, now)
