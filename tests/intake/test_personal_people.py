"""Personal accounts in the store: groups, names, labels, who types, what was seen, and the journal once more."""

import httpx
import pytest
from sqlalchemy import text

from sokhach.conversations import notices
from sokhach.core.database import Database
from sokhach.intake.replay import replay
from tests.channels.zalo_personal.items import (
    GROUP,
    OWN,
    PEER,
    friend_event,
    group_event,
    journalled,
    message,
    named,
    reacted,
    seen,
    undone,
)
from tests.conftest import SignIn
from tests.intake.inbox import Inbox, answer, connect_inbox, conversation, in_group, said, shown_to
from tests.support.oa import at
from tests.support.people import People


@pytest.fixture
async def inbox(owner_db: Database, people: People) -> Inbox:
    return await connect_inbox(owner_db, holder_id=people.owner.id, own=OWN)


class TestGroup:
    async def test_one_conversation_with_a_title_and_names(
        self, inbox: Inbox, people: People, signed_in: SignIn
    ) -> None:
        mentions = [{"uid": OWN, "pos": 0, "len": 5, "type": 0}, {"uid": "42", "pos": 10, "len": 4, "type": 0}]
        await inbox.take(
            journalled(group_event("join", at(0), {"42": "Chị Lan"}), 601, "controls"),
            in_group(1, "@Shop hỏi @Lan nhé", mentions=mentions),
            in_group(2, "Dạ", own=True),
            journalled(group_event("update", at(3), {}, groupName="Khách lẻ"), 601, "controls"),
            journalled(group_event("update", at(2.5), {}, groupName="Khách cũ"), 601, "controls"),
            thread=GROUP,
        )
        [row] = await inbox.rows("SELECT id, kind, title, contact_id FROM conversation")
        assert (row["kind"], row["title"], row["contact_id"]) == ("group", "Khách lẻ", None)
        joined, asked, ours, *_ = await shown_to(await signed_in(people.manager), row["id"])
        assert joined["event"]["text"] in {"Chị Lan vào nhóm", "Chị Lan joined the group"}
        assert asked["author"]["name"] == "Khách 260"
        assert [(one["name"], one["me"], one["pos"], one["len"]) for one in asked["mentions"]] == [
            ("Shop", True, 0, 5),
            ("Chị Lan", False, 10, 4),
        ]
        assert (ours["author"]["kind"], ours["from_phone"]) == ("staff", True)

    async def test_reactions_under_two_names_of_a_message_count_once(
        self, inbox: Inbox, people: People, signed_in: SignIn
    ) -> None:
        await inbox.take(
            journalled(message(1, at(1), "Dạ", own=True, realMsgId=named(2)[2:])),
            journalled(reacted(5, 1, at(5), "/-heart"), 612, "reacts"),
            journalled(reacted(6, 2, at(6), "/-strong"), 612, "reacts"),
            thread=PEER,
        )
        [shown] = await shown_to(await signed_in(people.manager), await conversation(inbox))
        assert [(one["icon"], one["count"]) for one in shown["reactions"]] == [("/-strong", 1)]


def listed(*members: str, total: int | None = None, **names: str) -> bytes:
    """A group's answer; `names` of those of whom more is said, by uid with an underscore before."""
    people = [{"id": one[1:], "name": name, "avatar": f"https://a.example/{one}"} for one, name in names.items()]
    told = {"id": GROUP, "name": "Khách sỉ", "members": [OWN, *members], "total": total or len(members) + 1}
    return answer("groups", [{**told, "people": people}])


async def members_of(inbox: Inbox, client: httpx.AsyncClient) -> list[tuple[str, str | None]]:
    group = await conversation(inbox, GROUP)
    found = await client.get(f"/api/conversations/{group}/participants")
    return [(one["name"], one["avatar_url"]) for one in found.json()["items"]]


