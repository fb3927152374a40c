"""Where Zalo Web is reached: `/h/<original host>/<path>` and the WebSocket."""

from functools import partial
from typing import Any

import msgspec
from litestar import HttpMethod, Response, Router, WebSocket, route, websocket
from litestar.datastructures import UploadFile
from litestar.enums import MediaType

from sokhach.sandbox.edge import AnyRequest, Reply
from sokhach.sandbox.web import codes, crypto, hosts
from sokhach.sandbox.web.calls import IN_THE_OPEN, Call
from sokhach.sandbox.web.codes import WebRefusal
from sokhach.sandbox.web.platform import WebPlatform
from sokhach.sandbox.web.service_map import SERVICE_OF_HOST
from sokhach.sandbox.web.services import HANDLERS
from sokhach.sandbox.web.sessions import WebSession
from sokhach.sandbox.web.socket_reads import read
from sokhach.sandbox.web.talk import later
from sokhach.sandbox.world import World


def _absent() -> Reply:
    return Response(b"<html><body>404 Not Found</body></html>", status_code=404, media_type=MediaType.HTML)


@route("/h/{host:str}/{path:path}", http_method=[HttpMethod.GET, HttpMethod.POST])
async def anywhere(host: str, path: str, request: AnyRequest, world: World) -> Reply:
    web = world.web
    path = "/" + path.strip("/")
    if host in SERVICE_OF_HOST:
        return await _service(web, request, SERVICE_OF_HOST[host], path)
    try:
        struck = await web.http_faults.before(path, None)
        return struck or await _sign_in(web, request, host, path) or _absent()
    except WebRefusal as refusal:
        return hosts.plain(refusal.code, refusal.message)


async def _sign_in(web: WebPlatform, request: AnyRequest, host: str, path: str) -> Reply | None:
    if host == "id.zalo.me":
        return await hosts.sign_in(web, request, path)
    if request.method != "GET":
        return None
    if host == "chat.zalo.me":
        return hosts.page(hosts.CHAT_PAGE)
    if (host, path) == ("jr.chat.zalo.me", "/jr/userinfo"):
        return hosts.user_info(web, request)
    if (host, path) == ("wpa.chat.zalo.me", "/api/login/getLoginInfo"):
        return hosts.login_info(web, request)
    if (host, path) == ("wpa.chat.zalo.me", "/api/login/getServerInfo"):
        return hosts.server_info(web, request)
    return None


async def _service(web: WebPlatform, request: AnyRequest, service: str, path: str) -> Reply:
    """Errors come with HTTP 200: of the session in the open, of the call itself inside the encrypted answer."""
    key = (service, request.method, path)
    if key not in HANDLERS:
        return _absent()
    session = hosts.session_of(web, request)
    if session is None or session.imei is None:
        refusal = codes.no_session()
        return hosts.plain(refusal.code, refusal.message)
    try:
        struck = await web.http_faults.before(path, session)
        if struck is not None:
            return struck
        answer = await HANDLERS[key](await _call(web, request, session))
    except WebRefusal as refusal:
        if refusal.plain:
            return hosts.plain(refusal.code, refusal.message)
        return hosts.sealed(session.key, refusal.code, refusal.message, None)
    web.http_faults.after(request, path, session)
    if key in IN_THE_OPEN:
        reply = hosts.plain(0, "", answer)
        hosts.refresh_cookie(web, reply, session)
        return reply
    return hosts.sealed(session.key, 0, "Successful.", answer)


async def _call(web: WebPlatform, request: AnyRequest, session: WebSession) -> Call:
    """`params` come in the query, or in the form of a POST; files only beside the query."""
    query = {name: values[-1] for name, values in request.query_params.dict().items()}
    if not query.get("zpw_ver", "").isdecimal() or query.get("zpw_type") != hosts.API_TYPE:
        raise codes.invalid("zpw_ver")
    files: dict[str, UploadFile] = {}
    sealed = query.get("params")
    if request.method == "POST" and sealed is None:
        value = (await request.form()).get("params")
        sealed = value if isinstance(value, str) else None
    elif request.method == "POST" and request.content_type[0] == "multipart/form-data":
        files = {name: part for name, part in (await request.form()).items() if isinstance(part, UploadFile)}
    return Call(web, session, None if sealed is None else _opened(session, sealed), query, files)


def _opened(session: WebSession, sealed: str) -> dict[str, Any]:
    try:
        return msgspec.json.decode(crypto.decrypt(session.key, sealed), type=dict[str, Any])
    except (crypto.UndecryptableError, msgspec.DecodeError) as error:
        raise codes.invalid("params") from error


@websocket("/zalo-web/ws")
async def live(socket: WebSocket[Any, Any, Any], world: World) -> None:
    """Refused before it opens when the cookie opens no session."""
    jar_holder: Any = socket
    session = hosts.session_of(world.web, jar_holder)
    if session is None or session.imei is None:
        await socket.close(code=4003)
        return
    await socket.accept()
    web = world.web
    seconds = web.frame_faults.cuts_after(session.uid)
    if seconds is not None:
        later(seconds, lambda: web.sockets.drop([session.uid], 1006))
    await web.sockets.serve(socket, session, partial(read, web))


router = Router("/", route_handlers=[anywhere, live])
