"""Zalo's history, the only way back to what no webhook told: `listrecentchat` and `conversation`, newest first, at most
ten a page. An item has no more than one message; its `message_id` is the webhook's `msg_id`."""

import msgspec
import structlog

from sokhach.channels.connector import SendRefusedError
from sokhach.channels.upkeep.platform import HistoryEntry, HistoryPage, UnreadableEntry
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
    entries: list[HistoryEntry] = []
    unreadable: list[UnreadableEntry] = []
    for item in items:
        entry = _entry(item)
        if entry is not None:
            entries.append(entry)
        else:
            newest = entries[-1].sent_at if entries else None
            unreadable.append(UnreadableEntry(payload=bytes(item), not_after=newest))
    return HistoryPage(entries=entries, got=len(items), asked=PAGE, unreadable=unreadable)


def _entry(raw: msgspec.Raw) -> HistoryEntry | None:
    try:
        item = msgspec.json.decode(raw, type=_Item, strict=False)
        sent_at = clock.from_milliseconds(item.time)
    except (msgspec.DecodeError, ValueError, OverflowError) as error:
        log.warning("history_item_unreadable", error=str(error)[:200])
        return None
    external_id, thread_key = str(item.message_id), str(item.to_id if item.src == 0 else item.from_id)
    if not external_id or not thread_key:
        log.warning("history_item_unreadable", error="an empty id")
        return None
    return HistoryEntry(
        external_id=external_id,
        thread_key=thread_key,
        inbound=item.src != 0,
        sent_at=sent_at,
        payload=bytes(raw),
    )