class TestMembers:
    async def test_all_are_there_though_only_one_wrote(self, inbox: Inbox, people: People, signed_in: SignIn) -> None:
        await inbox.take(in_group(1, "Chào"), thread=GROUP)
        # A group that is new here is asked about, with all who are in it, instead of one person after the other.
        assert await inbox.rows("SELECT external_id FROM profile_request ORDER BY 1") == [
            {"external_id": PEER}, {"external_id": f"group:{GROUP}"},
        ]  # fmt: skip
        await inbox.take(listed(PEER, "42", "43", _42="Chị Lan", _43="Anh Đức"), thread=GROUP, source="profile")
        found = await members_of(inbox, await signed_in(people.owner))
        assert found == [
            ("Anh Đức", "https://a.example/_43"),
            ("Chị Lan", "https://a.example/_42"),
            ("Khách 260", None),
        ]
        assert await inbox.value("SELECT title FROM conversation") == "Khách sỉ"
        assert await inbox.value("SELECT count(*) FROM profile_request") == 2

    async def test_who_is_in_the_list_no_more_has_left_and_may_come_back(
        self, inbox: Inbox, people: People, signed_in: SignIn
    ) -> None:
        client = await signed_in(people.owner)
        await inbox.take(in_group(1, "Chào"), thread=GROUP)

        async def told(payload: bytes, second: int) -> set[str]:
            await inbox.take(payload, thread=GROUP, source="profile", received_at=at(second))
            return {name for name, _ in await members_of(inbox, client)}

        assert await told(listed(PEER, "42", _42="Lan"), 100) == {"Khách 260", "Lan"}
        assert await told(listed(PEER), 200) == {"Khách 260"}
        assert await told(listed(PEER, total=9), 250) == {"Khách 260"}
        assert await told(listed("42"), 300) == {"Lan"}
        # Of a list that is not whole nobody is missed, and an older one changes nothing.
        assert await told(listed(PEER, total=9), 400) == {"Khách 260", "Lan"}
        assert await told(listed("42"), 350) == {"Khách 260", "Lan"}

    async def test_members_of_whom_only_the_uid_is_told_are_asked_about_together(self, inbox: Inbox) -> None:
        await inbox.take(in_group(1, "Chào"), thread=GROUP)
        async with inbox.database.transaction() as connection:
            await connection.execute(text("DELETE FROM profile_request"))
        await inbox.take(listed(PEER, "42", "43", "44"), thread="", source="profile")
        assert await inbox.rows("SELECT external_id FROM profile_request") == [{"external_id": f"group:{GROUP}"}]

    async def test_of_a_group_in_which_nothing_was_said_nobody_is_kept(self, inbox: Inbox) -> None:
        await inbox.take(listed(PEER, "42", _42="Lan"), thread=GROUP, source="profile")
        assert await inbox.value("SELECT count(*) FROM contact") == 0
        assert await inbox.value("SELECT count(*) FROM conversation") == 0


