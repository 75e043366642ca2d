"""No form of a resident answers with a page of its own: Back never asks whether to send something again."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from litestar import Litestar
from litestar.routes import HTTPRoute

from tests.web.conftest import Visit
from tests.web.open.town import Town

FORMS_OF_STAFF = ("/C/", "/c/")


def forms_of(app: Litestar, door: str) -> list[str]:
    """Where forms of a door are sent to."""
    routes = [one for one in app.routes if isinstance(one, HTTPRoute) and not one.path.startswith(FORMS_OF_STAFF)]
    return sorted(
        route.path
        for route in routes
        for one in route.route_handlers
        if "POST" in one.http_methods and one.fn.__module__.startswith(f"elderlearn.web.{door}.")
    )


@pytest.mark.parametrize(
    "typed", [{}, {"phone": "1", "code": "1", "name": "<b>", "card": "1", "born_on": "x", "home": "x"}]
)
async def test_every_form_leads_on_by_303_also_when_something_is_wrong(
    visit: Visit, town: Town, app: Litestar, typed: dict[str, str]
) -> None:
    run = await town.run(opens_in=timedelta(days=5))
    found: list[tuple[str, int | None]] = [(path, None) for path in forms_of(app, "open")]
    found += [(path, town.wang.resident_id) for path in forms_of(app, "resident")]
    assert len(found) > 12
    for path, who in found:
        address = re.sub(r"\{run_id:int\}", str(run), path)
        address = re.sub(r"\{\w+:int\}", "1", address)
        address = re.sub(r"\{\w+:str\}", "notice", address)
        answer = await (await visit(resident=who)).post(address, typed)
        assert answer.status_code in (303, 404), (address, answer.status_code)
        if answer.status_code == 303:
            landed = await (await visit(resident=who)).get(answer.headers["location"])
            assert landed.status_code in (200, 303), answer.headers["location"]
