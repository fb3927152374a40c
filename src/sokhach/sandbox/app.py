"""The sandbox as one ASGI application: simulated Zalo, its CDN, the control API, and the customer's phone."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import msgspec
from litestar import Litestar, Request, Response, get
from litestar.di import Provide
from litestar.enums import MediaType
from litestar.exceptions import HTTPException

from sokhach.sandbox import (
    cdn,
    control,
    control_events,
    control_groups,
    control_machine,
    control_people,
    oauth,
    phone_page,
    zns_api,
    zns_control,
)
from sokhach.sandbox.accounts import NotFoundError
from sokhach.sandbox.api import routers
from sokhach.sandbox.control import ControlError
from sokhach.sandbox.edge import AnyRequest
from sokhach.sandbox.web import control as web_control
from sokhach.sandbox.web import routes as web_routes
from sokhach.sandbox.world import World

MAX_BODY_BYTES = 64 * 1024 * 1024
LOOPBACK = {"127.0.0.1", "::1", "localhost"}


@get("/healthz")
async def healthz() -> dict[str, str]:
    return {"status": "ok"}


def _problem(status: int, detail: str) -> Response[bytes]:
    return Response(msgspec.json.encode({"detail": detail}), status_code=status, media_type=MediaType.JSON)


def _not_found(_: Request[Any, Any, Any], error: NotFoundError) -> Response[bytes]:
    return _problem(404, str(error))


def _senseless(_: Request[Any, Any, Any], error: ControlError) -> Response[bytes]:
    return _problem(400, str(error))


def _http(request: Request[Any, Any, Any], error: HTTPException) -> Response[bytes]:
    """Zalo's hosts answer an unknown call in their own shape; the control API in ours."""
    if request.url.path.startswith(("/v2.0/", "/v3.0/", "/v4/")) and error.status_code in (404, 405):
        body = msgspec.json.encode({"error": error.status_code, "message": "Empty API"})
        return Response(body, status_code=error.status_code, media_type=MediaType.JSON)
    extra = "" if error.extra is None else f": {error.extra}"
    return _problem(error.status_code, f"{error.detail}{extra}")


async def _own_pages_only(request: AnyRequest) -> Response[bytes] | None:
    """A web page from elsewhere, open in the same browser, must not steer the sandbox."""
    origin = request.headers.get("origin")
    if request.url.path.startswith("/control") and origin and urlsplit(origin).hostname not in LOOPBACK:
        return _problem(403, "cross-origin control calls are refused")
    return None


def create_app(*, base_url: str, folder: Path | None = None) -> Litestar:
    """`base_url`: where this application is reached, for media links. `folder`: where state is kept; memory without.

    The world is made on startup, inside the server's event loop.
    """

    @asynccontextmanager
    async def lifespan(app: Litestar) -> AsyncGenerator[None]:
        world = World(folder=folder, base_url=base_url.rstrip("/"))
        app.state.world = world
        app.state.stopping = False
        world.start()
        try:
            yield
        finally:
            await world.stop()

    def provide_world(request: AnyRequest) -> World:
        return request.app.state.world

    return Litestar(
        route_handlers=[
            healthz, oauth.router, cdn.router, control.router, control_people.router,
            control_events.router, control_groups.router,
            control_machine.router, zns_api.router, zns_control.router,
            web_routes.router, web_control.router,
            *phone_page.routers, *routers,
        ],
        dependencies={"world": Provide(provide_world, sync_to_thread=False)},
        exception_handlers={NotFoundError: _not_found, ControlError: _senseless, HTTPException: _http},
        before_request=_own_pages_only,
        lifespan=[lifespan],
        openapi_config=None,
        logging_config=None,
        request_max_body_size=MAX_BODY_BYTES,
    )  # fmt: skip
