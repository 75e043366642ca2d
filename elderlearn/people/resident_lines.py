"""Pure: the lines of a list of residents, checked one by one and against each other."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date

from elderlearn.ground import phone as phones
from elderlearn.ground.actor import Actor
from elderlearn.ground.errors import Refusal
from elderlearn.ground.spreadsheets.cells import Cells
from elderlearn.ground.spreadsheets.faults import Fault
from elderlearn.ground.spreadsheets.sheet import Row, Sheet
from elderlearn.people.documents import read_document
from elderlearn.people.homes import Home, Homes
from elderlearn.people.register import document_hash, phone_hash
from elderlearn.people.residents import OUTSIDE, Checked, NewResident, check_new_resident
from elderlearn.people.roles import covers
from elderlearn.places.find_places import PlaceBook
from elderlearn.places.queries import PlaceRow

LONGEST_NUMBER = 60
NOBODY = "x"  # a name that is asked for nowhere
FIELDS = {"document": "document_number", "born_year": "born_on"}
Alike = tuple[str, date | None, bytes | None, int | None]


@dataclass(frozen=True)
class ResidentLine:
    """One good line as it would be kept. `given` are the columns in which something stood."""

    line: int
    checked: Checked
    homes: Homes
    given: frozenset[str]
    document_hash: bytes | None = field(repr=False)
    phone_hash: bytes | None = field(repr=False)

    @property
    def alike(self) -> Alike:
        """Who counts as the same person without a document."""
        return alike(self.checked.name, self.checked.born_on, self.phone_hash, self.homes.resident.place_id)


def alike(name: str, born_on: date | None, telephone: bytes | None, place_id: int | None) -> Alike:
    """Name, birth date and phone; whoever has no phone must live at the same place too."""
    return name, born_on, telephone, None if telephone else place_id


class ResidentLines:
    """Checks lines as they come and remembers who was there already.

    Reasons: those of `Cells` and of `check_new_resident`, old_id_number, written_as_number, unknown_place,
    place_ambiguous, not_your_place, person_twice (also: the first line).
    """

    def __init__(self, sheet: Sheet, book: PlaceBook, *, today: date, by: Actor, within: PlaceRow | None) -> None:
        self.sheet, self.book, self.today, self.by, self.within = sheet, book, today, by, within
        self.good: list[ResidentLine] = []
        self.faults: list[Fault] = []
        self._documents: dict[bytes, int] = {}
        self._alike: dict[Alike, int] = {}
        self._without_document: dict[Alike, int] = {}

    def check(self, rows: Iterable[Row]) -> None:
        """Some more lines."""
        for row in rows:
            cells = Cells(self.sheet, row)
            line = self._line(cells)
            if line is not None:
                first = self._first(line)
                if first is None:
                    self.good.append(line)
                else:
                    cells.fault("document_number" if line.document_hash else "name", "person_twice", first)
            self.faults += cells.faults

    def _first(self, line: ResidentLine) -> int | None:
        """Where the same person stands already; none for somebody new, who is remembered."""
        if line.document_hash:
            first = self._documents.get(line.document_hash) or self._without_document.get(line.alike)
        else:
            first = self._alike.get(line.alike)
        if first is None:
            self._alike.setdefault(line.alike, line.line)
            if line.document_hash:
                self._documents[line.document_hash] = line.line
            else:
                self._without_document[line.alike] = line.line
        return first

    def _line(self, cells: Cells) -> ResidentLine | None:
        new = read_person(cells, needs_name=True)
        homes = self._homes(cells)
        if new is None or homes is None or not cells.is_good:
            return None
        checked = check_person(cells, new, self.today, self.by)
        if checked is None:
            return None
        given = frozenset(one.key for one in self.sheet.layout.columns if not cells.is_empty(one.key))
        document = document_hash(checked.document) if checked.document else None
        telephone = phone_hash(checked.phone) if checked.phone else None
        return ResidentLine(cells.line, checked, homes, given, document, telephone)

    def _homes(self, cells: Cells) -> Homes | None:
        key = "street" if cells.is_empty("place") and not cells.is_empty("street") else "place"
        resident = self._home(cells, key, within=cells.text("street") if key == "place" else "")
        registered: Home | None = Home("unknown")
        if not cells.is_empty("registered_place"):
            registered = self._home(cells, "registered_place")
        if resident is None or registered is None:
            return None
        if resident.place and self.within and not covers(self.within.id, resident.place):
            cells.fault(key, "not_your_place", self.within.name)
        return Homes(resident, registered, self._district(resident, registered))

    def _home(self, cells: Cells, key: str, *, within: str = "") -> Home | None:
        text = cells.text(key, needed=True)
        if not text:
            return None
        if self.sheet.layout.word("outside", text) == OUTSIDE:
            return Home(OUTSIDE)
        place = self.book.find(text, within=within)
        if isinstance(place, str) or place.level == "district":
            cells.fault(key, place if isinstance(place, str) else "unknown_place")
            return None
        return Home("inside", place)

    def _district(self, resident: Home, registered: Home) -> int:
        """People from outside belong to the register they are written into."""
        if resident.place:
            return resident.place.district_id
        if self.within:
            return self.within.district_id
        if registered.place:
            return registered.place.district_id
        return min(one.district_id for one in self.book.by_id.values())


def read_person(cells: Cells, *, needs_name: bool) -> NewResident | None:
    """Who is named by the cells name, document_type, document_number, born_on, sex and phone; faults are noted."""
    kind = cells.word("document_type", "document_type")
    number = cells.digits("document_number", most=LONGEST_NUMBER)
    if number:
        check_document(cells, kind or "id_card", number)
    telephone = cells.digits("phone", most=LONGEST_NUMBER)
    if telephone and phones.normal(telephone) is None:
        cells.fault("phone", "invalid_phone")
    year = cells.year("born_on")
    born_on = None if year else cells.day("born_on")
    sex = cells.word("sex", "sex") if "sex" in cells.sheet.layout.words else None
    name = cells.text("name", needed=needs_name)
    if not cells.is_good:
        return None
    return NewResident(
        name=name,
        place_code=OUTSIDE,
        document_type=kind,
        document_number=number or None,
        born_on=born_on,
        born_year=year,
        sex=sex,  # type: ignore[arg-type]  # the words mean nothing else
        phone=telephone or None,
        verified="import",
    )


def check_document(cells: Cells, kind: str, number: str) -> None:
    """Faults: old_id_number (15 digits, not valid since 2013), written_as_number, invalid_document."""
    if kind == "id_card" and number.isdecimal() and len(number) == 15:
        cells.fault("document_number", "old_id_number")
        return
    try:
        read_document(kind, number)
    except Refusal:
        # A spreadsheet keeps fifteen digits of a number and writes noughts for the others.
        lost = kind == "id_card" and len(number) == 18 and number.endswith("000")
        cells.fault("document_number", "written_as_number" if lost else "invalid_document")


def check_person(
    cells: Cells, new: NewResident, today: date, by: Actor, *, nameless: bool = False
) -> Checked | None:
    """`check_new_resident`, its refusal a fault of the cell it means. `nameless`: a document names her alone."""
    if not cells.is_good:
        return None
    if nameless and not new.name and new.document_number:
        new = replace(new, name=NOBODY)
    try:
        return check_new_resident(new, today, by)
    except Refusal as refusal:
        named = str(refusal.values.get("field", "name"))
        cells.fault(FIELDS.get(named, named), refusal.code)
        return None
