"""Runs with rounds and rules through the api: new reasons only where somebody set them; else all is as before."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from elderlearn.catalogue.conditions import conditions_of
from elderlearn.catalogue.rounds import some_first
from elderlearn.catalogue.run_rules import RunRules
from elderlearn.catalogue.set_rounds import set_rounds
from elderlearn.catalogue.set_rules import set_rules
from elderlearn.enrolment.share_queries import kept_shares
from elderlearn.ground.clock import now
from tests.api.test_api_enrolments import LONG_AGO, LONG_HENCE, a_run, asking, somebody
from tests.api.world import World, problem
from tests.people_standing import CLI

DAY = timedelta(days=1)


async def test_a_run_of_the_api_has_neither_rounds_nor_rules_and_only_its_window_decides(
    world: World, database: Any
) -> None:
    run_id = await a_run(world, seats=2)
    assert await database.value("SELECT count(*) FROM enrolment_round") == 0
    assert await database.value("SELECT count(*) FROM run_rule") == 0
    shown = (await world.get(f"/runs/{run_id}")).json()
    assert (shown["opens_at"][:10], shown["closes_at"][:10]) == (LONG_AGO[:10], LONG_HENCE[:10])
    for number, born in ((1, "19300101"), (2, "19900101")):
        answer = await world.post("/enrolments", asking(run_id, await somebody(world, number, born=born)))
        assert (answer.status_code, answer.json()["state"]) == (201, "seated")


async def test_a_round_of_others_is_its_own_reason_and_says_from_when(world: World) -> None:
    run_id, neighbour, hers = await a_run(world), await somebody(world, 1, street=1), await somebody(world, 2)
    everyone_at = now() + 2 * DAY
    rounds = some_first("own_town", now() - DAY, everyone_at, now() + 5 * DAY)
    await set_rounds(int(run_id), rounds, by=CLI)
    refused = await world.post("/enrolments", asking(run_id, neighbour))
    assert problem(refused, 422, "not_your_round")["way"] == "wait_until"
    assert f"{everyone_at:%Y-%m-%d}" in refused.json()["detail"]
    assert (await world.post("/enrolments", asking(run_id, hers))).status_code == 201
    shown = (await world.get(f"/runs/{run_id}")).json()
    assert shown["closes_at"] != LONG_HENCE and shown["seats_taken"] == 1


async def test_rules_name_what_is_missing(world: World) -> None:
    run_id, old = await a_run(world), await somebody(world, 1, born="19300101")
    for rules, code in (
        (RunRules(women_from=100, men_from=100), "too_young"),
        (RunRules(signature_from=80), "signature_needed"),
        (RunRules(needs_contact=True), "contact_needed"),
        (RunRules(needs_health_notice=True), "health_notice_needed"),
    ):
        await set_rules(int(run_id), rules, by=CLI)
        problem(await world.post("/enrolments", asking(run_id, old)), 422, code)
    await set_rules(int(run_id), RunRules(), by=CLI)
    assert (await world.post("/enrolments", asking(run_id, old))).status_code == 201


def conditions(**changes: Any) -> dict[str, Any]:
    """Rounds, rules and shares of a run, as another system sends them."""
    at = [f"{now() + days * DAY:%Y-%m-%dT%H:%M:%SZ}" for days in (-1, 2, 9)]
    rounds = [
        {"audience": "own_town", "opens_at": at[0], "closes_at": at[1]},
        {"audience": "everyone", "name": "late", "opens_at": at[1], "closes_at": at[2]},
    ]
    rules = {"min_age": 60, "women_from": 65, "needs_contact": True}
    shares = [{"audience": "own_village", "seats": 3, "falls_back_at": at[1]}]
    return {"rounds": rounds, "rules": rules, "shares": shares, "opens_at": None, "closes_at": None} | changes


async def test_rounds_rules_and_shares_come_with_the_run(world: World, database: Any) -> None:
    run_id = int(await a_run(world, seats=5, **conditions()))
    found = await conditions_of(run_id)
    assert [(one.name, one.audience) for one in found.rounds] == [("neighbours", "own_town"), ("late", "everyone")]
    assert found.rules == RunRules(women_from=65, needs_contact=True)
    assert [(one.audience, one.seats) for one in await kept_shares(run_id)] == [("own_village", 3)]
    shown = (await world.get(f"/runs/{run_id}")).json()
    assert shown["opens_at"] < shown["closes_at"]
    assert await database.value("SELECT reserved FROM course_run WHERE id = $1", run_id) == 3


async def test_a_run_that_cannot_keep_its_seats_is_not_there_at_all(world: World, database: Any) -> None:
    await a_run(world)
    course = str(await database.value("SELECT max(id) FROM course"))
    times = {
        "starts_at": f"{now() + DAY:%Y-%m-%dT%H:%M:%SZ}",
        "ends_at": f"{now() + 1.1 * DAY:%Y-%m-%dT%H:%M:%SZ}",
    }
    body = {"course_id": course, "seats": 5, "sessions": [times], **conditions()}
    for changes, status, code in (
        ({"rules": {"prerequisite_id": "999999999"}}, 422, "unknown_course"),
        ({"rules": {"prerequisite_id": course + "x"}}, 400, "bad_body"),
        ({"shares": body["shares"] * 2}, 400, "bad_body"),
        ({"shares": [body["shares"][0] | {"seats": 6}]}, 400, "bad_body"),
        ({"opens_at": LONG_AGO}, 400, "bad_body"),
        ({"rounds": [body["rounds"][0] | {"audience": "friends"}]}, 400, "bad_body"),
        ({"entry": "drop_in"}, 400, "bad_body"),
    ):
        problem(await world.post("/runs", body | changes), status, code)
    assert await database.value("SELECT count(*) FROM course_run") == 1
    assert (await world.post("/runs", body)).status_code == 201
