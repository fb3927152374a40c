"""How much of a customer is seen, by what somebody has to do with them (4.5); what is masked is shown on record."""

from typing import Any

import httpx
import pytest

from sokhach.core import clock
from sokhach.core.actor import Role
from tests.channels.zalo_oa.events import USER, every_event
from tests.conftest import SignIn
from tests.support.oa import OA, at, said
from tests.support.people import People, Person

EVENTS = every_event()
PHONE, EMAIL = "+84912345678", "lan@khach.example"
MASKED = "••••••678"


@pytest.fixture
async def contact(oa: OA, people: People) -> int:
    """Nobody's, with all that can be known of somebody."""
    await oa.take(said(USER, "m1", at(0)), EVENTS["follow"], EVENTS["user_submit_info"], EVENTS["add_user_to_tag"])
    contact_id = await oa.value("SELECT id FROM contact")
    await oa.value(
        "INSERT INTO contact_identity (contact_id, kind, external_id, first_seen_at)"
        " VALUES (:id, 'email', :email, :at) RETURNING id",
        id=contact_id,
        email=EMAIL,
        at=at(0),
    )
    return contact_id


async def relate(oa: OA, person: Person, relation: str) -> None:
    values = {"id": person.id, "now": clock.now()}
    if relation in {"share", "mention"}:
        until = "NULL" if relation == "mention" else "CAST(:now AS timestamptz) + interval '1 hour'"
        await oa.value("UPDATE contact SET custodian_id = (SELECT max(id) FROM staff) RETURNING id")
        await oa.value(
            "INSERT INTO conversation_grant (conversation_id, staff_id, kind, granted_by, granted_at, until, note)"
            f" SELECT id, :id, '{relation}', :id, :now, {until}, '' FROM conversation RETURNING id",
            **values,
        )
    elif relation == "holder":
        await oa.value("UPDATE contact SET custodian_id = (SELECT max(id) FROM staff) RETURNING id")
        await oa.value("UPDATE channel_account SET holder_id = :id RETURNING id", id=person.id)
    elif relation == "assignee":
        await oa.value("UPDATE conversation SET assignee_id = :id RETURNING id", id=person.id)
    elif relation == "custodian":
        await oa.value("UPDATE contact SET custodian_id = :id RETURNING id", id=person.id)


async def card(client: httpx.AsyncClient, contact: int) -> dict[str, Any]:
    answer = await client.get(f"/api/contacts/{contact}")
    assert answer.status_code == 200, answer.text
    return answer.json()


async def roads(oa: OA) -> list[tuple[int, str]]:
    rows = await oa.rows("SELECT staff_id, road FROM access_log ORDER BY read_at")
    return [(row["staff_id"], row["road"]) for row in rows]


class TestLevels:
    async def test_in_full(self, oa: OA, contact: int, people: People, signed_in: SignIn) -> None:
        await relate(oa, people.owner, "custodian")
        shown = await card(await signed_in(people.owner), contact)
        assert (shown["level"], shown["details"]["phone"]) == ("full", {"text": PHONE, "masked": False})
        assert [one["text"] for one in shown["phones"]] == [PHONE]
        assert [one["text"] for one in shown["emails"]] == [EMAIL]

    @pytest.mark.parametrize("relation", ["assignee", "holder", "share"])
    async def test_masked(self, oa: OA, contact: int, people: People, signed_in: SignIn, relation: str) -> None:
        await relate(oa, people.owner, relation)
        client = await signed_in(people.owner)
        answer = await client.get(f"/api/contacts/{contact}")
        shown = answer.json()
        assert (shown["level"], shown["details"]["phone"]) == ("masked", {"text": MASKED, "masked": True})
        assert [(one["text"], one["masked"]) for one in shown["phones"]] == [(MASKED, True)]
        assert [one["text"] for one in shown["emails"]] == ["l•••@khach.example"]
        assert (shown["details"]["ward"], [tag["name"] for tag in shown["tags"]]) == ("Phường Dĩ An", ["VIP"])
        for secret in (PHONE[1:], PHONE[3:], EMAIL):
            assert secret not in answer.text
        revealed = await client.post(f"/api/contacts/{contact}/reveal")
        assert revealed.json() == {"phones": [PHONE], "emails": [EMAIL], "details_phone": PHONE}
        await client.post(f"/api/contacts/{contact}/reveal")
        assert await roads(oa) == [(people.owner.id, "reveal")]

    @pytest.mark.parametrize("relation", ["pool", "mention"])
    async def test_name_only(self, oa: OA, contact: int, people: People, signed_in: SignIn, relation: str) -> None:
        await relate(oa, people.owner, relation)
        client = await signed_in(people.owner)
        shown = await card(client, contact)
        assert shown["level"] == relation
        assert (shown["phones"], shown["emails"], shown["tags"], shown["identities"]) == ([], [], [], [])
        assert set(shown["details"].values()) == {None}
        for refused in (
            await client.post(f"/api/contacts/{contact}/reveal"),
            await client.post(f"/api/contacts/{contact}/tags", json={"name": "Sỉ"}),
        ):
            assert refused.status_code == 403
        [row] = (await client.get("/api/conversations")).json()["items"]
        assert (row["access"], row["tags"]) == (relation, [])
        assert await roads(oa) == []

    async def test_an_auditor_reads_all_but_numbers_and_changes_nothing(
        self, oa: OA, contact: int, people: People, signed_in: SignIn
    ) -> None:
        await oa.value(
            "UPDATE staff SET role = :role WHERE id = :id RETURNING id", role=Role.AUDITOR, id=people.admin.id
        )
        client = await signed_in(people.admin)
        shown = await card(client, contact)
        assert (shown["level"], shown["phones"][0]["text"]) == ("full", MASKED)
        assert (await client.post(f"/api/contacts/{contact}/reveal")).status_code == 403
        conversation = await oa.value("SELECT id FROM conversation")
        assert (await client.post(f"/api/conversations/{conversation}/read", json={})).status_code == 204
        assert await oa.value("SELECT unread_count FROM conversation") == 1
        detail = (await client.get(f"/api/conversations/{conversation}")).json()
        assert (detail["access"], detail["actions"]) == ("full", [])

    async def test_other_conversations(self, oa: OA, contact: int, people: People, signed_in: SignIn) -> None:
        path = f"/api/contacts/{contact}/conversations"
        other = await oa.value(
            "INSERT INTO conversation (account_id, thread_key, kind, contact_id, created_at, last_message_at,"
            " message_count, unread_count, episode_open)"
            " SELECT account_id, 'other', 'direct', contact_id, created_at, last_message_at, 0, 0, true"
            " FROM conversation RETURNING id"
        )
        owner = await signed_in(people.owner)
        empty = {"items": None, "count": None, "custodians": []}
        assert (await owner.get(path)).json() == empty
        await oa.value("UPDATE contact SET custodian_id = :id RETURNING id", id=people.outsider.id)
        await oa.value(
            "UPDATE conversation SET assignee_id = :me WHERE id <> :other RETURNING id", me=people.owner.id, other=other
        )
        whose = {"id": people.outsider.id, "name": people.outsider.name}
        assert (await owner.get(path)).json() == {"items": None, "count": 1, "custodians": [whose]}
        theirs = (await (await signed_in(people.outsider)).get(path)).json()
        assert (len(theirs["items"]), theirs["count"]) == (2, 2)
        assert (await (await signed_in(people.teammate)).get(path)).status_code == 404
