"""Who answers a conversation: leads say it of theirs, others of themselves only."""

import pytest
from sqlalchemy import text

from tests.conftest import SignIn
from tests.core.walls.office import Office

# (who, which, whom): what is answered
CASES: dict[tuple[str, str, str | None], int] = {
    ("owner", "of-owner", "owner"): 204,
    ("owner", "of-owner", "teammate"): 403,
    ("owner", "of-nobody", "owner"): 403,
    ("owner", "of-outsider-done-by-owner", None): 204,
    ("owner", "of-outsider-done-by-owner", "teammate"): 403,
    ("owner", "of-teammate", "owner"): 404,
    ("teammate", "of-nobody-done-by-teammate", None): 204,
    ("outsider", "of-outsider-done-by-owner", None): 403,
    ("lead", "of-owner", "teammate"): 204,
    ("lead", "of-owner", "outsider"): 400,
    ("lead", "of-nobody", "owner"): 204,
    ("lead", "of-outsider-done-by-owner", "teammate"): 204,
    ("lead", "of-outsider", "owner"): 404,
    ("manager", "of-outsider", "owner"): 204,
    ("manager", "of-outsider-done-by-owner", None): 204,
}


class TestAssign:
    @pytest.mark.parametrize("case", CASES, ids=lambda case: "-".join(map(str, case)))
    async def test_who_may_assign_what_to_whom(
        self, office: Office, signed_in: SignIn, case: tuple[str, str, str | None]
    ) -> None:
        who, customer, whom = case
        conversation = await office.conversation(customer)
        now = "SELECT assignee_id FROM conversation WHERE id = :id"
        before = await office.oa.value(now, id=conversation)
        chosen = office.people.named(whom).id if whom else None
        client = await signed_in(office.people.named(who))
        answer = await client.put(f"/api/conversations/{conversation}/assignee", json={"staff_id": chosen})
        assert answer.status_code == CASES[case], answer.text
        after = await office.oa.value(now, id=conversation)
        assert after == (chosen if answer.status_code == 204 else before)
        written = await office.oa.rows(
            "SELECT from_id, to_id FROM custody_change WHERE conversation_id = :id AND by_id = :who",
            id=conversation,
            who=office.people.named(who).id,
        )
        assert written == ([{"from_id": before, "to_id": after}] if answer.status_code == 204 else [])

    async def test_who_only_reads_assigns_nobody(self, office: Office, signed_in: SignIn) -> None:
        async with office.oa.database.transaction() as connection:
            await connection.execute(
                text("UPDATE staff SET role = 'auditor' WHERE id = :id"), {"id": office.people.outsider.id}
            )
        auditor = await signed_in(office.people.outsider)
        conversation = await office.conversation("of-owner")
        body = {"staff_id": office.people.owner.id}
        assert (await auditor.put(f"/api/conversations/{conversation}/assignee", json=body)).status_code == 403

    async def test_what_leads_do_the_database_allows_leads_only(self, office: Office) -> None:
        """Whatever the web process lets through."""
        conversation = await office.conversation("of-owner")
        calls = {
            "SELECT assign_conversation(:id, :to, now()) ->> 'outcome'": "not-permitted",
            "SELECT transfer_conversation(:id, :to, '', now()) ->> 'outcome'": "not-permitted",
        }
        for call, outcome in calls.items():
            async with office.web.transaction(office.people.owner.actor) as connection:
                values = {"id": conversation, "to": office.people.teammate.id}
                assert (await connection.execute(text(call), values)).scalar_one() == outcome
        async with office.web.transaction() as connection:
            for call in calls:
                values = {"id": conversation, "to": office.people.teammate.id}
                assert (await connection.execute(text(call), values)).scalar_one() == "not-found"
