"""The page itself, as `npm run build` leaves it in `static/phone`."""

import asyncio
import mimetypes
from pathlib import Path

from litestar import Response, Router, get
from litestar.enums import MediaType
from litestar.response import Redirect

FOLDER = Path(__file__).parents[2] / "static" / "phone"

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; connect-src 'self'; "
    # Accounts may show pictures from any https address, as on Zalo.
    "img-src 'self' blob: data: https:; media-src 'self' blob:; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
SAFETY = {
    "content-security-policy": POLICY,
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
}
# Vite puts a hash of the content into these files' names.
LASTING = "public, max-age=31536000, immutable"
MISSING = """Trang điện thoại chưa được dựng. Hãy chạy: make console
The phone's page is not built yet. Please run: make console
"""


@get("/", include_in_schema=False)
async def home() -> Redirect:
    return Redirect("/phone", status_code=302)


@get("/phone")
async def page() -> Response[bytes]:
    content = await asyncio.to_thread(_read, "phone.html")
    if content is None:
        return Response(MISSING.encode(), media_type="text/plain; charset=utf-8", status_code=503, headers=SAFETY)
    return Response(content, media_type="text/html; charset=utf-8", headers=SAFETY | {"cache-control": "no-cache"})


@get("/phone/{folder:str}/{name:str}")
async def asset(folder: str, name: str) -> Response[bytes]:
    content = await asyncio.to_thread(_read, f"{folder}/{name}") if folder == "assets" else None
    if content is None:
        return Response(b"", media_type=MediaType.TEXT, status_code=404, headers=SAFETY)
    kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
    if kind.startswith("text/"):
        kind += "; charset=utf-8"
    return Response(content, media_type=kind, headers=SAFETY | {"cache-control": LASTING})


def _read(name: str) -> bytes | None:
    path = (FOLDER / name).resolve()
    return path.read_bytes() if path.is_relative_to(FOLDER) and path.is_file() else None


router = Router("/", route_handlers=[home, page, asset])
