"""Logins by QR, from the row that asks for one to the account that is there."""

import asyncio
import base64
from typing import Any

from sokhach.channels.zalo_personal.credentials import Sealing
from sokhach.core import clock
from sokhach.core.crypto import Vault
from tests.support.fake_zalo import Bench, until
from tests.support.people import People

ITS_PROXY = "http://its.example:3128"
PNG = base64.b64encode(b"\x89PNG").decode()
FRESH = {"imei": "i", "cookie": [{"key": "zpsid", "value": "hush"}], "user_agent": "UA", "language": "vi"}


async def ask(
    bench: Bench,
    holder: int,
    *,
    by: int | None = None,
    account: int | None = None,
    sim: str = "company",
    proxy: str | None = None,
) -> int:
    rows = await bench.rows(
        "INSERT INTO personal_login (account_id, holder_id, asked_by, sim, proxy, state, created_at, changed_at)"
        " VALUES (:account, :holder, :by, :sim, :proxy, 'asked', :now, :now) RETURNING id",
        sim=sim,
        proxy=sealing(bench).seal_proxy(proxy),
        account=account,
        holder=holder,
        by=by or holder,
        now=clock.now(),
    )
    login: int = rows[0]["id"]
    await bench.run(
        "INSERT INTO personal_consent (holder_id, recorded_by, login_id, version, text_hash, at)"
        " VALUES (:holder, :holder, :login, 1, 'x', :now)",
        holder=holder,
        login=login,
        now=clock.now(),
    )
    return login


def sealing(bench: Bench) -> Sealing:
    return Sealing(Vault(bench.settings.keys))


async def way_of(bench: Bench, account: int) -> tuple[str, str | None]:
    """The browser and the proxy that an account has from now on."""
    row = await bench.row(account)
    return sealing(bench).open(row["credentials"]).user_agent, sealing(bench).open_proxy(row["proxy"])


async def away(bench: Bench, account: int) -> None:
    """It has a proxy of its own, and is not connected."""
    await bench.run(
        "UPDATE personal_account SET proxy = :proxy, state = 'needs_login', next_attempt_at = NULL, wanted = false"
        " WHERE account_id = :id",
        proxy=sealing(bench).seal_proxy(ITS_PROXY),
        id=account,
    )


async def state(bench: Bench, login: int, wanted: str) -> dict[str, Any]:
    async with asyncio.timeout(20):
        while True:
            [row] = await bench.rows("SELECT * FROM personal_login WHERE id = :id", id=login)
            if row["state"] == wanted:
                return row
            await asyncio.sleep(0.02)


def begun(bench: Bench, login: int) -> int:
    return len([one for one in bench.zalo.asked if one["op"] == "login_qr" and one["login"] == login])


async def lead(bench: Bench, login: int, uid: str) -> None:
    """Up to the phone's last word."""
    await until(lambda: begun(bench, login) == 1)
    bench.zalo.qr(login, "code", image=PNG, expires_at_ms=1_900_000_000_000)
    row = await state(bench, login, "code")
    assert row["image"] == b"\x89PNG"
    bench.zalo.qr(login, "scanned", name="Minh", avatar="https://a/1")
    assert (await state(bench, login, "scanned"))["name"] == "Minh"
    bench.zalo.qr(login, "done", uid=uid, credentials=FRESH)


class TestFirst:
    async def test_makes_the_account_and_connects_it(self, bench: Bench, people: People) -> None:
        async with bench.running(bench.host()):
            login = await ask(bench, people.owner.id)
            bench.zalo.uids.update(dict.fromkeys(range(1, 50), "1000000000000000009"))
            await lead(bench, login, "1000000000000000009")
            row = await state(bench, login, "done")
            account = await bench.until(row["account_id"], "online")
        assert (row["image"], row["uid"]) == (None, "1000000000000000009")
        assert account["name"] == "Minh"
        [made] = await bench.rows("SELECT holder_id, pool, external_id FROM channel_account")
        assert made == {"holder_id": people.owner.id, "pool": "nobody", "external_id": "1000000000000000009"}
        assert b"hush" not in account["credentials"]
        assert await bench.rows("SELECT account_id FROM personal_consent") == [{"account_id": row["account_id"]}]
        [audited] = await bench.rows("SELECT staff_id, after FROM audit_log WHERE action = 'personal_account:connect'")
        assert audited["staff_id"] == people.owner.id
        assert "hush" not in str(audited["after"])


