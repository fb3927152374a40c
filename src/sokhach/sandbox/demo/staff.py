"""Whose customers simulated colleagues have, and what they say: in the live demo as in a played past."""

import random
import re

import msgspec

from sokhach.sandbox.demo.people import Person
from sokhach.sandbox.demo.play import MOST_STRAYS, Play
from sokhach.sandbox.personas.speech import draw
from sokhach.sandbox.personas.topics import Topic

HOLDS = (
    "Dạ [client] {đợi|chờ} [staff] {chút|xíu|một lát} {nha|nhé|ạ}",
    "Dạ {[staff] kiểm tra|để [staff] kiểm tra|[staff] hỏi lại bên kia} rồi báo [client] {liền ạ|ngay nha|sau xíu ạ}",
    "{[client] ơi |}{[client] cho [staff] ít phút|đợi [staff] xíu}, [staff] {xem lại|mở lại thông tin} rồi nhắn "
    "{liền|ngay} ạ",
)
"""They lead to `otherwise`, unless a route waits for them."""

FAREWELLS = (
    "Dạ [staff] cảm ơn [client] {nhiều |}{ạ|nha|nhé}{, cần gì [client] cứ nhắn [staff]|, chúc [client] một ngày vui|}",
    "Dạ {vâng|} [staff] {ghi nhận rồi|note lại rồi|lưu lại rồi} ạ{, có gì [staff] báo [client]|, cảm ơn [client]|}",
    "Dạ {[client] |}{yên tâm nha|cần hỗ trợ gì cứ nhắn bên [staff]|có gì nhắn [staff] ạ}{, [staff] cảm ơn [client]|}",
)
BELATED = (
    "Dạ [staff] xin lỗi [client], {nay|hôm nay|nãy giờ} {đông khách|nhiều tin quá} nên [staff] trả lời trễ. "
    "[client] còn cần [staff] hỗ trợ không ạ",
    "{[client] ơi |}[staff] xin lỗi vì để [client] đợi lâu {ạ|quá}, [client] {cần gì|còn quan tâm} nhắn [staff] "
    "hỗ trợ {liền nha|ngay ạ}",
)
"""To somebody who has already left in anger."""


class Colleague(msgspec.Struct, kw_only=True, frozen=True, forbid_unknown_fields=True):
    """`share` of the customers who write are answered by `admin_id` in Zalo's own tools."""

    admin_id: str
    share: float


def colleague_for(colleagues: list[Colleague], lot: float) -> str | None:
    """Who answers whoever drew `lot` (0 to 1); None = nobody."""
    for colleague in colleagues:
        lot -= colleague.share
        if lot < 0:
            return colleague.admin_id
    return None


def usual_colleague(colleagues: list[Colleague], person: Person) -> str | None:
    """The one who has this customer, if anybody has: in proportion to the shares."""
    lot = draw(f"{person.seed}/colleague").random()
    return colleague_for(colleagues, lot * sum(colleague.share for colleague in colleagues))


def reply(play: Play, hold_share: float, dice: random.Random) -> str:
    """An answer, or for so many of them a word that one follows; empty when the scene is over."""
    beat = play.beat
    waits = any(route.topic is Topic.WAIT for route in beat.routes)
    if beat.otherwise and not waits and play.place.strays < MOST_STRAYS and dice.random() < hold_share:
        return aside(play, HOLDS, dice)
    return play.answer(dice)


def aside(play: Play, templates: tuple[str, ...], dice: random.Random) -> str:
    return play.staff(dice.choice(templates), dice)


def in_messages(text: str, dice: random.Random) -> list[str]:
    """A longer answer is sometimes sent as two messages."""
    parts = re.split(r"(?<=[^\d.][.?!]) +", text, maxsplit=1)
    return parts if len(parts) == 2 and dice.random() < 0.4 and min(map(len, parts)) > 12 else [text]
