"""GET /places and PUT /population."""

from __future__ import annotations

from typing import Any

from tests.api.world import World, problem


async def test_places_of_one_level_name_their_parents(world: World) -> None:
    districts = (await world.get("/places?level=district")).json()
    assert {"code": world.district, "name": "临平区", "level": "district", "parent_code": None} in districts
    assert len(districts) == 2
    streets = (await world.get(f"/places?level=town_street&within={world.district}")).json()
    assert [one["code"] for one in streets] == world.streets and len(streets) == 8
    assert {one["parent_code"] for one in streets} == {world.district}
    communities = (await world.get(f"/places?level=community&within={world.streets[0]}", by="auditor")).json()
    assert [one["code"] for one in communities] == world.communities[world.streets[0]]
    assert {one["parent_code"] for one in communities} == {world.streets[0]}
    everything = (await world.get("/places?level=")).json()
    assert len(everything) == 2 + 9 + 197


async def test_a_code_that_is_no_place_is_not_found(world: World) -> None:
    for code in ("999999999999", "x", "%00", "%F0%9F%98%80"):
        problem(await world.get(f"/places?level=community&within={code}"), 404, "not_found")


def population(world: World, **changes: Any) -> dict[str, Any]:
    lines = [{"code": code, "elders": 1000 + at} for at, code in enumerate(world.streets)]
    return {"year": 2025, "basis": "resident", "source": "sample", "lines": lines} | changes


async def test_figures_are_replaced_and_kept_as_history(world: World, database: Any) -> None:
    for _ in range(2):
        answer = await world.call("PUT", "/population", population(world))
        assert (answer.status_code, answer.json()) == (200, {"accepted": 8})
    assert await database.value("SELECT count(*) FROM elder_population") == 8
    better = [{"code": world.streets[0], "elders": 1234}]
    assert (await world.call("PUT", "/population", population(world, lines=better))).json() == {"accepted": 1}
    history = await database.fetch(
        """SELECT elders, is_preferred FROM elder_population e JOIN place p ON p.id = e.place
        WHERE p.code = $1 ORDER BY e.id""",
        world.streets[0],
    )
    assert [tuple(one) for one in history] == [(1000, False), (1234, True)]
    who = await database.fetch("SELECT DISTINCT actor_id, door FROM trail WHERE action = 'put_population'")
    assert [tuple(one) for one in who] == [(world.staff["district"], "api")]


async def test_one_place_that_is_not_yours_refuses_all_lines(world: World, database: Any) -> None:
    cases: list[Any] = ["330110001000", "999999999999", "x"]
    for code in cases:
        lines = [*population(world)["lines"], {"code": code, "elders": 5}]
        said = problem(
            await world.call("PUT", "/population", population(world, lines=lines)), 422, "unknown_place"
        )
        assert code in said["detail"]
        assert await database.value("SELECT count(*) FROM elder_population") == 0


async def test_a_bad_figure_is_named(world: World) -> None:
    cases: list[Any] = [
        ({"year": 0}, "year"),
        ({"basis": "both"}, "basis"),
        ({"source": ""}, "source"),
        ({"source": "a\u0000"}, "source"),
        ({"lines": []}, "lines"),
        ({"lines": [{"code": "330113001000", "elders": -1}]}, "lines[0].elders"),
        ({"lines": [{"code": "330113001000", "elders": 10**30}]}, "lines[0].elders"),
        ({"lines": [{"code": "330113001000", "elders": None}]}, "lines[0].elders"),
    ]
    for changes, path in cases:
        said = problem(await world.call("PUT", "/population", population(world, **changes)), 400, "bad_body")
        assert said["errors"][0]["path"] == path


async def test_a_place_named_twice_is_refused(world: World) -> None:
    lines = [{"code": world.streets[0], "elders": 1}, {"code": world.streets[0], "elders": 2}]
    problem(await world.call("PUT", "/population", population(world, lines=lines)), 422, "place_twice")
