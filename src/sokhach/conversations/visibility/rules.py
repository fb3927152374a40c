"""Pure: who sees a conversation and why, read straight off the truth table of `docs/permissions.md`; how much of the
customer that shows; what may be done. The database says the same by other means, and a test holds them together."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Literal, NamedTuple

import msgspec

from sokhach.core.actor import Actor, Permission, Role
from sokhach.people.scope import SCOPE_OF

Level = Literal["full", "masked", "pool", "mention"]
"""How much of the customer: all; all with phone numbers and e-mail addresses masked; their name, because they are
nobody's yet; their name, because of a mention."""
Kind = Literal["role", "custodian", "assignee", "holder", "share", "pool", "mention"]
LEVELS: Mapping[Kind, Level] = {
    "role": "full",
    "custodian": "full",
    "assignee": "masked",
    "holder": "masked",
    "share": "masked",
    "pool": "pool",
    "mention": "mention",
}
ORDER: Sequence[Level] = ("full", "masked", "pool", "mention")


class Member(NamedTuple):
    role: Role
    suspended: bool


class Membership(NamedTuple):
    staff_id: int
    team_id: int
    leads: bool


class Leave(NamedTuple):
    """From `from_at` until before `until_at`."""

    staff_id: int
    deputy_id: int | None
    from_at: datetime
    until_at: datetime
    cancelled: bool = False


class Account(NamedTuple):
    holder_id: int | None
    pool: Literal["everybody", "team", "nobody"]
    pool_team_id: int | None


class Grant(NamedTuple):
    conversation_id: int
    staff_id: int
    kind: Literal["share", "mention"]
    until: datetime | None
    revoked: bool = False


class Thread(NamedTuple):
    account_id: int
    custodian_id: int | None
    assignee_id: int | None


class World(NamedTuple):
    """As much of the company as a verdict asks for. `parents`: team → the one above it."""

    at: datetime
    staff: Mapping[int, Member]
    parents: Mapping[int, int | None]
    memberships: Sequence[Membership]
    leaves: Sequence[Leave]
    accounts: Mapping[int, Account]
    threads: Mapping[int, Thread]
    grants: Sequence[Grant]


class Reason(msgspec.Struct, frozen=True, kw_only=True):
    """One way in which somebody sees a conversation. `staff_id`: whose relation to it that is; `team_id`: because they
    lead that team, in which (or below which) that person is, or who stands in for them; `deputy_id`: who stands in for
    that person; `until`: when the share ends, or else the leave."""

    kind: Kind
    staff_id: int
    team_id: int | None = None
    deputy_id: int | None = None
    until: datetime | None = None

    @property
    def level(self) -> Level:
        return LEVELS[self.kind]


def verdict(world: World, staff_id: int, conversation_id: int) -> list[Reason]:
    """Every reason why the person sees the conversation; empty: they do not."""
    person, thread = world.staff.get(staff_id), world.threads.get(conversation_id)
    if person is None or person.suspended or thread is None:
        return []
    if SCOPE_OF[person.role] == "all":
        return [Reason(kind="role", staff_id=staff_id)]
    near = list(_near(world, staff_id))
    reasons = [one for way in near for one in _relations(world, way, conversation_id, thread)]
    for leave in world.leaves:
        if leave.cancelled or not leave.from_at <= world.at < leave.until_at:
            continue
        for deputy in near:
            if deputy.staff_id == leave.deputy_id and not world.staff[deputy.staff_id].suspended:
                way = _Way(leave.staff_id, deputy.team_id, deputy.staff_id, leave.until_at)
                reasons += _relations(world, way, conversation_id, thread)
    return [*reasons, *_pool(world, near, thread)]


def can_view(world: World, staff_id: int, conversation_id: int) -> bool:
    return bool(verdict(world, staff_id, conversation_id))


def level_by(reasons: Sequence[Reason]) -> Level | None:
    """The highest that they give."""
    given = {one.level for one in reasons}
    return next((level for level in ORDER if level in given), None)


def level_of(
    actor: Actor, *, account_id: int, custodian_id: int | None, assignee_id: int | None, shared: bool
) -> Level:
    """Of a conversation that the actor sees; `shared`: it is shared with them or whom they see for."""
    if actor.scope == "all" or custodian_id in actor.scope_staff:
        return "full"
    if assignee_id in actor.scope_staff or account_id in actor.held_accounts or shared:
        return "masked"
    nobodys = custodian_id is None and assignee_id is None
    return "pool" if nobodys and account_id in actor.pool_accounts else "mention"


