"""`sokhach channel` as an operator types it, against the simulated Zalo."""

import asyncio

import pytest
from typer.testing import CliRunner

from sokhach.channels.cli import channel_app
from sokhach.core.config import Settings
from sokhach.core.database import Database
from tests.support.zalo import Desk, SimulatedZalo

runner = CliRunner()


@pytest.fixture
def terminal(zalo_settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOKHACH_DATABASE_URL", zalo_settings.database_url)
    monkeypatch.setenv("SOKHACH_SECRET_KEY", zalo_settings.secret_key)
    monkeypatch.setenv("SOKHACH_ZALO_OAUTH_URL", zalo_settings.zalo_oauth_url)
    monkeypatch.setenv("SOKHACH_ZALO_OPENAPI_URL", zalo_settings.zalo_openapi_url)
    monkeypatch.setenv("SOKHACH_CONFIG", "/nonexistent/sokhach.toml")
    for name in ("ZALO_APP_SECRET", "ZALO_OA_SECRET", "ZALO_REFRESH_TOKEN"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def new_oa(zalo: SimulatedZalo) -> str:
    zalo.order("/apps", app_id="777", app_secret="app-secret", oa_secret="oa-secret")
    zalo.order("/oas", oa_id="888", app_id="777", name="Đèn Minh Long")
    return "888"


async def run(*arguments: str, typed: str | None = None) -> tuple[int, str]:
    result = await asyncio.to_thread(runner.invoke, channel_app, arguments, input=typed)
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result.exit_code, result.output


async def account(database: Database, oa_id: str) -> dict[str, object]:
    from sqlalchemy import text

    async with database.transaction() as connection:
        sql = (
            "SELECT name, health, health_reason, tokens IS NOT NULL AS tokens FROM channel_account"
            " WHERE external_id = :id"
        )
        return dict((await connection.execute(text(sql), {"id": oa_id})).mappings().one())


@pytest.mark.usefixtures("terminal")
class TestAdd:
    async def test_connects_and_takes_the_oas_name(self, zalo: SimulatedZalo, new_oa: str, owner_db: Database) -> None:
        token = zalo.order(f"/oas/{new_oa}/token")["refresh_token"]
        status, shown = await run(
            "add", "zalo-oa", "--app-id", "777", "--oa-id", new_oa, "--refresh-token", token,
            "--app-secret", "app-secret", "--oa-secret", "oa-secret",
        )  # fmt: skip
        assert status == 0, shown
        assert "/hooks/zalo-oa" in shown
        assert await account(owner_db, new_oa) == {
            "name": "Đèn Minh Long",
            "health": "ok",
            "health_reason": None,
            "tokens": True,
        }

    async def test_asks_for_secrets_without_showing_them(self, new_oa: str, owner_db: Database) -> None:
        status, shown = await run(
            "add", "zalo-oa", "--app-id", "777", "--oa-id", new_oa, "--name", "Đèn", typed="app-secret\noa-secret\n"
        )
        assert status == 0, shown
        assert "app-secret\n" not in shown.replace("[", "")
        assert await account(owner_db, new_oa) == {
            "name": "Đèn",
            "health": "down",
            "health_reason": "not-authorised",
            "tokens": False,
        }

    async def test_takes_secrets_from_the_environment(
        self, zalo: SimulatedZalo, new_oa: str, owner_db: Database, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("ZALO_APP_SECRET", "app-secret")
        monkeypatch.setenv("ZALO_OA_SECRET", "oa-secret")
        monkeypatch.setenv("ZALO_REFRESH_TOKEN", zalo.order(f"/oas/{new_oa}/token")["refresh_token"])
        status, shown = await run("add", "zalo-oa", "--app-id", "777", "--oa-id", new_oa)
        assert status == 0, shown
        assert (await account(owner_db, new_oa))["health"] == "ok"

    async def test_refuses_a_token_of_another_oa(self, zalo: SimulatedZalo, new_oa: str, owner_db: Database) -> None:
        zalo.order("/oas", oa_id="999", app_id="777", name="OA khác")
        token = zalo.order("/oas/999/token")["refresh_token"]
        status, shown = await run(
            "add", "zalo-oa", "--app-id", "777", "--oa-id", new_oa, "--refresh-token", token,
            "--app-secret", "app-secret", "--oa-secret", "oa-secret",
        )  # fmt: skip
        assert status == 1
        assert "999" in shown
        assert (await account(owner_db, new_oa))["tokens"] is False


@pytest.mark.usefixtures("terminal")
class TestAuthorize:
    async def test_brings_an_account_back_and_its_messages_go(self, desk: Desk) -> None:
        desk.zalo.order(f"/oas/{desk.oa_id}/revocation", refresh_too=True)
        message = await desk.write("Dạ")
        await desk.work()
        assert await desk.health() == ("down", "token-revoked")
        token = desk.zalo.order(f"/oas/{desk.oa_id}/token")["refresh_token"]
        status, shown = await run("authorize", "zalo-oa", "--oa-id", desk.oa_id, typed=f"{token}\n")
        assert status == 0, shown
        assert await desk.health() == ("ok", None)
        assert await desk.value("SELECT authorised_at FROM channel_account WHERE id = :id", id=desk.account_id)
        await desk.work()
        assert await desk.delivery(message) == ("sent", None)

    async def test_a_token_of_no_use_leaves_everything_as_it_was(self, desk: Desk) -> None:
        before = await desk.tokens()
        status, shown = await run("authorize", "zalo-oa", "--oa-id", desk.oa_id, "--refresh-token", "nonsense")
        assert status == 1
        assert "-14014" in shown
        assert await desk.tokens() == before

    async def test_an_unknown_oa(self, zalo_settings: Settings) -> None:
        status, shown = await run("authorize", "zalo-oa", "--oa-id", "1", "--refresh-token", "x")
        assert status == 1
        assert "1" in shown


@pytest.mark.usefixtures("terminal")
class TestList:
    async def test_shows_every_account_with_its_health(self, desk: Desk) -> None:
        status, shown = await run("list")
        assert status == 0
        assert desk.oa_id[:8] in shown
