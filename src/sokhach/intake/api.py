"""The quarantine over HTTP. Only administrators; the wall is in the database as well."""

from typing import Annotated, Any

import msgspec
from litestar import Request, get, post
from litestar.params import FromPath, QueryParameter
from sqlalchemy import text

from sokhach.core.actor import Permission
from sokhach.core.audit import AuditAction, record
from sokhach.core.database import wake
from sokhach.core.paging import InvalidCursorError
from sokhach.core.problems import Problem, locale_of, not_found
from sokhach.core.web import Connection
from sokhach.intake import queries
from sokhach.intake.queries import QuarantinePage

AnyRequest = Request[Any, Any, Any]
LARGEST_ID = 2**63 - 1


class Retried(msgspec.Struct, kw_only=True):
    """How many payloads were put before the pipeline again; what became of them comes by the realtime route."""

    queued: int


@get("/api/quarantine", access=Permission.QUARANTINE_READ, operation_id="ListQuarantine")
async def list_quarantine(
    connection: Connection,
    request: AnyRequest,
    before: Annotated[str | None, QueryParameter(max_length=64)] = None,
    limit: Annotated[int, QueryParameter(ge=1, le=100)] = 50,
) -> QuarantinePage:
    """Payloads that could not be applied, newest first."""
    try:
        return await queries.list_quarantine(connection, locale_of(request), before=before, limit=limit)
    except InvalidCursorError as error:
        raise Problem("invalid-cursor", 400) from error


@post(
    "/api/quarantine/{quarantine_id:int}/retry",
    access=Permission.QUARANTINE_RETRY,
    operation_id="RetryQuarantined",
    status_code=202,
)
async def retry_one(connection: Connection, quarantine_id: FromPath[int]) -> Retried:
    """Applies one payload again."""
    if quarantine_id > LARGEST_ID:
        raise not_found()
    return Retried(queued=await _retry(connection, [quarantine_id]))


@post(
    "/api/quarantine/retry",
    access=Permission.QUARANTINE_RETRY,
    operation_id="RetryQuarantine",
    status_code=202,
)
async def retry_all(connection: Connection) -> Retried:
    """Applies all of them again, as after an update that mends their cause."""
    return Retried(queued=await _retry(connection, None))


async def _retry(connection: Connection, ids: list[int] | None) -> int:
    queued = await connection.execute(text("SELECT retry_quarantine(:ids)"), {"ids": ids})
    wake(connection)
    count: int = queued.scalar_one()
    if count:
        only = ids[0] if ids else None
        await record(connection, AuditAction.QUARANTINE_RETRY, only, after={"payloads": count})
    return count


routes = [list_quarantine, retry_one, retry_all]
