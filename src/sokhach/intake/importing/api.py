"""Importing old conversations over HTTP: upload, say what the columns are, look at what it would come to, start, and
take it back. The worker reads and writes; the page follows by `history_import.changed`."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Annotated, Any

import msgspec
from litestar import Request, delete, get, post
from litestar.di import NamedDependency
from litestar.exceptions import InternalServerException
from litestar.openapi.spec import OpenAPIMediaType, OpenAPIType, Operation, RequestBody, Schema
from litestar.params import FromPath, JSONBody, QueryParameter
from msgspec import Meta

from sokhach.conversations.media import receiving
from sokhach.conversations.media.rules import MEGABYTE
from sokhach.core.actor import Permission
from sokhach.core.database import set_actor
from sokhach.core.problems import Problem, locale_of, not_found
from sokhach.core.storage import Storage, StorageError
from sokhach.core.web import Connection, CurrentActor, unit_of
from sokhach.intake.importing import queries, service
from sokhach.intake.importing.mapping import Mapping
from sokhach.intake.importing.queries import HistoryImport, HistoryImportPage, UndoPreview

AnyRequest = Request[Any, Any, Any]
OurStorage = NamedDependency[Storage]
MANAGE = Permission.HISTORY_IMPORT
PATH = "/api/history-imports/{import_id:int}"
LARGEST_ID = 2**63 - 1
UPLOAD_SECONDS = 1800


class ImportPlan(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`account_id`: for rows that name no account; `custodian_id`: in whose care new customers are, None: nobody's."""

    mapping: Mapping
    account_id: Annotated[int, Meta(ge=1, le=LARGEST_ID)] | None = None
    custodian_id: Annotated[int, Meta(ge=1, le=LARGEST_ID)] | None = None


@dataclass
class _Upload(Operation):
    """Says of the request's body what Litestar cannot see: we take it piece by piece."""

    def __post_init__(self) -> None:
        file = Schema(type=OpenAPIType.STRING, content_media_type="application/octet-stream")
        form = Schema(type=OpenAPIType.OBJECT, properties={receiving.FIELD: file}, required=[receiving.FIELD])
        self.request_body = RequestBody(content={"multipart/form-data": OpenAPIMediaType(schema=form)}, required=True)


@post(
    "/api/history-imports",
    access=MANAGE,
    operation_id="UploadHistory",
    operation_class=_Upload,
    request_max_body_size=None,
)
async def upload(actor: CurrentActor, storage: OurStorage, request: AnyRequest) -> HistoryImport:
    """Takes the part `file`, CSV or JSON, and says what its beginning shows. Unused, it is gone after 7 days."""
    locale = locale_of(request)
    await unit_of(request.scope).commit()
    try:
        if not storage.has_room():
            raise Problem("media-unavailable", 503, headers={"retry-after": "60"})
        with storage.draft() as path:
            received = await _receive(request, path)
            prepared = await service.prepare(storage, path, received.name, locale)
    except StorageError as error:
        raise Problem("media-unavailable", 503, headers={"retry-after": "5"}) from error
    connection = await unit_of(request.scope).begin()
    await set_actor(connection, actor)
    return await _view(connection, request, await service.begin(connection, actor, prepared))


@get("/api/history-imports", access=MANAGE, operation_id="ListHistoryImports")
async def list_imports(
    connection: Connection,
    request: AnyRequest,
    before: Annotated[int | None, QueryParameter(ge=1, le=LARGEST_ID)] = None,
    limit: Annotated[int, QueryParameter(ge=1, le=100)] = 30,
) -> HistoryImportPage:
    """The newest first. `before`: the `next` of the page before."""
    return await queries.page(connection, locale_of(request), before=before, limit=limit)


@get(PATH, access=MANAGE, operation_id="GetHistoryImport")
async def get_import(connection: Connection, request: AnyRequest, import_id: FromPath[int]) -> HistoryImport:
    """One import as it stands now."""
    return await _view(connection, request, import_id)


@post(f"{PATH}/preview", access=MANAGE, operation_id="PreviewHistoryImport", status_code=202)
async def preview(
    data: JSONBody[ImportPlan], connection: Connection, request: AnyRequest, import_id: FromPath[int]
) -> HistoryImport:
    """Has the whole file read by this mapping, without importing anything: state `checking`, then `checked`."""
    await service.check(
        connection, _id(import_id), data.mapping, account_id=data.account_id, custodian_id=data.custodian_id
    )
    return await _view(connection, request, import_id)


@post(f"{PATH}/start", access=MANAGE, operation_id="StartHistoryImport", status_code=202)
async def start(connection: Connection, request: AnyRequest, import_id: FromPath[int]) -> HistoryImport:
    """Imports what the check found new. Faulty rows are left out."""
    await service.start(connection, _id(import_id))
    return await _view(connection, request, import_id)


@get(f"{PATH}/undo", access=MANAGE, operation_id="PreviewHistoryUndo")
async def preview_undo(connection: Connection, import_id: FromPath[int]) -> UndoPreview:
    """What undoing would take away, and what it would leave."""
    return await queries.to_undo(connection, _id(import_id))


@post(f"{PATH}/undo", access=MANAGE, sudo=True, operation_id="UndoHistoryImport", status_code=202)
async def undo(
    connection: Connection, actor: CurrentActor, request: AnyRequest, import_id: FromPath[int]
) -> HistoryImport:
    """Takes away what this import added, also while it runs; nothing else."""
    await service.undo(connection, actor, _id(import_id))
    return await _view(connection, request, import_id)


@delete(PATH, access=MANAGE, operation_id="DiscardHistoryImport", status_code=204)
async def discard(connection: Connection, import_id: FromPath[int]) -> None:
    """Throws away what was never started."""
    await service.discard(connection, _id(import_id))


def _id(import_id: int) -> int:
    if not 0 < import_id <= LARGEST_ID:
        raise not_found()
    return import_id


async def _view(connection: Connection, request: AnyRequest, import_id: int) -> HistoryImport:
    found = await queries.find(connection, _id(import_id), locale_of(request))
    if found is None:
        raise not_found()
    return found


async def _receive(request: AnyRequest, path: Any) -> receiving.Received:
    try:
        async with asyncio.timeout(UPLOAD_SECONDS):
            return await receiving.receive_file(request.content_type, _body(request), path, service.MOST_MB * MEGABYTE)
    except TimeoutError as error:
        raise Problem("malformed-request", 400) from error


async def _body(request: AnyRequest) -> AsyncIterator[bytes]:
    try:
        async for piece in request.stream():
            yield piece
    except InternalServerException as error:  # so Litestar tells of a browser that went away
        raise Problem("malformed-request", 400) from error


routes = [upload, list_imports, get_import, preview, start, preview_undo, undo, discard]
