"""A company in which everybody stands in another relation to two conversations: one of a customer whom somebody looks
after (`kept`), one of nobody (`pooled`); and to a staff's own SIM (`personal`). Each carries words that stand nowhere
else."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any, Literal

from sokhach.channels.zalo_personal.private.people import Person, seal
from sokhach.conversations.media.service import thumbnail_key
from sokhach.core import clock
from sokhach.core.config import Settings
from sokhach.core.crypto import Vault, hash_token
from sokhach.core.database import Database
from sokhach.core.storage import Storage, new_key
from tests.support.oa import OA, at, connect_oa, said
from tests.support.people import add_people, add_session
from tests.support.personal import add_personal_account, friend_request

Level = Literal["full", "audited", "masked", "pool", "mention", "manages", "administers", "holds"]
Canary = Literal["name", "phone", "body", "note", "file", "bytes", "tag", "account", "login", "friend"]
CANARIES: tuple[Canary, ...] = ("name", "phone", "body", "note", "file", "bytes", "tag")
_THREAD = frozenset[Canary]({"name", "body", "note", "file", "bytes"})
SHOWN: Mapping[Level | None, frozenset[Canary]] = {
    "full": frozenset(CANARIES),
    "audited": frozenset(CANARIES) - {"phone"},
    "masked": frozenset(CANARIES) - {"phone"},
    "pool": _THREAD,
    "mention": _THREAD,
    # Of a personal account: it, who logs in to it, and whom its holder knows.
    "manages": frozenset({"account"}),
    "administers": frozenset({"account", "login"}),
    "holds": frozenset({"account", "login", "friend"}),
    None: frozenset(),
}
TOKEN = "skh_" + "t" * 43


@dataclass(frozen=True)
class Caller:
    """`kept` and `pooled`: how much they see of each conversation; None: nothing; `personal`: of the own SIM.
    `cookie` or `token`: how they call; neither: they are not signed in."""

    name: str
    role: str | None
    kept: Level | None = None
    pooled: Level | None = None
    cookie: str | None = None
    token: str | None = None
    ended: bool = False
    """Their session counts no more."""
    staff_id: int = 0
    personal: Level | None = None

    def level(self, target: str) -> Level | None:
        if target == "personal":
            return self.personal
        return self.kept if target == "kept" else self.pooled


@dataclass
class Target:
    """A conversation, and what belongs to it. `params` fill paths."""

    name: str
    params: dict[str, int] = field(default_factory=dict[str, int])
    canaries: dict[Canary, str] = field(default_factory=dict[Canary, str])


@dataclass
class Company:
    oa: OA
    callers: dict[str, Caller]
    targets: dict[str, Target]
    personal: Target

    @property
    def everything(self) -> list[Target]:
        return [*self.targets.values(), self.personal]

    def forbidden(self, caller: Caller) -> dict[str, str]:
        """What must not reach them, by what it is."""
        return {
            f"{target.name} {canary}": target.canaries[canary]
            for target in self.everything
            for canary in target.canaries
            if canary not in SHOWN[caller.level(target.name)]
        }


# Who: role, level of `kept`, level of `pooled`.
_WHO: Mapping[str, tuple[str, Level | None, Level | None]] = {
    "admin": ("admin", "full", "full"),
    "manager": ("manager", "full", "full"),
    "auditor": ("auditor", "audited", "audited"),
    "owner": ("staff", "full", None),
    "deputy": ("staff", "full", None),
    "lead": ("lead", "full", None),
    "lead_of_deputy": ("lead", "full", None),
    "assignee": ("staff", "masked", None),
    "lead_of_assignee": ("lead", "masked", None),
    "holder": ("staff", "masked", "masked"),
    "shared": ("staff", "masked", None),
    "mentioned": ("staff", "mention", None),
    "poolmate": ("staff", None, "pool"),
    "lead_of_pool": ("lead", None, "pool"),
    "outsider": ("staff", None, None),
    "lead_elsewhere": ("lead", None, None),
    "expired": ("staff", None, None),
    "former_deputy": ("staff", None, None),
    "suspended": ("staff", None, None),
}
# Of the own SIM that `holder` holds.
_PERSONAL: Mapping[str, Level] = {
    "admin": "administers",
    "manager": "manages",
    "auditor": "manages",
    "holder": "holds",
}


async def found(settings: Settings, database: Database) -> Company:
    people = await add_people(database)
    oa = await connect_oa(settings, database)
    ids = {name: getattr(people, name).id for name in ("admin", "manager", "owner", "lead", "outsider")}
    for name, (role, _, _) in _WHO.items():
        if name not in ids:
            ids[name] = await oa.value(_STAFF, name=name, email=f"{name}@example.vn", role=role, now=clock.now())
    pool = await _teams(oa, ids, people.other_team_id)
    await oa.value(
        "UPDATE channel_account SET holder_id = :holder, pool = 'team', pool_team_id = :team RETURNING id",
        holder=ids["holder"],
        team=pool,
    )
    targets = {"kept": await _target(oa, settings, "kept", 1), "pooled": await _target(oa, settings, "pooled", 2)}
    share = await _relations(oa, ids, targets["kept"].params["conversation_id"])
    targets["kept"].params["share_id"] = share
    callers = {"nobody": Caller("nobody", None)}
    for name, (role, kept, pooled) in _WHO.items():
        cookie = await add_session(database, ids[name])
        ended = name == "suspended"
        callers[name] = Caller(
            name, role, kept, pooled, cookie=cookie, ended=ended, staff_id=ids[name], personal=_PERSONAL.get(name)
        )
    for name in ("owner", "outsider"):
        token = TOKEN + name
        await oa.value(_TOKEN, staff=ids[name], hash=hash_token(token), now=clock.now(), scopes=_SCOPES)
        known = callers[name]
        callers[f"token of {name}"] = Caller(
            f"token of {name}", "staff", known.kept, known.pooled, token=token, staff_id=ids[name]
        )
    await oa.value("UPDATE staff SET suspended_at = :now WHERE name = 'suspended' RETURNING id", now=clock.now())
    return Company(oa, callers, targets, await _personal(oa, settings, database, ids["holder"]))


async def _teams(oa: OA, ids: Mapping[str, int], elsewhere: int) -> int:
    """Returns the team whose pool it is."""
    made: dict[str, int] = {}
    for name in ("assignees", "deputies", "pool"):
        made[name] = await oa.value("INSERT INTO team (kind, name) VALUES ('team', :name) RETURNING id", name=name)
    for member, team, leads in (
        ("assignee", made["assignees"], False),
        ("lead_of_assignee", made["assignees"], True),
        ("deputy", made["deputies"], False),
        ("lead_of_deputy", made["deputies"], True),
        ("poolmate", made["pool"], False),
        ("lead_of_pool", made["pool"], True),
        ("lead_elsewhere", elsewhere, True),
    ):
        await oa.value(
            "INSERT INTO staff_team (staff_id, team_id, leads) VALUES (:staff, :team, :leads) RETURNING staff_id",
            staff=ids[member],
            team=team,
            leads=leads,
        )
    return made["pool"]


async def _target(oa: OA, settings: Settings, name: str, number: int) -> Target:
    canaries: dict[Canary, str] = {one: f"kanari{one}{number}" for one in CANARIES}
    canaries["phone"] = f"98765000{number}"
    await oa.take(said(name, f"{name}-1", at(number), canaries["body"]))
    [row] = await oa.rows(
        "SELECT c.id, c.contact_id, m.id AS message_id FROM conversation c JOIN message m ON m.conversation_id = c.id"
        " WHERE c.thread_key = :name",
        name=name,
    )
    values = {"contact": row["contact_id"], "conversation": row["id"], "message": row["message_id"], "now": clock.now()}
    await oa.value("UPDATE contact SET name = :name WHERE id = :contact RETURNING id", name=canaries["name"], **values)
    phone = f"+84{canaries['phone']}"
    await oa.value(_PHONE, phone=phone, **values)
    await oa.value(
        "UPDATE contact_identity SET display_name = :name, details = jsonb_build_object('phone',"
        " jsonb_build_object('value', CAST(:phone AS text), 'at', '2026-11-20T00:00:00Z'))"
        " WHERE contact_id = :contact AND kind = 'channel' RETURNING id",
        name=canaries["name"],
        phone=phone,
        **values,
    )
    tag = await oa.value(_TAG, name=canaries["tag"], **values)
    await oa.value(
        "INSERT INTO contact_tag (contact_id, tag_id, present, changed_at, changed_by)"
        " SELECT :contact, :tag, true, :now, min(id) FROM staff RETURNING tag_id",
        tag=tag,
        **values,
    )
    note = await oa.value(_NOTE, text=canaries["note"], **values)
    request = await oa.value(_REQUEST, **values)
    values["message"] = await oa.value(_FILES, key=f"{name}-files", **values)
    media = [
        await _file(oa, settings, canaries, position, kind, values)
        for position, kind in enumerate(("application/pdf", "audio/amr", "image/png"))
    ]
    params = {
        "conversation_id": row["id"],
        "contact_id": row["contact_id"],
        "message_id": row["message_id"],
        "note_id": note,
        "tag_id": tag,
        "request_id": request,
        "media_id": media[0],
        "audio_id": media[1],
        "picture_id": media[2],
    }
    return Target(name, params, canaries)


async def _personal(oa: OA, settings: Settings, database: Database, holder: int) -> Target:
    """An own SIM with a span, its holder's consent, and friends, of whom one is work."""
    canaries: dict[Canary, str] = {one: f"kanari{one}3" for one in ("account", "login", "friend")}
    desk = await add_personal_account(database, settings, holder, sim="own")
    friends = [Person(id="7", name=canaries["friend"], group=False), Person(id="8", name="Khách", group=False)]
    values = {"account": desk.account_id, "holder": holder, "now": clock.now()}
    await oa.value(
        "UPDATE channel_account SET name = :name, pool = 'nobody' WHERE id = :account RETURNING id",
        name=canaries["account"],
        **values,
    )
    await desk.connect()
    login = await oa.value(_LOGIN, name=canaries["login"], image=canaries["login"].encode(), **values)
    await oa.value(_CONSENT, login=login, **values)
    call = await oa.value(_CALL, name=canaries["login"], **values)
    await oa.value(_PEOPLE, sealed=seal(Vault(settings.keys), friends), **values)
    await oa.value(_MARK, **values)
    await desk.gate.load(desk.account_id)
    await desk.hear(friend_request("8", canaries["login"]), cmd=601, listed="controls")
    await desk.drain()
    conversation = await oa.value("SELECT id FROM conversation WHERE account_id = :account", account=desk.account_id)
    params = {
        "personal_id": desk.account_id,
        "personal_login": login,
        "personal_call": call,
        "personal_conversation": conversation,
    }
    return Target("personal", params, canaries)


