"""Pure: whether what a person wants to send can be sent at all. Each raises `InvalidInput` or `Problem`."""

from collections.abc import Sequence
from urllib.parse import urlsplit

from sokhach.channels.limits import Limits
from sokhach.channels.outgoing import Button
from sokhach.channels.zalo_oa import limits as zalo_oa
from sokhach.conversations.media.service import Upload
from sokhach.core.problems import Fault, InvalidInput, Problem
from sokhach.core.text import nfc
from sokhach.dispatch.composing import MOST_FILES, InfoRequest, Said, utf16_length
from sokhach.dispatch.words import is_blank

SENDABLE = frozenset({"image", "gif", "file", "video"})
MOST_MENTIONS = 50
STICKER_ID_LONGEST = 64


def check_form(said: Said) -> None:
    """Words with files, buttons and a quote; or one of the rest, alone."""
    alone = {"sticker_id": said.sticker_id, "request_info": said.request_info, "template": said.template}
    given = [name for name, value in alone.items() if value is not None]
    words = said.text is not None or said.media_ids or said.buttons or said.quote_message_id is not None
    if len(given) > 1 or (given and words):
        raise InvalidInput([Fault(given[-1], "alone")])
    if said.sticker_id is not None:
        _check_line("sticker_id", said.sticker_id, STICKER_ID_LONGEST)
    if len(said.media_ids) > MOST_FILES:
        raise InvalidInput([Fault("media_ids", "too-many", MOST_FILES)])
    if len(set(said.media_ids)) < len(said.media_ids):
        raise InvalidInput([Fault("media_ids", "twice")])
    if not said.text and not given and (said.quote_message_id is not None or said.buttons or not said.media_ids):
        raise InvalidInput([Fault("text", "missing")])


def check_words(words: str | None, *, files: bool) -> None:
    """A file needs no words, a message without files does."""
    if words is None:
        return
    if "\0" in words:
        raise InvalidInput([Fault("text", "nul")])
    if is_blank(words) and not (files and not words):
        raise InvalidInput([Fault("text", "missing")])


def check_mentions(said: Said, *, can: bool) -> None:
    """They stand in the text, and the thread is one in which people can be called."""
    if not said.mentions:
        return
    if not can:
        raise InvalidInput([Fault("mentions", "choice")])
    if len(said.mentions) > MOST_MENTIONS:
        raise InvalidInput([Fault("mentions", "too-many", MOST_MENTIONS)])
    longest = utf16_length(said.text or "")
    if any(one.pos < 0 or one.len < 1 or one.pos + one.len > longest for one in said.mentions):
        raise InvalidInput([Fault("mentions", "form")])


def check_request(request: InfoRequest, limits: Limits) -> None:
    _check_line("request_info.title", request.title, limits[zalo_oa.REQUEST_TITLE])
    _check_line("request_info.subtitle", request.subtitle, limits[zalo_oa.REQUEST_SUBTITLE])


def check_buttons(buttons: Sequence[Button], limits: Limits) -> None:
    most = limits[zalo_oa.BUTTONS]
    if len(buttons) > most:
        raise InvalidInput([Fault("buttons", "too-many", most)])
    for nth, button in enumerate(buttons):
        path = f"buttons.{nth}"
        _check_line(f"{path}.title", button.title, limits[zalo_oa.BUTTON_TITLE])
        _check_line(f"{path}.payload", button.payload, limits[zalo_oa.BUTTON_PAYLOAD])
        if button.type == "oa.open.url" and not _is_address(button.payload):
            raise InvalidInput([Fault(f"{path}.payload", "form")])
        if button.type in {"oa.open.phone", "oa.open.sms"} and not _is_phone(button.payload):
            raise InvalidInput([Fault(f"{path}.payload", "form")])
        if button.type == "oa.open.sms":
            _check_line(f"{path}.content", button.content or "", limits[zalo_oa.BUTTON_SMS])
        elif button.content is not None:
            raise InvalidInput([Fault(f"{path}.content", "unknown")])


def check_files(wanted: Sequence[int], found: Sequence[Upload]) -> None:
    if len(found) < len(wanted):
        raise Problem("upload-gone", 409)
    if any(file.type not in SENDABLE for file in found):
        raise Problem("upload-not-sendable", 422)


def _check_line(path: str, value: str, longest: int) -> None:
    words = nfc(value)
    if "\0" in words:
        raise InvalidInput([Fault(path, "nul")])
    if is_blank(words):
        raise InvalidInput([Fault(path, "missing")])
    if zalo_oa.text_length(words) > longest:
        raise InvalidInput([Fault(path, "too-long", longest)])


def _is_address(value: str) -> bool:
    try:
        address = urlsplit(value)
    except ValueError:
        return False
    return address.scheme in {"http", "https"} and bool(address.netloc) and not any(one.isspace() for one in value)


def _is_phone(value: str) -> bool:
    digits = value.removeprefix("+")
    return digits.isascii() and digits.isdecimal() and 3 <= len(digits) <= 15
