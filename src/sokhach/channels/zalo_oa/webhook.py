"""What the gateway has to know of a webhook before it is stored: whose it is, whether Zalo sent it, which thread."""

import codecs
import re
from typing import Literal

import msgspec

from sokhach.channels.zalo_oa import signature
from sokhach.channels.zalo_oa.credentials import Credentials

Id = str | int
Refusal = Literal["unknown-account", "bad-signature", "unreadable"]


class _Party(msgspec.Struct):
    id: Id = ""


class Peek(msgspec.Struct):
    """The few fields that route a webhook. Everything is optional: shapes differ between events."""

    app_id: Id = ""
    timestamp: Id = ""
    event_name: Id = ""
    group_id: Id = ""
    sender: _Party | None = None
    recipient: _Party | None = None
    follower: _Party | None = None
    oa_id: Id = ""
    oaId: Id = ""
    user_id: Id = ""

    @property
    def ids(self) -> list[str]:
        parties = [self.sender, self.recipient, self.follower]
        found = [str(party.id) for party in parties if party] + [str(self.oa_id), str(self.oaId), str(self.user_id)]
        return [one for one in found if one]


class KnownAccount(msgspec.Struct, frozen=True):
    """An OA that is connected here, and what its webhooks are verified with; None: our keys no longer open it."""

    account_id: int
    oa_id: str
    credentials: Credentials | None


_decoder = msgspec.json.Decoder(Peek)
_FIELD = re.compile(rb'"(app_id|timestamp|oa_id|oaId|id)"\s*:\s*"?(\d{1,40})"?')


def peek(body: bytes) -> Peek | None:
    """Reads the routing fields. A body that is no JSON (cut short, invalid UTF-8) is searched for them: if its
    signature holds, Zalo did send it, and it belongs in the journal for all its faults. None: nothing to go by."""
    try:
        return _decoder.decode(body.removeprefix(codecs.BOM_UTF8))
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        found: dict[str, list[str]] = {}
        for name, value in _FIELD.findall(body):
            found.setdefault(name.decode(), []).append(value.decode())
        if "timestamp" not in found:
            return None
        parties = [*found.get("id", []), "", ""]
        return Peek(
            app_id=found.get("app_id", [""])[0],
            timestamp=found["timestamp"][-1],
            sender=_Party(parties[0]),
            recipient=_Party(parties[1]),
            oa_id=(found.get("oa_id", []) + found.get("oaId", []) + [""])[0],
        )


def verified(known: KnownAccount, credentials: Credentials, seen: Peek, body: bytes, header: str) -> bool:
    return signature.verify(
        header,
        body,
        str(seen.timestamp),
        prefixes=(credentials.app_id, known.oa_id),
        secrets=(credentials.oa_secret, credentials.app_secret),
    )


def thread_of(known: KnownAccount, seen: Peek) -> str:
    """The other side's id: every event of one person or group falls into one lane."""
    if "_send_group_" in str(seen.event_name) and seen.recipient:
        return str(seen.recipient.id)
    if seen.group_id:
        return str(seen.group_id)
    return next((one for one in seen.ids if one != known.oa_id), "")
