"""Bring in a list of residents: who is on the register already stays as she is."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from pathlib import Path

from elderlearn.ground.actor import Actor
from elderlearn.ground.clock import today
from elderlearn.ground.spreadsheets.cells import shown
from elderlearn.ground.spreadsheets.faults import Fault
from elderlearn.ground.spreadsheets.layout import load_layout
from elderlearn.ground.spreadsheets.outcome import CHECKING, NOBODY, WRITING, Outcome, Watch, may_write, outcome
from elderlearn.ground.spreadsheets.sheet import Sheet
from elderlearn.ground.sql import rows
from elderlearn.ground.unit_of_work import unit_of_work
from elderlearn.people.many_residents import insert_residents
from elderlearn.people.resident_lines import ResidentLine, ResidentLines
from elderlearn.people.residents_on_file import OnFile, differs, on_file
from elderlearn.places.find_places import PlaceBook
from elderlearn.places.queries import PlaceRow, list_places

LAYOUT = load_layout(Path(__file__).parent / "data" / "import_residents.json")
CHECKED_AT_ONCE, WRITTEN_AT_ONCE = 2000, 2000


async def import_residents(
    sheet: Sheet,
    *,
    by: Actor,
    within: PlaceRow | None = None,
    skip_bad: bool = False,
    dry_run: bool = False,
    watch: Watch = NOBODY,
) -> Outcome:
    """New people with a card each; all or nothing, or the good rows with `skip_bad`; twice changes nothing.

    The same document is the same person; without one the same name, birth date and phone is (without a phone:
    and place). What the list says otherwise about somebody on file is a remark (`differs`, `not_active`), never
    written. Counts: added, unchanged. Reasons: see `ResidentLines`.
    """
    lines = ResidentLines(sheet, await _book(within), today=today(), by=by, within=within)
    await _check(lines, watch)
    writes = may_write(sheet, lines.faults, skip_bad=skip_bad, dry_run=dry_run)
    async with unit_of_work():
        if writes:  # two at once: one after the other; a trial waits for nobody
            await rows("SELECT pg_advisory_xact_lock(hashtext('import_residents'))")
        known = await on_file(lines.good)
        new = [one for one in lines.good if one.line not in known]
        added = await _write(new, by, watch) if writes else len(new)
        done = outcome(
            sheet,
            {"added": added, "unchanged": len(lines.good) - added},
            lines.faults,
            remarks=_remarks(sheet, lines.good, known),
            is_written=writes,
        )
        if writes:
            await watch.written(done)
    return done


async def _book(within: PlaceRow | None) -> PlaceBook:
    """All of the district, so that another street's community is known as such."""
    return PlaceBook(await list_places(within=within.district_id if within else None))


async def _check(lines: ResidentLines, watch: Watch) -> None:
    """In a thread, because hashing a hundred thousand numbers takes seconds."""
    every = lines.sheet.rows
    for start in range(0, len(every), CHECKED_AT_ONCE):
        await watch.heard(CHECKING, start, len(every))
        await asyncio.to_thread(lines.check, every[start : start + CHECKED_AT_ONCE])


async def _write(new: Sequence[ResidentLine], by: Actor, watch: Watch) -> int:
    added = 0
    for start in range(0, len(new), WRITTEN_AT_ONCE):
        await watch.heard(WRITING, start, len(new))
        added += len(await insert_residents(new[start : start + WRITTEN_AT_ONCE], by=by))
    return added


def _remarks(sheet: Sheet, lines: Sequence[ResidentLine], known: dict[int, OnFile]) -> list[Fault]:
    said = {row.line: row.values for row in sheet.rows}
    remarks = []
    for one in lines:
        same = known.get(one.line)
        if same is None:
            continue
        values = said[one.line]
        remarks += [sheet.fault(one.line, key, shown(values.get(key)), "differs") for key in differs(one, same)]
        if same.state != "active":
            remarks.append(sheet.fault(one.line, "name", one.checked.name, "not_active", same.state))
    return remarks
