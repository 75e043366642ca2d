"""Closed by default: whoever adds a page must decide whose it is."""

from __future__ import annotations

import pytest
from litestar import Litestar
from litestar.handlers import HTTPRouteHandler

from elderlearn.web.shell import reader
from elderlearn.web.shell.guards import guard_leader, guard_office, guard_resident
from elderlearn.web.shell.helper_pass import guard_helper
from tests.web.conftest import Visit

GUARDS = {
    "resident": guard_resident,
    "leader": guard_leader,
    "helper": guard_helper,
    "office": guard_office,
    "desk": guard_office,
    "planning": guard_office,
}


def door_of(handler: HTTPRouteHandler) -> str:
    """The folder its function stands in."""
    return handler.fn.__module__.removeprefix("elderlearn.").removeprefix("web.").partition(".")[0]


def test_every_page_of_a_closed_door_has_its_guard(app: Litestar) -> None:
    handlers = [one for route in app.routes for one in getattr(route, "route_handlers", [])]
    pages = [one for one in handlers if isinstance(one, HTTPRouteHandler) and one.http_methods != {"OPTIONS"}]
    open_pages = {
        f"{door_of(one)}: {one.handler_name}"
        for one in pages
        if door_of(one) in GUARDS and GUARDS[door_of(one)] not in one.resolve_guards()
    }
    assert {door_of(one) for one in pages} >= {"open", "resident", "shell"}
    assert open_pages == set()


async def test_a_database_that_is_away_is_a_calm_page_too(visit: Visit, monkeypatch: pytest.MonkeyPatch) -> None:
    async def refuse(_person: object) -> None:
        raise ConnectionRefusedError

    monkeypatch.setattr(reader, "district_of", refuse)
    answer = await (await visit()).get("/courses")
    assert answer.status_code == 503
    assert "very busy" in answer.text
    assert answer.headers["retry-after"] == "5"
