"""Which period, rule and birth date a report counts by; a year nobody attended yet has the default rule."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from elderlearn.ground.errors import Missing, Refusal
from elderlearn.participation.rules import DEFAULT_RULE, Rule, born_by
from elderlearn.places.labels import span_of
from elderlearn.places.periods import Period, period_by_label
from elderlearn.places.queries import PlaceRow, place_by_id

LEVELS = ("district", "town_street", "community")


@dataclass(frozen=True)
class Counted:
    """`period_id` is 0 when nothing was counted yet; who was born by `born_by` is an elder on `reference_on`."""

    period_id: int
    label: str
    rule: Rule
    rule_version: int
    basis: str
    year: int
    born_by: date
    reference_on: date


async def counted_by(district_id: int, label: str) -> Counted:
    """Raises Refusal('invalid_period')."""
    span = span_of(label)
    try:
        period = await period_by_label(district_id, label)
    except Missing:
        return _counted(0, span.label, DEFAULT_RULE, 1, "resident", span.reference_on)
    return _counted(
        period.id, period.label, rule_of(period), period.rule_version, period.basis, period.reference_on
    )


async def place_in(district_id: int, place_id: int, level: str) -> PlaceRow:
    """The place of a report. Raises Missing when it lies in another district, Refusal('invalid_level')."""
    if level not in LEVELS:
        raise Refusal("invalid_level", level=level[:20])
    place = await place_by_id(place_id)
    if place.district_id != district_id:
        raise Missing
    return place


def rule_of(period: Period) -> Rule:
    """The parameters a period is counted by."""
    return Rule(
        elder_age=period.elder_age,
        day_cap_minutes=period.day_cap_minutes,
        hours_minutes=period.hours_minutes,
        hours_days=period.hours_days,
        days=period.days,
        completed_minutes=period.completed_minutes,
        needs_all=period.needs_all,
        kinds=period.kinds,
        weights=period.weights,
        online_most_minutes=period.online_most_minutes,
    )


def _counted(id: int, label: str, rule: Rule, version: int, basis: str, reference_on: date) -> Counted:
    return Counted(id, label, rule, version, basis, reference_on.year, born_by(reference_on, rule.elder_age),
                   reference_on)  # fmt: skip
