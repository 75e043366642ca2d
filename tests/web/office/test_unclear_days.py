"""How long an unclear scan may wait is chosen by the district, and by nobody else."""

from __future__ import annotations

import pytest

from elderlearn.checkin.old_unclear import days_allowed
from tests import people_standing as standing
from tests.conftest import Database
from tests.web.conftest import Visit

LIST = "/office/conflicts"
PATH = f"{LIST}/days"


async def test_the_district_chooses_and_the_list_says_so(visit: Visit, database: Database) -> None:
    places = await standing.place_tree()
    officer = await visit(staff=await standing.district_officer(places))
    assert "wait longer than 7 days" in (await officer.get(LIST)).text
    assert 'value="7"' in (await officer.get(PATH)).text
    assert "wait longer than 3 days" in (await officer.send(PATH, {"days": "３"})).text
    assert await days_allowed(places.district.id) == 3
    for nobody in (await standing.officer(places.street), await standing.auditor(places.district)):
        them = await visit(staff=nobody)
        assert PATH not in (await them.get(LIST)).text
        assert (await them.get(PATH)).status_code == 404
        assert (await them.post(PATH, {"days": "5"})).status_code == 404
    assert await days_allowed(places.district.id) == 3


@pytest.mark.parametrize("days", ["0", "61", "a week", ""])
async def test_nonsense_is_refused_in_words(visit: Visit, database: Database, days: str) -> None:
    places = await standing.place_tree()
    officer = await visit(staff=await standing.district_officer(places))
    answer = await officer.sent_back(PATH, {"days": days})
    assert "needs your attention" in answer.text and f'value="{days}"' in answer.text
    assert await days_allowed(places.district.id) == 7
