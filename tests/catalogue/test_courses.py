from __future__ import annotations

import pytest

from elderlearn.catalogue.courses import add_course, release_course
from elderlearn.catalogue.organise import add_organisation
from elderlearn.catalogue.queries import Wanted, open_runs
from elderlearn.ground.errors import Missing, Refusal
from tests import people_standing as standing
from tests.catalogue.runs_standing import a_course, an_organisation, open_run
from tests.conftest import Database
from tests.people_standing import CLI


async def test_a_draft_is_not_in_the_catalogue_until_it_is_released(database: Database) -> None:
    places = await standing.place_tree()
    course = await a_course(places.community, release=False)
    added = await open_run(course)
    assert await open_runs(Wanted()) == []
    assert [one.id for one in await open_runs(Wanted(with_drafts=True))] == [added.run_id]
    await release_course(course, by=CLI)
    await release_course(course, by=CLI)
    assert [one.id for one in await open_runs(Wanted())] == [added.run_id]
    assert await database.value("SELECT count(*) FROM trail WHERE action = 'release_course'") == 1


async def test_nobody_teaches_for_an_organisation_that_is_not_there_or_has_ended(database: Database) -> None:
    places = await standing.place_tree()
    with pytest.raises(Missing):
        await add_course(organisation_id=2**40, title="书法", by=CLI)
    gone = await an_organisation(places.street)
    await database.execute("UPDATE organisation SET ended_on = '2025-01-01' WHERE id = $1", gone)
    with pytest.raises(Refusal, match="organisation_ended"):
        await add_course(organisation_id=gone, title="书法", by=CLI)


@pytest.mark.parametrize(
    ("change", "code"),
    [({"kind": "club"}, "invalid_kind"), ({"name": " "}, "invalid_name"), ({"place_code": "1"}, "unknown_place")],
)
async def test_a_wrong_organisation_is_refused(database: Database, change: dict[str, str], code: str) -> None:
    places = await standing.place_tree()
    good = {"kind": "society", "name": "合唱团", "place_code": places.community.code}
    with pytest.raises(Refusal, match=code):
        await add_organisation(**(good | change), by=CLI)
    assert await database.value("SELECT count(*) FROM organisation") == 0
