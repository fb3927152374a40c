"""Who calls, and what each route asks of them.

Every route declares `access=`: "public", "signed-in", or a `Permission`. An application with a route that does not
declare it refuses to start. `sudo=True` asks who sits before the browser, unless they have proved it a moment ago;
`without_second_factor=True` is open to those who still have to set theirs up.

A program calls with `Authorization: Bearer skh_…` in place of the cookie. It comes to routes that ask for a permission
among its scopes, and reads what everybody may read of what they see; nowhere else.
"""

from collections.abc import Iterable
from typing import Any, Literal, cast
from urllib.parse import urlsplit

import msgspec
from litestar import Request, WebSocket
from litestar.config.csrf import CSRFConfig
from litestar.connection import ASGIConnection
from litestar.datastructures import Cookie
from litestar.enums import ScopeType
from litestar.exceptions import WebSocketException
from litestar.handlers import BaseRouteHandler, HTTPRouteHandler
from litestar.middleware.csrf import CSRFMiddleware, generate_csrf_token
from litestar.routes import ASGIRoute, HTTPRoute, WebSocketRoute
from litestar.types import Receive, Scope, Send
from sqlalchemy.ext.asyncio import AsyncConnection

from sokhach.core import clock
from sokhach.core.actor import Actor, Permission
from sokhach.core.crypto import hash_token
from sokhach.core.database import Database
from sokhach.core.origin import Origin, remember_origin
from sokhach.core.problems import Problem
from sokhach.core.web import client_address, held_by, settings_of, unit_of
from sokhach.people import queries, service
from sokhach.people.queries import Caller
from sokhach.people.security import tokens
from sokhach.people.security.devices import SUDO_LASTS

Access = Literal["public", "signed-in"] | Permission

COOKIE = "sokhach_session"
SIGNED_OUT = 4401
NOT_PERMITTED = 4403

AnyConnection = ASGIConnection[Any, Any, Any, Any]


class UnclassifiedRouteError(Exception):
    """A route says nothing of who may call it."""


async def guard_access(connection: AnyConnection, handler: BaseRouteHandler) -> None:
    """Litestar guard of every route. What it finds out stays in the scope: see `actor_of`."""
    access = _declared(handler)
    remember_origin(Origin(client_address(connection), connection.headers.get("user-agent", "")))
    if connection.scope["type"] == ScopeType.WEBSOCKET:
        await _guard_socket(cast("WebSocket[Any, Any, Any]", connection), access)
    elif access != "public":
        request = cast("Request[Any, Any, Any]", connection)
        if token := bearer_of(request.scope):
            await _guard_program(request, handler, access, token)
        else:
            await _guard_request(request, handler, access)


async def _guard_request(request: Request[Any, Any, Any], handler: BaseRouteHandler, access: Access) -> None:
    transaction = await unit_of(request.scope).begin()
    token_hash = hash_token(request.cookies.get(COOKIE, ""))
    caller = await queries.caller_of(transaction, token_hash, clock.now())
    if caller is None:
        raise Problem("not-signed-in", 401)
    _remember(request.scope, caller)
    if caller.lacks_second_factor and not handler.opt.get("without_second_factor"):
        raise Problem("second-factor-required", 403)
    if isinstance(access, Permission) and not caller.actor.may(access):
        raise Problem("not-permitted", 403)
    if handler.opt.get("sudo"):
        require_sudo(request.scope)
    await service.touch_session(transaction, token_hash, caller.last_seen_at, settings_of(request.scope).session_days)


async def _guard_program(
    request: Request[Any, Any, Any], handler: BaseRouteHandler, access: Access, token: str
) -> None:
    transaction = await unit_of(request.scope).begin()
    found = await tokens.find(transaction, token)
    owner = await queries.caller_by_id(transaction, found.staff_id) if found else None
    if found is None or owner is None:
        raise Problem("not-signed-in", 401)
    caller = owner._replace(actor=msgspec.structs.replace(owner.actor, scopes=found.scopes))
    _remember(request.scope, caller)
    address = client_address(request)
    remember_origin(Origin(address, f"API {found.name}: {request.headers.get('user-agent', '')}"))
    if caller.lacks_second_factor:
        raise Problem("second-factor-required", 403)
    if handler.opt.get("sudo"):
        raise Problem("not-for-tokens", 403)
    if isinstance(access, Permission):
        if not caller.actor.may(access):
            raise Problem("not-permitted", 403)
    elif (scope := tokens.scope_of_path(request.url.path)) is None or request.method not in ("GET", "HEAD"):
        raise Problem("not-for-tokens", 403)
    elif scope not in found.scopes:
        raise Problem("not-permitted", 403)
    await tokens.touch(transaction, found, address)


