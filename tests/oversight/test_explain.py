"""Why somebody sees a conversation, in words, as the database has it."""

from datetime import timedelta
from typing import Any

import httpx
import pytest

from sokhach.core import clock
from tests.support.oa import OA
from tests.support.people import People

pytestmark = pytest.mark.caller("manager")
VI = {"accept-language": "vi"}


async def explained(client: httpx.AsyncClient, staff_id: int, conversation: int | str) -> dict[str, Any]:
    query = {"staff_id": staff_id, "conversation": conversation}
    answer = await client.get("/api/visibility/explain", params=query, headers=VI)
    assert answer.status_code == 200, answer.text
    return answer.json()


async def reasons(client: httpx.AsyncClient, staff_id: int, conversation: int) -> tuple[str | None, list[str]]:
    found = await explained(client, staff_id, conversation)
    assert found["sees"] == (found["level"] is not None)
    return found["level"], [one["text"] for one in found["reasons"]]


class TestExplain:
    async def test_custodian_their_lead_and_managers(
        self, conversation: int, client: httpx.AsyncClient, people: People
    ) -> None:
        assert await reasons(client, people.owner.id, conversation) == ("full", ["Là người phụ trách khách này."])
        assert await reasons(client, people.lead.id, conversation) == (
            "full",
            ["Là trưởng nhóm “Bình Dương”, nhóm của Owner, người phụ trách khách này."],
        )
        assert await reasons(client, people.admin.id, conversation) == (
            "full",
            ["Vai trò Quản trị xem được mọi hội thoại."],
        )

    async def test_a_deputy_and_a_share(
        self, oa: OA, conversation: int, client: httpx.AsyncClient, people: People
    ) -> None:
        now = clock.now()
        values = {"owner": people.owner.id, "now": now, "until": now + timedelta(days=1)}
        await oa.value(
            "INSERT INTO staff_leave (staff_id, from_at, until_at, deputy_id, note, created_by, created_at)"
            " VALUES (:owner, :now, :until, :deputy, '', :owner, :now) RETURNING id",
            deputy=people.teammate.id,
            **values,
        )
        await oa.value(
            "INSERT INTO conversation_grant (conversation_id, staff_id, kind, granted_by, granted_at, until, note)"
            " VALUES (:id, :staff, 'share', :owner, :now, :until, '') RETURNING id",
            id=conversation,
            staff=people.outsider.id,
            **values,
        )
        level, [text] = await reasons(client, people.teammate.id, conversation)
        assert level == "full"
        assert text.startswith("Đang trực thay Owner, người phụ trách khách này, đến ")
        level, [text] = await reasons(client, people.outsider.id, conversation)
        assert level == "masked"
        assert text.startswith("Là người được chia sẻ hội thoại này, đến ")

    async def test_who_does_not(self, oa: OA, conversation: int, client: httpx.AsyncClient, people: People) -> None:
        level, texts = await reasons(client, people.outsider.id, conversation)
        assert (level, texts[0]) == (None, "Người phụ trách khách này là Owner.")
        await oa.value("UPDATE staff SET suspended_at = now() WHERE id = :id RETURNING id", id=people.owner.id)
        assert await reasons(client, people.owner.id, conversation) == (
            None,
            ["Tài khoản của người này đang tạm ngưng."],
        )

    async def test_by_code_or_number(self, conversation: int, client: httpx.AsyncClient, people: People) -> None:
        for name in (conversation, f"HT-{conversation:06d}", f" ht{conversation} "):
            found = await explained(client, people.owner.id, name)
            assert found["conversation"]["id"] == conversation
            assert (found["staff"]["name"], found["contact"]["name"]) == ("Owner", "Lan")

    async def test_of_nobody(self, conversation: int, client: httpx.AsyncClient, people: People) -> None:
        for staff_id, name, status in (
            (people.owner.id, conversation + 1, 404),
            (10**6, conversation, 404),
            (people.owner.id, "KH-000001", 400),
            (people.owner.id, 2**64, 400),
        ):
            answer = await client.get(f"/api/visibility/explain?staff_id={staff_id}&conversation={name}")
            assert answer.status_code == status

    @pytest.mark.caller("lead")
    async def test_not_for_leads(self, conversation: int, client: httpx.AsyncClient, people: People) -> None:
        answer = await client.get(f"/api/visibility/explain?staff_id={people.owner.id}&conversation={conversation}")
        assert answer.status_code == 403
