"""The demo: the customers of `customers.py` write from time to time, and react to what staff answer."""

import asyncio
import random
from collections.abc import Sequence
from typing import Any

import msgspec

from sokhach.sandbox.accounts import Accounts, Customer
from sokhach.sandbox.clock import SimulatedClock
from sokhach.sandbox.customers import PERSONAS, Line, Persona, Scene
from sokhach.sandbox.happenings import Happenings
from sokhach.sandbox.records import Message
from sokhach.sandbox.store import Store
from sokhach.sandbox.tags import Tags
from sokhach.sandbox.threads import InboundMessage, Threads

AUTO_SEEN_MS = 4_000
PATIENCE_MS = 120_000
TYPING_MS = (2_500, 9_000)
MINUTE_MS = 60_000


class DemoOrder(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """`messages_per_minute`: how often someone begins to write; reactions and thanks come on top."""

    oa_id: str
    running: bool = True
    messages_per_minute: float = 6


class DemoState(msgspec.Struct):
    oa_id: str
    running: bool
    messages_per_minute: float


class Actor(msgspec.Struct, kw_only=True):
    """A demo customer's place in the script; `pending` are the lines still to be sent, the next one at `due_ms`.

    resting → opening → waiting → (reminding → reminded) → reacting → thanking → closing → resting with the next scene.
    Waiting and reminded end with an answer of staff; thanking with another answer, or when patience is over.
    """

    oa_id: str
    persona: str
    user_id: str
    scene: int = 0
    stage: str = "resting"
    pending: str = "[]"
    due_ms: int | None = None

    @property
    def lines(self) -> list[Line]:
        return msgspec.json.decode(self.pending, type=list[Line])


class Demo:
    def __init__(
        self,
        store: Store,
        clock: SimulatedClock,
        accounts: Accounts,
        threads: Threads,
        tags: Tags,
        happenings: Happenings,
    ) -> None:
        self._store = store
        self._clock = clock
        self._accounts = accounts
        self._threads = threads
        self._tags = tags
        self._happenings = happenings
        self._personas = {persona.key: persona for persona in PERSONAS}
        self._random = random.Random(20)  # noqa: S311 - pace and order of a demo
        self._next_call_ms: dict[str, int] = {}
        self._wake = asyncio.Event()
        clock.on_change(self._wake.set)

    def order(self, order: DemoOrder) -> DemoState:
        """Start or stop; the first start creates the customers. They keep their place in the script when stopped."""
        self._accounts.oa(order.oa_id)
        with self._store.transaction():
            self._store.write(
                "INSERT OR REPLACE INTO demo VALUES (?, ?, ?)", (order.oa_id, order.running, order.messages_per_minute)
            )
            if order.running:
                self._cast(order.oa_id)
        self._next_call_ms[order.oa_id] = self._clock.now_ms()
        self._wake.set()
        return DemoState(order.oa_id, order.running, order.messages_per_minute)

    def report(self) -> list[dict[str, Any]]:
        return [
            {
                "oa_id": demo.oa_id,
                "running": demo.running,
                "messages_per_minute": demo.messages_per_minute,
                "customers": [
                    {"user_id": actor.user_id, "name": self._personas[actor.persona].name, "stage": actor.stage}
                    for actor in self._actors(demo.oa_id)
                ],
            }
            for demo in self._store.all(DemoState, "SELECT * FROM demo ORDER BY oa_id")
        ]

    def answered(self, customer: Customer, message: Message) -> None:
        """Staff wrote to a demo customer: choose the reaction that fits, and begin to type after reading."""
        actor = self._store.one(Actor, "SELECT * FROM demo_customer WHERE user_id = ?", (customer.user_id,))
        if actor is None or actor.stage not in ("waiting", "reminded", "thanking"):
            return
        scene = self._scene(actor)
        if actor.stage == "thanking":
            actor.stage, lines = "closing", scene.thanks
        else:
            actor.stage = "reacting"
            lines = _answer_to_form(message) or scene.reaction(message.text or "")
        self._give(actor, lines, AUTO_SEEN_MS + self._typing_ms())
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
        demos = self._store.all(DemoState, "SELECT * FROM demo WHERE running")
        now = self._clock.now_ms()
        for demo in demos:
            if now >= self._next_call_ms.setdefault(demo.oa_id, now):
                self._call_someone(demo.oa_id)
                pause = MINUTE_MS / max(demo.messages_per_minute, 0.1) * self._random.uniform(0.6, 1.4)
                self._next_call_ms[demo.oa_id] = now + int(pause)
            for actor in self._actors(demo.oa_id):
                if actor.due_ms is not None and actor.due_ms <= now:
                    self._speak(actor)
        waits = [self._next_call_ms[demo.oa_id] for demo in demos]
        waits += [actor.due_ms for demo in demos for actor in self._actors(demo.oa_id) if actor.due_ms is not None]
        return None if not waits else self._clock.real_seconds_until(min(waits))

    def _cast(self, oa_id: str) -> None:
        existing = {actor.persona for actor in self._actors(oa_id)}
        for persona in PERSONAS:
            if persona.key not in existing:
                customer = self._accounts.add_customer(
                    oa_id, persona.name, now_ms=self._clock.now_ms(), auto_seen_ms=AUTO_SEEN_MS
                )
                sql = "INSERT INTO demo_customer (oa_id, persona, user_id) VALUES (?, ?, ?)"
                self._store.write(sql, (oa_id, persona.key, customer.user_id))

    def _call_someone(self, oa_id: str) -> None:
        """Begin the next scene of a customer who rests; when everyone waits, somebody asks again, once."""
        actors = self._actors(oa_id)
        resting = [actor for actor in actors if actor.stage == "resting"]
        if resting:
            actor = self._random.choice(resting)
            actor.stage = "opening"
            self._give(actor, self._scene(actor).opening, 0)
            return
        waiting = [actor for actor in actors if actor.stage == "waiting"]
        if waiting:
            actor = self._random.choice(waiting)
            actor.stage = "reminding"
            self._give(actor, [self._personas[actor.persona].reminder], 0)

    def _speak(self, actor: Actor) -> None:
        """Send the next pending line, and go on to the next stage after the last."""
        lines = actor.lines
        customer = self._accounts.customer(actor.oa_id, actor.user_id)
        with self._store.transaction():
            if lines:
                self._arrive(customer, self._persona(actor))
                self._do(customer, self._persona(actor), lines.pop(0))
            if lines:
                self._give(actor, lines, self._typing_ms())
            else:
                self._end_of_stage(actor)

    def _arrive(self, customer: Customer, persona: Persona) -> None:
        """Whoever follows does so before the first word, from where they found the shop; staff have tagged some."""
        if not customer.follows and persona.follows:
            self._threads.follow(customer, follows=True, source=persona.source)
        if persona.tag is not None and customer.last_interaction_ms is not None:
            self._tags.add(customer, persona.tag)

    def _do(self, customer: Customer, persona: Persona, line: Line) -> None:
        match line.type:
            case "heart":
                recent = self._threads.thread(customer.oa_id, customer.user_id, offset=0, count=10)
                answer = next((message for message in recent if message.src == 0), None)
                if answer is not None:
                    self._threads.react(customer, answer.msg_id, "/-heart")
            case "info":
                self._happenings.submit_info(customer, persona.details)
            case "press":
                self._threads.receive(customer, InboundMessage(text=line.text))
            case _:
                self._threads.receive(customer, InboundMessage(type=line.type, text=line.text))

    def _end_of_stage(self, actor: Actor) -> None:
        match actor.stage:
            case "opening":
                actor.stage = "waiting"
            case "reminding":
                actor.stage = "reminded"
            case "reacting":
                actor.stage = "thanking"
                self._give(actor, self._scene(actor).thanks, PATIENCE_MS)
                return
            case _:
                actor.stage = "resting"
                actor.scene += 1
        self._save(actor, [], None)

    def _give(self, actor: Actor, lines: Sequence[Line], delay_ms: int) -> None:
        self._save(actor, lines, self._clock.now_ms() + delay_ms)

    def _save(self, actor: Actor, lines: Sequence[Line], due_ms: int | None) -> None:
        self._store.write(
            "UPDATE demo_customer SET scene = ?, stage = ?, pending = ?, due_ms = ? WHERE user_id = ?",
            (actor.scene, actor.stage, msgspec.json.encode(lines).decode(), due_ms, actor.user_id),
        )

    def _scene(self, actor: Actor) -> Scene:
        scenes = self._persona(actor).scenes
        return scenes[actor.scene % len(scenes)]

    def _persona(self, actor: Actor) -> Persona:
        return self._personas[actor.persona]

    def _actors(self, oa_id: str) -> list[Actor]:
        known = self._store.all(Actor, "SELECT * FROM demo_customer WHERE oa_id = ? ORDER BY persona", (oa_id,))
        return [actor for actor in known if actor.persona in self._personas]

    def _typing_ms(self) -> int:
        return self._random.randint(*TYPING_MS)


def _answer_to_form(message: Message) -> tuple[Line, ...]:
    """People fill in what they are asked, and press the first button that asks for them."""
    if "request_user_info" in message.extra:
        return (Line(type="info"),)
    buttons: list[dict[str, Any]] = message.extra.get("buttons", [])
    queries = [button["payload"] for button in buttons if button["type"].startswith("oa.query.")]
    return (Line(text=queries[0], type="press"),) if queries else ()
