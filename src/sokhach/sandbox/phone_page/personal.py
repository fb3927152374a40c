"""A personal account's phone as the page shows it: its threads, what is in them, and the codes that wait for it."""

from typing import Annotated, Any, cast

import msgspec
from litestar import get
from litestar.params import Parameter

from sokhach.sandbox.phone_page import friendships
from sokhach.sandbox.phone_page.friendships import ShownRequest
from sokhach.sandbox.phone_page.shown import Quote, ShownMessage, Words, local
from sokhach.sandbox.records import Attachment
from sokhach.sandbox.web.login import QR_LIFE_MS, QrLogin
from sokhach.sandbox.web.messages import WebMessage
from sokhach.sandbox.web.users import WebUser
from sokhach.sandbox.world import World

KINDS = {
    "webchat": "text", "chat.voice": "audio", "chat.photo": "image", "chat.doodle": "image", "chat.gif": "gif",
    "chat.sticker": "sticker", "chat.video.msg": "video", "share.file": "file", "chat.location.new": "location",
    "chat.link": "link", "chat.recommended": "link",
}  # fmt: skip


class ShownPerson(msgspec.Struct):
    """`account`: a browser or program has signed in as this person, so that it may be a staff's. `connected`: one
    listens now."""

    uid: str
    name: str
    avatar: str
    phone: str | None
    account: bool
    connected: bool


class ShownLabel(msgspec.Struct):
    text: str
    color: str


class ShownChat(msgspec.Struct, kw_only=True):
    """One thread of a phone. `last.src` 1 = by the phone's own person."""

    thread: str
    group: bool
    name: str
    avatar: str
    last: Words | None
    unread: int
    labels: list[ShownLabel]


class ShownCode(msgspec.Struct, kw_only=True):
    """A code for signing in that a browser shows. `name`: who has scanned it."""

    code: str
    state: str
    uid: str | None
    name: str | None
    expires: int


class ShownPhone(msgspec.Struct, kw_only=True):
    """`requests`: of those who want to be friends."""

    person: ShownPerson
    requests: list[ShownRequest]
    chats: list[ShownChat]
    labels: list[ShownLabel]
    codes: list[ShownCode]
    now: int


class PersonalMessage(ShownMessage, kw_only=True):
    """`src` 1 = the phone's own person, whichever device it was written on; `by_phone`: on the phone."""

    author: str
    avatar: str
    by_phone: bool
    recalled: bool


class ShownTalk(msgspec.Struct, kw_only=True):
    """`own_state` of the last own message: sent, received or seen by somebody. `request`: an open one
    between the two."""

    person: ShownPerson
    chat: ShownChat
    members: list[str]
    friends: bool
    request: ShownRequest | None
    labels: list[ShownLabel]
    messages: list[PersonalMessage]
    complete: bool
    own_state: str | None
    now: int


@get("/personal/people")
async def list_people(world: World) -> list[ShownPerson]:
    """Accounts first, each by name."""
    people = [person(world, one) for one in world.web.users.all()]
    return sorted(people, key=lambda one: (not one.account, one.name))


@get("/personal/people/{uid:str}")
async def read_phone(uid: str, world: World) -> ShownPhone:
    return ShownPhone(
        person=person(world, world.web.users.user(uid)),
        requests=friendships.received(world, uid),
        chats=_chats(world, uid),
        labels=[ShownLabel(one.text, one.color) for one in world.web.labels.of(uid).labels],
        codes=[_code(world, one) for one in world.web.logins.open_codes() if one.state in ("shown", "scanned")],
        now=world.clock.now_ms(),
    )


@get("/personal/people/{uid:str}/chats/{thread:str}")
async def read_chat(
    uid: str, thread: str, world: World, group: bool = False, limit: Annotated[int, Parameter(ge=1, le=2000)] = 200
) -> ShownTalk:
    web = world.web
    me = web.users.user(uid)
    members = [web.users.user(one).name for one in web.groups.uids(thread)] if group else []
    found = web.archive.thread(uid, thread, is_group=group, limit=limit + 1)
    messages = found[-limit:]
    return ShownTalk(
        person=person(world, me),
        chat=_chat(world, uid, thread, group=group),
        members=members,
        friends=group or web.users.are_friends(uid, thread),
        request=None if group else friendships.between(world, uid, thread),
        labels=[ShownLabel(one.text, one.color) for one in web.labels.of(uid).labels],
        messages=[_message(world, uid, one) for one in messages],
        complete=len(found) <= limit,
        own_state=_own_state(world, uid, messages),
        now=world.clock.now_ms(),
    )


