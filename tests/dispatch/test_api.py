from datetime import timedelta
from uuid import uuid4, uuid5

import httpx
import pytest
from litestar import Litestar

from sokhach.channels import template_sync
from sokhach.core import clock
from sokhach.dispatch import reactions
from tests.conftest import SignIn
from tests.support.people import People
from tests.support.zalo import Desk


async def post(client: httpx.AsyncClient, desk: Desk, words: str, client_id: str | None = None) -> httpx.Response:
    return await client.post(
        f"/api/conversations/{desk.conversation_id}/messages",
        json={"client_id": client_id or str(uuid4()), "text": words},
    )


class TestSendMessage:
    async def test_answers_with_the_message_and_its_words(self, desk: Desk, client: httpx.AsyncClient) -> None:
        client_id = str(uuid4())
        answer = await post(client, desk, "Dạ còn ạ", client_id)
        assert answer.status_code == 201, answer.text
        [message] = answer.json()["items"]
        assert message["text"] == "Dạ còn ạ"
        assert message["client_id"] == client_id
        assert message["author"]["kind"] == "staff"
        assert message["delivery"]["state"] == "queued"
        await desk.work()
        assert desk.phone() == ["Dạ còn ạ"]

    async def test_the_same_client_id_is_the_same_message(self, desk: Desk, client: httpx.AsyncClient) -> None:
        client_id = str(uuid4())
        first = await post(client, desk, "Dạ", client_id)
        again = await post(client, desk, "Dạ", client_id)
        assert again.status_code == 200
        assert again.json()["items"][0]["id"] == first.json()["items"][0]["id"]

    async def test_says_in_words_why_not(self, desk: Desk, client: httpx.AsyncClient) -> None:
        answer = await post(client, desk, "\u200b\u200d")
        assert answer.status_code == 400
        assert answer.json()["errors"][0]["path"] == "text"
        await desk.execute("UPDATE conversation SET last_inbound_at = :at", at=clock.now() - timedelta(days=8))
        assert (await post(client, desk, "Dạ")).json()["type"] == "urn:sokhach:problem:reply-window-closed"

    @pytest.mark.parametrize(
        "body",
        [
            b'{"client_id":"no uuid","text":"D"}',
            b'{"text":"D"}',
            b'{"client_id":"0b0e7cf1-6c1c-4f0e-9d0a-000000000000","text":"\\ud800"}',
            b'{"client_id":"0b0e7cf1-6c1c-4f0e-9d0a-000000000000","text":"\\u0000"}',
            b'{"client_id":"0b0e7cf1-6c1c-4f0e-9d0a-000000000000","text":""}',
            b'{"client_id":"0b0e7cf1-6c1c-4f0e-9d0a-000000000000","text":5}',
            b"{",
        ],
    )
    async def test_refuses_what_it_cannot_read(self, desk: Desk, client: httpx.AsyncClient, body: bytes) -> None:
        answer = await client.post(
            f"/api/conversations/{desk.conversation_id}/messages",
            content=body,
            headers={"content-type": "application/json"},
        )
        assert answer.status_code == 400, answer.text

    @pytest.mark.caller("outsider")
    async def test_what_one_does_not_see_is_not_there(
        self, desk: Desk, client: httpx.AsyncClient, people: People
    ) -> None:
        await desk.execute("UPDATE contact SET custodian_id = :id", id=people.owner.id)
        assert (await post(client, desk, "Dạ")).status_code == 404
        missing = await client.post(
            "/api/conversations/999999/messages", json={"client_id": str(uuid4()), "text": "Dạ"}
        )
        assert missing.status_code == 404

    async def test_strangers_are_turned_away(self, desk: Desk, app: Litestar, signed_in: SignIn) -> None:
        assert (await post(await signed_in(None), desk, "Dạ")).status_code == 401


class TestAfterwards:
    async def test_a_failed_message_says_why_and_can_be_sent_again(self, desk: Desk, client: httpx.AsyncClient) -> None:
        desk.fault("api_error", error=-248, message="no", count=1)
        [message] = (await post(client, desk, "Dạ")).json()["items"]
        refused = await client.post(f"/api/messages/{message['id']}/resend")
        assert refused.status_code == 409
        await desk.work()
        page = (await client.get(f"/api/conversations/{desk.conversation_id}/messages")).json()
        shown = page["items"][-1]["delivery"]
        assert (shown["state"], shown["can_retry"]) == ("failed", True)
        assert shown["reason"]
        answer = await client.post(f"/api/messages/{message['id']}/resend")
        assert answer.status_code == 201, answer.text
        assert answer.json()["delivery"]["state"] == "queued"
        await desk.work()
        assert desk.phone() == ["Dạ"]

    @pytest.mark.parametrize(("outcome", "state"), [("sent", "sent"), ("not_sent", "failed")])
    async def test_a_person_settles_what_is_uncertain(
        self, desk: Desk, client: httpx.AsyncClient, outcome: str, state: str
    ) -> None:
        desk.fault("api_status", status=503, count=1)
        [message] = (await post(client, desk, "Dạ")).json()["items"]
        await desk.work()
        answer = await client.post(f"/api/messages/{message['id']}/settlement", json={"outcome": outcome})
        assert answer.status_code == 200, answer.text
        assert answer.json()["delivery"]["state"] == state
        again = await client.post(f"/api/messages/{message['id']}/settlement", json={"outcome": outcome})
        assert again.status_code == 409


