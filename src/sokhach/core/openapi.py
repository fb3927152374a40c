"""The description of the API, made when somebody asks for it: a serving process carries none of it."""

from collections.abc import Mapping, Sequence
from importlib.metadata import version
from typing import Any, cast

from litestar import Litestar
from litestar.di import Provide
from litestar.openapi import OpenAPIConfig
from litestar.types import ControllerRouterHandler

PROBLEM: dict[str, Any] = {
    "type": "object",
    "description": "Problem details, RFC 9457. `title` and `detail` are in the caller's language, ready to be shown.",
    "properties": {
        "type": {"type": "string", "description": "urn:sokhach:problem:<slug>, stable"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
        "errors": {
            "type": "array",
            "description": "Of invalid-input: what is wrong with which field.",
            "items": {
                "type": "object",
                "properties": {"path": {"type": "string"}, "message": {"type": "string"}},
                "required": ["path", "message"],
            },
        },
        "retry_after_seconds": {"type": "integer", "description": "Of too-many-attempts."},
        "incident": {"type": "string", "description": "Of internal: to be found in the log."},
    },
    "required": ["type", "title", "status", "detail"],
}
_PROBLEM_RESPONSE = {
    "description": "Refused",
    "content": {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}},
}


def describe(routes: Sequence[ControllerRouterHandler], dependencies: Mapping[str, Provide]) -> dict[str, Any]:
    """OpenAPI 3.1 of these routes, the same on every machine."""
    app = Litestar(
        route_handlers=routes,
        dependencies=dict(dependencies),
        openapi_config=OpenAPIConfig(title="Sổ Khách", version=version("sokhach"), use_handler_docstrings=True),
    )
    schema = app.openapi_schema.to_schema()
    for path, item in schema["paths"].items():
        for operation in cast("dict[str, Any]", item).values():
            _tidy(path, operation)
    schema.setdefault("components", {}).setdefault("schemas", {})["Problem"] = PROBLEM
    schema["paths"] = dict(sorted(schema["paths"].items()))
    schema["components"]["schemas"] = dict(sorted(schema["components"]["schemas"].items()))
    return schema


def _tidy(path: str, operation: dict[str, Any]) -> None:
    operation["tags"] = [path.removeprefix("/api/").partition("/")[0]]
    operation.pop("deprecated", None)
    responses = {status: response for status, response in operation["responses"].items() if int(status) < 400}
    for response in responses.values():
        response.pop("headers", None)
    operation["responses"] = {**responses, "default": _PROBLEM_RESPONSE}
