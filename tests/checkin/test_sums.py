"""Whatever happens, the kept sums equal a recount, and a second way of counting."""

from __future__ import annotations

from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from elderlearn.checkin.recount import differences, recount
from elderlearn.enrolment.recount import differences as enrolled_differences
from elderlearn.ground.sql import rows
from elderlearn.participation.queries import rates_by_place
from elderlearn.places.queries import PlaceRow
from tests.checkin import brute_force
from tests.checkin.year import Year, a_year

NUMBER = st.integers(0, 63)
STEPS = st.lists(
    st.tuples(
        st.sampled_from(
            [
                "scan",
                "scan",
                "scan",
                "paper",
                "paper",
                "void",
                "call_off",
                "hold",
                "move",
                "close",
                "go_home",
                "merge",
                "merge",
                "rule",
                "unmerge",
            ]
        ),
        NUMBER,
        NUMBER,
        NUMBER,
    ),
    min_size=4,
    max_size=22,
)
_years: dict[str, Year] = {}


@settings(
    max_examples=30,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(steps=STEPS)
async def test_sums_equal_a_recount_and_a_second_way_of_counting(
    database: Any, steps: list[tuple[str, int, int, int]]
) -> None:
    year = _years.get(database.name) or await a_year(database)
    _years[database.name] = year
    await year.begin_again()
    for step in steps:
        await year.do(*step)
    await _check_sums()
    found = await differences()
    assert not found, found
    assert await enrolled_differences() == []
    for place in (year.here.district, year.there.district):
        await _check_report(place)


async def test_a_recount_from_nothing_gives_what_was_kept(database: Any) -> None:
    year = await a_year(database)
    await year.begin_again()
    for number in range(24):
        await year.do("paper", 0, number, 63 - number)
    await year.do("close", 0, 0, 0)
    before = await _kept()
    assert len(before["tally"]) > 6
    assert before["run_completion"]
    await database.execute("TRUNCATE attended_day, tally, tally_by_organisation, run_completion")
    await recount()
    assert await _kept() == before


async def test_differences_name_a_wrong_a_missing_and_a_needless_row(database: Any) -> None:
    year = await a_year(database)
    await year.begin_again()
    await year.do("paper", 0, 0, 63)
    await database.execute("UPDATE tally SET visits = visits + 1 WHERE resident = $1", year.people[0].resident_id)
    await database.execute("DELETE FROM attended_day WHERE resident = $1", year.people[1].resident_id)
    await database.execute(
        """INSERT INTO tally_by_organisation (resident, period, organisation, kind, visits, minutes)
        SELECT $1, min(id), 999999, 'class', 7, 8 FROM stat_period""",
        year.people[2].resident_id,
    )
    found = await differences()
    assert found
    assert found.rows["attended_day"] == 1
    assert found.rows["tally_by_organisation"] == 1
    assert found.rows["tally"] >= 1
    assert {one.kept is None for one in found.shown if one.table == "attended_day"} == {True}
    assert "1955" in str(found) and "1955-03-08" not in str(found), "no full birth date on screens and in logs"
    await recount()
    assert not await differences()


async def _check_sums() -> None:
    known = await brute_force.facts()
    kept = await _kept()
    assert kept["run_completion"] == brute_force.completed(known)
    assert kept["attended_day"] == brute_force.days(known)
    assert kept["tally"] == brute_force.tallies(known)
    assert kept["tally_by_organisation"] == brute_force.by_organisation(known)


async def _kept() -> dict[str, Any]:
    async def table(statement: str, key: int) -> dict[tuple[Any, ...], tuple[Any, ...]]:
        return {tuple(one.values())[:key]: tuple(one.values())[key:] for one in await rows(statement)}

    return {
        "run_completion": {
            tuple(one.values()) for one in await rows("SELECT run, resident, on_date FROM run_completion")
        },
        "attended_day": await table(
            "SELECT resident, on_date, kind, district, minutes, visits FROM attended_day", 4
        ),
        "tally": await table(
            """SELECT period, resident, residence, place, born_on, visits, days, minutes, completed_runs,
                regular_since, online_minutes FROM tally""",
            2,
        ),
        "tally_by_organisation": await table(
            "SELECT period, organisation, resident, kind, visits, minutes FROM tally_by_organisation", 4
        ),
    }


async def _check_report(district: PlaceRow) -> None:
    """Streets add up to the district, communities and those not assigned to their street, persons to persons."""
    known = await brute_force.facts()
    tallies = brute_force.tallies(known)
    for period in [one for one in known.periods if one["district"] == district.id]:
        by_street = await rates_by_place(district.id, period["label"], "town_street", district.id)
        by_community = await rates_by_place(district.id, period["label"], "community", district.id)
        born_by = period["reference_on"].replace(year=period["reference_on"].year - period["elder_age"])
        elders = [
            one for (of, _), one in tallies.items()
            if of == period["id"] and one[0] == "inside" and one[2] is not None and one[2] <= born_by
        ]  # fmt: skip
        assert by_street.total.visits == sum(one[3] for one in elders)
        assert by_street.total.learners == sum(one[3] > 0 for one in elders)
        assert by_street.total.regulars == sum(one[7] is not None for one in elders)
        for figure in ("visits", "learners", "regulars", "enrolled"):
            total = getattr(by_street.total, figure)
            assert total == sum(getattr(line, figure) for line in by_street.lines)
            assert total == sum(getattr(line, figure) for line in by_community.lines)
        for street in by_street.lines:
            within = [line for line in by_community.lines if line.code[:9] == street.code[:9]]
            assert street.visits == sum(line.visits for line in within)
            assert street.enrolled == sum(line.enrolled for line in within)
        apart = by_street.apart
        everybody = sum(1 for (of, _), one in tallies.items() if of == period["id"] and one[3] > 0)
        beside = apart.outside + apart.under_age + apart.age_unknown + apart.place_unknown
        assert by_street.total.learners + beside == everybody
