"""The people behind a figure: exactly those the report counted, by masked name."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import date

from elderlearn.ground.errors import Missing, Refusal
from elderlearn.ground.sql import rows, stream
from elderlearn.participation.apart import APART
from elderlearn.participation.counted import Counted
from elderlearn.participation.narrowed import EVERYBODY, Narrowed
from elderlearn.people.names import masked_name
from elderlearn.places.queries import PlaceRow, ever_within

# $1 are the places, $4 is the district itself, $5 says that everybody of the district is asked for.
LIVED = "residence = 'inside' AND born_on <= $3 AND place = ANY($1::bigint[]) AND place <> $4"
CAME = "visits > 0 AND ($5 OR place = ANY($1::bigint[]))"
FIGURES = {
    "regulars": f"{LIVED} AND regular_since IS NOT NULL",
    "learners": f"{LIVED} AND visits > 0",
    "visits": f"{LIVED} AND visits > 0",
    "enrolled": LIVED,
    **{f"apart-{name}": f"{CAME} AND {condition}" for name, condition in APART.items()},
}
ORDERS = {
    "hours": "minutes DESC, days DESC, visits DESC",
    "days": "days DESC, minutes DESC",
    "visits": "visits DESC, minutes DESC",
    "since": "regular_since DESC NULLS LAST, minutes DESC",
    "born": "born_on NULLS LAST",
    "place": "code NULLS LAST, minutes DESC",
}
COLUMNS = "residence, place, born_on"
SUMS = "visits, days, minutes, completed_runs, regular_since"
TALLIED = f"SELECT resident, {COLUMNS}, {SUMS} FROM tally WHERE period = $2"
SEATED = f"""SELECT e.resident, {", ".join(f"e.{one}" for one in COLUMNS.split(", "))},
    coalesce(t.visits, 0) AS visits, coalesce(t.days, 0) AS days, coalesce(t.minutes, 0) AS minutes,
    coalesce(t.completed_runs, 0) AS completed_runs, t.regular_since
    FROM enrolled_period e LEFT JOIN tally t ON t.period = e.period AND t.resident = e.resident
    WHERE e.period = $2"""


@dataclass(frozen=True)
class Counts:
    """One person as she was counted; `minutes` in the kinds that count, capped by the day.

    `place` none: she lives elsewhere, or nobody knows where.
    """

    resident_id: int
    name_masked: str
    born_on: date | None = field(repr=False)
    place: str | None
    visits: int
    days: int
    minutes: int
    regular_since: date | None


@dataclass(frozen=True)
class Behind:
    """One page of the people. `visits` of all `persons` together."""

    people: list[Counts]
    persons: int
    visits: int


async def people_behind(
    place: PlaceRow,
    counted: Counted,
    figure: str,
    *,
    only_here: bool = False,
    only: Narrowed = EVERYBODY,
    order: str = "hours",
    limit: int = 50,
    offset: int = 0,
) -> Behind:
    """`figure` is one of FIGURES; its persons (of visits: its visits) are those of the report.

    `only_here` leaves out whoever lives in a place below: the street's line "not yet assigned".
    Raises Refusal('invalid_figure'), Missing for an unknown order, band, sex or kind.
    """
    found = _behind(figure, only.condition(counted))
    asked = await _asked(place, counted, only_here=only_here)
    people = await rows(f"{found} {_lines(order)}", *asked, limit, offset)
    [sums] = await rows(
        f"{found} SELECT count(*) AS persons, coalesce(sum(visits), 0)::bigint AS visits FROM behind", *asked
    )
    return Behind([_counts(dict(one)) for one in people], sums["persons"], sums["visits"])


async def all_behind(
    place: PlaceRow,
    counted: Counted,
    figure: str,
    *,
    only_here: bool = False,
    only: Narrowed = EVERYBODY,
    order: str = "hours",
) -> AsyncIterator[Counts]:
    """The same people, one after the other to the last."""
    statement = f"{_behind(figure, only.condition(counted))} {_lines(order)}"
    async for one in stream(statement, *await _asked(place, counted, only_here=only_here), None, 0):
        yield _counts(dict(one))


def _behind(figure: str, narrowed: str) -> str:
    if figure not in FIGURES:
        raise Refusal("invalid_figure", figure=figure[:20])
    return f"""WITH known AS (
            SELECT k.*, place IS NULL OR place = $4 AS is_unplaced
            FROM ({SEATED if figure == "enrolled" else TALLIED}) k
        ), behind AS (SELECT * FROM known WHERE {FIGURES[figure]} AND {narrowed} AND $3::date IS NOT NULL
            AND $1::bigint[] IS NOT NULL AND $5::boolean IS NOT NULL)"""


def _lines(order: str) -> str:
    if order not in ORDERS:
        raise Missing
    in_order = f"ORDER BY {ORDERS[order]}, b.resident"
    # Names are looked up for those of this page, not for everybody who is put in order.
    return f""", here AS (SELECT b.*, p.name AS home, p.code FROM behind b LEFT JOIN place p ON p.id = b.place
            {in_order} LIMIT $6::bigint OFFSET $7::bigint)
        SELECT b.resident AS resident_id, r.name, b.born_on, b.home AS place, b.visits, b.days,
            b.minutes, b.regular_since
        FROM here b JOIN resident r ON r.id = b.resident {in_order}"""


async def _asked(place: PlaceRow, counted: Counted, *, only_here: bool) -> tuple[object, ...]:
    places = [place.id] if only_here else await ever_within(place.id)
    is_all = place.id == place.district_id and not only_here
    return places, counted.period_id, counted.born_by, place.district_id, is_all


def _counts(columns: dict[str, object]) -> Counts:
    name = columns.pop("name")
    return Counts(name_masked=masked_name(name if isinstance(name, str) else None), **columns)  # type: ignore[arg-type]  # a database row has no types
