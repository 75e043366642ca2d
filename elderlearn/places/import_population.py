"""Bring in official numbers of elders from a file: place, year, basis, elders, source."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

from elderlearn.ground.actor import Actor
from elderlearn.ground.spreadsheets.cells import Cells
from elderlearn.ground.spreadsheets.faults import Fault
from elderlearn.ground.spreadsheets.layout import load_layout
from elderlearn.ground.spreadsheets.outcome import NOBODY, Outcome, Watch, may_write, outcome
from elderlearn.ground.spreadsheets.sheet import Sheet
from elderlearn.ground.unit_of_work import unit_of_work
from elderlearn.places.find_places import PlaceBook
from elderlearn.places.population import FIRST_YEAR, LAST_YEAR, LONGEST_SOURCE, MOST_ELDERS, put_figures
from elderlearn.places.queries import PlaceRow, list_places

LAYOUT = load_layout(Path(__file__).parent / "data" / "import_population.json")


@dataclass(frozen=True)
class FigureLine:
    """One good line."""

    place: PlaceRow
    year: int
    basis: str
    source: str
    elders: int


async def import_population(
    sheet: Sheet,
    *,
    by: Actor,
    within: PlaceRow | None = None,
    skip_bad: bool = False,
    dry_run: bool = False,
    watch: Watch = NOBODY,
) -> Outcome:
    """The figures of the file become the preferred ones, older ones stay as history; twice changes nothing.

    Counts: added (no figure before), changed, unchanged. Reasons: unknown_place, place_ambiguous, row_twice
    (also: the first line), and those of `Cells`. A place outside `within` is unknown.
    """
    book = PlaceBook(await list_places(within=within.id if within else None))
    good, faults = read_figures(sheet, book)
    writes = may_write(sheet, faults, skip_bad=skip_bad, dry_run=dry_run)
    grouped: defaultdict[tuple[int, str, str], list[tuple[PlaceRow, int]]] = defaultdict(list)
    for one in good:
        grouped[one.year, one.basis, one.source].append((one.place, one.elders))
    added = changed = 0
    async with unit_of_work():
        for (year, basis, source), lines in sorted(grouped.items()):
            figures = await put_figures(lines, year=year, basis=basis, source=source, by=by, dry_run=not writes)
            added += sum(one.was is None for one in figures)
            changed += sum(one.was is not None for one in figures)
        counts = {"added": added, "changed": changed, "unchanged": len(good) - added - changed}
        done = outcome(sheet, counts, faults, is_written=writes)
        if writes:
            await watch.written(done)
    return done


def read_figures(sheet: Sheet, book: PlaceBook) -> tuple[list[FigureLine], list[Fault]]:
    """The good lines, and every fault."""
    good: list[FigureLine] = []
    faults: list[Fault] = []
    first_seen: dict[tuple[int, int, str], int] = {}
    for row in sheet.rows:
        cells = Cells(sheet, row)
        line = _line(cells, book)
        if line is not None:
            key = line.place.id, line.year, line.basis
            if first_seen.setdefault(key, row.line) != row.line:
                cells.fault("place", "row_twice", first_seen[key])
            else:
                good.append(line)
        faults += cells.faults
    return good, faults


def _line(cells: Cells, book: PlaceBook) -> FigureLine | None:
    named = cells.text("place", needed=True)
    place = book.find(named) if named else ""
    if named and isinstance(place, str):
        cells.fault("place", place)
    year = cells.year("year") or cells.whole("year", least=FIRST_YEAR, most=LAST_YEAR, needed=True)
    basis = cells.word("basis", "basis", needed=True)
    source = cells.text("source", needed=True, most=LONGEST_SOURCE)
    elders = cells.whole("elders", least=0, most=MOST_ELDERS, needed=True)
    if not cells.is_good or isinstance(place, str) or year is None or basis is None or elders is None:
        return None
    return FigureLine(place, year, basis, source, elders)
