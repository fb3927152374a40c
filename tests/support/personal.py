"""A simulated platform of a personal account, and a worker's share of it: what comes goes by the gate into the journal
and on by the pipeline. For tests of what happens behind the sidecar."""

import json
from collections import Counter
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import Any, Literal, TypeVar, cast

import msgspec
from sqlalchemy import text

from sokhach.channels.zalo_personal.calls import CallFailedError
from sokhach.channels.zalo_personal.connector import ZaloPersonal
from sokhach.channels.zalo_personal.gaps.counters import Counters
from sokhach.channels.zalo_personal.gaps.keeping import Completeness
from sokhach.channels.zalo_personal.private.gate import Gate
from sokhach.channels.zalo_personal.protocol import (
    AccountRequest,
    FindSticker,
    FriendRequests,
    Friends,
    GroupHistory,
    Groups,
    ItemEvent,
    LastMessages,
    Old,
    OldReply,
)
from sokhach.core import clock
from sokhach.core.config import Settings
from sokhach.core.database import Database
from sokhach.intake.gateway import lane_of
from sokhach.intake.journal import Entry, copy_entries
from sokhach.intake.pipeline import Pipeline
from sokhach.worker import event_bus

T = TypeVar("T")
OWN = "1000000000000000001"
PAGE = 5


def ms(at: datetime) -> int:
    return round(at.timestamp() * 1000)


class Zalo:
    """Messages as the platform holds them. `lost`: those that it names and never gives; `since`: what a session may
    ask for; `broken`: no call is answered; `counts`: messages tell how many are unread, of their thread or of `all`;
    `refuses`: calls that are answered by a code."""

    def __init__(self) -> None:
        self.messages: list[dict[str, Any]] = []
        self.groups: set[str] = set()
        self.lost: set[str] = set()
        self.since: datetime | None = None
        self.broken = False
        self.counts: Literal["thread", "all"] | None = None
        self.unread: Counter[str] = Counter()
        self.asked: list[AccountRequest] = []
        self.friends: list[dict[str, Any]] = []
        self.requests: list[dict[str, Any]] = []
        self.stickers: dict[str, str] = {}
        self.refuses: dict[type[AccountRequest], int] = {}
        self._count = 0

    def say(
        self, thread: str, words: str, at: datetime, *, own: bool = False, group: bool = False, by: str | None = None
    ) -> dict[str, Any]:
        self._count += 1
        writer = "0" if own else by or thread
        item: dict[str, Any] = {
            "msgId": str(7_000_000_000_000 + self._count),
            "cliMsgId": str(ms(at)),
            "msgType": "webchat",
            "uidFrom": writer,
            "idTo": thread if own or group else "0",
            "dName": f"Tên {writer}",
            "ts": str(ms(at)),
            "content": words,
        }
        if self.counts is not None:
            key = thread if self.counts == "thread" else "all"
            self.unread[key] = 0 if own else self.unread[key] + 1
            item["paramsExt"] = {"countUnread": self.unread[key], "containType": 0}
        self.messages.append(item)
        if group:
            self.groups.add(thread)
        return item

    def is_group(self, item: dict[str, Any]) -> bool:
        return item["idTo"] in self.groups

    def thread_of(self, item: dict[str, Any]) -> str:
        return item["idTo"] if self.is_group(item) or item["uidFrom"] == "0" else item["uidFrom"]

    def old(self, group: bool, before: str | None) -> list[dict[str, Any]]:
        found = [
            one
            for one in self.messages
            if self.is_group(one) is group
            and one["msgId"] not in self.lost
            and (before is None or int(one["msgId"]) < int(before))
            and (self.since is None or int(one["ts"]) >= ms(self.since))
        ]
        return sorted(found, key=lambda one: int(one["msgId"]), reverse=True)[:PAGE]

    def newest(self) -> dict[str, list[dict[str, Any]]]:
        last: dict[str, dict[str, Any]] = {}
        for one in self.messages:
            last[self.thread_of(one)] = one
        answer: dict[str, list[dict[str, Any]]] = {"msgs": [], "groupMsgs": []}
        for one in last.values():
            named = {**one, "content": None} if one["msgId"] in self.lost else one
            answer["groupMsgs" if self.is_group(one) else "msgs"].append(named)
        return answer


async def journal(connection: Any, rows: Iterable[Any]) -> None:
    await copy_entries(connection, [Entry(*row) for row in rows])


