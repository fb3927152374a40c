"""What somebody asks for in vain is written down, and they are told what everybody is told."""

from typing import Any

import httpx
import pytest
from sqlalchemy import text

from sokhach.core.database import Database
from tests.conftest import MoveClock, SignIn
from tests.support.oa import OA
from tests.support.people import People

PHONE = "Máy của Tú 1.0"


async def refusals(client: httpx.AsyncClient, **query: Any) -> list[dict[str, Any]]:
    answer = await client.get("/api/access-refusals", params=query)
    assert answer.status_code == 200, answer.text
    return answer.json()["items"]


class TestNotVisible:
    @pytest.fixture
    async def outsider(self, people: People, signed_in: SignIn) -> httpx.AsyncClient:
        client = await signed_in(people.outsider)
        client.headers["user-agent"] = PHONE.encode().decode("latin-1")
        return client

    @pytest.fixture
    async def manager(self, people: People, signed_in: SignIn) -> httpx.AsyncClient:
        return await signed_in(people.manager)

    async def test_says_who_what_when_and_from_where(
        self, conversation: int, outsider: httpx.AsyncClient, manager: httpx.AsyncClient, people: People
    ) -> None:
        answer = await outsider.get(f"/api/conversations/{conversation}/messages")
        assert answer.status_code == 404
        [one] = await refusals(manager)
        assert one["staff"] == {"id": people.outsider.id, "name": "Outsider"}
        assert (one["reason"], one["kind"], one["attempts"]) == ("not-visible", "conversation", 1)
        assert one["conversation"] == {"id": conversation, "code": f"HT-{conversation:06d}", "name": "Lan"}
        assert one["contact"]["name"] == "Lan"
        assert (one["route"], one["address"]) == ("GET /api/conversations/{conversation_id}/messages", "127.0.0.1")
        assert (one["permission"], one["at"]) == (None, one["last_at"])
        assert one["device"]

    async def test_each_kind_of_thing(
        self, oa: OA, conversation: int, outsider: httpx.AsyncClient, manager: httpx.AsyncClient, people: People
    ) -> None:
        contact = await oa.value("SELECT id FROM contact")
        message = await oa.value("SELECT id FROM message")
        media = await oa.value(_MEDIA)
        note = await oa.value(
            "INSERT INTO note (conversation_id, author_id, text, created_at)"
            " VALUES (:conversation, :owner, 'x', '2026-11-22 00:00Z') RETURNING id",
            conversation=conversation,
            owner=people.owner.id,
        )
        share = await oa.value(
            "INSERT INTO conversation_grant (conversation_id, staff_id, kind, granted_by, granted_at, until, note)"
            " VALUES (:conversation, :staff, 'share', :staff, '2026-11-22 00:00Z', '2099-01-01 00:00Z', '')"
            " RETURNING id",
            conversation=conversation,
            staff=people.owner.id,
        )
        for asked in (
            outsider.get(f"/api/contacts/{contact}"),
            outsider.post(f"/api/messages/{message}/resend"),
            outsider.get(f"/api/media/{media}"),
            outsider.delete(f"/api/notes/{note}"),
            outsider.delete(f"/api/shares/{share}"),
        ):
            answer = await asked
            assert answer.status_code == 404, answer.text
        found = await refusals(manager)
        assert {one["kind"] for one in found} == {"contact", "message", "media", "note", "share"}
        assert {one["contact"]["id"] for one in found} == {contact}
        assert {one["conversation"]["id"] for one in found if one["kind"] != "contact"} == {conversation}

    async def test_counted_for_five_minutes(
        self, conversation: int, outsider: httpx.AsyncClient, manager: httpx.AsyncClient, move_clock: MoveClock
    ) -> None:
        for path in ("", "/messages", "/messages"):
            await outsider.get(f"/api/conversations/{conversation}{path}")
        [one] = await refusals(manager)
        assert one["attempts"] == 3
        await move_clock(300)
        await outsider.get(f"/api/conversations/{conversation}")
        assert [one["attempts"] for one in await refusals(manager)] == [1, 3]

    async def test_of_what_is_not_there_nothing(
        self, conversation: int, outsider: httpx.AsyncClient, manager: httpx.AsyncClient
    ) -> None:
        """The caller hears the same."""
        there = await outsider.get(f"/api/conversations/{conversation}")
        for missing in (conversation + 1, 2**62, 2**70):
            answer = await outsider.get(f"/api/conversations/{missing}")
            assert (answer.status_code, answer.content) == (there.status_code, there.content)
            told = {name for name in there.headers if name not in ("x-request-id", "date")}
            assert told == {name for name in answer.headers if name not in ("x-request-id", "date")}
        assert [one["conversation"]["id"] for one in await refusals(manager)] == [conversation]

    async def test_what_is_seen_and_yet_not_found_was_not_refused(
        self, conversation: int, manager: httpx.AsyncClient, people: People, signed_in: SignIn, oa: OA
    ) -> None:
        owner = await signed_in(people.owner)
        contact = await oa.value("SELECT id FROM contact")
        assert (await owner.get(f"/api/contacts/{contact}")).status_code == 200
        answer = await owner.request("DELETE", f"/api/conversations/{conversation}/resolution")
        assert answer.status_code == 409
        media = await oa.value(_MEDIA)
        assert (await owner.get(f"/api/media/{media}")).status_code == 404
        assert await refusals(manager) == []


