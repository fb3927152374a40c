"""Personal accounts in the store: what was sent from here and comes back, what was taken back, who wrote on the phone,
what no version knew, names and labels."""

from datetime import datetime
from typing import Any
from uuid import uuid4

import msgspec
import pytest

from sokhach.channels.zalo_personal import inbound
from sokhach.conversations import delivery
from sokhach.conversations.media import queries as media
from sokhach.core.database import Database
from tests.channels.zalo_personal.items import (
    GROUP,
    OWN,
    PEER,
    journalled,
    message,
    named,
    received,
    seen,
    undone,
)
from tests.conftest import SignIn
from tests.intake.inbox import Inbox, connect_inbox, conversation, said, shown_to
from tests.support.oa import at
from tests.support.people import People

_SAID = "SELECT m.body FROM message m WHERE m.kind <> 'event' ORDER BY m.sent_at, m.id"


@pytest.fixture
async def inbox(owner_db: Database, people: People) -> Inbox:
    return await connect_inbox(owner_db, holder_id=people.owner.id, own=OWN)


async def bodies(inbox: Inbox) -> list[str]:
    return [row["body"] for row in await inbox.rows(_SAID)]


async def write(inbox: Inbox, people: People, words: str, moment: datetime) -> int:
    """An answer from the console, which the platform is being told."""
    conversation_id = await conversation(inbox)
    async with inbox.database.transaction() as connection:
        message_id, _ = await delivery.add_outgoing(
            connection,
            conversation_id=conversation_id,
            staff_id=people.owner.id,
            client_id=uuid4(),
            text=words,
            now=moment,
        )
        await delivery.mark_sending(connection, [message_id], moment)
    return message_id


async def state_of(inbox: Inbox, message_id: int) -> dict[str, Any]:
    [row] = await inbox.rows("SELECT * FROM delivery WHERE message_id = :id", id=message_id)
    return row


class TestEchoes:
    @pytest.mark.parametrize("first", ["answer", "echo"])
    async def test_what_was_sent_from_here_comes_back_once(self, inbox: Inbox, people: People, first: str) -> None:
        await inbox.take(said(1), thread=PEER)
        message_id = await write(inbox, people, "Dạ còn", at(5))
        echo = journalled(message(6, at(6), "Dạ còn", own=True, msgId="99", realMsgId=named(6)[2:]))
        for step in ("answer", "echo") if first == "answer" else ("echo", "answer"):
            if step == "echo":
                await inbox.take(echo, echo, thread=PEER)
            else:
                async with inbox.database.transaction() as connection:
                    await delivery.mark_sent(connection, message_id, named(6), at(6), at(6))
        await inbox.take(echo, journalled(received(6, moment=at(9)), 502, "delivereds"), thread=PEER)
        assert await bodies(inbox) == ["Còn hàng không?", "Dạ còn"]
        assert (await state_of(inbox, message_id))["state"] == "delivered"
        names = await inbox.rows("SELECT external_id FROM message_alias WHERE message_id = :id", id=message_id)
        assert {row["external_id"] for row in names} == {named(6), "m:99", f"{OWN}:1784347000006"}

    async def test_an_uncertain_one_is_settled_by_its_echo(self, inbox: Inbox, people: People) -> None:
        await inbox.take(said(1), thread=PEER)
        message_id = await write(inbox, people, "Dạ còn", at(5))
        async with inbox.database.transaction() as connection:
            await delivery.mark_uncertain(connection, message_id, "no-answer", at(7))
        await inbox.take(journalled(message(6, at(6), "Dạ còn", own=True)), thread=PEER)
        assert (await state_of(inbox, message_id))["state"] == "sent"
        assert len(await bodies(inbox)) == 2

    async def test_other_words_from_the_phone_are_another_message(self, inbox: Inbox, people: People) -> None:
        await inbox.take(said(1), thread=PEER)
        message_id = await write(inbox, people, "Dạ còn", at(5))
        await inbox.take(journalled(message(6, at(6), "Để em xem", own=True)), thread=PEER)
        assert (await state_of(inbox, message_id))["state"] == "sending"
        assert len(await bodies(inbox)) == 3

    async def test_one_id_of_the_senders_in_two_threads_is_two_messages(self, inbox: Inbox) -> None:
        """Zalo forwards one text to several people at once."""
        forwarded = message(6, at(6), "Giảm 20 %", own=True)
        other = forwarded | {"idTo": "42", "msgId": "4242"}
        await inbox.take(journalled(forwarded), thread=PEER)
        await inbox.take(journalled(other), journalled(other), thread="42")
        assert await bodies(inbox) == ["Giảm 20 %", "Giảm 20 %"]

    async def test_receipts_under_any_name_and_before_the_message(self, inbox: Inbox) -> None:
        await inbox.take(journalled(seen(7), 502, "seens"))
        await inbox.take(journalled(message(8, at(8), "Dạ", own=True, realMsgId=named(7)[2:])), thread=PEER)
        [row] = await inbox.rows("SELECT state FROM delivery")
        assert row["state"] == "seen"


