"""Personal accounts over HTTP: who sees which, who may do what, and that secrets stay where they are."""

from datetime import timedelta
from typing import Any

import httpx
import pytest

from sokhach.channels.zalo_personal import queries
from sokhach.core import clock
from sokhach.core.config import Settings
from sokhach.core.database import Database
from tests.conftest import SignIn
from tests.support.fake_zalo import Bench, FakeZalo
from tests.support.people import People
from tests.support.statements import listen, recorded


@pytest.fixture
def bench(owner_db: Database, settings: Settings) -> Bench:
    return Bench(owner_db, settings, FakeZalo())


async def login(client: httpx.AsyncClient, holder: int, **more: Any) -> httpx.Response:
    body = {"holder_id": holder, "sim": "company", "account_id": None, "consent": True, "proxy": None}
    return await client.post("/api/personal-logins", json=body | more)


class TestList:
    async def test_the_management_sees_all_a_holder_their_own(
        self, bench: Bench, people: People, signed_in: SignIn
    ) -> None:
        await bench.account(people.owner.id)
        await bench.account(people.outsider.id, "1000000000000000003")
        seen = {}
        for who in ("admin", "manager", "lead", "owner", "teammate", "outsider"):
            answer = await (await signed_in(people.named(who))).get("/api/personal-accounts")
            assert answer.status_code == 200
            assert "secret" not in answer.text
            seen[who] = [one["uid"][-1] for one in answer.json()["items"]]
        assert seen == {
            "admin": ["1", "3"],
            "manager": ["1", "3"],
            "lead": ["1"],
            "owner": ["1"],
            "teammate": [],
            "outsider": ["3"],
        }

    async def test_filters(self, bench: Bench, people: People, signed_in: SignIn) -> None:
        first = await bench.account(people.owner.id)
        await bench.account(people.outsider.id, "1000000000000000003")
        await bench.run("UPDATE personal_account SET state = 'kicked', state_reason = 'kicked' WHERE account_id = :id",
                        id=first)  # fmt: skip
        client = await signed_in(people.admin)
        kicked = (await client.get("/api/personal-accounts?state=kicked")).json()["items"]
        assert [one["id"] for one in kicked] == [first]
        assert "Kết nối lại" in kicked[0]["reason"]
        of = (await client.get(f"/api/personal-accounts?holder_id={people.outsider.id}")).json()["items"]
        assert [one["uid"][-1] for one in of] == ["3"]
        assert len((await client.get("/api/personal-accounts?search=OWNER")).json()["items"]) == 1
        assert (await client.get("/api/personal-accounts?state=gone")).status_code == 400

    async def test_costs_the_same_for_many(
        self, bench: Bench, people: People, settings: Settings, web_db: Database
    ) -> None:
        for number in range(40):
            await bench.account(people.owner.id, f"10000000000000001{number:02}")
        listen(web_db.engine)
        async with web_db.transaction(people.admin.actor) as connection:
            with recorded() as statements:
                found = await queries.account_list(connection, settings, "vi")
        assert len(found.items) == 40
        assert len(statements) <= 3, statements


class TestPage:
    async def test_of_one(self, bench: Bench, people: People, signed_in: SignIn) -> None:
        account = await bench.account(people.owner.id)
        await bench.run("INSERT INTO personal_span (account_id, conn, connected_at, ended_at, code, reason)"
                        " VALUES (:id, 'c', :now, :now, 3000, 'taken-over')", id=account, now=clock.now())  # fmt: skip
        await bench.run("INSERT INTO frame_tally (account_id, cmd, why, count, first_at, last_at)"
                        " VALUES (:id, 504, 'unknown-opcode', 3, :now, :now)", id=account, now=clock.now())  # fmt: skip
        page = (await (await signed_in(people.owner)).get(f"/api/personal-accounts/{account}")).json()
        assert page["holder"] == {"id": people.owner.id, "name": page["holder"]["name"]}
        assert "Zalo Web" in page["spans"][0]["reason"]
        assert page["frames"][0]["count"] == 3
        assert "504" in page["frames"][0]["text"]
        assert (page["proxy"], page["consent"], page["private"]["messages"]) == (False, None, 0)
        assert (await (await signed_in(people.teammate)).get(f"/api/personal-accounts/{account}")).status_code == 404

    async def test_says_who_recorded_the_consent_in_the_holders_place(
        self, bench: Bench, people: People, signed_in: SignIn
    ) -> None:
        account = await bench.account(people.owner.id)
        client = await signed_in(people.owner)
        told: list[str | None] = []
        for minutes, by in enumerate((people.admin, people.owner)):
            await bench.run(
                "INSERT INTO personal_consent (holder_id, recorded_by, account_id, version, text_hash, at)"
                " VALUES (:holder, :by, :id, 2, '', :at)",
                holder=people.owner.id, by=by.id, id=account, at=clock.now() + timedelta(minutes=minutes),
            )  # fmt: skip
            page = (await client.get(f"/api/personal-accounts/{account}")).json()
            told.append(page["consent"]["recorded_by"])
        assert told == [people.admin.name, None]


