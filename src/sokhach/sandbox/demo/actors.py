"""Where every customer of the demo stands, in the sandbox's store."""

from typing import Any

import msgspec

from sokhach.sandbox.accounts import Accounts, Customer
from sokhach.sandbox.demo.people import Person, account_id, person
from sokhach.sandbox.demo.personal import PersonalStage
from sokhach.sandbox.demo.play import Place, Play
from sokhach.sandbox.personas import TRADES
from sokhach.sandbox.personas.script import Line, Trade
from sokhach.sandbox.store import Store

AUTO_SEEN_MS = 4_000


class Actor(msgspec.Struct, kw_only=True):
    """`pending` are the lines still to be sent, `answers` those of a colleague; the next ones at `due_ms` and
    `answer_due_ms`. `asked_ms`: when the beat began, so that what staff wrote since is the answer.

    resting → speaking → waiting → reading → speaking … → resting, or gone when nobody answers. `helped`: who answers in
    this scene, `colleague` or `person` (for good); empty = nobody yet.
    """

    oa_id: str
    user_id: str
    trade: str
    persona: str
    number: int
    seed: int
    place: str = "{}"
    stage: str = "resting"
    pending: str = "[]"
    due_ms: int | None = None
    asked_ms: int = 0
    rests_until_ms: int = 0
    helped: str = ""
    admin_id: str | None = None
    answers: str = "[]"
    answer_due_ms: int | None = None

    @property
    def lines(self) -> list[Line]:
        return msgspec.json.decode(self.pending, type=list[Line])

    @property
    def where(self) -> Place:
        return msgspec.json.decode(self.place, type=Place)

    @property
    def texts(self) -> list[str]:
        return msgspec.json.decode(self.answers, type=list[str])

    def give(self, lines: list[Line], due_ms: int) -> None:
        """They begin to say this."""
        self.stage, self.pending, self.due_ms = "speaking", text_of(lines), due_ms

    def hand(self, texts: list[str], due_ms: int | None) -> None:
        """The colleague's next words."""
        self.answers, self.answer_due_ms = text_of(texts), due_ms if texts else None


def text_of(value: Any) -> str:
    return msgspec.json.encode(value).decode()


