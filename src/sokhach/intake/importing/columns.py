"""What the columns of a file may be, by their names: Vietnamese with and without diacritics, English, and what programs
call them. Pure."""

import re
from collections.abc import Mapping, Sequence
from typing import Literal, get_args

from sokhach.core.text import fold

Field = Literal[
    "account",
    "thread",
    "phone",
    "name",
    "group",
    "direction",
    "sender",
    "text",
    "time",
    "kind",
    "attachment",
    "file_name",
    "external_id",
    "staff",
]
FIELDS: tuple[Field, ...] = get_args(Field)

# The most telling first: a column that is named like several things is the first of them that nothing fits better.
_WORDS: Mapping[Field, tuple[str, ...]] = {
    "time": (
        "thoi gian gui", "thoi gian", "thoi diem", "ngay gio", "gio gui", "ngay gui", "sent at", "created at",
        "timestamp", "created time", "date time", "datetime", "time", "ts", "date", "ngay", "send time", "timestamp ms",
    ),
    "text": (
        "noi dung tin nhan", "noi dung", "tin nhan", "loi nhan", "content", "text", "message", "body", "message text",
        "msg", "message content",
    ),
    "thread": (
        "ma hoi thoai", "ma khach hang", "ma khach", "id khach hang", "id khach", "id hoi thoai", "hoi thoai",
        "conversation id", "thread id", "customer id", "user id", "thread", "conversation", "contact id", "uid",
        "chat id",
    ),
    "phone": (
        "so dien thoai", "sdt", "dien thoai", "so dt", "sdt khach", "so dien thoai khach", "phone", "phone number",
        "customer phone", "mobile",
    ),
    "name": (
        "ten khach hang", "ten khach", "khach hang", "khach", "ho ten", "ho va ten", "ten", "ten nhom", "customer name",
        "customer", "name", "contact name", "chat name", "contact",
    ),
    "group": ("la nhom", "nhom", "is group", "group", "loai hoi thoai", "thread type", "conversation type"),
    "direction": (
        "chieu", "huong", "chieu tin", "den di", "gui nhan", "direction", "is self", "from me", "is outgoing",
        "outgoing", "inbound", "in out", "isself", "fromme",
    ),
    "sender": (
        "nguoi gui", "ben gui", "tac gia", "sender name", "sender", "from name", "from", "author", "sender id",
        "from id", "d name", "dname",
    ),
    "kind": ("loai tin", "loai tin nhan", "loai", "kieu", "type", "kind", "message type", "msg type"),
    "attachment": (
        "dinh kem", "tep dinh kem", "lien ket", "duong dan", "url", "attachment", "attachments", "attachments url",
        "attachment url", "file url", "media url", "media", "href", "image url", "link",
    ),
    "file_name": ("ten tep", "ten file", "file name", "filename", "attachments name", "attachment name"),
    "external_id": ("ma tin nhan", "ma tin", "id tin nhan", "message id", "msg id", "msgid", "mid", "id", "cli msg id"),
    "staff": (
        "nhan vien", "nhan vien gui", "nhan vien tra loi", "nguoi tra loi", "tu van vien", "sale", "staff", "agent",
        "employee", "assignee", "operator",
    ),
    "account": (
        "tai khoan", "kenh", "trang", "tai khoan zalo", "zalo", "oa", "oa id", "account", "page", "account id",
        "channel", "page id",
    ),
}  # fmt: skip