class TestHolder:
    async def test_what_is_typed_on_the_phone_is_the_holders(
        self, inbox: Inbox, people: People, signed_in: SignIn
    ) -> None:
        await inbox.take(said(1), said(61, "Dạ còn ạ", own=True), thread=PEER)
        [turn] = await inbox.rows("SELECT * FROM turn")
        assert (turn["close_reason"], turn["answered_by"]) == ("answered", people.owner.id)
        client = await signed_in(people.manager)
        conversation_id = await conversation(inbox)
        [_, shown] = (await client.get(f"/api/conversations/{conversation_id}/messages")).json()["items"]
        assert shown["from_phone"] is True
        assert (shown["author"]["kind"], shown["author"]["id"]) == ("staff", people.owner.id)
        assert await inbox.value("SELECT count(*) FROM channel_admin") == 0

    async def test_and_stays_theirs_when_somebody_else_holds_the_account(self, inbox: Inbox, people: People) -> None:
        await inbox.take(said(1), said(61, "Dạ còn ạ", own=True), thread=PEER)
        await inbox.rows("UPDATE channel_account SET holder_id = :new RETURNING id", new=people.teammate.id)
        await inbox.take(said(62, "Mai giao ạ", own=True), thread=PEER)
        rows = await inbox.rows("SELECT author_staff_id FROM message WHERE direction = 'out' ORDER BY sent_at")
        assert [row["author_staff_id"] for row in rows] == [people.owner.id, people.teammate.id]


async def share_custody(inbox: Inbox, people: People) -> None:
    """`outsider` has the customer; `owner`, who holds the account, sees the conversation all the same, masked."""
    await inbox.rows("UPDATE contact SET custodian_id = :id RETURNING id", id=people.outsider.id)


class TestRecall:
    @pytest.mark.parametrize("first", ["message", "recall"])
    async def test_who_is_entitled_reads_on_and_nobody_else(
        self, inbox: Inbox, people: People, signed_in: SignIn, first: str
    ) -> None:
        picture = {"href": "https://f1-zpg.zdn.vn/1/x", "title": "giá 5 triệu", "params": "{}"}
        written = [
            said(1, "Chào shop"),
            said(2, picture, msg_type="chat.photo"),
            said(3, "đừng nói ai", realMsgId="77"),
        ]
        taken = [journalled(undone(8, 2, at(60))), journalled(undone(9, 3, at(61)))]
        for payloads in (written, taken) if first == "message" else (taken, written):
            await inbox.take(*payloads, thread=PEER)
        await share_custody(inbox, people)
        await inbox.rows("UPDATE media SET state = 'stored', stored_at = now(), content_type = 'image/png',"
                         " size_bytes = 3, sha256 = '\\x00' RETURNING id")  # fmt: skip
        conversation_id = await conversation(inbox)
        entitled, masked = await signed_in(people.outsider), await signed_in(people.owner)
        _, shown, last = await shown_to(entitled, conversation_id)
        assert (shown["text"], shown["recalled"]["by"]) == ("giá 5 triệu", "customer")
        assert shown["attachments"][0]["media_id"]
        assert last["text"] == "đừng nói ai"
        before, hidden, gone = await shown_to(masked, conversation_id)
        assert (before["text"], before["recalled"]) == ("Chào shop", None)
        assert (hidden["text"], hidden["attachments"], hidden["mentions"]) == (None, [], [])
        assert gone["recalled"]["at"].startswith("2026-11-20T02:01:01")
        assert (gone["can_quote"], gone["can_react"]) == (False, False)
        for client, words in ((entitled, "đừng nói ai"), (masked, None)):
            [row] = (await client.get("/api/conversations")).json()["items"]
            assert (row["last_message"]["preview"], row["last_message"]["recalled"]) == (words, True)

    async def test_the_file_itself_is_closed_to_others(self, inbox: Inbox, people: People, web_db: Database) -> None:
        picture = {"href": "https://f1-zpg.zdn.vn/1/x", "params": "{}"}
        await inbox.take(said(2, picture, msg_type="chat.photo"), thread=PEER)
        await share_custody(inbox, people)
        [row] = await inbox.rows("UPDATE media SET state = 'stored', stored_at = now(), content_type = 'image/png',"
                                 " size_bytes = 3, sha256 = '\\x00' RETURNING id")  # fmt: skip

        async def readable(actor: Any) -> bool:
            async with web_db.transaction(actor) as connection:
                return await media.read(connection, row["id"], at(0)) is not None

        holder = msgspec.structs.replace(people.owner.actor, held_accounts=(inbox.account_id,))
        assert (await readable(people.outsider.actor), await readable(holder)) == (True, True)
        await inbox.take(journalled(undone(8, 2, at(60))), thread=PEER)
        assert (await readable(people.outsider.actor), await readable(holder)) == (True, False)

    async def test_a_quote_does_not_tell_what_was_taken_back(
        self, inbox: Inbox, people: People, signed_in: SignIn
    ) -> None:
        quote = {"ownerId": PEER, "cliMsgId": 0, "globalMsgId": named(1)[2:], "msg": "giá 5 triệu", "fromD": "Khách"}
        unknown = {**quote, "globalMsgId": "4711", "msg": "từ trước", "fromD": "Khách"}
        await inbox.take(
            said(1, "giá 5 triệu"), said(2, "đồng ý", own=True, quote=quote), said(3, "và", own=True, quote=unknown),
            journalled(undone(9, 1, at(60))), thread=PEER,
        )  # fmt: skip
        await share_custody(inbox, people)
        conversation_id = await conversation(inbox)
        _, masked, older = await shown_to(await signed_in(people.owner), conversation_id)
        assert masked["quote"]["message_id"]
        assert masked["quote"]["text"] is None
        assert (older["quote"]["message_id"], older["quote"]["text"]) == (None, "từ trước")
        _, full, _ = await shown_to(await signed_in(people.outsider), conversation_id)
        assert full["quote"]["text"] == "giá 5 triệu"

    async def test_browsers_hear_of_it(self, inbox: Inbox) -> None:
        await inbox.take(said(1), thread=PEER)
        before = await inbox.value("SELECT max(id) FROM realtime_event")
        await inbox.take(journalled(undone(9, 1, at(60))), thread=PEER)
        told = await inbox.rows("SELECT kind, payload FROM realtime_event WHERE id > :id ORDER BY id", id=before)
        assert {row["kind"] for row in told} == {"conversation.changed", "message.changed"}

    async def test_of_what_we_sent_before_its_name_is_known(self, inbox: Inbox, people: People) -> None:
        await inbox.take(said(1), thread=PEER)
        message_id = await write(inbox, people, "Dạ còn", at(5))
        await inbox.take(journalled(undone(9, 6, at(60), own=True)), thread=PEER)
        async with inbox.database.transaction() as connection:
            await delivery.mark_sent(connection, message_id, named(6), at(6), at(6))
        [row] = await inbox.rows("SELECT DISTINCT message_id, by FROM message_recall WHERE message_id IS NOT NULL")
        assert row == {"message_id": message_id, "by": "staff"}

    @pytest.mark.parametrize("later_first", [False, True])
    async def test_the_first_counts_with_who_made_it(self, inbox: Inbox, later_first: bool) -> None:
        recalls = [journalled(undone(8, 1, at(60))), journalled(undone(9, 1, at(90), own=True))]
        for payload in recalls[::-1] if later_first else recalls:
            await inbox.take(payload, thread=PEER)
        [row] = await inbox.rows("SELECT by, at FROM message_recall WHERE external_id = :name", name=named(1))
        assert row == {"by": "customer", "at": at(60)}


