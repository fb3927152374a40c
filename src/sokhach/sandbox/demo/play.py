"""One scene, played by one person: what they say, and how it goes on. Pure: without clock, store or wire."""

import random

import msgspec

from sokhach.sandbox.demo.people import Person
from sokhach.sandbox.personas.script import Beat, Line, Route, Scene
from sokhach.sandbox.personas.speech import Slots, draw, render, sentence_case, voiced
from sokhach.sandbox.personas.topics import Topic, fold

MOST_STRAYS = 3
"""So often a scene goes on by `otherwise`; then the person gives up."""

SELDOM = {Topic.REFUSAL: 0.3, Topic.OUT_OF_STOCK: 0.4, Topic.WAIT: 0.5}
"""Good service is mostly none of these; the others weigh 1."""

STEADY = 0.8
"""How many messages of a play keep to its manner of writing."""

TEXTLESS = frozenset({"heart", "info", "press"})
"""Deeds, which are no messages of their own."""


class Place(msgspec.Struct, kw_only=True):
    """Where in a scene somebody stands. `play`: how many scenes came before; `step`: beats of this one so far, which
    tells two visits of a beat apart. `silenced`: beats whose silence was heard already; `left`: the beat that was not
    answered, after which silence followed."""

    play: int = 0
    scene: str = ""
    beat: str = "start"
    step: int = 0
    strays: int = 0
    silenced: list[str] = []
    left: str = ""


class Play:
    def __init__(self, person: Person, place: Place) -> None:
        """`place.scene` says which scene; an empty one begins the next."""
        self.person = person
        self.place = place
        chosen = next((scene for scene in person.persona.scenes if scene.key == place.scene), None)
        self.scene: Scene = chosen or person.scene(place.play)
        if self.scene.key != place.scene or place.beat not in self.scene.beats:
            place.scene, place.beat = self.scene.key, "start"
        self.slots: Slots = person.slots(self.scene, place.play)

    @property
    def beat(self) -> Beat:
        return self.scene.beats[self.place.beat]

    def lines(self) -> list[Line]:
        """What the person says at this beat, in their voice."""
        seed = f"{self.person.seed}/{self.place.play}/{self.place.step}"
        return [self._spoken(line, draw(f"{seed}/{index}")) for index, line in enumerate(self.beat.says)]

    def hear(self, topics: frozenset[Topic], *, stray: bool = True) -> bool:
        """Staff answered: go on to the next beat. False when this says nothing to the person, who waits on; without
        `stray` that is so for everything that no route waits for."""
        route = next((route for route in self.beat.routes if route.topic in topics), None)
        if route is not None:
            return self._go(route.to)
        if not stray or self.beat.otherwise is None or self.place.strays >= MOST_STRAYS:
            return False
        self.place.strays += 1
        return self._go(self.beat.otherwise)

    def lose_patience(self) -> bool:
        """Nobody answered in time: go on to what follows silence. False when nothing does."""
        beat, silence = self.place.beat, self.beat.silence
        if silence is None or beat in self.place.silenced or silence in self.place.silenced:
            return False
        self.place.silenced = [*self.place.silenced, beat]
        self._go(silence)
        self.place.left = beat
        return True

    def leave(self) -> None:
        """Back to what was asked last: an answer still reaches somebody who has gone."""
        if self.beat.ends:
            self.place.beat = self.place.left

    @property
    def gone(self) -> bool:
        """Over, because nobody answered."""
        return self.beat.ends and bool(self.place.left)

    def answer(self, dice: random.Random) -> str:
        """What a good colleague writes now; empty when the scene is over."""
        routes = [route for route in self.beat.routes if route.staff]
        if not routes:
            return ""
        (route,) = dice.choices(routes, [SELDOM.get(route.topic, 1.0) for route in routes])
        return self.staff(dice.choice(route.staff), dice)

    def answers(self, route: Route, dice: random.Random) -> list[str]:
        """All of a route's templates, rendered."""
        return [self.staff(template, dice) for template in route.staff]

    def staff(self, template: str, dice: random.Random) -> str:
        return sentence_case(render(template, self.slots, dice))

    def _go(self, beat: str) -> bool:
        self.place.beat = beat
        self.place.step += 1
        self.place.left = ""
        return True

    def _spoken(self, line: Line, dice: random.Random) -> Line:
        if line.type == "image" and line.variant is None and self.person.trade.pictures:
            line = msgspec.structs.replace(line, variant=self._picture(line.text or "", dice))
        if line.text is None:
            return line
        text = render(line.text, self.slots, dice)
        if line.type not in TEXTLESS:
            voice = self.person.persona.voice
            bare, teen = (
                self._habit(name, share, dice) for name, share in (("bare", voice.bare), ("teen", voice.teen))
            )
            text = voiced(text, voice, dice, bare=bare, teen=teen)
        return msgspec.structs.replace(line, text=text or None)

    def _picture(self, caption: str, dice: random.Random) -> str:
        """A slip when it is about money, else one of the trade's."""
        if any(word in fold(caption) for word in ("ck", "chuyen khoan", "bien lai", "hoa don", "phieu")):
            return "bien-lai.png"
        return dice.choice(self.person.trade.pictures)

    def _habit(self, name: str, share: float, dice: random.Random) -> bool:
        """Whether this message is so: mostly as the others of the play, in all plays together in `share` of them."""
        usual = draw(f"{self.person.seed}/{self.place.play}/{name}").random()
        return (usual if dice.random() < STEADY else dice.random()) < share