class PersonalDesk:
    """One account, one worker. Implements `Calls`."""

    def __init__(self, database: Database, settings: Settings, account_id: int) -> None:
        self.database = database
        self.account_id = account_id
        self.zalo = Zalo()
        self.gate = Gate(database, settings)
        self.online = True
        self.dies_after: int | None = None
        self.conn = "none"
        self._n = 0
        self.counters = Counters(self.gate)
        self.completeness = Completeness(database, self, self.gate, self.counters, lane_of, journal)
        self.pipeline = Pipeline(database, {"zalo_personal": ZaloPersonal(database, self, self.gate)}, event_bus())

    def holds(self, account_id: int) -> bool:
        return self.online and account_id == self.account_id

    def held(self) -> frozenset[int]:
        return frozenset({self.account_id} if self.online else ())

    def sending(self) -> frozenset[int]:
        return self.held()

    async def mark(self, staff_id: int, thread: str, *, group: bool = False, name: str = "Khách") -> None:
        """Says that a thread is work; the gate learns of it when it looks."""
        await self.run(
            "INSERT INTO work_contact (account_id, thread_key, in_group, name, marked_by, marked_at)"
            " VALUES (:id, :thread, :in_group, :name, :staff, :now)",
            thread=thread,
            in_group=group,
            name=name,
            staff=staff_id,
            now=clock.now(),
        )

    async def call(self, request: AccountRequest, answer: type[T]) -> T:
        self.zalo.asked.append(request)
        if self.dies_after is not None and len(self.zalo.asked) > self.dies_after:
            raise RuntimeError("the worker dies here")
        if self.zalo.broken or not self.online:
            raise CallFailedError("timeout", "no answer")
        if (code := self.zalo.refuses.get(type(request))) is not None:
            raise CallFailedError("api", "refused", code=code)
        data: Any
        match request:
            case Old(group=group, last_id=last_id):
                page = self.zalo.old(group, last_id)
                for item in page:
                    await self.hear(item, cmd=511 if group else 510)
                oldest = page[-1] if page else None
                data = OldReply(
                    count=len(page),
                    oldest_id=oldest["msgId"] if oldest else None,
                    oldest_ts=int(oldest["ts"]) if oldest else None,
                    more=len(page) == PAGE,
                )
            case LastMessages():
                data = self.zalo.newest()
            case GroupHistory(group=group_id):
                data = {"groupMsgs": [one for one in self.zalo.old(True, None) if one["idTo"] == group_id]}
            case Friends():
                data = self.zalo.friends
            case FriendRequests():
                data = self.zalo.requests
            case Groups():
                data = [{"id": one, "name": f"Nhóm {one}"} for one in sorted(self.zalo.groups)]
            case FindSticker(sticker=sticker):
                data = {"url": self.zalo.stickers.get(sticker)}
            case _:
                data = None
        encoded = msgspec.json.encode(data)
        return cast("T", msgspec.Raw(encoded)) if answer is msgspec.Raw else msgspec.json.decode(encoded, type=answer)

    async def connect(self, *, at: datetime | None = None) -> None:
        self.online = True
        self.conn = f"conn-{self.account_id}-{self._n}-{at or clock.now()}"
        await self.run(
            "INSERT INTO personal_span (account_id, conn, connected_at) VALUES (:id, :conn, :at)",
            conn=self.conn,
            at=at or clock.now(),
        )
        await self.run("UPDATE personal_account SET state = 'online', connected_at = :at", at=at or clock.now())
        await self.gate.load(self.account_id)

    async def disconnect(self, *, at: datetime | None = None) -> None:
        self.online = False
        await self.run(
            "UPDATE personal_span SET ended_at = :at, code = 1006 WHERE account_id = :id AND ended_at IS NULL",
            at=at or clock.now(),
        )
        await self.run("UPDATE personal_account SET state = 'offline' WHERE account_id = :id")

    async def logged_in(self, holder_id: int, at: datetime) -> None:
        await self.run(
            "INSERT INTO personal_login (account_id, holder_id, asked_by, sim, state, created_at, changed_at)"
            " VALUES (:id, :holder, :holder, 'company', 'done', :at, :at)",
            holder=holder_id,
            at=at,
        )

    async def hear(self, item: dict[str, Any], *, cmd: int | None = None, listed: str | None = None) -> None:
        """As the host does: by the gate into the journal."""
        group = self.zalo.is_group(item) if "idTo" in item else False
        self._n += 1
        event = ItemEvent(
            account=self.account_id,
            conn=self.conn,
            n=self._n,
            cmd=cmd or (521 if group else 501),
            sub=0,
            own=OWN,
            at=ms(clock.now()),
            list=listed or ("groupMsgs" if group else "msgs"),
            item=msgspec.Raw(json.dumps(item).encode()),
        )
        await self.keep(event)

    async def keep(self, event: ItemEvent) -> None:
        payload = self.gate.item(event)
        if payload is None:
            return
        self.counters.hear(event)
        lane = lane_of(self.account_id, self.gate.thread_of(event) or "")
        async with self.database.transaction() as connection:
            await copy_entries(connection, [Entry(self.account_id, lane, "frame", clock.now(), payload)])

    async def drain(self) -> None:
        while await self.pipeline.step():
            pass

    async def settle(self, *, steps: int = 12) -> None:
        """Everything that is due now, until nothing is."""
        for _ in range(steps):
            done = await self.completeness.step()
            await self.drain()
            if not done:
                return

    async def look(self, *, later: timedelta = timedelta()) -> None:
        """The next reconciliation, as if its time had come; `later`: and what was asked for had had time."""
        await self.run("UPDATE personal_completeness SET due_at = :now, counted_at = NULL", now=clock.now())
        if later:
            await self.run("UPDATE personal_missing SET asked_at = asked_at - :later", later=later)
        await self.settle()

    async def run(self, statement: str, **values: object) -> None:
        async with self.database.transaction() as connection:
            wanted = {"id": self.account_id, **values} if ":id" in statement else values
            await connection.execute(text(statement), wanted)

    async def rows(self, statement: str, **values: object) -> list[dict[str, Any]]:
        async with self.database.transaction() as connection:
            wanted = {"id": self.account_id, **values} if ":id" in statement else values
            return [dict(row) for row in (await connection.execute(text(statement), wanted)).mappings()]

    async def gaps(self) -> list[dict[str, Any]]:
        return await self.rows(
            "SELECT thread_key, reason, from_at, until_at FROM gap WHERE account_id = :id AND closed_at IS NULL"
            " ORDER BY from_at, thread_key"
        )

    async def bodies(self) -> list[str]:
        rows = await self.rows(
            "SELECT m.body FROM message m JOIN conversation c ON c.id = m.conversation_id WHERE c.account_id = :id"
            " AND m.kind <> 'event' ORDER BY m.sent_at, m.id"
        )
        return [row["body"] for row in rows]


