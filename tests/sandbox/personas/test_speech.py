import pytest

from sokhach.sandbox.personas.script import Voice
from sokhach.sandbox.personas.speech import (
    Slots,
    draw,
    parse,
    render,
    sentence_case,
    voiced,
    without_diacritics,
)

FACTS = {"what": ("quạt {cây|trần}",), "where": ("215 Lý Thường Kiệt, P15, Q11",), "who": ("[what] của em",)}
PLAIN = Voice("south")
CARELESS = Voice("south", typo=1)


def slots(seed: str = "1") -> Slots:
    return Slots([(FACTS, seed)])


def said(template: str, seed: str) -> str:
    return render(template, slots(), draw(seed))


class TestRender:
    def test_choices_nest(self) -> None:
        made = {said("{a|b{c|d}|}e", str(seed)) for seed in range(60)}
        assert made == {"ae", "bce", "bde", "e"}

    def test_slots_stay_through_a_play(self) -> None:
        for seed in map(str, range(20)):
            play = slots(seed)
            first = render("[what]", play, draw("1"))
            assert render("[who]", play, draw("2")) == f"{first} của em"
        assert {render("[what]", slots(str(seed)), draw("1")) for seed in range(20)} == {"quạt cây", "quạt trần"}

    def test_earlier_facts_stand_before_later(self) -> None:
        own = Slots([({"what": ("nồi",)}, "1"), (FACTS, "1")])
        assert render("[what] [where]", own, draw("1")) == "nồi 215 Lý Thường Kiệt, P15, Q11"

    def test_leaves_no_traces_of_empty_choices(self) -> None:
        assert said("{|}, cho em hỏi {|} , còn  hàng {|}?", "1") == "cho em hỏi, còn hàng?"

    def test_is_the_same_for_the_same_dice(self) -> None:
        template = "{a|b|c|d}{e|f|g}{h|i|j|k}"
        assert [said(template, str(seed)) for seed in range(9)] == [said(template, str(seed)) for seed in range(9)]

    def test_an_unknown_slot(self) -> None:
        with pytest.raises(KeyError, match="nobody"):
            said("[nobody]", "1")

    @pytest.mark.parametrize("template", ["{a|b", "a}b", "{a|{b}"])
    def test_what_does_not_close(self, template: str) -> None:
        with pytest.raises(ValueError, match="clos"):
            parse(template)

    def test_sentences(self) -> None:
        assert sentence_case("dạ còn ạ. chị lấy màu gì? em gói") == "Dạ còn ạ. Chị lấy màu gì? Em gói"
        assert sentence_case("giá 1.250.000đ ạ") == "Giá 1.250.000đ ạ"


class TestVoice:
    def test_bare(self) -> None:
        heard = voiced("Đường Nguyễn Huệ ở đâu ạ", PLAIN, draw("1"), bare=True)
        assert heard == without_diacritics("Đường Nguyễn Huệ ở đâu ạ") == "Duong Nguyen Hue o dau a"

    def test_teencode(self) -> None:
        text = "shop ơi cái này bao nhiêu vậy, không biết còn không, chuyển khoản trước được không"
        made = {voiced(text, PLAIN, draw(str(seed)), teen=True) for seed in range(200)}
        words = {word for one in made for word in one.replace(",", " ").split()}
        assert len(made) > 100
        assert {"sốp", "bn", "z", "k", "ko", "ck", "trc", "dc", "đc"} <= words

    def test_a_word_is_short_in_the_same_way_throughout_a_message(self) -> None:
        for seed in range(50):
            heard = voiced("không có không lấy không mua", PLAIN, draw(str(seed)), teen=True).split()
            assert len({heard[0], heard[2], heard[4]}) == 1

    @pytest.mark.parametrize(
        "fixed",
        [
            "0912 345 678",
            "1.250.000đ",
            "215 Lý Thường Kiệt",
            "https://shop.example.vn/mau-không",
            "lan@không.example.vn",
        ],
    )
    def test_leaves_figures_addresses_and_links(self, fixed: str) -> None:
        for seed in range(150):
            assert fixed in voiced(
                f"gửi giùm em về {fixed} được không ạ", CARELESS, draw(str(seed)), teen=seed % 2 == 1
            )

    def test_slips_of_the_thumb(self) -> None:
        made = {voiced("em gửi rồi đó được chưa", CARELESS, draw(str(seed))) for seed in range(300)}
        words = {word for one in made for word in one.split()}
        assert {"gưir", "đươc", "đuợc", "ddược"} & words
        assert any(len(one.split()) < 6 for one in made)
        assert all(voiced("em gửi rồi đó", PLAIN, draw(str(seed))) == "Em gửi rồi đó" for seed in range(20))
