"""What is work and what is private on a staff's own SIM, over HTTP."""

from collections.abc import Sequence
from datetime import datetime
from typing import Annotated

import msgspec
from litestar import get, put
from litestar.params import FromPath, JSONBody, QueryParameter

from sokhach.channels.zalo_personal.private import queries, service
from sokhach.channels.zalo_personal.private.people import open_sealed
from sokhach.channels.zalo_personal.private.queries import Kind, PersonChoice, PrivateView, Standing
from sokhach.channels.zalo_personal.private.rules import Thread
from sokhach.core import clock
from sokhach.core.actor import Actor
from sokhach.core.crypto import Vault
from sokhach.core.problems import Problem, not_found
from sokhach.core.text import fold
from sokhach.core.web import Connection, CurrentActor, OurSettings

LARGEST_ID = 2**63 - 1
MOST_SHOWN = 200

AccountId = FromPath[int]
Search = Annotated[str | None, QueryParameter(max_length=100, description="Part of a name.")]
LONGEST_UID = 32


class PersonList(msgspec.Struct, frozen=True, kw_only=True):
    """Friends and groups by name. `readable`: False for anybody but the holder, and on a company SIM, where nothing is
    private; then nobody is listed. `read_at`: as the account's list was then; None: it is being read."""

    readable: bool
    read_at: datetime | None
    items: Sequence[PersonChoice]


class Mark(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    kind: Kind
    group: bool = False


@get("/api/personal-accounts/{account_id:int}/private", access="signed-in", operation_id="ReadPrivate")
async def read_private(
    connection: Connection, actor: CurrentActor, settings: OurSettings, account_id: AccountId
) -> PrivateView:
    """Who is work on the account, and how much of it is private: how many threads and messages, never whose."""
    found = await _standing(connection, actor, account_id)
    return await queries.private_view(connection, account_id, found, settings.timezone, clock.now())


@get("/api/personal-accounts/{account_id:int}/people", access="signed-in", operation_id="ListPeople")
async def list_people(
    connection: Connection,
    actor: CurrentActor,
    settings: OurSettings,
    account_id: AccountId,
    search: Search = None,
) -> PersonList:
    """Whom the holder may mark as work; nobody else is shown any of them."""
    found = await _standing(connection, actor, account_id)
    if not found.is_holder or found.sim == "company":
        return PersonList(readable=False, read_at=None, items=[])
    sealed, read_at = await queries.sealed_people(connection, account_id)
    people = open_sealed(Vault(settings.keys), sealed)
    wanted = fold(search or "")
    fitting = sorted((one for one in people if wanted in fold(one.name)), key=lambda one: (fold(one.name), one.id))
    await service.ask_for_people(connection, account_id, clock.now())
    work = await queries.work_threads(connection, account_id)
    return PersonList(readable=True, read_at=read_at, items=queries.choices(fitting[:MOST_SHOWN], work))


@put("/api/personal-accounts/{account_id:int}/private/{person:str}", access="signed-in", operation_id="MarkPerson")
async def mark_person(
    connection: Connection,
    actor: CurrentActor,
    settings: OurSettings,
    account_id: AccountId,
    person: FromPath[str],
    data: JSONBody[Mark],
) -> PrivateView:
    """The holder says that a thread is work, or private (again), from now on."""
    found = await _standing(connection, actor, account_id)
    if found.sim == "company":
        raise Problem("captures-everything", 409)
    if not (person.isascii() and person.isdecimal()) or len(person) > LONGEST_UID:
        raise not_found()
    thread = Thread(person, data.group)
    sealed, _ = await queries.sealed_people(connection, account_id)
    people = open_sealed(Vault(settings.keys), sealed)
    name = next((one.name for one in people if Thread(one.id, one.group) == thread), None)
    await service.mark(connection, account_id, thread, data.kind, name, clock.now())
    return await queries.private_view(connection, account_id, found, settings.timezone, clock.now())


async def _standing(connection: Connection, actor: Actor, account_id: int) -> Standing:
    found = None
    if account_id <= LARGEST_ID:
        found = await queries.standing(connection, account_id, actor.staff_id)
    if found is None:
        raise not_found()
    return found


routes = [list_people, mark_person, read_private]
