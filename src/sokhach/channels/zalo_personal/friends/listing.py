"""Zalo's own list of open requests of friendship, against what was heard of them: what came while the account was not
connected stands only there."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, NamedTuple, cast

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from sokhach.channels.zalo_personal.friends import rules
from sokhach.core import clock

YOUNG = timedelta(minutes=1)
"""Of a request that is no older the event may be on its way; and so far may Zalo's clock be from ours."""

_HEARD = text(
    """
    SELECT asked.n FROM unnest(CAST(:people AS text[]), CAST(:names AS text[]), CAST(:times AS timestamptz[]))
        WITH ORDINALITY AS asked (person, name, at, n)
    WHERE EXISTS (
        SELECT FROM channel_event e WHERE e.account_id = :account AND e.person = asked.person
            AND e.name = asked.name AND e.at > asked.at - CAST(:slack AS interval)
    )
    """
)


class Asked(NamedTuple):
    person: str
    name: str
    at: datetime


async def unheard(
    connection: AsyncConnection, account_id: int, listed: Any, now: datetime
) -> tuple[Sequence[Any], bool]:
    """Of `listed`, as the sidecar gives it, those of which no event came; and whether some are too young to say."""
    found = [(one, asked) for one in _each(listed) if (asked := _asked(one)) and asked.at > rules.since(now)]
    old = [(one, asked) for one, asked in found if asked.at <= now - YOUNG]
    values = {
        "account": account_id,
        "people": [asked.person for _, asked in old],
        "names": [asked.name for _, asked in old],
        "times": [asked.at for _, asked in old],
        "slack": YOUNG,
    }
    heard = set((await connection.execute(_HEARD, values)).scalars())
    return [one for n, (one, _) in enumerate(old, start=1) if n not in heard], len(old) < len(found)


def _each(listed: Any) -> Sequence[Mapping[str, Any]]:
    found = cast("list[Any]", listed) if isinstance(listed, list) else []
    return [cast("Mapping[str, Any]", one) for one in found if isinstance(one, Mapping)]


def _asked(user: Mapping[str, Any]) -> Asked | None:
    """None for what does not say who or when."""
    person, request = user.get("userId"), user.get("request")
    if not isinstance(person, str | int) or not isinstance(request, Mapping):
        return None
    said = cast("Mapping[str, Any]", request)
    try:
        at = clock.from_milliseconds(int(said.get("time") or 0))
    except (TypeError, ValueError, OverflowError, OSError):
        return None
    return Asked(str(person), rules.ASKED_OUT if said.get("ours") is True else rules.ASKED_IN, at)
