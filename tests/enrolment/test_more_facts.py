"""Rounds and rules through the verb, with what the database knows of a person."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from elderlearn.catalogue.courses import add_course
from elderlearn.catalogue.rounds import Round, some_first
from elderlearn.catalogue.run_rules import RunRules
from elderlearn.catalogue.set_rules import set_rules
from elderlearn.enrolment.enrol import enrol
from elderlearn.ground.clock import now, today
from elderlearn.ground.errors import Refusal
from elderlearn.people.consents import HEALTH_VERSION, give, withdraw
from elderlearn.people.emergency_contact import put_contact
from elderlearn.people.papers import end_paper, put_paper
from tests import people_standing as standing
from tests.catalogue.runs_standing import DAY, an_organisation, open_run, weeks
from tests.conftest import Database
from tests.people_standing import CLI, Places

ROUNDS = some_first("returning", now() - DAY, now() + 2 * DAY, now() + 5 * DAY)


async def answer(run: int, resident: int) -> str:
    """How she stands, or why not."""
    try:
        return (await enrol(run, resident, "self", by=CLI)).state
    except Refusal as refusal:
        return refusal.code


async def test_who_returns_and_who_is_new_is_read_from_seats_in_runs_that_began(database: Database) -> None:
    places = await standing.place_tree()
    course = await a_course(places)
    for days_ago, expected in (
        (0, "not_your_round"),
        (20, "seated"),
        (365 * 2 - 20, "seated"),
        (900, "not_your_round"),
    ):
        ping = (await standing.resident(places.community)).resident_id
        earlier = (await open_run(course)).run_id
        assert await answer(earlier, ping) == "seated"
        if days_ago:
            await move(database, earlier, days_ago)
        first = (await open_run(course, sessions=weeks(1, start=now() + 40 * DAY), rounds=ROUNDS)).run_id
        assert await answer(first, ping) == expected, days_ago
        new_only = (Round("new", "newcomers", now() - DAY, now() + DAY),)
        fresh = (await open_run(course, sessions=weeks(1, start=now() + 50 * DAY), rounds=new_only)).run_id
        assert await answer(fresh, ping) == "no_round_left"
        li = (await standing.resident(places.community)).resident_id
        assert await answer(fresh, li) == "seated"


async def test_each_rule_is_met_by_what_is_on_file(database: Database) -> None:
    places = await standing.place_tree()
    course = await a_course(places)
    ping = (await standing.resident(places.community, born_on=date(1930, 1, 1))).resident_id
    run = (await open_run(course)).run_id
    prior = await add_course(organisation_id=await an_organisation(places.street), title="Ink I", by=CLI)
    rules = RunRules(signature_from=80, prerequisite_id=prior, needs_contact=True, needs_health_notice=True)
    await set_rules(run, rules, by=CLI)
    assert await answer(run, ping) == "prerequisite_missing"
    done = (await open_run(prior)).run_id
    await database.execute(
        """INSERT INTO run_completion (run, resident, on_date, kind, district, planned_minutes)
        VALUES ($1, $2, $3, 'class', $4, 120)""",
        done, ping, today(), places.district.id,
    )  # fmt: skip
    assert await answer(run, ping) == "signature_needed"
    too_short = await signed(ping, until=today() + timedelta(days=3))  # the run begins in a week
    assert await answer(run, ping) == "signature_needed"
    await end_paper(ping, too_short, by=CLI)
    taken_back = await signed(ping)
    await end_paper(ping, taken_back, by=CLI)
    assert await answer(run, ping) == "signature_needed"
    await signed(ping, until=today() + timedelta(days=30))
    assert await answer(run, ping) == "contact_needed"
    await put_contact(ping, "王小明", "13800138000", by=CLI)
    assert await answer(run, ping) == "health_notice_needed"
    await give(ping, "health", HEALTH_VERSION, "phone", by=CLI)
    await withdraw(ping, "health", by=CLI)
    assert await answer(run, ping) == "health_notice_needed"
    await give(ping, "health", HEALTH_VERSION, "phone", by=CLI)
    assert await answer(run, ping) == "seated"


async def test_rules_changed_afterwards_take_nobodys_seat(database: Database) -> None:
    places = await standing.place_tree()
    run = (await open_run(await a_course(places))).run_id
    ping = (await standing.resident(places.community)).resident_id
    assert await answer(run, ping) == "seated"
    await set_rules(run, RunRules(women_from=100), by=CLI)
    assert await answer(run, ping) == "seated"
    li = (await standing.resident(places.community)).resident_id
    assert await answer(run, li) == "too_young"
    await set_rules(run, RunRules(), by=CLI)
    assert await answer(run, li) == "seated"
    assert await database.value("SELECT count(*) FROM run_rule") == 0


async def a_course(places: Places) -> int:
    academy = await an_organisation(places.community)
    return await add_course(organisation_id=academy, title="Tai chi", by=CLI, release=True)


async def signed(resident: int, **changes: Any) -> int:
    kept: dict[str, Any] = {"on_file_since": today(), "until": None, **changes}
    return await put_paper(resident, "relative_signature", by=CLI, **kept)


async def move(database: Database, run: int, days: int) -> None:
    """As if the run had been on one day so long ago."""
    await database.execute(
        "UPDATE course_run SET first_on = $2, last_on = $2 WHERE id = $1", run, today() - timedelta(days=days)
    )
    await database.execute("UPDATE session SET starts_at = starts_at - $2 * interval '1 day', "
                           "ends_at = ends_at - $2 * interval '1 day' WHERE run = $1", run, days)  # fmt: skip
