"""Programs that act for a person."""

import re
from collections.abc import Collection
from datetime import timedelta
from typing import Any

import httpx
import pytest
from litestar import Litestar

from sokhach.core import clock
from sokhach.core.actor import Permission
from sokhach.core.config import Settings
from sokhach.core.database import Database
from sokhach.people.security import tokens
from tests.conftest import MoveClock, SignIn
from tests.people.security.support import actions, problem, rows
from tests.support.people import People

READ = "conversation:read"


def wanted(scopes: Collection[str] = (READ,), days: float = 30) -> dict[str, Any]:
    expires = clock.now() + timedelta(days=days)
    return {"name": "Báo cáo", "scopes": list(scopes), "expires_at": expires.isoformat()}


async def make(client: httpx.AsyncClient, *scopes: str, days: float = 30) -> dict[str, Any]:
    made = await client.post("/api/account/tokens", json=wanted(scopes or (READ,), days))
    assert made.status_code == 201, made.text
    return made.json()


def program(app: Litestar, settings: Settings, token: str) -> httpx.AsyncClient:
    """No cookie, no token of our pages."""
    return httpx.AsyncClient(
        transport=httpx.ASGITransport(app, raise_app_exceptions=False, client=("127.0.0.1", 50_000)),  # pyright: ignore[reportArgumentType]
        base_url=settings.base_url,
        headers={"authorization": f"Bearer {token}", "user-agent": "report/1"},
    )


class TestMake:
    async def test_it_is_told_once_and_kept_as_a_hash(self, client: httpx.AsyncClient, owner_db: Database) -> None:
        made = await make(client)
        assert made["token"].startswith("skh_") and len(made["token"]) > 40
        listed = (await client.get("/api/account/tokens")).json()
        assert made["token"] not in str(listed)
        assert [one["hint"] for one in listed["items"]] == [made["token"][:10]]
        stored = await rows(owner_db, "SELECT * FROM api_token")
        assert made["token"] not in str(stored)
        assert "api_token:add" in await actions(owner_db)

    @pytest.mark.parametrize(
        ("body", "path"),
        [
            (wanted(days=367), "expires_at"),
            (wanted(days=-1), "expires_at"),
            (wanted(scopes=[]), "scopes"),
            (wanted(scopes=["staff:read"]), "scopes"),
            (wanted() | {"name": " "}, "name"),
        ],
    )
    async def test_what_is_refused(self, client: httpx.AsyncClient, body: dict[str, Any], path: str) -> None:
        refused = await client.post("/api/account/tokens", json=body)
        assert refused.status_code == 400 and [one["path"] for one in refused.json()["errors"]] == [path]

    async def test_nobodys_holds_who_may_get_in(self, signed_in: SignIn, people: People) -> None:
        admin = await signed_in(people.admin)
        scopes = (await admin.get("/api/account/tokens")).json()["scopes"]
        assert READ in scopes and "staff:read" in scopes
        assert not {Permission.STAFF_MANAGE.value, Permission.SECURITY_POLICY_MANAGE.value} & set(scopes)


