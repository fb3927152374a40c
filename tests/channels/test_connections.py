"""Connecting an OA by Zalo's consent page, over HTTP from the console's button to the stored tokens."""

import re
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx
import msgspec
import pytest
from litestar import Litestar

from sokhach.app import create_app
from sokhach.channels.zalo_oa.consent import challenge_of
from sokhach.channels.zalo_oa.credentials import open_credentials
from sokhach.core.config import Settings
from sokhach.core.crypto import derive
from tests.conftest import SignIn
from tests.support.people import People
from tests.support.zalo import TOKEN_PATH, Desk, later

BEGIN = "/api/channel-accounts/zalo-oa/connections"


@pytest.fixture
def settings(zalo_settings: Settings) -> Settings:
    return zalo_settings


@pytest.fixture
def zalo_settings(request: pytest.FixtureRequest, template_database: Any, zalo: Any, tmp_path: Any) -> Any:
    with template_database.copy() as name:
        yield msgspec.structs.replace(
            template_database.settings(name, tmp_path), zalo_oauth_url=zalo.base_url, zalo_openapi_url=zalo.base_url
        )


class Admin:
    """An administrator's browser: in the console, and on Zalo's page."""

    def __init__(self, client: httpx.AsyncClient, desk: Desk) -> None:
        self.client = client
        self.desk = desk
        self.credentials = {"app_id": desk.app_id, "app_secret": "app-secret", "oa_secret": "oa-secret"}

    async def begin(self, **changes: str) -> dict[str, str]:
        answer = await self.client.post(BEGIN, json=self.credentials | changes)
        assert answer.status_code == 201, answer.text
        return answer.json()

    async def reconnect(self) -> dict[str, str]:
        answer = await self.client.post(f"/api/channel-accounts/{self.desk.account_id}/reconnection")
        assert answer.status_code == 201, answer.text
        return answer.json()

    async def consent(self, link: str, oa_id: str | None = None) -> str:
        """Opens Zalo's page and chooses an OA; the address that Zalo then leads to."""
        async with httpx.AsyncClient(follow_redirects=False) as browser:
            page = await browser.get(link)
            assert page.status_code == 200, page.text
            choices = [found.replace("&amp;", "&") for found in re.findall(r'href="([^"]+)"', page.text)]
            wanted = f"consented_oa={oa_id or self.desk.oa_id}"
            [choice] = [one for one in choices if wanted in one]
            chosen = await browser.get(self.desk.zalo.base_url + choice)
            assert chosen.status_code in {302, 303, 307}, chosen.text
            return chosen.headers["location"]

    async def come_back(self, address: str, client: httpx.AsyncClient | None = None) -> str:
        answer = await (client or self.client).get(address)
        assert answer.status_code == 302, answer.text
        return answer.headers["location"]


@pytest.fixture
async def admin(desk: Desk, signed_in: SignIn, people: People) -> Admin:
    return Admin(await signed_in(people.admin), desk)


async def forget(desk: Desk) -> None:
    """As if the OA had never been connected."""
    await desk.execute("UPDATE channel_account SET external_id = 'another', name = 'Khác' WHERE id = :id",
                       id=desk.account_id)  # fmt: skip