class TestAgain:
    async def test_the_same_account_keeps_its_row(self, bench: Bench, people: People) -> None:
        account = await bench.account(people.owner.id)
        async with bench.running(bench.host()):
            before = await bench.until(account, "online")
            login = await ask(bench, people.owner.id, account=account)
            await lead(bench, login, bench.zalo.uids[account])
            await state(bench, login, "done")
            await until(lambda: bench.zalo.begun == 2)
            after = await bench.until(account, "online")
        assert after["warm_from"] == before["warm_from"]
        assert after["credentials"] != before["credentials"]
        assert [row["n"] for row in await bench.rows("SELECT count(*) AS n FROM channel_account")] == [1]
        asked = next(one for one in bench.zalo.asked if one["op"] == "login_qr")
        assert asked["user_agent"] == "Test/1"

    async def test_another_account_than_meant_is_refused(self, bench: Bench, people: People) -> None:
        account = await bench.account(people.owner.id)
        async with bench.running(bench.host()):
            await bench.until(account, "online")
            login = await ask(bench, people.owner.id, account=account)
            await lead(bench, login, "1000000000000000777")
            row = await state(bench, login, "failed")
        assert row["error"] == "other-account"
        assert [one["external_id"] for one in await bench.rows("SELECT external_id FROM channel_account")] == [
            bench.zalo.uids[account]
        ]

    async def test_an_account_of_a_colleague_is_refused(self, bench: Bench, people: People) -> None:
        account = await bench.account(people.owner.id)
        async with bench.running(bench.host()):
            login = await ask(bench, people.teammate.id)
            await lead(bench, login, bench.zalo.uids[account])
            row = await state(bench, login, "failed")
        assert row["error"] == "held-by-other"


class TestWithoutSaying:
    """`Connect` without an account that is meant: whose it is shows when it was scanned."""

    async def test_the_only_one_that_is_away_is_taken_to_be_meant(self, bench: Bench, people: People) -> None:
        account = await bench.account(people.owner.id)
        await away(bench, account)
        async with bench.running(bench.host()):
            login = await ask(bench, people.owner.id)
            await lead(bench, login, bench.zalo.uids[account])
            assert (await state(bench, login, "done"))["account_id"] == account
        asked = next(one for one in bench.zalo.asked if one["op"] == "login_qr")
        assert (asked["user_agent"], asked["proxy"]) == ("Test/1", ITS_PROXY)

    async def test_a_known_account_keeps_its_way_and_the_browser_of_its_cookies(
        self, bench: Bench, people: People
    ) -> None:
        account = await bench.account(people.owner.id)
        other = await bench.account(people.owner.id, "1000000000000000003")
        for one in (account, other):
            await away(bench, one)
        async with bench.running(bench.host()):
            login = await ask(bench, people.owner.id, proxy="http://another.example:1")
            await lead(bench, login, bench.zalo.uids[account])
            await state(bench, login, "done")
        asked = next(one for one in bench.zalo.asked if one["op"] == "login_qr")
        assert (asked["user_agent"] != "Test/1", asked["proxy"]) == (True, "http://another.example:1")
        assert await way_of(bench, account) == (FRESH["user_agent"], ITS_PROXY)
        assert await way_of(bench, other) == ("Test/1", ITS_PROXY)

    async def test_another_way_for_an_account_that_is_meant(self, bench: Bench, people: People) -> None:
        account = await bench.account(people.owner.id)
        await away(bench, account)
        async with bench.running(bench.host()):
            login = await ask(bench, people.owner.id, account=account, proxy="http://another.example:1")
            await lead(bench, login, bench.zalo.uids[account])
            await state(bench, login, "done")
        assert (await way_of(bench, account))[1] == "http://another.example:1"


