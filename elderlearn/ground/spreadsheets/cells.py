"""Pure: the cells of one row, read as what they should be; what cannot be read becomes a fault of its cell."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from datetime import date, datetime, time
from typing import TypeVar

from elderlearn.ground.spreadsheets.days import read_clock, read_day, read_moment, read_year
from elderlearn.ground.spreadsheets.faults import Fault
from elderlearn.ground.spreadsheets.sheet import SPACES, Row, Sheet, Value, is_empty

EXACT = 1e15  # a spreadsheet keeps fifteen digits of a number; longer ones have lost their end
SCIENTIFIC = re.compile(r"[0-9](\.[0-9]+)?E\+?[0-9]+", re.I)
WHOLE = re.compile(r"-?[0-9]{1,9}(?:\.0+)?")
HIDDEN = {"Cc", "Cf", "Cs", "Zl", "Zp"}  # controls, invisible and direction marks, halves, line ends
LONGEST = 500
Read = TypeVar("Read")


class Cells:
    """Reads one row. `faults` collects; `is_good` while this row has none."""

    def __init__(self, sheet: Sheet, row: Row) -> None:
        self.sheet, self.row = sheet, row
        self.faults: list[Fault] = []

    @property
    def is_good(self) -> bool:
        """Nothing wrong so far."""
        return not self.faults

    @property
    def line(self) -> int:
        """Where the row stands in its file."""
        return self.row.line

    def fault(self, key: str, reason: str, also: object = "") -> None:
        """This cell is wrong."""
        self.faults.append(self.sheet.fault(self.line, key, shown(self.row.values.get(key)), reason, also))

    def is_empty(self, key: str) -> bool:
        """Nothing stands there, or the file has no such column."""
        return is_empty(self.row.values.get(key))

    def text(self, key: str, *, needed: bool = False, most: int = LONGEST) -> str:
        """Trimmed of spaces of any width, '' for nothing. Faults: empty, too_long, hidden_characters,
        written_as_number."""
        value = self.row.values.get(key)
        text = " ".join(shown(value).strip(SPACES).split())
        if not text:
            if needed:
                self.fault(key, "empty")
            return ""
        if lost_digits(value):
            self.fault(key, "written_as_number")
        elif len(text) > most:
            self.fault(key, "too_long", most)
        elif any(unicodedata.category(one) in HIDDEN for one in text):
            self.fault(key, "hidden_characters")
        else:
            return unicodedata.normalize("NFC", text)
        return ""

    def digits(self, key: str, *, needed: bool = False, most: int = LONGEST) -> str:
        """Like `text`, for numbers that name something: full-width digits become plain, spaces go."""
        return unicodedata.normalize("NFKC", self.text(key, needed=needed, most=most)).replace(" ", "")

    def whole(self, key: str, *, least: int, most: int, needed: bool = False) -> int | None:
        """A whole number. Faults: empty, not_a_number, out_of_range (also: least–most)."""
        text = self.digits(key, needed=needed).replace(",", "")
        if not text:
            return None
        if not WHOLE.fullmatch(text):
            self.fault(key, "not_a_number")
            return None
        number = int(text.partition(".")[0])
        if not least <= number <= most:
            self.fault(key, "out_of_range", f"{least}–{most}")
            return None
        return number

    def day(self, key: str, *, needed: bool = False) -> date | None:
        """Faults: empty, not_a_day."""
        return self._read(key, read_day, "not_a_day", needed)

    def year(self, key: str) -> int | None:
        """A bare year, or none and no fault: the cell may hold a whole day."""
        return read_year(self.row.values.get(key))

    def clock(self, key: str, *, needed: bool = False) -> time | None:
        """Faults: empty, not_a_time."""
        return self._read(key, read_clock, "not_a_time", needed)

    def moment(self, key: str, *, needed: bool = False) -> datetime | None:
        """Aware, of Shanghai. Faults: empty, not_a_day."""
        return self._read(key, read_moment, "not_a_day", needed)

    def word(self, key: str, group: str, *, needed: bool = False) -> str | None:
        """What the layout's words mean. Faults: empty, unknown_word (also: what may stand there)."""
        text = self.text(key, needed=needed)
        if not text:
            return None
        meaning = self.sheet.layout.word(group, text)
        if meaning is None:
            self.fault(key, "unknown_word", " · ".join(_ways(self.sheet, group)))
        return meaning

    def _read(self, key: str, how: Callable[[Value], Read | None], reason: str, needed: bool) -> Read | None:
        value = self.row.values.get(key)
        if is_empty(value):
            if needed:
                self.fault(key, "empty")
            return None
        read = how(value)
        if read is None:
            self.fault(key, reason)
        return read


def shown(value: Value) -> str:
    """As it would stand on the screen of a spreadsheet."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < EXACT else _short(value)
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%d %H:%M") if value.time() != time() else value.date().isoformat()
    return value.isoformat() if isinstance(value, date | time) else str(value)


def lost_digits(value: Value) -> bool:
    """Was a long number and is a rounded one: 3.30E+17, as number or as what CSV kept of it."""
    if isinstance(value, str):
        return SCIENTIFIC.fullmatch(unicodedata.normalize("NFKC", value).strip()) is not None
    return isinstance(value, int | float) and not isinstance(value, bool) and abs(value) >= EXACT


def _short(value: float) -> str:
    return f"{value:.2E}" if abs(value) >= EXACT else repr(value)


def _ways(sheet: Sheet, group: str) -> list[str]:
    first: dict[str, str] = {}
    for way, meaning in sheet.layout.words[group].items():
        first.setdefault(meaning, way)
    return list(first.values())
