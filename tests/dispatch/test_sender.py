"""The way out against the simulated Zalo over HTTP and a real database."""

import asyncio
import os
import signal
import subprocess
import sys
from datetime import timedelta

import msgspec
import pytest

from sokhach.channels import service as accounts
from sokhach.channels.zalo_oa.connector import ZaloOA
from sokhach.core import clock
from sokhach.dispatch import rules
from sokhach.dispatch.sender import TAKEN_FOR, Sender
from tests.support.zalo import HISTORY_PATH, TOKEN_PATH, Desk, free_port, later, wait_until


async def second_worker(desk: Desk) -> Sender:
    connector = ZaloOA.of(desk.settings, desk.database)
    return desk.another_sender(connector)


async def look_to_the_end(desk: Desk) -> None:
    """Lets the time of all looks at the history pass."""
    for seconds in rules.LOOKS_AFTER_SECONDS:
        later(seconds + 1)
        await desk.work()


class TestSend:
    async def test_reaches_the_phone_once(self, desk: Desk) -> None:
        message = await desk.write("Dạ còn hàng ạ")
        await desk.work()
        assert await desk.delivery(message) == ("sent", None)
        assert desk.phone() == ["Dạ còn hàng ạ"]
        assert await desk.in_outbox() == []

    async def test_makes_the_account_healthy(self, desk: Desk) -> None:
        assert await desk.health() == ("down", "not-authorised")
        await desk.write("Dạ")
        await desk.work()
        assert await desk.health() == ("ok", None)
        row = await desk.row("SELECT last_outbound_at FROM channel_account WHERE id = :id", id=desk.account_id)
        assert row["last_outbound_at"] is not None

    async def test_keeps_the_platforms_id_for_receipts(self, desk: Desk) -> None:
        message = await desk.write("Dạ")
        await desk.work()
        shown = desk.zalo.read(f"/oas/{desk.oa_id}/users/{desk.user_id}/messages")
        alias = await desk.value("SELECT external_id FROM message_alias WHERE message_id = :id", id=message)
        assert alias == shown[-1]["msg_id"]

    async def test_two_workers_send_each_message_once(self, desk: Desk) -> None:
        other = await second_worker(desk)
        people = [await desk.meet(f"Khách {n}") for n in range(6)]
        for _, conversation in people:
            await desk.write("một", conversation)
            await desk.write("hai", conversation)
        for _ in range(6):
            await asyncio.gather(desk.sender.step(), other.step())
            await asyncio.gather(desk.sender.drain(), other.drain())
        assert [desk.phone(user) for user, _ in people] == [["một", "hai"]] * 6

    async def test_starts_no_more_than_it_has_hands(self, desk: Desk) -> None:
        desk.fault("api_slow", delay_ms=300)
        people = [await desk.meet(f"Khách {n}") for n in range(3)]
        for _, conversation in people:
            await desk.write("Dạ", conversation)
        narrow = desk.another_sender(at_once=2)
        assert await narrow.step() == 2
        assert await narrow.step() == 0
        await narrow.drain()
        assert await narrow.step() == 1
        await narrow.drain()

    async def test_says_when_a_hand_is_free(self, desk: Desk) -> None:
        freed = asyncio.Event()
        sender = Sender(desk.database, {"zalo_oa": desk.connector}, desk.storage, freed=freed.set)
        await desk.write("Dạ")
        await sender.step()
        await asyncio.wait_for(freed.wait(), 5)


