"""What may be asked for, before the database is."""

from datetime import datetime, timedelta

from sokhach.core.problems import Fault, InvalidInput
from sokhach.core.text import nfc

NOTE_LONGEST = 500
"""Of why a customer moves, or a conversation is shared."""
SHARE_LONGEST = timedelta(days=90)


def clean_note(note: str) -> str:
    """May be empty. Raises `invalid-input`."""
    if "\0" in note:
        raise InvalidInput([Fault("note", "nul")])
    return nfc(note).strip()


def check_until(until: datetime, now: datetime) -> None:
    """Raises `invalid-input` unless a share may end then."""
    if until.tzinfo is None:
        raise InvalidInput([Fault("until", "form")])
    if until <= now:
        raise InvalidInput([Fault("until", "in-past")])
    if until > now + SHARE_LONGEST:
        raise InvalidInput([Fault("until", "too-far-ahead", SHARE_LONGEST.days)])
