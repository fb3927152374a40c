"""The hosts of a sign-in: `id.zalo.me`, `chat.zalo.me`, `jr.chat.zalo.me` and `wpa.chat.zalo.me`."""

from http.cookies import SimpleCookie
from typing import Any

import msgspec
from litestar import Response
from litestar.enums import MediaType

from sokhach.sandbox.edge import AnyRequest, Reply, json_reply
from sokhach.sandbox.web import codes, crypto
from sokhach.sandbox.web.codes import WebRefusal
from sokhach.sandbox.web.login import VERSION
from sokhach.sandbox.web.platform import WebPlatform
from sokhach.sandbox.web.service_map import SERVICE_MAP
from sokhach.sandbox.web.sessions import WebSession

API_TYPE = "30"
LEAST_VERSION = 671
COOKIE_LIFE_SECONDS = 365 * 24 * 3600

LOGIN_PAGE = (
    '<!doctype html><html lang="vi"><head><title>Đăng nhập tài khoản Zalo</title>'
    f'<script src="https://stc-zlogin.zdn.vn/main-{VERSION}.js"></script></head><body></body></html>'
)
CHAT_PAGE = '<!doctype html><html lang="vi"><head><title>Zalo Web</title></head><body></body></html>'

SIGNED = ("zcid", "zcid_ext", "enc_ver", "params", "type", "client_version")
SIGNED_PLAIN = ("imei", "type", "client_version", "computer_name")


class Introduction(msgspec.Struct):
    """What `params` of a login hold."""

    computer_name: str
    imei: str
    language: str
    ts: int


def cookie_of(request: AnyRequest, name: str) -> str | None:
    jar = SimpleCookie(request.headers.get("cookie", ""))
    return jar[name].value if name in jar else None


def user_agent_of(request: AnyRequest) -> str:
    return request.headers.get("user-agent", "")


def session_of(web: WebPlatform, request: AnyRequest) -> WebSession | None:
    return web.sessions.of_cookie(cookie_of(request, "zpw_sek"), user_agent_of(request))


def set_cookie(reply: Reply, name: str, value: str) -> None:
    reply.set_cookie(
        name,
        value,
        domain="zalo.me",
        path="/",
        max_age=COOKIE_LIFE_SECONDS,
        secure=True,
        httponly=True,
        samesite="none",
    )


def plain(code: int, message: str, data: Any = None) -> Reply:
    return json_reply({"error_code": code, "error_message": message, "data": data})


def page(text: str) -> Reply:
    return Response(text.encode(), media_type=MediaType.HTML)


# id.zalo.me


async def sign_in(web: WebPlatform, request: AnyRequest, path: str) -> Reply | None:
    """None for an unknown path."""
    agent = user_agent_of(request)
    if path == "/account" and request.method == "GET":
        reply = page(LOGIN_PAGE)
        set_cookie(reply, "zpsid", web.logins.open_browser(agent))
        return reply
    if path == "/account/checksession" and request.method == "GET":
        return _check_session(web, request)
    if request.method != "POST" or path not in QR_CALLS:
        return None
    browser = cookie_of(request, "zpsid")
    form = {name: value for name, value in (await request.form()).items() if isinstance(value, str)}
    try:
        if browser is None or not web.logins.knows(browser, agent):
            raise codes.no_session()
        return await _qr_call(web, browser, agent, path, form)
    except WebRefusal as refusal:
        return plain(refusal.code, refusal.message)


QR_CALLS = {
    "/account/logininfo": {"continue"},
    "/account/verify-client": {"type", "continue"},
    "/account/authen/qr/generate": {"continue"},
    "/account/authen/qr/waiting-scan": {"code", "continue"},
    "/account/authen/qr/waiting-confirm": {"code", "gToken", "gAction", "continue"},
}
"""Their fields, besides `v`, which is the version that the page named."""


async def _qr_call(web: WebPlatform, browser: str, agent: str, path: str, form: dict[str, str]) -> Reply:
    if form.get("v") != VERSION or not QR_CALLS[path] <= set(form):
        raise codes.invalid("v" if form.get("v") != VERSION else "form")
    step = path.rpartition("/")[2]
    if step == "generate":
        return plain(0, "", web.logins.generate(browser, agent))
    if step == "waiting-scan":
        login = await web.logins.wait(form["code"], browser, "shown")
        if login is None or login.uid is None:
            return plain(codes.QR_WAIT, "Chưa quét mã")
        person = web.users.user(login.uid)
        return plain(0, "", {"avatar": person.avatar, "display_name": person.name})
    if step == "waiting-confirm":
        if form["gAction"] != "CONFIRM_QR":
            raise codes.invalid("gAction")
        login = await web.logins.wait(form["code"], browser, "scanned")
        if login is None or login.state == "shown":
            return plain(codes.QR_WAIT, "Chưa xác nhận")
        if login.state == "declined":
            return plain(codes.QR_DECLINED, "Đăng nhập bị từ chối")
        return plain(0, "")
    return plain(0, "", {})


