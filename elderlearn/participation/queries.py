"""The report: the four numbers, elders and rate by place. Nobody is counted twice, nobody is hidden in a rest."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from elderlearn.ground.clock import now
from elderlearn.ground.errors import Missing
from elderlearn.ground.sql import row, rows
from elderlearn.participation.apart import APART
from elderlearn.participation.counted import Counted, counted_by, place_in
from elderlearn.participation.lines import Figures, PlaceFigures, RatesLine, lines_of, total_of
from elderlearn.participation.rules import Rule
from elderlearn.places.elders import elders_of
from elderlearn.places.inside import INSIDE
from elderlearn.places.queries import PlaceRow


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
        apart=await _apart(place, counted),
        total=total_of(own, places, elders.get(place.id)),
    )


async def figures_within(place: PlaceRow, counted: Counted) -> list[PlaceFigures]:
    """The place and all below it, each with the figures of the elders at home exactly there."""
    found = await rows(
        f"""WITH RECURSIVE {INSIDE}, counted AS (
            SELECT place, sum(visits) AS visits, count(*) FILTER (WHERE visits > 0) AS learners,
                count(regular_since) AS regulars, 0 AS enrolled
            FROM tally WHERE period = $2 AND residence = 'inside' AND born_on <= $3 GROUP BY place
            UNION ALL
            SELECT place, 0, 0, 0, count(*)
            FROM enrolled_period WHERE period = $2 AND residence = 'inside' AND born_on <= $3 GROUP BY place)
        SELECT p.id, p.code, p.name, p.level, p.parent, p.valid_to IS NULL AS is_valid,
            coalesce(sum(c.visits), 0)::bigint AS visits, coalesce(sum(c.learners), 0)::bigint AS learners,
            coalesce(sum(c.regulars), 0)::bigint AS regulars, coalesce(sum(c.enrolled), 0)::bigint AS enrolled
        FROM inside JOIN place p USING (id)
        LEFT JOIN counted c ON c.place = p.id AND p.level <> 'district'
        GROUP BY p.id ORDER BY p.code""",
        place.id,
        counted.period_id,
        counted.born_by,
    )
    return [
        PlaceFigures(
            one["id"], one["code"], one["name"], one["level"], one["parent"], one["is_valid"],
            Figures(one["visits"], one["learners"], one["regulars"], one["enrolled"]),
        )
        for one in found
    ]  # fmt: skip


async def _apart(place: PlaceRow, counted: Counted) -> Apart:
    counts = ", ".join(f"count(*) FILTER (WHERE {one}) AS {name}" for name, one in APART.items())
    found = await row(
        f"""WITH RECURSIVE {INSIDE}, came AS (
            SELECT residence, born_on, place IS NULL OR place = $4 AS is_unplaced FROM tally
            WHERE period = $2 AND visits > 0 AND ($1 = $4 OR place IN (SELECT id FROM inside)))
        SELECT {counts} FROM came""",
        place.id,
        counted.period_id,
        counted.born_by,
        place.district_id,
    )
    return Apart(**found) if found else Apart(0, 0, 0, 0)
