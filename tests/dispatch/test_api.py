from datetime import timedelta
from uuid import uuid4

import httpx
import pytest
from litestar import Litestar

from sokhach.core import clock
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
