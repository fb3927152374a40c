"""A session of an account that this worker holds: what is known of it, until it is written down."""

from datetime import datetime
from typing import Literal

import msgspec

from sokhach.channels.zalo_personal.host.rules import MOVED, STEADY_SECONDS, After, Pace, State
from sokhach.channels.zalo_personal.host.sidecar import Sidecar

Phase = Literal["waiting", "starting", "started", "online", "ended"]


class Taken(msgspec.Struct, frozen=True, kw_only=True):
    """An account as it stood when this worker took it."""

    account_id: int
    own: str
    credentials: bytes
    proxy: bytes | None
    revision: int
    attempts: int
    state: State
    state_reason: str | None
    shard: int | None


class SpanEnd(msgspec.Struct, frozen=True):
    conn: str
    at: datetime
    code: int | None
    reason: str


class Session:
    """`dirty`: something is to be written to its row. `ended`: what comes after; the lease goes with it."""

    def __init__(self, taken: Taken, now: datetime) -> None:
        self.account_id = taken.account_id
        self.own = taken.own
        self.taken = taken
        self.sidecar: Sidecar | None = None
        self.shard = taken.shard
        """Where it is best begun next time; None: anywhere."""
        self.conn: str | None = None
        self.pending: str | None = None
        """The connection that is being made."""
        self.state: State = taken.state
        self.reason = taken.state_reason
        self.since = now
        self.phase: Phase = "waiting"
        self.phase_since = now
        self.attempts = taken.attempts
        self.connected_at: datetime | None = None
        self.last_frame_at: datetime | None = None
        self.last_item_at: datetime | None = None
        self.heard_at: datetime | None = None
        """All that the connection's other end sent until then has come in."""
        self.phone: str | None = None
        self.credentials: bytes | None = None
        """Sealed, newer than what is stored."""
        self.next_attempt_at: datetime | None = None
        self.opened: list[tuple[str, datetime]] = []
        self.closed: list[SpanEnd] = []
        self.dirty = False
        self.kept_alive_at = now

    @property
    def ended(self) -> bool:
        return self.phase == "ended"

    def is_of(self, conn: str) -> bool:
        """Whether what is said of this connection is said of the session."""
        known = {self.conn, self.pending} - {None}
        return conn in known or not known

    def enter(self, phase: Phase, now: datetime) -> None:
        self.phase, self.phase_since = phase, now

    def online(self, conn: str, now: datetime) -> None:
        if self.conn is not None and self.conn != conn:
            self.closed.append(SpanEnd(self.conn, self._connected_until(now), None, "replaced"))
        self.conn, self.connected_at, self.last_frame_at, self.heard_at = conn, now, now, now
        self.opened.append((conn, now))
        self.kept_alive_at = now
        self._become("online", None, now)
        self.enter("online", now)

    def end(self, after: After, now: datetime, *, code: int | None, pace: Pace, chance: float) -> None:
        """The first word counts: what comes later is of a session that is over."""
        if self.ended:
            return
        if self.conn is not None:
            self.closed.append(SpanEnd(self.conn, self._connected_until(now), code, after.reason))
            lasted = (now - self.phase_since).total_seconds() if self.phase == "online" else 0.0
            self.attempts = 0 if lasted >= STEADY_SECONDS else self.attempts
        if after is not MOVED:  # which is nobody's fault
            self.attempts += 1
        self.next_attempt_at = pace.next(now, self.attempts, chance) if after.again else None
        self._become(after.state, after.reason, now)
        self.conn = None
        self.enter("ended", now)

    def hear(self, at: datetime) -> None:
        """A sign of life of the connection that is open."""
        if self.phase == "online" and (self.heard_at is None or at > self.heard_at):
            self.heard_at = at

    def _connected_until(self, now: datetime) -> datetime:
        """A machine that slept, or a process that hung, was not connected meanwhile, whatever the socket said."""
        return min(now, self.heard_at or now)

    def written(self) -> tuple[int, int, bytes | None]:
        """What `forget` is to be told once it is on disk."""
        return len(self.opened), len(self.closed), self.credentials

    def forget(self, written: tuple[int, int, bytes | None]) -> None:
        opened, closed, credentials = written
        del self.opened[:opened], self.closed[:closed]
        if self.credentials is credentials:
            self.credentials = None

    def _become(self, state: State, reason: str | None, now: datetime) -> None:
        if (state, reason) != (self.state, self.reason):
            self.state, self.reason, self.since = state, reason, now
        self.dirty = True