async def _file(
    oa: OA, settings: Settings, canaries: Mapping[Canary, str], position: int, kind: str, values: Mapping[str, Any]
) -> int:
    content, key, storage = canaries["bytes"].encode(), new_key(), Storage.of(settings)
    await storage.put(key, content)
    await storage.put(thumbnail_key(key), content)
    return await oa.value(
        "INSERT INTO media (conversation_id, message_id, position, state, type, content_type, name, size_bytes, sha256,"
        " storage_key, has_thumbnail, attempts, created_at, stored_at) VALUES (:conversation, :message, :position,"
        " 'stored', :type, :kind, :name, :size, :digest, :key, :thumbnail, 1, :now, :now) RETURNING id",
        position=position,
        type={"application/pdf": "file", "audio/amr": "audio", "image/png": "image"}[kind],
        kind=kind,
        name=canaries["file"],
        size=len(content),
        digest=hashlib.sha256(content).digest(),
        key=key,
        thumbnail=kind == "image/png",
        **{name: values[name] for name in ("conversation", "message", "now")},
    )


async def _relations(oa: OA, ids: Mapping[str, int], conversation_id: int) -> int:
    """Returns the share with `shared`."""
    now, day = clock.now(), timedelta(days=1)
    await oa.value(
        "UPDATE contact SET custodian_id = :owner FROM conversation c WHERE c.id = :id AND contact.id = c.contact_id"
        " RETURNING 1",
        owner=ids["owner"],
        id=conversation_id,
    )
    await oa.value(
        "UPDATE conversation SET assignee_id = :staff WHERE id = :id RETURNING 1",
        staff=ids["assignee"],
        id=conversation_id,
    )
    for deputy, begins, ends in (("deputy", now - day, now + day), ("former_deputy", now - 3 * day, now - 2 * day)):
        await oa.value(
            "INSERT INTO staff_leave (staff_id, from_at, until_at, deputy_id, note, created_by, created_at)"
            " VALUES (:owner, :begins, :ends, :deputy, '', :owner, :now) RETURNING id",
            owner=ids["owner"],
            deputy=ids[deputy],
            begins=begins,
            ends=ends,
            now=now,
        )
    grants: list[int] = []
    for name, kind, until in (
        ("shared", "share", now + day),
        ("expired", "share", now - day),
        ("suspended", "share", now + day),
        ("mentioned", "mention", None),
    ):
        grant = await oa.value(
            "INSERT INTO conversation_grant (conversation_id, staff_id, kind, granted_by, granted_at, until, note)"
            " VALUES (:id, :staff, :kind, :owner, :granted, :until, '') RETURNING id",
            id=conversation_id,
            staff=ids[name],
            kind=kind,
            owner=ids["owner"],
            granted=now - 2 * day,
            until=until,
        )
        grants.append(grant)
    return grants[0]


