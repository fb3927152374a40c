"""Sending by a personal account: who sends, what becomes of it, and that nothing leaves twice."""

import asyncio
from datetime import timedelta
from pathlib import Path

import pytest

from sokhach.channels.zalo_personal import limits
from sokhach.channels.zalo_personal.calls import CallFailedError
from sokhach.channels.zalo_personal.protocol import Old, Send
from sokhach.core import clock
from sokhach.dispatch import rules
from sokhach.dispatch.sender import TAKEN_FOR
from tests.support.personal_sending import GROUP, LAN, SendingDesk, count


@pytest.fixture(autouse=True)
def own_time() -> object:
    yield
    clock.set_offset(0)


class TestSent:
    async def test_words_reach_zalo_once_and_the_echo_is_the_same_message(self, desk: SendingDesk) -> None:
        lan = await desk.meet()
        message = await desk.write("Dạ còn ạ", lan)
        await desk.work()
        assert [(one.thread, one.group, one.text) for one in desk.sent] == [(LAN, False, "Dạ còn ạ")]
        assert await desk.delivery(message) == ("sent", None)
        assert await desk.bodies() == ["Còn hàng không ạ", "Dạ còn ạ"]
        names = await desk.rows("SELECT external_id FROM message_alias WHERE message_id = :one", one=message)
        assert any(row["external_id"].startswith("m:") for row in names)
        assert any(not row["external_id"].startswith("m:") for row in names)

    async def test_a_group_is_answered_with_mentions_and_a_quote(self, desk: SendingDesk) -> None:
        room = await desk.meet(words="Ai giao hàng vậy", group=True)
        asked = await desk.value("SELECT max(id) FROM message WHERE conversation_id = :one", one=room)
        await desk.write("Dạ em ạ", room, quote_message_id=asked)
        await desk.work()
        [sent] = desk.sent
        assert (sent.thread, sent.group) == (GROUP, True)
        assert sent.quote is not None
        assert (sent.quote["content"], sent.quote["uidFrom"]) == ("Ai giao hàng vậy", LAN)

    async def test_a_long_text_is_one_message(self, desk: SendingDesk) -> None:
        lan = await desk.meet()
        await desk.write("Dạ " * 3_000, lan)
        await desk.work()
        assert len(desk.sent) == 1


class TestWhoSends:
    async def test_only_who_holds_the_account(self, desk: SendingDesk) -> None:
        lan = await desk.meet()
        message = await desk.write("Dạ", lan)
        desk.online = False
        await desk.work()
        assert await desk.delivery(message) == ("queued", None)
        assert desk.asked(Send) == []
        desk.online = True
        await desk.work()
        assert await desk.delivery(message) == ("sent", None)

    async def test_two_senders_send_each_message_once(self, desk: SendingDesk) -> None:
        other = desk.another_sender()
        threads = [await desk.meet(f"20000000000000001{n}") for n in range(5)]
        for conversation in threads:
            await desk.write("một", conversation)
            await desk.write("hai", conversation)
        for _ in range(8):
            await asyncio.gather(desk.sender.step(), other.step())
            await asyncio.gather(desk.sender.drain(), other.drain())
        assert len(desk.sent) == 10
        assert [one.text for one in desk.sent if one.thread.endswith("10")] == ["một", "hai"]

    async def test_what_nobody_can_send_fails_after_a_day(self, desk: SendingDesk) -> None:
        lan = await desk.meet()
        message = await desk.write("Dạ", lan)
        desk.online = False
        await desk.run(
            "UPDATE outbox SET created_at = :at", at=clock.now() - rules.WAITS_AT_MOST - timedelta(minutes=1)
        )
        await desk.work()
        assert (await desk.delivery(message))[0] == "failed"


