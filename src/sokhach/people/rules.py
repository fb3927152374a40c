"""What a login and a password may look like, and how many times one may guess. Pure."""

import re
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

import phonenumbers

from sokhach.core.problems import Fault
from sokhach.core.text import fold, nfc

REGION = "VN"
NAME_LONGEST = 100
TEAM_NAME_LONGEST = 80
LARGEST_ID = 2**63 - 1
LOGIN_LONGEST = 200
PASSWORD_SHORTEST = 10
PASSWORD_LONGEST = 200

ATTEMPTS_WINDOW = timedelta(minutes=15)
ATTEMPTS_BY_LOGIN = 5
ATTEMPTS_BY_ADDRESS = 30

_EMAIL = re.compile(r"[^@\s]{1,64}@[^@\s.]+(\.[^@\s.]+)+")

# The head of every guessing list that has ten characters or more, folded; and the favourites of Vietnamese keyboards.
_GUESSED = """
1234567890 0123456789 12345678910 0987654321 1234512345 123123123123 qwertyuiop qwerty12345 1q2w3e4r5t 1qaz2wsx3edc
asdfghjkl; password12 password123 password1234 passw0rd123 iloveyou123 matkhau123 matkhau1234 matkhau12345
matkhau123456 anhyeuem123 emyeuanh123 yeuanhyeuem toiyeuvietnam vietnam123 vietnam1234 saigon12345 hanoi123456
abcd123456 abc1234567 abc12345678 a123456789 1234567890a admin12345 administrator sokhach123 sokhach1234 zalo123456
"""
_COMMON = frozenset(_GUESSED.split())


class Login(NamedTuple):
    """How a person signs in: exactly one of an e-mail address (lower case) and a phone number (E.164)."""

    email: str | None
    phone: str | None

    @property
    def key(self) -> str:
        return self.email or self.phone or ""


def staff_code(staff_id: int) -> str:
    return f"NV-{staff_id:06d}"


def parse_login(value: str) -> Login | None:
    """Reads what a person typed; None when it is neither an e-mail address nor a phone number.

    >>> parse_login("0912 345 678")
    Login(email=None, phone='+84912345678')
    """
    value = nfc(value).strip()
    if len(value) > LOGIN_LONGEST or "\0" in value:
        return None
    if "@" in value:
        return Login(value.lower(), None) if _EMAIL.fullmatch(value) else None
    try:
        number = phonenumbers.parse(value, REGION)
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_valid_number(number):
        return None
    return Login(None, phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164))


def name_faults(name: str) -> list[Fault]:
    return _text_faults("name", name, NAME_LONGEST)


def team_name_faults(name: str) -> list[Fault]:
    return _text_faults("name", name, TEAM_NAME_LONGEST)


def password_faults(password: str, login: str) -> list[Fault]:
    """What keeps `password` from being accepted; `login` as the person typed it."""
    if len(password) < PASSWORD_SHORTEST:
        return [Fault("password", "password-short", PASSWORD_SHORTEST)]
    if len(password) > PASSWORD_LONGEST:
        return [Fault("password", "password-long", PASSWORD_LONGEST)]
    folded = fold(password).replace(" ", "")
    if any(len(part) >= 4 and part in folded for part in _login_parts(login)):
        return [Fault("password", "password-is-login")]
    if folded in _COMMON or len(set(folded)) <= 2:
        return [Fault("password", "password-common")]
    return []


def wait_after(failures: Sequence[datetime], allowed: int, now: datetime) -> timedelta | None:
    """How long to wait before the next attempt, when there were too many. `failures`: newest first."""
    recent = [at for at in failures if at > now - ATTEMPTS_WINDOW]
    return recent[allowed - 1] + ATTEMPTS_WINDOW - now if len(recent) >= allowed else None


def _text_faults(path: str, value: str, longest: int) -> list[Fault]:
    if not value.strip():
        return [Fault(path, "blank")]
    if "\0" in value:
        return [Fault(path, "nul")]
    if len(value) > longest:
        return [Fault(path, "too-long", longest)]
    return []


def _login_parts(login: str) -> tuple[str, ...]:
    typed = fold(login).replace(" ", "")
    digits = re.sub(r"\D", "", typed)
    # 0912345678 and +84 912 345 678 are one number.
    national = digits.removeprefix("84").removeprefix("0")
    return (typed, typed.partition("@")[0], national) if "@" in typed else (typed, national)
