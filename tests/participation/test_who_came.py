"""Who came to an organisation: everybody once, of any age; visits beside those of a year earlier."""

from __future__ import annotations

from datetime import date
from typing import Any

from elderlearn.checkin.sheet import record_sheet
from elderlearn.ground.sql import value
from elderlearn.participation.counted import counted_by
from elderlearn.participation.organiser_runs import runs_held
from elderlearn.participation.who_came import UNKNOWN, YOUNGER, visits_a_year_earlier, who_came
from tests import people_standing as standing
from tests.people_standing import CLI
from tests.web.office.year import make_year


async def test_ages_add_up_to_the_persons_and_kinds_to_the_visits(database: Any) -> None:
    year = await make_year()
    home, district = year.places.community, year.places.district
    young = await standing.resident(home, name="小青", born_on=date(1966, 1, 1), sex="male")
    nobody_knows = await standing.resident(home, name="无岁", born_on=None, sex=None)
    oldest = await standing.resident(home, name="寿", born_on=date(1945, 12, 31))
    more = [one.resident_id for one in (young, nobody_knows, oldest)]
    await record_sheet(year.sessions[0], more, by=CLI)
    await record_sheet(year.sessions[1], more, by=CLI)
    organisation = await value("SELECT id FROM organisation")
    found = await who_came(organisation, await counted_by(district.id, "2025"))
    assert {one.band: one.by_sex for one in found.ages if any(one.by_sex)} == {
        YOUNGER: (0, 1, 0), "70-74": (2, 0, 0), "80+": (1, 0, 0), UNKNOWN: (0, 0, 1),
    }  # fmt: skip
    total = (await runs_held(organisation, district.id, "2025")).total
    assert sum(sum(one.by_sex) for one in found.ages) == total.persons == 5
    assert [(one.kind, one.visits, one.learners) for one in found.kinds] == [("lecture", total.visits, 5)]


async def test_a_year_earlier_is_counted_until_the_same_day(database: Any) -> None:
    year = await make_year()  # Wang on twelve days from 4 March 2025, Zhao on the first
    organisation, district = await value("SELECT id FROM organisation"), year.places.district.id
    assert await visits_a_year_earlier(organisation, district, "2026", date(2026, 3, 6)) == 4
    assert await visits_a_year_earlier(organisation, district, "2026", date(2027, 1, 1)) == 13
    assert await visits_a_year_earlier(organisation, district, "2025", date(2025, 3, 6)) is None
