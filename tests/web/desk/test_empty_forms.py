"""Every form of the desk and of planning, sent empty: all that is missing is said at once, nothing is written."""

from __future__ import annotations

import pytest

from tests import people_standing as standing
from tests.conftest import Database
from tests.people_standing import Places
from tests.web.conftest import Visit
from tests.web.planning.world import World, make_world

FORMS = {
    "/desk/people": ("name", "born", "home", "notice"),
    "/desk/people/{wang}/edit": ("name",),
    "/desk/people/{wang}/home": ("home",),
    "/desk/people/{wang}/document": ("document", "sensitive"),
    "/desk/people/{wang}/blank-card": ("card",),
    "/desk/people/{wang}/leaving": ("state", "on"),
    "/desk/people/{wang}/numbers": ("reason",),
    "/desk/cards": ("count",),
    "/desk/staff": ("name", "role", "place"),
    "/planning/organisations/new": ("name", "kind", "place"),
    "/planning/organisations/{academy}/edit": ("name", "kind", "place"),
    "/planning/organisations/{academy}/ending": ("on",),
    "/planning/organisations/{academy}/courses/new": ("title",),
    "/planning/courses/{course}/edit": ("title",),
    "/planning/courses/{course}/runs/new": ("kind", "entry", "weekday", "from_on", "to_on", "starts", "minutes"),
    "/planning/runs/{run}/edit": ("opens_on", "opens", "closes_on", "closes"),
    "/planning/runs/{run}/seats": ("seats",),
    "/planning/venues/new": ("name", "place"),
    "/planning/venues/{venue}/edit": ("name",),
    "/planning/venues/{venue}/ending": ("on",),
    "/planning/teachers/new": ("name", "engagement"),
    "/planning/teachers/{teacher}/edit": ("name", "engagement"),
    "/planning/teachers/{teacher}/ending": ("on",),
    "/planning/terms/new": ("name", "starts_on", "ends_on"),
    "/planning/holidays": ("days",),
}


@pytest.fixture
async def places(database: Database) -> Places:
    return await standing.place_tree()


@pytest.fixture
async def world(places: Places) -> World:
    return await make_world(places)


async def test_all_that_is_missing_is_said_at_once(visit: Visit, world: World, database: Database) -> None:
    browser = await visit(staff=await standing.district_officer(world.places))
    await browser.get("/planning")
    before = await database.value("SELECT count(*) FROM trail")
    faults = []
    for path, fields in FORMS.items():
        answer = await browser.send(path.format(**vars(world)), {"phone": "typed\u2026", "address": "typed\u2026"})
        missing = [one for one in fields if f'href="#f-{one}"' not in answer.text]
        if answer.status_code not in (200, 422) or missing:
            faults.append((path, answer.status_code, missing))
    assert faults == []
    assert await database.value("SELECT count(*) FROM trail") == before
