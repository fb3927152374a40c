"""What a persona is made of: people, the scenes they play, and how a scene goes on by what staff answer.

Texts are templates: `{a|b|}` is one of the choices (they nest), `[name]` a slot that is filled once a scene (facts of
the trade, of the person, of the scene). `speech` renders them in the voice of a person.
"""

from collections.abc import Mapping
from typing import Literal

import msgspec

from sokhach.sandbox.personas.topics import Topic

Region = Literal["north", "centre", "south", "west"]
LineType = Literal["text", "image", "sticker", "audio", "video", "file", "location", "link", "heart", "info", "press"]


class Line(msgspec.Struct, frozen=True):
    """One message of a customer; `type` as in the control API, `text` a template or a caption.

    Or a deed: `heart` (on the account's last message), `info` (fills in the form for details), `press` (a button that
    asks `text`). `variant` picks one of the sandbox's files by name.
    """

    text: str | None = None
    type: LineType = "text"
    variant: str | None = None


class Route(msgspec.Struct, frozen=True):
    """An answer of staff that speaks of `topic` leads to the beat `to`; `staff` are templates of such answers, as a
    good colleague writes them. Each of them must be recognised as `topic` (a test checks)."""

    topic: Topic
    to: str
    staff: tuple[str, ...]


class Beat(msgspec.Struct, frozen=True):
    """The customer says `says`, then waits for an answer. The first route whose topic the answer holds is taken, else
    `otherwise`. When nobody answers for `patience_minutes` of the customer's time, `silence` follows (once).

    Without routes the scene ends here. A beat that only `silence` or `otherwise` lead to may lead back.
    """

    says: tuple[Line, ...]
    routes: tuple[Route, ...] = ()
    otherwise: str | None = None
    silence: str | None = None
    patience_minutes: int = 20

    @property
    def ends(self) -> bool:
        return not self.routes


class Scene(msgspec.Struct, frozen=True):
    """Starts with the beat `start`. `facts`: slot → templates of which one is drawn for the play.

    A scene of the mood `returns` is only played by somebody who has been here before, some days later. `weight`: how
    often it is chosen among the scenes of a person.
    """

    key: str
    beats: Mapping[str, Beat]
    facts: Mapping[str, tuple[str, ...]] = {}
    mood: Literal["asks", "orders", "complains", "wavers", "returns"] = "asks"
    weight: int = 1


class Voice(msgspec.Struct, frozen=True):
    """How somebody writes. `me` and `you` fill `[me]` and `[you]` ("em", "shop"; "chị", "em"); `yes` and `end` fill
    `[yes]` and `[end]` ("dạ", "vâng"; "ạ", "nha", "hen", "nghen", "hí").

    Probabilities for a message: `bare` without diacritics, `teen` with teencode; for a word: `typo`.
    """

    region: Region
    me: str = "em"
    you: str = "shop"
    yes: str = "dạ"
    end: str = "ạ"
    bare: float = 0.0
    teen: float = 0.0
    typo: float = 0.0


class Persona(msgspec.Struct, frozen=True):
    """`scenes` are played in an order drawn for the person. `tag` is theirs at Zalo, `city` where they live, `avatar`
    follows from the key. `hours`: when they write (0 to 23, local), heavier hours named more than once."""

    key: str
    name: str
    voice: Voice
    scenes: tuple[Scene, ...]
    facts: Mapping[str, tuple[str, ...]] = {}
    follows: bool = True
    source: str = "oa_profile"
    tag: str | None = None
    city: str = "Thành phố Hồ Chí Minh"
    hours: tuple[int, ...] = (8, 9, 9, 10, 10, 11, 13, 14, 15, 16, 19, 20, 20, 20, 21, 21, 22)


class Trade(msgspec.Struct, frozen=True):
    """`facts` fill slots for all its people; those of a person, and then of a scene, stand before them. `pictures` are
    what they photograph, where a line names no variant."""

    key: str
    name: str
    personas: tuple[Persona, ...]
    facts: Mapping[str, tuple[str, ...]] = {}
    pictures: tuple[str, ...] = ()


def say(*texts: str) -> tuple[Line, ...]:
    return tuple(Line(text) for text in texts)
