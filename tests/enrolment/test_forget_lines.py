"""A year after the course and its term nobody can read any more who waited in vain, or was refused."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from elderlearn.catalogue.terms import add_term
from elderlearn.enrolment.enrol import enrol
from elderlearn.enrolment.forget_lines import KEPT_FOR, forget_lines
from elderlearn.enrolment.queries import seats_of
from elderlearn.enrolment.withdraw import remove, withdraw
from elderlearn.ground.clock import today
from elderlearn.ground.errors import Missing, Refusal
from elderlearn.jobs.forget import forget_old_lines
from elderlearn.stewardship.invariants import broken_invariants
from tests import people_standing as standing
from tests.catalogue.runs_standing import a_course, open_run, people
from tests.conftest import Database
from tests.people_standing import CLI, Places

DAY = timedelta(days=1)


async def a_full_run(database: Database, places: Places, last_on: date, **changes: object) -> tuple[int, int]:
    """One seated, one taken off, one who gave back, two waiting, one too young; the run and who waits first."""
    run = (await open_run(await a_course(places.community), seats=1, min_age=60, **changes)).run_id
    seated, off, gave, first, second, young = await people(places.community, 6)
    await database.execute("UPDATE resident SET born_on = '2000-01-01' WHERE id = $1", young)
    ids = [(await enrol(run, one, "self", by=CLI)).enrolment_id for one in (seated, off, gave, first, second)]
    await remove(ids[1], "gone", by=CLI)
    await withdraw(ids[2], by=CLI)
    with pytest.raises(Refusal):
        await enrol(run, young, "self", by=CLI)
    await database.execute("UPDATE course_run SET last_on = $2 WHERE id = $1", run, last_on)
    return run, ids[3]


async def states(database: Database, run: int) -> list[str]:
    return [one[0] for one in await database.fetch("SELECT state FROM enrolment WHERE run = $1 ORDER BY id", run)]


async def test_a_year_later_the_line_and_the_decisions_are_gone_and_seats_stay(database: Database) -> None:
    places = await standing.place_tree()
    kept, _ = await a_full_run(database, places, today() - KEPT_FOR)
    run, waiting = await a_full_run(database, places, today() - KEPT_FOR - DAY)
    term = await add_term(
        district_code=places.district.code, name="Long", starts_on=today() - 500 * DAY,
        ends_on=today() - 300 * DAY, limit_per_person=None, by=CLI,
    )  # fmt: skip
    long, _ = await a_full_run(database, places, today() - 450 * DAY, term_id=term)
    await forget_old_lines()
    assert await states(database, run) == ["seated", "removed", "withdrawn"]
    decided = "SELECT count(*) FROM enrolment_decision WHERE run = $1"
    assert [await database.value(decided, one) for one in (run, kept, long)] == [0, 6, 6]
    for other in (kept, long):
        assert (await states(database, other)).count("waiting") == 2
    assert (await seats_of(run)).waiting == 0 and (await seats_of(run)).seats_taken == 1
    noted = await database.fetch("SELECT subject_id, detail::text FROM trail WHERE action = 'forget_line'")
    assert [tuple(one) for one in noted] == [(run, '{"places": 2, "decisions": 6}')]
    with pytest.raises(Missing):
        await withdraw(waiting, by=CLI)
    assert await forget_lines() == 0
    # The runs were made old by hand, so their sums by year are those of now.
    assert [one for one in await broken_invariants() if "enrolled in period" not in one] == []
