"""Every route, for everybody: what they may not see reaches nobody by any of them, what they may see does."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any
from urllib.parse import unquote

import httpx
import pytest
from litestar import Litestar
from litestar.routes import HTTPRoute

from sokhach.core.actor import PERMISSIONS, Permission, Role
from sokhach.core.config import Settings
from tests.visibility.company import SHOWN, Caller, Company, Target
from tests.visibility.routes import ROUTES, SAMPLES, Case

Access = Any


def routes_of(app: Litestar) -> dict[str, Access]:
    """`METHOD /path` → who may call it."""
    found: dict[str, Access] = {}
    for route in app.routes:
        if isinstance(route, HTTPRoute):
            for handler in route.route_handlers:
                for method in handler.http_methods - {"OPTIONS", "HEAD"}:
                    found[f"{method} {route.path_format}"] = handler.opt["access"]
        else:
            found[f"WS {route.path_format}"] = route.route_handler.opt["access"]
    return found


@pytest.fixture
def access(app: Litestar) -> dict[str, Access]:
    return routes_of(app)


@asynccontextmanager
async def calling(app: Litestar, settings: Settings, caller: Caller) -> AsyncIterator[httpx.AsyncClient]:
    transport = httpx.ASGITransport(app, raise_app_exceptions=False, client=("127.0.0.1", 50_000))  # pyright: ignore[reportArgumentType]
    async with httpx.AsyncClient(transport=transport, base_url=settings.base_url) as client:
        if caller.cookie:
            client.cookies.set("sokhach_session", caller.cookie)
        if caller.token:
            client.headers["authorization"] = f"Bearer {caller.token}"
        await client.get("/healthz")
        # A program with a token gets and needs none.
        client.headers["x-csrftoken"] = client.cookies.get("csrftoken") or ""
        yield client


def told(answer: httpx.Response) -> str:
    """All that reaches the caller."""
    headers = "\n".join(f"{name}: {unquote(value)}" for name, value in answer.headers.items())
    return headers + answer.content.decode("utf-8", "replace")


def leaks(company: Company, caller: Caller, answer: httpx.Response) -> list[str]:
    words = told(answer)
    return [what for what, canary in company.forbidden(caller).items() if canary in words]


def expected(case: Case, access: Access, caller: Caller, target: Target | None) -> set[int]:
    """Status codes that fit."""
    if caller.role is None or caller.ended:
        return {401}
    if isinstance(access, Permission):
        if access not in PERMISSIONS[Role(caller.role)]:
            return {403}
        if caller.token:
            return {200, 403, 404}
    if caller.token and "holds" in case.least:
        return {403, 404}  # no scope is for personal accounts
    if target is None:
        return {200}
    level = caller.level(target.name)
    if level is None:
        return {404} if not caller.token else {403, 404}
    return {200} if level in case.least else {403, 404}


class TestRoutes:
    def test_each_is_classified(self, access: dict[str, Access]) -> None:
        assert set(access) == set(ROUTES)


@pytest.mark.timeout(900)
class TestReads:
    async def test_reach_those_who_may_see_and_nobody_else(
        self, app: Litestar, settings: Settings, company: Company, access: dict[str, Access]
    ) -> None:
        await _leave_traces(app, settings, company)
        faults: list[str] = []
        rows: dict[str, int] = {}
        # Whoever sees less asks first: what others do must not be what they are refused for.
        for caller in sorted(company.callers.values(), key=lambda one: len(SHOWN[one.kept]) + len(SHOWN[one.pooled])):
            async with calling(app, settings, caller) as client:
                for route, case in ROUTES.items():
                    method, _, path = route.partition(" ")
                    if method != "GET":
                        continue
                    for target in _targets(company, case, path):
                        answer = await client.get(_fill(case.sample or path, target))
                        named = f"{caller.name}: {route} of {target.name if target else '-'}"
                        faults += [f"{named} tells {one}" for one in leaks(company, caller, answer)]
                        if case.kind in {"list", "thing", "log"}:
                            faults += _judge(company, case, access[route], caller, target, answer, named)
                        if answer.status_code == 200:
                            rows[route] = rows.get(route, 0) + 1
                        if answer.status_code >= 500:
                            faults.append(f"{named}: {answer.status_code}")
        assert not faults, "\n".join(faults)
        asked = {route for route, case in ROUTES.items() if route.startswith("GET") and case.kind != "plain"}
        assert asked <= set(rows), "nobody was answered there"


@pytest.mark.timeout(900)
class TestWrites:
    async def test_are_refused_to_whoever_sees_nothing(
        self, app: Litestar, settings: Settings, company: Company, access: dict[str, Access]
    ) -> None:
        before = await _state(company)
        faults: list[str] = []
        for caller in company.callers.values():
            async with calling(app, settings, caller) as client:
                for route, case in ROUTES.items():
                    method, _, path = route.partition(" ")
                    if case.kind != "write":
                        continue
                    asked = case.sample or path
                    for target in company.everything:
                        if caller.level(target.name) is not None or not _fits(asked, target):
                            continue
                        answer = await client.request(method, _fill(asked, target), json=case.body)
                        named = f"{caller.name}: {route} of {target.name}"
                        faults += [f"{named} tells {one}" for one in leaks(company, caller, answer)]
                        if answer.status_code not in expected(case, access[route], caller, target) | {404}:
                            faults.append(f"{named}: {answer.status_code} {answer.text[:200]}")
        assert not faults, "\n".join(faults)
        assert await _state(company) == before

    async def test_answers_hold_no_more_than_the_level_shows(
        self, app: Litestar, settings: Settings, company: Company
    ) -> None:
        """A tag more on the customer, a note, a mark of having read: what comes back with them."""
        faults: list[str] = []
        for caller in company.callers.values():
            async with calling(app, settings, caller) as client:
                for route in (
                    "POST /api/contacts/{contact_id}/tags",
                    "POST /api/conversations/{conversation_id}/notes",
                    "POST /api/conversations/{conversation_id}/read",
                ):
                    method, _, path = route.partition(" ")
                    for target in company.targets.values():
                        answer = await client.request(method, _fill(path, target), json=ROUTES[route].body)
                        named = f"{caller.name}: {route} of {target.name}"
                        faults += [f"{named} tells {one}" for one in leaks(company, caller, answer)]
        assert not faults, "\n".join(faults)

    async def test_a_phone_number_is_revealed_to_those_who_serve(
        self, app: Litestar, settings: Settings, company: Company
    ) -> None:
        revealed: set[str] = set()
        kept = company.targets["kept"]
        for caller in company.callers.values():
            async with calling(app, settings, caller) as client:
                answer = await client.post(f"/api/contacts/{kept.params['contact_id']}/reveal")
                if kept.canaries["phone"] in told(answer):
                    revealed.add(caller.name)
        serving = {one.name for one in company.callers.values() if one.kept in {"full", "masked"}}
        # A token does what its scopes say, and these do not say so.
        assert revealed == serving - {"token of owner"}


def _judge(
    company: Company,
    case: Case,
    access: Access,
    caller: Caller,
    target: Target | None,
    answer: httpx.Response,
    named: str,
) -> list[str]:
    fits = expected(case, access, caller, target)
    if answer.status_code not in fits:
        return [f"{named}: {answer.status_code}, not {sorted(fits)}"]
    if answer.status_code != 200:
        return []
    words = told(answer)
    seen = [target] if target else company.everything
    return [
        f"{named} lacks {one.name} {canary}"
        for one in seen
        if (level := caller.level(one.name)) in case.least
        for canary in case.shows
        if canary in one.canaries and canary in SHOWN[level] and one.canaries[canary] not in words
    ]


async def _leave_traces(app: Litestar, settings: Settings, company: Company) -> None:
    """So that the logs have something to tell of each conversation: read, asked for in vain, changed."""
    for name in ("admin", "outsider"):
        async with calling(app, settings, company.callers[name]) as client:
            for target in company.targets.values():
                await client.get(_fill("/api/conversations/{conversation_id}/messages", target))
                if name == "admin":
                    await client.post(_fill("/api/contacts/{contact_id}/tags", target), json={"name": "Chung"})


def _targets(company: Company, case: Case, path: str) -> list[Target | None]:
    asked = case.sample or path
    if case.kind in {"plain", "list"} or "{" not in asked:
        return [None]
    return [target for target in company.everything if _fits(asked, target)]


def _fits(path: str, target: Target) -> bool:
    named = [part.partition("}")[0] for part in path.split("{")[1:]]
    return all(one in target.params for one in named)


def _fill(path: str, target: Target | None) -> str:
    return path.format(**SAMPLES, **(target.params if target else {}))


async def _state(company: Company) -> list[dict[str, Any]]:
    """What the writes would have changed."""
    written = ("message", "note", "contact_tag", "conversation_grant", "outbox", "resolution")
    counted = ", ".join(f"(SELECT count(*) FROM {table}) AS {table}" for table in written)
    personal = await company.oa.rows(
        "SELECT a.holder_id, p.sim, p.handed_over_at, (SELECT count(*) FROM personal_call) AS calls,"
        " (SELECT count(*) FROM work_contact WHERE ended_at IS NULL) AS marks,"
        " (SELECT string_agg(state, ',' ORDER BY id) FROM personal_login) AS logins"
        " FROM personal_account p JOIN channel_account a ON a.id = p.account_id"
    )
    return personal + await company.oa.rows(
        f"SELECT id, custodian_id, assignee_id, unread_count, {counted} FROM conversation ORDER BY id"
    )
