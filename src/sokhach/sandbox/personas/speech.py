"""Templates become sentences, and sentences the messages of somebody: bare, in teencode, with slips of the thumb."""

import random
import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from functools import cache
from typing import TypeAlias

from sokhach.sandbox.personas.script import Voice
from sokhach.sandbox.personas.teencode import PHRASES

Part: TypeAlias = "str | Slot | Choice"
Facts: TypeAlias = Mapping[str, tuple[str, ...]]

TEEN_SHARE = 0.75
"""Of the words that have a short form, how many get it in a message of teencode."""


class Slot(str):
    """The name of a slot."""

    __slots__ = ()


class Choice(tuple[tuple["Part", ...], ...]):
    """One of these."""

    __slots__ = ()


class Slots:
    """What fills the slots of one play: each the same whenever it is named, drawn when first named.

    `sources`: facts with the seed by which they are drawn; the first that knows a name counts. `KeyError` for a name
    that nobody fills.
    """

    def __init__(self, sources: Iterable[tuple[Facts, str]]) -> None:
        self._sources = tuple(sources)
        self._filled: dict[str, str] = {}

    def __contains__(self, name: str) -> bool:
        return any(name in facts for facts, _ in self._sources)

    def __getitem__(self, name: str) -> str:
        if name not in self._filled:
            if name not in self:
                raise KeyError(name)
            facts, seed = next(source for source in self._sources if name in source[0])
            dice = draw(f"{seed}/{name}")
            self._filled[name] = _filled(parse(dice.choice(facts[name])), self, dice)
        return self._filled[name]


def draw(seed: str) -> random.Random:
    """The same for the same words, whatever the process."""
    return random.Random(seed)  # noqa: S311 - a play, not a secret


def render(template: str, slots: Slots, dice: random.Random) -> str:
    """A sentence without braces, brackets and doubled spaces; empty when the template's choice was. `ValueError` for a
    template that does not close."""
    text = _filled(parse(template), slots, dice)
    text = re.sub(r"\s+([,.?!…;:](?:\s|$))", r"\1", re.sub(r"[ \t]+", " ", text))
    text = re.sub(r"([,;:])(?:\s*[,;:])+", r"\1", text)
    return unicodedata.normalize("NFC", text.strip().lstrip(",;. ").strip())


def sentence_case(text: str) -> str:
    """With a capital at the beginning of every sentence, as who writes with care does."""
    return re.sub(r"(^|[.?!]\s+)(\w)", lambda found: found[1] + found[2].upper(), text)


@cache
def parse(template: str) -> tuple[Part, ...]:
    parts, end = _sequence(template, 0, nested=False)
    if end != len(template):
        raise ValueError(f"what closes here was never opened: {template!r}")
    return parts


def slots_in(template: str) -> set[str]:
    """Names of all slots, in every choice."""
    found: set[str] = set()
    pending: list[Part] = list(parse(template))
    while pending:
        part = pending.pop()
        if isinstance(part, Slot):
            found.add(str(part))
        elif isinstance(part, Choice):
            pending += [inner for sequence in part for inner in sequence]
    return found


def _sequence(template: str, at: int, *, nested: bool) -> tuple[tuple[Part, ...], int]:
    """Until the end, or within a choice until `|` or `}`."""
    parts: list[Part] = []
    while at < len(template):
        mark = template[at]
        if mark == "}" or (mark == "|" and nested):
            break
        if mark == "{":
            choice, at = _choice(template, at + 1)
            parts.append(choice)
        elif mark == "[":
            end = template.index("]", at)
            parts.append(Slot(template[at + 1 : end]))
            at = end + 1
        else:
            found = re.compile(r"[^{}\[|]+" if nested else r"[^{}\[]+").match(template, at)
            assert found is not None
            parts.append(found[0])
            at = found.end()
    return tuple(parts), at


def _choice(template: str, at: int) -> tuple[Choice, int]:
    sequences: list[tuple[Part, ...]] = []
    while True:
        sequence, at = _sequence(template, at, nested=True)
        sequences.append(sequence)
        if at >= len(template):
            raise ValueError(f"a choice that does not close: {template!r}")
        at += 1
        if template[at - 1] == "}":
            return Choice(sequences), at


def _filled(parts: tuple[Part, ...], slots: Slots, dice: random.Random) -> str:
    made: list[str] = []
    for part in parts:
        if isinstance(part, Slot):
            made.append(slots[str(part)])
        elif isinstance(part, Choice):
            made.append(_filled(part[dice.randrange(len(part))], slots, dice))
        else:
            made.append(part)
    return "".join(made)


# The voice


