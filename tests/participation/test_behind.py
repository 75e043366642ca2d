"""The people behind a figure: as many as the report says, for every figure of every place."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from elderlearn.checkin.sheet import record_sheet
from elderlearn.checkin.void import void
from elderlearn.enrolment.enrol import enrol
from elderlearn.ground.errors import Missing, Refusal
from elderlearn.ground.sql import value
from elderlearn.participation.behind import Behind, people_behind
from elderlearn.participation.counted import counted_by
from elderlearn.participation.lines import RatesLine
from elderlearn.participation.person_year import person_year, visits_in, years_of
from elderlearn.participation.queries import rates_by_place
from elderlearn.participation.rules import is_regular
from elderlearn.people.register import Registered
from elderlearn.places.queries import PlaceRow
from tests import people_standing as standing
from tests.catalogue.runs_standing import a_course, open_run, weeks
from tests.checkin.hall import CLI, TEN, Hall
from tests.participation.test_queries import a_full_hall

YEAR = "2025"
MANY = 500


async def asked(place: PlaceRow, figure: str, **more: Any) -> Behind:
    return await people_behind(place, await counted_by(place.district_id, YEAR), figure, limit=MANY, **more)


async def a_year() -> tuple[Hall, list[Registered]]:
    """The full hall; Anna came twelve days more, and holds a seat of that year, as does one who never came."""
    hall, everybody = await a_full_hall()
    for session in await hall.run(TEN + timedelta(days=1), 12):
        await hall.scan(hall.anna, session)
    never_came = await standing.resident(hall.places.next_community, name="未来")
    run = await open_run(
        await a_course(hall.places.community, title="书法", name="书画社"), sessions=weeks(2, start=TEN)
    )
    for one in (hall.anna, never_came):
        await enrol(run.run_id, one.resident_id, "window", by=CLI)
    return hall, everybody


async def check_line(place: PlaceRow, line: RatesLine) -> None:
    for figure in ("regulars", "learners", "enrolled", "visits"):
        found = await asked(place, figure, only_here=line.is_unassigned)
        said = found.visits if figure == "visits" else found.persons
        assert said == getattr(line, figure), (line.name, figure)
        assert len({one.resident_id for one in found.people}) == found.persons
        assert sum(one.visits for one in found.people) == found.visits


async def test_every_figure_of_every_place_leads_to_exactly_its_people(database: Any) -> None:
    hall, _ = await a_year()
    places = hall.places
    whole = {one.code: one for one in (places.district, *places.streets, *sum(places.communities, ()))}
    for place in whole.values():
        for level in ("town_street", "community"):
            report = await rates_by_place(places.district.id, YEAR, level, place.id)
            for line in (*report.lines, report.total):
                await check_line(whole[line.code], line)
        for apart in ("outside", "under_age", "age_unknown", "place_unknown"):
            found = await asked(place, f"apart-{apart}")
            assert found.persons == getattr(report.apart, apart) == len(found.people), (place.name, apart)
    district = await rates_by_place(places.district.id, YEAR, "town_street", places.district.id)
    assert (district.total.regulars, district.total.enrolled, district.total.learners) == (1, 2, 3)


async def test_whose_home_is_only_known_as_the_district_stands_with_the_district_alone(database: Any) -> None:
    hall, _ = await a_full_hall()
    await value("UPDATE tally SET place = $1 WHERE resident = $2", hall.places.district.id, hall.anna.resident_id)
    assert (await asked(hall.places.district, "apart-place_unknown")).persons == 1
    assert (await asked(hall.places.street, "apart-place_unknown")).persons == 0
    report = await rates_by_place(hall.places.district.id, YEAR, "town_street", hall.places.district.id)
    assert report.apart.place_unknown == 1
    assert (await asked(hall.places.district, "learners")).persons == report.total.learners


async def test_names_are_masked_and_pages_follow_each_other(database: Any) -> None:
    hall, _ = await a_year()
    everybody = (await asked(hall.places.district, "learners", order="visits")).people
    assert [one.visits for one in everybody] == sorted((one.visits for one in everybody), reverse=True)
    assert everybody[0].name_masked == "安**" and everybody[0].place == hall.places.community.name
    counted = await counted_by(hall.places.district.id, YEAR)
    pages = [
        (await people_behind(hall.places.district, counted, "learners", order="visits", limit=1, offset=n)).people
        for n in range(4)
    ]
    assert [one for page in pages for one in page] == everybody


async def test_an_unknown_figure_or_order_is_refused(database: Any) -> None:
    hall, _ = await a_full_hall()
    with pytest.raises(Refusal, match="invalid_figure"):
        await asked(hall.places.street, "elders; --")
    with pytest.raises(Missing):
        await asked(hall.places.street, "learners", order="name; --")


async def test_her_year_says_what_the_lists_say(database: Any) -> None:
    hall, everybody = await a_year()
    district = hall.places.district.id
    counted = await counted_by(district, YEAR)
    for one in everybody:
        year = await person_year(one.resident_id, counted, district)
        visits = await visits_in(one.resident_id, YEAR, district)
        assert year.visits == sum(visit.counts for visit in visits)
        assert is_regular(year.sums, counted.rule) is (year.regular_since is not None)
    kinds = [(await person_year(one.resident_id, counted, district)).apart for one in everybody]
    assert kinds == [None, None, None, "under_age", "age_unknown", "outside"]
    assert await years_of(hall.anna.resident_id, district) == [(YEAR, hall.places.community.id)]


async def test_a_voided_attendance_stays_with_its_reason_and_counts_no_more(database: Any) -> None:
    hall, _ = await a_full_hall()
    attendance = await value("SELECT id FROM attendance WHERE resident = $1", hall.anna.resident_id)
    await void(attendance, reason="wrong person", by=hall.by)
    [visit] = await visits_in(hall.anna.resident_id, YEAR, hall.places.district.id)
    assert (visit.is_voided, visit.counts, visit.void_reason) == (True, False, "wrong person")
    assert (await asked(hall.places.street, "learners")).persons == 1


async def test_of_a_guest_only_what_was_here_is_shown(database: Any) -> None:
    hall, _ = await a_full_hall()
    other = await standing.place_tree("330110", "余杭区")
    guest = await standing.resident(other.community, name="客人")
    await hall.scan(guest)
    there = await open_run(
        await a_course(other.community),
        kind="lecture",
        entry="drop_in",
        sessions=weeks(1, start=TEN + timedelta(days=1)),
    )
    await record_sheet(there.session_ids[0], [guest.resident_id], by=CLI)
    assert len(await visits_in(guest.resident_id, YEAR, hall.places.district.id)) == 1
    assert len(await visits_in(guest.resident_id, YEAR, other.district.id)) == 2
    counted = await counted_by(hall.places.district.id, YEAR)
    assert (await person_year(guest.resident_id, counted, hall.places.district.id)).apart == "outside"


async def test_of_whom_nothing_is_counted_nothing_is_known(database: Any) -> None:
    hall, _ = await a_full_hall()
    unseen = await standing.resident(hall.places.community, name="未见", born_on=date(1950, 1, 1))
    with pytest.raises(Missing):
        await person_year(
            unseen.resident_id, await counted_by(hall.places.district.id, YEAR), hall.places.district.id
        )
    assert await years_of(unseen.resident_id, hall.places.district.id) == []