class TestRefused:
    @pytest.mark.parametrize(
        ("code", "reason"),
        [
            (-201, "invalid-field"),
            (-210, "over-limit"),
            (-213, "not-following"),
            (-227, "inactive-45-days"),
            (-230, "window-closed"),
            (-232, "never-interacted"),
            (-233, "unsupported"),
            (-244, "refused-type"),
            (-248, "standards"),
            (-9999, "platform-error"),
        ],
    )
    async def test_for_good_fails_and_is_not_tried_again(self, desk: Desk, code: int, reason: str) -> None:
        desk.fault("api_error", error=code, message="no", count=1)
        message = await desk.write("Dạ")
        await desk.work()
        later(3600)
        await desk.work()
        assert await desk.delivery(message) == ("failed", reason)
        assert desk.phone() == []
        assert await desk.in_outbox() == []

    @pytest.mark.parametrize(
        ("code", "reason", "seconds"),
        [(-32, "rate-limited", 40), (-211, "quota-out", 5000), (-218, "receive-quota-out", 5000)],
    )
    async def test_for_now_waits_and_is_tried_again(self, desk: Desk, code: int, reason: str, seconds: float) -> None:
        desk.fault("api_error", error=code, message="later", count=1)
        message = await desk.write("Dạ")
        await desk.work()
        assert await desk.delivery(message) == ("queued", reason)
        # The pause of the app's call rate is kept on the real clock: another worker knows nothing of it.
        other = await second_worker(desk)
        later(seconds)
        await other.step()
        await other.drain()
        assert await desk.delivery(message) == ("sent", None)
        assert desk.phone() == ["Dạ"]

    async def test_minus_200_is_repeated_at_once_and_once_only(self, desk: Desk) -> None:
        desk.fault("api_error", error=-200, message="Send message failed", count=1)
        first = await desk.write("một")
        await desk.work()
        assert await desk.delivery(first) == ("sent", None)
        desk.fault("api_error", error=-200, message="Send message failed", count=2)
        second = await desk.write("hai")
        await desk.work()
        assert await desk.delivery(second) == ("failed", "platform-error")
        assert desk.phone() == ["một"]

    async def test_a_day_later_fails_with_its_last_reason(self, desk: Desk) -> None:
        desk.fault("api_error", error=-211, message="Out of quota")
        message = await desk.write("Dạ")
        await desk.work()
        later(timedelta(hours=24, seconds=1).total_seconds())
        await desk.work()
        assert await desk.delivery(message) == ("failed", "quota-out")
        assert desk.phone() == []

    async def test_zalo_out_of_reach_waits(self, desk: Desk) -> None:
        nowhere = f"http://127.0.0.1:{free_port()}"
        lost = ZaloOA.of(
            msgspec.structs.replace(desk.settings, zalo_openapi_url=nowhere, zalo_oauth_url=nowhere), desk.database
        )
        sender = desk.another_sender(lost)
        await desk.write("Dạ")
        await desk.work()  # healthy now
        message = await desk.write("Dạ, còn ạ")
        for seconds in (0, 30):
            later(seconds)
            await sender.step()
            await sender.drain()
        assert await desk.delivery(message) == ("queued", "platform-busy")
        assert await desk.health() == ("degraded", "platform-unreachable")
        later(60)
        await desk.work()
        assert desk.phone() == ["Dạ", "Dạ, còn ạ"]
        assert await desk.health() == ("ok", None)


class TestOrder:
    async def test_holds_under_retries(self, desk: Desk) -> None:
        desk.fault("api_error", error=-211, message="Out of quota", count=1)
        messages = [await desk.write(words) for words in ("một", "hai", "ba")]
        await desk.work()
        assert desk.phone() == []
        assert [(await desk.delivery(message))[0] for message in messages] == ["queued"] * 3
        later(5000)
        await desk.work()
        assert desk.phone() == ["một", "hai", "ba"]

    async def test_an_uncertain_message_holds_back_what_follows(self, desk: Desk) -> None:
        desk.fault("api_lost_reply", count=1)
        await desk.write("một")
        await desk.write("hai")
        await desk.work()
        assert desk.phone() == ["một"]
        later(4)
        await desk.work()
        assert desk.phone() == ["một", "hai"]

    async def test_a_stuck_conversation_does_not_hold_back_another(self, desk: Desk) -> None:
        desk.fault("api_error", error=-211, message="Out of quota", count=1)
        await desk.write("một")
        await desk.work()
        other_user, other = await desk.meet("Trần Anh Tuấn")
        await desk.write("Dạ chào anh", other)
        await desk.work()
        assert desk.phone(other_user) == ["Dạ chào anh"]

    async def test_a_failed_message_lets_the_next_go(self, desk: Desk) -> None:
        desk.fault("api_error", error=-201, message="text is invalid!", count=1)
        await desk.write("một")
        await desk.write("hai")
        await desk.work()
        assert desk.phone() == ["hai"]


