"""Logins, passwords and how many guesses."""

from datetime import UTC, datetime, timedelta

import pytest

from sokhach.people import rules
from sokhach.people.rules import Login, name_faults, parse_login, password_faults, wait_after

NOW = datetime(2026, 3, 1, 8, tzinfo=UTC)


class TestParseLogin:
    @pytest.mark.parametrize(
        ("typed", "login"),
        [
            (" Hoa@Example.VN ", Login("hoa@example.vn", None)),
            ("0912345678", Login(None, "+84912345678")),
            ("091 234 5678", Login(None, "+84912345678")),
            ("+84 912-345-678", Login(None, "+84912345678")),
            ("84912345678", Login(None, "+84912345678")),
            ("+1 202 555 0143", Login(None, "+12025550143")),
            ("0283 822 9999", Login(None, "+842838229999")),
        ],
    )
    def test_accepts(self, typed: str, login: Login) -> None:
        assert parse_login(typed) == login

    @pytest.mark.parametrize(
        "typed", ["", " ", "hoa", "hoa@", "@example.vn", "a b@example.vn", "hoa@example", "12345", "\0", "0912" * 100]
    )
    def test_refuses(self, typed: str) -> None:
        assert parse_login(typed) is None

    def test_decomposed_letters_are_the_same(self) -> None:
        assert parse_login("hoa\u0301@example.vn") == parse_login("ho\u00e1@example.vn")


class TestPasswordFaults:
    @pytest.mark.parametrize("password", ["cà phê sữa đá", "correct horse battery", "x7!kQ2#pL9", "mười chữ đó"])
    def test_accepts(self, password: str) -> None:
        assert password_faults(password, "hoa@example.vn") == []

    @pytest.mark.parametrize(
        ("password", "key"),
        [
            ("chín chữ.", "password-short"),
            ("x" * 201, "password-long"),
            ("1234567890", "password-common"),
            ("Mật Khẩu 123", "password-common"),
            ("matkhau123", "password-common"),
            ("aaaaaaaaaaaa", "password-common"),
            ("abababababab", "password-common"),
        ],
    )
    def test_refuses(self, password: str, key: str) -> None:
        assert [fault.key for fault in password_faults(password, "an@example.vn")] == [key]

    @pytest.mark.parametrize(
        ("password", "login"),
        [
            ("thihoa-2026", "thihoa@example.vn"),
            ("Thị Hoa 2026", "thihoa@example.vn"),
            ("xx0912345678", "0912 345 678"),
            ("xx912345678yy", "+84912345678"),
            ("0912345678xx", "+84 912 345 678"),
        ],
    )
    def test_refuses_what_holds_the_login(self, password: str, login: str) -> None:
        assert [fault.key for fault in password_faults(password, login)] == ["password-is-login"]


class TestNameFaults:
    @pytest.mark.parametrize(
        ("name", "keys"), [("Hoa", []), (" ", ["blank"]), ("a\0b", ["nul"]), ("x" * 101, ["too-long"])]
    )
    def test_of_a_name(self, name: str, keys: list[str]) -> None:
        assert [fault.key for fault in name_faults(name)] == keys


class TestWaitAfter:
    def failures(self, *minutes_ago: float) -> list[datetime]:
        return [NOW - timedelta(minutes=minutes) for minutes in minutes_ago]

    def test_below_the_limit_nobody_waits(self) -> None:
        assert wait_after(self.failures(1, 2, 3, 4), 5, NOW) is None

    def test_waits_until_there_are_fewer_in_the_window(self) -> None:
        assert wait_after(self.failures(1, 2, 3, 4, 10), 5, NOW) == timedelta(minutes=5)
        assert wait_after(self.failures(0, 1, 2, 3, 4, 10), 5, NOW) == timedelta(minutes=11)

    def test_what_left_the_window_does_not_count(self) -> None:
        assert wait_after(self.failures(1, 2, 3, 4, rules.ATTEMPTS_WINDOW.total_seconds() / 60), 5, NOW) is None
