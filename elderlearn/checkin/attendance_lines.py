"""Pure: the lines of a list of attendances kept elsewhere: who was where, when, for how long."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time

from elderlearn.catalogue.run_lines import Host
from elderlearn.catalogue.run_names import RunName, read_run_name
from elderlearn.catalogue.schedule import FIRST_YEAR, MOST_CREDITED
from elderlearn.catalogue.wording import LONGEST_NAME
from elderlearn.ground.actor import Actor
from elderlearn.ground.spreadsheets.cells import Cells
from elderlearn.ground.spreadsheets.faults import Fault
from elderlearn.ground.spreadsheets.sheet import Row, Sheet
from elderlearn.people.codes import typed_number
from elderlearn.people.find_named import Named
from elderlearn.people.register import document_hash, phone_hash
from elderlearn.people.resident_lines import check_person, read_person
from elderlearn.places.find_places import PlaceBook
from elderlearn.places.queries import PlaceRow

DIGITS = 8  # of a registration number; as a number it has lost its leading noughts


@dataclass(frozen=True)
class AttendanceLine:
    """One good line. `named_in` is the column that names the person."""

    line: int
    host: Host
    on_date: date
    kind: str
    title: str
    minutes: int
    source: str
    person: Named
    named_in: str
    run: RunName | None = None
    starts: time | None = None


class AttendanceLines:
    """Checks lines as they come.

    Reasons: those of `Cells`, unknown_place, place_ambiguous, in_future, nobody_named, unknown_card, and those of
    documents and phones (see `people.resident_lines`); not_a_run.
    """

    def __init__(self, sheet: Sheet, book: PlaceBook, *, today: date, by: Actor) -> None:
        self.sheet, self.book, self.today, self.by = sheet, book, today, by
        self.good: list[AttendanceLine] = []
        self.faults: list[Fault] = []
        self._places: dict[str, PlaceRow | str] = {}

    def check(self, rows: list[Row]) -> None:
        """Some more lines."""
        for row in rows:
            cells = Cells(self.sheet, row)
            line = self._line(cells)
            if line is not None and cells.is_good:
                self.good.append(line)
            self.faults += cells.faults

    def _line(self, cells: Cells) -> AttendanceLine | None:
        on_date = self._day(cells)
        host = self.host(cells)
        minutes = cells.whole("minutes", least=1, most=MOST_CREDITED, needed=True)
        source = cells.word("source", "source") or "import"
        kind = cells.word("kind", "kind") or "activity"
        title = cells.text("title", most=LONGEST_NAME) or self.sheet.layout.texts["title"]
        run, starts = read_run(cells), cells.clock("starts")
        person, named_in = read_whom(cells, self.today, self.by)
        if not cells.is_good or on_date is None or minutes is None or person is None:
            return None
        return AttendanceLine(
            cells.line, host, on_date, kind, title, minutes, source, person, named_in, run, starts
        )

    def _day(self, cells: Cells) -> date | None:
        day = cells.day("on_date", needed=True)
        if day and day > self.today:
            cells.fault("on_date", "in_future")
        elif day and day.year < FIRST_YEAR:
            cells.fault("on_date", "not_a_day")
        return day

    def host(self, cells: Cells) -> Host:
        """The organisation a line names, and where."""
        name = cells.text("organisation", needed=True, most=LONGEST_NAME)
        named = cells.text("place")
        if named and named not in self._places:
            self._places[named] = self.book.find(named)
        place = self._places[named] if named else None
        if isinstance(place, str):
            cells.fault("place", place)
            place = None
        return Host(name, place, None)


def read_run(cells: Cells, *, needed: bool = False) -> RunName | None:
    """The run a line is about, none when it names none. Faults: empty, not_a_run."""
    text = cells.text("run", needed=needed)
    run = read_run_name(text) if text else None
    if text and run is None:
        cells.fault("run", "not_a_run")
    return run


def read_whom(cells: Cells, today: date, by: Actor) -> tuple[Named | None, str]:
    """By card if there is one, else by document, else by name with birth date or phone; and in which column."""
    typed = cells.digits("card")
    if typed:
        number = typed_number(typed.zfill(DIGITS))
        if number is None:
            cells.fault("card", "unknown_card")
        return Named(card=number or ""), "card"
    new = read_person(cells, needs_name=cells.is_empty("document_number"))
    checked = check_person(cells, new, today, by, nameless=True) if new else None
    if checked is None or new is None:
        return None, ""
    if checked.document:
        return Named(document=document_hash(checked.document)), "document_number"
    if checked.born_on is None and checked.phone is None:
        cells.fault("name", "nobody_named")
    return (
        Named(
            name=checked.name,
            born_on=new.born_on,
            born_year=new.born_year,
            phone=phone_hash(checked.phone) if checked.phone else None,
        ),
        "name",
    )