class TestOwnSim:
    async def log_in(self, bench: Bench, account: int, holder: int, by: int, sim: str = "company") -> dict[str, Any]:
        await bench.run("INSERT INTO private_people (account_id, sealed, due_at) VALUES (:id, 'x', :now)"
                        " ON CONFLICT DO NOTHING", id=account, now=clock.now())  # fmt: skip
        async with bench.running(bench.host()):
            login = await ask(bench, holder, by=by, sim=sim)
            await lead(bench, login, bench.zalo.uids[account])
            await state(bench, login, "done")
            people = await bench.rows("SELECT sealed FROM private_people")
        return {**await bench.row(account), "people": people}

    async def test_its_holder_makes_it_the_companys_from_then_on(self, bench: Bench, people: People) -> None:
        account = await bench.account(people.owner.id, sim="own")
        before = clock.now()
        row = await self.log_in(bench, account, people.owner.id, people.owner.id)
        assert (row["sim"], row["people"]) == ("company", [])
        assert row["company_since"] >= before
        again = await self.log_in(bench, account, people.owner.id, people.owner.id)
        assert again["company_since"] == row["company_since"]

    async def test_nobody_does_in_their_name(self, bench: Bench, people: People) -> None:
        account = await bench.account(people.owner.id, sim="own")
        row = await self.log_in(bench, account, people.owner.id, people.admin.id)
        assert (row["sim"], row["company_since"], len(row["people"])) == ("own", None, 1)

    async def test_a_new_holder_shows_by_a_login_that_it_is_theirs(self, bench: Bench, people: People) -> None:
        account = await bench.account(people.owner.id, sim="own")
        await bench.run("UPDATE channel_account SET holder_id = :who WHERE id = :id", who=people.teammate.id,
                        id=account)  # fmt: skip
        assert (await bench.row(account))["handed_over_at"] is not None
        row = await self.log_in(bench, account, people.teammate.id, people.teammate.id, sim="own")
        assert (row["handed_over_at"], row["sim"]) == (None, "own")


class TestOtherEnds:
    async def test_expired_and_asked_anew(self, bench: Bench, people: People) -> None:
        async with bench.running(bench.host()):
            login = await ask(bench, people.owner.id)
            await until(lambda: begun(bench, login) == 1)
            bench.zalo.qr(login, "code", image=PNG)
            await state(bench, login, "code")
            bench.zalo.qr(login, "expired")
            assert (await state(bench, login, "expired"))["image"] is None
            await bench.run(
                "UPDATE personal_login SET state = 'asked', changed_at = :now WHERE id = :id", id=login, now=clock.now()
            )
            await until(lambda: begun(bench, login) == 2)
            bench.zalo.qr(login, "declined")
            await state(bench, login, "declined")

    async def test_broken_off_by_its_person(self, bench: Bench, people: People) -> None:
        async with bench.running(bench.host()):
            login = await ask(bench, people.owner.id)
            await until(lambda: begun(bench, login) == 1)
            bench.zalo.qr(login, "code", image=PNG)
            await state(bench, login, "code")
            await bench.run(
                "UPDATE personal_login SET state = 'aborted', changed_at = :now WHERE id = :id",
                id=login,
                now=clock.now(),
            )
            await until(lambda: any(one["op"] == "login_abort" for one in bench.zalo.asked))
            # Whoever scanned at the last moment connects nothing.
            bench.zalo.qr(login, "done", uid="1000000000000000555", credentials=FRESH)
            await asyncio.sleep(0.5)
        assert await bench.rows("SELECT id FROM channel_account") == []

    async def test_a_dead_sidecar_ends_the_login_in_words(self, bench: Bench, people: People) -> None:
        async with bench.running(bench.host()):
            login = await ask(bench, people.owner.id)
            await until(lambda: begun(bench, login) == 1)
            bench.zalo.qr(login, "code", image=PNG)
            await state(bench, login, "code")
            bench.zalo.processes[-1].kill()
            row = await state(bench, login, "failed")
        assert (row["error"], row["image"]) == ("unreachable", None)
