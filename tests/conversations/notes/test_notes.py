"""Notes: for whoever sees the thread, never for anybody else, and reading them is written down."""

import httpx
from sqlalchemy import text

from tests.conftest import SignIn
from tests.core.walls.office import Office

CANARY = "Khách hay mặc cả, canary-7291"


async def write(
    client: httpx.AsyncClient, conversation: int, words: str = CANARY, mentions: tuple[int, ...] = ()
) -> httpx.Response:
    body = {"text": words, "mention_ids": list(mentions)}
    return await client.post(f"/api/conversations/{conversation}/notes", json=body)


class TestNotes:
    async def test_are_seen_by_whoever_sees_the_thread(self, office: Office, signed_in: SignIn) -> None:
        conversation = await office.conversation("of-outsider-done-by-owner")
        outsider = await signed_in(office.people.outsider)
        made = await write(outsider, conversation)
        assert made.status_code == 201, made.text
        assert made.json() | {"id": 0, "created_at": ""} == {
            "id": 0,
            "author": {"id": office.people.outsider.id, "name": "Outsider"},
            "text": CANARY,
            "mentions": [],
            "created_at": "",
            "edited_at": None,
            "deleted": False,
        }
        seen_by = {"outsider": True, "owner": True, "lead": True, "manager": True, "teammate": False}
        for name, sees in seen_by.items():
            client = await signed_in(office.people.named(name))
            answer = await client.get(f"/api/conversations/{conversation}/notes")
            assert answer.status_code == (200 if sees else 404), name
            assert (CANARY in answer.text) is sees, name

    async def test_raw_sql_shows_outsiders_nothing(self, office: Office, signed_in: SignIn) -> None:
        conversation = await office.conversation("of-outsider")
        made = (await write(await signed_in(office.people.outsider), conversation)).json()["id"]
        for person, rows in ((office.people.teammate, 0), (office.people.outsider, 1)):
            async with office.web.transaction(person.actor) as connection:
                for statement in ("SELECT id FROM note WHERE id = :id", "SELECT * FROM read_notes(ARRAY[:id], now())"):
                    found = (await connection.execute(text(statement.replace(":id", str(made))))).all()
                    assert len(found) == rows, (person.name, statement)

    async def test_reading_is_written_down_once(self, office: Office, signed_in: SignIn) -> None:
        conversation = await office.conversation("of-owner")
        await write(await signed_in(office.people.owner), conversation)
        lead = await signed_in(office.people.lead)
        for _ in range(2):
            await lead.get(f"/api/conversations/{conversation}/notes")
        read = await office.oa.rows(
            "SELECT road, host(address) AS address FROM access_log WHERE staff_id = :lead AND conversation_id = :id",
            lead=office.people.lead.id,
            id=conversation,
        )
        assert read == [{"road": "note", "address": "127.0.0.1"}]

    async def test_a_mention_lets_a_colleague_see_the_thread_and_no_more(
        self, office: Office, signed_in: SignIn
    ) -> None:
        conversation = await office.conversation("of-owner")
        owner, outsider = await signed_in(office.people.owner), await signed_in(office.people.outsider)
        assert (await outsider.get(f"/api/conversations/{conversation}")).status_code == 404
        made = (await write(owner, conversation, "Em xem giúp", (office.people.outsider.id,))).json()
        assert made["mentions"] == [{"id": office.people.outsider.id, "name": "Outsider"}]
        seen = (await outsider.get(f"/api/conversations/{conversation}")).json()
        assert seen["access"] == "mention"
        listed = (await outsider.get("/api/conversations", params={"view": "all"})).json()["items"]
        assert conversation in [row["id"] for row in listed]
        contact = (await outsider.get(f"/api/contacts/{seen['contact']['id']}")).json()
        assert (contact["level"], contact["phones"], contact["identities"]) == ("mention", [], [])
        assert (await outsider.get(f"/api/conversations/{conversation}/notes")).json()["items"] != []

    async def test_a_mention_is_of_active_staff(self, office: Office, signed_in: SignIn) -> None:
        conversation = await office.conversation("of-owner")
        async with office.oa.database.transaction() as connection:
            await connection.execute(
                text("UPDATE staff SET suspended_at = created_at WHERE id = :id"), {"id": office.people.outsider.id}
            )
        owner = await signed_in(office.people.owner)
        for stranger in (office.people.outsider.id, 10**9):
            refused = await write(owner, conversation, mentions=(stranger,))
            assert refused.status_code == 400
            assert refused.json()["errors"][0]["path"] == "mention_ids"

    async def test_a_mention_of_the_custodian_does_not_outlast_their_custody(
        self, office: Office, signed_in: SignIn
    ) -> None:
        conversation = await office.conversation("of-owner")
        manager, owner = await signed_in(office.people.manager), await signed_in(office.people.owner)
        await write(manager, conversation, "Em gọi lại nhé", (office.people.owner.id,))
        body = {"staff_id": office.people.outsider.id, "note": ""}
        await manager.put(f"/api/conversations/{conversation}/custodian", json=body)
        assert (await owner.get(f"/api/conversations/{conversation}")).status_code == 404

    async def test_who_only_looks_in_calls_nobody_else_in(self, office: Office, signed_in: SignIn) -> None:
        """One mention must not become a chain of them; answering who mentioned you is fine."""
        conversation = await office.conversation("of-owner")
        owner, outsider = await signed_in(office.people.owner), await signed_in(office.people.outsider)
        await write(owner, conversation, "Em xem giúp", (office.people.outsider.id,))
        refused = await write(outsider, conversation, "Chị ơi", (office.people.teammate.id,))
        assert (refused.status_code, refused.json()["type"]) == (403, "urn:sokhach:problem:mention-not-permitted")
        assert (await write(outsider, conversation, "Dạ vâng", (office.people.owner.id,))).status_code == 201
        pool = await office.conversation("of-nobody")
        assert (await write(outsider, pool, "Ai nhận giúp?", (office.people.teammate.id,))).status_code == 403
        assert (await write(outsider, pool, "Ai nhận giúp?")).status_code == 201

    async def test_are_taken_back_by_their_author(self, office: Office, signed_in: SignIn) -> None:
        people = office.people
        conversation = await office.conversation("of-owner")
        clients = {name: await signed_in(people.named(name)) for name in ("owner", "lead", "teammate", "outsider")}
        note = (await write(clients["owner"], conversation, mentions=(people.outsider.id,))).json()["id"]
        assert (await clients["lead"].delete(f"/api/notes/{note}")).status_code == 403
        assert (await clients["teammate"].delete(f"/api/notes/{note}")).status_code == 404
        assert (await clients["owner"].delete(f"/api/notes/{note}")).status_code == 204
        assert (await clients["owner"].delete(f"/api/notes/{note}")).status_code == 204
        listed = (await clients["lead"].get(f"/api/conversations/{conversation}/notes")).json()["items"]
        [mine] = [item for item in listed if item["id"] == note]
        assert (mine["deleted"], mine["text"]) == (True, "")
        assert (await clients["outsider"].get(f"/api/conversations/{conversation}")).status_code == 404
        async with office.oa.database.transaction() as connection:
            await connection.execute(text("UPDATE staff SET role = 'auditor' WHERE id = :id"), {"id": people.lead.id})
        audited = (await clients["lead"].get(f"/api/conversations/{conversation}/notes")).json()["items"]
        [kept] = [item for item in audited if item["id"] == note]
        assert (kept["deleted"], kept["text"]) == (True, CANARY), "auditors read what it said"
        assert (await write(clients["lead"], conversation)).status_code == 403

    async def test_a_mention_in_another_note_stays(self, office: Office, signed_in: SignIn) -> None:
        conversation = await office.conversation("of-owner")
        owner, outsider = await signed_in(office.people.owner), await signed_in(office.people.outsider)
        notes = [(await write(owner, conversation, mentions=(office.people.outsider.id,))).json() for _ in range(2)]
        await owner.delete(f"/api/notes/{notes[0]['id']}")
        assert (await outsider.get(f"/api/conversations/{conversation}")).status_code == 200
        await owner.delete(f"/api/notes/{notes[1]['id']}")
        assert (await outsider.get(f"/api/conversations/{conversation}")).status_code == 404

    async def test_pages_go_back_in_time(self, office: Office, signed_in: SignIn) -> None:
        conversation = await office.conversation("of-owner")
        owner = await signed_in(office.people.owner)
        for number in range(5):
            await write(owner, conversation, f"Ghi chú {number}")
        url = f"/api/conversations/{conversation}/notes"
        newest = (await owner.get(url, params={"limit": 3})).json()
        assert [item["text"] for item in newest["items"]] == ["Ghi chú 2", "Ghi chú 3", "Ghi chú 4"]
        older = (await owner.get(url, params={"limit": 3, "before": newest["next"]})).json()
        assert [item["text"] for item in older["items"]] == ["Khách quen", "Ghi chú 0", "Ghi chú 1"]
        assert older["next"] is None
        assert (await owner.get(url, params={"before": "x"})).status_code == 400

    async def test_what_is_wrong_with_them(self, office: Office, signed_in: SignIn) -> None:
        conversation = await office.conversation("of-owner")
        owner = await signed_in(office.people.owner)
        for words in ("  ", "a\0b", "x" * 4001):
            assert (await write(owner, conversation, words)).status_code == 400
        assert (await write(owner, 10**9)).status_code == 404
        assert (await write(owner, 2**60)).status_code == 404