async def _guard_socket(socket: WebSocket[Any, Any, Any], access: Access) -> None:
    """A socket holds no transaction. Browsers read a close code only of an accepted socket."""
    if not _comes_from_us(socket):
        await socket.accept()
        raise WebSocketException(code=NOT_PERMITTED, detail="foreign origin")
    if access == "public":
        return
    caller = await read_caller(held_by(socket.scope).web_database, socket)
    if caller is None:
        await socket.accept()
        raise WebSocketException(code=SIGNED_OUT, detail="not signed in")
    if caller.lacks_second_factor or (isinstance(access, Permission) and not caller.actor.may(access)):
        await socket.accept()
        raise WebSocketException(code=NOT_PERMITTED, detail="not permitted")
    _remember(socket.scope, caller)


def _comes_from_us(socket: AnyConnection) -> bool:
    """Browsers send cookies with a socket whatever page opens it, and always name that page's origin."""
    origin = socket.headers.get("origin")
    own = urlsplit(settings_of(socket.scope).base_url)
    if origin is None or origin == f"{own.scheme}://{own.netloc}":
        return True
    return urlsplit(origin).netloc == socket.headers.get("host")


async def read_caller(database: Database, connection: AnyConnection) -> Caller | None:
    """Who a connection belongs to now, read anew: for sockets, which outlive a sign-out. A token opens none."""
    async with database.transaction() as transaction:
        return await queries.caller_of(transaction, hash_token(connection.cookies.get(COOKIE, "")), clock.now())


def actor_of(scope: Scope) -> Actor:
    """The actor of a request or socket whose route is not public."""
    return cast("Actor", scope["state"]["actor"])


def caller_of(scope: Scope) -> Caller:
    """The same with their session."""
    return cast("Caller", scope["state"]["caller"])


def require_sudo(scope: Scope) -> None:
    """Raises `sudo-needed`, unless they signed in or proved who they are a moment ago. For what is dangerous only with
    some input; else the route says `sudo=True`."""
    caller, now = caller_of(scope), clock.now()
    if caller.session_id is None:
        raise Problem("not-for-tokens", 403)
    fresh = caller.signed_in_at is not None and now < caller.signed_in_at + SUDO_LASTS
    if not fresh and (caller.sudo_until is None or now >= caller.sudo_until):
        raise Problem("sudo-needed", 403)


def bearer_of(scope: Scope) -> str | None:
    """An API token in the header; then no cookie counts, and no page of another site can have sent it."""
    for name, value in scope["headers"]:
        if name == b"authorization":
            kind, _, token = value.decode("latin-1").partition(" ")
            return token.strip() if kind.lower() == "bearer" and token.strip().startswith(tokens.PREFIX) else None
    return None


class ForgeryGuard(CSRFMiddleware):
    """Litestar's, for browsers."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == ScopeType.HTTP and bearer_of(scope):
            await self.app(scope, receive, send)
        else:
            await super().__call__(scope, receive, send)


def page_cookie(config: CSRFConfig, known: str) -> str | None:
    """`Set-Cookie` of a page: the token with which its forms are sent, unless it is among the `known` cookies. Left to
    the first answers of the API, for which a page asks side by side, there would be several tokens, and a form could
    go out with one while the next came in."""
    if any(one.strip().startswith(f"{config.cookie_name}=") for one in known.split(";")):
        return None
    cookie = Cookie(
        key=config.cookie_name,
        value=generate_csrf_token(secret=config.secret),
        path=config.cookie_path,
        secure=config.cookie_secure,
        httponly=config.cookie_httponly,
        samesite=config.cookie_samesite,
        domain=config.cookie_domain,
    )
    return cookie.to_header(header="")


def provide_actor(scope: Scope) -> Actor:
    return actor_of(scope)


def provide_caller(scope: Scope) -> Caller:
    return caller_of(scope)


async def provide_connection(scope: Scope) -> AsyncConnection:
    """The request's one transaction; of a route that is not public, with the actor set."""
    return await unit_of(scope).begin()


def check_access_declared(routes: Iterable[HTTPRoute | WebSocketRoute | ASGIRoute]) -> None:
    """Raises `UnclassifiedRouteError` that names every route without a valid `access=`."""
    silent: list[str] = []
    for route in routes:
        handlers = route.route_handlers if isinstance(route, HTTPRoute) else [route.route_handler]
        silent += [f"{route.path} ({handler})" for handler in handlers if not _is_classified(handler)]
    if silent:
        raise UnclassifiedRouteError("routes without access=: " + ", ".join(silent))


def _is_classified(handler: BaseRouteHandler) -> bool:
    # Litestar itself answers OPTIONS, with the list of methods and nothing else.
    if isinstance(handler, HTTPRouteHandler) and handler.http_methods == {"OPTIONS"}:
        return True
    declared = handler.opt.get("access")
    return isinstance(declared, Permission) or declared in ("public", "signed-in")


def _declared(handler: BaseRouteHandler) -> Access:
    if isinstance(handler, HTTPRouteHandler) and handler.http_methods == {"OPTIONS"}:
        return "public"
    return cast("Access", handler.opt["access"])


def _remember(scope: Scope, caller: Caller) -> None:
    state = scope["state"]
    state["caller"] = caller
    state["actor"] = caller.actor
    state["staff_id"] = caller.actor.staff_id
    state["locale"] = caller.locale
