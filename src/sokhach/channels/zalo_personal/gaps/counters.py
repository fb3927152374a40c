"""What the platform's own count of unread messages says of frames that never came: each message tells how many there
are in its thread, so one that tells of more than came hides others. Kept in memory: after a restart the first look at
the newest messages gives every thread its count again."""

from collections import deque
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any, NamedTuple

import msgspec

from sokhach.channels.zalo_personal import journalled
from sokhach.channels.zalo_personal.gaps.named import DIRECT, GROUP, Named, named_in
from sokhach.channels.zalo_personal.private.gate import Gate
from sokhach.channels.zalo_personal.private.rules import Thread
from sokhach.channels.zalo_personal.protocol import ItemEvent

UNREAD = "unread:"
"""Begins the names of messages of which no more is known than that there are some:
`unread:<thread>:<from>:<until>:<n>`, times in ms. It is here once more than `n` messages of others are."""
MOST = 1000
"""No more are believed to be missing between two messages."""
LIVE = frozenset({DIRECT, GROUP})
MOST_THREADS = 400
"""An answer that names so many threads may have left some out."""
MOST_JUMPS = 10_000
"""Between two looks, of one account."""


class Jump(NamedTuple):
    """`messages` of others came after one moment and until another, by the platform's count."""

    thread: Thread
    from_at: datetime
    until_at: datetime
    messages: int

    def missing(self, here: int) -> list[Named]:
        """As many as are not here, at times that are made up; `here`: how many are."""
        whole = min(self.messages, MOST)
        step = (self.until_at - self.from_at) / whole
        ends = f"{UNREAD}{self.thread.key}:{_ms(self.from_at)}:{_ms(self.until_at)}"
        return [
            Named(
                name=f"{ends}:{number}",
                alias=None,
                thread=self.thread,
                inbound=True,
                sent_at=min(self.from_at + step * (number - here) + timedelta(milliseconds=1), self.until_at),
                given=False,
                item={},
            )
            for number in range(here, whole)
        ]

    def holds(self, payload: bytes) -> bool:
        """Whether a row of the journal that is not applied is a message between the ends."""
        try:
            kept = journalled.decode_frame(payload)
            if not isinstance(kept, journalled.Item):
                return False
            listed = {"groupMsgs" if self.thread.group else "msgs": [msgspec.json.decode(kept.item)]}
        except msgspec.DecodeError:
            return False
        return any(
            one.thread == self.thread and one.inbound and self.from_at < one.sent_at <= self.until_at
            for one in named_in(kept.own, listed)
        )


class _Mark(NamedTuple):
    """`unread` None: not known."""

    at: datetime
    unread: int | None


class _Account:
    """`fits` and `misfits`: how often a thread's next message told of one more, and how often only a count over all
    threads explains what it told: then the number does not mean what we believe. `answers`: what the platform says of
    its newest messages was once the same as the message itself had said."""

    def __init__(self) -> None:
        self.threads: dict[Thread, _Mark] = {}
        self.last: tuple[Thread, int] | None = None
        self.looked_at: datetime | None = None
        self.jumps: deque[Jump] = deque(maxlen=MOST_JUMPS)
        self.fits = 0
        self.misfits = 0
        self.answers = False

    def judge(self, thread: Thread, unread: int, *, lost: bool) -> None:
        last, self.last = self.last, (thread, unread)
        if not lost:
            self.fits += 1
        elif last is not None and last[0] != thread and unread == last[1] + 1:
            self.misfits += 1


class Counters:
    """One for all accounts of a worker."""

    def __init__(self, gate: Gate) -> None:
        self._gate = gate
        self._accounts: dict[int, _Account] = {}

    def hear(self, event: ItemEvent) -> None:
        """An item as it came. Of a private thread nothing is counted."""
        if event.cmd not in LIVE or b"countUnread" not in bytes(event.item):
            return
        try:
            item = msgspec.json.decode(event.item)
        except msgspec.DecodeError:
            return
        for one in named_in(event.own, {event.list or "": [item]}):
            self._see(event.account, one, heard=True)

    def looked(self, account_id: int, named: Iterable[Named], at: datetime) -> None:
        """What the platform says is the newest of each thread."""
        account = self._accounts.setdefault(account_id, _Account())
        known = list(named)
        for one in known:
            mark = account.threads.get(one.thread)
            if mark is not None and mark.unread and mark == (one.sent_at, _unread(one.item)):
                account.answers = True
        for one in known:
            if account.answers:
                self._see(account_id, one, heard=False)
            else:
                account.threads.setdefault(one.thread, _Mark(one.sent_at, None))
        if len(known) < MOST_THREADS:
            account.looked_at = at

    def due(self, account_id: int, until: datetime) -> list[Jump]:
        """Those that ended before; `done` forgets them."""
        account = self._accounts.get(account_id)
        if account is None or account.fits < account.misfits:
            return []
        return [one for one in account.jumps if one.until_at <= until]

    def done(self, account_id: int, jumps: Iterable[Jump]) -> None:
        gone = set(jumps)
        if (account := self._accounts.get(account_id)) is not None:
            account.jumps = deque((one for one in account.jumps if one not in gone), MOST_JUMPS)

    def _see(self, account_id: int, one: Named, *, heard: bool) -> None:
        unread = _unread(one.item)
        if unread is None or not self._gate.keeps(account_id, one.thread.key, group=one.thread.group):
            return
        account = self._accounts.setdefault(account_id, _Account())
        mark = account.threads.get(one.thread)
        if mark is not None and (one.sent_at, unread) <= (mark.at, mark.unread or 0):
            return  # heard before, or late
        account.threads[one.thread] = _Mark(one.sent_at, unread)
        from_at, before = (account.looked_at, 0) if mark is None else mark
        if not one.inbound or from_at is None or before is None or from_at >= one.sent_at:
            return
        # Whoever read in between began the count anew.
        messages = unread - before if unread > before else unread
        if messages > int(heard):
            account.jumps.append(Jump(one.thread, from_at, one.sent_at, messages))
        if heard:
            account.judge(one.thread, unread, lost=messages > 1)


def _unread(item: Any) -> int | None:
    extra = item.get("paramsExt")
    found = extra.get("countUnread") if isinstance(extra, dict) else None  # pyright: ignore[reportUnknownMemberType, reportUnknownVariableType]
    return found if isinstance(found, int) else None


def _ms(at: datetime) -> int:
    return round(at.timestamp() * 1000)
