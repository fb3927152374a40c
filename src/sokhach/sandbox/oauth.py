"""OAuth v4 for official accounts: consent page and token endpoint (reference §1.1)."""

import html
from typing import Annotated, Any
from urllib.parse import parse_qs, urlencode

import msgspec
from litestar import Response, Router, get, post
from litestar.enums import MediaType
from litestar.params import Parameter
from litestar.response import Redirect

from sokhach.sandbox.accounts import App, OfficialAccount
from sokhach.sandbox.edge import AnyRequest, Reply, fault_after, fault_before, json_reply
from sokhach.sandbox.faults import FaultKind, Scope
from sokhach.sandbox.tokens import TokenPair, TokenRefusedError
from sokhach.sandbox.world import World

FORM = "application/x-www-form-urlencoded"

FAILURES: dict[str, tuple[int, str, str]] = {
    "form": (-14001, "Invalid request", "Request body must be a form"),
    "inactive": (-14002, "Invalid app", "App is not active"),
    "redirect": (-14003, "Invalid redirect uri", "Redirect uri is not the registered callback"),
    "app_id": (-14004, "Invalid app", "App id is invalid"),
    "secret": (-14005, "Invalid secret key", "Secret key is invalid"),
    "grant_type": (-14006, "Invalid grant type", "Grant type is not supported"),
    "code": (-14010, "Invalid code", "Authorization code is invalid, expired or already used"),
    "verifier": (-14012, "Invalid code verifier", "Code verifier does not match the code challenge"),
    "refresh_token": (-14014, "Invalid refresh token", "Refresh token is invalid, expired or already used"),
}
"""Only -14002, -14003 and -14014 have a source; the others are ours, and no client may build on them."""


class FormError(Exception):
    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class TokenForm(msgspec.Struct):
    """The decoded form of a token call, with the app that its secret proves."""

    app: App
    fields: dict[str, str]


def failure(reason: str) -> Reply:
    code, name, description = FAILURES[reason]
    return json_reply(
        {
            "error_name": name,
            "error_reason": description,
            "ref_doc": "https://developers.zalo.me/docs/official-account/bat-dau/xac-thuc-va-uy-quyen",
            "error_description": description,
            "error": code,
        }
    )


@post("/v4/oa/access_token", status_code=200)
async def access_token(request: AnyRequest, world: World) -> Reply:
    body = await request.body()
    call = _call(world, body)
    early = await fault_before(world, call)
    if early is not None:
        return early
    try:
        form = _read(world, request, body)
        pair = _issue(world, form)
    except (FormError, TokenRefusedError) as refused:
        return failure(refused.reason)
    refreshed = form.fields["grant_type"] == "refresh_token"
    kinds = (FaultKind.API_LOST_REPLY, FaultKind.REFRESH_LOST_REPLY) if refreshed else (FaultKind.API_LOST_REPLY,)
    fault_after(world, request, call, kinds)
    return json_reply(pair)


def _call(world: World, body: bytes) -> Scope:
    """The scope for faults: a refresh token tells the official account even when it is dead."""
    fields = _fields(body)
    owner = world.tokens.owner(fields.get("refresh_token", ""))
    return Scope(app_id=fields.get("app_id"), oa_id=None if owner is None else owner.oa_id, path="/v4/oa/access_token")


def _fields(body: bytes) -> dict[str, str]:
    try:
        return {name: values[0] for name, values in parse_qs(body.decode()).items()}
    except UnicodeDecodeError:
        return {}


def _read(world: World, request: AnyRequest, body: bytes) -> TokenForm:
    if request.headers.get("content-type", "").split(";")[0].strip().lower() != FORM:
        raise FormError("form")
    fields = _fields(body)
    app = world.accounts.find_app(fields.get("app_id", ""))
    if app is None:
        raise FormError("app_id")
    if request.headers.get("secret_key") != app.app_secret:
        raise FormError("secret")
    if not app.active:
        raise FormError("inactive")
    return TokenForm(app, fields)


def _issue(world: World, form: TokenForm) -> TokenPair:
    match form.fields.get("grant_type"):
        case "authorization_code":
            verifier = form.fields.get("code_verifier")
            return world.tokens.exchange(form.app.app_id, form.fields.get("code", ""), verifier)
        case "refresh_token":
            return world.tokens.refresh(form.app.app_id, form.fields.get("refresh_token", ""))
        case _:
            raise FormError("grant_type")


@get("/v4/oa/permission")
async def permission(
    world: World,
    app_id: str,
    redirect_uri: str,
    code_challenge: str | None = None,
    oauth_state: Annotated[str | None, Parameter(query="state")] = None,
    consented_oa: str | None = None,
) -> Response[Any]:
    """The page on which an administrator chooses an official account; choosing leads back to the app."""
    app = world.accounts.find_app(app_id)
    if app is None:
        return failure("app_id")
    if not app.active:
        return failure("inactive")
    if app.callback_url is not None and app.callback_url != redirect_uri:
        return failure("redirect")
    if consented_oa is not None:
        if consented_oa not in {oa.oa_id for oa in world.accounts.oas(app_id)}:
            return failure("app_id")
        location, _ = consent(world, app, consented_oa, redirect_uri, code_challenge, oauth_state)
        return Redirect(location)
    choice = {"app_id": app_id, "redirect_uri": redirect_uri, "code_challenge": code_challenge, "state": oauth_state}
    links = [_link(oa, choice) for oa in world.accounts.oas(app_id)]
    page = f'<!doctype html><html lang="vi"><meta charset="utf-8"><title>Zalo</title><ul>{"".join(links)}</ul></html>'
    return Response(page, media_type=MediaType.HTML)


def consent(
    world: World, app: App, oa_id: str, redirect_uri: str, code_challenge: str | None, state: str | None
) -> tuple[str, str]:
    """Address at the app to which the administrator is sent, and the fresh code in it."""
    code = world.tokens.consent(app, world.accounts.oa(oa_id).oa_id, code_challenge)
    query = {"code": code, "oa_id": oa_id} | ({} if state is None else {"state": state})
    return f"{redirect_uri}{'&' if '?' in redirect_uri else '?'}{urlencode(query)}", code


def _link(oa: OfficialAccount, choice: dict[str, str | None]) -> str:
    query = {name: value for name, value in choice.items() if value is not None} | {"consented_oa": oa.oa_id}
    return f'<li><a href="/v4/oa/permission?{html.escape(urlencode(query))}">{html.escape(oa.name)}</a></li>'


router = Router("/", route_handlers=[access_token, permission])
