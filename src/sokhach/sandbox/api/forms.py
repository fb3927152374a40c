"""Leads of an advertisement's form (reference §1.7); the shape of a lead is our guess."""

from typing import Any

import msgspec
from litestar import Router, get

from sokhach.sandbox.api.gate import Caller, call, query
from sokhach.sandbox.edge import AnyRequest, Reply
from sokhach.sandbox.refusals import Refusal
from sokhach.sandbox.world import World


class FormQuery(msgspec.Struct):
    form_id: str


class AdForm(msgspec.Struct):
    form_id: str
    oa_id: str
    leads: list[dict[str, Any]]


@get("/v2.0/oa/form/get")
async def get_form(request: AnyRequest, world: World) -> Reply:
    def act(caller: Caller) -> dict[str, Any]:
        form_id = query(request, FormQuery).form_id
        found = world.store.one(AdForm, "SELECT * FROM ad_form WHERE form_id = ?", (form_id,))
        if found is None:
            raise Refusal(-1340, "Form does not exist")
        if found.oa_id != caller.oa.oa_id:
            raise Refusal(-1341, "OA has no access to this form")
        return {"form_id": found.form_id, "leads": found.leads}

    return await call(world, request, act)


router = Router("/", route_handlers=[get_form])
