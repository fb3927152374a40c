"""The built console: static files in front of the application."""

import asyncio
import gzip
import hashlib
import mimetypes
import os
import stat
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import NamedTuple

from litestar.types import ASGIApp, Receive, Scope, Send

from sokhach.core.catalogue import choose, say

INDEX = "index.html"
# Vite puts a hash of the content into these files' names.
HASHED = "assets/"
# What the application answers itself; everything else that a browser GETs is a page or file of the console.
OF_THE_APPLICATION = ("/api", "/hooks", "/healthz", "/readyz", "/metrics")
_WORTH_PACKING = frozenset(
    {"application/javascript", "application/json", "application/manifest+json", "image/svg+xml", "text/css",
     "text/html", "text/javascript", "text/plain"}
)  # fmt: skip
_LEAST_PACKED = 1024


class File(NamedTuple):
    """A file as it goes out. `version` tells whether the disk has another one by now."""

    version: tuple[int, int]
    kind: str
    etag: str
    content: bytes
    packed: bytes | None


class Console:
    """Serves the files of `folder`, and its index page for every address that has no file, to GET and HEAD.
    `page_cookie`: from a browser's cookies the one that the page sets, if any."""

    def __init__(self, app: ASGIApp, folder: Path, page_cookie: Callable[[str], str | None]) -> None:
        self._app = app
        self._folder = folder
        self._page_cookie = page_cookie
        self._files: dict[str, File] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["method"] not in {"GET", "HEAD"} or is_of_application(scope["path"]):
            await self._app(scope, receive, send)
            return
        headers = {name: value.decode("latin-1") for name, value in scope["headers"]}
        name = scope["path"].lstrip("/") or INDEX
        file = await self._find(name)
        if file is None and not name.startswith(HASHED):
            name, file = INDEX, await self._find(INDEX)
        body = scope["method"] == "GET"
        if file is not None:
            cookie = self._page_cookie(headers.get(b"cookie", "")) if name == INDEX else None
            await _send_file(send, file, headers, body=body, lasting=name.startswith(HASHED), cookie=cookie)
        else:
            await _send_missing(send, headers, body=body, asset=name.startswith(HASHED))

    async def _find(self, name: str) -> File | None:
        version = _version_of(path) if (path := _within(self._folder, name)) else None
        if path is None or version is None:
            return None
        file = self._files.get(name)
        if file is None or file.version != version:
            file = self._files[name] = await asyncio.to_thread(_read, path, version)
        return file


def is_of_application(path: str) -> bool:
    return any(path == prefix or path.startswith(prefix + "/") for prefix in OF_THE_APPLICATION)


def _within(folder: Path, name: str) -> Path | None:
    path = Path(os.path.normpath(folder / name))
    return path if path.is_relative_to(folder) and "\0" not in name else None


def _version_of(path: Path) -> tuple[int, int] | None:
    """A glance at the disk, some microseconds; None when it is no file."""
    try:
        found = path.stat()
    except OSError:
        return None
    return (found.st_mtime_ns, found.st_size) if stat.S_ISREG(found.st_mode) else None


def _read(path: Path, version: tuple[int, int]) -> File:
    content = path.read_bytes()
    kind = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
    if path.suffix == ".webmanifest":
        kind = "application/manifest+json"
    worth_it = kind in _WORTH_PACKING and len(content) >= _LEAST_PACKED
    packed = gzip.compress(content, 6, mtime=0) if worth_it else None
    etag = f'"{hashlib.sha256(content).hexdigest()[:20]}"'
    if kind.startswith("text/") or kind.endswith(("javascript", "json")):
        kind += "; charset=utf-8"
    return File(version, kind, etag, content, packed)


async def _send_file(
    send: Send, file: File, asked: Mapping[bytes, str], *, body: bool, lasting: bool, cookie: str | None
) -> None:
    headers = {
        "content-type": file.kind,
        "etag": file.etag,
        "cache-control": "public, max-age=31536000, immutable" if lasting else "no-cache",
        "vary": "accept-encoding",
    }
    if cookie is not None:
        headers |= {"set-cookie": cookie, "cache-control": "private, no-cache"}
    if file.etag in asked.get(b"if-none-match", ""):
        await _send(send, 304, headers, b"")
        return
    content = file.content
    if file.packed is not None and "gzip" in asked.get(b"accept-encoding", ""):
        content, headers["content-encoding"] = file.packed, "gzip"
    await _send(send, 200, headers, content, body=body)


async def _send_missing(send: Send, asked: Mapping[bytes, str], *, body: bool, asset: bool) -> None:
    locale = choose(asked.get(b"accept-language", ""))
    key = "problem.not-found.title" if asset else "page.console-missing"
    headers = {"content-type": "text/plain; charset=utf-8", "content-language": locale, "cache-control": "no-store"}
    await _send(send, 404 if asset else 503, headers, say(locale, key).encode(), body=body)


async def _send(send: Send, status: int, headers: Mapping[str, str], content: bytes, *, body: bool = True) -> None:
    if status != 304:
        headers = {**headers, "content-length": str(len(content))}
    raw = [(name.encode("latin-1"), value.encode("latin-1")) for name, value in headers.items()]
    await send({"type": "http.response.start", "status": status, "headers": raw})
    await send({"type": "http.response.body", "body": content if body else b"", "more_body": False})
