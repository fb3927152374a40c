"""The web process as a whole: who may call what, one transaction a request, headers, static files, real HTTP."""

import json
import re
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

import httpx
import msgspec
import pytest
from litestar import Litestar, delete, get, post, websocket
from litestar.connection import WebSocket
from litestar.exceptions import WebSocketDisconnect
from litestar.params import FromPath
from litestar.testing import TestClient
from sqlalchemy import text

from sokhach import app as application
from sokhach.core.actor import PERMISSIONS, Permission, Role
from sokhach.core.config import Settings
from sokhach.core.database import Database
from sokhach.core.problems import Problem
from sokhach.core.web import Connection, CurrentActor
from sokhach.intake import gateway
from sokhach.people.access import UnclassifiedRouteError, check_access_declared
from tests.conftest import SignIn
from tests.support.people import People, Person, add_session
from tests.support.served import served


@post("/api/test/teams/{name:str}", access="signed-in")
async def add_team(connection: Connection, name: FromPath[str]) -> str:
    """Writes, and fails afterwards when asked to."""
    await connection.execute(text("UPDATE staff SET name = :name"), {"name": name})
    if name == "refused":
        raise Problem("not-found", 404)
    if name == "broken":
        raise RuntimeError(name)
    if name == "uncommittable":
        await connection.execute(text("SET CONSTRAINTS ALL DEFERRED"))
        await connection.execute(text("SELECT pg_terminate_backend(pg_backend_pid())"))
    return name


@get("/api/test/whoami", access="signed-in")
async def whoami(connection: Connection, actor: CurrentActor) -> dict[str, str]:
    """Who the database and the application think that the caller is."""
    row = (
        await connection.execute(
            text("SELECT current_user, current_setting('app.scope', true), current_setting('app.scope_staff', true)")
        )
    ).one()
    return {"role": row[0], "scope": row[1], "scope_staff": row[2], "actor": actor.name}


@delete("/api/test/quarantine", access=Permission.QUARANTINE_RETRY)
async def admins_only() -> None: ...


@get("/api/test/silent", opt={})
async def silent() -> None: ...


@websocket("/api/test/socket", access="signed-in")
async def socket(socket: WebSocket[Any, Any, Any]) -> None:
    await socket.accept()
    await socket.send_text(str(socket.scope["state"]["staff_id"]))
    await socket.close()


@pytest.fixture
def more_routes(monkeypatch: pytest.MonkeyPatch) -> None:
    """The product's routes with those of this file."""
    real = application.api_routes
    monkeypatch.setattr(application, "api_routes", lambda: [*real(), add_team, whoami, admins_only, socket])


@pytest.fixture
async def names(owner_db: Database) -> Any:
    async def read() -> set[str]:
        async with owner_db.transaction() as connection:
            return set((await connection.execute(text("SELECT name FROM staff"))).scalars())

    return read


