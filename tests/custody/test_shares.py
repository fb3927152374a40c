"""Sharing for a time: who may, for how long, and how it ends."""

from datetime import timedelta
from typing import Any

import httpx

from sokhach.core import clock
from sokhach.custody import expiry
from tests.conftest import MoveClock, SignIn
from tests.core.walls.office import Office


async def share(client: httpx.AsyncClient, conversation: int, staff_id: int, days: float = 3) -> httpx.Response:
    until = (clock.now() + timedelta(days=days)).isoformat()
    body: dict[str, Any] = {"staff_id": staff_id, "until": until, "note": "Nhờ em trực giúp"}
    return await client.post(f"/api/conversations/{conversation}/shares", json=body)


class TestShare:
    async def test_a_colleague_sees_it_until_then(
        self, office: Office, signed_in: SignIn, move_clock: MoveClock
    ) -> None:
        conversation = await office.conversation("of-owner")
        owner, outsider = await signed_in(office.people.owner), await signed_in(office.people.outsider)
        assert (await outsider.get(f"/api/conversations/{conversation}")).status_code == 404
        made = await share(owner, conversation, office.people.outsider.id, days=0.5)
        assert made.status_code == 201, made.text
        assert made.json()["staff"] == {"id": office.people.outsider.id, "name": "Outsider"}
        assert made.json()["granted_by"]["name"] == "Owner"
        assert (await outsider.get(f"/api/conversations/{conversation}")).status_code == 200
        await move_clock(timedelta(days=0.5, minutes=1).total_seconds())
        assert (await outsider.get(f"/api/conversations/{conversation}")).status_code == 404, "before any loop ran"
        assert (await owner.get(f"/api/conversations/{conversation}/shares")).json()["items"] == []
        assert await expiry.end_due(office.oa.database) == 1
        assert await expiry.end_due(office.oa.database) == 0
        [ended] = await office.oa.rows(
            "SELECT until = revoked_at AS in_time FROM conversation_grant WHERE kind = 'share'"
        )
        assert ended["in_time"]
        told = "SELECT payload FROM realtime_event WHERE kind = 'conversation.hidden' AND conversation_id = :id"
        assert await office.oa.value(told, id=conversation) == {"lost_by": [office.people.outsider.id], "pool": None}

    async def test_who_may_share(self, office: Office, signed_in: SignIn) -> None:
        cases = {
            ("owner", "of-owner"): 201,
            ("lead", "of-owner"): 201,
            ("manager", "of-owner"): 201,
            ("owner", "of-outsider-done-by-owner"): 403,
            ("owner", "of-nobody"): 403,
            ("owner", "of-outsider"): 404,
        }
        for (name, customer), status in cases.items():
            client = await signed_in(office.people.named(name))
            answer = await share(client, await office.conversation(customer), office.people.teammate.id)
            assert answer.status_code == status, (name, customer, answer.text)

    async def test_what_is_wrong_with_it(self, office: Office, signed_in: SignIn) -> None:
        conversation = await office.conversation("of-owner")
        owner = await signed_in(office.people.owner)
        for staff_id, days in (
            (office.people.teammate.id, 91),
            (office.people.teammate.id, -1),
            (office.people.owner.id, 3),
            (10**9, 3),
        ):
            assert (await share(owner, conversation, staff_id, days)).status_code == 400, (staff_id, days)
        naive = {"staff_id": office.people.teammate.id, "until": "2030-01-01T00:00:00", "note": ""}
        assert (await owner.post(f"/api/conversations/{conversation}/shares", json=naive)).status_code == 400

    async def test_sharing_again_moves_the_end(self, office: Office, signed_in: SignIn) -> None:
        conversation = await office.conversation("of-owner")
        owner = await signed_in(office.people.owner)
        await share(owner, conversation, office.people.outsider.id, 3)
        later = (await share(owner, conversation, office.people.outsider.id, 5)).json()
        items = (await owner.get(f"/api/conversations/{conversation}/shares")).json()["items"]
        assert items == [later]

    async def test_who_may_end_it(self, office: Office, signed_in: SignIn) -> None:
        conversation = await office.conversation("of-owner")
        clients = {
            name: await signed_in(office.people.named(name)) for name in ("owner", "lead", "teammate", "outsider")
        }
        made = (await share(clients["lead"], conversation, office.people.outsider.id)).json()["id"]
        assert (await clients["teammate"].delete(f"/api/shares/{made}")).status_code == 404
        assert (await clients["outsider"].delete(f"/api/shares/{made}")).status_code == 403
        assert (await clients["owner"].delete(f"/api/shares/{made}")).status_code == 204, "the custodian"
        assert (await clients["outsider"].get(f"/api/conversations/{conversation}")).status_code == 404
        assert (await clients["owner"].delete(f"/api/shares/{made}")).status_code == 204
        assert (await clients["owner"].delete("/api/shares/999999")).status_code == 404
        done = await office.oa.rows("SELECT action FROM audit_log WHERE action LIKE '%share%' ORDER BY id")
        assert [row["action"] for row in done] == ["conversation:share", "share:end"]

    async def test_who_gave_it_may_end_it_after_the_customer_moved(self, office: Office, signed_in: SignIn) -> None:
        conversation = await office.conversation("of-owner")
        owner, manager = await signed_in(office.people.owner), await signed_in(office.people.manager)
        made = (await share(owner, conversation, office.people.outsider.id)).json()["id"]
        body = {"staff_id": office.people.teammate.id, "note": ""}
        assert (await manager.put(f"/api/conversations/{conversation}/custodian", json=body)).status_code == 204
        outsider = await signed_in(office.people.outsider)
        assert (await outsider.get(f"/api/conversations/{conversation}")).status_code == 200, "a share outlives it"
        assert (await owner.delete(f"/api/shares/{made}")).status_code == 204
        assert (await outsider.get(f"/api/conversations/{conversation}")).status_code == 404