class TestNotPermitted:
    async def test_names_the_permission_that_is_lacking(
        self, conversation: int, people: People, signed_in: SignIn
    ) -> None:
        manager = await signed_in(people.manager)
        answer = await manager.get("/api/audit-log", headers={"accept-language": "vi"})
        assert answer.status_code == 403
        [one] = await refusals(manager)
        assert one["staff"]["name"] == "Manager"
        assert (one["reason"], one["kind"], one["permission"]) == ("not-permitted", "action", "audit_log:read")
        assert one["permission_text"] == "Xem nhật ký thao tác"
        assert (one["conversation"], one["contact"]) == (None, None)

    async def test_names_the_conversation_too(
        self, oa: OA, conversation: int, people: People, signed_in: SignIn
    ) -> None:
        owner, manager = await signed_in(people.owner), await signed_in(people.manager)
        path = f"/api/conversations/{conversation}/assignee"
        assert (await owner.put(path, json={"staff_id": people.teammate.id})).status_code == 403
        [one] = await refusals(manager)
        assert (one["reason"], one["conversation"]["id"]) == ("not-permitted", conversation)


class TestWhoMayRead:
    @pytest.mark.parametrize("name", ["owner", "lead"])
    async def test_not_those_who_serve(self, name: str, people: People, signed_in: SignIn) -> None:
        client = await signed_in(people.named(name))
        for path in ("access-log", "access-refusals", "audit-log", "audit-log/actions"):
            assert (await client.get(f"/api/{path}")).status_code == 403

    async def test_the_database_says_so_too(
        self, conversation: int, people: People, signed_in: SignIn, oa: OA, web_db: Database
    ) -> None:
        await (await signed_in(people.outsider)).get(f"/api/conversations/{conversation}")
        await (await signed_in(people.owner)).get(f"/api/conversations/{conversation}/messages")
        counts: dict[str, list[int]] = {}
        for person in (people.owner, people.lead, people.manager, people.admin):
            async with web_db.transaction(person.actor) as connection:
                counts[person.name] = [
                    (await connection.execute(text(f"SELECT count(*) FROM {table}"))).scalar_one()
                    for table in ("access_log", "access_refusal")
                ]
        assert counts == {"Owner": [0, 0], "Lead": [0, 0], "Manager": [1, 1], "Admin": [1, 1]}


class TestFilters:
    async def test_narrow_and_page(self, oa: OA, conversation: int, people: People, signed_in: SignIn) -> None:
        outsider, manager = await signed_in(people.outsider), await signed_in(people.manager)
        contact = await oa.value("SELECT id FROM contact")
        await outsider.get(f"/api/conversations/{conversation}")
        await outsider.get(f"/api/contacts/{contact}")
        await manager.get("/api/audit-log")
        all_of_them = await refusals(manager)
        assert len(all_of_them) == 3
        assert len(await refusals(manager, staff_id=people.outsider.id)) == 2
        assert [one["kind"] for one in await refusals(manager, conversation_id=conversation)] == ["conversation"]
        assert {one["kind"] for one in await refusals(manager, contact_id=contact)} == {"conversation", "contact"}
        assert await refusals(manager, until="2020-01-01T00:00:00Z") == []
        assert len(await refusals(manager, since="2020-01-01T00:00:00Z")) == 3
        first = (await manager.get("/api/access-refusals", params={"limit": 2})).json()
        rest = (await manager.get("/api/access-refusals", params={"limit": 2, "before": first["next"]})).json()
        assert [one["id"] for one in [*first["items"], *rest["items"]]] == [one["id"] for one in all_of_them]
        assert rest["next"] is None

    @pytest.mark.caller("manager")
    @pytest.mark.parametrize("query", ["before=x", "since=2026-01-01T00:00:00", "staff_id=0", "limit=0", "until=x"])
    async def test_that_are_none(self, client: httpx.AsyncClient, query: str) -> None:
        for path in ("access-log", "access-refusals"):
            assert (await client.get(f"/api/{path}?{query}")).status_code == 400


_MEDIA = """
    INSERT INTO media (conversation_id, message_id, position, state, type, has_thumbnail, attempts, created_at)
    SELECT conversation_id, id, 0, 'pending', 'image', false, 0, sent_at FROM message RETURNING id
"""
