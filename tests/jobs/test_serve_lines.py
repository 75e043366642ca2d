from __future__ import annotations

import pytest

from elderlearn.enrolment.enrol import enrol
from elderlearn.enrolment.line import serve_line
from elderlearn.enrolment.queries import standing
from elderlearn.ground.errors import Stale
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


async def test_a_line_that_never_holds_still_does_not_keep_the_others_waiting(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    places = await people_of.place_tree()
    runs = [await a_run(places, seats=1) for _ in range(2)]
    asked = [
        await enrol(run_id, id, "self", by=CLI) for run_id in runs for id in await people(places.community, 2)
    ]
    await database.execute("UPDATE course_run SET seats = 2")

    async def busy(run_id: int) -> int:
        if run_id == runs[0]:
            raise Stale
        return await serve_line(run_id)

    monkeypatch.setattr("elderlearn.jobs.serve_lines.serve_line", busy)
    await serve_lines()
    found = [await standing(one.enrolment_id) for one in asked]
    assert [one.state for one in found] == ["seated", "waiting", "seated", "seated"]
