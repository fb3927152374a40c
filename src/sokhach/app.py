"""The web process: composes every domain into one application."""

import asyncio
import signal
from collections.abc import AsyncGenerator, Callable, Sequence
from contextlib import asynccontextmanager, suppress
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import msgspec
import structlog
from litestar import Litestar, Response, get
from litestar.config.compression import CompressionConfig
from litestar.config.csrf import CSRFConfig
from litestar.di import Provide
from litestar.middleware import DefineMiddleware
from litestar.types import ASGIApp, ControllerRouterHandler, Scope
from sqlalchemy.exc import SQLAlchemyError

from sokhach.channels import admin_api as channel_admins
from sokhach.channels import api as channels
from sokhach.channels import limit_api as channel_limits
from sokhach.channels.upkeep import heartbeat
from sokhach.channels.zalo_personal import api as personal
from sokhach.channels.zalo_personal.friends import api as friends
from sokhach.channels.zalo_personal.private import api as private
from sokhach.conversations import api as conversations
from sokhach.conversations import socket as conversations_socket
from sokhach.conversations.media import api as media
from sokhach.conversations.notes import api as notes
from sokhach.core import clock, status
from sokhach.core.config import Settings
from sokhach.core.console import Console
from sokhach.core.crypto import Vault, derive
from sokhach.core.database import Database, dsn, urls
from sokhach.core.problems import MAX_BODY_BYTES, exception_handlers
from sokhach.core.realtime.hub import Hub
from sokhach.core.storage import Storage
from sokhach.core.tasks import end
from sokhach.core.web import Edge, UnitOfWorkMiddleware, held_by, is_loopback, roll_back_on_error
from sokhach.custody import api as custody
from sokhach.customers import api as customers
from sokhach.demo import api as demo
from sokhach.dispatch import api as dispatch
from sokhach.intake import api as intake
from sokhach.intake.gateway import Directory, Gateway
from sokhach.intake.importing import api as history
from sokhach.intake.journal import JournalWriter
from sokhach.oversight import api as oversight
from sokhach.oversight.refusals import note_refusal
from sokhach.people import api as people
from sokhach.people import staff_api, team_api
from sokhach.people.access import (
    ForgeryGuard,
    check_access_declared,
    guard_access,
    page_cookie,
    provide_actor,
    provide_caller,
    provide_connection,
)
from sokhach.people.calendar import api as calendar
from sokhach.people.calendar import leave_api
from sokhach.people.importing import api as importing
from sokhach.people.passwords import PasswordHasher
from sokhach.people.security import account_api, joining_api
from sokhach.people.security import admin_api as security_admin
from sokhach.people.security.proof import Proof
from sokhach.people.service import SignIn

log = structlog.get_logger()

CONSOLE_FOLDER = Path(__file__).parent / "static" / "console"
CLOCK_SECONDS = 2
# Where Zalo keeps faces of people and accounts. Pictures of messages come from us.
FACES = ("https://*.zadn.vn", "https://*.zdn.vn", "https://*.zalo.me", "https://*.zaloapp.com")


def create_app(settings: Settings) -> Litestar:
    """The application. Databases connect when they are first needed; followers run during its lifespan.

    Raises `UnclassifiedRouteError` when a route does not say who may call it.
    """
    app = bare_app(settings)
    furnish(app, app.asgi_handler, settings)
    return app


def bare_app(settings: Settings) -> Litestar:
    """All routes and what stands before them, which takes a while to make; of the settings it knows only the key and
    the address. See `furnish`."""
    app = Litestar(
        route_handlers=api_routes(),
        dependencies=_dependencies(),
        guards=[guard_access],
        middleware=[DefineMiddleware(ForgeryGuard, config=_csrf(settings)), UnitOfWorkMiddleware],
        after_exception=[roll_back_on_error, note_refusal],
        exception_handlers=exception_handlers,
        compression_config=CompressionConfig(
            # Files are packed already, and a part of one must stay the part that was asked for.
            backend="gzip",
            minimum_size=1024,
            gzip_compress_level=5,
            exclude="^/api/media/",
        ),
        request_max_body_size=MAX_BODY_BYTES,
        lifespan=[_running],
        openapi_config=None,
        logging_config=None,
    )
    check_access_declared(app.routes)
    return app


