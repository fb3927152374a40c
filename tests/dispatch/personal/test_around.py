"""What goes with messages by a personal account: recalls, reactions, what was seen, labels, friends, and what a person
knows before they write."""

from datetime import timedelta
from typing import Any

import httpx
import msgspec
import pytest

from sokhach.channels import service as accounts
from sokhach.channels.upkeep import tag_changes
from sokhach.channels.zalo_personal import signals
from sokhach.channels.zalo_personal.directory import Directory
from sokhach.channels.zalo_personal.labels import PersonalUpkeep
from sokhach.channels.zalo_personal.protocol import Friends, Label, Labels, React, Seen, SetLabels, Typing, Undo
from sokhach.core import clock
from sokhach.dispatch import reactions, recalls
from sokhach.intake.gateway import lane_of
from tests.conftest import SignIn
from tests.support.people import People
from tests.support.personal import journal
from tests.support.personal_sending import LAN, SendingDesk


async def said(desk: SendingDesk, words: str, conversation: int) -> int:
    message = await desk.write(words, conversation)
    await desk.work()
    return message


class TestRecall:
    async def test_takes_a_message_back_and_says_so(self, desk: SendingDesk, client: httpx.AsyncClient) -> None:
        lan = await desk.meet()
        message = await said(desk, "Giá 100", lan)
        answer = await client.post(f"/api/messages/{message}/recall")
        assert answer.status_code == 200, answer.text
        assert answer.json()["recalling"] == {"state": "queued", "reason": None}
        assert await recalls.step(desk.database, {"zalo_personal": desk.connector}) == 1
        [undo] = desk.asked(Undo)
        names = [row["external_id"] for row in await desk.rows("SELECT external_id FROM message_alias")]
        assert f"m:{undo.msg_id}" in names
        assert any(name.endswith(f":{undo.cli_msg_id}") for name in names)
        page = (await client.get(f"/api/conversations/{lan}/messages")).json()["items"]
        [shown] = [one for one in page if one["id"] == message]
        assert shown["recalled"]["by"] == "staff"
        assert (shown["recalling"], shown["can_recall"]) == (None, False)
        audited = await desk.rows("SELECT target_id FROM audit_log WHERE action = 'message:recall'")
        assert [row["target_id"] for row in audited] == [message]

    async def test_asking_twice_is_asking_once(self, desk: SendingDesk, client: httpx.AsyncClient) -> None:
        lan = await desk.meet()
        message = await said(desk, "Giá 100", lan)
        for _ in range(2):
            assert (await client.post(f"/api/messages/{message}/recall")).status_code == 200
        await recalls.step(desk.database, {"zalo_personal": desk.connector})
        assert await recalls.step(desk.database, {"zalo_personal": desk.connector}) == 0
        assert (await client.post(f"/api/messages/{message}/recall")).status_code == 409
        assert len(desk.asked(Undo)) == 1

    async def test_what_a_customer_wrote_is_not_ours_to_take(
        self, desk: SendingDesk, client: httpx.AsyncClient
    ) -> None:
        lan = await desk.meet()
        theirs = await desk.value("SELECT id FROM message WHERE conversation_id = :one", one=lan)
        answer = await client.post(f"/api/messages/{theirs}/recall")
        assert (answer.status_code, answer.json()["type"].rsplit(":", 1)[-1]) == (409, "recall-not-possible")

    async def test_it_goes_also_while_sending_is_stopped(self, desk: SendingDesk, client: httpx.AsyncClient) -> None:
        lan = await desk.meet()
        message = await said(desk, "Giá 10", lan)
        await client.post(f"/api/messages/{message}/recall")
        desk.stopped = True
        assert await recalls.step(desk.database, {"zalo_personal": desk.connector}) == 1
        assert len(desk.asked(Undo)) == 1

    async def test_it_waits_for_who_holds_the_account(self, desk: SendingDesk, client: httpx.AsyncClient) -> None:
        lan = await desk.meet()
        message = await said(desk, "Giá 100", lan)
        await client.post(f"/api/messages/{message}/recall")
        desk.online = False
        assert await recalls.step(desk.database, {"zalo_personal": desk.connector}) == 0


class TestReactions:
    async def test_ours_on_theirs_and_on_our_own(self, desk: SendingDesk, client: httpx.AsyncClient) -> None:
        lan = await desk.meet()
        ours = await said(desk, "Dạ còn", lan)
        theirs = await desk.value("SELECT min(id) FROM message WHERE conversation_id = :one", one=lan)
        for message, icon in ((theirs, "/-heart"), (ours, "/-strong")):
            answer = await client.post(f"/api/messages/{message}/reactions", json={"icon": icon})
            assert answer.status_code == 200, answer.text
        await reactions.step(desk.database, {"zalo_personal": desk.connector})
        assert [one.icon for one in desk.asked(React)] == ["/-heart", "/-strong"]
        assert (await client.post(f"/api/messages/{ours}/reactions", json={"icon": "??"})).status_code == 400


