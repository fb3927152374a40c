"""What a channel may send about a few people and a group, as hypothesis draws it; and its way through the pipeline."""

import json
from collections.abc import Sequence
from datetime import datetime, timedelta
from itertools import count
from typing import Any, Literal

import msgspec
from hypothesis import strategies as st
from sqlalchemy import text

from sokhach.channels.zalo_oa import webhook
from sokhach.channels.zalo_oa.webhook import KnownAccount
from sokhach.conversations.rules import Fact, Progress, Said, order
from sokhach.core.config import Settings
from sokhach.core.database import Database
from sokhach.intake.dump import dump
from sokhach.intake.gateway import lane_of
from tests.support.oa import APP_ID, CREDENTIALS, OA, OA_ID, connect_oa, echoed, followed, ms, said, seen
from tests.support.oa import at as moment
from tests.support.oa import received as delivered

PEOPLE = ("9001", "9002", "9003")
GROUP = "f414c8f76fa586fbdfb4"
HOUR = 3600
SILENCE = timedelta(hours=24)

_numbers = count(1)


class Heard(msgspec.Struct, frozen=True):
    """A payload as it reaches the journal. `OA_ID` in it stands for whichever account it is played to."""

    payload: dict[str, Any] | bytes
    source: Literal["webhook", "profile"] = "webhook"
    person: str = ""
    received_at: datetime = moment(1000 * HOUR)


@st.composite
def streams(draw: st.DrawFn, longest: int = 14) -> list[Heard]:
    """In the order of their own time; no two things happen at the same instant. Few kinds and few people at a time, so
    that what interferes shows sooner."""
    kinds = sum(draw(st.lists(st.sampled_from(_KINDS), min_size=1, max_size=3, unique=True)), ())
    people = draw(st.lists(st.sampled_from(PEOPLE), min_size=1, max_size=3, unique=True))
    told: list[Heard] = []
    sent: list[tuple[str, str]] = []
    seconds = 0.0
    for number in range(draw(st.integers(1, longest))):
        seconds += draw(st.sampled_from([0.1, 1, 60, 5 * HOUR, 23 * HOUR, 25 * HOUR, 60 * HOUR]))
        user = draw(st.sampled_from(people))
        what = draw(st.sampled_from(kinds))
        if what in _SAID:
            told.append(Heard(_said(what, user, f"m{number}", moment(seconds))))
        elif what == "echo":
            admin = draw(st.sampled_from([None, "77"]))
            sent.append((user, f"{user}-m{number}"))
            told.append(Heard(echoed(user, f"{user}-m{number}", moment(seconds), f"Dạ {number}", admin=admin)))
        elif what == "receipt":
            told.append(Heard(draw(_receipts(sent, user, seconds))))
        elif what == "follow":
            told.append(Heard(followed(user, moment(seconds), draw(st.sampled_from(["follow", "unfollow"])))))
        elif what == "profile":
            told.append(_profile(draw, user, moment(seconds)))
        elif what == "reaction":
            told.append(Heard(_reaction(draw, user, moment(seconds))))
        elif what == "tag":
            told.append(Heard(_tag(draw, user, moment(seconds))))
        elif what == "group life":
            told.append(Heard(_group_life(draw, user, moment(seconds))))
        else:
            told.append(Heard(_about(draw, what, user, moment(seconds))))
    return told


_SAID = ("text", "image", "sticker", "file", "group text", "group echo")
# What has to do with each other.
_KINDS: tuple[tuple[str, ...], ...] = (
    ("text",),
    ("image", "sticker", "file"),
    ("group text", "group echo"),
    ("echo", "receipt"),
    ("follow", "profile"),
    ("text", "reaction"),
    ("echo", "reaction"),
    ("tag", "profile"),
    ("group text", "group life"),
    ("user_submit_info", "user_withdraw", "user_click_chatnow", "user_dances", "user_call_oa"),
)