def person(world: World, user: WebUser) -> ShownPerson:
    line = world.web.sockets.of(user.uid)
    account = world.store.value("SELECT 1 FROM web_session WHERE uid = ? LIMIT 1", (user.uid,)) is not None
    connected = line is not None and not line.silent
    return ShownPerson(user.uid, user.name, local(world, user.avatar), user.phone, account, connected)


class _Figures(msgspec.Struct):
    count: int
    last: int | None
    changes: float


def state_of_people(world: World) -> tuple[Any, ...]:
    sql = "SELECT count(*) AS count, count(DISTINCT name) AS last, total(created_ms) AS changes FROM web_user"
    people = world.store.one(_Figures, sql)
    return people and msgspec.structs.astuple(people), outside_the_store(world)


def state_of_phone(world: World, uid: str) -> tuple[Any, ...]:
    """Differs whenever the list of a phone's threads has something new."""
    sql = """SELECT count(*) AS count, max(last_msg_id) AS last,
                    total(unread) + total(last_msg_id) + 0.5 * count(recalled_ms) AS changes
             FROM web_thread JOIN web_message ON msg_id = last_msg_id WHERE uid = ?"""
    threads = world.store.one(_Figures, sql, (uid,))
    return (
        threads and msgspec.structs.astuple(threads),
        world.store.value("SELECT count(*) FROM web_member WHERE uid = ?", (uid,)),
        world.store.value("SELECT version FROM web_label WHERE uid = ?", (uid,)),
        friendships.state_of(world, uid),
        outside_the_store(world),
    )


def state_of_chat(world: World, uid: str, thread: str, *, group: bool) -> tuple[Any, ...]:
    """Differs whenever an open thread has something new."""
    where = "m.is_group AND m.to_id = :thread" if group else (
        "NOT m.is_group AND ((m.from_uid = :uid AND m.to_id = :thread) OR (m.from_uid = :thread AND m.to_id = :uid))"
    )  # fmt: skip
    key = {"uid": uid, "thread": thread}
    sql = f"""SELECT count(*) AS count, max(msg_id) AS last, count(recalled_ms) AS changes
              FROM web_message m WHERE {where}"""
    messages = world.store.one(_Figures, sql, key)
    reactions = f"SELECT total(event_id) FROM web_reaction JOIN web_message m USING (msg_id) WHERE {where}"
    receipts = f"SELECT count(*) + count(seen_ms) FROM web_receipt JOIN web_message m USING (msg_id) WHERE {where}"
    return (
        messages and msgspec.structs.astuple(messages),
        world.store.value(reactions, key),
        world.store.value(receipts, key),
        world.store.value("SELECT version FROM web_label WHERE uid = ?", (uid,)),
        friendships.state_of(world, uid),
    )


def outside_the_store(world: World) -> tuple[Any, ...]:
    """Codes and connections live in memory."""
    codes = tuple((one.code, one.state) for one in world.web.logins.open_codes())
    lines = tuple((one.session.uid, one.silent) for one in world.web.sockets.all())
    return codes, lines


def _code(world: World, login: QrLogin) -> ShownCode:
    scanned = world.web.users.find(login.uid) if login.uid else None
    return ShownCode(
        code=login.code,
        state=login.state,
        uid=login.uid,
        name=scanned.name if scanned else None,
        expires=login.created_ms + QR_LIFE_MS,
    )


def _chats(world: World, uid: str) -> list[ShownChat]:
    """Threads with words, the newest first; then groups and friends with whom nobody has written yet."""
    web = world.web
    begun = [_chat(world, uid, one.thread, group=one.is_group) for one in web.archive.threads(uid)]
    known = {(one.thread, one.group) for one in begun}
    others = [(one.gid, True) for one in web.groups.of_user(uid)] + [(one.uid, False) for one in web.users.friends(uid)]
    return begun + [_chat(world, uid, thread, group=group) for thread, group in others if (thread, group) not in known]


