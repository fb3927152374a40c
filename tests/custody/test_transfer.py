"""Moving a customer: who may, to whom, and what is written down."""

import asyncio

import httpx
import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from tests.conftest import SignIn
from tests.core.walls.office import Office


async def contact_of(office: Office, customer: str) -> int:
    return await office.oa.value("SELECT contact_id FROM contact_identity WHERE external_id = :c", c=customer)


async def custodian_of(office: Office, customer: str) -> int | None:
    return await office.oa.value("SELECT custodian_id FROM conversation WHERE thread_key = :key", key=customer)


async def transfer(client: httpx.AsyncClient, office: Office, customer: str, to: str | None) -> httpx.Response:
    body = {"staff_id": office.people.named(to).id if to else None, "note": "Nghỉ phép"}
    return await client.put(f"/api/contacts/{await contact_of(office, customer)}/custodian", json=body)


async def begin(connection: AsyncConnection, contact: int, thought: int) -> None:
    """A second conversation with the customer, as the worker writes it."""
    await connection.execute(
        text(
            "INSERT INTO conversation (account_id, thread_key, kind, contact_id, custodian_id, created_at,"
            " last_message_at, message_count, unread_count, episode_open)"
            " SELECT account_id, 'second', kind, contact_id, :thought, created_at, last_message_at, 0, 0, false"
            " FROM conversation WHERE contact_id = :contact"
        ),
        {"contact": contact, "thought": thought},
    )


