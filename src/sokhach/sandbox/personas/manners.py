"""How the regions of Vietnam turn a sentence, and the lines that everybody writes: reminders, goodbyes.

The slots of a dialect: `q` ends a question, `no` ends a yes-or-no question, `how what where much this that` ask and
point, `sigh` and `so` ("quá") stress, `truly` is "thật", `please` "giúp", `quick` "nhanh", `look`
"xem", `huh` "à", `day` "hôm", `kilo` "cân"; `mum` and `parents` are theirs, `folks` those who must be asked at home.
Scenes that use `reminder` or the endings give the slot `about`: what the person wants to know, as a noun.
"""

from collections.abc import Mapping

from sokhach.sandbox.personas.script import Beat, Line, Route, say

Facts = Mapping[str, tuple[str, ...]]

NORTH: Facts = {
    "q": ("ạ", "thế ạ", "vậy ạ", "nhỉ"),
    "no": ("không", "không ạ", "không nhỉ"),
    "how": ("thế nào", "như nào", "ra sao"),
    "what": ("gì",),
    "where": ("ở đâu", "chỗ nào"),
    "much": ("bao nhiêu",),
    "this": ("này",),
    "that": ("đấy", "kia"),
    "sigh": ("chán thật", "khổ quá", "mệt ghê cơ", "ối giời"),
    "so": ("quá", "thế"),
    "truly": ("thật",),
    "please": ("giúp", "hộ"),
    "quick": ("nhanh",),
    "look": ("xem",),
    "huh": ("à", "hả"),
    "day": ("hôm",),
    "kilo": ("cân", "kg"),
    "mum": ("mẹ",),
    "parents": ("bố mẹ",),
    "folks": ("bố mẹ", "cả nhà", "người nhà", "các cụ"),
}
CENTRE: Facts = {
    "q": ("rứa", "rứa hè", "hí", "rứa hí"),
    "no": ("không", "không hè", "không rứa"),
    "how": ("răng", "ra răng"),
    "what": ("chi",),
    "where": ("ở mô", "chỗ mô"),
    "much": ("mấy", "bao nhiêu"),
    "this": ("ni",),
    "that": ("nớ", "tê"),
    "sigh": ("mệt ghê", "trời đất ơi", "răng mà khổ ri", "hết biết luôn"),
    "so": ("ghê", "dữ rứa"),
    "truly": ("thiệt",),
    "please": ("giúp", "giùm"),
    "quick": ("mau", "lẹ"),
    "look": ("coi",),
    "huh": ("hả", "à"),
    "day": ("bữa", "hôm"),
    "kilo": ("ký", "kg"),
    "mum": ("mạ",),
    "parents": ("ba mạ",),
    "folks": ("ba mạ", "ôn mệ", "cả nhà", "mấy đứa ở nhà"),
}
SOUTH: Facts = {
    "q": ("vậy", "vậy ta", "dạ", "zậy"),
    "no": ("không", "hông", "không ta"),
    "how": ("sao", "như thế nào", "làm sao"),
    "what": ("gì",),
    "where": ("ở đâu", "chỗ nào", "đoạn nào"),
    "much": ("nhiêu", "bao nhiêu"),
    "this": ("này",),
    "that": ("đó", "kia"),
    "sigh": ("trời ơi", "mệt ghê", "chán thiệt chớ", "ghê thiệt"),
    "so": ("quá", "dữ", "ghê"),
    "truly": ("thiệt",),
    "please": ("giùm", "giúp"),
    "quick": ("lẹ", "nhanh"),
    "look": ("coi",),
    "huh": ("hả",),
    "day": ("bữa",),
    "kilo": ("ký", "kg"),
    "mum": ("má", "mẹ"),
    "parents": ("ba má",),
    "folks": ("ba má", "người nhà", "hai bên nội ngoại", "anh Hai"),
}
WEST: Facts = {
    "q": ("dị", "vậy cà", "dị ta", "hén"),
    "no": ("hông", "hôn", "hông dị"),
    "how": ("sao", "ra sao", "làm sao"),
    "what": ("gì",),
    "where": ("ở đâu", "chỗ nào", "khúc nào"),
    "much": ("nhiêu", "bi nhiêu"),
    "this": ("này", "nầy"),
    "that": ("đó", "bển"),
    "sigh": ("mèn ơi", "chời ơi", "trời đất ơi", "mèn đét ơi"),
    "so": ("dữ thần", "quá chừng", "dữ"),
    "truly": ("thiệt",),
    "please": ("giùm", "dùm"),
    "quick": ("lẹ",),
    "look": ("coi",),
    "huh": ("hả", "hén"),
    "day": ("bữa",),
    "kilo": ("ký",),
    "mum": ("má",),
    "parents": ("tía má", "ba má"),
    "folks": ("tía má", "bà con ở nhà", "mấy đứa nhỏ", "anh Hai"),
}


def reminder(routes: tuple[Route, ...], again: str = "again", gone: str | None = "gone", minutes: int = 30) -> Beat:
    """Asks once more after nobody answered; the same ways on as the question had."""
    asked = (
        "{[you] ơi|alo [you] ơi|[you] còn đó [no]|ủa [you]}, {vụ [about] [how] rồi [q]|[me] còn chờ [about] nè|"
        "[me] hỏi [about] từ nãy mà chưa thấy trả lời|[about] có tin [what] chưa [q]|chắc đông khách hả, [me] "
        "hỏi [about] thôi}"
    )
    return Beat(say(asked), routes, otherwise=again, silence=gone, patience_minutes=minutes)


GONE = Beat(
    say(
        "{thôi [me] hỏi chỗ khác vậy|thôi khỏi nha [you]|vậy thôi để [me] kiếm bên khác|[sigh], thôi bỏ}{, "
        "[about] coi như thôi|, đợi tin [about] hết nổi rồi|, [about] khỏi trả lời nữa|, [me] đang cần gấp mà|}",
        "{hỏi có mỗi [about] mà chờ cả buổi|nhắn hoài chuyện [about] không ai đoái hoài|lần sau khách hỏi [about] thì "
        "trả lời lẹ giùm|[about] mà cũng phải đợi tới mai thì thôi|đăng cho cố rồi hỏi [about] không ai nghe}",
    )
)
"""Goes away with a bitter word."""

THINKING = Beat(
    say(
        "{ok|[yes]|[yes] được rồi}, {để [me] bàn với [folks] đã|[me] về hỏi [folks] rồi nhắn lại|[me] coi lại "
        "tiền nong rồi tính}, "
        "{|vụ }[about] {có [what] [me] báo sau|chắc mai mốt [me] trả lời|[you] cho [me] ít hôm [end]}"
    )
)
THANKFUL = Beat(
    (
        Line(
            "{cảm ơn [you]|cám ơn [you] nhiều|[yes] cảm ơn [you] nha}, {[about] vậy là [me] yên tâm rồi|"
            "hỏi [about] mà được trả lời kỹ [so]|nhờ [you] mà [me] rõ [about] rồi|[about] vậy là ổn|vụ [about] "
            "vậy là [me] hiểu}"
        ),
        Line(type="heart"),
    )
)