_KINDS: Mapping[str, str] = {
    "text": "text", "tin nhan": "text", "van ban": "text", "chat": "text", "webchat": "text", "chu": "text",
    "image": "image", "photo": "image", "anh": "image", "hinh anh": "image", "hinh": "image", "picture": "image",
    "gif": "gif", "anh dong": "gif",
    "sticker": "sticker", "nhan dan": "sticker",
    "audio": "audio", "voice": "audio", "thoai": "audio", "ghi am": "audio", "tin thoai": "audio", "am thanh": "audio",
    "video": "video", "phim": "video",
    "file": "file", "tep": "file", "tai lieu": "file", "document": "file", "tep tin": "file",
    "location": "location", "vi tri": "location",
    "link": "link", "lien ket": "link", "url": "link",
    "contact": "contact_card", "danh thiep": "contact_card", "card": "contact_card", "contact card": "contact_card",
}  # fmt: skip
_ENDINGS: Mapping[str, str] = {
    "jpg": "image", "jpeg": "image", "png": "image", "webp": "image", "heic": "image", "bmp": "image", "gif": "gif",
    "mp3": "audio", "m4a": "audio", "aac": "audio", "amr": "audio", "ogg": "audio", "wav": "audio", "mp4": "video",
    "mov": "video", "webm": "video", "3gp": "video",
}  # fmt: skip
_IN = {
    "in", "den", "nhan", "tin den", "incoming", "inbound", "received", "receive", "khach", "khach hang", "customer",
    "user", "client", "visitor", "contact", "0", "false", "khong", "no", "tu khach", "khach gui",
}  # fmt: skip
_OUT = {
    "out", "di", "gui", "tin di", "outgoing", "outbound", "sent", "send", "nhan vien", "nv", "shop", "staff", "agent",
    "page", "oa", "admin", "business", "me", "toi", "minh", "self", "1", "true", "co", "yes", "cong ty", "cua hang",
    "ban", "you", "nhan vien gui", "shop gui",
}  # fmt: skip
_OUR_SIDE = {
    "admin", "agent", "business", "cong ty", "cua hang", "me", "nhan vien", "oa", "page", "self", "shop", "staff",
    "toi", "you",
}  # fmt: skip
_YES = {"1", "true", "co", "yes", "y", "x", "group", "nhom", "g", "room"}


def guess(columns: Sequence[str]) -> dict[Field, str]:
    """Which column is which, each once; what nobody can tell is left out.

    >>> guess(["Thời gian", "Người gửi", "Nội dung"])
    {'time': 'Thời gian', 'sender': 'Người gửi', 'text': 'Nội dung'}
    """
    ranked = sorted(
        (words.index(plain(column)), number, FIELDS.index(field), column)
        for number, column in enumerate(columns)
        for field, words in _WORDS.items()
        if plain(column) in words
    )
    found: dict[Field, str] = {}
    for _, _, number, column in ranked:
        field = FIELDS[number]
        if field not in found and column not in found.values():
            found[field] = column
    order = {column: number for number, column in enumerate(columns)}
    return dict(sorted(found.items(), key=lambda one: order[one[1]]))


def plain(value: str) -> str:
    """Lower case, no diacritics, one space for whatever is neither letter nor digit; `sentAt` is `sent at`."""
    parted = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", value)
    return re.sub(r"[^a-z0-9]+", " ", fold(parted)).strip()


def direction_of(value: str) -> Literal["in", "out"] | None:
    word = plain(value)
    return "in" if word in _IN else "out" if word in _OUT else None


def is_our_side(sender: str) -> bool:
    """Whether a sender is called as only our side is; names of people are not (`Minh` is one, and a word for us)."""
    return plain(sender) in _OUR_SIDE


def is_group(value: str) -> bool:
    return plain(value) in _YES


def kind_of(word: str, file: str, text: str) -> str | None:
    """The kind of a message by the word for it, or else by what it has. None: a word that nobody knows, of a message
    without text or file."""
    known = _KINDS.get(plain(word)) if word else None
    if known is not None and (known != "text" or (text and not file)):
        return known
    if file:
        return kind_of_file(file)
    return "text" if text else None


def kind_of_file(name: str) -> str:
    ending = name.split("?", 1)[0].split("#", 1)[0].rpartition(".")[2].lower()
    return _ENDINGS.get(ending, "file")
