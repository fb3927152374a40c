"""Codes of second factors (TOTP, RFC 6238: six digits, 30 seconds) and recovery codes. Pure."""

import hmac
import re
from datetime import datetime

from pyotp import random_base32
from pyotp.totp import TOTP

from sokhach.core.crypto import hash_token
from sokhach.people.passwords import make_password

ISSUER = "Sổ Khách"
STEP_SECONDS = 30
STEPS_ASIDE = 1
"""Clocks of phones go wrong by so many steps either way."""
RECOVERY_CODES = 10


def new_secret() -> str:
    """Base32, 160 bits."""
    return random_base32()


def uri_of(secret: str, login: str) -> str:
    """What a QR code for an authenticator app holds."""
    return TOTP(secret).provisioning_uri(name=login, issuer_name=ISSUER)


def is_totp(code: str) -> bool:
    return re.fullmatch(r"[0-9]{6}", code) is not None


def step_of(secret: str, code: str, now: datetime, last_step: int | None) -> int | None:
    """The step that `code` is of, if it is one that may be used now: near the present, and after `last_step`."""
    totp = TOTP(secret)
    present = int(now.timestamp()) // STEP_SECONDS
    found = None
    for step in range(present - STEPS_ASIDE, present + STEPS_ASIDE + 1):
        if hmac.compare_digest(totp.generate_otp(step), code):
            found = step
    return found if found is not None and found > (last_step or 0) else None


def new_recovery_codes() -> list[str]:
    """Such as `k7wm-3tqe-9xhd`: 59 bits of chance each."""
    return [make_password() for _ in range(RECOVERY_CODES)]


def hash_recovery(code: str) -> bytes:
    """Dashes, blanks and capitals do not count."""
    return hash_token("recovery:" + re.sub(r"[\s-]", "", code).lower())
