"""What the personas are made of: their graphs are walked and every template is said aloud."""

import re
import unicodedata
from collections.abc import Callable, Iterator

import pytest

from sokhach.sandbox.demo.people import Person, person
from sokhach.sandbox.demo.play import TEXTLESS, Place, Play
from sokhach.sandbox.demo.staff import BELATED, FAREWELLS, HOLDS
from sokhach.sandbox.media import VARIANTS
from sokhach.sandbox.personas import TRADES
from sokhach.sandbox.personas.script import Beat, Persona, Scene, Trade
from sokhach.sandbox.personas.speech import draw
from sokhach.sandbox.personas.topics import topics_of

SEEDS = range(4)
"""Renderings of each template."""

NONSENSE = "ừm"

trades = pytest.mark.parametrize("trade", TRADES, ids=lambda trade: trade.key)


def scenes_of(trade: Trade) -> Iterator[tuple[Persona, Scene]]:
    for persona in trade.personas:
        for scene in persona.scenes:
            yield persona, scene


def ways(beat: Beat) -> list[str]:
    """Beats that follow an answer."""
    return [*(route.to for route in beat.routes), *([] if beat.otherwise is None else [beat.otherwise])]


def plays(trade: Trade, persona: Persona, scene: Scene, beat: str) -> Iterator[Play]:
    """The same beat, by several people of the kind."""
    for number in SEEDS:
        yield Play(person(trade, persona, number, 7), Place(scene=scene.key, beat=beat))


class TestCast:
    def test_sixty_people_in_six_trades(self) -> None:
        personas = [persona for trade in TRADES for persona in trade.personas]
        assert len(TRADES) == 6
        assert len(personas) >= 60
        assert all(len(trade.personas) >= 10 for trade in TRADES)
        assert (
            len({persona.key for persona in personas}) == len({persona.name for persona in personas}) == len(personas)
        )

    @trades
    def test_from_everywhere(self, trade: Trade) -> None:
        assert {persona.voice.region for persona in trade.personas} == {"north", "centre", "south", "west"}

    @trades
    def test_every_mood(self, trade: Trade) -> None:
        moods = {scene.mood for _, scene in scenes_of(trade)}
        assert moods == {"asks", "orders", "complains", "wavers", "returns"}

    @trades
    def test_lives_are_lived(self, trade: Trade) -> None:
        """Three scenes or more, at hours of the day, of which the first is no return."""
        for persona in trade.personas:
            assert len(persona.scenes) >= 3, persona.key
            assert len({scene.key for scene in persona.scenes}) == len(persona.scenes), persona.key
            assert set(persona.hours) <= set(range(24)), persona.key
            assert person(trade, persona, 0, 1).scene(0).mood != "returns", persona.key

    @trades
    def test_more_than_words(self, trade: Trade) -> None:
        types = {line.type for _, scene in scenes_of(trade) for beat in scene.beats.values() for line in beat.says}
        assert {"text", "image", "sticker", "heart"} <= types


class TestGraphs:
    @trades
    def test_every_way_leads_somewhere(self, trade: Trade) -> None:
        for persona, scene in scenes_of(trade):
            for name, beat in scene.beats.items():
                targets = [*ways(beat), *([] if beat.silence is None else [beat.silence])]
                missing = set(targets) - set(scene.beats)
                assert not missing, (persona.key, scene.key, name, missing)

    @trades
    def test_every_beat_is_reached_and_every_scene_can_end(self, trade: Trade) -> None:
        for persona, scene in scenes_of(trade):
            reached, pending = set[str](), ["start"]
            while pending:
                name = pending.pop()
                if name not in reached:
                    reached.add(name)
                    beat = scene.beats[name]
                    pending += [*ways(beat), *([] if beat.silence is None else [beat.silence])]
            assert reached == set(scene.beats), (persona.key, scene.key, set(scene.beats) - reached)
            assert any(beat.ends for beat in scene.beats.values()), (persona.key, scene.key)

    @trades
    def test_three_ways_on_with_words_of_their_own(self, trade: Trade) -> None:
        for persona, scene in scenes_of(trade):
            start = scene.beats["start"]
            early = [start, *(scene.beats[name] for name in ways(start))]
            most = max(len({scene.beats[name].says for name in ways(beat)}) for beat in early)
            assert most >= 3, (persona.key, scene.key)

    @trades
    def test_other_answers_get_other_words(self, trade: Trade) -> None:
        """Whole scenes, played with every answer that is waited for and one that is not."""
        for persona in trade.personas:
            told = {words for scene in persona.scenes[:3] for words in self._told(trade, persona, scene)}
            assert len(told) >= 3 * len(persona.scenes[:3]), persona.key

    def _told(self, trade: Trade, persona: Persona, scene: Scene) -> set[str]:
        somebody = person(trade, persona, 0, 7)
        told: set[str] = set()
        for step in ["start", *ways(scene.beats["start"])]:
            for index in range(len(scene.beats[step].routes) + 1):
                play = Play(somebody, Place(scene=scene.key, beat=step))
                routes = play.beat.routes
                answer = play.answers(routes[index], draw("x"))[0] if index < len(routes) else NONSENSE
                if play.hear(topics_of(answer)):
                    told.add("\n".join(line.text or line.type for line in play.lines()))
        return told