class TestUse:
    async def test_it_sees_what_its_owner_sees_within_its_scopes(
        self, client: httpx.AsyncClient, app: Litestar, settings: Settings, owner_db: Database
    ) -> None:
        async with program(app, settings, (await make(client))["token"]) as caller:
            assert (await caller.get("/api/conversations")).json() == (await client.get("/api/conversations")).json()
            assert problem(await caller.get("/api/tags")) == (403, "not-permitted")
            assert problem(await caller.post("/api/conversations/1/resolution", json={})) == (403, "not-permitted")
            assert problem(await caller.get("/api/staff")) == (403, "not-permitted")
        [used] = await rows(owner_db, "SELECT last_used_at, host(address) AS address FROM api_token")
        assert used["last_used_at"] and used["address"] == "127.0.0.1"

    async def test_it_writes_without_the_token_of_our_pages(
        self, client: httpx.AsyncClient, app: Litestar, settings: Settings
    ) -> None:
        made = await make(client, Permission.CONVERSATION_RESOLVE.value)
        async with program(app, settings, made["token"]) as caller:
            answer = await caller.post("/api/conversations/999/resolution", json={})
            assert problem(answer) == (404, "not-found")

    async def test_a_cookie_beside_it_counts_nothing(
        self, client: httpx.AsyncClient, app: Litestar, settings: Settings
    ) -> None:
        async with program(app, settings, "skh_unknown") as caller:
            caller.cookies.update(client.cookies)
            assert problem(await caller.get("/api/session")) == (401, "not-signed-in")
            assert problem(await caller.patch("/api/session", json={"locale": "en"})) == (401, "not-signed-in")

    async def test_no_route_of_sign_in_is_open_to_it(
        self, people: People, signed_in: SignIn, app: Litestar, settings: Settings
    ) -> None:
        """Every route that asks for no permission and changes something, and every one of account, session and sudo."""
        admin = await signed_in(people.admin)
        everything = (await admin.get("/api/account/tokens")).json()["scopes"]
        asked = 0
        async with program(app, settings, (await make(admin, *everything))["token"]) as caller:
            for route in app.routes:
                for handler in getattr(route, "route_handlers", []):
                    for method in sorted(handler.http_methods - {"OPTIONS", "HEAD"}):
                        signed = handler.opt.get("access") == "signed-in"
                        readable = method == "GET" and tokens.scope_of_path(route.path_format)
                        if handler.opt.get("sudo") or (signed and not readable):
                            path = re.sub(r"\{.*?\}", "1", route.path_format)
                            answer = await caller.request(method, path, json={})
                            assert answer.status_code == 403, f"{method} {path}"
                            asked += 1
        assert asked > 20

    async def test_it_never_does_more_than_the_role_allows_now(
        self, people: People, signed_in: SignIn, app: Litestar, settings: Settings
    ) -> None:
        manager, admin = await signed_in(people.manager), await signed_in(people.admin)
        async with program(app, settings, (await make(manager, "staff:read"))["token"]) as caller:
            assert (await caller.get("/api/staff")).status_code == 200
            await admin.patch(f"/api/staff/{people.manager.id}", json={"role": "staff"})
            assert problem(await caller.get("/api/staff")) == (403, "not-permitted")


class TestEnd:
    async def test_it_expires(
        self, client: httpx.AsyncClient, app: Litestar, settings: Settings, move_clock: MoveClock
    ) -> None:
        async with program(app, settings, (await make(client, days=1))["token"]) as caller:
            assert (await caller.get("/api/conversations")).status_code == 200
            await move_clock(24 * 3600 + 1)
            assert problem(await caller.get("/api/conversations")) == (401, "not-signed-in")

    async def test_its_owner_revokes_it_and_nobody_elses(
        self, client: httpx.AsyncClient, people: People, signed_in: SignIn, app: Litestar, settings: Settings
    ) -> None:
        made = await make(client)
        other = await signed_in(people.teammate)
        assert problem(await other.delete(f"/api/account/tokens/{made['id']}")) == (404, "not-found")
        assert (await other.get("/api/account/tokens")).json()["items"] == []
        async with program(app, settings, made["token"]) as caller:
            assert (await caller.get("/api/conversations")).status_code == 200
            assert (await client.delete(f"/api/account/tokens/{made['id']}")).status_code == 204
            assert problem(await caller.get("/api/conversations")) == (401, "not-signed-in")

    async def test_an_administrator_revokes_any(
        self, client: httpx.AsyncClient, people: People, signed_in: SignIn, app: Litestar, settings: Settings
    ) -> None:
        made = await make(client)
        admin = await signed_in(people.admin)
        [listed] = (await admin.get("/api/api-tokens")).json()["items"]
        assert (listed["id"], listed["staff"]["name"]) == (made["id"], "Owner")
        assert (await admin.delete(f"/api/api-tokens/{made['id']}")).status_code == 204
        async with program(app, settings, made["token"]) as caller:
            assert problem(await caller.get("/api/conversations")) == (401, "not-signed-in")

    async def test_suspension_ends_sessions_and_tokens_at_once_and_for_good(
        self, client: httpx.AsyncClient, people: People, signed_in: SignIn, app: Litestar, settings: Settings
    ) -> None:
        made, admin = await make(client), await signed_in(people.admin)
        async with program(app, settings, made["token"]) as caller:
            assert (await caller.get("/api/conversations")).status_code == 200
            await admin.put(f"/api/staff/{people.owner.id}/suspension")
            assert problem(await client.get("/api/session")) == (401, "not-signed-in")
            assert problem(await caller.get("/api/conversations")) == (401, "not-signed-in")
            await admin.delete(f"/api/staff/{people.owner.id}/suspension")
            assert problem(await caller.get("/api/conversations")) == (401, "not-signed-in")