def _check_session(web: WebPlatform, request: AnyRequest) -> Reply:
    """The browser whose code was confirmed gets its cookies; any other is sent back to sign in."""
    browser = cookie_of(request, "zpsid")
    session = None if browser is None else web.logins.collect(browser, user_agent_of(request))
    there = "https://chat.zalo.me/index.html" if session else "https://id.zalo.me/account"
    reply: Reply = Response(b"", status_code=302, headers={"location": there}, media_type=MediaType.HTML)
    if session is not None and browser is not None:
        set_cookie(reply, "zpsid", browser)
        set_cookie(reply, "zpw_sek", session.sek)
    return reply


# jr.chat.zalo.me


def user_info(web: WebPlatform, request: AnyRequest) -> Reply:
    session = session_of(web, request)
    if session is None:
        return plain(0, "", {"logged": False, "session_chat_valid": False, "info": {"name": "", "avatar": ""}})
    person = web.users.user(session.uid)
    info = {"name": person.name, "avatar": person.avatar}
    return plain(0, "", {"logged": True, "session_chat_valid": True, "info": info})


# wpa.chat.zalo.me


def login_info(web: WebPlatform, request: AnyRequest) -> Reply:
    """Everything is checked before the cookie: the signature, both ciphers, and that they name one device."""
    query = dict(request.query_params.items())
    try:
        key, introduction = _introduced(query)
        session = session_of(web, request)
        if session is None or not web.sessions.bind(session, introduction.imei):
            raise codes.session_ended()
    except WebRefusal as refusal:
        return plain(refusal.code, refusal.message)
    person = web.users.user(session.uid)
    data = {
        "haspcclient": 0,
        "public_ip": "127.0.0.1",
        "language": introduction.language,
        "send2me_id": f"9{session.uid[1:]}",
        "uid": session.uid,
        "phone_number": person.phone or "",
        "zpw_enk": session.enk,
        "zpw_ws": [web.socket_url],
        "zpw_service_map_v3": SERVICE_MAP,
    }
    reply = sealed(key, 0, "Successful.", data)
    refresh_cookie(web, reply, session)
    return reply


def refresh_cookie(web: WebPlatform, reply: Reply, session: WebSession) -> None:
    fresh = web.sessions.rotated(session)
    if fresh is not None:
        set_cookie(reply, "zpw_sek", fresh.sek)


def sealed(key: bytes, code: int, message: str, data: Any) -> Reply:
    inner = msgspec.json.encode({"error_code": code, "error_message": message, "data": data}).decode()
    return plain(0, "Successful.", crypto.encrypt(key, inner))


def _introduced(query: dict[str, str]) -> tuple[bytes, Introduction]:
    if any(not query.get(name) for name in SIGNED) or query["enc_ver"] != "v2":
        raise codes.invalid("zcid")
    _check_client(query)
    if query.get("signkey") != crypto.signkey("getlogininfo", {name: query[name] for name in SIGNED}):
        raise codes.invalid("signkey")
    key = crypto.login_key(query["zcid"], query["zcid_ext"])
    try:
        kind, _, rest = crypto.open_zcid(query["zcid"]).partition(",")
        imei, _, stamp = rest.rpartition(",")
        introduction = msgspec.json.decode(crypto.decrypt(key, query["params"]), type=Introduction)
    except (crypto.UndecryptableError, msgspec.DecodeError) as error:
        raise codes.invalid("params") from error
    same = (kind, imei, introduction.computer_name) == (API_TYPE, introduction.imei, "Web")
    if not same or not stamp.isdecimal() or not imei:
        raise codes.invalid("zcid")
    return key, introduction


def _check_client(query: dict[str, str]) -> None:
    version = query.get("client_version", "")
    if query.get("type") != API_TYPE or not version.isdecimal() or int(version) < LEAST_VERSION:
        raise codes.invalid("client_version")


def server_info(web: WebPlatform, request: AnyRequest) -> Reply:
    query = dict(request.query_params.items())
    try:
        if any(not query.get(name) for name in SIGNED_PLAIN) or query["computer_name"] != "Web":
            raise codes.invalid("imei")
        _check_client(query)
        if query.get("signkey") != crypto.signkey("getserverinfo", {name: query[name] for name in SIGNED_PLAIN}):
            raise codes.invalid("signkey")
    except WebRefusal as refusal:
        return plain(refusal.code, refusal.message)
    settings = web.settings
    features = {
        "sharefile": {
            "max_file": settings.max_files,
            "max_size_share_file_v3": settings.max_file_mb,
            "chunk_size_file": settings.chunk_bytes,
            "restricted_ext_file": settings.restricted,
        },
        "socket": {
            "ping_interval": settings.ping_interval_ms,
            "retries": settings.retries,
            "close_and_retry_codes": settings.close_and_retry_codes,
            "rotate_error_codes": settings.close_and_retry_codes,
        },
    }
    keepalive = {"alway_keepalive": 1, "keepalive_duration": 300, "time_deactive": 300}
    return plain(0, "", {"setttings": {"features": features, "keepalive": keepalive}, "extra_ver": {"phonebook": 0}})
