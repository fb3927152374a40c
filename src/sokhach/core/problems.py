"""Problem details (RFC 9457): every refusal has a stable type and says, in the caller's language, what to do."""

import re
import secrets
from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple, cast

import msgspec
import psycopg
import structlog
from litestar import Request, Response
from litestar.connection import ASGIConnection
from litestar.exceptions import HTTPException, ImproperlyConfiguredException, ValidationException
from litestar.exceptions.http_exceptions import RequestEntityTooLarge
from litestar.types import Scope, Send
from sqlalchemy import exc as database_errors

from sokhach.core.catalogue import Locale, choose, knows, say

log = structlog.get_logger()

TYPE_PREFIX = "urn:sokhach:problem:"
MEDIA_TYPE = "application/problem+json"
MAX_BODY_BYTES = 1_000_000

AnyConnection = ASGIConnection[Any, Any, Any, Any]
AnyRequest = Request[Any, Any, Any]


class Problem(Exception):
    """A refusal for the caller. `slug` names its texts in the catalogue (`problem.<slug>.title` and `.detail`).

    `params` fill the texts and go out as members of their own.
    """

    def __init__(
        self, slug: str, status: int, *, headers: Mapping[str, str] | None = None, **params: str | int | None
    ) -> None:
        super().__init__(slug)
        self.slug = slug
        self.status = status
        self.headers = dict(headers or {})
        self.params = params

    def members(self, locale: Locale) -> dict[str, object]:
        """The whole problem object in one language."""
        return {
            "type": TYPE_PREFIX + self.slug,
            "title": say(locale, f"problem.{self.slug}.title"),
            "status": self.status,
            "detail": say(locale, f"problem.{self.slug}.detail", **self.params),
            **self.params,
        }


class Fault(NamedTuple):
    """What is wrong with one field. `path` is dotted as in the JSON sent; `key` is `fault.<key>` of the catalogue."""

    path: str
    key: str
    limit: int | str | None = None

    def message(self, locale: Locale) -> str:
        return say(locale, f"fault.{self.key}", limit=self.limit)

    def sentence(self, locale: Locale) -> str:
        named = f"field.{self.path}" if self.path else "field.body"
        field = say(locale, named) if knows(named) else self.path
        return say(locale, "fault", field=field, message=self.message(locale))


