"""The OpenAPI 3.1 document of this door, made from the calls themselves; public, because it holds no data."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any

import msgspec
from litestar import Response, Router, get
from litestar.handlers import HTTPRouteHandler
from litestar.routes import HTTPRoute

from elderlearn.api.call import Call
from elderlearn.api.errors import PREFIX
from elderlearn.api.problems import KNOWN, MEDIA_TYPE, Problem

REFS = "#/components/schemas/{name}"
ALWAYS = {
    400: "bad_query",
    401: "no_token",
    403: "not_allowed",
    404: "not_found",
    500: "internal",
    503: "unavailable",
}
WITH_A_BODY = {409: "stale", 413: "too_large", 415: "not_json"}
INFO = {
    "title": "elderlearn",
    "version": "1",
    "description": "Community elder learning of a district. Ids are opaque strings, times RFC 3339 with offset; "
    "errors are application/problem+json with a stable `code`. Fields may be added, never removed.",
}


def document_route(guarded: Router) -> HTTPRouteHandler:
    """GET /openapi.json for the calls of this router."""

    @get("/openapi.json", media_type="application/json")
    async def document() -> Response[bytes]:
        """The OpenAPI 3.1 document of this door."""
        return Response(_encoded(), media_type="application/json")

    @cache
    def _encoded() -> bytes:
        return msgspec.json.encode(openapi(guarded))

    return document


def openapi(guarded: Router) -> dict[str, Any]:
    """The document as plain data."""
    calls = list(_calls(guarded))
    shapes = [Problem, *(shape for _, _, handler in calls for shape in _shapes(handler.opt["call"]))]
    schemas, components = msgspec.json.schema_components(shapes, ref_template=REFS)
    known = {id(shape): schema for shape, schema in zip(shapes, schemas, strict=True)}
    paths: dict[str, dict[str, Any]] = {}
    for path, method, handler in calls:
        paths.setdefault(path, {})[method.lower()] = _operation(path, handler, known, components)
    return {
        "openapi": "3.1.0",
        "info": INFO,
        "servers": [{"url": PREFIX}],
        "security": [{"token": []}],
        "paths": paths,
        "components": {
            "schemas": components,
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}},
        },
    }


def _calls(guarded: Router) -> Iterator[tuple[str, str, HTTPRouteHandler]]:
    for route in guarded.routes:
        if isinstance(route, HTTPRoute):
            for handler in route.route_handlers:
                if "call" in handler.opt:
                    path = re.sub(r"{(\w+):\w+}", r"{\1}", route.path)
                    yield from ((path, method, handler) for method in sorted(handler.http_methods))


def _shapes(call: Call) -> list[Any]:
    return [shape for shape in (call.takes, call.asks, *call.gives.values()) if shape is not None]


def _operation(
    path: str, handler: HTTPRouteHandler, known: dict[int, Any], components: dict[str, Any]
) -> dict[str, Any]:
    call: Call = handler.opt["call"]
    summary, _, description = (handler.fn.__doc__ or "").strip().partition("\n")
    operation: dict[str, Any] = {
        "operationId": handler.fn.__name__,
        "summary": summary,
        "description": " ".join(description.split()),
        "parameters": [*_in_path(path), *_in_query(call, components)],
        "responses": _responses(call, known),
    }
    if call.takes is not None:
        operation["requestBody"] = {
            "required": True,
            "content": {"application/json": {"schema": known[id(call.takes)]}},
        }
    return operation


def _in_path(path: str) -> list[dict[str, Any]]:
    return [
        {"name": name, "in": "path", "required": True, "schema": {"type": "string"}}
        for name in re.findall(r"{(\w+)}", path)
    ]


def _in_query(call: Call, components: dict[str, Any]) -> list[dict[str, Any]]:
    if call.asks is None:
        return []
    shape = components[call.asks.__name__]
    needed = shape.get("required", ())
    return [
        {"name": name, "in": "query", "required": name in needed, "schema": schema}
        for name, schema in shape["properties"].items()
    ]


def _responses(call: Call, known: dict[int, Any]) -> dict[str, Any]:
    answers = {
        str(status): {"description": "Done.", "content": {"application/json": {"schema": known[id(shape)]}}}
        for status, shape in call.gives.items()
    }
    wrong = ALWAYS | (WITH_A_BODY | {400: "bad_body"} if call.takes is not None else {})
    for status, code in sorted(wrong.items()):
        answers[str(status)] = _problems([code])
    if call.refuses:
        answers["422"] = _problems(call.refuses)
    return answers


def _problems(codes: Iterable[str]) -> dict[str, Any]:
    said = " ".join(f"`{code}`: {KNOWN[code][2]}" for code in codes)
    return {"description": said, "content": {MEDIA_TYPE: {"schema": {"$ref": REFS.format(name="Problem")}}}}
