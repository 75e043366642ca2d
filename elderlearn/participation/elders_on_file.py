"""Asking for the figures of elders as they were written down, with who did, and for what does not fit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from elderlearn.ground.clock import today
from elderlearn.ground.sql import rows
from elderlearn.participation.counted import counted_by
from elderlearn.participation.elders_alarms import Alarm, OnFile, alarms_of
from elderlearn.participation.elders_gaps import Gap, gaps_of
from elderlearn.participation.queries import figures_within
from elderlearn.places.elders import elders_of
from elderlearn.places.periods import active_periods
from elderlearn.places.queries import PlaceRow, list_places, place_by_id


@dataclass(frozen=True)
class Entry:
    """A figure in the history of a place; `was` is the one written down before it for the same year and basis."""

    id: int
    year: int
    basis: str
    source: str
    elders: int
    was: int | None
    is_preferred: bool
    recorded_at: datetime
    by_name: str | None


@dataclass(frozen=True)
class Settled:
    """Somebody said that it is right as it is; an empty note: while typing the figures in."""

    alarm: Alarm
    note: str
    at: datetime
    by_name: str | None


@dataclass(frozen=True)
class Checked:
    """What is on file of a district: its places by code, every figure, what does not fit, what is missing."""

    places: Sequence[PlaceRow]
    on_file: Sequence[OnFile]
    alarms: Sequence[Alarm]
    settled: Sequence[Settled]
    gaps: Sequence[Gap]


async def history_of(place_id: int) -> list[Entry]:
    """The latest year first, the latest figure of it first; nothing is ever left out."""
    found = await rows(
        """SELECT e.id, e.year, e.basis, e.source, e.elders, e.is_preferred, e.recorded_at, s.name AS by_name,
            lag(e.elders) OVER (PARTITION BY e.year, e.basis ORDER BY e.id) AS was
        FROM elder_population e LEFT JOIN staff s ON s.id = e.by_staff
        WHERE e.place = $1 ORDER BY e.year DESC, e.basis, e.id DESC""",
        place_id,
    )
    return [Entry(**one) for one in found]


async def figures_on_file(district_id: int) -> list[OnFile]:
    """All of the district and its places, the latest last."""
    found = await rows(
        """SELECT e.place AS place_id, e.year, e.basis, e.source, e.elders, e.is_preferred
        FROM elder_population e JOIN place p ON p.id = e.place WHERE p.district = $1 ORDER BY e.id""",
        district_id,
    )
    return [OnFile(*one) for one in found]


async def checked(district_id: int) -> Checked:
    """Everything, also whether somewhere more people take part regularly than elders live there.

    Figures are wanted for the last year, and for all that were counted and have ended.
    """
    places = await _tree(district_id)
    on_file = await figures_on_file(district_id)
    parents = _parents(places)
    alarms = alarms_of(parents, on_file) + [one for one in await _over(district_id) if one.place_id in parents]
    settled = await _settled(district_id)
    years = await active_periods(district_id)
    wanted = {(one.reference_on.year, one.basis) for one in years if one.ends_on < today()}
    wanted.add((today().year - 1, years[0].basis if years else "resident"))
    return Checked(
        places,
        on_file,
        [one for one in alarms if one.key not in settled],
        [Settled(one, *settled[one.key]) for one in alarms if one.key in settled],
        gaps_of(parents, on_file, wanted),
    )


async def open_alarms(district_id: int) -> list[Alarm]:
    """Of the figures alone and nothing counted, so that every report can ask."""
    parents = _parents(await _tree(district_id))
    settled = await _settled(district_id)
    found = alarms_of(parents, await figures_on_file(district_id))
    return [one for one in found if one.key not in settled] if settled else found


async def _tree(district_id: int) -> list[PlaceRow]:
    return await list_places(within=district_id)


def _parents(places: Sequence[PlaceRow]) -> dict[int, int | None]:
    return {one.id: one.parent_id for one in places}


async def _settled(district_id: int) -> dict[str, tuple[str, datetime, str | None]]:
    found = await rows(
        """SELECT a.alarm, a.note, a.at, s.name FROM settled_alarm a LEFT JOIN staff s ON s.id = a.by_staff
        WHERE a.district = $1""",
        district_id,
    )
    return {one["alarm"]: (one["note"], one["at"], one["name"]) for one in found}


async def _over(district_id: int) -> list[Alarm]:
    """More regulars than elders, in every year that is counted."""
    district, found = await place_by_id(district_id), []
    for period in await active_periods(district_id):
        counted = await counted_by(district_id, period.label)
        regulars: dict[int, int] = {}
        places = await figures_within(district, counted)
        parents = {one.id: one.parent_id for one in places}
        for one in places:
            above: int | None = one.id
            while above is not None and above in parents:
                regulars[above] = regulars.get(above, 0) + one.figures.regulars
                above = parents[above]
        some = [place for place, many in regulars.items() if many]
        elders = await elders_of(some, counted.year, counted.basis)
        found += [
            Alarm("over", place, elders[place].year, counted.basis, (regulars[place], elders[place].elders),
                  (period.label,))
            for place in some
            if place in elders and regulars[place] > elders[place].elders
        ]  # fmt: skip
    return found
