"""Bring in a list of places from a file: one's own district's, or, from the command line, any."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from elderlearn.ground.actor import Actor
from elderlearn.ground.clock import today
from elderlearn.ground.spreadsheets.cells import Cells
from elderlearn.ground.spreadsheets.faults import Fault
from elderlearn.ground.spreadsheets.layout import load_layout
from elderlearn.ground.spreadsheets.outcome import NOBODY, Outcome, Watch, may_write, outcome
from elderlearn.ground.spreadsheets.sheet import Sheet
from elderlearn.ground.unit_of_work import unit_of_work
from elderlearn.places.codes import is_code, level_of, parent_of
from elderlearn.places.import_places import Imported, put_places
from elderlearn.places.queries import PlaceRow

LAYOUT = load_layout(Path(__file__).parent / "data" / "import_places.json")


async def import_place_list(
    sheet: Sheet,
    *,
    by: Actor,
    within: PlaceRow | None = None,
    skip_bad: bool = False,
    dry_run: bool = False,
    watch: Watch = NOBODY,
) -> Outcome:
    """All or nothing, or the good rows with `skip_bad`; twice changes nothing. `within` keeps it to a district.

    Counts: added, changed (renamed), unchanged. Level and code above follow from the code where not given.
    Reasons: those of `check_places` and of `Cells`, not_your_place.
    """
    numbered, faults = read_places(sheet, within)
    async with unit_of_work():
        found = await put_places(numbered, valid_from=today(), by=by, skip_bad=True, dry_run=True)
        faults += [sheet.fault(one.line, one.column, one.value, one.reason) for one in found.bad]
        writes = may_write(sheet, faults, skip_bad=skip_bad, dry_run=dry_run)
        if writes:
            await put_places(numbered, valid_from=today(), by=by, skip_bad=True, dry_run=False)
        done = outcome(sheet, _counts(found), faults, is_written=writes)
        if writes:
            await watch.written(done)
    return done


def _counts(found: Imported) -> dict[str, int]:
    return {"added": found.added, "changed": found.changed, "unchanged": found.unchanged}


def read_places(sheet: Sheet, within: PlaceRow | None) -> tuple[list[tuple[int, Mapping[str, str]]], list[Fault]]:
    """Lines as `check_places` wants them, with what does not stand there derived, and the faults of cells."""
    numbered: list[tuple[int, Mapping[str, str]]] = []
    faults: list[Fault] = []
    for row in sheet.rows:
        cells = Cells(sheet, row)
        code = cells.digits("code", needed=True)
        known = is_code(code)
        level = cells.word("level", "level") or (level_of(code) if known else "")
        above = cells.digits("parent_code") or (parent_of(code) if known else "")
        name = cells.text("name", needed=True)
        if cells.is_good and known and within is not None and code[:6] != within.code[:6]:
            cells.fault("code", "not_your_place", within.name)
        faults += cells.faults
        if cells.is_good:
            numbered.append((row.line, {"code": code, "level": level, "name": name, "parent_code": above}))
    return numbered, faults
