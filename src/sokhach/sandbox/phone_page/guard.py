"""Who may use the page's API. The sandbox knows no sign-in, so a web page from elsewhere, open in the same browser,
must neither steer it nor read it."""

import ipaddress
from urllib.parse import urlsplit

from litestar import Response

from sokhach.sandbox.edge import AnyRequest, json_reply

READING = ("GET", "HEAD")


def own_page_only(request: AnyRequest) -> Response[bytes] | None:
    """For `before_request`: refuses names that others can point at this machine, and writing from other pages."""
    host = request.headers.get("host", "")
    if not _is_machine(urlsplit(f"//{host}").hostname or ""):
        return _refusal("the phone answers to an address or to localhost only")
    if request.method in READING:
        return None
    origin = request.headers.get("origin")
    if origin is not None and urlsplit(origin).netloc != host:
        return _refusal("calls of other pages are refused")
    if request.headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none"):
        return _refusal("calls of other sites are refused")
    return None


def _is_machine(name: str) -> bool:
    """Only numbers and `localhost` cannot be made to lead here by somebody who owns a domain."""
    if name == "localhost":
        return True
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return False
    return True


def _refusal(detail: str) -> Response[bytes]:
    answer = json_reply({"detail": detail})
    answer.status_code = 403
    return answer