class TestRefused:
    async def test_a_stranger_who_takes_nothing(self, desk: SendingDesk) -> None:
        lan = await desk.meet()
        await desk.silent(lan, None)
        desk.answers.append(CallFailedError("api", "Không thể nhận tin nhắn từ bạn", code=123, phase="send"))
        first = await desk.write("Chào chị", lan)
        await desk.work()
        assert await desk.delivery(first) == ("failed", "stranger")
        other = await desk.meet("200000000000000002")
        await desk.silent(other, None)
        second = await desk.write("Chào anh", other)
        await desk.work()
        assert await desk.delivery(second) == ("queued", "pace-strangers")
        assert len(desk.asked(Send)) == 1

    async def test_too_many_calls_slow_the_account_down(self, desk: SendingDesk) -> None:
        lan, other = await desk.meet(), await desk.meet("200000000000000002")
        desk.answers.append(CallFailedError("api", "Vượt quá số request cho phép", code=221, phase="send"))
        first = await desk.write("một", lan)
        await desk.work()
        assert await desk.delivery(first) == ("queued", "rate-limited")
        await desk.write("hai", other)
        await desk.work()
        assert len(desk.asked(Send)) == 1
        await desk.soon()
        await desk.work()
        assert [one.text for one in desk.sent] == ["một", "hai"]

    async def test_a_session_that_is_over_holds_all_messages(self, desk: SendingDesk) -> None:
        lan, other = await desk.meet(), await desk.meet("200000000000000002")
        desk.answers.append(CallFailedError("api", "zpw_sek", code=600, phase="send"))
        messages = [await desk.write("một", lan)]
        await desk.work()
        messages.append(await desk.write("hai", other))
        assert await desk.delivery(messages[0]) == ("queued", "needs-login")
        [row] = await desk.rows("SELECT health, health_reason FROM channel_account WHERE id = :id")
        assert row == {"health": "down", "health_reason": "personal-needs-login"}
        await desk.run("UPDATE channel_account SET health = 'ok', health_since = :now", now=clock.now())
        await desk.work()
        assert [await desk.delivery(one) for one in messages] == [("sent", None)] * 2
        assert len(desk.sent) == 2

    async def test_an_upload_that_is_never_confirmed_is_tried_again(self, desk: SendingDesk) -> None:
        lan = await desk.meet()
        desk.answers.append(CallFailedError("timeout", "no file_done", phase="upload"))
        message = await desk.write("Dạ", lan)
        await desk.work()
        assert await desk.delivery(message) == ("queued", "upload-unconfirmed")
        await desk.soon()
        await desk.work()
        assert await desk.delivery(message) == ("sent", None)
        assert len(desk.sent) == 1

    async def test_what_never_left_is_not_taken_for_words_that_strangers_got(self, desk: SendingDesk) -> None:
        lan = await desk.meet()
        await desk.silent(lan, None)
        message = await desk.write("Dạ", lan)
        for _ in range(limits.SAME_WORDS_DAY.default + 1):
            desk.answers.append(CallFailedError("timeout", "no file_done", phase="upload"))
            await desk.work()
            assert await desk.delivery(message) == ("queued", "upload-unconfirmed")
            await desk.run("UPDATE personal_pace SET next_at = NULL, next_stranger_at = NULL")
            await desk.soon()
        await desk.work()
        assert await desk.delivery(message) == ("sent", None)


class TestInDoubt:
    async def test_an_answer_that_is_lost_is_settled_by_the_echo(self, desk: SendingDesk) -> None:
        lan = await desk.meet()

        def lose(request: Send) -> None:
            desk.zalo.say(request.thread, request.text or "", clock.now(), own=True)
            raise CallFailedError("timeout", "no answer", phase="send")

        desk.answers.append(lose)
        message = await desk.write("Dạ còn ạ", lan)
        await desk.work(steps=1)
        assert await desk.delivery(message) == ("uncertain", "no-answer")
        await desk.soon()
        await desk.work()
        assert desk.asked(Old)
        assert await desk.delivery(message) == ("sent", None)
        assert len(desk.asked(Send)) == 1
        assert await desk.bodies() == ["Còn hàng không ạ", "Dạ còn ạ"]

    async def test_what_zalo_never_had_is_left_to_people(self, desk: SendingDesk) -> None:
        lan = await desk.meet()
        desk.answers.append(CallFailedError("closed", "the socket closed (3000)", phase="send"))
        message = await desk.write("Dạ", lan)
        await desk.work(steps=1)
        for _ in rules.LOOKS_AFTER_SECONDS:
            await desk.soon()
            await desk.work(steps=1)
        assert await desk.delivery(message) == ("uncertain", "no-answer")
        assert await count(desk.database, "SELECT count(*) FROM outbox") == 0
        assert len(desk.asked(Send)) == 1

    async def test_taken_over_while_sending_waits_and_goes_on_after_the_return(self, desk: SendingDesk) -> None:
        lan = await desk.meet()

        def taken_over(_request: Send) -> None:
            desk.online = False
            raise CallFailedError("closed", "3000", phase="upload")

        desk.answers.append(taken_over)
        first = await desk.write("một", lan)
        second = await desk.write("hai", lan)
        await desk.work()
        assert await desk.delivery(first) == ("queued", "upload-failed")
        assert await desk.delivery(second) == ("queued", None)
        desk.online = True
        await desk.soon()
        await desk.work()
        await desk.soon()
        await desk.work()
        assert [one.text for one in desk.sent] == ["một", "hai"]

    async def test_a_worker_that_died_leaves_it_in_doubt_and_the_echo_tells(self, desk: SendingDesk) -> None:
        lan = await desk.meet()
        message = await desk.write("Dạ", lan)
        # The call was made and answered; the worker died before it wrote that down.
        await desk.run(
            "UPDATE delivery SET state = 'sending', sending_at = :now, changed_at = :now WHERE message_id = :one",
            now=clock.now(),
            one=message,
        )
        await desk.run("UPDATE outbox SET due_at = :until", until=clock.now() + TAKEN_FOR)
        item = desk.zalo.say(LAN, "Dạ", clock.now(), own=True)
        await desk.run("UPDATE outbox SET due_at = :now", now=clock.now())
        await desk.sender.step()
        await desk.sender.drain()
        assert await desk.delivery(message) == ("uncertain", "worker-died")
        await desk.hear(item)
        await desk.drain()
        assert await desk.delivery(message) == ("sent", None)
        assert desk.asked(Send) == []


