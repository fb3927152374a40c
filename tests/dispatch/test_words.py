import unicodedata
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sokhach.channels.zalo_oa.limits import text_length
from sokhach.core.text import nfc
from sokhach.dispatch.words import is_blank, split

LETTERS = "aăâeêioôơuưyđ ắằẳẵặ\n\t.,🥲👩🏽‍🔧🇻🇳\u0301\u200b\u00a0漢"
texts = st.text(st.sampled_from(LETTERS) | st.characters(exclude_categories=("Cs", "Cc")), max_size=400).map(nfc)
limits = st.integers(min_value=12, max_value=60)


def squeezed(text: str) -> str:
    """Without white space and what cannot be seen: what must come through."""
    return "".join(one for one in text if not one.isspace() and not is_blank(one))


class TestBlank:
    @pytest.mark.parametrize(
        "text", ["", " ", "\n\t", "\u200b", "\u200d\u2060\ufeff", "\u00ad", "\u3164", "\u2800", "\u0301"]
    )
    def test_what_shows_nothing(self, text: str) -> None:
        assert is_blank(text)

    @pytest.mark.parametrize("text", ["a", ".", "🥲", " ạ ", "\u200bok", "0", "漢", "؟"])
    def test_what_shows_something(self, text: str) -> None:
        assert not is_blank(text)


class TestSplit:
    @given(texts, limits)
    def test_each_part_fits_and_shows_something(self, text: str, limit: int) -> None:
        parts = split(text, limit, text_length)
        assert all(text_length(part) <= limit for part in parts)
        assert not any(is_blank(part) for part in parts)
        assert all(part == part.strip() for part in parts)

    @given(texts, limits)
    def test_nothing_that_can_be_seen_is_lost_or_moved(self, text: str, limit: int) -> None:
        assert squeezed("".join(split(text, limit, text_length))) == squeezed(text)

    @given(texts, limits)
    def test_is_stable(self, text: str, limit: int) -> None:
        for part in split(text, limit, text_length):
            assert split(part, limit, text_length) == [part]

    @given(st.lists(st.text("abcđê", min_size=1, max_size=10), max_size=40), limits)
    def test_words_stay_whole(self, words: list[str], limit: int) -> None:
        parts = split(" ".join(words), limit, text_length)
        assert [word for part in parts for word in part.split(" ")] == words

    @given(st.lists(st.text("abcđê", min_size=1, max_size=10), max_size=40), limits)
    def test_no_part_is_shorter_than_it_must_be(self, words: list[str], limit: int) -> None:
        parts = split(" ".join(words), limit, text_length)
        for one, following in pairwise(parts):
            assert text_length(f"{one} {following.split(' ')[0]}") > limit

    def test_the_end_of_a_line_goes_before_the_end_of_a_word(self) -> None:
        assert split("mot hai ba\nbon nam", 14, text_length) == ["mot hai ba", "bon nam"]

    @pytest.mark.parametrize("one", ["👩🏽‍🔧", "🇻🇳", "e\u0323\u0308"])
    def test_what_is_seen_as_one_is_not_cut(self, one: str) -> None:
        parts = split(one * 20, 21, text_length)
        assert len(parts) > 1
        assert all(set_of(part) == {one} for part in parts)

    def test_nothing_makes_nothing(self) -> None:
        assert split(" \u200b ", 10, text_length) == []

    def test_ten_thousand_words_are_split_at_once(self) -> None:
        words = " ".join(["xin chào"] * 10_000)
        assert " ".join(split(words, 2_000, text_length)) == words


def set_of(text: str) -> set[str]:
    """The characters of a text as readers see them, for the few that the test uses."""
    found: list[str] = []
    for one in text:
        flag = 0x1F1E6 <= ord(one) < 0x1F200
        half = found and flag and len(found[-1]) == 1 and 0x1F1E6 <= ord(found[-1]) < 0x1F200
        joined = found and (
            unicodedata.category(one) in {"Mn", "Cf"} or 0x1F3FB <= ord(one) < 0x1F400 or found[-1].endswith("\u200d")
        )
        if half or joined:
            found[-1] += one
        else:
            found.append(one)
    return set(found)
