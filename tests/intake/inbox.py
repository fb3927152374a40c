"""A personal account whose items go straight into the journal; and what it may hear, as hypothesis draws it."""

import json
from collections.abc import Sequence
from datetime import datetime
from itertools import count
from typing import Any, cast

import httpx
import msgspec
from hypothesis import strategies as st
from sqlalchemy import text

from sokhach.channels.connector import Connector
from sokhach.channels.zalo_personal.inbound import parse
from sokhach.core.database import Database
from sokhach.intake.dump import dump
from sokhach.intake.gateway import lane_of
from sokhach.intake.pipeline import Pipeline
from sokhach.worker import event_bus
from tests.channels.zalo_personal.items import (
    GROUP,
    OWN,
    PEER,
    friend_event,
    group_event,
    journalled,
    message,
    reacted,
    received,
    seen,
    undone,
)
from tests.support.oa import START, at

_numbers = count(1)
RECEIVED = at(10**6)


class Reading:
    """As much of a connector as the pipeline asks for."""

    channel = "zalo_personal"
    parse = staticmethod(parse)


READING = cast("Connector", Reading())


class Inbox:
    """One connected personal account and a pipeline of its own."""

    def __init__(self, database: Database, account_id: int, own: str) -> None:
        self.database = database
        self.account_id = account_id
        self.own = own
        self.bus = event_bus()
        self.pipeline = self.another_pipeline()

    def another_pipeline(self, **how: Any) -> Pipeline:
        return Pipeline(self.database, {"zalo_personal": READING}, self.bus, **how)

    async def put(
        self, *payloads: bytes, thread: str = "", source: str = "frame", received_at: datetime = RECEIVED
    ) -> None:
        """`OWN` in them stands for the account."""
        await self.write([self.row(payload, thread, source, received_at) for payload in payloads])

    def row(
        self, payload: bytes, thread: str, source: str = "frame", received_at: datetime = RECEIVED
    ) -> dict[str, Any]:
        return {
            "account": self.account_id,
            "lane": lane_of(self.account_id, thread),
            "source": source,
            "at": received_at,
            "body": payload.replace(OWN.encode(), self.own.encode()),
        }

    async def write(self, rows: Sequence[dict[str, Any]]) -> None:
        async with self.database.transaction() as connection:
            await connection.execute(
                text(
                    "INSERT INTO journal (account_id, lane, source, received_at, payload)"
                    " VALUES (:account, :lane, :source, :at, :body)"
                ),
                list(rows),
            )

    async def take(self, *payloads: bytes, **how: Any) -> None:
        await self.put(*payloads, **how)
        while await self.pipeline.step():
            pass

    async def rows(self, sql: str, **values: Any) -> list[dict[str, Any]]:
        async with self.database.transaction() as connection:
            return [dict(row) for row in (await connection.execute(text(sql), values)).mappings()]

    async def value(self, sql: str, **values: Any) -> Any:
        async with self.database.transaction() as connection:
            return (await connection.execute(text(sql), values)).scalar_one()

    async def told(self) -> list[str]:
        """The canonical dump, under a name that does not depend on the account."""
        async with self.database.transaction() as connection:
            lines = [line.decode() async for line in dump(connection, account_id=self.account_id)]
        return [line.replace(self.own, OWN) for line in lines]


async def connect_inbox(database: Database, *, holder_id: int | None = None, own: str | None = None) -> Inbox:
    own = own or str(7 * 10**18 + next(_numbers))
    async with database.transaction() as connection:
        account_id = await connection.execute(
            text(
                "INSERT INTO channel_account (channel, external_id, name, credentials, health, created_at, holder_id)"
                " VALUES ('zalo_personal', :own, 'Zalo của Hoa', '', 'unknown', :at, :holder) RETURNING id"
            ),
            {"own": own, "at": START, "holder": holder_id},
        )
        return Inbox(database, account_id.scalar_one(), own)


class Heard(msgspec.Struct, frozen=True):
    """`thread`: by whose lane it comes."""

    payload: bytes
    thread: str


PEERS = ("9001", "9002", "9003")