def _about(draw: st.DrawFn, event: str, user: str, at: datetime) -> dict[str, Any]:
    """In Zalo's flat form."""
    payload: dict[str, Any] = {"app_id": APP_ID, "event_name": event, "oa_id": OA_ID, "user_id": user,
                               "timestamp": ms(at)}  # fmt: skip
    if event == "user_submit_info":
        payload["info"] = {
            "name": draw(st.sampled_from(["Lan", "Chị Lan"])),
            "phone": draw(st.sampled_from(["84912345678", "0912345679", "không có"])),
            "city": draw(st.sampled_from(["", "Bình Dương", "Huế"])),
        }
    elif event == "user_call_oa":
        payload |= {"call_id": f"c-{ms(at)}", "call_type": "AUDIO", "talk_time": draw(st.sampled_from([0, 60000])),
                    "phone": "84912345678"}  # fmt: skip
    return payload


def _reaction(draw: st.DrawFn, user: str, at: datetime) -> dict[str, Any]:
    """On a message that is there, that will be, or that never was; by the customer or by our side."""
    ours = draw(st.booleans())
    number = draw(st.integers(0, 13))
    icon = draw(st.sampled_from(["/-heart", "/-strong", "/-remove"]))
    sender, recipient = (OA_ID, user) if ours else (user, OA_ID)
    return {
        "app_id": APP_ID,
        "event_name": "oa_reacted_message" if ours else "user_reacted_message",
        "sender": {"id": sender},
        "recipient": {"id": recipient},
        "message": {"msg_id": draw(st.sampled_from([f"m{number}", f"{user}-m{number}"])), "react_icon": icon},
        "timestamp": ms(at),
    }


def _tag(draw: st.DrawFn, user: str, at: datetime) -> dict[str, Any]:
    event = draw(st.sampled_from(["add_user_to_tag", "add_user_to_tag", "remove_user_from_tag", "remove_tag"]))
    tag: dict[str, Any] = {"name": draw(st.sampled_from(["VIP", "Sỉ"]))}
    if event != "remove_tag":
        tag["user_ids"] = draw(st.lists(st.sampled_from(PEOPLE), max_size=2, unique=True)) or [user]
    return {"app_id": APP_ID, "event_name": event, "oa_id": OA_ID, "tag": tag, "timestamp": ms(at)}


def _group_life(draw: st.DrawFn, user: str, at: datetime) -> dict[str, Any]:
    event = draw(st.sampled_from(["user_join_group", "user_out_group", "add_group_admin", "update_group_info"]))
    return {"app_id": APP_ID, "event_name": event, "oa_id": OA_ID, "group_id": GROUP, "users": [{"id": user}],
            "timestamp": ms(at)}  # fmt: skip


def _said(what: str, user: str, msg_id: str, at: datetime) -> dict[str, Any]:
    payload = said(user, msg_id, at, f"Tin {msg_id}")
    message: dict[str, Any] = payload["message"]
    kind = what.rpartition(" ")[2]
    if kind in {"image", "sticker"}:
        payload["event_name"] = f"user_send_{kind}"
        url = f"https://cdn.example/{msg_id}"
        message["attachments"] = [{"type": kind, "payload": {"url": url, "thumbnail": f"{url}/small", "id": msg_id}}]
    elif kind == "file":
        payload["event_name"] = "user_send_file"
    elif what == "group text":
        payload |= {"event_name": "user_send_group_text", "recipient": {"id": GROUP}, "oa_id": OA_ID}
    elif what == "group echo":
        payload |= {"event_name": "oa_send_group_text", "recipient": {"id": GROUP}, "sender": {"id": OA_ID},
                    "oa_id": OA_ID}  # fmt: skip
    return payload


@st.composite
def _receipts(draw: st.DrawFn, sent: Sequence[tuple[str, str]], user: str, seconds: float) -> dict[str, Any]:
    """Of what was sent, of what will be, or of what nobody ever hears of."""
    known = [msg_id for to, msg_id in sent if to == user]
    guess = st.integers(0, 14).map(lambda number: f"{user}-m{number}")
    ids = draw(st.lists(st.sampled_from(known) if known else guess, min_size=1, max_size=3, unique=True))
    if draw(st.booleans()):
        return seen(user, ids, moment(seconds))
    return delivered(user, ids[0], moment(seconds))