class TestAccess:
    def test_a_route_that_does_not_declare_it_stops_the_start(
        self, settings: Settings, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        real = application.api_routes
        monkeypatch.setattr(application, "api_routes", lambda: [*real(), silent])
        with pytest.raises(UnclassifiedRouteError, match="/api/test/silent"):
            application.create_app(settings)

    @pytest.mark.parametrize("declared", ["signed in", "quarantine:retry", None, ""])
    def test_only_known_words_declare_it(self, declared: object) -> None:
        handler = get("/", access=declared)(silent.fn)
        with pytest.raises(UnclassifiedRouteError):
            check_access_declared(Litestar([handler], openapi_config=None).routes)

    @pytest.mark.caller(None)
    async def test_nobody_gets_further_than_the_public_routes(self, client: httpx.AsyncClient, app: Litestar) -> None:
        reached: set[str] = set()
        for route in app.routes:
            for handler in getattr(route, "route_handlers", []):
                for method in sorted(handler.http_methods - {"OPTIONS"}):
                    path = route.path_format.replace("{day}", "2026-11-22")
                    answer = await client.request(method, re.sub(r"\{.*?\}", "1", path))
                    if answer.status_code not in {401, 403, 405}:
                        reached.add(f"{method} {route.path_format}")
        # Before the application stands the door for webhooks, and knows its callers by their signatures.
        assert (await client.post(gateway.PATH, content=b"{}")).status_code == 404
        assert reached == {
            "GET /api/setup",
            "POST /api/setup",
            "POST /api/session",
            # A link from an invitation, or for a forgotten password.
            "GET /api/invitation",
            "POST /api/invitation",
            "GET /api/password-reset",
            "POST /api/password-reset",
            "POST /api/password-reset/confirm",
            "GET /api/openapi.json",
            # A browser that comes back from Zalo; it is told what went wrong by a page.
            "GET /api/channel-accounts/zalo-oa/callback",
            "GET /healthz",
            "GET /readyz",
            "GET /metrics",
        }

    @pytest.mark.usefixtures("more_routes")
    @pytest.mark.parametrize("name", ["owner", "lead", "manager", "admin"])
    async def test_permissions_are_asked_for(self, signed_in: SignIn, people: People, name: str) -> None:
        person = people.named(name)
        answer = await (await signed_in(person)).delete("/api/test/quarantine")
        allowed = Permission.QUARANTINE_RETRY in PERMISSIONS[person.role]
        assert answer.status_code == (204 if allowed else 403)
        assert allowed == (person.role is Role.ADMIN)

    @pytest.mark.usefixtures("more_routes")
    @pytest.mark.parametrize("name", ["owner", "teammate", "outsider", "lead", "manager", "admin"])
    async def test_the_database_knows_the_same_caller(self, signed_in: SignIn, people: People, name: str) -> None:
        person = people.named(name)
        told = (await (await signed_in(person)).get("/api/test/whoami")).json()
        assert told == {
            "role": "sokhach_web",
            "scope": person.actor.scope,
            "scope_staff": "{" + ",".join(map(str, person.actor.scope_staff)) + "}",
            "actor": person.name,
        }

    async def test_a_write_needs_the_token_of_our_pages(self, client: httpx.AsyncClient) -> None:
        del client.headers["x-csrftoken"]
        refused = await client.patch("/api/session", json={"locale": "en"})
        assert (refused.status_code, refused.json()["type"]) == (403, "urn:sokhach:problem:csrf-failed")
        assert (await client.get("/api/session")).json()["locale"] == "vi"


@pytest.mark.usefixtures("more_routes")
@pytest.mark.caller("admin")
class TestOneTransaction:
    async def test_is_committed_when_the_answer_leaves(self, client: httpx.AsyncClient, names: Any) -> None:
        assert (await client.post("/api/test/teams/kept")).status_code == 201
        assert await names() == {"kept"}

    @pytest.mark.parametrize(("name", "status"), [("refused", 404), ("broken", 500), ("uncommittable", 503)])
    async def test_leaves_nothing_when_it_fails(
        self, client: httpx.AsyncClient, names: Any, name: str, status: int
    ) -> None:
        before = await names()
        assert (await client.post(f"/api/test/teams/{name}")).status_code == status
        assert await names() == before
        assert (await client.post("/api/test/teams/next")).status_code == 201

    async def test_connections_come_back(self, client: httpx.AsyncClient) -> None:
        """More requests of each kind than the pool has connections."""
        for _ in range(10):
            for path in ("refused", "broken", "kept"):
                await client.post(f"/api/test/teams/{path}")
            await client.get("/api/nowhere")
            await client.delete("/api/test/quarantine")
        assert (await client.get("/readyz")).status_code == 200


@pytest.mark.usefixtures("more_routes")
class TestSocket:
    @pytest.fixture
    async def cookie(self, owner: Person, owner_db: Database) -> str:
        return f"sokhach_session={await add_session(owner_db, owner.id)}"

    def code_of_refusal(self, settings: Settings, headers: dict[str, str]) -> int:
        with (
            TestClient(application.create_app(settings), base_url=settings.base_url) as client,
            pytest.raises(WebSocketDisconnect) as ended,
            client.websocket_connect("/api/test/socket", headers=headers) as opened,
        ):
            opened.receive_text()
        return ended.value.code

    @pytest.mark.parametrize("origin", [None, "http://127.0.0.1:8686", "http://so.example.vn"])
    def test_opens_for_the_caller_from_our_pages(
        self, settings: Settings, owner: Person, cookie: str, origin: str | None
    ) -> None:
        headers = {"cookie": cookie, **({"origin": origin} if origin else {})}
        ours = msgspec.structs.replace(settings, public_url="http://so.example.vn")
        with (
            TestClient(application.create_app(ours), base_url="http://127.0.0.1:8686") as client,
            client.websocket_connect("/api/test/socket", headers=headers) as opened,
        ):
            assert opened.receive_text() == str(owner.id)

    @pytest.mark.parametrize("origin", ["http://evil.example", "http://127.0.0.1:8687", "null", "http://127.0.0.1"])
    def test_closes_for_other_pages(self, settings: Settings, cookie: str, origin: str) -> None:
        assert self.code_of_refusal(settings, {"cookie": cookie, "origin": origin}) == 4403

    @pytest.mark.parametrize("cookie", [None, "sokhach_session=", "sokhach_session=guess"])
    def test_closes_for_nobody(self, settings: Settings, cookie: str | None) -> None:
        assert self.code_of_refusal(settings, {"cookie": cookie} if cookie else {}) == 4401


class TestStatus:
    @pytest.mark.caller(None)
    async def test_alive_and_ready(self, client: httpx.AsyncClient) -> None:
        assert (await client.get("/healthz")).json() == {"status": "ok"}
        assert (await client.get("/readyz")).json() == {"status": "ready"}

    @pytest.mark.caller(None)
    async def test_not_ready_before_the_migrations(self, client: httpx.AsyncClient, owner_db: Database) -> None:
        async with owner_db.transaction() as connection:
            await connection.execute(text("UPDATE alembic_version SET version_num = '0001'"))
        told = await client.get("/readyz")
        assert (told.status_code, told.json()["type"]) == (503, "urn:sokhach:problem:not-migrated")

    @pytest.mark.caller(None)
    async def test_figures_are_for_this_machine(self, client: httpx.AsyncClient) -> None:
        assert "sokhach_sockets" in (await client.get("/metrics")).text
        by_proxy = await client.get("/metrics", headers={"x-forwarded-for": "203.0.113.9"})
        assert by_proxy.status_code == 403

    @pytest.mark.caller(None)
    async def test_lines_tell_the_way_and_no_query(
        self, client: httpx.AsyncClient, capsys: pytest.CaptureFixture[str]
    ) -> None:
        answer = await client.get("/api/setup?secret=s3cret", headers={"cookie": "sokhach_session=s3cret"})
        captured = capsys.readouterr()
        logged = captured.out + captured.err
        assert answer.headers["x-request-id"] in logged
        assert "/api/setup" in logged
        assert "s3cret" not in logged


class TestConsole:
    @pytest.fixture(autouse=True)
    def folder(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
        folder = tmp_path / "console"
        (folder / "assets").mkdir(parents=True)
        (folder / "index.html").write_text("<!doctype html><title>Sổ Khách</title>", "utf-8")
        (folder / "assets" / "index-AbC123.js").write_text("console.log(1);" * 200, "utf-8")
        (tmp_path / "secret.key").write_text("s3cret", "utf-8")
        monkeypatch.setattr(application, "CONSOLE_FOLDER", folder)
        return folder

    @pytest.mark.parametrize("path", ["/", "/conversations/12", "/setup?token=x", "/admin/channel-accounts"])
    async def test_every_page_is_the_index(self, client: httpx.AsyncClient, path: str) -> None:
        page = await client.get(path)
        assert page.status_code == 200
        assert page.headers["content-type"] == "text/html; charset=utf-8"
        assert page.headers["cache-control"] == "no-cache"
        assert "default-src 'self'" in page.headers["content-security-policy"]
        assert "Sổ Khách" in page.text

    async def test_a_page_brings_the_token_and_nothing_after_it_another_one(
        self, app: Litestar, settings: Settings
    ) -> None:
        transport = httpx.ASGITransport(app, raise_app_exceptions=False, client=("127.0.0.1", 50_000))  # pyright: ignore[reportArgumentType]
        async with httpx.AsyncClient(transport=transport, base_url=settings.base_url) as browser:
            page = await browser.get("/sign-in")
            assert page.headers["cache-control"] == "private, no-cache"
            token = browser.cookies["csrftoken"]
            later = ("/api/session", "/api/setup", "/conversations/12", "/assets/index-AbC123.js")
            assert not [path for path in later if "set-cookie" in (await browser.get(path)).headers]
            signed_in = await browser.post(
                "/api/session", json={"login": "ai@example.com", "password": "x"}, headers={"x-csrftoken": token}
            )
            assert signed_in.status_code == 401

    async def test_hashed_files_are_kept_for_ever_and_packed(self, client: httpx.AsyncClient) -> None:
        file = await client.get("/assets/index-AbC123.js", headers={"accept-encoding": "gzip"})
        assert file.headers["cache-control"] == "public, max-age=31536000, immutable"
        assert file.headers["content-encoding"] == "gzip"
        assert int(file.headers["content-length"]) < 200
        assert file.text == "console.log(1);" * 200
        plain = await client.get("/assets/index-AbC123.js", headers={"accept-encoding": "identity"})
        assert "content-encoding" not in plain.headers
        assert plain.text == file.text

    async def test_a_known_version_is_not_sent_again(self, client: httpx.AsyncClient) -> None:
        first = await client.get("/")
        again = await client.get("/", headers={"if-none-match": first.headers["etag"]})
        assert (again.status_code, again.content) == (304, b"")

    async def test_a_new_build_is_seen(self, client: httpx.AsyncClient, folder: Path) -> None:
        await client.get("/")
        (folder / "index.html").write_text("<title>mới</title>", "utf-8")
        assert "mới" in (await client.get("/")).text

    async def test_head_has_no_body(self, client: httpx.AsyncClient) -> None:
        head = await client.head("/")
        assert (head.status_code, head.content) == (200, b"")
        assert int(head.headers["content-length"]) > 0

    @pytest.mark.parametrize(
        "path", ["/../secret.key", "/%2e%2e/secret.key", "/assets/../../secret.key", "/assets/%00", "/..%2fsecret.key"]
    )
    async def test_nothing_beside_the_folder_is_served(self, client: httpx.AsyncClient, path: str) -> None:
        assert "s3cret" not in (await client.get(path)).text

    async def test_a_missing_asset_is_no_page(self, client: httpx.AsyncClient) -> None:
        assert (await client.get("/assets/gone.js")).status_code == 404

    async def test_the_api_is_no_page(self, client: httpx.AsyncClient) -> None:
        missing = await client.get("/api/nowhere")
        assert (missing.status_code, missing.headers["content-type"]) == (404, "application/problem+json")

    async def test_not_built_yet(self, client: httpx.AsyncClient, folder: Path) -> None:
        (folder / "index.html").unlink()
        missing = await client.get("/", headers={"accept-language": "en"})
        assert (missing.status_code, missing.text) == (
            503,
            "The console has not been built. Run `make console` and open this page again.",
        )


class TestHeaders:
    async def test_answers_with_peoples_data_are_in_no_cache(self, client: httpx.AsyncClient) -> None:
        answer = await client.get("/api/session")
        assert answer.headers["cache-control"] == "no-store"
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.headers["referrer-policy"] == "same-origin"

    def test_https_is_held_on_to(self, settings: Settings) -> None:
        secure = application.safety_headers(Settings(public_url="https://so.example.vn"))
        assert secure["strict-transport-security"] == "max-age=31536000"
        assert "strict-transport-security" not in application.safety_headers(Settings())

    def test_pictures_of_the_simulated_zalo(self) -> None:
        demo = application.safety_headers(Settings(zalo_openapi_url="http://127.0.0.1:8687"))
        assert " https://*.zaloapp.com http://127.0.0.1:8687;" in demo["content-security-policy"]
        real = application.safety_headers(Settings(zalo_openapi_url="http://zalo.example.vn"))
        assert "http://zalo" not in real["content-security-policy"]


class TestOpenapi:
    def test_describes_the_product_and_is_stable(self) -> None:
        described = application.openapi()
        assert described == application.openapi()
        schema = json.loads(described)
        operations = [op for item in schema["paths"].values() for op in item.values()]
        ids = [op["operationId"] for op in operations]
        assert len(set(ids)) == len(ids)
        assert all(re.fullmatch(r"[A-Z][A-Za-z]+", name) for name in ids)
        assert {"GetSession", "SignIn", "SignOut", "ListConversations", "SendMessage"} <= set(ids)
        assert all(op["responses"]["default"]["content"] for op in operations)
        assert set(schema["paths"]) == {path for path in schema["paths"] if path.startswith("/api/")}

    @pytest.mark.caller(None)
    async def test_is_served(self, client: httpx.AsyncClient) -> None:
        served_schema = await client.get("/api/openapi.json")
        assert served_schema.json() == json.loads(application.openapi())


class TestServed:
    """The process itself."""

    @pytest.fixture
    def address(self, settings: Settings, tmp_path: Path) -> Iterator[str]:
        with served(settings, tmp_path / "web.log") as address:
            yield address

    async def test_speaks_http(self, address: str, tmp_path: Path) -> None:
        async with httpx.AsyncClient(base_url=address, trust_env=False) as client:
            assert (await client.get("/readyz")).json() == {"status": "ready"}
            client.headers["x-csrftoken"] = client.cookies["csrftoken"]
            for size in (1_100_000, 10_000_000):
                for path in ("/api/session", "/hooks/zalo-oa"):
                    refused = await client.post(path, content=b"x" * size)
                    assert (refused.status_code, refused.json()["limit_kb"]) == (413, 1000)

            async def endless() -> AsyncIterator[bytes]:
                for _ in range(200):
                    yield b"x" * 10_000

            refused = await client.post("/api/session", content=endless())
            assert refused.status_code == 413
            assert (await client.get("/healthz")).status_code == 200
        assert "internal_error" not in (tmp_path / "web.log").read_text("utf-8")
