"""The kinds of files, each with its columns, its verb, and the permission it takes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from elderlearn.catalogue import import_courses as courses
from elderlearn.checkin import import_attendances as attendances
from elderlearn.ground.actor import Actor
from elderlearn.ground.errors import Refusal
from elderlearn.ground.spreadsheets.layout import Layout
from elderlearn.ground.spreadsheets.outcome import NOBODY, Outcome, Watch
from elderlearn.ground.spreadsheets.read_apart import read_apart
from elderlearn.ground.spreadsheets.sheet import Sheet
from elderlearn.people import import_residents as residents
from elderlearn.places import import_place_list as places
from elderlearn.places import import_population as population
from elderlearn.places.queries import PlaceRow
from elderlearn.stewardship import import_enrolments as enrolments


class Verb(Protocol):
    """What every import of a room looks like."""

    async def __call__(
        self,
        sheet: Sheet,
        *,
        by: Actor,
        within: PlaceRow | None = None,
        skip_bad: bool = False,
        dry_run: bool = False,
        watch: Watch = NOBODY,
    ) -> Outcome:
        """All or nothing, or the good rows with `skip_bad`; twice changes nothing."""


@dataclass(frozen=True)
class Kind:
    """`action` is what `people.roles` asks for."""

    layout: Layout
    verb: Verb
    action: str


KINDS: dict[str, Kind] = {
    "places": Kind(places.LAYOUT, places.import_place_list, "import_places"),
    "population": Kind(population.LAYOUT, population.import_population, "put_population"),
    "residents": Kind(residents.LAYOUT, residents.import_residents, "import_residents"),
    "courses": Kind(courses.LAYOUT, courses.import_courses, "import_courses"),
    "attendances": Kind(attendances.LAYOUT, attendances.import_attendances, "import_attendances"),
    "enrolments": Kind(enrolments.LAYOUT, enrolments.import_enrolments, "import_attendances"),
}


async def bring_in(
    kind: str,
    data: bytes,
    *,
    by: Actor,
    within: PlaceRow | None = None,
    skip_bad: bool = False,
    dry_run: bool = False,
    watch: Watch = NOBODY,
) -> Outcome:
    """Read the file and do what its kind does. Raises Refusal('unknown_kind'); a bad file is no error."""
    chosen = KINDS.get(kind)
    if chosen is None:
        raise Refusal("unknown_kind", kind=kind[:20])
    sheet = await read_apart(data, chosen.layout, watch=watch)
    return await chosen.verb(sheet, by=by, within=within, skip_bad=skip_bad, dry_run=dry_run, watch=watch)