class TestUncertain:
    async def test_lost_reply_is_settled_by_the_history(self, desk: Desk) -> None:
        desk.fault("api_lost_reply", count=1)
        message = await desk.write("Dạ còn ạ")
        await desk.work()
        assert await desk.delivery(message) == ("uncertain", "no-answer")
        later(4)
        await desk.work()
        assert await desk.delivery(message) == ("sent", None)
        assert desk.phone() == ["Dạ còn ạ"]
        assert await desk.in_outbox() == []

    async def test_the_history_never_gives_one_entry_to_two_messages(self, desk: Desk) -> None:
        first = await desk.write("ok")
        await desk.work()
        desk.fault("api_status", status=503, count=1)
        second = await desk.write("ok")
        await desk.work()
        assert await desk.delivery(second) == ("uncertain", "no-answer")
        await look_to_the_end(desk)
        assert await desk.delivery(first) == ("sent", None)
        assert await desk.delivery(second) == ("uncertain", "no-answer")
        assert desk.phone() == ["ok"]

    async def test_decomposed_words_are_found(self, desk: Desk) -> None:
        desk.fault("api_lost_reply", count=1)
        message = await desk.write("Tie\u0302\u0301ng Vie\u0323\u0302t")
        await desk.work()
        later(4)
        await desk.work()
        assert await desk.delivery(message) == ("sent", None)

    @pytest.mark.parametrize("fault", [{"kind": "api_status", "status": 502}, {"kind": "api_html", "status": 200}])
    async def test_what_nobody_can_settle_is_left_to_people_and_never_sent_again(
        self, desk: Desk, fault: dict[str, object]
    ) -> None:
        desk.fault(str(fault["kind"]), status=fault["status"], count=1)
        message = await desk.write("Dạ")
        await desk.work()
        await look_to_the_end(desk)
        later(48 * 3600)
        await desk.work()
        assert await desk.delivery(message) == ("uncertain", "no-answer")
        assert desk.phone() == []
        assert await desk.in_outbox() == []

    async def test_a_history_out_of_reach_proves_nothing(self, desk: Desk) -> None:
        desk.fault("api_lost_reply", count=1)
        desk.fault("api_status", path=HISTORY_PATH, status=503, count=3)
        message = await desk.write("Dạ")
        await desk.work()
        for _ in range(4):
            later(31)
            await desk.work()
        assert await desk.delivery(message) == ("sent", None)

    async def test_a_history_out_of_reach_does_not_hold_the_conversation_for_ever(self, desk: Desk) -> None:
        desk.fault("api_lost_reply", count=1)
        desk.fault("api_status", path=HISTORY_PATH, status=503)
        await desk.write("một")
        second = await desk.write("hai")
        await desk.work()
        later(rules.LOOKS_AT_MOST.total_seconds() + 1)
        await desk.work()
        assert await desk.delivery(second) == ("sent", None)

    async def test_an_unexpected_error_of_ours_is_in_doubt_too(
        self, desk: Desk, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        async def breaks(*_: object) -> None:
            raise ZeroDivisionError

        monkeypatch.setattr(desk.connector, "send", breaks)
        message = await desk.write("Dạ")
        await desk.work()
        assert await desk.delivery(message) == ("uncertain", "no-answer")


class TestWorkerDies:
    async def test_killed_in_the_middle_of_the_call(self, desk: Desk) -> None:
        """A worker of its own is killed while Zalo takes its time; Zalo got the message all the same."""
        message = await desk.write("Dạ còn ạ")
        desk.fault("api_slow", delay_ms=1500, count=1)
        environment = os.environ | {
            "SOKHACH_DATABASE_URL": desk.settings.database_url,
            "SOKHACH_SECRET_KEY": desk.settings.secret_key,
            "SOKHACH_ZALO_OPENAPI_URL": desk.settings.zalo_openapi_url,
            "SOKHACH_ZALO_OAUTH_URL": desk.settings.zalo_oauth_url,
            "SOKHACH_DATA_DIR": str(desk.settings.data_dir),
        }
        worker = subprocess.Popen([sys.executable, "-m", "tests.support.sending_worker"], env=environment)
        try:
            while (await desk.delivery(message))[0] != "sending":
                assert worker.poll() is None
                await asyncio.sleep(0.02)
            wait_until(lambda: desk.zalo.read("/faults")[0]["fired"] == 1)
        finally:
            worker.send_signal(signal.SIGKILL)
            worker.wait()
        wait_until(lambda: desk.phone() == ["Dạ còn ạ"])
        await desk.work()
        assert await desk.delivery(message) == ("sending", None)
        later(TAKEN_FOR.total_seconds() + 1)
        await desk.work()
        assert await desk.delivery(message) == ("uncertain", "worker-died")
        later(4)
        await desk.work()
        assert await desk.delivery(message) == ("sent", None)
        assert desk.phone() == ["Dạ còn ạ"]

    async def test_a_verdict_that_comes_after_the_worker_was_given_up(self, desk: Desk) -> None:
        """Its refusal no longer counts, for the message is in other hands; its success does."""
        desk.fault("api_slow", delay_ms=400, count=1)
        message = await desk.write("Dạ")
        await desk.sender.step()
        await asyncio.sleep(0.1)
        later(TAKEN_FOR.total_seconds() + 1)
        other = await second_worker(desk)
        await other.step()
        assert await desk.delivery(message) == ("uncertain", "worker-died")
        await desk.sender.drain()
        assert await desk.delivery(message) == ("sent", None)
        assert await desk.in_outbox() == []


class TestTokens:
    async def test_rejected_in_the_middle_is_renewed_once_and_the_call_repeated(self, desk: Desk) -> None:
        before = await desk.tokens()
        desk.zalo.order(f"/oas/{desk.oa_id}/revocation")
        message = await desk.write("Dạ")
        await desk.work()
        assert await desk.delivery(message) == ("sent", None)
        assert desk.phone() == ["Dạ"]
        assert (await desk.tokens()).refresh_token != before.refresh_token

    async def test_two_workers_renew_once(self, desk: Desk) -> None:
        desk.fault("api_slow", path=TOKEN_PATH, delay_ms=200)
        desk.zalo.order(f"/oas/{desk.oa_id}/revocation")
        other = await second_worker(desk)
        people = [await desk.meet(f"Khách {n}") for n in range(8)]
        for _, conversation in people:
            await desk.write("Dạ", conversation)
        half = desk.another_sender(at_once=4)
        await asyncio.gather(half.step(), other.step())
        await asyncio.gather(half.drain(), other.drain())
        assert [desk.phone(user) for user, _ in people] == [["Dạ"]] * 8
        assert desk.zalo.read("/faults")[0]["fired"] == 1

    async def test_a_lost_renewal_takes_the_account_down_and_messages_wait(self, desk: Desk) -> None:
        await desk.give_tokens(expires_in=-1)
        desk.fault("refresh_lost_reply", path=None, count=1)
        message = await desk.write("Dạ")
        await desk.work()
        assert await desk.delivery(message) == ("queued", "platform-busy")
        later(60)
        await desk.work()
        assert await desk.health() == ("down", "not-authorised")
        assert await desk.delivery(message) == ("queued", "account-not-connected")
        later(12 * 3600)
        await desk.work()
        assert await desk.delivery(message) == ("queued", "account-not-connected")
        assert desk.phone() == []

    async def test_a_revoked_permission_takes_the_account_down(self, desk: Desk) -> None:
        desk.zalo.order(f"/oas/{desk.oa_id}/revocation", refresh_too=True)
        message = await desk.write("Dạ")
        await desk.work()
        assert await desk.health() == ("down", "token-revoked")
        assert await desk.delivery(message) == ("queued", "token")

    async def test_without_tokens_messages_wait(self, desk: Desk) -> None:
        await desk.store_tokens(None)
        message = await desk.write("Dạ")
        await desk.work()
        assert await desk.delivery(message) == ("queued", "account-not-connected")
        assert await desk.health() == ("down", "not-authorised")


class TestAccountDown:
    async def test_all_its_messages_wait_and_go_when_it_is_back(self, desk: Desk) -> None:
        other_user, other = await desk.meet("Trần Anh Tuấn")
        await desk.write("Dạ chào chị")
        await desk.work()
        desk.zalo.order("/oas", oa_id=desk.oa_id, app_id=desk.app_id, name="Chăn Ga Minh Long", enabled=False)
        await desk.write("một")
        await desk.work()
        waiting = await desk.write("hai", other)
        assert await desk.health() == ("down", "oa-disabled")
        later(1)
        await desk.work()
        assert (await desk.delivery(waiting))[0] == "queued"
        assert len(await desk.in_outbox()) == 2
        desk.zalo.order("/oas", oa_id=desk.oa_id, app_id=desk.app_id, name="Chăn Ga Minh Long")
        later(1)
        async with desk.database.transaction() as connection:
            await accounts.set_health(connection, desk.account_id, "ok", None, clock.now())
        await desk.work()
        assert desk.phone() == ["Dạ chào chị", "một"]
        assert desk.phone(other_user) == ["hai"]

    async def test_a_message_probes_by_itself(self, desk: Desk) -> None:
        desk.fault("api_error", error=-204, message="OA is disabled", count=1)
        people = [await desk.meet(f"Khách {n}") for n in range(3)]
        for _, conversation in people:
            await desk.write("Dạ", conversation)
        later(0)
        narrow = desk.another_sender(at_once=1)
        await narrow.step()
        await narrow.drain()
        assert await narrow.step() == 0
        assert await desk.health() == ("down", "oa-disabled")
        later(rules.ACCOUNT_PROBE_SECONDS * 1.3)
        while await narrow.step():
            await narrow.drain()
        assert [desk.phone(user) for user, _ in people] == [["Dạ"]] * 3
        assert await desk.health() == ("ok", None)


class TestEcho:
    async def test_settles_what_lost_its_answer(self, desk: Desk) -> None:
        desk.fault("api_lost_reply", count=1)
        message = await desk.write("Dạ còn ạ")
        await desk.work()
        shown = desk.zalo.read(f"/oas/{desk.oa_id}/users/{desk.user_id}/messages")[-1]
        await desk.hear(
            {
                "app_id": desk.app_id,
                "sender": {"id": desk.oa_id},
                "recipient": {"id": desk.user_id},
                "event_name": "oa_send_text",
                "message": {"text": "Dạ còn ạ", "msg_id": shown["msg_id"]},
                "timestamp": str(shown["time"]),
            },
            desk.user_id,
        )
        assert await desk.delivery(message) == ("sent", None)
        following = await desk.write("Mình lấy mấy bộ ạ?")
        await desk.work()
        assert await desk.delivery(following) == ("sent", None)
        later(4)
        await desk.work()
        assert await desk.in_outbox() == []
        assert desk.phone() == ["Dạ còn ạ", "Mình lấy mấy bộ ạ?"]