class TestTemplates:
    @trades
    def test_lines_can_be_sent(self, trade: Trade) -> None:
        for persona, scene in scenes_of(trade):
            for name in scene.beats:
                for play in plays(trade, persona, scene, name):
                    for line in play.lines():
                        where = (persona.key, scene.key, name, line.text)
                        self._check(line.text, where)
                        assert line.text or line.type not in ("text", "press"), where
                        assert line.text is None or line.type not in ("heart", "info"), where
                        assert line.variant is None or line.variant in VARIANTS[line.type], where

    @trades
    def test_answers_are_heard_as_what_they_are(self, trade: Trade) -> None:
        for persona, scene in scenes_of(trade):
            for name, beat in scene.beats.items():
                for play in plays(trade, persona, scene, name):
                    for place, route in enumerate(beat.routes):
                        assert route.staff, (persona.key, scene.key, name, route.topic)
                        earlier = {other.topic for other in beat.routes[:place]}
                        for answer in play.answers(route, draw(play.person.seed)):
                            where = (persona.key, scene.key, name, route.topic, answer)
                            self._check(answer, where)
                            assert route.topic in topics_of(answer), where
                            assert not earlier & topics_of(answer), (*where, earlier & topics_of(answer))

    def test_asides_of_colleagues(self) -> None:
        somebody = person(TRADES[0], TRADES[0].personas[0], 0, 7)
        play = Play(somebody, Place())
        for template in (*HOLDS, *FAREWELLS, *BELATED):
            self._check(play.staff(template, draw("1")), template)

    def _check(self, text: str | None, where: object) -> None:
        if text is not None:
            assert not re.search(r"[\[\]{}|]|  ", text), where
            assert unicodedata.is_normalized("NFC", text), where
            assert 0 < len(text) <= 1_000, where


@pytest.fixture(scope="module")
def lines() -> list[tuple[Person, str]]:
    """Whole texts of all, as they are typed."""
    return [
        (play.person, line.text)
        for trade in TRADES
        for persona, scene in scenes_of(trade)
        for name in scene.beats
        for play in plays(trade, persona, scene, name)
        for line in play.lines()
        if line.text and line.type not in TEXTLESS
    ]


class TestVoices:
    def test_differ(self, lines: list[tuple[Person, str]]) -> None:
        """Some write without diacritics, some in teencode, most do neither; nobody does all the time what they do half
        of the time."""
        bare = self._share(lines, lambda text: text.isascii())
        teen = self._share(
            lines, lambda text: bool(re.search(r"\b(k|ko|dc|đc|r|z|j|vs|mk|ntn|bn|sz|ck|e|sốp)\b", text))
        )
        assert 0.1 < bare < 0.45, bare
        assert 0.05 < teen < 0.35, teen
        shares = {persona.key: persona.voice.bare for trade in TRADES for persona in trade.personas}
        for key, share in shares.items():
            own = [(person, text) for person, text in lines if person.persona.key == key]
            if share == 0:
                accented = self._share(own, lambda text: not text.isascii())
                assert accented > 0.75, key

    def _share(self, lines: list[tuple[Person, str]], is_so: Callable[[str], bool]) -> float:
        return sum(is_so(text) for _, text in lines) / len(lines)