def _chat(world: World, uid: str, thread: str, *, group: bool) -> ShownChat:
    web = world.web
    if group:
        name, avatar = web.groups.group(thread).name, web.groups.avatar(thread)
    else:
        other = web.users.user(thread)
        name, avatar = web.users.alias(uid, thread) or other.name, other.avatar
    named = f"g{thread}" if group else thread
    last = next(reversed(web.archive.thread(uid, thread, is_group=group, limit=1)), None)
    sql = "SELECT unread FROM web_thread WHERE uid = ? AND thread = ?"
    return ShownChat(
        thread=thread,
        group=group,
        name=name,
        avatar=local(world, avatar),
        last=None if last is None else _words(uid, last),
        unread=int(world.store.value(sql, (uid, thread)) or 0),
        labels=[ShownLabel(one.text, one.color) for one in web.labels.of(uid).labels if named in one.conversations],
    )


def _words(uid: str, message: WebMessage) -> Words:
    kind, text, _ = _content(message)
    return Words(int(message.from_uid == uid), kind, text, message.ts_ms)


def _message(world: World, uid: str, message: WebMessage) -> PersonalMessage:
    web = world.web
    kind, text, attachments = _content(message)
    latest = {event.uid: event.icon for event in web.archive.reactions(message.msg_id)}
    author = web.users.user(message.from_uid)
    return PersonalMessage(
        msg_id=str(message.msg_id),
        src=int(message.from_uid == uid),
        type=kind,
        text=text,
        time=message.ts_ms,
        quote=_quote(world, uid, message),
        attachments=[msgspec.structs.replace(one, payload=local(world, one.payload)) for one in attachments],
        reactions=[icon for who, icon in latest.items() if icon and who != uid],
        own_reactions=[icon for who, icon in latest.items() if icon and who == uid],
        author=author.name,
        avatar=local(world, author.avatar),
        by_phone=message.by_phone,
        recalled=message.recalled_ms is not None,
    )


def _quote(world: World, uid: str, message: WebMessage) -> Quote | None:
    quoted = None if message.quote_id is None else world.web.archive.find(message.quote_id)
    if quoted is None:
        return None
    kind, text, _ = _content(quoted)
    return Quote(str(quoted.msg_id), int(quoted.from_uid == uid), kind, text)


def _content(message: WebMessage) -> tuple[str, str | None, list[Attachment]]:
    """Kind, words and parts in the shape in which the page draws those of official accounts."""
    if message.recalled_ms is not None:
        return "recalled", None, []
    kind, body = KINDS.get(message.msg_type, "text"), message.body
    if isinstance(body, str):
        return kind, body, []
    parts = cast("dict[str, Any]", body)
    title, href = parts.get("title") or None, parts.get("href", "")
    details = _params(parts)
    seen: dict[str, Any] = {"url": href, "thumbnail": parts.get("thumb", ""), "title": title}
    if kind == "sticker":
        return kind, None, [Attachment("sticker", {"url": f"/cdn/stickers/{parts.get('id')}.png"})]
    if kind == "file":
        return kind, None, [Attachment("file", seen | {"name": title, "size": details.get("fileSize")})]
    if kind == "audio":
        return kind, None, [Attachment("audio", {"url": details.get("m4a") or href})]
    if kind == "location":
        return kind, None, [Attachment("location", seen | {"coordinates": details})]
    if parts.get("action") == "recommened.user":
        return "business_card", title, [Attachment("link", {"description": parts.get("description")})]
    if kind == "link":
        return kind, title, [Attachment("link", seen | {"title": details.get("mediaTitle") or title})]
    return kind, title, [Attachment(kind, seen)]


def _params(parts: dict[str, Any]) -> dict[str, Any]:
    try:
        return msgspec.json.decode(parts.get("params") or "{}", type=dict[str, Any])
    except (msgspec.DecodeError, TypeError):
        return {}


def _own_state(world: World, uid: str, messages: list[WebMessage]) -> str | None:
    own = next((one for one in reversed(messages) if one.from_uid == uid), None)
    if own is None:
        return None
    receipts = [one for one in world.web.archive.receipts(own.msg_id) if one.uid != uid]
    if any(one.seen_ms for one in receipts):
        return "seen"
    return "received" if receipts else "sent"


handlers = [list_people, read_phone, read_chat]
