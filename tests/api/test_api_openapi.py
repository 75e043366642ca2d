"""The document other systems read."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from elderlearn import api
from tests.api.world import World


async def test_the_document_lists_every_call_with_its_bodies_and_problems(world: World) -> None:
    answer = await world.get("/openapi.json", by=None)
    assert answer.headers["content-type"].startswith("application/json")
    document = answer.json()
    assert document["openapi"].startswith("3.1.")
    assert document["components"]["securitySchemes"]["token"] == {"type": "http", "scheme": "bearer"}
    listed = {(path, method) for path, methods in document["paths"].items() for method in methods}
    assert listed == mounted()
    for path, method in listed:
        operation = document["paths"][path][method]
        assert operation["summary"] and operation["operationId"]
        assert ("requestBody" in operation) == (method != "get" and not path.endswith("/withdrawal")), path
        assert {"401", "403", "404", "500"} <= operation["responses"].keys()
        good = [status for status in operation["responses"] if status.startswith("2")]
        assert good and all("schema" in operation["responses"][s]["content"]["application/json"] for s in good)


async def test_every_reference_of_the_document_leads_somewhere(world: World) -> None:
    document = (await world.get("/openapi.json", by=None)).json()
    schemas = document["components"]["schemas"]
    references = set(referred(document))
    assert references and references <= {f"#/components/schemas/{name}" for name in schemas}
    for path, methods in document["paths"].items():
        for operation in methods.values():
            named = {one["name"] for one in operation["parameters"] if one["in"] == "path"}
            assert named == {part[1:-1] for part in path.split("/") if part.startswith("{")}
    assert len({o["operationId"] for m in document["paths"].values() for o in m.values()}) == 17


async def test_the_codes_of_the_contract_stand_in_the_document(world: World) -> None:
    paths = (await world.get("/openapi.json", by=None)).json()["paths"]
    enrolment = paths["/enrolments"]["post"]["responses"]["422"]["description"]
    for code in "not_open closed too_young too_old wrong_place limit_reached overlap removed_by_staff".split():
        assert f"`{code}`" in enrolment
    resident = paths["/residents"]["post"]["responses"]["422"]["description"]
    assert all(f"`{code}`" in resident for code in ("invalid_document", "unknown_place", "born_on_mismatch"))


def mounted() -> set[tuple[str, str]]:
    found = set()
    for route in api.router.routes:
        for handler in route.route_handlers:
            if "call" in handler.opt:
                path = route.path.removeprefix("/api/v1").replace(":str", "")
                found |= {(path, method.lower()) for method in handler.http_methods}
    return found


def referred(part: Any) -> Iterator[str]:
    if isinstance(part, dict):
        if "$ref" in part:
            yield part["$ref"]
        for inner in part.values():
            yield from referred(inner)
    elif isinstance(part, list):
        for inner in part:
            yield from referred(inner)
