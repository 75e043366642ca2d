"""The report: the four numbers, elders and rate by place. Nobody is counted twice, nobody is hidden in a rest."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from asyncpg import Record

from elderlearn.ground.clock import now
from elderlearn.ground.errors import Missing
from elderlearn.ground.sql import row, rows
from elderlearn.participation.apart import APART
from elderlearn.participation.counted import Counted, counted_by, place_in
from elderlearn.participation.lines import Figures, PlaceFigures, RatesLine, lines_of, total_of
from elderlearn.participation.rules import Rule
from elderlearn.places.elders import elders_of
from elderlearn.places.queries import PlaceRow, ever_within

LIVED = "residence = 'inside' AND born_on <= $3"


@dataclass(frozen=True)
class Apart:
    """Persons with a visit who enter no line and no rate, each in the first that fits.

    Outsiders and people of unknown place belong to a district as a whole: 0 in the report of a street.
    """

    outside: int
    under_age: int
    age_unknown: int
    place_unknown: int


@dataclass(frozen=True)
class Rates:
    """A report of one place and period. `published` is for frozen years; this one is live, as of `as_of`."""

    period: str
    rule_version: int
    parameters: Rule
    basis: str
    as_of: datetime
    published: bool
    lines: tuple[RatesLine, ...]
    apart: Apart
    total: RatesLine


async def rates_by_place(district_id: int, label: str, level: str, place_id: int) -> Rates:
    """Residents old enough by residence, wherever they attended; lines are places of `level` within the place.

    Zeros for a year without attendances. Raises Missing for a place of another district,
    Refusal('invalid_period'), Refusal('invalid_level').
    """
    place = await place_in(district_id, place_id, level)
    counted = await counted_by(district_id, label)
    places = await figures_within(place, counted)
    own = next((one for one in places if one.id == place.id), None)
    if own is None:
        raise Missing
    asked = {one.id for one in places if one.level == level} | {place.id}
    elders = await elders_of(asked, counted.year, counted.basis)
    return Rates(
        period=counted.label,
        rule_version=counted.rule_version,
        parameters=counted.rule,
        basis=counted.basis,
        as_of=now(),
        published=False,
        lines=tuple(lines_of(places, level, elders)),
        apart=await apart_of(
            await ever_within(place.id), place.district_id, counted, whole=place.id == place.district_id
        ),
        total=total_of(own, places, elders.get(place.id)),
    )


async def figures_within(place: PlaceRow, counted: Counted) -> list[PlaceFigures]:
    """The place and all below it, each with the figures of the elders at home exactly there."""
    places = await ever_within(place.id)
    asked = (counted.period_id, places, counted.born_by)
    lived = f"period = $1 AND place = ANY($2::bigint[]) AND {LIVED}"
    sums = await rows(
        f"""SELECT place, sum(visits) AS visits, count(*) FILTER (WHERE visits > 0) AS learners,
            count(regular_since) AS regulars FROM tally WHERE {lived} GROUP BY place""",
        *asked,
    )
    seats = await rows(f"SELECT place, count(*) FROM enrolled_period WHERE {lived} GROUP BY place", *asked)
    return await _named(places, {one["place"]: one for one in sums}, dict(map(tuple, seats)))


async def _named(
    places: Sequence[int], sums: Mapping[int, Record], seats: Mapping[int, int]
) -> list[PlaceFigures]:
    """By code. Nobody is counted at home in the district itself: no street could count her."""
    found = await rows(
        """SELECT id, code, name, level, parent, valid_to IS NULL AS is_valid FROM place
        WHERE id = ANY($1::bigint[]) ORDER BY code""",
        list(places),
    )
    return [
        PlaceFigures(
            one["id"], one["code"], one["name"], one["level"], one["parent"], one["is_valid"],
            Figures() if one["level"] == "district" else _figures(sums.get(one["id"]), seats.get(one["id"], 0)),
        )
        for one in found
    ]  # fmt: skip


def _figures(sums: Record | None, enrolled: int) -> Figures:
    if sums is None:
        return Figures(enrolled=enrolled)
    return Figures(int(sums["visits"]), sums["learners"], sums["regulars"], enrolled)


async def apart_of(places: Sequence[int], district_id: int, counted: Counted, *, whole: bool) -> Apart:
    """Of the places, or with `whole` of everybody in the period.

    Looked for only among those who are not at home in a place below the district and old enough.
    """
    counts = ", ".join(f"count(*) FILTER (WHERE {one}) AS {name}" for name, one in APART.items())
    whose = "$1::bigint[] IS NOT NULL" if whole else "place = ANY($1::bigint[])"
    found = await row(
        f"""SELECT {counts} FROM (
            SELECT residence, born_on, place IS NULL OR place = $4 AS is_unplaced FROM tally
            WHERE period = $2 AND {whose} AND visits > 0 AND (born_on > $3 OR born_on IS NULL OR place IS NULL
                OR place = $4 OR residence <> 'inside')) came""",
        list(places),
        counted.period_id,
        counted.born_by,
        district_id,
    )
    return Apart(**found) if found else Apart(0, 0, 0, 0)
