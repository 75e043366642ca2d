"""POST /organisations, /courses, /runs; GET /runs; PATCH /sessions."""

from __future__ import annotations

from typing import Any

from tests.api.world import World, problem

MORNING = {"starts_at": "2025-03-03T09:00:00+08:00", "ends_at": "2025-03-03T10:30:00+08:00"}
NEXT = {"starts_at": "2025-03-10T01:00:00Z", "ends_at": "2025-03-10T02:30:00Z"}
WINDOW = {"opens_at": "2025-01-01T00:00:00+08:00", "closes_at": "2099-01-01T00:00:00+08:00"}


def organisation(world: World, **changes: Any) -> dict[str, Any]:
    return {"kind": "elder_academy", "name": "临平老年学堂", "place_code": world.streets[0]} | changes


async def course(world: World, **changes: Any) -> str:
    made = await world.given("/organisations", organisation(world, **changes))
    return (await world.given("/courses", {"organisation_id": made["organisation_id"], "title": "太极"}))[
        "course_id"
    ]


def run(course_id: str, **changes: Any) -> dict[str, Any]:
    return {"course_id": course_id, "seats": 2, **WINDOW, "sessions": [NEXT, MORNING]} | changes


async def test_organisation_course_and_run_are_made_and_shown(world: World) -> None:
    course_id = await course(world)
    answer = await world.post("/runs", run(course_id, rules={"min_age": 55, "places": [world.streets[0]]}))
    assert answer.status_code == 201
    made = answer.json()
    assert len(made["session_ids"]) == 2
    shown = (await world.get(f"/runs/{made['run_id']}", by="auditor")).json()
    assert (shown["seats"], shown["seats_taken"], shown["waiting"], shown["is_open"]) == (2, 0, 0, True)
    assert shown["rules"] == {"min_age": 55, "max_age": None, "places": [world.streets[0]]}
    assert shown["title"] == "太极" and shown["kind"] == "class" and shown["entry"] == "enrol"
    times = {one["session_id"]: one["starts_at"] for one in shown["sessions"]}
    assert times == {
        made["session_ids"][0]: "2025-03-10T09:00:00+08:00",
        made["session_ids"][1]: "2025-03-03T09:00:00+08:00",
    }


async def test_drop_in_needs_no_seats_and_no_window(world: World) -> None:
    course_id = await course(world)
    plain = {"course_id": course_id, "kind": "lecture", "entry": "drop_in", "sessions": [MORNING]}
    made = await world.given("/runs", plain)
    shown = (await world.get(f"/runs/{made['run_id']}")).json()
    assert (shown["seats"], shown["opens_at"], shown["is_open"]) == (None, None, False)


async def test_the_catalogue_narrows_by_place_kind_and_open(world: World) -> None:
    course_id, other_id = await course(world), await course(world, place_code=world.streets[1])
    open_now = (await world.given("/runs", run(course_id)))["run_id"]
    shut = (await world.given("/runs", run(course_id, closes_at="2025-02-01T00:00:00+08:00")))["run_id"]
    lecture = {"course_id": other_id, "kind": "lecture", "entry": "drop_in", "sessions": [MORNING]}
    elsewhere = (await world.given("/runs", lecture))["run_id"]

    async def listed(query: str, by: str = "desk") -> set[str]:
        return {one["run_id"] for one in (await world.get(f"/runs{query}", by=by)).json()}

    assert await listed("") == {open_now, shut, elsewhere}
    assert await listed("?open=true") == {open_now}
    assert await listed("?open=false") == {shut, elsewhere}
    assert await listed("?kind=lecture") == {elsewhere}
    assert await listed(f"?place={world.streets[1]}&kind=&open=") == {elsewhere}
    assert await listed(f"?place={world.district}&kind=class") == {open_now, shut}
    assert await listed("", by="stranger") == set()
    problem(await world.get("/runs?place=999999999999"), 404, "not_found")
    problem(await world.get(f"/runs?place={world.foreign_street}"), 404, "not_found")


async def test_a_long_catalogue_names_its_next_page(world: World) -> None:
    course_id = await course(world)
    made = {(await world.given("/runs", run(course_id)))["run_id"] for _ in range(3)}
    first = await world.get("/runs?limit=2&open=true")
    further = first.headers["link"].removeprefix("</api/v1").partition(">")[0]
    second = await world.get(further)
    assert "link" not in second.headers
    assert {one["run_id"] for one in first.json() + second.json()} == made


