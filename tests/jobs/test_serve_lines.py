from __future__ import annotations

from elderlearn.enrolment.enrol import enrol
from elderlearn.enrolment.queries import standing
from elderlearn.jobs.serve_lines import serve_lines
from tests import people_standing as people_of
from tests.catalogue.runs_standing import a_run, people
from tests.conftest import Database
from tests.people_standing import CLI


async def test_a_seat_that_fell_free_unseen_goes_to_the_first_in_line(database: Database) -> None:
    places = await people_of.place_tree()
    run_id = await a_run(places, seats=1)
    asked = [await enrol(run_id, id, "self", by=CLI) for id in await people(places.community, 3)]
    await database.execute("UPDATE course_run SET seats = 2 WHERE id = $1", run_id)
    for _ in range(2):
        await serve_lines()
    found = [await standing(one.enrolment_id) for one in asked]
    assert [one.state for one in found] == ["seated", "seated", "waiting"]