def serves(
    actor: Actor, *, account_id: int, holder_id: int | None, custodian_id: int | None, assignee_id: int | None
) -> bool:
    """Whether the actor attends to the customer of a conversation that they see, so that the customer is told when they
    read: in whose care it is, who answers it, who holds the account, staff who stand in for one of these; of nobody's,
    whoever is in the pool. Everybody else only looks. What a lead sees for others they look after, and do not serve."""
    if not actor.may(Permission.CONVERSATION_REPLY):
        return False
    acts_for = actor.scope_staff if actor.role is Role.STAFF else (actor.staff_id,)
    if any(one in acts_for for one in (custodian_id, assignee_id, holder_id)):
        return True
    return custodian_id is None and assignee_id is None and account_id in actor.pool_accounts


def actions_of(
    actor: Actor, level: Level, *, has_contact: bool, custodian_id: int | None, assignee_id: int | None
) -> list[str]:
    """What the actor may do with a conversation that they see, by name, alphabetical. `assign_self`: put themselves on
    or off."""
    full = level == "full"
    knows = level in {"full", "masked"}
    nobodys = custodian_id is None and assignee_id is None
    theirs = full or nobodys or assignee_id in actor.scope_staff
    allowed = {
        "assign": actor.may(Permission.CONVERSATION_ASSIGN) and theirs,
        "assign_self": actor.may(Permission.CONVERSATION_REPLY) and (full or assignee_id == actor.staff_id),
        "claim": actor.may(Permission.CONVERSATION_CLAIM) and nobodys and level in {"full", "pool"},
        "note": actor.may(Permission.NOTE_WRITE),
        "reply": actor.may(Permission.CONVERSATION_REPLY),
        "resolve": actor.may(Permission.CONVERSATION_RESOLVE),
        "reveal": actor.may(Permission.CONTACT_REVEAL) and level == "masked" and has_contact,
        "share": actor.may(Permission.CONVERSATION_SHARE) and full,
        "tag": actor.may(Permission.CONTACT_UPDATE) and knows and has_contact,
        "transfer": actor.may(Permission.CUSTODY_TRANSFER) and full and has_contact,
    }
    return [name for name, may in allowed.items() if may]


class _Way(NamedTuple):
    """Somebody for whom a person sees things: themselves, whom they lead, for whom one of these stands in."""

    staff_id: int
    team_id: int | None = None
    deputy_id: int | None = None
    until: datetime | None = None


def _near(world: World, staff_id: int) -> Iterator[_Way]:
    """The person themselves, and whom they lead."""
    yield _Way(staff_id)
    for top in _led(world, staff_id):
        for member in world.memberships:
            if member.staff_id != staff_id and top in _upwards(world, member.team_id):
                yield _Way(member.staff_id, top)


def _led(world: World, staff_id: int) -> list[int]:
    if world.staff[staff_id].role is not Role.LEAD:
        return []
    return [one.team_id for one in world.memberships if one.staff_id == staff_id and one.leads]


def _relations(world: World, way: _Way, conversation_id: int, thread: Thread) -> Iterator[Reason]:
    def reason(kind: Kind, until: datetime | None = None) -> Reason:
        ends = [one for one in (until, way.until) if one is not None]
        return Reason(
            kind=kind,
            staff_id=way.staff_id,
            team_id=way.team_id,
            deputy_id=way.deputy_id,
            until=min(ends, default=None),
        )

    if thread.custodian_id == way.staff_id:
        yield reason("custodian")
    if thread.assignee_id == way.staff_id:
        yield reason("assignee")
    if world.accounts[thread.account_id].holder_id == way.staff_id:
        yield reason("holder")
    for grant in world.grants:
        lives = not grant.revoked and (grant.until is None or grant.until > world.at)
        if lives and (grant.conversation_id, grant.staff_id) == (conversation_id, way.staff_id):
            yield reason(grant.kind, grant.until)


def _pool(world: World, near: Sequence[_Way], thread: Thread) -> Iterator[Reason]:
    """Nobody stands in for anybody in a pool: it has other members."""
    account = world.accounts[thread.account_id]
    if thread.custodian_id is not None or thread.assignee_id is not None:
        return
    if account.pool == "everybody":
        yield Reason(kind="pool", staff_id=near[0].staff_id)
    if account.pool != "team":
        return
    for way in near:
        teams = [one.team_id for one in world.memberships if one.staff_id == way.staff_id]
        if any(account.pool_team_id in _upwards(world, team) for team in teams):
            yield Reason(kind="pool", staff_id=way.staff_id, team_id=way.team_id)
    me = near[0].staff_id
    for top in _led(world, me):
        below = [team for team in world.parents if top in _upwards(world, team)]
        if any(account.pool_team_id in _upwards(world, team) for team in below):
            yield Reason(kind="pool", staff_id=me, team_id=top)


def _upwards(world: World, team_id: int) -> set[int | None]:
    """The team, and all above it."""
    seen: set[int | None] = set()
    one: int | None = team_id
    while one is not None and one not in seen:
        seen.add(one)
        one = world.parents[one]
    return seen
