from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sokhach.customers.rules import COLOURS, colour_of, merged, phone_of
from tests.support.oa import at


class TestPhoneOf:
    @pytest.mark.parametrize(
        "written", ["84912345678", "+84912345678", "0912345678", "0912 345 678", "912345678", "(+84) 912-345-678"]
    )
    def test_one_number_however_it_is_written(self, written: str) -> None:
        assert phone_of(written) == "+84912345678"

    def test_of_another_country(self) -> None:
        assert phone_of("+1 650 253 0000") == "+16502530000"

    @pytest.mark.parametrize("written", ["", "không có", "12", "0" * 12, "9" * 5000, "116ce31ae9170769b075a11d"])
    def test_no_number(self, written: str) -> None:
        assert phone_of(written) is None

    @given(st.text())
    def test_takes_anything(self, written: str) -> None:
        assert phone_of(written) is None or phone_of(written) == phone_of(phone_of(written) or "")


class TestMerged:
    def test_each_field_by_its_latest_word(self) -> None:
        told = merged(None, {"name": "Lan", "city": "Huế"}, at(10))
        told = merged(told, {"name": "Chị Lan", "phone": "1"}, at(5))
        assert {field: word["value"] for field, word in told.items()} == {"name": "Lan", "city": "Huế", "phone": "1"}

    @given(
        words=st.permutations(
            [({"name": "A"}, 0.0), ({"name": "B"}, 0.5), ({"name": "C"}, 0.5), ({"name": "D", "city": "E"}, 0.25)]
        )
    )
    def test_whatever_order_they_come_in(self, words: list[tuple[dict[str, str], float]]) -> None:
        """Whole seconds and parts of them, and two at one instant."""
        told = None
        for said, seconds in words:
            told = merged(told, said, at(0) + timedelta(seconds=seconds))
        assert told
        assert (told["name"]["value"], told["city"]["value"]) == ("C", "E")


class TestColourOf:
    def test_is_the_same_everywhere(self) -> None:
        assert colour_of("VIP") == colour_of("VIP")
        assert {colour_of(f"nhãn {number}") for number in range(200)} == set(COLOURS)
