"""The list over HTTP: pages, counts, and what they cost."""

from typing import Any
from uuid import uuid4

import httpx
import pytest
from litestar import Litestar
from sqlalchemy import text

from sokhach.conversations import delivery, service
from sokhach.core.database import Database
from tests.support.oa import OA, OA_ID, at, ms, said
from tests.support.people import People
from tests.support.statements import listen, recorded

CUSTOMERS = 9


@pytest.fixture
async def inbox(oa: OA, people: People) -> None:
    """Customers of `owner`, all of whom wait; they carry a tag."""
    names = [str(9000 + number) for number in range(CUSTOMERS)]
    tagged = {
        "event_name": "add_user_to_tag",
        "oa_id": OA_ID,
        "timestamp": ms(at(50)),
        "tag": {"name": "VIP", "user_ids": names},
    }
    await oa.take(*(said(name, f"m{name}", at(number)) for number, name in enumerate(names)), tagged)
    await oa.value("WITH c AS (UPDATE contact SET custodian_id = :owner RETURNING 1) SELECT 1", owner=people.owner.id)


async def page(client: httpx.AsyncClient, **query: Any) -> dict[str, Any]:
    answer = await client.get("/api/conversations", params=query)
    assert answer.status_code == 200, answer.text
    return answer.json()


@pytest.mark.usefixtures("inbox")
class TestList:
    async def test_counts_come_with_the_first_page_only(self, client: httpx.AsyncClient) -> None:
        first = await page(client, limit=2)
        assert first["counts"] == {"open": CUSTOMERS, "mine": CUSTOMERS, "waiting": CUSTOMERS}
        assert (await page(client, limit=2, before=first["next"]))["counts"] is None

    @pytest.mark.caller("outsider")
    async def test_an_outsider_is_not_even_told_a_number(self, client: httpx.AsyncClient) -> None:
        assert await page(client) == {"items": [], "counts": {"open": 0, "mine": 0, "waiting": 0}, "next": None}

    @pytest.mark.parametrize("caller", ["owner", "lead", "manager"])
    async def test_costs_six_statements_whatever_its_size(
        self, app: Litestar, signed_in: Any, people: People, caller: str
    ) -> None:
        client = await signed_in(people.named(caller))
        listen(app.state.web_database.engine)
        for view in ("open", "mine", "waiting", "all"):
            for limit in (1, CUSTOMERS):
                with recorded() as statements:
                    shown = await page(client, view=view, limit=limit)
                if view != "mine" or caller == "owner":
                    assert len(shown["items"]) == limit
                assert len(statements) <= 6, statements


@pytest.mark.usefixtures("inbox")
class TestLastMessage:
    async def test_tells_what_became_of_ours(self, client: httpx.AsyncClient, oa: OA, people: People) -> None:
        newest = (await page(client))["items"][0]
        assert newest["last_message"]["delivery_state"] is None
        conversation_id: int = newest["id"]

        async def told() -> Any:
            first = (await page(client))["items"][0]
            one = (await client.get(f"/api/conversations/{conversation_id}")).json()
            assert first["last_message"] == one["last_message"]
            assert first["last_message"]["id"] == message_id
            return first["last_message"]["delivery_state"]

        async with oa.database.transaction() as connection:
            message_id, _ = await delivery.add_outgoing(
                connection,
                conversation_id=conversation_id,
                staff_id=people.owner.id,
                client_id=uuid4(),
                text="Dạ còn ạ",
                now=at(60),
            )
        assert await told() == "queued"
        async with oa.database.transaction() as connection:
            await delivery.mark_sending(connection, [message_id], at(61))
            await delivery.mark_uncertain(connection, message_id, "no-answer", at(62))
        assert await told() == "uncertain"
        async with oa.database.transaction() as connection:
            await delivery.mark_failed(connection, message_id, "blocked", at(63))
        assert await told() == "failed"
        others = (await page(client))["items"][1:]
        assert {one["last_message"]["delivery_state"] for one in others} == {None}


class TestReading:
    async def test_looks_at_what_is_new_only(self, web_db: Database, people: People) -> None:
        """Under row-level security a comparison that may leak is a filter over the whole thread."""
        async with web_db.transaction(people.admin.actor) as connection:
            await connection.execute(text("SET LOCAL enable_seqscan = off"))
            plan = await connection.execute(text(f"EXPLAIN {service._READ}"), {"id": 1, "seen": 1})
            lines = list(plan.scalars())
            assert any("Index Cond" in line and "ROW(" in line for line in lines), "\n".join(lines)
