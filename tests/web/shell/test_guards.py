"""Who comes through which door."""

from __future__ import annotations

import pytest

from tests import people_standing as standing
from tests.web.conftest import Visit, Visitor

DOORS = ("resident", "leader", "office")
ROLES = {"leader": "leader", "desk": "office", "officer": "office", "district": "office", "auditor": "office"}


async def enters(visitor: Visitor) -> dict[str, int]:
    return {door: (await visitor.get(f"/behind/{door}/who")).status_code for door in DOORS}


async def test_a_stranger_is_led_to_the_sign_in_and_back(visit: Visit) -> None:
    stranger = await visit()
    for door in DOORS:
        answer = await stranger.get(f"/behind/{door}/who?page=2")
        assert answer.status_code == 303
        assert answer.headers["location"] == f"/sign-in?next=/behind/{door}/who%3Fpage%3D2"


async def test_htmx_is_led_to_the_sign_in_as_a_whole_page(visit: Visit) -> None:
    stranger = await visit()
    stranger.client.headers["HX-Current-URL"] = "http://elderlearn.test/courses?q=1"
    answer = await stranger.get("/behind/resident/who", htmx=True)
    assert answer.status_code == 401
    assert answer.headers["hx-redirect"] == "/sign-in?next=/courses%3Fq%3D1"


async def test_a_resident_finds_nothing_behind_the_other_doors(visit: Visit, database: object) -> None:
    places = await standing.place_tree()
    ping = await standing.resident(places.community)
    assert await enters(await visit(resident=ping.resident_id)) == {"resident": 200, "leader": 404, "office": 404}


@pytest.mark.parametrize("role", ROLES)
async def test_every_role_has_exactly_one_door(visit: Visit, role: str) -> None:
    places = await standing.place_tree()
    place = places.district if role == "district" else places.street
    somebody = await visit(staff=await standing.staff(role, place))
    assert await enters(somebody) == {door: 200 if door == ROLES[role] else 404 for door in DOORS}


async def test_a_forged_cookie_is_a_stranger(visit: Visit) -> None:
    stranger = await visit()
    for token in ("x", "é" * 20, "a" * 5000, "' OR 1=1 --"):
        stranger.client.headers["Cookie"] = f"el={token}".encode().decode("latin-1")
        assert (await stranger.get("/behind/office/who")).status_code == 303
