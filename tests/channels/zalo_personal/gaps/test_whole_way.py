"""With a worker, the sidecar that is shipped and simulated Zalo Web: hours away, and messages that never come."""

import asyncio
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from sokhach.channels.zalo_personal import inbound
from sokhach.channels.zalo_personal.gaps.rules import percent
from sokhach.core import clock
from tests.conftest import MoveClock, SignIn
from tests.support.people import People
from tests.support.personal_office import Office, look_often, until_true, working

pytestmark = [pytest.mark.long, pytest.mark.timeout(300)]
HOURS = 8


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    look_often(monkeypatch)


async def open_gaps(office: Office) -> list[dict[str, Any]]:
    return await office.rows(
        "SELECT thread_key, reason, from_at, until_at FROM gap WHERE closed_at IS NULL ORDER BY from_at"
    )


async def ahead(office: Office, move_clock: MoveClock, hours: float) -> None:
    """Both clocks: the platform's and ours."""
    answer = await office.web.http.post("/control/clock", json={"advance_seconds": hours * 3600})
    assert answer.is_success, answer.text
    await move_clock((clock.now() - datetime.now(UTC)).total_seconds() + hours * 3600)


async def test_k_of_n_that_never_come_are_counted_and_shown(
    office: Office,
    people: People,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    n, k = 12, 4
    async with working(office.settings, monkeypatch):
        account = await office.sign_in(people.owner.id)
        await office.say(4)
        await office.whole()
        customers = [await office.web.user(f"Khách lạ {number}") for number in range(n)]
        await office.web.fault("drop", uid=office.own, k=k, n=n, count=k)
        for number, customer in enumerate(customers):
            await office.web.friends(office.own, customer)
            await office.web.say(customer, office.own, f"mới {number}")

        async def counted() -> bool:
            rows = await office.rows(
                "SELECT stored, missing FROM personal_completeness WHERE account_id = :id", id=account
            )
            row = rows[0] if rows else {"stored": 0, "missing": 0}
            return row["missing"] == k and percent(row["stored"], row["missing"]) == 100 * (n + 4 - k) / (n + 4)

        await until_true(counted)
        here = {
            row["thread_key"]
            for row in await office.rows(
                "SELECT c.thread_key FROM conversation c JOIN message m ON m.conversation_id = c.id"
                " WHERE m.kind = 'text'"
            )
        }
        lost = set(customers) - here
        assert len(lost) == k
        threads = {one["thread"]: one["messages"] for one in (await office.web.state(office.own))["threads"]}
        assert {key for key, messages in threads.items() if messages[-1]["lost"]} == lost
        gaps = await open_gaps(office)
        assert {gap["thread_key"] for gap in gaps} == lost
        for gap in gaps:
            at = datetime.fromtimestamp(threads[gap["thread_key"]][-1]["ts"] / 1000, UTC)
            assert gap["reason"] == "dropped"
            assert gap["from_at"] <= at < gap["until_at"]


async def test_k_of_n_in_the_same_few_threads(
    office: Office,
    people: People,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    n, k, rounds = 8, 3, 5
    async with working(office.settings, monkeypatch):
        account = await office.sign_in(people.owner.id)
        of = "FROM personal_completeness WHERE account_id = :id"
        await until_true(lambda: office.rows(f"SELECT 1 {of} AND reconciled_at IS NOT NULL", id=account))
        await office.web.fault("drop", uid=office.own, k=k, n=n, seed=11)
        for _ in range(rounds):
            await office.say(n)
            await asyncio.sleep(1)

        async def counted() -> bool:
            [row] = await office.rows(f"SELECT stored, missing {of}", id=account)
            return (row["stored"], row["missing"]) == (rounds * (n - k), rounds * k)

        await until_true(counted)
        [shown] = await office.rows(f"SELECT stored, missing {of}", id=account)
        assert percent(shown["stored"], shown["missing"]) == 100 * (n - k) / n
        gaps = await open_gaps(office)
        for thread in (await office.web.state(office.own))["threads"]:
            spans = [(one["from_at"], one["until_at"]) for one in gaps if one["thread_key"] == thread["thread"]]
            for message in thread["messages"]:
                at = datetime.fromtimestamp(message["ts"] / 1000, UTC)
                assert not message["lost"] or any(from_at <= at < until_at for from_at, until_at in spans)


async def test_an_opcode_that_is_mapped_later_becomes_messages_by_replay(
    office: Office,
    people: People,
    signed_in: SignIn,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    admin = await signed_in(people.admin)
    async with working(office.settings, monkeypatch):
        account = await office.sign_in(people.owner.id)
        await office.web.fault("unknown_opcode", uid=office.own, count=5, opcode=504)
        await office.say(8)

        async def kept() -> bool:
            shown = (await admin.get("/api/quarantine")).json()["items"]
            return len(shown) == 5 and await office.arrived(3) == [f"tin {number}" for number in (6, 7, 8)]

        await until_true(kept)
        [frames] = (await admin.get(f"/api/personal-accounts/{account}")).json()["frames"]
        assert (frames["cmd"], frames["count"]) == (504, 5)
        # A version that does not know it either.
        assert (await admin.post("/api/quarantine/retry")).json() == {"queued": 5}
        await asyncio.sleep(2)
        assert len(await office.arrived(3)) == 3

        monkeypatch.setitem(inbound.OPCODES, 504, inbound.MESSAGES)
        assert (await admin.post("/api/quarantine/retry")).json() == {"queued": 5}
        await office.whole()
        assert (await admin.get("/api/quarantine")).json()["items"] == []


# Last: the clock of the simulated platform, which is one for the module, only goes forward.
async def test_eight_hours_offline_nothing_that_the_platform_holds_is_lost(
    office: Office,
    people: People,
    move_clock: MoveClock,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async with working(office.settings, monkeypatch) as worker:
        account = await office.sign_in(people.owner.id)
        await office.say(8)
        await office.whole()
        await office.web.drop(office.own, 3000)
        await office.until(account, "taken_over")
        for _ in range(HOURS):
            await ahead(office, move_clock, 1)
            await office.say(10)
        complete = worker._loops
        [away] = [loop for loop in complete if loop.name == "away"]
        away.wake()
        [gap] = await until_true(lambda: open_gaps(office))
        assert (gap["thread_key"], gap["reason"]) == (None, "not-connected")
        assert gap["until_at"] - gap["from_at"] > timedelta(hours=HOURS - 0.5)

        await office.run("UPDATE personal_account SET next_attempt_at = :now, attempts = 0", now=clock.now())
        await office.until(account, "online")
        await office.whole()

        async def no_gap() -> bool:
            return not await open_gaps(office)

        await until_true(no_gap)
