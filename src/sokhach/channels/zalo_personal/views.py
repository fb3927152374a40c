"""Personal accounts as the console shows them."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

import msgspec

from sokhach.channels.limits import Limits
from sokhach.channels.queries import Gap
from sokhach.channels.zalo_personal import cap_service, caps
from sokhach.channels.zalo_personal.gaps.rules import percent
from sokhach.channels.zalo_personal.host.rules import State
from sokhach.core.catalogue import Locale, explain, say
from sokhach.core.config import Settings


class AccountHolder(msgspec.Struct, frozen=True):
    id: int
    name: str


class PersonalCap(msgspec.Struct, frozen=True, kw_only=True):
    """What an account did in the present window of a cap; `text` names it."""

    cap: str
    text: str
    used: int
    limit: int


class CompletenessView(msgspec.Struct, frozen=True, kw_only=True):
    """`percent`: of what the platform is known to have sent since `since`, how much is here; None: nothing is known to
    have been sent. `gaps`: times of which messages may be missing, counted or not."""

    percent: float | None
    gaps: int
    since: datetime | None


class PersonalAccount(msgspec.Struct, frozen=True, kw_only=True):
    """`reason` says in words why it is in this state, and what to do; `since` when. `queued` messages and
    `waiting_calls` are yet to leave. Until `warm_until` a new account may do less."""

    id: int
    name: str
    uid: str
    phone: str | None
    avatar_url: str | None
    holder: AccountHolder
    sim: str
    state: State
    reason: str | None
    since: datetime
    last_message_at: datetime | None
    completeness: CompletenessView
    caps: Sequence[PersonalCap]
    warm_until: datetime | None
    queued: int
    waiting_calls: int


class SendingStopped(msgspec.Struct, frozen=True):
    """No personal account sends anything since `at`; what comes in goes on."""

    at: datetime
    by: AccountHolder | None


class PersonalAccountList(msgspec.Struct, frozen=True):
    items: Sequence[PersonalAccount]
    stopped: SendingStopped | None


class ConnectionSpan(msgspec.Struct, frozen=True):
    """`reason` in words, why it ended; None: it has not."""

    connected_at: datetime
    ended_at: datetime | None
    reason: str | None


class FrameCount(msgspec.Struct, frozen=True, kw_only=True):
    """Frames that nothing could be made of; they are kept."""

    cmd: int
    why: str
    text: str
    count: int
    last_at: datetime


class RecordedConsent(msgspec.Struct, frozen=True):
    """`recorded_by`: who said so for the holder; None: the holder did."""

    at: datetime
    version: str
    recorded_by: str | None


class PrivateCount(msgspec.Struct, frozen=True):
    """How many private threads and messages there are; never whose."""

    contacts: int
    messages: int


class PersonalAccountDetail(PersonalAccount, frozen=True, kw_only=True):
    """With its latest connections and gaps. `proxy`: whether it goes out by one."""

    spans: Sequence[ConnectionSpan]
    frames: Sequence[FrameCount]
    gaps: Sequence[Gap]
    consent: RecordedConsent | None
    private: PrivateCount
    proxy: bool


def _ailing(row: Mapping[Any, Any], locale: Locale) -> str | None:
    """What is wrong with an account that is connected all the same: nothing arrives, say."""
    if row["state"] != "online" or row["health_reason"] is None:
        return None
    return explain(locale, "health", row["health_reason"])


def fields_of(
    row: Mapping[Any, Any], limits: Limits, locale: Locale, settings: Settings, now: datetime
) -> dict[str, Any]:
    """Of a row of `queries.ACCOUNTS`, for the structs above."""
    used = cap_service.uses(row["used"], row["warm_from"], limits, now, settings.timezone)
    warm = caps.warm_until(row["warm_from"], limits)
    return {
        "id": row["id"],
        "name": row["name"],
        "uid": row["uid"],
        "phone": row["phone"],
        "avatar_url": row["avatar_url"],
        "holder": AccountHolder(row["holder_id"] or 0, row["holder_name"] or ""),
        "sim": row["sim"],
        "state": row["state"],
        "reason": reason_of(row["state"], row["state_reason"], locale) or _ailing(row, locale),
        "since": row["state_since"],
        "last_message_at": row["last_message_at"],
        "completeness": CompletenessView(
            percent=percent(row["stored"], row["missing"]) if row["complete_since"] is not None else None,
            gaps=row["gaps"],
            since=row["complete_since"],
        ),
        "caps": [
            PersonalCap(cap=one.cap, text=explain(locale, "cap", one.cap), used=one.used, limit=one.limit)
            for one in used
        ],
        "warm_until": warm if warm > now else None,
        "queued": row["queued"],
        "waiting_calls": row["waiting_calls"],
    }


def reason_of(state: str, reason: str | None, locale: Locale) -> str | None:
    if state == "online" or (state == "connecting" and reason is None):
        return None
    return explain(locale, "personal-state", reason or state.replace("_", "-"))


def span_of(row: Mapping[Any, Any], locale: Locale) -> ConnectionSpan:
    reason = explain(locale, "personal-state", row["reason"]) if row["reason"] else None
    return ConnectionSpan(row["connected_at"], row["ended_at"], reason)


def frame_of(row: Mapping[Any, Any], locale: Locale) -> FrameCount:
    text = say(locale, f"frame.{row['why']}", cmd=row["cmd"])
    return FrameCount(cmd=row["cmd"], why=row["why"], text=text, count=row["count"], last_at=row["last_at"])