def _profile(draw: st.DrawFn, user: str, at: datetime) -> Heard:
    data: dict[str, Any] = {
        "user_id": user,
        "display_name": draw(st.sampled_from(["Lan", "Nguyễn Thị Lan", "Chị Lan"])),
        "avatar": draw(st.sampled_from(["https://cdn.example/a.jpg", ""])),
    }
    follows = draw(st.sampled_from([None, True, False]))
    if follows is not None:
        data["user_is_follower"] = follows
    return Heard({"data": data, "error": 0}, "profile", user, at)


async def another_oa(settings: Settings, database: Database) -> tuple[OA, str]:
    """An OA of its own, and its id."""
    oa_id = str(5 * 10**17 + next(_numbers))
    return await connect_oa(settings, database, oa_id=oa_id), oa_id


async def put(oa: OA, oa_id: str, heard: Sequence[Heard]) -> None:
    """On disk, in this order and in the lanes that the gateway would choose."""
    known = KnownAccount(oa.account_id, oa_id, CREDENTIALS)
    rows: list[dict[str, Any]] = []
    for one in heard:
        body = one.payload if isinstance(one.payload, bytes) else json.dumps(one.payload, ensure_ascii=False).encode()
        body = body.replace(OA_ID.encode(), oa_id.encode())
        peeked = webhook.peek(body)
        thread = one.person or (webhook.thread_of(known, peeked) if peeked else "")
        rows.append(
            {
                "account": oa.account_id,
                "lane": lane_of(oa.account_id, thread),
                "source": one.source,
                "at": one.received_at,
                "body": body,
            }
        )
    if not rows:
        return
    async with oa.database.transaction() as connection:
        await connection.execute(
            text(
                "INSERT INTO journal (account_id, lane, source, received_at, payload)"
                " VALUES (:account, :lane, :source, :at, :body)"
            ),
            rows,
        )


async def told(oa: OA, oa_id: str) -> list[str]:
    """The canonical dump of the account, under a name that does not depend on its id."""
    async with oa.database.transaction() as connection:
        lines = [line.decode() async for line in dump(connection, account_id=oa.account_id)]
    return [line.replace(oa_id, OA_ID) for line in lines]


async def assert_consistent(oa: OA) -> None:
    """What is kept for lists, turns and episodes is what one would work out from the messages; and all was applied."""
    refused = "SELECT reason, detail FROM quarantine WHERE account_id = :account"
    assert await oa.rows(refused, account=oa.account_id) == []
    for row in await oa.rows("SELECT * FROM conversation WHERE account_id = :account", account=oa.account_id):
        messages = await oa.rows("SELECT * FROM message WHERE conversation_id = :id ORDER BY sent_at, id", id=row["id"])
        said_by_us = [one["sent_at"] for one in messages if one["direction"] == "out"]
        counted = [one for one in messages if one["kind"] != "event"]
        unread = [
            one for one in counted if one["direction"] == "in" and one["sent_at"] > max(said_by_us, default=_EVER)
        ]
        progress = Progress()
        facts: list[Fact] = [Said(one["sent_at"], one["id"], one["direction"] == "in") for one in counted]
        progress.advance(order(facts), SILENCE)
        assert {
            "message_count": len(messages),
            "unread_count": len(unread),
            "last_message_id": messages[-1]["id"],
            "last_message_at": messages[-1]["sent_at"],
            "created_at": messages[0]["sent_at"],
            "waiting_since": progress.turn.waiting_since if progress.turn else None,
            "episode_open": progress.episode is not None,
        }.items() <= row.items()
        await _assert_rows(oa, row["id"], "turn", "waiting_since", progress.turns)
        await _assert_rows(oa, row["id"], "episode", "opened_at", progress.episodes)


async def _assert_rows(oa: OA, conversation_id: int, table: str, by: str, states: Sequence[msgspec.Struct]) -> None:
    sql = f"SELECT * FROM {table} WHERE conversation_id = :id ORDER BY {by}"
    stored = await oa.rows(sql, id=conversation_id)
    assert len(stored) == len(states)
    for row, state in zip(stored, states, strict=True):
        wanted = msgspec.structs.asdict(state)
        del wanted["id"]
        assert wanted.items() <= row.items()


_EVER = moment(-(10**8))