class TestSignals:
    async def test_what_staff_read_is_told_once_and_all_together(
        self, desk: SendingDesk, client: httpx.AsyncClient
    ) -> None:
        lan = await desk.meet()
        await desk.meet(words="Alo")
        await client.post(f"/api/conversations/{lan}/read", json={})
        assert await signals.step(desk.database, desk) == 0
        await desk.run("UPDATE personal_signal SET due_at = :now", now=clock.now())
        assert await signals.step(desk.database, desk) == 1
        [seen] = desk.asked(Seen)
        assert [one["content"] for one in seen.messages] == ["Alo", "Còn hàng không ạ"]
        await client.post(f"/api/conversations/{lan}/read", json={})
        assert await desk.value("SELECT due_at FROM personal_signal") is None

    @pytest.mark.parametrize("name", ["admin", "manager", "lead"])
    async def test_who_only_looks_leaves_no_trace_and_the_next_reader_does(
        self, desk: SendingDesk, client: httpx.AsyncClient, signed_in: SignIn, people: People, name: str
    ) -> None:
        lan = await desk.meet()
        looks = await signed_in(people.named(name))
        # In the owner's care, so that nobody is in a pool of it.
        await desk.run("UPDATE conversation SET assignee_id = :staff WHERE id = :one", staff=people.owner.id, one=lan)
        looked = await looks.post(f"/api/conversations/{lan}/read", json={})
        assert looked.status_code == 204
        assert await desk.value("SELECT unread_count FROM conversation WHERE id = :one", one=lan) == 0
        assert await desk.value("SELECT count(*) FROM personal_signal") == 0
        await client.post(f"/api/conversations/{lan}/read", json={})
        await desk.run("UPDATE personal_signal SET due_at = :now", now=clock.now())
        assert await signals.step(desk.database, desk) == 1
        [seen] = desk.asked(Seen)
        assert [one["content"] for one in seen.messages] == ["Còn hàng không ạ"]

    async def test_what_was_taken_back_is_left_out(self, desk: SendingDesk, client: httpx.AsyncClient) -> None:
        """Zalo refuses the whole list for it."""
        lan = await desk.meet()
        await desk.meet(words="Nhầm người")
        await desk.run(
            "INSERT INTO message_recall (account_id, thread_key, external_id, by, at, message_id)"
            " SELECT c.account_id, c.thread_key, m.external_id, 'customer', :now, m.id"
            " FROM message m JOIN conversation c ON c.id = m.conversation_id WHERE m.body = 'Nhầm người'",
            now=clock.now(),
        )
        await client.post(f"/api/conversations/{lan}/read", json={})
        await desk.run("UPDATE personal_signal SET due_at = :now", now=clock.now())
        await signals.step(desk.database, desk)
        [seen] = desk.asked(Seen)
        assert [one["content"] for one in seen.messages] == ["Còn hàng không ạ"]

    async def test_not_when_the_company_does_not_want_it(self, desk: SendingDesk, client: httpx.AsyncClient) -> None:
        await desk.limit("send_seen", 0)
        lan = await desk.meet()
        await client.post(f"/api/conversations/{lan}/read", json={})
        await desk.run("UPDATE personal_signal SET due_at = :now", now=clock.now())
        await signals.step(desk.database, desk)
        assert desk.asked(Seen) == []

    async def test_who_types_is_told_at_most_every_few_seconds(
        self, desk: SendingDesk, client: httpx.AsyncClient
    ) -> None:
        lan = await desk.meet()
        for _ in range(5):
            assert (await client.post(f"/api/conversations/{lan}/typing")).status_code == 204
            await signals.step(desk.database, desk)
        assert len(desk.asked(Typing)) == 1