class TestActions:
    async def test_stop_and_start_are_for_administrators(self, bench: Bench, people: People, signed_in: SignIn) -> None:
        account = await bench.account(people.owner.id)
        path = "/api/personal-accounts/actions"
        mine = await signed_in(people.owner)
        refused = (await mine.post(path, json={"ids": [account], "action": "stop"})).json()
        assert (refused["done"], refused["refused"][0]["id"]) == ([], account)
        admin = await signed_in(people.admin)
        assert (await admin.post(path, json={"ids": [account, 999], "action": "stop"})).json()["done"] == [account]
        row = await bench.row(account)
        assert (row["wanted"], row["state"], row["stopped_by"]) == (False, "stopped", people.admin.id)
        assert row["health_reason"] == "personal-stopped"
        # Its holder does not start what an administrator stopped.
        assert (await mine.post(path, json={"ids": [account], "action": "return"})).json()["done"] == []
        assert (await admin.post(path, json={"ids": [account], "action": "start"})).json()["done"] == [account]
        row = await bench.row(account)
        assert (row["wanted"], row["state"]) == (True, "connecting")
        audited = await bench.rows("SELECT action FROM audit_log WHERE target_id = :id ORDER BY id", id=account)
        assert [one["action"] for one in audited] == ["personal_account:stop", "personal_account:start"]

    async def test_a_holder_brings_back_their_own_only(self, bench: Bench, people: People, signed_in: SignIn) -> None:
        mine = await bench.account(people.owner.id)
        other = await bench.account(people.outsider.id, "1000000000000000003")
        await bench.run("UPDATE personal_account SET state = 'taken_over', next_attempt_at = NULL")
        client = await signed_in(people.owner)
        answer = await client.post("/api/personal-accounts/actions", json={"ids": [mine, other], "action": "return"})
        assert answer.json()["done"] == [mine]
        assert (await bench.row(mine))["next_attempt_at"] is not None
        assert (await bench.row(other))["next_attempt_at"] is None

    async def test_an_expired_session_says_what_helps(self, bench: Bench, people: People, signed_in: SignIn) -> None:
        account = await bench.account(people.owner.id)
        await bench.run("UPDATE personal_account SET state = 'needs_login', next_attempt_at = NULL")
        client = await signed_in(people.admin)
        answer = await client.post("/api/personal-accounts/actions", json={"ids": [account], "action": "return"})
        assert "QR" in answer.json()["refused"][0]["reason"]


class TestChange:
    async def test_holder_sim_and_proxy(self, bench: Bench, people: People, signed_in: SignIn) -> None:
        account = await bench.account(people.owner.id)
        path = f"/api/personal-accounts/{account}"
        body = {"holder_id": people.teammate.id, "sim": "own", "proxy": "http://u:p@proxy.example:3128"}
        assert (await (await signed_in(people.owner)).put(path, json=body)).status_code == 403
        admin = await signed_in(people.admin)
        changed = await admin.put(path, json=body)
        assert changed.status_code == 200
        assert (changed.json()["proxy"], changed.json()["sim"]) == (True, "own")
        assert "proxy.example" not in changed.text
        row = await bench.row(account)
        assert b"proxy.example" not in row["proxy"]
        assert row["revision"] == 2
        kept = await admin.put(path, json=body | {"proxy": None})
        assert kept.json()["proxy"] is True
        assert (await bench.row(account))["revision"] == 2
        assert (await admin.put(path, json=body | {"proxy": "ftp://x"})).status_code == 400
        socks = await admin.put(path, json=body | {"proxy": "socks5://proxy.example:1080"})
        assert socks.status_code == 400
        assert "SOCKS" in socks.json()["errors"][0]["message"]
        inner = await login(admin, people.owner.id, proxy="http://10.0.0.7:3128")
        assert inner.json()["errors"][0]["path"] == "proxy"
        assert (await bench.row(account))["revision"] == 2
        assert "proxy.example" not in str(await bench.rows("SELECT before, after FROM audit_log"))