class TestCapsAndSwitches:
    async def test_a_message_over_the_cap_waits_and_says_why(self, desk: SendingDesk) -> None:
        await desk.limit("messages_hour", 2)
        lan = await desk.meet()
        messages = [await desk.write(f"tin {n}", lan) for n in range(3)]
        await desk.work(steps=5)
        assert len(desk.sent) == 2
        assert await desk.delivery(messages[2]) == ("queued", "cap-messages-hour")
        await desk.limit("messages_hour", 3)
        await desk.soon()
        await desk.work()
        assert await desk.delivery(messages[2]) == ("sent", None)

    async def test_many_senders_never_let_one_too_many_go(self, desk: SendingDesk) -> None:
        await desk.limit("messages_hour", 7)
        threads = [await desk.meet(f"2000000000000001{n:02}") for n in range(12)]
        for conversation in threads:
            await desk.write("Dạ", conversation)
        senders = [desk.another_sender() for _ in range(3)]
        for _ in range(6):
            await asyncio.gather(*(one.step() for one in senders))
            await asyncio.gather(*(one.drain() for one in senders))
        assert len(desk.sent) == 7

    async def test_the_switch_stops_everything_and_the_account_its_own(self, desk: SendingDesk) -> None:
        lan = await desk.meet()
        await desk.run("UPDATE personal_switch SET stopped_at = :now", now=clock.now())
        message = await desk.write("Dạ", lan)
        await desk.work()
        assert await desk.delivery(message) == ("queued", "sending-stopped")
        await desk.run("UPDATE personal_switch SET stopped_at = NULL")
        await desk.run("UPDATE personal_account SET wanted = false WHERE account_id = :id")
        await desk.soon()
        await desk.work()
        assert desk.sent == []
        await desk.run("UPDATE personal_account SET wanted = true WHERE account_id = :id")
        await desk.soon()
        await desk.work()
        assert len(desk.sent) == 1

    async def test_at_night_nobody_is_disturbed_who_does_not_wait(self, desk: SendingDesk) -> None:
        hour = clock.now().astimezone(desk.settings.timezone).hour
        await desk.limit("quiet_from", hour)
        await desk.limit("quiet_until", (hour + 2) % 24)
        lan, other = await desk.meet(), await desk.meet("200000000000000002")
        await desk.silent(other, 20)
        awaited = await desk.write("Dạ còn", lan)
        unasked = await desk.write("Bên em có hàng mới", other)
        await desk.work()
        assert await desk.delivery(awaited) == ("sent", None)
        assert await desk.delivery(unasked) == ("queued", "quiet-hours")


class TestFiles:
    async def test_bytes_lie_in_a_file_of_ours_while_they_are_sent(self, desk: SendingDesk) -> None:
        lan = await desk.meet()
        media = await desk.value(
            "INSERT INTO media (conversation_id, position, staff_id, state, type, content_type, name, size_bytes,"
            " sha256, storage_key, has_thumbnail, attempts, created_at, stored_at) VALUES (:one, 0, :staff, 'stored',"
            " 'file', 'application/pdf', 'bao-gia.pdf', 5, '\\x00', 'aa/file', false, 0, :now, :now) RETURNING id",
            one=lan,
            staff=desk.person.id,
            now=clock.now(),
        )
        await desk.sender._storage.put("aa/file", b"%PDF!")  # pyright: ignore[reportPrivateUsage]
        seen: list[tuple[bytes, str]] = []

        def look(request: Send) -> None:
            assert request.file is not None
            path = Path(request.file.path)
            assert path.is_relative_to(Path(desk.settings.data_dir).absolute())
            seen.append((path.read_bytes(), str(path)))

        desk.answers.append(look)
        message = await desk.write("", lan, media_ids=(media,))
        await desk.work()
        assert await desk.delivery(message) == ("sent", None)
        assert [content for content, _ in seen] == [b"%PDF!"]
        assert not Path(seen[0][1]).exists()
        assert desk.sent[0].file is not None
        assert (desk.sent[0].kind, desk.sent[0].file.name) == ("file", "bao-gia.pdf")