class TestTags:
    async def ask(self, desk: SendingDesk, name: str, change: Any) -> None:
        contact = await desk.value("SELECT contact_id FROM conversation WHERE account_id = :id")
        async with desk.database.transaction() as connection:
            await tag_changes.ask(connection, contact, name, change, clock.now())

    async def push(self, desk: SendingDesk) -> int:
        return await tag_changes.step(desk.database, {"zalo_personal": PersonalUpkeep(desk)}, desk.held)

    async def test_a_tag_becomes_a_label_among_the_others(self, desk: SendingDesk) -> None:
        await desk.meet()
        desk.labels = [Label(id=1, text="VIP", conversations=["7", "g8"], extra={"offset": 2})]
        await self.ask(desk, "Khách sỉ", "added")
        assert await self.push(desk) == 1
        assert [(one.text, [*one.conversations]) for one in desk.labels] == [("VIP", ["7", "g8"]), ("Khách sỉ", [LAN])]
        assert desk.labels[0].extra == {"offset": 2}
        await self.ask(desk, "Khách sỉ", "removed")
        await self.push(desk)
        assert desk.labels[1].conversations == []

    async def test_of_two_that_write_at_once_nothing_is_lost(self, desk: SendingDesk) -> None:
        await desk.meet()

        def somebody_else() -> None:
            desk.labels = [*desk.labels, Label(id=9, text="Trên máy", conversations=["7"])]
            desk.version += 1

        desk.before_writing = somebody_else
        await self.ask(desk, "Khách sỉ", "added")
        await self.push(desk)
        assert [one.text for one in desk.labels] == ["Trên máy", "Khách sỉ"]
        assert len(desk.asked(SetLabels)) == 2
        assert await desk.rows("SELECT 1 FROM channel_tag_change") == []

    async def test_it_waits_for_who_holds_the_account(self, desk: SendingDesk) -> None:
        await desk.meet()
        await self.ask(desk, "Khách sỉ", "added")
        desk.online = False
        assert await self.push(desk) == 0


class TestDirectory:
    def directory(self, desk: SendingDesk) -> Directory:
        return Directory(desk.database, desk, desk.gate, lane_of, journal)

    async def test_labels_become_tags_of_who_is_known(self, desk: SendingDesk) -> None:
        await desk.meet()
        desk.labels = [Label(id=1, text="VIP", conversations=[LAN, "404"])]
        await self.directory(desk).step()
        await desk.drain()
        tagged = await desk.rows("SELECT t.name FROM tagged g JOIN tag t ON t.id = g.tag_id")
        assert [row["name"] for row in tagged] == ["VIP"]

    async def test_labels_of_before_reach_who_writes_later(self, desk: SendingDesk) -> None:
        desk.labels = [Label(id=1, text="VIP", conversations=[LAN])]
        await self.directory(desk).step()
        await desk.drain()
        await desk.meet()
        await desk.run("UPDATE personal_directory SET due_at = :now", now=clock.now())
        await self.directory(desk).step()
        await desk.drain()
        tagged = await desk.rows("SELECT t.name FROM tagged g JOIN tag t ON t.id = g.tag_id")
        assert [row["name"] for row in tagged] == ["VIP"]

    async def test_nothing_is_read_while_a_change_of_ours_is_on_its_way(self, desk: SendingDesk) -> None:
        await desk.meet()
        await TestTags().ask(desk, "Khách sỉ", "added")
        await self.directory(desk).step()
        assert desk.asked(Labels) == []

    async def test_the_same_list_is_written_down_once(self, desk: SendingDesk) -> None:
        directory = self.directory(desk)
        for _ in range(3):
            await directory.step()
            await desk.run("UPDATE personal_directory SET due_at = :now", now=clock.now())
        kinds = [
            msgspec.json.decode(row["payload"])["kind"]
            for row in await desk.rows("SELECT payload FROM journal WHERE source = 'profile' ORDER BY id")
        ]
        assert sorted(kinds) == ["aliases", "friends", "groups", "labels", "requests"]

    async def test_friends_are_no_strangers(self, desk: SendingDesk) -> None:
        lan = await desk.meet()
        await desk.silent(lan, None)
        desk.zalo.friends = [{"userId": LAN, "displayName": "Chị Lan", "zaloName": "Lan"}]
        await self.directory(desk).step()
        assert desk.asked(Friends)
        await desk.limit("strangers_day", 0)
        message = await said(desk, "Chào chị", lan)
        assert await desk.delivery(message) == ("sent", None)
        desk.zalo.friends = []
        await desk.run("UPDATE personal_directory SET due_at = :now", now=clock.now())
        await self.directory(desk).step()
        again = await said(desk, "Chị ơi", lan)
        assert await desk.delivery(again) == ("queued", "cap-strangers-day")

    async def test_a_failure_is_put_off(self, desk: SendingDesk) -> None:
        desk.zalo.broken = True
        await self.directory(desk).step()
        due = await desk.value("SELECT min(due_at) FROM personal_directory WHERE kind = 'friends'")
        assert due > clock.now() + timedelta(seconds=30)


