"""GET /participation: the four numbers by place, and the strip of thresholds."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime
from typing import Annotated, Any

from litestar import get
from msgspec import Meta, Struct

from elderlearn.api.bodies import AnyRequest, read_query
from elderlearn.api.call import call
from elderlearn.api.guard import viewer
from elderlearn.api.reach import home, place_within
from elderlearn.api.words import Basis, Level, PeriodLabel
from elderlearn.ground.clock import local, today
from elderlearn.participation.lines import RatesLine
from elderlearn.participation.queries import rates_by_place
from elderlearn.participation.sensitivity import Step, sensitivity
from elderlearn.people.sign_in.who import SignedIn
from elderlearn.places.queries import PlaceRow, place_by_id

Code = Annotated[str, Meta(max_length=40)]


class SensitivityQuery(Struct):
    """Without `period` the current year, without `place` the token's own."""

    period: PeriodLabel | None = None
    place: Code | None = None


class ParticipationQuery(Struct):
    """The same, and the `level` of the lines."""

    period: PeriodLabel | None = None
    level: Level = "town_street"
    place: Code | None = None


class LineAnswer(Struct):
    """`elders` and `rate` (per cent, one decimal) are null without a figure for that basis."""

    code: str
    name: str
    elders: int | None
    elders_year: int | None
    elders_source: str | None
    visits: int
    learners: int
    regulars: int
    enrolled: int
    rate: float | None


class ApartAnswer(Struct):
    """Persons who came and enter no line and no rate, each in the first that fits."""

    outside: int
    under_age: int
    age_unknown: int
    place_unknown: int


class RuleAnswer(Struct):
    """What makes a regular here, by version."""

    version: int
    parameters: dict[str, Any]


class ParticipationAnswer(Struct):
    period: str
    rule: RuleAnswer
    basis: Basis
    as_of: datetime
    published: bool
    lines: list[LineAnswer]
    apart: ApartAnswer
    total: LineAnswer


class StepAnswer(Struct):
    at_least: int
    regulars: int
    rate: float | None


class SensitivityAnswer(Struct):
    """How many would be regulars with at least so many days, or class hours of 45 minutes."""

    period: str
    place: str
    elders: int | None
    elders_year: int | None
    days: list[StepAnswer]
    hours: list[StepAnswer]


@get(
    "/participation",
    opt=call(
        "read_reports",
        {200: ParticipationAnswer},
        asks=ParticipationQuery,
        refuses=("invalid_period",),
    ),
)
async def show_participation(request: AnyRequest) -> ParticipationAnswer:
    """Lines are the places of `level` within `place`; at community level each street has a line
    "not yet assigned" of its own code. `total` is of `place`. A place out of reach answers 404."""
    asked = read_query(request, ParticipationQuery)
    place = await _place(viewer(request), asked.place)
    found = await rates_by_place(place.district_id, asked.period or _this_year(), asked.level, place.id)
    return ParticipationAnswer(
        period=found.period,
        rule=RuleAnswer(found.rule_version, asdict(found.parameters)),
        basis=found.basis,  # type: ignore[arg-type]  # one of the two, by a Check of the table
        as_of=local(found.as_of),
        published=found.published,
        lines=[_line(one) for one in found.lines],
        apart=ApartAnswer(**asdict(found.apart)),
        total=_line(found.total),
    )


@get(
    "/participation/sensitivity",
    opt=call("read_reports", {200: SensitivityAnswer}, asks=SensitivityQuery, refuses=("invalid_period",)),
)
async def show_sensitivity(request: AnyRequest) -> SensitivityAnswer:
    """The strip of thresholds, so that the number survives any later definition."""
    asked = read_query(request, SensitivityQuery)
    place = await _place(viewer(request), asked.place)
    found = await sensitivity(place.district_id, asked.period or _this_year(), place.id)
    days, hours = _steps(found.days), _steps(found.hours)
    return SensitivityAnswer(found.period, found.place_code, found.elders, found.elders_year, days, hours)


async def _place(seen: SignedIn, code: str | None) -> PlaceRow:
    return await place_within(seen, code) if code else await place_by_id(home(seen))


def _this_year() -> str:
    return str(today().year)


def _line(one: RatesLine) -> LineAnswer:
    return LineAnswer(**{name: getattr(one, name) for name in LineAnswer.__struct_fields__})


def _steps(steps: tuple[Step, ...]) -> list[StepAnswer]:
    return [StepAnswer(one.at_least, one.regulars, one.rate) for one in steps]
