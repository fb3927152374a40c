"""Groups of personal accounts are asked about as wholes, and only those that may be known."""

import json

import pytest

from sokhach.channels.connector import GROUP, Account
from sokhach.channels.zalo_personal.connector import ZaloPersonal
from sokhach.channels.zalo_personal.protocol import Groups
from tests.support.people import People
from tests.support.personal import OWN, PersonalDesk

ROOM = "4400000000000000001"


async def told(desk: PersonalDesk) -> bytes | None:
    account = Account(id=desk.account_id, channel="zalo_personal", external_id=OWN, name="Số của An")
    return await ZaloPersonal(desk.database, desk, desk.gate).fetch_profile(account, GROUP + ROOM)


async def mark(desk: PersonalDesk, people: People, *, group: bool) -> None:
    await desk.mark(people.owner.id, ROOM, group=group, name="Khách sỉ")
    await desk.gate.load(desk.account_id)


class TestFetchProfile:
    async def test_of_a_group_names_it_and_nothing_else(self, company_desk: PersonalDesk) -> None:
        company_desk.zalo.groups.add(ROOM)
        payload = await told(company_desk)
        assert payload is not None
        answer = json.loads(payload)
        assert (answer["kind"], answer["own"]) == ("groups", OWN)
        [asked] = company_desk.zalo.asked
        assert isinstance(asked, Groups)
        assert asked.ids == [ROOM]

    @pytest.mark.parametrize("marked", ["not at all", "as a person"])
    async def test_of_a_private_group_on_an_own_sim_zalo_is_not_even_asked(
        self, own_desk: PersonalDesk, people: People, marked: str
    ) -> None:
        if marked == "as a person":
            await mark(own_desk, people, group=False)
        assert await told(own_desk) is None
        assert own_desk.zalo.asked == []

    async def test_of_a_work_group_on_an_own_sim(self, own_desk: PersonalDesk, people: People) -> None:
        own_desk.zalo.groups.add(ROOM)
        await mark(own_desk, people, group=True)
        assert await told(own_desk) is not None