@st.composite
def streams(draw: st.DrawFn, longest: int = 12) -> list[Heard]:
    """In the order of their own time; no two things happen at the same instant."""
    kinds = sum(draw(st.lists(st.sampled_from(_KINDS), min_size=1, max_size=3, unique=True)), ())
    peers = draw(st.lists(st.sampled_from(PEERS), min_size=1, max_size=2, unique=True))
    heard: list[Heard] = []
    seconds = 0.0
    for number in range(1, draw(st.integers(2, longest)) + 1):
        seconds += draw(st.sampled_from([0.1, 1, 60, 5 * 3600, 25 * 3600]))
        peer = draw(st.sampled_from(peers))
        what = draw(st.sampled_from(kinds))
        # Of what is there, of what will be, or of what never was.
        of = draw(st.integers(1, longest))
        heard += _told(draw, what, number, of, peer, at(seconds))
    return heard


_KINDS: tuple[tuple[str, ...], ...] = (
    ("said", "written"),
    ("written", "delivered", "seen"),
    ("said", "written", "recalled"),
    ("said", "written", "reacted"),
    ("group said", "group written", "group recalled", "group reacted"),
    ("group said", "group life"),
    ("said", "friend"),
)


def _told(draw: st.DrawFn, what: str, number: int, of: int, peer: str, moment: datetime) -> list[Heard]:
    group = GROUP if what.startswith("group") else None
    thread = group or peer
    listed: Any = (521, "groupMsgs") if group else (501, "msgs")
    own = draw(st.booleans())
    match what.rpartition(" ")[2]:
        case "said" | "written" as which:
            item = message(number, moment, f"Tin {number}", own=which == "written", peer=peer, group=group)
            return [Heard(journalled(one, *listed), thread) for one in _versions(draw, item, number)]
        case "recalled":
            item = undone(number, of, moment, own=own, peer=peer, group=group)
        case "reacted":
            icon = draw(st.sampled_from(["/-heart", "/-strong", ""]))
            item = reacted(number, of, moment, icon, own=own, peer=peer, group=group)
            listed = (612, "reactGroups" if group else "reacts")
        case "delivered":
            return [Heard(journalled(received(of, peer, moment), 502, "delivereds"), draw(st.sampled_from(["", peer])))]
        case "seen":
            return [Heard(journalled(seen(of, peer), 502, "seens"), draw(st.sampled_from(["", peer])))]
        case "friend":
            act = draw(st.sampled_from(["add", "remove"]))
            item = friend_event(act, peer) | {"ts": str(round(moment.timestamp() * 1000))}
            listed = (601, "controls")
        case _:
            act = draw(st.sampled_from(["join", "leave", "update", "add_admin"]))
            name = draw(st.sampled_from(["Khách sỉ", "Khách lẻ"]))
            item = group_event(act, moment, {peer: f"Khách {peer[-3:]}"}, groupName=name)
            listed = (601, "controls")
    return [Heard(journalled(item, *listed), thread)]


def _versions(draw: st.DrawFn, item: dict[str, Any], number: int) -> list[dict[str, Any]]:
    """The same message: live, under a second id with the first beside it, and without the sender's id."""
    second = item | {"msgId": str(9_000_000_000 + number), "realMsgId": item["msgId"]}
    bare = {**item, "cliMsgId": "0"}
    return draw(st.lists(st.sampled_from([item, second, bare]), min_size=1, max_size=3, unique_by=id))


async def play(inbox: Inbox, heard: Sequence[Heard]) -> None:
    """Onto the disk, in this order."""
    rows = [inbox.row(one.payload, one.thread) for one in heard]
    if rows:
        await inbox.write(rows)


def said(number: int, words: str | dict[str, Any] = "Còn hàng không?", **more: Any) -> bytes:
    return journalled(message(number, at(number), words, **more))


def in_group(number: int, words: str, **more: Any) -> bytes:
    return journalled(message(number, at(number), words, group=GROUP, **more), 521, "groupMsgs")


def answer(kind: str, data: Any) -> bytes:
    return json.dumps({"v": 1, "kind": kind, "own": OWN, "data": data}, ensure_ascii=False).encode()


async def conversation(inbox: Inbox, thread: str = PEER) -> int:
    return await inbox.value("SELECT id FROM conversation WHERE thread_key = :key", key=thread)


async def shown_to(client: httpx.AsyncClient, conversation_id: int, **query: Any) -> list[dict[str, Any]]:
    answer = await client.get(f"/api/conversations/{conversation_id}/messages", params=query)
    assert answer.status_code == 200, answer.text
    return answer.json()["items"]