class Actors:
    def __init__(self, store: Store, accounts: Accounts, personal: PersonalStage) -> None:
        self._store = store
        self._accounts = accounts
        self._personal = personal
        self._trades = {trade.key: {one.key: one for one in trade.personas} for trade in TRADES}
        self._by_key = {trade.key: trade for trade in TRADES}
        self._people: dict[tuple[str, str, int, int], Person] = {}

    def need(self, oa_id: str) -> None:
        """Raises `NotFoundError` for what is neither an official account nor a personal one."""
        if not self._personal.holds(oa_id):
            self._accounts.oa(oa_id)

    def is_personal(self, oa_id: str) -> bool:
        return self._personal.holds(oa_id)

    def cast(self, oa_id: str, trades: tuple[Trade, ...], *, seed: int, now_ms: int) -> None:
        """Every persona once; who is there stays. They write to official accounts; to personal ones come others like
        them."""
        if self._personal.holds(oa_id):
            return
        there = {(actor.trade, actor.persona) for actor in self.of_account(oa_id)}
        for trade in trades:
            for persona in trade.personas:
                if (trade.key, persona.key) not in there:
                    self.add(oa_id, person(trade, persona, 0, seed), seed, now_ms)

    def add(self, oa_id: str, somebody: Person, seed: int, now_ms: int) -> Actor:
        """A Zalo user for them, and their place among the actors."""
        self.meet(oa_id, somebody, now_ms)
        actor = self.actor_of(oa_id, somebody, seed)
        self.save(actor)
        return actor

    def meet(self, oa_id: str, somebody: Person, now_ms: int) -> Customer:
        """The same identifiers whenever it is the same person."""
        if self._personal.holds(oa_id):
            return self._personal.meet(oa_id, somebody)
        return self._accounts.add_customer(
            oa_id, somebody.name, now_ms=now_ms, user_id=account_id(oa_id, somebody), auto_seen_ms=AUTO_SEEN_MS,
            user_id_by_app=account_id(oa_id, somebody, "by-app"),
        )  # fmt: skip

    def actor_of(self, oa_id: str, somebody: Person, seed: int) -> Actor:
        return Actor(
            oa_id=oa_id, user_id=account_id(oa_id, somebody), trade=somebody.trade.key, persona=somebody.persona.key,
            number=somebody.number, seed=seed,
        )  # fmt: skip

    def save(self, actor: Actor) -> None:
        self._store.upsert("demo_customer", actor, "user_id")

    def find(self, user_id: str) -> Actor | None:
        actor = self._store.one(Actor, "SELECT * FROM demo_customer WHERE user_id = ?", (user_id,))
        return actor if actor is not None and self._known(actor) else None

    def of_account(self, oa_id: str) -> list[Actor]:
        sql = "SELECT * FROM demo_customer WHERE oa_id = ? ORDER BY trade, persona, number"
        return [actor for actor in self._store.all(Actor, sql, (oa_id,)) if self._known(actor)]

    def due(self, oa_id: str, now_ms: int) -> list[Actor]:
        """Who has something to do, or has a colleague who has."""
        sql = """SELECT * FROM demo_customer WHERE oa_id = ? AND (due_ms <= ? OR answer_due_ms <= ?)
                 ORDER BY due_ms, user_id"""
        found = self._store.all(Actor, sql, (oa_id, now_ms, now_ms))
        for actor in found:
            if not self._known(actor):
                actor.due_ms = actor.answer_due_ms = None
                self.save(actor)
        return [actor for actor in found if self._known(actor)]

    def next_due_ms(self, oa_id: str) -> int | None:
        sql = """SELECT min(due) FROM (SELECT due_ms AS due FROM demo_customer WHERE oa_id = :oa_id UNION ALL
                 SELECT answer_due_ms FROM demo_customer WHERE oa_id = :oa_id)"""
        return self._store.value(sql, {"oa_id": oa_id})

    def person(self, actor: Actor) -> Person:
        key = (actor.trade, actor.persona, actor.number, actor.seed)
        if key not in self._people:
            persona = self._trades[actor.trade][actor.persona]
            self._people[key] = person(self._by_key[actor.trade], persona, actor.number, actor.seed)
        return self._people[key]

    def play(self, actor: Actor) -> Play:
        return Play(self.person(actor), actor.where)

    def customer(self, actor: Actor) -> Customer:
        if self._personal.holds(actor.oa_id):
            return self._personal.customer(actor.oa_id, actor.user_id)
        return self._accounts.customer(actor.oa_id, actor.user_id)

    def report(self, actor: Actor) -> dict[str, Any]:
        play = self.play(actor)
        persona = play.person.persona
        return {
            "user_id": actor.user_id,
            "name": play.person.name,
            "trade": actor.trade,
            "persona": actor.persona,
            "city": persona.city,
            "region": persona.voice.region,
            "stage": actor.stage,
            "scene": play.scene.key,
            "mood": play.scene.mood,
            "admin_id": actor.admin_id,
        }

    def drop(self, oa_id: str) -> int:
        """The customers leave with all that was said; gives how many."""
        theirs = "SELECT user_id FROM demo_customer WHERE oa_id = ?"
        with self._store.transaction():
            if self._personal.holds(oa_id):
                self._personal.drop(oa_id, [actor.user_id for actor in self.of_account(oa_id)])
            for sql in (
                f"DELETE FROM reaction WHERE msg_id IN (SELECT msg_id FROM message WHERE user_id IN ({theirs}))",
                f"DELETE FROM message WHERE user_id IN ({theirs})",
                f"DELETE FROM customer_tag WHERE user_id IN ({theirs})",
                f"DELETE FROM group_member WHERE user_id IN ({theirs})",
                f"DELETE FROM customer WHERE user_id IN ({theirs})",
            ):
                self._store.write(sql, (oa_id,))
            return self._store.write("DELETE FROM demo_customer WHERE oa_id = ?", (oa_id,))

    def _known(self, actor: Actor) -> bool:
        """A later sandbox may have lost a persona."""
        return actor.persona in self._trades.get(actor.trade, {})
