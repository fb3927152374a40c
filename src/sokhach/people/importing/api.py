"""Importing a list of colleagues over HTTP: look first, then confirm."""

import asyncio
from collections.abc import Sequence
from typing import Annotated, Any

import msgspec
from litestar import Request, Response, get, post
from litestar.datastructures import State as AppState
from litestar.datastructures import UploadFile
from litestar.enums import RequestEncodingType
from litestar.params import Body, JSONBody
from msgspec import Meta

from sokhach.core.actor import Permission
from sokhach.core.problems import Fault, InvalidInput, locale_of
from sokhach.core.web import Connection, CurrentActor, OurSettings
from sokhach.people import staff_queries
from sokhach.people.access import require_sudo
from sokhach.people.importing import service
from sokhach.people.importing.template import write_template
from sokhach.people.staff_queries import TeamView

AnyRequest = Request[Any, Any, AppState]
MANAGE = Permission.STAFF_MANAGE
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class ImportFault(msgspec.Struct, frozen=True):
    """`path` is one of name, login, role, team; `text` is ready to be shown."""

    path: str
    text: str


class ImportRow(msgspec.Struct, frozen=True, kw_only=True):
    """As the file has it. `line` from 1, the line of headings included."""

    line: int
    name: str
    login: str
    role: str
    team: str
    faults: Sequence[ImportFault]


class ImportPreview(msgspec.Struct, frozen=True, kw_only=True):
    """`token` confirms what is shown, within an hour; None: there is something to correct, or nobody in the file."""

    rows: Sequence[ImportRow]
    token: str | None


class ImportConfirmation(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    token: Annotated[str, Meta(max_length=900_000)]


class ImportedPerson(msgspec.Struct, frozen=True, kw_only=True):
    """`link` is told here and nowhere else; `mailed`: it is on its way by e-mail, too."""

    id: int
    name: str
    login: str
    link: str
    mailed: bool


class Imported(msgspec.Struct, frozen=True, kw_only=True):
    """`invited`: how many of them by e-mail."""

    added: int
    invited: int
    people: Sequence[ImportedPerson]


@get("/api/staff/import/template", access=MANAGE, operation_id="GetImportTemplate", media_type=XLSX)
async def get_template(request: AnyRequest, connection: Connection) -> Response[bytes]:
    """An Excel file to be filled in."""
    teams = _paths(await staff_queries.list_teams(connection))
    content = await asyncio.to_thread(write_template, locale_of(request), teams)
    return Response(content, headers={"content-disposition": 'attachment; filename="nhan-vien.xlsx"'})


@post("/api/staff/import/preview", access=MANAGE, operation_id="PreviewImport", status_code=200)
async def preview(
    data: Annotated[dict[str, UploadFile], Body(media_type=RequestEncodingType.MULTI_PART)],
    request: AnyRequest,
    actor: CurrentActor,
    connection: Connection,
    settings: OurSettings,
) -> ImportPreview:
    """Reads the part `file`, an Excel file or CSV, and says line by line what is wrong. Nothing is written."""
    file = data.get("file")
    if not isinstance(file, UploadFile):
        raise InvalidInput([Fault("file", "missing")])
    judged = await service.preview(connection, await file.read())
    locale = locale_of(request)
    rows = [
        ImportRow(
            line=one.row.line,
            name=one.row.name,
            login=one.row.login,
            role=one.row.role,
            team=one.row.team,
            faults=[ImportFault(fault.path, fault.message(locale)) for fault in one.faults],
        )
        for one in judged
    ]
    return ImportPreview(rows=rows, token=service.seal(settings, actor, judged))


@post("/api/staff/import", access=MANAGE, operation_id="ImportStaff", status_code=200)
async def import_staff(
    data: JSONBody[ImportConfirmation],
    request: AnyRequest,
    actor: CurrentActor,
    connection: Connection,
    settings: OurSettings,
) -> Imported:
    """Adds and invites everybody of a preview, or nobody. New administrators ask for sudo."""
    if service.admins_in(settings, data.token):
        require_sudo(request.scope)
    added = await service.bring_in(connection, settings, actor, data.token, locale_of(request))
    people = [
        ImportedPerson(id=invited.staff_id, name=row.name, login=row.login, link=invited.link, mailed=invited.mailed)
        for row, invited in added
    ]
    return Imported(added=len(people), invited=sum(person.mailed for person in people), people=people)


def _paths(teams: Sequence[TeamView]) -> list[str]:
    """`Bình Dương > Nhóm A`, in the order of the tree."""
    paths: dict[int | None, str] = {}
    for team in teams:
        above = paths.get(team.parent_id)
        paths[team.id] = f"{above} > {team.name}" if above else team.name
    return list(paths.values())


routes = [get_template, preview, import_staff]
