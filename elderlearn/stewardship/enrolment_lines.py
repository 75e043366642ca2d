"""Pure: the lines of a list of seats decided elsewhere: who, in which run, how it stands, since when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from elderlearn.catalogue.run_lines import Host
from elderlearn.catalogue.run_names import RunName
from elderlearn.catalogue.wording import LONGEST_NAME
from elderlearn.checkin.attendance_lines import AttendanceLines, read_run, read_whom
from elderlearn.ground.actor import Actor
from elderlearn.ground.spreadsheets.cells import Cells
from elderlearn.ground.spreadsheets.layout import load_layout
from elderlearn.ground.spreadsheets.sheet import Row, Sheet
from elderlearn.people.find_named import Named
from elderlearn.places.find_places import PlaceBook

LAYOUT = load_layout(Path(__file__).parent / "data" / "import_enrolments.json")


@dataclass(frozen=True)
class EnrolmentLine:
    """One good line. `named_in` is the column that names the person; no `asked_at`: when enrolment opened."""

    line: int
    host: Host
    title: str
    run: RunName
    person: Named
    named_in: str
    state: str
    asked_at: datetime | None


class EnrolmentLines(AttendanceLines):
    """Checks lines as they come. Reasons: as of attendances."""

    def __init__(self, sheet: Sheet, book: PlaceBook, *, today: date, by: Actor) -> None:
        super().__init__(sheet, book, today=today, by=by)
        self.seats: list[EnrolmentLine] = []

    def check(self, rows: list[Row]) -> None:
        """Some more lines."""
        for row in rows:
            cells = Cells(self.sheet, row)
            line = self._seat(cells)
            if line is not None and cells.is_good:
                self.seats.append(line)
            self.faults += cells.faults

    def _seat(self, cells: Cells) -> EnrolmentLine | None:
        host, title = self.host(cells), cells.text("course", needed=True, most=LONGEST_NAME)
        run = read_run(cells, needed=True)
        state, asked_at = cells.word("state", "state") or "seated", cells.moment("asked_at")
        person, named_in = read_whom(cells, self.today, self.by)
        if not cells.is_good or run is None or person is None:
            return None
        return EnrolmentLine(cells.line, host, title, run, person, named_in, state, asked_at)
