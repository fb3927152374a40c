"""The logs over HTTP, and why somebody sees a conversation."""

from datetime import datetime
from typing import Annotated, Any

from litestar import Request, get
from litestar.params import FromQuery, QueryParameter

from sokhach.core import clock
from sokhach.core.actor import Permission
from sokhach.core.audit import AuditAction
from sokhach.core.paging import InvalidCursorError
from sokhach.core.problems import Fault, InvalidInput, Problem, locale_of, not_found
from sokhach.core.web import Connection, OurSettings
from sokhach.oversight import audit, explain, queries
from sokhach.oversight.queries import Wanted
from sokhach.oversight.views import AccessPage, AuditActionList, AuditPage, Explanation, RefusalPage, Road

AnyRequest = Request[Any, Any, Any]
LARGEST_ID = 2**63 - 1
Before = Annotated[str | None, QueryParameter(max_length=64, description="`next` of the page before.")]
Limit = Annotated[int, QueryParameter(ge=1, le=100, description="Rows a page.")]
StaffId = Annotated[int | None, QueryParameter(ge=1, le=LARGEST_ID, description="Only of this person.")]
ConversationId = Annotated[int | None, QueryParameter(ge=1, le=LARGEST_ID, description="Only of this conversation.")]
ContactId = Annotated[int | None, QueryParameter(ge=1, le=LARGEST_ID, description="Only of this customer.")]
Since = Annotated[datetime | None, QueryParameter(description="Not before this time.")]
Until = Annotated[datetime | None, QueryParameter(description="Before this time.")]


@get("/api/access-log", access=Permission.ACCESS_LOG_READ, operation_id="ListAccess")
async def list_access(
    connection: Connection,
    request: AnyRequest,
    staff_id: StaffId = None,
    conversation_id: ConversationId = None,
    contact_id: ContactId = None,
    road: FromQuery[Road | None] = None,
    since: Since = None,
    until: Until = None,
    before: Before = None,
    limit: Limit = 50,
) -> AccessPage:
    """Who read what of which conversation, newest first."""
    wanted = _wanted(staff_id, conversation_id, contact_id, since, until)
    try:
        return await queries.list_access(connection, wanted, road, locale_of(request), before=before, limit=limit)
    except InvalidCursorError as error:
        raise Problem("invalid-cursor", 400) from error


@get("/api/access-refusals", access=Permission.ACCESS_LOG_READ, operation_id="ListAccessRefusals")
async def list_access_refusals(
    connection: Connection,
    request: AnyRequest,
    staff_id: StaffId = None,
    conversation_id: ConversationId = None,
    contact_id: ContactId = None,
    since: Since = None,
    until: Until = None,
    before: Before = None,
    limit: Limit = 50,
) -> RefusalPage:
    """What people asked for and may not see or do, newest first."""
    wanted = _wanted(staff_id, conversation_id, contact_id, since, until)
    try:
        return await queries.list_refusals(connection, wanted, locale_of(request), before=before, limit=limit)
    except InvalidCursorError as error:
        raise Problem("invalid-cursor", 400) from error


@get("/api/audit-log", access=Permission.AUDIT_LOG_READ, operation_id="ListAudit")
async def list_audit(
    connection: Connection,
    request: AnyRequest,
    settings: OurSettings,
    staff_id: StaffId = None,
    action: FromQuery[AuditAction | None] = None,
    since: Since = None,
    until: Until = None,
    before: Before = None,
    limit: Limit = 50,
) -> AuditPage:
    """What people changed, newest first. `staff_id`: of who did it."""
    wanted = _wanted(staff_id, None, None, since, until)
    locale, zone = locale_of(request), settings.timezone
    try:
        return await audit.list_audit(connection, wanted, action, locale, zone, before=before, limit=limit)
    except InvalidCursorError as error:
        raise Problem("invalid-cursor", 400) from error


@get("/api/audit-log/actions", access=Permission.AUDIT_LOG_READ, operation_id="ListAuditActions")
async def list_audit_actions(request: AnyRequest) -> AuditActionList:
    """All that the log may hold: to choose from."""
    return audit.list_actions(locale_of(request))


@get("/api/visibility/explain", access=Permission.ACCESS_LOG_READ, operation_id="ExplainSight")
async def explain_sight(
    connection: Connection,
    request: AnyRequest,
    settings: OurSettings,
    staff_id: Annotated[int, QueryParameter(ge=1, le=LARGEST_ID, description="Who.")],
    conversation: Annotated[str, QueryParameter(max_length=40, description="A code (HT-000123) or an id.")],
) -> Explanation:
    """Whether a person sees a conversation, how much of its customer, and why."""
    conversation_id = explain.conversation_id_of(conversation)
    if conversation_id is None:
        raise InvalidInput([Fault("conversation", "form")])
    found = await explain.explain_sight(
        connection, staff_id, conversation_id, clock.now(), locale_of(request), settings.timezone
    )
    if found is None:
        raise not_found()
    return found


def _wanted(
    staff_id: int | None,
    conversation_id: int | None,
    contact_id: int | None,
    since: datetime | None,
    until: datetime | None,
) -> Wanted:
    naive = [name for name, at in (("since", since), ("until", until)) if at is not None and at.tzinfo is None]
    if naive:
        raise InvalidInput([Fault(name, "form") for name in naive])
    return Wanted(staff_id, conversation_id, contact_id, since, until)


routes = [list_access, list_access_refusals, list_audit, list_audit_actions, explain_sight]