class TestTransfer:
    # (who, of whom, to whom): what is answered
    CASES = {
        ("owner", "of-owner", "teammate"): 403,
        ("owner", "of-outsider", "teammate"): 403,
        ("outsider", "of-owner", "outsider"): 403,
        ("lead", "of-owner", "teammate"): 204,
        ("lead", "of-owner", "lead"): 204,
        ("lead", "of-owner", None): 204,
        ("lead", "of-owner", "outsider"): 400,
        ("lead", "of-outsider", "owner"): 404,
        ("lead", "of-outsider-done-by-owner", "owner"): 403,
        ("lead", "of-nobody", "owner"): 403,
        ("manager", "of-owner", "outsider"): 204,
        ("manager", "of-nobody", "owner"): 204,
        ("admin", "of-outsider", "owner"): 204,
    }

    @pytest.mark.parametrize("case", CASES, ids=lambda case: "-".join(map(str, case)))
    async def test_who_may_move_whom_to_whom(
        self, office: Office, signed_in: SignIn, case: tuple[str, str, str | None]
    ) -> None:
        who, customer, to = case
        before = await custodian_of(office, customer)
        answer = await transfer(await signed_in(office.people.named(who)), office, customer, to)
        assert answer.status_code == self.CASES[case], answer.text
        heir = office.people.named(to).id if to else None
        assert await custodian_of(office, customer) == (heir if answer.status_code == 204 else before)
        moved = await office.oa.rows("SELECT 1 FROM custody_change WHERE kind = 'transfer' AND by_id IS NOT NULL")
        assert len(moved) == (1 if answer.status_code == 204 else 0)

    async def test_auditors_move_nobody(self, office: Office, signed_in: SignIn) -> None:
        async with office.oa.database.transaction() as connection:
            await connection.execute(
                text("UPDATE staff SET role = 'auditor' WHERE id = :id"), {"id": office.people.outsider.id}
            )
        auditor = await signed_in(office.people.outsider)
        assert (await transfer(auditor, office, "of-owner", "teammate")).status_code == 403
        manager = await signed_in(office.people.manager)
        refused = await transfer(manager, office, "of-owner", "outsider")
        assert refused.status_code == 400, "nor is anybody given to them"

    async def test_nobody_is_given_to_who_is_suspended_or_unknown(self, office: Office, signed_in: SignIn) -> None:
        async with office.oa.database.transaction() as connection:
            await connection.execute(
                text("UPDATE staff SET suspended_at = created_at WHERE id = :id"), {"id": office.people.teammate.id}
            )
        manager = await signed_in(office.people.manager)
        answer = await transfer(manager, office, "of-owner", "teammate")
        assert answer.status_code == 400
        assert answer.json()["errors"][0]["path"] == "staff_id"
        contact = await contact_of(office, "of-owner")
        unknown = await manager.put(f"/api/contacts/{contact}/custodian", json={"staff_id": 10**9})
        assert unknown.status_code == 400

    async def test_it_is_written_down(self, office: Office, signed_in: SignIn) -> None:
        people = office.people
        lead = await signed_in(people.lead)
        assert (await transfer(lead, office, "of-owner", "teammate")).status_code == 204
        again = await transfer(lead, office, "of-owner", "teammate")
        assert again.status_code == 204
        conversation = await office.conversation("of-owner")
        ledger = (await lead.get(f"/api/conversations/{conversation}/custody")).json()["items"]
        assert ledger[0] | {"at": None} == {
            "at": None,
            "from": {"id": people.owner.id, "name": "Owner"},
            "to": {"id": people.teammate.id, "name": "Teammate"},
            "by": {"id": people.lead.id, "name": "Lead"},
            "kind": "transfer",
            "note": "Nghỉ phép",
        }
        kinds = [entry["kind"] for entry in ledger]
        assert kinds == ["transfer", "transfer", "assign"], "one more than before: doing it again is no change"
        [audited] = await office.oa.rows("SELECT * FROM audit_log WHERE action = 'contact:transfer'")
        assert audited["before"] == {"staff_id": people.owner.id}
        assert audited["after"] == {"staff_id": people.teammate.id}
        assert audited["staff_id"] == people.lead.id

    async def test_the_ledger_is_for_who_has_the_customer_in_full(self, office: Office, signed_in: SignIn) -> None:
        conversation = await office.conversation("of-outsider-done-by-owner")
        for name, status in (("outsider", 200), ("owner", 403), ("teammate", 404), ("lead", 403), ("manager", 200)):
            client = await signed_in(office.people.named(name))
            for what in ("custody", "shares"):
                answer = await client.get(f"/api/conversations/{conversation}/{what}")
                assert answer.status_code == status, (name, what)

    async def test_who_had_them_keeps_nothing(self, office: Office, signed_in: SignIn) -> None:
        """Neither as an assignee nor by a mention of long ago."""
        people = office.people
        conversation = await office.conversation("of-owner")
        async with office.oa.database.transaction() as connection:
            await connection.execute(
                text("UPDATE conversation SET assignee_id = :id WHERE id = :conversation"),
                {"id": people.owner.id, "conversation": conversation},
            )
            await connection.execute(
                text(
                    "INSERT INTO conversation_grant (conversation_id, staff_id, kind, granted_by, granted_at, note)"
                    " SELECT :conversation, :id, 'mention', :id, created_at, '' FROM staff WHERE id = :id"
                ),
                {"id": people.owner.id, "conversation": conversation},
            )
        manager, owner = await signed_in(people.manager), await signed_in(people.owner)
        assert (await owner.get(f"/api/conversations/{conversation}")).status_code == 200
        assert (await transfer(manager, office, "of-owner", "outsider")).status_code == 204
        assert (await owner.get(f"/api/conversations/{conversation}")).status_code == 404
        ledger = (await manager.get(f"/api/conversations/{conversation}/custody")).json()["items"]
        assert {entry["kind"] for entry in ledger[:2]} == {"transfer", "assign"}

    async def test_a_group_moves_by_itself(self, office: Office, signed_in: SignIn) -> None:
        group = await office.conversation("group")
        owner, manager = await signed_in(office.people.owner), await signed_in(office.people.manager)
        assert (await owner.post(f"/api/conversations/{group}/claim")).status_code == 204
        body = {"staff_id": office.people.outsider.id, "note": ""}
        refused = await owner.put(f"/api/conversations/{group}/custodian", json=body)
        assert refused.status_code == 403
        assert (await manager.put(f"/api/conversations/{group}/custodian", json=body)).status_code == 204
        assert await custodian_of(office, "group") == office.people.outsider.id
        assert await custodian_of(office, "of-nobody") is None, "who wrote in it stays whose they were"
        ledger = (await manager.get(f"/api/conversations/{group}/custody")).json()["items"]
        assert [entry["kind"] for entry in ledger] == ["transfer", "claim"]

    async def test_by_a_direct_conversation_its_customer_moves(self, office: Office, signed_in: SignIn) -> None:
        conversation = await office.conversation("of-owner")
        lead = await signed_in(office.people.lead)
        body = {"staff_id": office.people.teammate.id, "note": ""}
        assert (await lead.put(f"/api/conversations/{conversation}/custodian", json=body)).status_code == 204
        contact = await contact_of(office, "of-owner")
        custodian = await office.oa.value("SELECT custodian_id FROM contact WHERE id = :id", id=contact)
        assert custodian == office.people.teammate.id

    async def test_a_conversation_that_begins_has_the_custodian_of_its_customer(self, office: Office) -> None:
        """Whatever the worker thought when it wrote the row."""
        async with office.oa.database.transaction() as connection:
            await begin(connection, await contact_of(office, "of-owner"), office.people.outsider.id)
        assert await custodian_of(office, "second") == office.people.owner.id

    @pytest.mark.parametrize("first", ["moves", "begins"])
    async def test_also_when_they_move_at_that_moment(self, office: Office, first: str) -> None:
        """Over two connections: whoever comes second waits for the first."""
        contact, people = await contact_of(office, "of-owner"), office.people
        first_done = asyncio.Event()

        async def moves(connection: AsyncConnection) -> None:
            values = {"contact": contact, "to": people.teammate.id}
            said = await connection.execute(
                text("SELECT transfer_contact(:contact, :to, '', now()) ->> 'outcome'"), values
            )
            assert said.scalar_one() == "done"

        async def begins(connection: AsyncConnection) -> None:
            await begin(connection, contact, people.owner.id)

        async def second() -> None:
            await first_done.wait()
            if first == "moves":
                async with office.oa.database.transaction() as connection:
                    await begins(connection)
            else:
                async with office.web.transaction(people.lead.actor) as connection:
                    await moves(connection)

        waiting = asyncio.create_task(second())
        database, actor = (office.web, people.lead.actor) if first == "moves" else (office.oa.database, None)
        async with database.transaction(actor) as connection:
            await (moves if first == "moves" else begins)(connection)
            first_done.set()
            await asyncio.sleep(0.3)
            assert not waiting.done()
        await waiting
        for thread in ("of-owner", "second"):
            assert await custodian_of(office, thread) == people.teammate.id, thread


class TestChoices:
    async def test_active_people_by_name(self, office: Office, signed_in: SignIn) -> None:
        async with office.oa.database.transaction() as connection:
            await connection.execute(
                text("UPDATE staff SET suspended_at = created_at WHERE id = :id"), {"id": office.people.outsider.id}
            )
        client = await signed_in(office.people.owner)
        everybody = (await client.get("/api/staff/choices")).json()["items"]
        assert [one["name"] for one in everybody] == ["Admin", "Lead", "Manager", "Owner", "Teammate"]
        assert set(everybody[0]) == {"id", "name"}
        found = (await client.get("/api/staff/choices", params={"search": "TEAM"})).json()["items"]
        assert [one["name"] for one in found] == ["Teammate"]

    async def test_a_lead_chooses_within_their_teams(self, office: Office, signed_in: SignIn) -> None:
        lead = await signed_in(office.people.lead)
        reach = (await lead.get("/api/staff/choices", params={"reach": True})).json()["items"]
        assert [one["name"] for one in reach] == ["Lead", "Owner", "Teammate"]