class TestSwitch:
    async def test_needs_proof_and_is_written_down(self, bench: Bench, people: People, signed_in: SignIn) -> None:
        await bench.account(people.owner.id)
        client = await signed_in(people.admin)
        await bench.run("UPDATE session SET sudo_until = NULL, created_at = created_at - interval '1 day'")
        refused = await client.put("/api/personal-switch", json={"stopped": True})
        assert refused.json()["type"].endswith("sudo-needed")
        await client.post("/api/session/sudo", json={"password": people.admin.password})
        assert (await client.put("/api/personal-switch", json={"stopped": True})).status_code == 204
        stopped = (await (await signed_in(people.owner)).get("/api/personal-accounts")).json()["stopped"]
        assert stopped["by"]["id"] == people.admin.id
        assert (await client.put("/api/personal-switch", json={"stopped": False})).status_code == 204
        assert (await client.get("/api/personal-accounts")).json()["stopped"] is None
        assert (
            await (await signed_in(people.manager)).put("/api/personal-switch", json={"stopped": True})
        ).status_code == 403


class TestLogin:
    async def test_its_code_is_for_who_asked_and_administrators(
        self, bench: Bench, people: People, signed_in: SignIn
    ) -> None:
        owner = await signed_in(people.owner)
        begun = await login(owner, people.owner.id)
        assert begun.status_code == 201
        assert begun.json()["state"] == "asked"
        number = begun.json()["id"]
        await bench.run("UPDATE personal_login SET state = 'code', image = 'PNG'")
        path = f"/api/personal-logins/{number}"
        assert (await owner.get(path)).json()["image"].startswith("data:image/png;base64,")
        assert (await (await signed_in(people.admin)).get(path)).status_code == 200
        for other in (people.manager, people.lead, people.teammate):
            assert (await (await signed_in(other)).get(path)).status_code == 404
        renewed = await owner.post(f"{path}/renewal")
        assert (renewed.status_code, renewed.json()["state"], renewed.json()["image"]) == (201, "asked", None)
        assert (await (await signed_in(people.teammate)).delete(path)).status_code == 404
        assert (await owner.delete(path)).status_code == 204
        assert (await owner.get(path)).json()["state"] == "aborted"

    async def test_consent_is_written_down(self, bench: Bench, people: People, signed_in: SignIn) -> None:
        client = await signed_in(people.owner)
        words = (await client.get("/api/personal-consent")).json()
        assert "91/2025/QH15" in words["text"]
        assert words["recorded_at"] is None
        refused = await client.post(
            "/api/personal-logins", json={"holder_id": people.owner.id, "sim": "own", "consent": False}
        )
        assert refused.status_code == 400
        assert (await login(client, people.owner.id)).status_code == 201
        [row] = await bench.rows("SELECT holder_id, recorded_by, version FROM personal_consent")
        assert row == {"holder_id": people.owner.id, "recorded_by": people.owner.id, "version": queries.CONSENT_VERSION}
        assert (await client.get("/api/personal-consent")).json()["recorded_at"] is not None

    async def test_nobody_connects_for_others_but_administrators(
        self, bench: Bench, people: People, signed_in: SignIn
    ) -> None:
        account = await bench.account(people.outsider.id)
        client = await signed_in(people.owner)
        assert (await login(client, people.teammate.id)).status_code == 403
        assert (await login(client, people.owner.id, account_id=account)).status_code == 404
        assert (await login(client, people.owner.id, proxy="http://p:1")).status_code == 403
        assert (await login(await signed_in(people.admin), people.teammate.id)).status_code == 201


class TestCalls:
    async def test_are_for_whoever_serves_the_account(self, bench: Bench, people: People, signed_in: SignIn) -> None:
        account = await bench.account(people.owner.id)
        path, body = (
            f"/api/personal-accounts/{account}/calls",
            {"op": "find_phone", "arguments": {"phone": "84900000002"}},
        )
        client = await signed_in(people.owner)
        asked = await client.post(path, json=body)
        assert asked.status_code == 201
        view = await client.get(f"/api/personal-calls/{asked.json()['id']}")
        assert view.json() == {"state": "asked", "result": None, "error": None}
        other = await signed_in(people.outsider)
        assert (await other.post(path, json=body)).status_code == 404
        assert (await other.get(f"/api/personal-calls/{asked.json()['id']}")).status_code == 404
        assert (await client.post(path, json={"op": "find_phone", "arguments": {}})).status_code == 400
        assert (await client.post(path, json={"op": "send", "arguments": {}})).status_code == 400
