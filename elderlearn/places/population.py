"""Official numbers of elders, place by place."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from elderlearn.ground import trail
from elderlearn.ground.actor import Actor
from elderlearn.ground.clock import now
from elderlearn.ground.errors import Refusal
from elderlearn.ground.sql import rows
from elderlearn.ground.unit_of_work import unit_of_work
from elderlearn.places.queries import PlaceRow, places_by_codes

BASES = ("resident", "registered")
FIRST_YEAR, LAST_YEAR = 1990, 2100
MOST_ELDERS = 100_000_000  # a province has 14 million (domain.md section 8); more is a slip of the finger
LONGEST_SOURCE = 100


@dataclass(frozen=True)
class Figure:
    place: PlaceRow
    elders: int
    was: int | None


async def put_population(
    *, year: int, basis: str, source: str, lines: Sequence[tuple[str, int]], by: Actor
) -> int:
    """How many lines hold now: `(code, elders)` become the preferred figures of this year and basis.

    Older figures stay as history; the same figure of the same source again changes nothing. All or nothing.
    Refusals: unknown_place(place_code), place_twice(place_code), invalid_year, invalid_basis, invalid_source,
    invalid_elders(place_code).
    """
    source = source.strip()
    _check(year, basis, source, lines)
    async with unit_of_work():
        places = await places_by_codes(code for code, _ in lines)
        for code, _ in lines:
            if code not in places:
                raise Refusal("unknown_place", place_code=code)
        await put_figures(
            [(places[code], elders) for code, elders in lines], year=year, basis=basis, source=source, by=by
        )
    return len(lines)


async def put_figures(
    lines: Sequence[tuple[PlaceRow, int]], *, year: int, basis: str, source: str, by: Actor, dry_run: bool = False
) -> list[Figure]:
    """Inside the open unit of work: what differs from the preferred figures, and is replaced unless `dry_run`."""
    wanted = {place.id: (place, elders) for place, elders in lines}
    changes = await _changes(wanted, year, basis, source)
    if changes and not dry_run:
        await _replace(changes, year, basis, source, by)
    return changes


def _check(year: int, basis: str, source: str, lines: Sequence[tuple[str, int]]) -> None:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise Refusal("invalid_year", year=year)
    if basis not in BASES:
        raise Refusal("invalid_basis", basis=basis)
    if not 0 < len(source) <= LONGEST_SOURCE or not source.isprintable():
        raise Refusal("invalid_source")
    seen: set[str] = set()
    for code, elders in lines:
        if code in seen:
            raise Refusal("place_twice", place_code=code)
        if not 0 <= elders <= MOST_ELDERS:
            raise Refusal("invalid_elders", place_code=code)
        seen.add(code)


async def _changes(wanted: dict[int, tuple[PlaceRow, int]], year: int, basis: str, source: str) -> list[Figure]:
    """What differs from the preferred figures, in the order of place ids.

    The places stay locked to the end, so that two callers replace one after the other and never deadlock.
    """
    ids = sorted(wanted)
    await rows("SELECT id FROM place WHERE id = ANY($1::bigint[]) ORDER BY id FOR NO KEY UPDATE", ids)
    found = await rows(
        """SELECT place, elders, source FROM elder_population
        WHERE place = ANY($1::bigint[]) AND year = $2 AND basis = $3 AND is_preferred""",
        ids,
        year,
        basis,
    )
    now_preferred = {one["place"]: (one["elders"], one["source"]) for one in found}
    return [
        Figure(place, elders, now_preferred.get(id, (None, None))[0])
        for id, (place, elders) in sorted(wanted.items())
        if now_preferred.get(id) != (elders, source)
    ]


async def _replace(changes: list[Figure], year: int, basis: str, source: str, by: Actor) -> None:
    ids = [one.place.id for one in changes]
    await rows(
        """UPDATE elder_population SET is_preferred = false
        WHERE place = ANY($1::bigint[]) AND year = $2 AND basis = $3 AND is_preferred""",
        ids,
        year,
        basis,
    )
    added = await rows(
        """INSERT INTO elder_population (place, year, basis, source, elders, is_preferred, recorded_at, by_staff)
        SELECT n.place, $3, $4, $5, n.elders, true, $6, $7
        FROM unnest($1::bigint[], $2::int[]) AS n (place, elders) RETURNING id, place""",
        ids,
        [one.elders for one in changes],
        year,
        basis,
        source,
        now(),
        by.id if by.kind == "staff" else None,
    )
    row_ids = {one["place"]: one["id"] for one in added}
    grouped: defaultdict[int, list[tuple[int | None, dict[str, object]]]] = defaultdict(list)
    for one in changes:
        detail = {"code": one.place.code, "year": year, "basis": basis, "source": source}
        counted = {"elders": one.elders, "was": one.was}
        grouped[one.place.district_id].append((row_ids[one.place.id], detail | counted))
    for district, those in sorted(grouped.items()):
        await trail.note_many(
            "put_population", by=by, subject="elder_population", changes=those, district=district
        )