def furnish(app: Litestar, routes: ASGIApp, settings: Settings) -> None:
    """Gives the application what it works with for its next lifespan, and puts the gateway before its `routes`."""
    roles = urls(settings)
    database = Database(roles.web, plans_once=True)
    side = Database(roles.web, size=2)
    hub = Hub(database, conversations_socket.visible_by(database))
    journal = JournalWriter(dsn(roles.gateway))
    hasher, vault = PasswordHasher(), Vault(settings.keys)
    app.state.update(
        {
            "settings": settings,
            "web_database": database,
            "side": side,
            "hub": hub,
            "hasher": hasher,
            "proof": Proof(hasher, side, vault),
            "sign_in_gate": SignIn(hasher, side),
            "storage": Storage.of(settings),
            "followers": (partial(_follow_clock, database), hub.run, journal.run, partial(heartbeat.run, side)),
        }
    )
    console = Console(routes, CONSOLE_FOLDER, partial(page_cookie, _csrf(settings)))
    inner = Edge(console, safety_headers(settings))
    app.asgi_handler = Gateway(inner, Directory(database, vault), journal)


def api_routes() -> Sequence[ControllerRouterHandler]:
    """Every route of the product."""
    return [
        *people.routes,
        *staff_api.routes,
        *team_api.routes,
        *account_api.routes,
        *joining_api.routes,
        *security_admin.routes,
        *importing.routes,
        *calendar.routes,
        *leave_api.routes,
        *channels.routes,
        *channel_admins.routes,
        *channel_limits.routes,
        *conversations.routes,
        *conversations_socket.routes,
        *media.routes,
        *notes.routes,
        *custody.routes,
        *personal.routes,
        *private.routes,
        *friends.routes,
        *customers.routes,
        *dispatch.routes,
        *intake.routes,
        *history.routes,
        *oversight.routes,
        *demo.routes,
        *status.routes,
        get_openapi,
    ]


def openapi() -> bytes:
    """The description of the API as JSON, in a stable order."""
    from sokhach.core.openapi import describe

    described = describe(api_routes(), _dependencies())
    return msgspec.json.format(msgspec.json.encode(described, order="deterministic"), indent=2) + b"\n"


@get("/api/openapi.json", access="public", include_in_schema=False)
async def get_openapi() -> Response[bytes]:
    return Response(await asyncio.to_thread(openapi), media_type="application/vnd.oai.openapi+json")


def _dependencies() -> dict[str, Provide]:
    held = ("hasher", "proof", "settings", "side", "sign_in_gate", "storage")
    return {
        "actor": Provide(provide_actor, sync_to_thread=False),
        "caller": Provide(provide_caller, sync_to_thread=False),
        "connection": Provide(provide_connection),
        **{name: Provide(_provider(name), sync_to_thread=False) for name in held},
    }


def _provider(name: str) -> Callable[[Scope], Any]:
    def provide(scope: Scope) -> Any:
        return getattr(held_by(scope), name)

    return provide


@asynccontextmanager
async def _running(app: Litestar) -> AsyncGenerator[None]:
    """Runs the followers for as long as the application lives. One that ends by itself is a bug that must be seen."""
    tasks = [asyncio.ensure_future(run()) for run in app.state.followers]
    for task in tasks:
        task.add_done_callback(_end_without_follower)
    try:
        yield
    finally:
        await end(tasks)
        for database in (app.state.web_database, app.state.side):
            await database.close()


def _end_without_follower(task: asyncio.Future[None]) -> None:
    """A web process that takes no webhooks in, or tells browsers nothing, is better started anew."""
    if not task.cancelled():
        log.critical("follower_ended", exc_info=task.exception())
        signal.raise_signal(signal.SIGTERM)


async def _follow_clock(database: Database) -> None:
    """Demos and tests move the clock; every process follows."""
    while True:
        with suppress(SQLAlchemyError, OSError):
            async with database.transaction() as connection:
                await clock.refresh(connection)
        await asyncio.sleep(CLOCK_SECONDS)


def _csrf(settings: Settings) -> CSRFConfig:
    return CSRFConfig(
        secret=derive(settings.keys[0], "csrf"),
        cookie_name="csrftoken",
        header_name="x-csrftoken",
        cookie_secure=settings.base_url.startswith("https://"),
    )


def safety_headers(settings: Settings) -> dict[str, str]:
    """What every answer tells a browser not to do."""
    pictures = ["'self'", "data:", "blob:", *FACES]
    platform = urlsplit(settings.zalo_openapi_url)
    if platform.scheme == "http" and is_loopback(platform.hostname or ""):
        # The simulated Zalo of a demo serves its faces itself.
        pictures.append(f"http://{platform.netloc}")
    policy = (
        f"default-src 'self'; img-src {' '.join(pictures)}; style-src 'self' 'unsafe-inline'; "
        "media-src 'self' blob:; connect-src 'self' ws: wss:; frame-ancestors 'none'; base-uri 'self'; "
        "form-action 'self'; object-src 'none'"
    )
    headers = {
        "content-security-policy": policy,
        "x-content-type-options": "nosniff",
        "referrer-policy": "same-origin",
        "x-frame-options": "DENY",
        "cross-origin-opener-policy": "same-origin",
    }
    if settings.base_url.startswith("https://"):
        headers["strict-transport-security"] = "max-age=31536000"
    return headers