class TestConnect:
    async def test_from_the_button_to_an_account_that_can_send(self, admin: Admin, desk: Desk) -> None:
        await forget(desk)
        link = await admin.begin()
        asked = parse_qs(urlsplit(link["authorize_url"]).query)
        assert asked["app_id"] == [desk.app_id]
        assert asked["redirect_uri"] == [link["redirect_uri"]]
        assert asked["code_challenge"] == [link["code_challenge"]]
        assert len(asked["state"][0]) == 43
        verifier = derive(desk.settings.keys[0], f"pkce:{desk.app_id}")
        assert len(verifier) == 43
        assert link["code_challenge"] == challenge_of(verifier)
        location = await admin.come_back(await admin.consent(link["authorize_url"]))
        account_id = int(re.fullmatch(r"/channel-accounts/(\d+)\?connected=true", location)[1])  # pyright: ignore[reportOptionalSubscript]
        assert account_id != desk.account_id
        row = await desk.row("SELECT * FROM channel_account WHERE id = :id", id=account_id)
        assert (row["external_id"], row["name"], row["health"]) == (desk.oa_id, "Chăn Ga Minh Long", "ok")
        assert open_credentials(desk.vault, row["credentials"]).app_secret == "app-secret"
        assert b"app-secret" not in row["credentials"]
        desk.account_id = account_id
        assert (await desk.connector.get(desk.account, "/v2.0/oa/getoa", None)).data
        detail = (await admin.client.get(f"/api/channel-accounts/{account_id}")).json()
        assert detail["token_expires_at"]
        assert detail["sends_blocked"] is False

    async def test_a_challenge_that_is_saved_in_zalos_console_stays_right(self, admin: Admin, desk: Desk) -> None:
        first = await admin.begin()
        desk.zalo.order(
            "/apps",
            app_id=desk.app_id,
            app_secret="app-secret",
            oa_secret="oa-secret",
            callback_url=first["redirect_uri"],
            code_challenge=first["code_challenge"],
        )
        again = await admin.begin()
        assert (again["redirect_uri"], again["code_challenge"]) == (first["redirect_uri"], first["code_challenge"])
        assert "connected=true" in await admin.come_back(await admin.consent(again["authorize_url"]))

    async def test_credentials_are_needed(self, admin: Admin) -> None:
        answer = await admin.client.post(BEGIN, json={"app_id": "12 34", "app_secret": " ", "oa_secret": "x"})
        assert answer.status_code == 400
        assert {one["path"] for one in answer.json()["errors"]} == {"app_id", "app_secret"}

    @pytest.mark.parametrize("secret", ["khóa bí mật", "two words", "line\nfeed", "\x00"])
    async def test_a_secret_that_no_header_holds_is_refused(self, admin: Admin, secret: str) -> None:
        answer = await admin.client.post(BEGIN, json={"app_id": "1", "app_secret": secret, "oa_secret": "x"})
        assert answer.status_code == 400
        assert "khóa bí mật của ứng dụng" in answer.json()["detail"]

    async def test_a_wrong_app_secret_stores_nothing(self, admin: Admin, desk: Desk) -> None:
        await forget(desk)
        link = await admin.begin(app_secret="wrong")
        location = await admin.come_back(await admin.consent(link["authorize_url"]))
        assert location == "/channel-accounts?problem=connection-refused"
        assert await desk.value("SELECT count(*) FROM channel_account") == 1

    async def test_zalos_answer_is_lost(self, admin: Admin, desk: Desk) -> None:
        link = await admin.begin()
        address = await admin.consent(link["authorize_url"])
        desk.zalo.order("/faults", kind="api_lost_reply", scope={"path": TOKEN_PATH}, count=1)
        assert await admin.come_back(address) == "/channel-accounts?problem=connection-unanswered"

    async def test_declining_is_told(self, admin: Admin) -> None:
        link = await admin.begin()
        state = parse_qs(urlsplit(link["authorize_url"]).query)["state"][0]
        for query, problem in (
            ("error=-14003", "connection-redirect-mismatch"),
            ("error=-14002", "connection-app-inactive"),
        ):
            link = await admin.begin()
            state = parse_qs(urlsplit(link["authorize_url"]).query)["state"][0]
            location = await admin.come_back(f"{link['redirect_uri']}?state={state}&{query}")
            assert location == f"/channel-accounts?problem={problem}"


class TestState:
    async def test_works_once(self, admin: Admin, desk: Desk) -> None:
        address = await admin.consent((await admin.begin())["authorize_url"])
        assert "connected=true" in await admin.come_back(address)
        assert await admin.come_back(address) == "/channel-accounts?problem=connection-expired"

    async def test_one_that_is_not_ours(self, admin: Admin, desk: Desk) -> None:
        link = await admin.begin()
        address = await admin.consent(re.sub("state=[^&]+", "state=made-up", link["authorize_url"]))
        assert await admin.come_back(address) == "/channel-accounts?problem=connection-expired"
        assert "connected=true" in await admin.come_back(await admin.consent(link["authorize_url"]))

    async def test_of_another_person_is_none_and_stays_theirs(
        self, admin: Admin, desk: Desk, signed_in: SignIn, people: People
    ) -> None:
        await desk.execute("UPDATE staff SET role = 'admin' WHERE id = :id", id=people.outsider.id)
        other = await signed_in(people.outsider)
        address = await admin.consent((await admin.begin())["authorize_url"])
        assert await admin.come_back(address, other) == "/channel-accounts?problem=connection-expired"
        assert "connected=true" in await admin.come_back(address)

    async def test_ends_after_ten_minutes(self, admin: Admin, desk: Desk) -> None:
        address = await admin.consent((await admin.begin())["authorize_url"])
        later(601)
        assert await admin.come_back(address) == "/channel-accounts?problem=connection-expired"

    async def test_needs_the_signed_in_admin(self, admin: Admin, desk: Desk, signed_in: SignIn, people: People) -> None:
        address = await admin.consent((await admin.begin())["authorize_url"])
        nobody, manager = await signed_in(None), await signed_in(people.manager)
        assert await admin.come_back(address, nobody) == "/channel-accounts?problem=not-signed-in"
        assert await admin.come_back(address, manager) == "/channel-accounts?problem=not-permitted"


