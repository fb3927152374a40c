"""Who plays: a persona, or somebody who lives like it."""

import hashlib
from typing import Any

import msgspec

from sokhach.sandbox.demo.names import new_name
from sokhach.sandbox.personas import TRADES
from sokhach.sandbox.personas.script import Persona, Scene, Trade
from sokhach.sandbox.personas.speech import Slots, draw

LASTING = frozenset({"addr", "address", "street", "ward", "district", "called", "company", "school", "job", "age"})
"""Facts of a persona that stay with a person from scene to scene; the others are drawn anew."""

_OLDER = frozenset({"anh", "chị", "cô", "chú", "bác", "dì", "ông", "bà", "cậu", "mợ", "thím", "mệ", "o"})
_ELDERLY = frozenset({"cô", "chú", "bác", "dì", "ông", "bà", "cậu", "mợ", "thím", "mệ", "o"})


class UnknownTradeError(Exception):
    """An order named a trade that nobody has written."""


class Person(msgspec.Struct, frozen=True):
    """`number` 0 is the persona itself. `name` as at Zalo, `phone` as on the wire (84…), made up."""

    trade: Trade
    persona: Persona
    number: int
    seed: str
    name: str
    full_name: str
    phone: str

    @property
    def key(self) -> str:
        return f"{self.persona.key}/{self.number}"

    def scene(self, play: int) -> Scene:
        """What they play for the nth time (from 0): all their scenes in an order of their own, then again. Nobody
        begins by coming back."""
        dice = draw(f"{self.seed}/order")
        order = sorted(self.persona.scenes, key=lambda scene: dice.random() ** (1 / max(scene.weight, 1)), reverse=True)
        first = next((scene for scene in order if scene.mood != "returns"), order[0])
        order = [first, *(scene for scene in order if scene is not first)]
        return order[play % len(order)]

    def slots(self, scene: Scene, play: int) -> Slots:
        """What fills the templates of a play: facts of the scene, of the person, of the trade, then who they are."""
        facts = self.persona.facts
        lasting = {name: facts[name] for name in facts if name in LASTING}
        if self.number:
            lasting["called"] = (self.full_name.rpartition(" ")[2],)
        fresh = f"{self.seed}/{play}"
        return Slots(
            ((scene.facts, fresh), (lasting, self.seed), (facts, fresh), (self.trade.facts, fresh),
             (self._self(), self.seed))
        )  # fmt: skip

    def details(self, slots: Slots) -> dict[str, Any]:
        """What they fill into a form; keys as in `user_submit_info`."""
        street = next((slots[name] for name in ("addr", "address") if name in slots), "12 Lê Lợi")
        address = {"user_city": self.persona.city, "user_ward": "Phường 1", "user_address": street}
        return {"name": self.full_name, "phone": self.phone, "full_address": address}

    def _self(self) -> dict[str, tuple[str, ...]]:
        voice = self.persona.voice
        local = f"0{self.phone[2:]}"
        me = voice.me.lower()
        return {
            "me": (voice.me,),
            "you": (voice.you,),
            "yes": (voice.yes,),
            "end": (voice.end,),
            "name": (self.full_name,),
            "phone": (local, f"{local[:4]} {local[4:7]} {local[7:]}", f"{local[:4]}.{local[4:7]}.{local[7:]}"),
            "city": (self.persona.city,),
            "client": (me if me in _OLDER else "mình",),
            "staff": ("con" if me in _ELDERLY and voice.region in ("south", "west") else "em",),
        }


def trades_of(keys: list[str] | None) -> tuple[Trade, ...]:
    """None = all. Raises `UnknownTradeError`."""
    known = {trade.key: trade for trade in TRADES}
    unknown = sorted(set(keys or ()) - set(known))
    if unknown:
        raise UnknownTradeError(f"unknown trade {', '.join(unknown)}; there are {', '.join(known)}")
    return TRADES if keys is None else tuple(known[key] for key in dict.fromkeys(keys))


def person(trade: Trade, persona: Persona, number: int, seed: int) -> Person:
    """The same for the same arguments, always."""
    own = f"{seed}/{trade.key}/{persona.key}/{number}"
    name, full = new_name(persona, draw(f"{own}/name")) if number else (persona.name, persona.name)
    figure = int.from_bytes(hashlib.sha256(own.encode()).digest()[:4]) % 10**7
    return Person(trade, persona, number, own, name, full, f"8491{figure:07}")


def account_id(oa_id: str, person: Person, purpose: str = "user") -> str:
    """The person's user id at an account (or their id by app): a decimal string above 2^53."""
    digest = hashlib.sha256(f"{purpose}/{oa_id}/{person.seed}".encode()).digest()
    return str(2**60 + int.from_bytes(digest[:8]) % 2**62)
