from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest

from tests.sandbox.harness import Shop

VERIFIER = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"
CHALLENGE = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"
CALLBACK = "https://crm.example.vn/zalo/callback"

MINUTE = 60
HOUR = 3600
DAY = 24 * HOUR


async def consent(shop: Shop, **order: str) -> str:
    return (await shop.order(f"/oas/{shop.oa_id}/consent", redirect_uri=CALLBACK, **order))["code"]


async def exchange(shop: Shop, code: str, **form: str) -> dict[str, Any]:
    return await shop.oauth(code=code, grant_type="authorization_code", **form)


async def accepted(shop: Shop, token: str) -> int:
    answer = await shop.http.get("/v2.0/oa/getoa", headers={"access_token": token})
    return answer.json()["error"]


class TestExchange:
    async def test_code_gives_a_pair_that_works(self, shop: Shop) -> None:
        pair = await exchange(shop, await consent(shop))
        assert pair["expires_in"] == "90000"
        assert set(pair) == {"access_token", "refresh_token", "expires_in"}
        assert await accepted(shop, pair["access_token"]) == 0

    async def test_code_works_once(self, shop: Shop) -> None:
        code = await consent(shop)
        await exchange(shop, code)
        assert (await exchange(shop, code))["error"] < 0

    async def test_code_lives_ten_minutes(self, shop: Shop) -> None:
        early, late = await consent(shop), await consent(shop)
        await shop.advance(9 * MINUTE)
        assert "access_token" in await exchange(shop, early)
        await shop.advance(2 * MINUTE)
        assert "access_token" not in await exchange(shop, late)

    async def test_verifier_of_the_reference_vector(self, shop: Shop) -> None:
        code = await consent(shop, code_challenge=CHALLENGE)
        assert "access_token" in await exchange(shop, code, code_verifier=VERIFIER)

    @pytest.mark.parametrize("form", [{}, {"code_verifier": VERIFIER[:-1] + "x"}, {"code_verifier": CHALLENGE}])
    async def test_challenge_without_its_verifier(self, shop: Shop, form: dict[str, str]) -> None:
        code = await consent(shop, code_challenge=CHALLENGE)
        assert (await exchange(shop, code, **form))["error_name"] == "Invalid code verifier"

    async def test_challenge_saved_in_the_console_counts(self, http: httpx.AsyncClient) -> None:
        shop = Shop(http, None)
        await shop.open(code_challenge=CHALLENGE)
        assert "access_token" not in await exchange(shop, await consent(shop))
        assert "access_token" in await exchange(shop, await consent(shop), code_verifier=VERIFIER)

    async def test_code_of_another_app(self, shop: Shop, http: httpx.AsyncClient) -> None:
        other = Shop(http, None)
        await other.open()
        assert "access_token" not in await exchange(other, await consent(shop))


class TestErrorShape:
    async def assert_odd(self, answer: dict[str, Any]) -> None:
        assert set(answer) == {"error", "error_name", "error_reason", "error_description", "ref_doc"}
        assert isinstance(answer["error"], int)
        assert answer["error"] < 0

    async def test_wrong_secret(self, shop: Shop) -> None:
        form = {"refresh_token": shop.refresh_token, "grant_type": "refresh_token"}
        await self.assert_odd(await shop.oauth(secret="wrong", **form))
        assert "access_token" in await shop.oauth(**form)

    async def test_unknown_app(self, shop: Shop) -> None:
        await self.assert_odd(await shop.oauth(app_id="1", grant_type="refresh_token", refresh_token="x"))

    async def test_unknown_grant(self, shop: Shop) -> None:
        await self.assert_odd(await shop.oauth(grant_type="password"))

    async def test_json_is_no_form(self, shop: Shop) -> None:
        body = {"app_id": shop.app_id, "refresh_token": shop.refresh_token, "grant_type": "refresh_token"}
        answer = await shop.http.post("/v4/oa/access_token", json=body, headers={"secret_key": shop.app_secret})
        assert answer.status_code == 200
        await self.assert_odd(answer.json())


class TestRefresh:
    async def test_rotates(self, shop: Shop) -> None:
        pair = await shop.refresh(shop.refresh_token)
        assert await accepted(shop, pair["access_token"]) == 0
        assert (await shop.refresh(shop.refresh_token))["error"] == -14014
        assert "access_token" in await shop.refresh(pair["refresh_token"])

    async def test_lost_reply_burns_the_token(self, shop: Shop) -> None:
        await shop.fault("refresh_lost_reply", count=1)
        with pytest.raises(httpx.RemoteProtocolError):
            await shop.refresh(shop.refresh_token)
        assert (await shop.refresh(shop.refresh_token))["error"] == -14014

    async def test_lives_three_months(self, shop: Shop) -> None:
        await shop.advance(91 * DAY)
        assert (await shop.refresh(shop.refresh_token))["error"] == -14014

    async def test_access_token_refreshes_nothing(self, shop: Shop) -> None:
        assert (await shop.refresh(shop.token))["error"] == -14014


class TestAccessToken:
    async def test_lives_25_hours(self, shop: Shop) -> None:
        await shop.advance(25 * HOUR - 60)
        assert await accepted(shop, shop.token) == 0
        await shop.advance(120)
        assert await accepted(shop, shop.token) == -220

    @pytest.mark.parametrize("header", ["", "nonsense", "Bearer {token}"])
    async def test_only_the_bare_token(self, shop: Shop, header: str) -> None:
        assert await accepted(shop, header.format(token=shop.token)) == -216

    async def test_refresh_token_is_none(self, shop: Shop) -> None:
        assert await accepted(shop, shop.refresh_token) == -216

    async def test_revoked(self, shop: Shop) -> None:
        await shop.order(f"/oas/{shop.oa_id}/revocation")
        assert await accepted(shop, shop.token) == -220
        assert "access_token" in await shop.refresh(shop.refresh_token)

    async def test_revoked_with_refresh_token(self, shop: Shop) -> None:
        await shop.order(f"/oas/{shop.oa_id}/revocation", refresh_too=True)
        assert (await shop.refresh(shop.refresh_token))["error"] == -14014


class TestPermissionPage:
    async def test_leads_back_with_a_code(self, shop: Shop) -> None:
        query = {"app_id": shop.app_id, "redirect_uri": CALLBACK, "state": "s1", "code_challenge": CHALLENGE}
        page = await shop.http.get("/v4/oa/permission", params=query)
        assert "Chăn Ga Mộc An" in page.text
        answer = await shop.http.get("/v4/oa/permission", params=query | {"consented_oa": shop.oa_id})
        back = parse_qs(urlsplit(answer.headers["location"]).query)
        assert (back["oa_id"], back["state"]) == ([shop.oa_id], ["s1"])
        assert "access_token" in await exchange(shop, back["code"][0], code_verifier=VERIFIER)

    async def test_other_callback_than_the_registered(self, http: httpx.AsyncClient) -> None:
        shop = Shop(http, None)
        await shop.open(callback_url=CALLBACK)
        query = {"app_id": shop.app_id, "redirect_uri": "https://evil.example/", "consented_oa": shop.oa_id}
        assert (await http.get("/v4/oa/permission", params=query)).json()["error"] == -14003

    async def test_inactive_app(self, http: httpx.AsyncClient) -> None:
        shop = Shop(http, None)
        await shop.open(active=False)
        query = {"app_id": shop.app_id, "redirect_uri": CALLBACK}
        assert (await http.get("/v4/oa/permission", params=query)).json()["error"] == -14002
