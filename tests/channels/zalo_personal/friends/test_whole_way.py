"""With a worker, the sidecar that is shipped and simulated Zalo Web: what staff answer reaches who asked."""

from collections.abc import Awaitable, Callable
from datetime import timedelta

import pytest

from sokhach.channels.zalo_personal.friends import listing
from tests.conftest import SignIn
from tests.support.people import People
from tests.support.personal_office import Office, until_true, working

pytestmark = [pytest.mark.long, pytest.mark.timeout(300)]


async def test_requests_are_accepted_declined_and_taken_back(
    office: Office,
    people: People,
    signed_in: SignIn,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    client = await signed_in(people.owner)
    anna, binh, chi, dung = [await office.web.user(name) for name in ("Anna", "Bình", "Chi", "Dung")]
    monkeypatch.setattr(listing, "YOUNG", timedelta(seconds=1))
    await office.web.order("POST", "requests", from_uid=dung, to_uid=office.own, message="Em nhắn từ hôm qua")
    async with working(office.settings, monkeypatch):
        account = await office.sign_in(people.owner.id)
        path = f"/api/personal-accounts/{account}/friend-requests"

        async def states() -> dict[str, str]:
            return {one["person"]: one["state"] for one in (await client.get(path)).json()["items"]}

        def stands(wanted: dict[str, str]) -> Callable[[], Awaitable[bool]]:
            async def check() -> bool:
                return await states() == wanted

            return check

        async def event(name: str, person: str) -> bool:
            found = await office.rows(
                "SELECT 1 FROM channel_event WHERE account_id = :id AND name = :name AND person = :person",
                id=account,
                name=name,
                person=person,
            )
            return bool(found)

        # Nobody was connected when it came: no event tells of it.
        await until_true(stands({dung: "open"}))
        for person in (anna, binh):
            await office.web.order("POST", "requests", from_uid=person, to_uid=office.own, message="Em hỏi giá")
        asked = await client.post(
            f"/api/personal-accounts/{account}/calls",
            json={"op": "friend_request", "arguments": {"uid": chi, "text": "Em chào chị"}},
        )
        assert asked.status_code == 201, asked.text
        await until_true(stands({anna: "open", binh: "open", chi: "open", dung: "open"}))

        for person, verb in ((anna, "accept"), (binh, "reject"), (chi, "undo"), (dung, "accept")):
            answer = await client.post(f"{path}/{person}/answer", json={"answer": verb})
            assert (answer.status_code, answer.json()["state"]) == (200, "asked"), answer.text
        over = {anna: "accepted", binh: "declined", chi: "withdrawn", dung: "accepted"}
        await until_true(stands(over))

        for person, name in (
            (anna, "friend_added"),
            (binh, "friend_rejected_out"),
            (chi, "friend_withdrawn_out"),
        ):
            await until_true(lambda name=name, person=person: event(name, person))

        async def is_friend() -> bool:
            return bool(
                await office.rows(
                    "SELECT 1 FROM personal_friend WHERE account_id = :id AND external_id = :person",
                    id=account,
                    person=anna,
                )
            )

        await until_true(is_friend)
        assert await states() == over
    truth = await office.web.state(office.own)
    assert all(person in str(truth["friends"]) for person in (anna, dung))
    assert binh not in str(truth["friends"])
    assert truth["requests"] == {"sent": [], "received": []}