def voiced(text: str, voice: Voice, dice: random.Random, *, bare: bool = False, teen: bool = False) -> str:
    """As the person types it, this time `bare` (without diacritics) and in teencode or not. Figures, what follows a
    house number, and addresses of the web stay as they are; a bare message takes the marks from street names, too."""
    if teen:
        text = _teencode(text, dice)
    elif not bare and voice.bare < 0.5:
        text = text[:1].upper() + text[1:]
    if bare:
        text = without_diacritics(text)
    return _slips(text, voice.typo, dice) if voice.typo else text


def without_diacritics(text: str) -> str:
    decomposed = unicodedata.normalize("NFD", text.replace("đ", "d").replace("Đ", "D"))
    return unicodedata.normalize("NFC", "".join(mark for mark in decomposed if not unicodedata.combining(mark)))


_PHRASE = re.compile(
    r"(?<!\w)(" + "|".join(sorted(map(re.escape, PHRASES), key=len, reverse=True)) + r")(?![\w])", re.IGNORECASE
)
_FIXED = re.compile(
    r"\S*(?:://|www\.|@|\.(?:vn|com|example)\b)\S*"  # the web
    r"|\S*\d\S*(?:\s+[A-ZÀ-ỸĐ][\w./]*)*"  # figures, and names after them: a house number and its street
)


def _teencode(text: str, dice: random.Random) -> str:
    """The same word gets the same short form throughout a message."""
    chosen: dict[str, str] = {}

    def short(found: re.Match[str]) -> str:
        word = found[0].lower()
        if word not in chosen:
            chosen[word] = dice.choice(PHRASES[word]) if dice.random() < TEEN_SHARE else ""
        # A word in the middle with a capital is a name.
        name = found[0][:1].isupper() and found.start() > 0
        return found[0] if name or not chosen[word] else chosen[word]

    return _outside_fixed(text[:1].lower() + text[1:], lambda free: _PHRASE.sub(short, free))


def _slips(text: str, share: float, dice: random.Random) -> str:
    def word(found: re.Match[str]) -> str:
        return _slip(found[0], dice) if len(found[0]) > 2 and dice.random() < share else found[0]

    text = _outside_fixed(text, lambda free: re.sub(r"(?<!\w)[^\W\d_A-ZĐ]+(?!\w)", word, free))
    if dice.random() < share * 2:
        gaps = [gap.start() for gap in re.finditer(r"(?<=[a-zà-ỹđ]) (?=[a-zà-ỹđ])", text)]
        if gaps:
            at = dice.choice(gaps)
            text = text[:at] + text[at + 1 :]
    return text


def _outside_fixed(text: str, change: Callable[[str], str]) -> str:
    made, at = "", 0
    for fixed in _FIXED.finditer(text):
        made += change(text[at : fixed.start()]) + fixed[0]
        at = fixed.end()
    return made + change(text[at:])


_TONES = {"\u0300": "f", "\u0301": "s", "\u0309": "r", "\u0303": "x", "\u0323": "j"}
_MARKS = {"\u0302": "^", "\u0306": "w", "\u031b": "w"}


def _slip(word: str, dice: random.Random) -> str:
    """One mistake as keyboards make them: Telex keys left over, a mark forgotten, letters swapped or doubled."""
    ways = [_doubled, _swapped]
    if without_diacritics(word) != word:
        ways = [_telex, _telex, _toneless, _late_hook, _swapped]
    return dice.choice(ways)(word)


def _telex(word: str) -> str:
    """The tone's key stands at the end, or "đ" is still "dd": "gửi" → "gưir"."""
    if word.startswith("đ"):
        return "dd" + word[1:]
    decomposed = unicodedata.normalize("NFD", word)
    tone = next((mark for mark in decomposed if mark in _TONES), None)
    if tone is not None:
        return unicodedata.normalize("NFC", decomposed.replace(tone, "", 1)) + _TONES[tone]
    for mark, key in _MARKS.items():
        at = decomposed.find(mark)
        if at > 0:
            typed = decomposed[at - 1] if key == "^" else key
            return unicodedata.normalize("NFC", decomposed[:at] + typed + decomposed[at + 1 :])
    return word


def _toneless(word: str) -> str:
    """ "được" → "đươc"."""
    decomposed = unicodedata.normalize("NFD", word)
    return unicodedata.normalize("NFC", "".join(mark for mark in decomposed if mark not in _TONES))


def _late_hook(word: str) -> str:
    """ "được" → "đuợc"."""
    return word.replace("ươ", "uơ").replace("ượ", "uợ").replace("ướ", "uớ").replace("ườ", "uờ").replace("ưở", "uở")


def _swapped(word: str) -> str:
    return word[:-2] + word[-1] + word[-2]


def _doubled(word: str) -> str:
    return word + word[-1]
