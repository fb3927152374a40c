"""The truth table, row by row."""

from datetime import timedelta

import pytest

from sokhach.conversations.visibility.rules import (
    Account,
    Grant,
    Leave,
    Member,
    Membership,
    Reason,
    Thread,
    World,
    can_view,
    level_by,
    serves,
    verdict,
)
from sokhach.core.actor import Actor, Role
from tests.conversations.visibility.organisations import NOW

HOUR = timedelta(hours=1)
OWNER, DEPUTY, DEPUTYS_DEPUTY, LEAD, TOP, OUTSIDER, MANAGER = range(1, 8)
BRANCH, TEAM = 1, 2


def world(thread: Thread, **more: object) -> World:
    """`OWNER` is in a team that `LEAD` leads, below a branch that `TOP` leads."""
    roles = {LEAD: Role.LEAD, TOP: Role.LEAD, MANAGER: Role.MANAGER}
    plain = World(
        at=NOW,
        staff={one: Member(roles.get(one, Role.STAFF), suspended=False) for one in range(1, 8)},
        parents={BRANCH: None, TEAM: BRANCH},
        memberships=[Membership(OWNER, TEAM, False), Membership(LEAD, TEAM, True), Membership(TOP, BRANCH, True)],
        leaves=[],
        accounts={1: Account(None, "nobody", None)},
        threads={1: thread},
        grants=[],
    )
    return plain._replace(**more)


def seen_by(one: World) -> set[int]:
    return {staff_id for staff_id in one.staff if can_view(one, staff_id, 1)}


OF_OWNER, OF_NOBODY, ELSEWHERE = Thread(1, OWNER, None), Thread(1, None, None), Thread(1, MANAGER, None)


class TestVerdict:
    @pytest.mark.parametrize("thread", [OF_OWNER, Thread(1, MANAGER, OWNER)])
    def test_theirs_and_who_leads_them(self, thread: Thread) -> None:
        assert seen_by(world(thread)) == {OWNER, LEAD, TOP, MANAGER}

    def test_a_deputy_sees_for_who_is_away_and_their_own_deputy_does_not(self) -> None:
        leaves = [
            Leave(OWNER, DEPUTY, NOW, NOW + HOUR),
            Leave(DEPUTY, DEPUTYS_DEPUTY, NOW - HOUR, NOW + HOUR),
        ]
        away = world(OF_OWNER, leaves=leaves)
        assert seen_by(away) == {OWNER, DEPUTY, LEAD, TOP, MANAGER}
        assert verdict(away, DEPUTY, 1) == [
            Reason(kind="custodian", staff_id=OWNER, deputy_id=DEPUTY, until=NOW + HOUR)
        ]
        ended = world(OF_OWNER, leaves=[Leave(OWNER, DEPUTY, NOW - HOUR, NOW), leaves[1]])
        assert DEPUTY not in seen_by(ended)
        assert DEPUTY not in seen_by(world(OF_OWNER, leaves=[leaves[0]._replace(cancelled=True)]))

    def test_who_leads_a_deputy_sees_what_they_see(self) -> None:
        of_another = world(Thread(1, OUTSIDER, None), leaves=[Leave(OUTSIDER, OWNER, NOW - HOUR, NOW + HOUR)])
        assert seen_by(of_another) == {OUTSIDER, OWNER, LEAD, TOP, MANAGER}
        assert verdict(of_another, LEAD, 1) == [
            Reason(kind="custodian", staff_id=OUTSIDER, team_id=TEAM, deputy_id=OWNER, until=NOW + HOUR)
        ]

    def test_pools(self) -> None:
        everybody = world(OF_NOBODY, accounts={1: Account(None, "everybody", None)})
        assert seen_by(everybody) == set(everybody.staff)
        of_branch = world(OF_NOBODY, accounts={1: Account(None, "team", BRANCH)})
        assert seen_by(of_branch) == {OWNER, LEAD, TOP, MANAGER}
        assert seen_by(world(OF_NOBODY)) == {MANAGER}
        assert seen_by(world(Thread(1, None, OUTSIDER), accounts={1: Account(None, "everybody", None)})) == {
            OUTSIDER,
            MANAGER,
        }

    def test_grants_while_they_live(self) -> None:
        share = Grant(1, OUTSIDER, "share", NOW + HOUR)
        assert seen_by(world(ELSEWHERE, grants=[share])) == {OUTSIDER, MANAGER}
        for dead in (share._replace(until=NOW), share._replace(revoked=True)):
            assert seen_by(world(ELSEWHERE, grants=[dead])) == {MANAGER}

    def test_nobody_who_is_suspended(self) -> None:
        plain = world(OF_OWNER)
        staff = {
            **plain.staff,
            OWNER: Member(Role.STAFF, suspended=True),
            MANAGER: Member(Role.MANAGER, suspended=True),
        }
        assert seen_by(plain._replace(staff=staff)) == {LEAD, TOP}

    def test_the_highest_counts(self) -> None:
        grants = [Grant(1, OWNER, "mention", None), Grant(1, OWNER, "share", NOW + HOUR)]
        levels = []
        for thread in (Thread(1, OWNER, OWNER), Thread(1, MANAGER, None)):
            levels.append(level_by(verdict(world(thread, grants=grants), OWNER, 1)))
        assert [*levels, level_by(verdict(world(ELSEWHERE, grants=grants[:1]), OWNER, 1)), level_by([])] == [
            "full",
            "masked",
            "mention",
            None,
        ]


ME, OTHER = 1, 2


class TestServes:
    """Whose reading the customer is told. Columns: role, sees for, holder, custodian, assignee, in the pool."""

    @pytest.mark.parametrize(
        ("role", "scope", "holder", "custodian", "assignee", "pool", "told"),
        [
            (Role.STAFF, (ME,), None, ME, None, False, True),
            (Role.STAFF, (ME,), None, OTHER, ME, False, True),
            (Role.STAFF, (ME,), ME, OTHER, OTHER, False, True),
            (Role.STAFF, (ME, OTHER), None, OTHER, None, False, True),
            (Role.STAFF, (ME,), OTHER, None, None, True, True),
            (Role.STAFF, (ME,), OTHER, OTHER, None, True, False),
            (Role.STAFF, (ME,), OTHER, None, OTHER, True, False),
            (Role.STAFF, (ME,), OTHER, None, None, False, False),
            (Role.LEAD, (ME, OTHER), OTHER, OTHER, OTHER, True, False),
            (Role.LEAD, (ME, OTHER), None, ME, OTHER, False, True),
            (Role.LEAD, (ME, OTHER), OTHER, None, None, True, True),
            (Role.MANAGER, (ME,), OTHER, OTHER, None, False, False),
            (Role.MANAGER, (ME,), OTHER, None, None, False, False),
            (Role.MANAGER, (ME,), None, OTHER, ME, False, True),
            (Role.ADMIN, (ME,), OTHER, None, OTHER, False, False),
            (Role.ADMIN, (ME,), ME, None, OTHER, False, True),
            (Role.AUDITOR, (ME,), ME, ME, ME, True, False),
        ],
    )
    def test_whoever_attends_to_the_customer(
        self,
        role: Role,
        scope: tuple[int, ...],
        holder: int | None,
        custodian: int | None,
        assignee: int | None,
        pool: bool,
        told: bool,
    ) -> None:
        actor = Actor(
            staff_id=ME, name="", role=role, scope="own", scope_staff=scope, pool_accounts=(1,) if pool else ()
        )
        found = serves(actor, account_id=1, holder_id=holder, custodian_id=custodian, assignee_id=assignee)
        assert found is told
