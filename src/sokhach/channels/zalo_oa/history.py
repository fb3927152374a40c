"""Zalo's history, the only way back to what no webhook told: `listrecentchat` and `conversation`, newest first, at most
ten a page. An item has no more than one message; its `message_id` is the webhook's `msg_id`."""

import msgspec
import structlog

from sokhach.channels.connector import SendRefusedError
from sokhach.channels.upkeep.platform import HistoryEntry, HistoryPage
from sokhach.core import clock

log = structlog.get_logger()

LIST_PATH = "/v2.0/oa/listrecentchat"
THREAD_PATH = "/v2.0/oa/conversation"
PAGE = 10


class ListQuery(msgspec.Struct):
    offset: int
    count: int


class ThreadQuery(msgspec.Struct):
    user_id: str
    offset: int
    count: int


class _Item(msgspec.Struct):
    """`src` 0: the OA wrote, to `to_id`; 1: the person `from_id` did."""

    src: int
    time: int
    message_id: str | int
    from_id: str | int
    to_id: str | int


def to_page(data: msgspec.Raw) -> HistoryPage:
    """Raises `SendRefusedError` for what is no list: it may be asked for again."""
    try:
        items = msgspec.json.decode(data or b"[]", type=list[msgspec.Raw])
    except msgspec.DecodeError as error:
        raise SendRefusedError("platform-busy", f"unreadable history: {error}", retry_after_seconds=30) from error
    entries = [entry for item in items if (entry := _entry(item)) is not None]
    return HistoryPage(entries=entries, got=len(items), asked=PAGE)


def _entry(raw: msgspec.Raw) -> HistoryEntry | None:
    try:
        item = msgspec.json.decode(raw, type=_Item, strict=False)
        sent_at = clock.from_milliseconds(item.time)
    except (msgspec.DecodeError, ValueError, OverflowError) as error:
        log.warning("history_item_unreadable", error=str(error)[:200])
        return None
    return HistoryEntry(
        external_id=str(item.message_id),
        thread_key=str(item.to_id if item.src == 0 else item.from_id),
        inbound=item.src != 0,
        sent_at=sent_at,
        payload=bytes(raw),
    )
