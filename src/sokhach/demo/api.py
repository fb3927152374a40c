"""The demo over HTTP: what it is, and having it cleared. The worker does it; the page follows."""

from litestar import get, post

from sokhach.core import clock
from sokhach.core.actor import Permission
from sokhach.core.audit import AuditAction, record
from sokhach.core.problems import Problem
from sokhach.core.web import Connection, CurrentActor, OurSettings
from sokhach.demo import queries, state
from sokhach.demo.queries import DemoView


@get("/api/demo", access=Permission.DEMO_MANAGE, operation_id="GetDemo")
async def get_demo(connection: Connection, settings: OurSettings) -> DemoView:
    """The demo of this store; state `none` where there never was one."""
    return await queries.view(connection, settings)


@post("/api/demo/clearance", access=Permission.DEMO_MANAGE, sudo=True, operation_id="ClearDemo", status_code=202)
async def clear_demo(connection: Connection, actor: CurrentActor, settings: OurSettings) -> DemoView:
    """Has everything of the demo taken away; whoever asks for it stays. It cannot be taken back."""
    if not await state.ask_to_clear(connection, actor.staff_id, clock.now()):
        raise Problem("no-demo", 409)
    await record(connection, AuditAction.DEMO_CLEAR)
    return await queries.view(connection, settings)


routes = [get_demo, clear_demo]