class TestPeople:
    async def test_a_name_in_passing_gives_way_to_a_profile(self, inbox: Inbox) -> None:
        await inbox.take(said(1), thread=PEER)
        assert await inbox.value("SELECT name FROM contact") == "Khách 260"
        await inbox.take(
            answer("friends", [{"userId": PEER, "zaloName": "Lan", "displayName": "Chị Lan sỉ"}]), source="profile"
        )
        await inbox.take(said(2), thread=PEER)
        [row] = await inbox.rows("SELECT display_name, details FROM contact_identity")
        assert (row["display_name"], row["details"]["alias"]["value"]) == ("Lan", "Chị Lan sỉ")

    async def test_a_friend_with_whom_nobody_wrote_is_no_customer(self, inbox: Inbox) -> None:
        await inbox.take(answer("friends", [{"userId": "42", "zaloName": "Mẹ"}]), source="profile")
        await inbox.take(answer("labels", {"labels": [{"text": "Nhà", "conversations": ["42"]}]}), source="profile")
        assert await inbox.value("SELECT count(*) FROM contact") == 0

    async def test_labels_are_tags_and_go_when_the_list_has_them_no_more(self, inbox: Inbox) -> None:
        await inbox.take(said(1), thread=PEER)
        await inbox.take(said(2, peer="42"), thread="42")

        async def tagged() -> set[tuple[str, str]]:
            rows = await inbox.rows(
                "SELECT i.external_id, tag.name FROM tagged t JOIN tag ON tag.id = t.tag_id"
                " JOIN contact_identity i ON i.contact_id = t.contact_id"
            )
            return {(row["external_id"], row["name"]) for row in rows}

        labels = [{"text": "VIP", "conversations": [PEER, "42"]}, {"text": "Sỉ", "conversations": ["42", f"g{GROUP}"]}]
        await inbox.take(answer("labels", {"labels": labels}), source="profile", received_at=at(100))
        assert await tagged() == {(PEER, "VIP"), ("42", "VIP"), ("42", "Sỉ")}
        labels = [{"text": "VIP", "conversations": ["42"]}]
        await inbox.take(answer("labels", {"labels": labels}), source="profile", received_at=at(200))
        assert await tagged() == {("42", "VIP")}

    async def test_a_friend_request_opens_a_conversation(self, inbox: Inbox) -> None:
        data = {"toUid": OWN, "fromUid": PEER, "message": "Em hỏi giá"}
        await inbox.take(journalled(friend_event("req_v2", data), 601, "controls"), thread=PEER)
        [row] = await inbox.rows("SELECT message_count, waiting_since FROM conversation")
        assert row == {"message_count": 1, "waiting_since": None}
        assert await inbox.value("SELECT name FROM channel_event") == "friend_asked"


class TestTyping:
    async def test_is_told_to_nobody_where_there_is_no_conversation(self, inbox: Inbox) -> None:
        async with inbox.database.transaction() as connection:
            assert await notices.tell_of_typing(connection, inbox.account_id, PEER, PEER) is False
        await inbox.take(said(1), thread=PEER)
        before = await inbox.value("SELECT count(*) FROM realtime_event")
        async with inbox.database.transaction() as connection:
            assert await notices.tell_of_typing(connection, inbox.account_id, PEER, PEER) is True
        assert await inbox.value("SELECT count(*) FROM realtime_event") == before


class TestSeen:
    @pytest.mark.parametrize("first", ["messages", "receipt"])
    async def test_what_was_sent_before_was_seen_as_well(self, inbox: Inbox, first: str) -> None:
        sent = [said(number, str(number), own=True) for number in (1, 2, 3)]
        told = [journalled(seen(2), 502, "seens")]
        for payloads, thread in ((sent, PEER), (told, "")) if first == "messages" else ((told, ""), (sent, PEER)):
            await inbox.take(*payloads, thread=thread)
        states = "SELECT d.state FROM delivery d JOIN message m ON m.id = d.message_id ORDER BY m.sent_at"
        assert [row["state"] for row in await inbox.rows(states)] == ["seen", "seen", "sent"]


class TestReplay:
    async def test_over_the_store_it_changes_nothing_and_over_none_it_makes_the_same(
        self, inbox: Inbox, owner_db: Database, people: People
    ) -> None:
        heard = [
            said(1),
            said(2, "Dạ", own=True, realMsgId=named(9)[2:]),
            in_group(3, "Chào cả nhà"),
            journalled(undone(5, 1, at(60))),
            journalled(reacted(6, 2, at(61)), 612, "reacts"),
            journalled(seen(9), 502, "seens"),
            journalled(group_event("join", at(62), {"42": "Lan"}), 601, "controls"),
        ]
        await inbox.take(*heard, thread=PEER)
        told = await inbox.told()
        assert await replay(owner_db, progress=lambda _: None) == len(heard)
        while await inbox.pipeline.step():
            pass
        assert await inbox.told() == told
        elsewhere = await connect_inbox(owner_db, holder_id=people.owner.id)
        await elsewhere.take(*heard, thread=PEER)
        assert await elsewhere.told() == told
