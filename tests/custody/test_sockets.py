"""Open browsers lose and gain sight within a second."""

import time
from datetime import timedelta

from sokhach.core import clock
from sokhach.core.realtime.sequencer import Sequencer
from sokhach.custody import expiry
from tests.conftest import MoveClock, SignIn
from tests.core.walls.office import Office
from tests.support.lines import Line, OpenLine, drain, kinds

HIDDEN, CHANGED = "conversation.hidden", "conversation.changed"


async def soon(line: Line, kind: str, conversation: int, started: float) -> None:
    await line.hears(kind, conversation, 5)
    assert time.monotonic() - started < 1


class TestSight:
    async def test_a_customer_who_moves_leaves_one_screen_and_comes_to_another(
        self, office: Office, signed_in: SignIn, lines: OpenLine, sequencer: Sequencer
    ) -> None:
        people = office.people
        conversation = await office.conversation("of-owner")
        await drain(sequencer)
        loses, gains, never = [await lines(one) for one in (people.owner, people.teammate, people.outsider)]
        manager = await signed_in(people.manager)
        body = {"staff_id": people.teammate.id, "note": ""}
        started = time.monotonic()
        answer = await manager.put(f"/api/conversations/{conversation}/custodian", json=body)
        assert answer.status_code == 204
        await sequencer.step()
        await soon(loses, HIDDEN, conversation, started)
        await soon(gains, CHANGED, conversation, started)
        assert CHANGED not in kinds(loses.heard(), conversation), "of what it no longer sees it hears no more"
        assert HIDDEN not in kinds(gains.heard(), conversation)
        assert kinds(never.heard(), conversation) == []

    async def test_what_is_claimed_leaves_the_pool(
        self, office: Office, signed_in: SignIn, lines: OpenLine, sequencer: Sequencer
    ) -> None:
        people = office.people
        conversation = await office.conversation("of-nobody")
        await drain(sequencer)
        other, mine, management = [await lines(one) for one in (people.outsider, people.owner, people.manager)]
        owner = await signed_in(people.owner)
        started = time.monotonic()
        assert (await owner.post(f"/api/conversations/{conversation}/claim")).status_code == 204
        await sequencer.step()
        await soon(other, HIDDEN, conversation, started)
        await soon(mine, CHANGED, conversation, started)
        await soon(management, CHANGED, conversation, started)
        assert HIDDEN not in kinds(mine.heard(), conversation) + kinds(management.heard(), conversation)

    async def test_a_share_shows_it_and_its_end_hides_it(
        self, office: Office, signed_in: SignIn, lines: OpenLine, sequencer: Sequencer, move_clock: MoveClock
    ) -> None:
        people = office.people
        conversation = await office.conversation("of-owner")
        await drain(sequencer)
        line = await lines(people.outsider)
        owner = await signed_in(people.owner)
        until = (clock.now() + timedelta(minutes=5)).isoformat()
        body = {"staff_id": people.outsider.id, "until": until, "note": ""}
        started = time.monotonic()
        assert (await owner.post(f"/api/conversations/{conversation}/shares", json=body)).status_code == 201
        await sequencer.step()
        await soon(line, CHANGED, conversation, started)
        assert HIDDEN not in kinds(line.heard(), conversation)
        await move_clock(301)
        started = time.monotonic()
        assert await expiry.end_due(office.oa.database) == 1
        await sequencer.step()
        await soon(line, HIDDEN, conversation, started)

    async def test_a_mention_shows_it_and_taking_the_note_back_hides_it(
        self, office: Office, signed_in: SignIn, lines: OpenLine, sequencer: Sequencer
    ) -> None:
        people = office.people
        conversation = await office.conversation("of-owner")
        await drain(sequencer)
        line = await lines(people.outsider)
        owner = await signed_in(people.owner)
        started = time.monotonic()
        body = {"text": "Em xem giúp chị", "mention_ids": [people.outsider.id]}
        note = (await owner.post(f"/api/conversations/{conversation}/notes", json=body)).json()
        await sequencer.step()
        await soon(line, CHANGED, conversation, started)
        await soon(line, "note.added", conversation, started)
        started = time.monotonic()
        assert (await owner.delete(f"/api/notes/{note['id']}")).status_code == 204
        await sequencer.step()
        await soon(line, HIDDEN, conversation, started)

    async def test_another_pool_has_sockets_come_back(
        self, office: Office, signed_in: SignIn, lines: OpenLine, sequencer: Sequencer
    ) -> None:
        await drain(sequencer)
        line, management = await lines(office.people.outsider), await lines(office.people.manager)
        admin = await signed_in(office.people.admin)
        started = time.monotonic()
        body = {"pool": "team", "team_id": office.people.team_id}
        await admin.put(f"/api/channel-accounts/{office.oa.account_id}/pool", json=body)
        await sequencer.step()
        await line.closed.wait()
        assert line.code == 4402
        assert time.monotonic() - started < 1
        assert not management.closed.is_set(), "who sees everything sees what they saw"
