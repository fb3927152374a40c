"""Companies at random: a tree of teams, who leads, who is away and who stands in, accounts, customers, shares."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

import msgspec
from hypothesis import strategies as st
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from sokhach.conversations.visibility.rules import Account, Grant, Leave, Member, Membership, Thread, World
from sokhach.core.actor import Role

NOW = datetime.fromisoformat("2026-11-20T02:00:00+00:00")
# Around now: what ended, what ends or begins this very moment, what goes on.
TIMES = [NOW + timedelta(minutes=minutes) for minutes in (-60, -1, 0, 1, 60)]
MOST_STAFF, MOST_TEAMS, MOST_ACCOUNTS, MOST_THREADS = 6, 4, 3, 8


@st.composite
def worlds(draw: st.DrawFn) -> World:
    """Ids count from 1."""
    people = list(range(1, draw(st.integers(2, MOST_STAFF)) + 1))
    teams = list(range(1, draw(st.integers(1, MOST_TEAMS)) + 1))
    accounts = list(range(1, draw(st.integers(1, MOST_ACCOUNTS)) + 1))
    threads = list(range(1, draw(st.integers(1, MOST_THREADS)) + 1))
    person, team = st.sampled_from(people), st.sampled_from(teams)
    roles = st.sampled_from([Role.STAFF, Role.STAFF, Role.LEAD, Role.LEAD, Role.MANAGER, Role.AUDITOR])
    somebody = st.none() | person
    leave = st.builds(
        Leave,
        person,
        person,
        st.sampled_from([*TIMES[:3], TIMES[0], TIMES[3]]),
        st.sampled_from([*TIMES[2:], TIMES[4], TIMES[4]]),
        st.sampled_from([False] * 5 + [True]),
    ).filter(lambda one: one.staff_id != one.deputy_id and one.from_at < one.until_at)
    share = st.builds(
        Grant,
        st.sampled_from(threads),
        person,
        st.just("share"),
        st.sampled_from(TIMES),
        st.sampled_from([False, False, True]),
    )
    mention = st.builds(
        Grant, st.sampled_from(threads), person, st.just("mention"), st.none(), st.sampled_from([False, False, True])
    )
    account = st.one_of(
        st.builds(Account, somebody, st.sampled_from(["everybody", "nobody"]), st.none()),
        st.builds(Account, somebody, st.just("team"), team),
    )
    return World(
        at=NOW,
        staff={one: Member(draw(roles), draw(st.sampled_from([False] * 5 + [True]))) for one in people},
        parents={one: draw(st.none() | st.sampled_from(teams[: one - 1] or [None])) for one in teams},
        memberships=draw(
            st.lists(
                st.builds(Membership, person, team, st.booleans()),
                unique_by=lambda one: (one.staff_id, one.team_id),
                max_size=8,
            )
        ),
        leaves=draw(st.lists(leave, max_size=5)),
        accounts={one: draw(account) for one in accounts},
        threads={one: Thread(draw(st.sampled_from(accounts)), draw(somebody), draw(somebody)) for one in threads},
        grants=draw(
            st.lists(
                share | mention,
                max_size=6,
                unique_by=lambda one: (one.conversation_id, one.staff_id, one.kind, one.until),
            )
        ),
    )


async def store(connection: AsyncConnection, world: World) -> None:
    """Writes the company, as the owner of the database. A thread's customer has its number and its custodian; they told
    their phone number."""
    for statement in _WRITE:
        await connection.execute(text(statement), _rows(world))


async def clear(connection: AsyncConnection) -> None:
    await connection.execute(text("TRUNCATE staff, team, contact, channel_account, realtime_event CASCADE"))


def _rows(world: World) -> dict[str, Any]:
    def of(pairs: Sequence[dict[str, Any]]) -> str:
        return msgspec.json.encode(pairs).decode()

    return {
        "now": world.at,
        "staff": of(
            [{"id": key, "role": one.role.value, "suspended": one.suspended} for key, one in world.staff.items()]
        ),
        "teams": of([{"id": key, "parent": one} for key, one in world.parents.items()]),
        "memberships": of([one._asdict() for one in world.memberships]),
        "leaves": of([one._asdict() for one in world.leaves]),
        "accounts": of([{"id": key, **one._asdict()} for key, one in world.accounts.items()]),
        "threads": of([{"id": key, **one._asdict()} for key, one in world.threads.items()]),
        "grants": of([one._asdict() for one in world.grants]),
    }


_WRITE = (
    """
    INSERT INTO staff (id, name, name_folded, email, role, locale, color_scheme, created_at, suspended_at)
    OVERRIDING SYSTEM VALUE
    SELECT id, 'NV ' || id, 'nv ' || id, id || '@example.vn', role, 'vi', 'auto', :now,
        CASE WHEN suspended THEN CAST(:now AS timestamptz) END
    FROM json_to_recordset(CAST(:staff AS json)) AS r (id bigint, role text, suspended boolean)
    """,
    """
    INSERT INTO team (id, parent_id, kind, name) OVERRIDING SYSTEM VALUE
    SELECT id, parent, 'team', 'Nhóm ' || id
    FROM json_to_recordset(CAST(:teams AS json)) AS r (id bigint, parent bigint)
    """,
    """
    INSERT INTO staff_team (staff_id, team_id, leads)
    SELECT * FROM json_to_recordset(CAST(:memberships AS json)) AS r (staff_id bigint, team_id bigint, leads boolean)
    """,
    """
    INSERT INTO staff_leave (staff_id, deputy_id, from_at, until_at, note, created_by, created_at, cancelled_at)
    SELECT staff_id, deputy_id, from_at, until_at, '', staff_id, :now,
        CASE WHEN cancelled THEN CAST(:now AS timestamptz) END
    FROM json_to_recordset(CAST(:leaves AS json)) AS r (staff_id bigint, deputy_id bigint, from_at timestamptz,
        until_at timestamptz, cancelled boolean)
    """,
    """
    INSERT INTO channel_account (id, channel, external_id, name, credentials, health, created_at, holder_id, pool,
        pool_team_id) OVERRIDING SYSTEM VALUE
    SELECT id, 'zalo_oa', 'oa' || id, 'OA ' || id, '', 'ok', :now, holder_id, pool, pool_team_id
    FROM json_to_recordset(CAST(:accounts AS json)) AS r (id bigint, holder_id bigint, pool text, pool_team_id bigint)
    """,
    """
    INSERT INTO contact (id, name, name_folded, custodian_id, created_at) OVERRIDING SYSTEM VALUE
    SELECT id, 'Khách ' || id, 'khach ' || id, custodian_id, :now
    FROM json_to_recordset(CAST(:threads AS json)) AS r (id bigint, custodian_id bigint)
    """,
    """
    INSERT INTO contact_identity (contact_id, kind, account_id, external_id, first_seen_at)
    SELECT id, 'channel', account_id, 'u' || id, CAST(:now AS timestamptz)
    FROM json_to_recordset(CAST(:threads AS json)) AS r (id bigint, account_id bigint)
    UNION ALL
    SELECT id, 'phone', NULL, '+8490000000' || id, :now
    FROM json_to_recordset(CAST(:threads AS json)) AS r (id bigint, account_id bigint)
    """,
    """
    INSERT INTO conversation (id, account_id, thread_key, kind, contact_id, custodian_id, assignee_id, created_at,
        last_message_at, last_message_id, message_count, unread_count, waiting_since, episode_open)
    OVERRIDING SYSTEM VALUE
    SELECT id, account_id, 'u' || id, 'direct', id, custodian_id, assignee_id, :now,
        CAST(:now AS timestamptz) - id % 3 * interval '1 min', id, 1, 1,
        CASE WHEN id % 3 > 0 THEN CAST(:now AS timestamptz) - id % 2 * interval '1 min' END, id % 4 > 0
    FROM json_to_recordset(CAST(:threads AS json))
        AS r (id bigint, account_id bigint, custodian_id bigint, assignee_id bigint)
    """,
    """
    INSERT INTO message (id, conversation_id, external_id, direction, author_kind, kind, body, sent_at, received_at,
        salt, leaf)
    SELECT id, id, 'm' || id, 'in', 'customer', 'text', 'Lời ' || id, :now, :now, '', ''
    FROM json_to_recordset(CAST(:threads AS json)) AS r (id bigint)
    """,
    """
    INSERT INTO conversation_grant (conversation_id, staff_id, kind, granted_by, granted_at, until, revoked_at, note)
    SELECT conversation_id, staff_id, kind, staff_id, :now, until, CASE WHEN revoked THEN CAST(:now AS timestamptz) END,
        ''
    FROM json_to_recordset(CAST(:grants AS json)) AS r (conversation_id bigint, staff_id bigint, kind text,
        until timestamptz, revoked boolean)
    """,
)