class TestReconnect:
    async def test_with_the_stored_credentials_and_what_was_missed_is_read(self, admin: Admin, desk: Desk) -> None:
        desk.zalo.order(f"/oas/{desk.oa_id}/revocation", refresh_too=True)
        await desk.execute("UPDATE channel_account SET health = 'down', health_reason = 'token-revoked' WHERE id = :id",
                           id=desk.account_id)  # fmt: skip
        location = await admin.come_back(await admin.consent((await admin.reconnect())["authorize_url"]))
        assert location == f"/channel-accounts/{desk.account_id}?connected=true"
        assert await desk.health() == ("ok", None)
        assert await desk.value("SELECT authorised_at FROM channel_account WHERE id = :id", id=desk.account_id)
        assert (await desk.connector.get(desk.account, "/v2.0/oa/getoa", None)).data
        sweep = await desk.row("SELECT cause, state, since FROM channel_sweep")
        assert (sweep["cause"], sweep["state"]) == ("reconnected", "queued")

    async def test_another_oa_is_refused_and_nothing_changes(self, admin: Admin, desk: Desk) -> None:
        other = str(int(desk.oa_id) + 1)
        desk.zalo.order("/oas", oa_id=other, app_id=desk.app_id, name="OA khác")
        before = await desk.tokens()
        address = await admin.consent((await admin.reconnect())["authorize_url"], other)
        assert await admin.come_back(address) == "/channel-accounts?problem=connection-other-oa"
        assert await desk.tokens() == before

    async def test_an_oa_other_than_the_address_says_is_refused(self, admin: Admin, desk: Desk) -> None:
        address = await admin.consent((await admin.begin())["authorize_url"])
        location = await admin.come_back(address.replace(f"oa_id={desk.oa_id}", "oa_id=123"))
        assert location == "/channel-accounts?problem=connection-other-oa"

    async def test_credentials_that_no_key_opens(self, admin: Admin, desk: Desk) -> None:
        await desk.execute("UPDATE channel_account SET credentials = 'x' WHERE id = :id", id=desk.account_id)
        answer = await admin.client.post(f"/api/channel-accounts/{desk.account_id}/reconnection")
        assert answer.status_code == 409
        assert answer.json()["type"].endswith("connection-credentials-lost")


class TestPermissions:
    @pytest.mark.parametrize("name", ["manager", "lead", "owner"])
    async def test_only_admins_change_anything(self, desk: Desk, signed_in: SignIn, people: People, name: str) -> None:
        client = await signed_in(people.named(name))
        account = f"/api/channel-accounts/{desk.account_id}"
        for path in (BEGIN, f"{account}/reconnection", f"{account}/refresh", f"{account}/sweeps"):
            assert (await client.post(path, json={})).status_code == 403, path
        assert (await client.get(account)).status_code == (200 if name == "manager" else 403)

    def test_the_callback_is_the_only_public_route(self, settings: Settings) -> None:
        app: Litestar = create_app(settings)
        public = {
            route.path
            for route in app.routes
            for handler in getattr(route, "route_handlers", [])
            if handler.opt.get("access") == "public" and "channel" in route.path
        }
        assert public == {"/api/channel-accounts/zalo-oa/callback"}


class TestSweeps:
    async def test_asking(self, admin: Admin, desk: Desk) -> None:
        path = f"/api/channel-accounts/{desk.account_id}/sweeps"
        for since in ("2999-01-01T00:00:00Z", "2020-01-01T00:00:00Z", "2026-11-01T00:00:00"):
            answer = await admin.client.post(path, json={"since": since})
            assert answer.status_code == 400, since
        since = later(-3600).isoformat()
        later(3600)
        answer = await admin.client.post(path, json={"since": since})
        assert answer.status_code == 202, answer.text
        [sweep] = answer.json()["sweeps"]
        assert (sweep["cause"], sweep["state"]) == ("asked", "queued")
        assert sweep["text"]
        missing = await admin.client.post("/api/channel-accounts/999/sweeps", json={"since": since})
        assert missing.status_code == 404
