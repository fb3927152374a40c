"""Files over HTTP. What is read is written down (`read_media`); no transaction is open while bytes travel."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Annotated, Any

import structlog
from litestar import Request, Response, get, post
from litestar.di import NamedDependency
from litestar.exceptions import InternalServerException
from litestar.openapi.spec import OpenAPIMediaType, OpenAPIType, Operation, RequestBody, Schema
from litestar.params import FromPath, Parameter
from litestar.response import Stream
from sqlalchemy.ext.asyncio import AsyncConnection

from sokhach.conversations.media import queries, receiving, serving, uploads
from sokhach.conversations.media.rules import MEGABYTE
from sokhach.conversations.media.serving import Readable
from sokhach.conversations.media.views import UploadView
from sokhach.core import clock
from sokhach.core.actor import Actor, Permission
from sokhach.core.database import set_actor
from sokhach.core.problems import Problem, not_found
from sokhach.core.storage import Storage, StorageError
from sokhach.core.web import Connection, CurrentActor, OurSettings, unit_of

log = structlog.get_logger()

AnyRequest = Request[Any, Any, Any]
OurStorage = NamedDependency[Storage]
Download = Annotated[bool, Parameter(description="As a file to be saved, whatever it is.")]
LARGEST_ID = 2**63 - 1
UPLOAD_SECONDS = 600
"""For an upload to arrive in; a phone on the road is slow."""


@get("/api/media/{media_id:int}", access="signed-in", operation_id="GetMedia", media_type="application/octet-stream")
async def get_media(
    connection: Connection,
    storage: OurStorage,
    request: AnyRequest,
    media_id: FromPath[int],
    download: Download = False,
) -> Response[bytes]:
    """The bytes of a file of a message. Reading is written down in the access log. One range may be asked for."""
    file = await _readable(connection, request, media_id)
    return _answer(await serving.whole(storage, file, request.headers, download=download))


@get("/api/media/{media_id:int}/thumbnail", access="signed-in", operation_id="GetThumbnail", media_type="image/webp")
async def get_thumbnail(
    connection: Connection, storage: OurStorage, request: AnyRequest, media_id: FromPath[int]
) -> Response[bytes]:
    """A small WebP of a picture or of a video's still, at most 480 pixels wide or high."""
    file = await _readable(connection, request, media_id)
    return _answer(await serving.thumbnail(storage, file, request.headers))


@get("/api/media/{media_id:int}/audio", access="signed-in", operation_id="GetAudio", media_type="audio/mp4")
async def get_audio(
    connection: Connection, storage: OurStorage, request: AnyRequest, media_id: FromPath[int]
) -> Response[bytes]:
    """A voice message, to be played. 404 for what is none. Browsers do not play audio/amr by themselves; the console
    unpacks it."""
    file = await _readable(connection, request, media_id)
    if not file.content_type.startswith("audio/"):
        raise not_found()
    return _answer(await serving.whole(storage, file, request.headers, download=False))


@dataclass
class _Upload(Operation):
    """Says of the request's body what Litestar cannot see: we take it piece by piece."""

    def __post_init__(self) -> None:
        file = Schema(type=OpenAPIType.STRING, content_media_type="application/octet-stream")
        form = Schema(type=OpenAPIType.OBJECT, properties={receiving.FIELD: file}, required=[receiving.FIELD])
        self.request_body = RequestBody(content={"multipart/form-data": OpenAPIMediaType(schema=form)}, required=True)


@post(
    "/api/conversations/{conversation_id:int}/uploads",
    access=Permission.CONVERSATION_REPLY,
    operation_id="UploadFile",
    operation_class=_Upload,
    request_max_body_size=None,
)
async def upload_file(
    connection: Connection,
    actor: CurrentActor,
    settings: OurSettings,
    storage: OurStorage,
    request: AnyRequest,
    conversation_id: FromPath[int],
) -> UploadView:
    """Keeps a file for an answer in this conversation, where only its uploader sees it. Unsent, it is gone after a day.
    A picture above what the channel takes is made smaller."""
    if not 0 < conversation_id <= LARGEST_ID:
        raise not_found()
    rules = await uploads.rules_of(connection, conversation_id)
    await unit_of(request.scope).commit()
    with storage.draft() as path:
        received = await _receive(request, path, settings.upload_mb * MEGABYTE)
        ready = await uploads.judge(path, received, rules)
        connection = await _transaction(request, actor)
        media_id, key = await uploads.begin(connection, conversation_id, actor.staff_id, clock.now())
        await unit_of(request.scope).commit()
        try:
            await uploads.put(storage, key, path, ready)
        except StorageError as error:
            log.error("upload_not_kept", media_id=media_id, error=str(error))
            raise Problem("media-unavailable", 503, headers={"retry-after": "5"}) from error
    connection = await _transaction(request, actor)
    await uploads.finish(connection, media_id, received, ready, clock.now())
    return await queries.upload(connection, media_id)


async def _readable(connection: AsyncConnection, request: AnyRequest, media_id: int) -> Readable:
    if not 0 < media_id <= LARGEST_ID:
        raise not_found()
    row = await queries.read(connection, media_id, clock.now())
    if row is None:
        raise not_found()
    await unit_of(request.scope).commit()
    return Readable.of(media_id, row)


async def _transaction(request: AnyRequest, actor: Actor) -> AsyncConnection:
    """Another transaction of this request, for the same actor."""
    connection = await unit_of(request.scope).begin()
    await set_actor(connection, actor)
    return connection


async def _receive(request: AnyRequest, path: Any, most_bytes: int) -> receiving.Received:
    try:
        async with asyncio.timeout(UPLOAD_SECONDS):
            return await receiving.receive_file(request.content_type, _body(request), path, most_bytes)
    except TimeoutError as error:
        raise Problem("malformed-request", 400) from error


async def _body(request: AnyRequest) -> AsyncIterator[bytes]:
    try:
        async for piece in request.stream():
            yield piece
    except InternalServerException as error:  # so Litestar tells of a browser that went away
        raise Problem("malformed-request", 400) from error


def _answer(response: Response[Any] | Stream) -> Response[bytes]:
    """A stream is an answer in bytes as well; only its type does not say so."""
    return response


routes = [get_media, get_thumbnail, get_audio, upload_file]
