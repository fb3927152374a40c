"""Zalo OA payloads (webhooks, profile replies, history) into normalised items. Facts: Zalo's webhook documentation, of
which docs/channels/zalo-oa.md has the table: event → effect."""

import re
from collections.abc import Sequence
from datetime import datetime

from sokhach.channels.connector import Account, Inbound, Source
from sokhach.channels.zalo_oa.inbound import asked, reported, said, told
from sokhach.channels.zalo_oa.inbound.wire import (
    UNSET,
    Decoder,
    GroupReply,
    Head,
    HistoryItem,
    ProfileReply,
    Reported,
    Said,
    SubjectReply,
    Told,
    sound,
)

__all__ = ["parse"]

_head = Decoder(Head)
_said = Decoder(Said)
_told = Decoder(Told)
_reported = Decoder(Reported)
_profile = Decoder(ProfileReply)
_group = Decoder(GroupReply)
_subject = Decoder(SubjectReply)
_history = Decoder(HistoryItem)
_SAID = re.compile(r"(?:user|oa)_send_(group_)?(\w+)")
_ANONYMOUS = re.compile(r"(?:oa_send_anonymous|anonymous_send)_(\w+)")
_RECEIPTS = frozenset({"user_received_message", "user_seen_message"})
_REACTIONS = frozenset({"user_reacted_message", "oa_reacted_message"})


def parse(account: Account, source: Source, payload: bytes, received_at: datetime) -> Sequence[Inbound]:
    """Raises `UnparsableError`. An event that we know nothing of is kept, not refused."""
    json = sound(payload)
    if source == "profile":
        about: SubjectReply = _subject(json)
        if about.data.user_id is UNSET and about.data.group_id is not UNSET:
            return asked.group(_group(json).data, received_at)
        return asked.profile(_profile(json).data, received_at)
    if source == "history":
        return [asked.history(account, _history(json), received_at)]
    head: Head = _head(json)
    name = told.SAME.get(head.event_name, head.event_name)
    if name in told.TELLERS:
        return told.TELLERS[name](told.Story(_told(json), name, payload, received_at))
    if name in reported.REPORTERS:
        return [reported.report(_reported(json), name, payload, received_at)]
    if name == "permission_revoked":
        return [reported.revoked(head, payload, received_at)]
    if name in _RECEIPTS:
        return [said.receipt(_said(json), name, received_at)]
    if name in _REACTIONS:
        return [said.reaction(account, _said(json), name, received_at)]
    if found := _ANONYMOUS.fullmatch(name):
        return said.anonymous(account, _said(json), name, found[1], received_at)
    if found := _SAID.fullmatch(name):
        return [said.message(account, _said(json), name, found[2], received_at, group=bool(found[1]))]
    return [reported.unknown(head, payload, received_at)]
