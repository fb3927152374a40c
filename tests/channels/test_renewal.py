"""The loop that keeps tokens fresh."""

import asyncio
from datetime import timedelta

import msgspec
import pytest

from sokhach.channels import renewal
from sokhach.channels.connector import SendRefusedError
from sokhach.channels.zalo_oa.connector import ZaloOA
from sokhach.channels.zalo_oa.tokens import renewal_due
from sokhach.core import clock
from tests.support.zalo import TOKEN_PATH, Desk, free_port, later


async def step(desk: Desk, connector: ZaloOA | None = None) -> int:
    return await renewal.step(desk.database, {"zalo_oa": connector or desk.connector})


async def due_in(desk: Desk) -> timedelta:
    return (
        await desk.value("SELECT refresh_due_at FROM channel_account WHERE id = :id", id=desk.account_id) - clock.now()
    )


async def make_due(desk: Desk) -> None:
    await desk.execute(
        "UPDATE channel_account SET refresh_due_at = :now WHERE id = :id", now=clock.now(), id=desk.account_id
    )


async def be_well(desk: Desk) -> None:
    await desk.execute(
        "UPDATE channel_account SET health = 'ok', health_reason = NULL WHERE id = :id", id=desk.account_id
    )


class TestStep:
    async def test_renews_when_less_than_five_hours_are_left(self, desk: Desk) -> None:
        before = await desk.give_tokens(expires_in=4 * 3600)
        assert await step(desk) == 0
        await make_due(desk)
        assert await step(desk) == 1
        after = await desk.tokens()
        assert after.refresh_token != before.refresh_token
        assert timedelta(hours=19, minutes=59) < await due_in(desk) <= timedelta(hours=20)
        assert await desk.health() == ("ok", None)

    async def test_an_idle_account_is_renewed_daily(self, desk: Desk) -> None:
        tokens = await desk.tokens()
        long_lived = msgspec.structs.replace(tokens, expires_at=clock.now() + timedelta(days=30))
        assert renewal_due(long_lived, clock.now()) == clock.now() + timedelta(days=1) or (
            abs(renewal_due(long_lived, clock.now()) - clock.now() - timedelta(days=1)) < timedelta(seconds=1)
        )

    async def test_what_somebody_else_renewed_is_left_alone(self, desk: Desk) -> None:
        before = await desk.tokens()
        await make_due(desk)
        await step(desk)
        assert await desk.tokens() == before
        assert await due_in(desk) > timedelta(hours=19)

    async def test_two_workers_renew_once(self, desk: Desk) -> None:
        desk.fault("api_slow", path=TOKEN_PATH, delay_ms=100)
        await desk.give_tokens(expires_in=3600)
        await make_due(desk)
        other = ZaloOA.of(desk.settings, desk.database)
        await asyncio.gather(
            step(desk),
            step(desk, other),
            desk.connector.refresh_tokens(desk.account),
            other.refresh_tokens(desk.account),
        )
        assert desk.zalo.read("/faults")[0]["fired"] == 1
        await other.close()

    async def test_a_refusal_warns_while_the_token_still_works(self, desk: Desk) -> None:
        tokens = await desk.give_tokens(expires_in=4 * 3600)
        await desk.store_tokens(msgspec.structs.replace(tokens, refresh_token="spent elsewhere"))
        await make_due(desk)
        await be_well(desk)
        await step(desk)
        assert await desk.health() == ("degraded", "token-revoked")
        message = await desk.write("Dạ")
        await desk.work()
        assert await desk.delivery(message) == ("sent", None)
        assert await desk.health() == ("degraded", "token-revoked")
        assert timedelta(minutes=9) < await due_in(desk) <= timedelta(minutes=10)

    async def test_a_refusal_takes_the_account_down_once_the_token_has_ended(self, desk: Desk) -> None:
        tokens = await desk.give_tokens(expires_in=-1)
        await desk.store_tokens(msgspec.structs.replace(tokens, refresh_token="spent elsewhere"))
        await make_due(desk)
        await step(desk)
        assert await desk.health() == ("down", "token-revoked")

    async def test_a_lost_answer_is_remembered(self, desk: Desk) -> None:
        await desk.give_tokens(expires_in=-1)
        await make_due(desk)
        desk.fault("refresh_lost_reply", path=None, count=1)
        await step(desk)
        assert (await desk.tokens()).renewing_since is not None
        later(90)
        await step(desk)
        assert await desk.health() == ("down", "not-authorised")

    async def test_zalo_out_of_reach_spends_nothing(self, desk: Desk) -> None:
        before = await desk.give_tokens(expires_in=3600)
        await make_due(desk)
        await be_well(desk)
        nowhere = f"http://127.0.0.1:{free_port()}"
        lost = ZaloOA.of(
            msgspec.structs.replace(desk.settings, zalo_openapi_url=nowhere, zalo_oauth_url=nowhere), desk.database
        )
        await step(desk, lost)
        assert await desk.tokens() == before
        assert await desk.health() == ("degraded", "platform-unreachable")
        assert timedelta(0) < await due_in(desk) <= timedelta(seconds=61)
        await lost.close()
        later(62)
        await step(desk)
        assert await desk.health() == ("ok", None)

    @pytest.mark.parametrize(
        ("health", "reason"),
        [("down", "oa-disabled"), ("degraded", "webhook-silent"), ("degraded", "token-revoked")],
    )
    async def test_a_failure_that_passes_leaves_a_worse_diagnosis(self, desk: Desk, health: str, reason: str) -> None:
        await desk.give_tokens(expires_in=3600)
        await make_due(desk)
        await desk.execute("UPDATE channel_account SET health = :health, health_reason = :reason",
                           health=health, reason=reason)  # fmt: skip
        desk.fault("api_status", path=TOKEN_PATH, status=503, count=1)
        assert await step(desk) == 1
        assert desk.zalo.read("/faults")[0]["fired"] == 1
        assert await desk.health() == (health, reason)