async def test_things_of_another_street_or_district_are_not_there(world: World) -> None:
    problem(await world.post("/organisations", organisation(world), by="other_officer"), 404, "not_found")
    problem(await world.post("/organisations", organisation(world), by="stranger"), 404, "not_found")
    foreign = organisation(world, place_code=world.foreign_street)
    problem(await world.post("/organisations", foreign), 404, "not_found")
    made = await world.given("/organisations", organisation(world), by="officer")
    for caller in ("other_officer", "stranger"):
        body = {"organisation_id": made["organisation_id"], "title": "太极"}
        problem(await world.post("/courses", body, by=caller), 404, "not_found")
    course_id = await course(world)
    for caller in ("other_officer", "other_leader", "stranger"):
        problem(await world.post("/runs", run(course_id), by=caller), 404, "not_found")
    made = await world.given("/runs", run(course_id))
    problem(await world.get(f"/runs/{made['run_id']}", by="stranger"), 404, "not_found")
    assert (await world.get(f"/runs/{made['run_id']}", by="other_leader")).status_code == 200
    called_off = {"state": "called_off", "reason": "台风"}
    for caller in ("other_officer", "other_leader", "leader", "stranger"):
        path = f"/sessions/{made['session_ids'][0]}"
        problem(await world.call("PATCH", path, called_off, by=caller), 404, "not_found")


async def test_a_leader_leads_the_run_she_opens(world: World) -> None:
    made = await world.given("/runs", run(await course(world)), by="leader")
    path = f"/sessions/{made['session_ids'][0]}"
    answer = await world.call("PATCH", path, {"state": "called_off", "reason": "台风"}, by="leader")
    assert (answer.status_code, answer.json()["state"]) == (200, "called_off")


async def test_a_run_that_cannot_be_is_refused_and_leaves_nothing(world: World, database: Any) -> None:
    cases: list[Any] = [
        ({"allocation": "draw"}, "not_offered"),
        ({"allocation": "staff"}, "not_offered"),
        ({"rules": {"places": ["999999999999"]}}, "unknown_place"),
        ({"term_id": "77"}, "unknown_term"),
    ]
    for changes, code in cases:
        course_id = await course(world)
        problem(await world.post("/runs", run(course_id, **changes)), 422, code)
        assert await database.value("SELECT count(*) FROM course_run") == 0
        assert await database.value("SELECT count(*) FROM session") == 0


async def test_a_run_whose_parts_do_not_fit_names_the_field_and_leaves_nothing(
    world: World, database: Any
) -> None:
    backwards = {"starts_at": MORNING["ends_at"], "ends_at": MORNING["starts_at"]}
    cases: list[Any] = [
        ({"seats": None, "opens_at": None}, ["seats", "opens_at"]),
        ({"seats": 0}, ["seats"]),
        ({"closes_at": WINDOW["opens_at"]}, ["closes_at"]),
        ({"sessions": [MORNING, backwards]}, ["sessions[1].ends_at"]),
        ({"sessions": [MORNING | {"ends_at": "2025-04-03T10:30:00+08:00"}]}, ["sessions[0].ends_at"]),
        ({"rules": {"min_age": 70, "max_age": 60}}, ["rules.max_age"]),
    ]
    for changes, paths in cases:
        said = problem(await world.post("/runs", run(await course(world), **changes)), 400, "bad_body")
        assert [one["path"] for one in said["errors"]] == paths
    assert await database.value("SELECT count(*) FROM course_run") == 0


async def test_unknown_ids_in_bodies_are_not_found_and_unknown_places_refused(world: World) -> None:
    problem(await world.post("/organisations", organisation(world, place_code="nowhere")), 422, "unknown_place")
    problem(await world.post("/courses", {"organisation_id": "99", "title": "x"}), 404, "not_found")
    problem(await world.post("/runs", run("99")), 404, "not_found")


async def test_a_session_moves_and_keeps_its_id(world: World) -> None:
    made = await world.given("/runs", run(await course(world)))
    path = f"/sessions/{made['session_ids'][0]}"
    moved = {"state": "planned", "starts_at": "2025-03-11T14:00:00+08:00", "reason": "停电"}
    for _ in range(2):
        shown = (await world.call("PATCH", path, moved)).json()
        assert shown["session_id"] == made["session_ids"][0]
        assert (shown["starts_at"], shown["ends_at"]) == ("2025-03-11T14:00:00+08:00", "2025-03-11T15:30:00+08:00")
    said = problem(await world.call("PATCH", path, {"state": "called_off"}), 400, "bad_body")
    assert said["errors"] == [{"path": "reason", "reason": "is missing"}]
    problem(await world.call("PATCH", path, moved | {"ends_at": moved["starts_at"]}), 422, "invalid_sessions")
    problem(await world.call("PATCH", path, moved | {"venue_id": "77"}), 422, "unknown_venue")
    problem(await world.call("PATCH", path, moved | {"state": "forgotten"}), 400, "bad_body")