_SCOPES = ["contact:read", "conversation:read", "conversation:reply", "note:write"]
_STAFF = """
    INSERT INTO staff (name, name_folded, email, role, locale, color_scheme, created_at)
    VALUES (:name, :name, :email, :role, 'vi', 'auto', :now) RETURNING id
"""
_TOKEN = """
    INSERT INTO api_token (staff_id, name, token_hash, hint, scopes, created_at, expires_at)
    VALUES (:staff, 'matrix', :hash, 'skh_', :scopes, :now, CAST(:now AS timestamptz) + interval '1 day') RETURNING id
"""
_PHONE = """
    INSERT INTO contact_identity (contact_id, kind, external_id, first_seen_at)
    VALUES (:contact, 'phone', :phone, :now) RETURNING id
"""
_TAG = "INSERT INTO tag (name, colour, created_at) VALUES (:name, 'blue', :now) RETURNING id"
_LOGIN = """
    INSERT INTO personal_login (account_id, holder_id, asked_by, sim, state, image, name, created_at, changed_at)
    VALUES (:account, :holder, :holder, 'own', 'scanned', :image, :name, :now, :now) RETURNING id
"""
_CONSENT = """
    INSERT INTO personal_consent (holder_id, recorded_by, login_id, account_id, version, text_hash, at)
    VALUES (:holder, :holder, :login, :account, 2, 'x', :now) RETURNING id
"""
_CALL = """
    INSERT INTO personal_call (account_id, asked_by, op, arguments, state, result, created_at, changed_at)
    VALUES (:account, :holder, 'find_phone', '{}', 'done', jsonb_build_object('uid', '7', 'name', CAST(:name AS text)),
        :now, :now) RETURNING id
"""
_PEOPLE = """
    INSERT INTO private_people (account_id, sealed, fetched_at, due_at)
    VALUES (:account, :sealed, :now, CAST(:now AS timestamptz) + interval '1 day') RETURNING account_id
"""
_MARK = """
    INSERT INTO work_contact (account_id, thread_key, in_group, name, marked_by, marked_at)
    VALUES (:account, '8', false, 'Khách', :holder, :now) RETURNING id
"""
_NOTE = """
    INSERT INTO note (conversation_id, author_id, text, created_at)
    SELECT :conversation, min(id), :text, :now FROM staff RETURNING id
"""
_FILES = """
    INSERT INTO message (id, conversation_id, external_id, direction, author_kind, kind, content, sent_at, received_at,
        salt, leaf)
    VALUES (nextval('message_id_seq'), :conversation, :key, 'in', 'customer', 'file',
        '{"attachments": [{"type": "file"}, {"type": "audio"}, {"type": "image"}]}', :now, :now, '', '') RETURNING id
"""
_REQUEST = """
    INSERT INTO privacy_request (account_id, identity_id, contact_id, kind, requested_at, due_at)
    SELECT i.account_id, i.id, i.contact_id, 'withdraw', :now, :now FROM contact_identity i
    WHERE i.contact_id = :contact AND i.kind = 'channel' RETURNING id
"""
