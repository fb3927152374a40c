"""Claiming from the pool: the first one gets the customer."""

import asyncio

from sqlalchemy import text

from tests.conftest import MoveClock, SignIn
from tests.core.walls.office import Office
from tests.custody.test_transfer import custodian_of


class TestClaim:
    async def test_of_two_who_claim_at_once_one_wins(self, office: Office, signed_in: SignIn) -> None:
        conversation = await office.conversation("of-nobody")
        first, second = await signed_in(office.people.owner), await signed_in(office.people.outsider)
        answers = await asyncio.gather(
            *(one.post(f"/api/conversations/{conversation}/claim") for one in (first, second))
        )
        assert sorted(answer.status_code for answer in answers) == [204, 409]
        [refused] = [answer.json() for answer in answers if answer.status_code == 409]
        assert refused["type"] == "urn:sokhach:problem:already-claimed"
        assert refused["who"] == "Một đồng nghiệp", "who lost sees it no more, so not whose it is either"
        winner = office.people.owner if answers[0].status_code == 204 else office.people.outsider
        assert await custodian_of(office, "of-nobody") == winner.id
        [entry] = await office.oa.rows("SELECT * FROM custody_change WHERE kind = 'claim'")
        assert (entry["from_id"], entry["to_id"], entry["by_id"]) == (None, winner.id, winner.id)

    async def test_in_the_database_the_second_waits_for_the_first(self, office: Office) -> None:
        """Over two connections, the second asks while the first has not committed."""
        conversation = await office.conversation("of-nobody")
        claim = text("SELECT claim_conversation(:id, now()) ->> 'outcome'")

        async def late() -> str:
            async with office.web.transaction(office.people.outsider.actor) as connection:
                return (await connection.execute(claim, {"id": conversation})).scalar_one()

        async with office.web.transaction(office.people.owner.actor) as connection:
            assert (await connection.execute(claim, {"id": conversation})).scalar_one() == "done"
            waiting = asyncio.create_task(late())
            await asyncio.sleep(0.3)
            assert not waiting.done()
        assert await waiting == "already-claimed"
        assert await custodian_of(office, "of-nobody") == office.people.owner.id

    async def test_who_comes_a_moment_late_is_told_so(
        self, office: Office, signed_in: SignIn, move_clock: MoveClock
    ) -> None:
        conversation = await office.conversation("of-nobody")
        first, second = await signed_in(office.people.owner), await signed_in(office.people.outsider)
        manager = await signed_in(office.people.manager)
        assert (await first.post(f"/api/conversations/{conversation}/claim")).status_code == 204
        assert (await first.post(f"/api/conversations/{conversation}/claim")).status_code == 204, "it is theirs"
        assert (await second.post(f"/api/conversations/{conversation}/claim")).status_code == 409
        told = await manager.post(f"/api/conversations/{conversation}/claim")
        assert (told.status_code, told.json()["who"]) == (409, "Owner"), "whoever sees it is told whose it is"
        await move_clock(120)
        assert (await second.post(f"/api/conversations/{conversation}/claim")).status_code == 404

    async def test_what_is_not_in_the_pool_cannot_be_claimed(self, office: Office, signed_in: SignIn) -> None:
        cases = {
            ("owner", "of-outsider"): 404,
            ("owner", "of-nobody-done-by-teammate"): 404,
            ("owner", "of-outsider-done-by-owner"): 409,
            ("lead", "of-nobody-done-by-teammate"): 409,
            ("teammate", "of-nobody-done-by-teammate"): 204,
        }
        for (name, customer), status in cases.items():
            client = await signed_in(office.people.named(name))
            answer = await client.post(f"/api/conversations/{await office.conversation(customer)}/claim")
            assert answer.status_code == status, (name, customer, answer.text)

    async def test_pools_of_a_team_and_of_nobody(self, office: Office, signed_in: SignIn) -> None:
        conversation = await office.conversation("of-nobody")
        admin = await signed_in(office.people.admin)
        url = f"/api/channel-accounts/{office.oa.account_id}/pool"
        team = {"pool": "team", "team_id": office.people.team_id}
        changed = await admin.put(url, json=team)
        assert changed.status_code == 200, changed.text
        assert changed.json()["pool"] == "team"
        assert changed.json()["pool_team"] == {"id": office.people.team_id, "name": "Nhóm A"}
        outsider = await signed_in(office.people.outsider)
        assert (await outsider.post(f"/api/conversations/{conversation}/claim")).status_code == 404
        assert (await admin.put(url, json={"pool": "nobody"})).json()["pool_team"] is None
        owner = await signed_in(office.people.owner)
        assert (await owner.post(f"/api/conversations/{conversation}/claim")).status_code == 404
        manager = await signed_in(office.people.manager)
        assert (await manager.post(f"/api/conversations/{conversation}/claim")).status_code == 204
        audited = await office.oa.rows("SELECT before, after FROM audit_log WHERE action = 'channel_account:set_pool'")
        assert audited[0] == {"before": {"pool": "everybody", "team_id": None}, "after": team}
        assert len(audited) == 2

    async def test_a_mention_gives_no_right_to_claim(self, office: Office, signed_in: SignIn) -> None:
        conversation = await office.conversation("of-nobody")
        admin = await signed_in(office.people.admin)
        await admin.put(f"/api/channel-accounts/{office.oa.account_id}/pool", json={"pool": "nobody"})
        manager, owner = await signed_in(office.people.manager), await signed_in(office.people.owner)
        note = {"text": "Chị xem giúp", "mention_ids": [office.people.owner.id]}
        assert (await manager.post(f"/api/conversations/{conversation}/notes", json=note)).status_code == 201
        assert (await owner.get(f"/api/conversations/{conversation}")).status_code == 200
        assert (await owner.post(f"/api/conversations/{conversation}/claim")).status_code == 403


class TestPool:
    async def test_what_is_wrong_with_it(self, office: Office, signed_in: SignIn) -> None:
        admin = await signed_in(office.people.admin)
        url = f"/api/channel-accounts/{office.oa.account_id}/pool"
        for body in ({"pool": "team"}, {"pool": "everybody", "team_id": office.people.team_id},
                     {"pool": "team", "team_id": 10**9}, {"pool": "some"}):  # fmt: skip
            assert (await admin.put(url, json=body)).status_code == 400, body
        assert (await admin.put("/api/channel-accounts/999999/pool", json={"pool": "nobody"})).status_code == 404
        manager = await signed_in(office.people.manager)
        assert (await manager.put(url, json={"pool": "nobody"})).status_code == 403

    async def test_a_team_that_is_a_pool_is_not_deleted(self, office: Office, signed_in: SignIn) -> None:
        admin = await signed_in(office.people.admin)
        teams = (await admin.post("/api/teams", json={"kind": "team", "name": "Nhóm C"})).json()["items"]
        [team] = [one["id"] for one in teams if one["name"] == "Nhóm C"]
        url = f"/api/channel-accounts/{office.oa.account_id}/pool"
        assert (await admin.put(url, json={"pool": "team", "team_id": team})).status_code == 200
        assert (await admin.delete(f"/api/teams/{team}")).status_code == 409
        await admin.put(url, json={"pool": "everybody"})
        assert (await admin.delete(f"/api/teams/{team}")).is_success
