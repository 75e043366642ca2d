"""POST /enrolments and their withdrawal."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from elderlearn.ground.clock import now
from tests.api.world import World, id_card, problem

LONG_AGO, LONG_HENCE = "2020-01-01T00:00:00+08:00", "2099-01-01T00:00:00+08:00"


async def a_run(world: World, *, by: str = "district", title: str = "太极", **changes: Any) -> str:
    """A run of the academy of the first street, open, with two sessions to come."""
    made = await world.given(
        "/organisations", {"kind": "elder_academy", "name": "学堂", "place_code": world.streets[0]}
    )
    made = await world.given("/courses", {"organisation_id": made["organisation_id"], "title": title})
    starts = [now() + timedelta(days=7 * week) for week in (1, 2)]
    sessions = [
        {"starts_at": one.isoformat(), "ends_at": (one + timedelta(minutes=90)).isoformat()} for one in starts
    ]
    window = {"seats": 1, "opens_at": LONG_AGO, "closes_at": LONG_HENCE, "sessions": sessions}
    return (await world.given("/runs", {**made, **window, **changes}, by=by))["run_id"]


async def somebody(world: World, number: int, *, born: str = "19500101", street: int = 0) -> str:
    document = {"type": "id_card", "number": id_card(born, number)}
    home = world.communities[world.streets[street]][0]
    made = await world.given("/residents", {"name": "王芳", "document": document, "place_code": home})
    return made["resident_id"]


def asking(run_id: str, resident_id: str) -> dict[str, Any]:
    return {"run_id": run_id, "resident_id": resident_id, "channel": "window"}


async def test_a_seat_then_the_line_and_a_freed_seat_goes_to_the_next(world: World) -> None:
    run_id = await a_run(world)
    people = [await somebody(world, number) for number in range(3)]
    answers = [await world.post("/enrolments", asking(run_id, one)) for one in people]
    assert [one.status_code for one in answers] == [201, 201, 201]
    told = [(one.json()["state"], one.json()["position"]) for one in answers]
    assert told == [("seated", None), ("waiting", 1), ("waiting", 2)]
    shown = (await world.get(f"/runs/{run_id}")).json()
    assert (shown["seats_taken"], shown["waiting"]) == (1, 2)

    again = await world.post("/enrolments", asking(run_id, people[2]))
    assert (again.status_code, again.json()) == (200, answers[2].json())

    first = answers[0].json()["enrolment_id"]
    for _ in range(2):
        left = await world.post(f"/enrolments/{first}/withdrawal")
        assert (left.status_code, left.json()) == (200, {"state": "withdrawn"})
    seated = await world.post("/enrolments", asking(run_id, people[1]))
    assert (seated.status_code, seated.json()["state"]) == (200, "seated")
    last = await world.post("/enrolments", asking(run_id, people[0]))
    assert (last.status_code, last.json()) == (
        201,
        {"enrolment_id": first, "state": "waiting", "position": 2},
    )


async def test_the_window_the_ages_and_the_places_of_a_run_are_kept(world: World) -> None:
    young, old = await somebody(world, 1, born="19800101"), await somebody(world, 2, born="19300101")
    neighbour = await somebody(world, 3, street=1)
    yesterday = (now() - timedelta(days=1)).isoformat()
    tomorrow = (now() + timedelta(days=1)).isoformat()
    cases: list[tuple[dict[str, Any], str, str]] = [
        ({"opens_at": tomorrow}, old, "not_open"),
        ({"closes_at": yesterday}, old, "closed"),
        ({"rules": {"min_age": 55}}, young, "too_young"),
        ({"rules": {"max_age": 80}}, old, "too_old"),
        ({"rules": {"places": [world.streets[0]]}}, neighbour, "wrong_place"),
    ]
    for changes, resident_id, code in cases:
        run_id = await a_run(world, **changes)
        problem(await world.post("/enrolments", asking(run_id, resident_id)), 422, code)
        assert (await world.get(f"/runs/{run_id}")).json()["seats_taken"] == 0
    drop_in = await a_run(world, entry="drop_in")
    problem(await world.post("/enrolments", asking(drop_in, old)), 422, "not_offered")


async def test_two_runs_at_the_same_time_overlap_and_a_removed_one_stays_out(world: World, database: Any) -> None:
    one, other, resident_id = await a_run(world), await a_run(world), await somebody(world, 1)
    made = await world.given("/enrolments", asking(one, resident_id))
    problem(await world.post("/enrolments", asking(other, resident_id)), 422, "overlap")
    await database.execute("UPDATE enrolment SET state = 'removed'")
    problem(await world.post("/enrolments", asking(one, resident_id)), 422, "removed_by_staff")
    left = await world.post(f"/enrolments/{made['enrolment_id']}/withdrawal")
    assert (left.status_code, left.json()) == (200, {"state": "removed"})


async def test_a_term_limits_the_seats_of_one_person(world: World, database: Any) -> None:
    term = await database.value(
        """INSERT INTO term (district, name, starts_on, ends_on, limit_per_person)
        SELECT id, '秋', '2020-01-01', '2098-01-01', 1 FROM place WHERE code = $1 RETURNING id""",
        world.district,
    )
    later = [{"starts_at": "2097-03-03T09:00:00+08:00", "ends_at": "2097-03-03T10:00:00+08:00"}]
    one, other = await a_run(world, term_id=str(term)), await a_run(world, term_id=str(term), sessions=later)
    resident_id = await somebody(world, 1)
    await world.given("/enrolments", asking(one, resident_id))
    problem(await world.post("/enrolments", asking(other, resident_id)), 422, "limit_reached")


async def test_who_may_seat_whom(world: World) -> None:
    """The run's street, the resident's street, the leader of the run, the district; nobody else."""
    run_id, resident_id = await a_run(world), await somebody(world, 1, street=1)
    for caller in ("leader", "other_leader", "stranger"):
        problem(await world.post("/enrolments", asking(run_id, resident_id), by=caller), 404, "not_found")
    made = await world.post("/enrolments", asking(run_id, resident_id), by="other_officer")
    assert made.status_code == 201
    assert (await world.post("/enrolments", asking(run_id, resident_id), by="desk")).json() == made.json()

    at_home = await somebody(world, 2)
    problem(await world.post("/enrolments", asking(run_id, at_home), by="other_officer"), 404, "not_found")
    withdrawal = f"/enrolments/{made.json()['enrolment_id']}/withdrawal"
    for caller in ("leader", "other_leader", "stranger"):
        problem(await world.post(withdrawal, by=caller), 404, "not_found")
    assert (await world.post(withdrawal, by="officer")).json() == {"state": "withdrawn"}

    led = await a_run(world, by="leader")
    assert (await world.post("/enrolments", asking(led, at_home), by="leader")).status_code == 201
    problem(await world.post("/enrolments", asking(led, at_home), by="other_leader"), 404, "not_found")


async def test_a_bad_request_for_a_seat_is_named(world: World) -> None:
    cases: list[Any] = [
        ({"channel": "fax"}, "channel"),
        ({"run_id": "x"}, "run_id"),
        ({"resident_id": None}, "resident_id"),
    ]
    for changes, path in cases:
        said = problem(await world.post("/enrolments", asking("1", "1") | changes), 400, "bad_body")
        assert said["errors"][0]["path"] == path


async def test_an_unknown_run_or_resident_is_not_found(world: World) -> None:
    run_id, resident_id = await a_run(world), await somebody(world, 1)
    problem(await world.post("/enrolments", asking("99999", resident_id)), 404, "not_found")
    problem(await world.post("/enrolments", asking(run_id, "99999")), 404, "not_found")
    problem(await world.post("/enrolments/99999/withdrawal"), 404, "not_found")