class TestUnknown:
    async def test_an_opcode_that_is_mapped_later_becomes_visible_by_a_retry(
        self, inbox: Inbox, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        await inbox.take(
            said(1, "một"),
            journalled(message(2, at(2), "hai"), 504),
            said(3, "ba"),
            journalled(message(4, at(4), "bốn", group=GROUP), 524, "groupMsgs"),
            thread=PEER,
        )
        kept = await inbox.rows("SELECT reason, count(*) FROM quarantine WHERE resolved_at IS NULL GROUP BY reason")
        assert kept == [{"reason": "unknown-opcode", "count": 2}]
        assert await bodies(inbox) == ["một", "ba"]
        for opcode in (504, 524):
            monkeypatch.setitem(inbound.OPCODES, opcode, inbound.MESSAGES)
        await inbox.rows(
            "INSERT INTO journal_pending (lane, journal_id, account_id)"
            " SELECT j.lane, j.id, j.account_id FROM quarantine q JOIN journal j ON j.id = q.journal_id"
            " WHERE q.resolved_at IS NULL RETURNING lane"
        )
        await inbox.take(said(1, "một"), thread=PEER)
        assert await bodies(inbox) == ["một", "hai", "ba", "bốn"]
        assert await inbox.value("SELECT count(*) FROM quarantine WHERE resolved_at IS NULL") == 0
        direct = await conversation(inbox)
        [row] = await inbox.rows("SELECT message_count, unread_count FROM conversation WHERE id = :id", id=direct)
        assert row == {"message_count": 3, "unread_count": 3}

    async def test_one_bad_item_harms_no_neighbour(self, inbox: Inbox) -> None:
        await inbox.take(said(1, "một"), journalled(None), journalled({"uidFrom": 3}), said(2, "hai"), thread=PEER)
        assert await bodies(inbox) == ["một", "hai"]
        assert await inbox.value("SELECT count(*) FROM quarantine") == 2