def friend_event(act: str, data: object) -> dict[str, Any]:
    """A control item as Zalo Web sends it. `data`: who asked whom, or the other's bare uid."""
    said = data if isinstance(data, str) else json.dumps(data)
    return {"content": {"act_type": "fr", "act": act, "data": said}, "ts": str(ms(clock.now()))}


def friend_request(person: str, note: str = "Em muốn hỏi giá", *, ours: bool = False) -> dict[str, Any]:
    from_uid, to_uid = (OWN, person) if ours else (person, OWN)
    return friend_event("req_v2", {"toUid": to_uid, "fromUid": from_uid, "message": note})


async def add_personal_account(
    database: Database, settings: Settings, holder_id: int, *, sim: str = "company", uid: str = OWN
) -> PersonalDesk:
    now = clock.now()
    async with database.transaction() as connection:
        account_id = (
            await connection.execute(
                text(
                    "INSERT INTO channel_account (channel, external_id, name, credentials, health, health_since,"
                    " holder_id, created_at) VALUES ('zalo_personal', :uid, 'Số của An', '', 'ok', :now, :holder, :now)"
                    " RETURNING id"
                ),
                {"uid": uid, "now": now, "holder": holder_id},
            )
        ).scalar_one()
        await connection.execute(
            text(
                "INSERT INTO personal_account (account_id, sim, revision, state, state_since, wanted, warm_from,"
                " attempts) VALUES (:id, :sim, 0, 'online', :now, true, :now, 0)"
            ),
            {"id": account_id, "sim": sim, "now": now},
        )
    desk = PersonalDesk(database, settings, account_id)
    await desk.gate.load(account_id)
    return desk


def utc(at_ms: int) -> datetime:
    return datetime.fromtimestamp(at_ms / 1000, UTC)