class InvalidInput(Problem):
    """`invalid-input` 400: `errors` lists each field's path with what is wrong, in words."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        super().__init__("invalid-input", 400)
        self.faults = faults

    def members(self, locale: Locale) -> dict[str, object]:
        return {
            "type": TYPE_PREFIX + self.slug,
            "title": say(locale, "problem.invalid-input.title"),
            "status": self.status,
            "detail": say(locale, "problem.invalid-input.detail", faults=self.sentences(locale)),
            "errors": [{"path": fault.path, "message": fault.message(locale)} for fault in self.faults],
        }

    def sentences(self, locale: Locale) -> str:
        return "; ".join(fault.sentence(locale) for fault in self.faults)


NOT_FOUND = "not-found"


def not_found() -> Problem:
    """The same answer for what does not exist and for what the caller may not see."""
    return Problem(NOT_FOUND, 404)


def locale_of(connection: AnyConnection) -> Locale:
    """The signed-in person's language, else the browser's."""
    chosen = connection.scope["state"].get("locale")
    return chosen if chosen in {"vi", "en"} else choose(connection.headers.get("accept-language", ""))


def respond(request: AnyRequest, problem: Problem) -> Response[bytes]:
    locale = locale_of(request)
    return Response(
        msgspec.json.encode(problem.members(locale)),
        status_code=problem.status,
        media_type=MEDIA_TYPE,
        headers={"content-language": locale, **problem.headers},
    )


async def send_problem(scope: Scope, send: Send, problem: Problem) -> None:
    """For what is answered before the application."""
    headers = dict(scope["headers"])
    locale = choose(headers.get(b"accept-language", b"").decode("latin-1"))
    body = msgspec.json.encode(problem.members(locale))
    own = {"content-type": MEDIA_TYPE, "content-language": locale, "content-length": str(len(body)), **problem.headers}
    raw = [(name.encode("latin-1"), value.encode("latin-1")) for name, value in own.items()]
    await send({"type": "http.response.start", "status": problem.status, "headers": raw})
    await send({"type": "http.response.body", "body": body, "more_body": False})


def _on_problem(request: AnyRequest, error: Problem) -> Response[bytes]:
    return respond(request, error)


def _on_validation(request: AnyRequest, error: ValidationException) -> Response[bytes]:
    extra: object = error.extra
    found = cast("list[dict[str, Any]]", extra) if isinstance(extra, list) else []
    return respond(request, InvalidInput([_fault(item) for item in found] or [Fault("", "form")]))


def _on_undecodable(request: AnyRequest, error: UnicodeDecodeError) -> Response[bytes]:
    """A JSON string of the body that is not UTF-8: Litestar lets it through as it is."""
    log.warning("undecodable", path=request.url.path, reason=error.reason)
    return respond(request, Problem("malformed-request", 400))


def _on_too_deep(request: AnyRequest, _error: RecursionError) -> Response[bytes]:
    """JSON nested a hundred thousand times."""
    return respond(request, Problem("malformed-request", 400))


def _on_http(request: AnyRequest, error: HTTPException) -> Response[bytes]:
    return respond(request, _from_http(request, error))


def _from_http(request: AnyRequest, error: HTTPException) -> Problem:
    match error.status_code:
        case 400:
            return Problem("malformed-request", 400)
        case 403 if "CSRF" in error.detail:
            # The cookie may be from before our key changed, and is set anew only when it is absent.
            return Problem("csrf-failed", 403, headers={"set-cookie": "csrftoken=; Path=/; Max-Age=0; SameSite=Lax"})
        case 404:
            return not_found()
        case 405:
            return Problem("method-not-allowed", 405, headers=error.headers)
        case 413:
            return body_too_large(_limit_of(request))
        case status if status >= 500:
            return _incident(request, error)
        case status:
            return Problem("request-refused", status, headers=error.headers)


def body_too_large(limit_bytes: int = MAX_BODY_BYTES) -> Problem:
    return Problem("body-too-large", 413, limit_kb=limit_bytes // 1000)


def _limit_of(request: AnyRequest) -> int:
    return request.route_handler.resolve_request_max_body_size() or MAX_BODY_BYTES


def _on_database_error(request: AnyRequest, error: Exception) -> Response[bytes]:
    if is_database_down(error):
        log.error("database_unavailable", error=type(error).__name__, path=request.url.path)
        return respond(request, Problem("database-unavailable", 503, headers={"retry-after": "2"}))
    return respond(request, _incident(request, error))


def is_database_down(error: BaseException) -> bool:
    """Whether the database cannot be reached or has ended the connection, rather than refused a statement."""
    if isinstance(error, database_errors.TimeoutError):
        return True
    if isinstance(error, database_errors.DBAPIError):
        return error.connection_invalidated or is_database_down(error.orig) if error.orig else False
    return isinstance(error, psycopg.OperationalError) and (
        error.sqlstate is None or error.sqlstate[:2] in _UNREACHABLE or error.sqlstate in _RECOVERING
    )


# Connection exceptions and refused sign-ins (the roles are remade at start) …
_UNREACHABLE = frozenset({"08", "28", "3D"})
# … no slot left, and the ways of shutting down and starting up.
_RECOVERING = frozenset({"53300", "57P01", "57P02", "57P03", "57P05"})


def _on_unexpected(request: AnyRequest, error: Exception) -> Response[bytes]:
    return respond(request, _incident(request, error))


def _incident(request: AnyRequest, error: Exception) -> Problem:
    return Problem("internal", 500, incident=incident(request.method, request.url.path, error))


def incident(method: str, path: str, error: Exception) -> str:
    """Writes down what nobody foresaw; returns the number by which the caller may ask for it."""
    number = secrets.token_hex(4)
    log.error("internal_error", incident=number, method=method, path=path, exc_info=error)
    return number


exception_handlers: dict[int | type[Exception], Callable[[AnyRequest, Any], Response[Any]]] = {
    Problem: _on_problem,
    ValidationException: _on_validation,
    RequestEntityTooLarge: _on_http,
    HTTPException: _on_http,
    UnicodeDecodeError: _on_undecodable,
    RecursionError: _on_too_deep,
    ImproperlyConfiguredException: _on_unexpected,
    database_errors.SQLAlchemyError: _on_database_error,
    psycopg.Error: _on_database_error,
    Exception: _on_unexpected,
}

# How msgspec words what is wrong, and which text of ours says it.
_PATTERNS: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"missing required (?:field|argument)s? `(?P<field>[^`]+)`"), "missing"),
    (re.compile(r"unknown field `(?P<field>[^`]+)`"), "unknown"),
    (re.compile(r"Invalid enum value"), "choice"),
    (re.compile(r"of length >= (?P<limit>\d+)"), "too-short"),
    (re.compile(r"of length <= (?P<limit>\d+)"), "too-long"),
    (re.compile(r">=? (?P<limit>-?[\d.]+)"), "too-small"),
    (re.compile(r"<=? (?P<limit>-?[\d.]+)"), "too-large"),
    (re.compile(r"matching regex|Invalid (?:UUID|RFC3339|ISO)"), "form"),
    (re.compile(r"^Expected `"), "type"),
)


def _fault(item: Mapping[str, Any]) -> Fault:
    message, path = str(item.get("message", "")), str(item.get("key", ""))
    path = "" if path == "data" else path
    for pattern, key in _PATTERNS:
        if found := pattern.search(message):
            groups = found.groupdict()
            if field := groups.get("field"):
                path = field if not path or path == field else f"{path}.{field}"
            return Fault(path, key, groups.get("limit"))
    return Fault(path, "form")