class TestKeeper:
    async def test_a_renewal_goes_on_when_its_caller_is_cancelled(self, desk: Desk) -> None:
        before = await desk.give_tokens(expires_in=-1)
        desk.fault("api_slow", path=TOKEN_PATH, delay_ms=300, count=1)
        call = asyncio.create_task(desk.connector.refresh_tokens(desk.account))
        await asyncio.sleep(0.15)
        call.cancel()
        await asyncio.gather(call, return_exceptions=True)
        await desk.connector.close()
        assert (await desk.tokens()).refresh_token != before.refresh_token

    async def test_secrets_are_not_stored_in_the_clear(self, desk: Desk) -> None:
        tokens = await desk.tokens()
        row = await desk.row("SELECT credentials, tokens FROM channel_account WHERE id = :id", id=desk.account_id)
        assert tokens.access_token.encode() not in row["tokens"]
        assert b"app-secret" not in row["credentials"]

    async def test_another_secret_key_takes_the_account_down(self, desk: Desk) -> None:
        stranger = ZaloOA.of(msgspec.structs.replace(desk.settings, secret_key="another"), desk.database)
        await make_due(desk)
        await step(desk, stranger)
        assert await desk.health() == ("down", "undecipherable")
        await stranger.close()


class TestRejected:
    @pytest.mark.parametrize("code", [-216, -220, -124])
    async def test_a_rejected_token_is_renewed_once_and_the_call_made_again(self, desk: Desk, code: int) -> None:
        before = await desk.tokens()
        desk.fault("api_error", path="/v2.0/oa/getoa", error=code, message="token", count=1)
        assert (await desk.connector.get(desk.account, "/v2.0/oa/getoa", None)).data
        after = await desk.tokens()
        assert after.refresh_token != before.refresh_token
        assert after.access_token != before.access_token

    async def test_twice_rejected_is_a_revoked_account(self, desk: Desk) -> None:
        desk.fault("api_error", path="/v2.0/oa/getoa", error=-216, message="token", count=2)
        with pytest.raises(SendRefusedError) as refused:
            await desk.connector.get(desk.account, "/v2.0/oa/getoa", None)
        assert refused.value.account_down