class TestHeldBack:
    async def test_what_waits_for_the_morning_does_not_wait_for_the_account(self, desk: SendingDesk) -> None:
        hour = clock.now().astimezone(desk.settings.timezone).hour
        await desk.limit("quiet_from", hour)
        await desk.limit("quiet_until", (hour + 2) % 24)
        lan = await desk.meet()
        await desk.silent(lan, 20)
        message = await desk.write("Bên em có hàng mới", lan)
        await desk.sender.step()
        assert await desk.delivery(message) == ("queued", "quiet-hours")
        async with desk.database.transaction() as connection:
            await accounts.set_health(connection, desk.account_id, "degraded", "personal-offline", clock.now())
        async with desk.database.transaction() as connection:
            await accounts.recovered(connection, desk.account_id, ["personal-offline"], clock.now())
        assert [await desk.sender.step() for _ in range(3)] == [0, 0, 0]

    async def test_nothing_leaves_into_a_thread_whose_answers_would_not_be_captured(self, desk: SendingDesk) -> None:
        lan = await desk.meet()
        await desk.run("UPDATE personal_account SET sim = 'own' WHERE account_id = :id")
        await desk.gate.load(desk.account_id)
        message = await said(desk, "Dạ chị chọn mẫu nào", lan)
        assert await desk.delivery(message) == ("failed", "thread-private")
        assert desk.sent == []


class TestBeforeWriting:
    async def reply(self, client: httpx.AsyncClient, conversation: int) -> Any:
        return (await client.get(f"/api/conversations/{conversation}")).json()["reply"]

    async def test_a_person_knows_what_is_left_and_what_they_may(
        self, desk: SendingDesk, client: httpx.AsyncClient
    ) -> None:
        lan = await desk.meet()
        await said(desk, "Dạ còn", lan)
        reply = await self.reply(client, lan)
        assert (reply["allowed"], reply["waits"], reply["max_length"]) == (True, None, None)
        assert {"text", "recall", "typing", "video"} <= set(reply["can"])
        assert not {"mention", "buttons", "template_uid"} & set(reply["can"])
        assert [(one["cap"], one["used"], one["limit"]) for one in reply["caps"]] == [
            ("messages_hour", 1, 150),
            ("messages_day", 1, 800),
        ]

    async def test_and_that_a_message_would_wait_and_why(self, desk: SendingDesk, client: httpx.AsyncClient) -> None:
        await desk.limit("messages_hour", 1)
        lan = await desk.meet()
        await said(desk, "Dạ còn", lan)
        waits = (await self.reply(client, lan))["waits"]
        assert waits["until"] is not None
        assert "giờ này" in waits["text"]
        await desk.run("UPDATE personal_switch SET stopped_at = :now", now=clock.now())
        waits = (await self.reply(client, lan))["waits"]
        assert (waits["until"], "tạm dừng" in waits["text"]) == (None, True)

    async def test_a_stranger_has_a_cap_that_others_have_not(
        self, desk: SendingDesk, client: httpx.AsyncClient
    ) -> None:
        lan = await desk.meet()
        await desk.silent(lan, None)
        assert [one["cap"] for one in (await self.reply(client, lan))["caps"]][-1] == "strangers_day"

    async def test_in_a_group_people_are_called_by_name(self, desk: SendingDesk, client: httpx.AsyncClient) -> None:
        room = await desk.meet(words="Ai giao hàng vậy", group=True)
        assert "mention" in (await self.reply(client, room))["can"]
        [lan] = (await client.get(f"/api/conversations/{room}/participants")).json()["items"]
        name = f"@{lan['name']}"
        body = {
            "client_id": "0b0f7c9e-8b0a-4f5a-9f63-6f3a4f0f1a11",
            "text": f"  {name} 😀 dạ em",
            "mentions": [{"identity_id": lan["identity_id"], "pos": 2, "len": len(name)}],
        }
        answer = await client.post(f"/api/conversations/{room}/messages", json=body)
        assert answer.status_code == 201, answer.text
        await desk.work()
        [sent] = desk.sent
        assert [(one.uid, one.pos, one.len) for one in sent.mentions] == [(LAN, 0, len(name))]
        [shown] = answer.json()["items"]
        assert shown["mentions"][0]["pos"] == 0

    async def test_nobody_who_is_not_there_nor_with_one_customer(
        self, desk: SendingDesk, client: httpx.AsyncClient
    ) -> None:
        lan, room = await desk.meet(), await desk.meet("200000000000000002", group=True)
        body = {
            "client_id": "0b0f7c9e-8b0a-4f5a-9f63-6f3a4f0f1a12",
            "text": "@Lan ơi",
            "mentions": [{"identity_id": None, "pos": 0, "len": 4}],
        }
        assert (await client.post(f"/api/conversations/{lan}/messages", json=body)).status_code == 400
        body["mentions"] = [{"identity_id": 999_999, "pos": 0, "len": 4}]
        assert (await client.post(f"/api/conversations/{room}/messages", json=body)).status_code == 400