class TestOtherKinds:
    async def test_a_long_text_is_several_messages_and_the_same_again(
        self, desk: Desk, client: httpx.AsyncClient
    ) -> None:
        client_id = uuid4()
        words = " ".join(["xin chào"] * 500)
        first = (await post(client, desk, words, str(client_id))).json()["items"]
        assert len(first) > 1
        ids = [str(client_id), *(str(uuid5(client_id, str(n))) for n in range(1, len(first)))]
        assert [one["client_id"] for one in first] == ids
        again = await post(client, desk, words, str(client_id))
        assert again.status_code == 200
        assert [one["id"] for one in again.json()["items"]] == [one["id"] for one in first]

    @pytest.mark.parametrize(
        ("body", "path"),
        [
            ({}, "text"),
            ({"text": "", "quote_message_id": 1}, "text"),
            ({"text": "Dạ", "sticker_id": "1"}, "sticker_id"),
            ({"sticker_id": "\u200b"}, "sticker_id"),
            ({"text": "Dạ", "media_ids": [1, 1]}, "media_ids"),
            (
                {"text": "Dạ", "buttons": [{"title": "x", "type": "oa.open.url", "payload": "javascript:x"}]},
                "buttons.0",
            ),
            ({"text": "Dạ", "buttons": [{"title": "x", "type": "oa.open.phone", "payload": "gọi"}]}, "buttons.0"),
            ({"text": "Dạ", "buttons": [{"title": "x", "type": "oa.query.show", "payload": "y"}] * 6}, "buttons"),
            ({"request_info": {"title": "a" * 101, "subtitle": "b"}}, "request_info.title"),
        ],
    )
    async def test_says_what_is_wrong_before_anything_is_queued(
        self, desk: Desk, client: httpx.AsyncClient, body: dict[str, object], path: str
    ) -> None:
        answer = await client.post(
            f"/api/conversations/{desk.conversation_id}/messages", json={"client_id": str(uuid4())} | body
        )
        assert answer.status_code == 400, answer.text
        assert answer.json()["errors"][0]["path"].startswith(path)
        assert await desk.in_outbox() == []

    @pytest.mark.parametrize(
        ("body", "problem"),
        [
            ({"text": "Dạ", "quote_message_id": 999}, "quote-not-possible"),
            ({"media_ids": [999]}, "upload-gone"),
            ({"template": {"template_id": "1", "data": {}, "via": "uid"}}, "template-not-usable"),
        ],
    )
    async def test_says_what_is_not_there(
        self, desk: Desk, client: httpx.AsyncClient, body: dict[str, object], problem: str
    ) -> None:
        answer = await client.post(
            f"/api/conversations/{desk.conversation_id}/messages", json={"client_id": str(uuid4())} | body
        )
        assert answer.status_code == 409, answer.text
        assert answer.json()["type"] == f"urn:sokhach:problem:{problem}"

    async def test_templates_that_fit_the_customer(self, desk: Desk, client: httpx.AsyncClient) -> None:
        path = f"/api/conversations/{desk.conversation_id}/templates"
        assert (await client.get(path)).json() == {"items": [], "synced_at": None}
        assert (await client.post(f"{path}/sync")).status_code == 202
        desk.zalo.order(f"/oas/{desk.oa_id}/zns/samples")
        while await template_sync.step(desk.database, {"zalo_oa": desk.connector}):
            pass
        found = (await client.get(path)).json()
        assert found["synced_at"]
        assert found["items"]
        assert all(one["via"] == ["uid"] and one["status"] == "ENABLE" for one in found["items"])
        assert all(one["price_dong"] and one["price_phone_dong"] is None for one in found["items"])
        wanted = next(one for one in found["items"] if any(param["required"] for param in one["params"]))
        answer = await client.post(
            f"/api/conversations/{desk.conversation_id}/messages",
            json={
                "client_id": str(uuid4()),
                "template": {"template_id": wanted["template_id"], "data": {}, "via": "uid"},
            },
        )
        assert answer.status_code == 400
        assert answer.json()["errors"][0]["path"].startswith("template.data.")

    async def test_reactions(self, desk: Desk, client: httpx.AsyncClient) -> None:
        message = await desk.value("SELECT id FROM message WHERE direction = 'in'")
        path = f"/api/messages/{message}/reactions"
        assert (await client.post(path, json={"icon": "x"})).status_code == 400
        assert (await client.post(path, json={"icon": "/-heart"})).status_code == 200
        await reactions.step(desk.database, {"zalo_oa": desk.connector})
        page = (await client.get(f"/api/conversations/{desk.conversation_id}/messages")).json()
        assert page["items"][0]["reactions"][0]["icon"] == "/-heart"
        assert page["items"][0]["reactions"][0]["mine"]
        assert (await client.delete(path)).status_code == 200
