"""A few throwaway routes behind each guard, beside the real application."""

from __future__ import annotations

from functools import cache
from typing import Any

import pytest
from litestar import Litestar, Request, Response, Router, get, post
from litestar.params import FromPath

from elderlearn.ground.errors import Missing, Refusal, Stale
from elderlearn.ground.transient import TRANSIENT
from elderlearn.locale import N_
from elderlearn.web.shell.guards import guard_leader, guard_office, guard_resident, signed_in
from elderlearn.web.shell.page import go, page
from tests.conftest import Database

AnyRequest = Request[Any, Any, Any]


@get("/try/{what:str}")
async def fail(what: FromPath[str]) -> str:
    secret = "13800138000"
    raise {
        "refusal": Refusal("closed", on="Monday"),
        "other-refusal": Refusal("never_heard_of"),
        "missing": Missing(),
        "stale": Stale(),
        "away": TRANSIENT[0](secret),
        "bug": ValueError(secret),
    }[what]


@get("/who")
async def greet(request: AnyRequest) -> str:
    return f"welcome {signed_in(request).kind}"


@get("/draw")
async def draw(request: AnyRequest) -> Response[str]:
    return page(request, "errors/error.html", fragment="errors/_note.html", push_url="/trial/draw?q=太极", **WORDS)


@post("/lead")
async def lead(request: AnyRequest) -> Response[None]:
    return go(request, "/trial/draw?q=太极", said="All is well — 好")


WORDS = {"heading": "Drawn", "advice": "<b>twice</b> " + "word " * 300, "reference": "", "status": 200}


@cache
def whole() -> Litestar:
    """The installation with these routes, made once."""
    from elderlearn.app import create_app

    doors = {"resident": guard_resident, "leader": guard_leader, "office": guard_office}
    guarded = [Router(f"/behind/{door}", guards=[guard], route_handlers=[greet]) for door, guard in doors.items()]
    refusing = {"refusals": {"closed": N_("Enrolment ended on %(on)s.")}}
    return create_app([*guarded, Router("/trial", route_handlers=[fail, draw, lead], opt=refusing)])


@pytest.fixture
async def app(database: Database) -> Litestar:
    return whole()
