"""When the groups of a personal account talked in the past, and who said what."""

import hashlib
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from sokhach.sandbox.days import day_start_ms
from sokhach.sandbox.demo.rhythm import DAY_MS, HOUR_MS, MINUTE_MS, typing_ms
from sokhach.sandbox.personas.circles import CIRCLES, STAFF, Circle, Said
from sokhach.sandbox.personas.speech import draw

FEWEST = 2
OPENS_HOUR, CLOSES_HOUR = 9, 20


class Spoken(NamedTuple):
    at_ms: int
    uid: str
    said: Said


class Gathering(NamedTuple):
    """A circle of one account. `members` without the account."""

    gid: str
    circle: Circle
    members: Sequence[str]
    words: Sequence[Spoken]


def circle_ids(account: str) -> list[str]:
    """Of all groups that an account may have here."""
    return [_gid(account, circle) for circle in CIRCLES]


def gatherings(account: str, trades: Iterable[str], uids: Sequence[str], begins: int, ends: int) -> list[Gathering]:
    """`uids`: customers, of whom each group takes some. Times in milliseconds."""
    wanted = frozenset(trades)
    return [
        _gather(account, circle, uids, begins, ends)
        for circle in CIRCLES
        if circle.trades & wanted and len(uids) >= FEWEST
    ]


def _gather(account: str, circle: Circle, uids: Sequence[str], begins: int, ends: int) -> Gathering:
    dice = draw(f"circle/{account}/{circle.key}")
    members = dice.sample(list(uids), min(circle.members, len(uids)))
    share = (ends - begins) / len(circle.talks)
    words: list[Spoken] = []
    for place, talk in enumerate(circle.talks):
        day = day_start_ms(int(begins + share * (place + dice.random())))
        at = day + dice.randint(OPENS_HOUR * HOUR_MS, CLOSES_HOUR * HOUR_MS)
        while not begins < at < ends - HOUR_MS and at > begins:
            at -= DAY_MS
        for said in talk:
            at += typing_ms(said.text, dice) + dice.randint(5_000, 6 * MINUTE_MS)
            who = account if said.who == STAFF else members[said.who % len(members)]
            if begins < at < ends:
                words.append(Spoken(at, who, said))
    return Gathering(_gid(account, circle), circle, members, words)


def _gid(account: str, circle: Circle) -> str:
    digest = hashlib.sha256(f"circle/{account}/{circle.key}".encode()).digest()
    return str(2**60 + int.from_bytes(digest[:8]) % 2**62)
