"""Words leave the database by one door, which writes down who read."""

from datetime import timedelta

import pytest
from sqlalchemy import text

from sokhach.core import clock
from tests.core.walls.office import Office


class TestReading:
    async def test_gives_words_and_writes_down_who_read(self, office: Office) -> None:
        ids = await office.messages("of-owner")
        words = await office.read(office.people.owner, ids)
        assert words[ids[0]] == "Chào shop, of-owner"
        assert set(words) == set(ids)
        assert await office.reads() == [(office.people.owner.id, await office.conversation("of-owner"))]

    async def test_once_in_five_minutes_for_each_reader_and_conversation(self, office: Office) -> None:
        owner, lead = office.people.owner, office.people.lead
        ours, theirs = await office.messages("of-owner"), await office.messages("of-nobody")
        # The periods begin at whole five minutes.
        for seconds in (0, 1, 299):
            await office.read(owner, ours[:1], seconds)
        await office.read(owner, ours, 300)
        await office.read(lead, ours, 10)
        await office.read(owner, [*ours, *theirs], 20)
        first, second = await office.conversation("of-owner"), await office.conversation("of-nobody")
        assert sorted(await office.reads()) == sorted(
            [(owner.id, first), (owner.id, first), (lead.id, first), (owner.id, second)]
        )

    async def test_an_outsider_gets_nothing_and_leaves_no_trace(self, office: Office) -> None:
        ids = await office.messages("of-owner")
        outsider = office.people.outsider
        assert await office.read(outsider, ids) == {}
        async with office.web.transaction(outsider.actor) as connection:
            rows = await connection.execute(text("SELECT * FROM preview_messages(:ids)"), {"ids": ids})
            assert rows.all() == []
        assert await office.reads() == []

    async def test_only_what_may_be_read_is_read_of_a_mixed_lot(self, office: Office) -> None:
        ours, theirs = await office.messages("of-owner"), await office.messages("of-outsider")
        assert set(await office.read(office.people.owner, [*theirs, *ours])) == set(ours)
        assert await office.reads() == [(office.people.owner.id, await office.conversation("of-owner"))]

    async def test_a_preview_is_no_reading(self, office: Office) -> None:
        ids = await office.messages("of-owner")
        async with office.web.transaction(office.people.owner.actor) as connection:
            rows = await connection.execute(text("SELECT id, preview FROM preview_messages(:ids)"), {"ids": ids})
            assert {row.id: row.preview for row in rows}[ids[0]] == "Chào shop, of-owner"
        assert await office.reads() == []

    async def test_what_is_rolled_back_is_neither_delivered_nor_written_down(self, office: Office) -> None:
        """The words leave with the commit, so the reader is written down whenever they do."""
        ids = await office.messages("of-owner")
        with pytest.raises(ZeroDivisionError):
            async with office.web.transaction(office.people.owner.actor) as connection:
                await connection.execute(
                    text("SELECT * FROM read_messages(:ids, :at)"), {"ids": ids, "at": clock.now() + timedelta()}
                )
                _ = 1 // 0
        assert await office.reads() == []
