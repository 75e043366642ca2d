"""The year of docs/golden-example.md, built through public verbs: every number of the document is checked."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import pytest

from elderlearn.catalogue.schedule import Times
from elderlearn.checkin.close_run import close_run
from elderlearn.checkin.sheet import record_sheet
from elderlearn.checkin.void import void
from elderlearn.enrolment.enrol import enrol
from elderlearn.ground.clock import SHANGHAI
from elderlearn.ground.sql import rows, value
from elderlearn.participation.by_age import by_age
from elderlearn.participation.by_kind import by_kind
from elderlearn.participation.counted import counted_by
from elderlearn.participation.days_missing import days_missing
from elderlearn.participation.lines import RatesLine
from elderlearn.participation.person_year import person_year
from elderlearn.participation.queries import rates_by_place
from elderlearn.participation.rules import DEFAULT_RULE, persons_missing, rate
from elderlearn.participation.sensitivity import sensitivity
from elderlearn.people.register import register
from elderlearn.people.residents import NewResident
from elderlearn.places.elders import elders_of
from elderlearn.places.population import put_population
from elderlearn.places.queries import PlaceRow, ever_within
from elderlearn.stewardship.move_home import move_home
from tests import people_standing as standing
from tests.catalogue.runs_standing import a_course, open_run
from tests.people_standing import CLI, Places

DOCUMENT = Path(__file__).parents[2] / "docs/golden-example.md"
TARGET = 350  # per mille
Row = Mapping[str, str]


def tables() -> list[list[Row]]:
    """Every table of the document: rows by the words of its head."""
    found: list[list[Row]] = []
    for block in re.findall(r"(?:^\|.*\n)+", DOCUMENT.read_text(), re.M):
        head, _line, *body = [[cell.strip() for cell in one.strip("|\n").split("|")] for one in block.splitlines()]
        found.append([dict(zip(head, one, strict=True)) for one in body])
    return found


@dataclass(frozen=True)
class Golden:
    """Ids by the names of the document."""

    places: Places
    people: Mapping[str, int]

    def place(self, name: str) -> PlaceRow:
        streets = {"First street": self.places.street, "Second street": self.places.other_street}
        return ({"District": self.places.district} | streets | homes(self.places))[name]


@pytest.fixture
async def golden(database: Any) -> Golden:
    held, came, *_ = tables()
    places = await standing.place_tree()
    elders = re.findall(r"([12]-[12]) has (\d+)", DOCUMENT.read_text())
    lines = [(homes(places)[name].code, int(many)) for name, many in elders]
    await put_population(year=2025, basis="resident", source="sample", lines=lines, by=CLI)
    registered = [(places.street.code, 5), (places.other_street.code, 5)]
    await put_population(year=2025, basis="registered", source="sample", lines=registered, by=CLI)
    people = {one["Person"]: await _register(one, places) for one in came}
    for run in held:
        await _hold(run, came, people, places)
    wrong = await value("SELECT max(id) FROM attendance WHERE resident = $1", people["Sun"])
    await void(wrong, reason="it was her neighbour", by=CLI)
    await move_home(people["Feng"], homes(places)["2-2"].code, by=CLI)
    return Golden(places, people)


def homes(places: Places) -> dict[str, PlaceRow]:
    return {
        f"{street}-{no}": places.communities[street - 1][no - 1] for street, no in ((1, 1), (1, 2), (2, 1), (2, 2))
    }


async def _register(one: Row, places: Places) -> int:
    """Feng lives in 1-1 at first."""
    home = "1-1" if one["Person"] == "Feng" else one["Lives in"]
    code = "outside" if home == "outside" else homes(places)[home].code
    born_on = None if one["Born"] == "unknown" else date.fromisoformat(one["Born"])
    return (await register(NewResident(name=one["Person"], born_on=born_on, place_code=code), by=CLI)).resident_id


async def _hold(run: Row, came: Sequence[Row], people: Mapping[str, int], places: Places) -> None:
    """One run with its seats and attendances, closed at the end."""
    title, length = run["Run"], timedelta(minutes=int(run["Minutes"]))
    first = datetime.combine(date.fromisoformat(run["First day"]), time(14), SHANGHAI)
    times = tuple(
        Times(at, at + length)
        for at in (first + timedelta(days=int(run["Every"]) * no) for no in range(int(run["Meetings"])))
    )
    course = await a_course(homes(places)[run["Held in"]], title=title, name=title)
    changes: dict[str, Any] = {"seats": 20}
    if run["Entry"] != "enrol":
        changes = {"opens_at": None, "closes_at": None, "seats": None}
    added = await open_run(
        course,
        kind=run["Kind"],
        entry=run["Entry"],
        sessions=times,
        credited_minutes=int(run["Minutes"]),
        **changes,
    )
    for one in came:
        if title in one["Seats"]:
            await enrol(added.run_id, people[one["Person"]], "window", by=CLI)
    for no, session in enumerate(added.session_ids):
        here = [people[one["Person"]] for one in came if int(one[title]) > no]
        if here:
            await record_sheet(session, here, by=CLI)
    await close_run(added.run_id)


async def test_each_person_is_counted_as_the_document_says(golden: Golden) -> None:
    counted = await counted_by(golden.places.district.id, "2025")
    assert counted.rule == DEFAULT_RULE
    listed = tables()[2]
    for one in listed:
        year = await person_year(golden.people[one["Person"]], counted, golden.places.district.id)
        assert {
            "Person": one["Person"],
            "Visits": str(year.visits),
            "Days": str(year.sums.days),
            "Minutes": str(year.sums.minutes),
            "Completed": str(year.sums.completed_runs),
            "Regular since": str(year.regular_since or ""),
            "Apart": year.apart or "",
        } == one
    assert set(golden.people) - {one["Person"] for one in listed} == {"Wei"}
    short = {name: (await person_year(golden.people[name], counted, golden.places.district.id)).sums
             for name in ("Sun", "Li")}  # fmt: skip
    assert [days_missing(short[name], counted.rule) for name in ("Sun", "Li")] == [1, 2]


async def test_the_report_says_every_number_of_the_document(golden: Golden) -> None:
    for one in tables()[3]:
        total = await line(golden, one["Place"])
        assert {
            "Place": one["Place"],
            "Elders": str(total.elders),
            "Visits": str(total.visits),
            "Learners": str(total.learners),
            "Regulars": str(total.regulars),
            "Enrolled": str(total.enrolled),
            "Rate": str(total.rate),
        } == one
    district = await line(golden, "District")
    assert persons_missing(district.regulars, district.elders, TARGET) == 1


async def test_ages_kinds_and_thresholds_are_those_of_the_document(golden: Golden) -> None:
    district = golden.places.district
    ages, kinds, thresholds = tables()[4:7]
    counted, places = await counted_by(district.id, "2025"), await ever_within(district.id)
    assert ages == [
        {"Age": one.band.name, "Learners": str(one.both.learners), "Regulars": str(one.both.regulars)}
        for one in await by_age(places, district.id, counted)
    ]
    assert kinds == [
        {"Kind": one.kind, "Visits": str(one.visits), "Learners": str(one.learners)}
        for one in await by_kind(places, district.id, counted)
    ]
    strip = await sensitivity(district.id, "2025", district.id)
    assert thresholds == [
        {"Threshold": f"{one.at_least} {unit}", "Persons": str(one.regulars)}
        for unit, steps in (("days", strip.days), ("hours", strip.hours))
        for one in steps
    ]


async def test_the_wrong_ways_would_have_claimed_what_the_document_says(golden: Golden) -> None:
    """None of them is a figure of the product: they are counted here, straight from the rows."""
    district = await line(golden, "District")
    district_id = golden.places.district.id
    regular = "SELECT count(*) FROM tally WHERE regular_since IS NOT NULL"
    registered = (await elders_of({district_id}, 2025, "registered"))[district_id].elders
    counted = [
        await value("SELECT count(*) FROM enrolment WHERE state = 'seated'"),
        await value(f"{regular} AND residence = 'inside' AND born_on IS NOT NULL"),
        await value(regular),
        district.regulars,
        district.learners,
        district.visits,
    ]
    divided = [registered if number == 3 else district.elders for number in range(6)]
    found = [
        {"Counted": str(many), "Divided by": str(by), "Claimed": str(rate(many, by))}
        for many, by in zip(counted, divided, strict=True)
    ]
    assert [{name: said for name, said in one.items() if name != "Wrong way"} for one in tables()[7]] == found
    assert str(district.rate) not in {one["Claimed"] for one in found}
    assert f"{district.regulars} of {district.elders}, {district.rate} %" in DOCUMENT.read_text()


async def line(golden: Golden, name: str) -> RatesLine:
    place = golden.place(name)
    return (await rates_by_place(golden.places.district.id, "2025", place.level, place.id)).total


async def test_the_district_is_its_streets_and_these_their_communities(golden: Golden) -> None:
    assert len(await rows("SELECT FROM tally")) == len(tables()[2])
    for whole, parts in (("District", ("First street", "Second street")), ("First street", ("1-1", "1-2"))):
        total, below = await line(golden, whole), [await line(golden, one) for one in parts]
        for figure in ("visits", "learners", "regulars", "enrolled"):
            assert getattr(total, figure) == sum(getattr(one, figure) for one in below)
