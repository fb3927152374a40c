"""Uploads: pictures, animations and papers, kept for seven days (reference §1.4)."""

import msgspec
from litestar import Router, post
from litestar.datastructures import UploadFile
from litestar.exceptions import HTTPException

from sokhach.sandbox.api.gate import Caller, call
from sokhach.sandbox.days import month_start_ms
from sokhach.sandbox.edge import AnyRequest, Reply
from sokhach.sandbox.media import UPLOAD_LIFE_MS
from sokhach.sandbox.refusals import Refusal, invalid
from sokhach.sandbox.world import World

MEGABYTE = 1024 * 1024

SIGNATURES: dict[str, tuple[bytes, ...]] = {
    "jpg": (b"\xff\xd8\xff",),
    "png": (b"\x89PNG\r\n\x1a\n",),
    "gif": (b"GIF87a", b"GIF89a"),
    "pdf": (b"%PDF-",),
    "doc": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",),
    "docx": (b"PK\x03\x04",),
    "csv": (b"",),
}
TYPES = {
    "jpg": "image/jpeg",
    "png": "image/png",
    "gif": "image/gif",
    "pdf": "application/pdf",
    "doc": "application/msword",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "csv": "text/csv",
}


class Rule(msgspec.Struct, frozen=True):
    """`by_name`: the extension tells the type too, as papers have it."""

    kinds: tuple[str, ...]
    most: int
    answer: str
    by_name: bool = False


RULES = {
    "image": Rule(("jpg", "png"), MEGABYTE, "attachment_id"),
    "gif": Rule(("gif",), 5 * MEGABYTE, "attachment_id"),
    "file": Rule(("pdf", "doc", "docx", "csv"), 5 * MEGABYTE, "token", by_name=True),
}


class Received(msgspec.Struct):
    name: str
    content: bytes


@post(["/v2.0/oa/upload/image", "/v2.0/oa/upload/gif", "/v2.0/oa/upload/file"], status_code=200)
async def upload(request: AnyRequest, world: World) -> Reply:
    kind = request.url.path.rpartition("/")[2]
    received = await _file(request)

    def act(caller: Caller) -> dict[str, str]:
        rule = RULES[kind]
        content_type = _check(rule, received)
        since = month_start_ms(world.clock.now_ms())
        if world.media.uploads_since(caller.oa.oa_id, since) >= caller.oa.uploads_per_month:
            raise Refusal(-211, "Out of quota of uploads this month")
        assert received is not None
        asset = world.media.keep(caller.oa, kind, received.name, content_type, received.content, UPLOAD_LIFE_MS)
        return {rule.answer: asset.asset_id}

    return await call(world, request, act)


async def _file(request: AnyRequest) -> Received | None:
    """The one part named `file`."""
    if not request.headers.get("content-type", "").startswith("multipart/form-data"):
        return None
    try:
        part = (await request.form()).get("file")
    except HTTPException:
        return None
    return Received(part.filename, await part.read()) if isinstance(part, UploadFile) else None


def _check(rule: Rule, received: Received | None) -> str:
    """Content type of what came; by its first bytes, whatever the client calls it."""
    if received is None or not received.content:
        raise invalid("file")
    extension = received.name.rpartition(".")[2].lower()
    kind = next((kind for kind in rule.kinds if received.content.startswith(SIGNATURES[kind])), None)
    if rule.by_name:
        fits = extension in rule.kinds and received.content.startswith(SIGNATURES[extension])
        kind = extension if fits else None
    if kind is None:
        raise invalid("file")
    if len(received.content) > rule.most:
        raise Refusal(-210, f"file is over the limit of {rule.most // MEGABYTE} MB")
    return TYPES[kind]


router = Router("/", route_handlers=[upload])
