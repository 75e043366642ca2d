"""Pure: is this zip file a workbook that can be unpacked safely? Looked at before anybody parses it.

A few kilobytes can unpack to gigabytes, and a single cell far out makes a reader lay out everything before it.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from xml.parsers import expat

MOST_ENTRIES = 2_000
MOST_UNPACKED = 400 * 1024 * 1024  # 200,000 rows of 20 columns are about 250 MB of XML
MOST_RATIO = 200  # honest sheets are packed 5 to 20 times
SMALL = 10 * 1024 * 1024  # below it a ratio says nothing
MOST_CELLS = 8_000_000  # laid out, empty ones too: 200,000 rows of 40 columns
MOST_TEXT = 4 << 30  # characters, were every cell as long as the longest: a shared text is copied into each
CHUNK = 1 << 20
SHEETS, CELLS = "xl/worksheets/", b"sheetData"  # where they lie, and the element without which there are none
OTHER_KINDS = {"content.xml", "mimetype", "xl/workbook.bin"}  # the reader would try them next, unchecked
NOT_XML = (expat.ExpatError, LookupError, ValueError)  # the last two: written in an unknown encoding
WHOLE = re.compile(r"[0-9]{1,10}")
REFERENCE = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")


class Unsafe(Exception):
    """`reason`: not_a_spreadsheet, broken_workbook, zip_bomb, password, too_wide."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def check_packed(data: bytes) -> None:
    """Raises Unsafe. Every entry is unpacked once and forgotten: what a directory says may be a lie."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            entries = packed.infolist()
            _check_directory(entries)
            total, looks = 0, list[_Look]()
            for entry in entries:
                looks.append(_Look(entry.filename))
                for chunk in _unpacked(data, entry):
                    total += len(chunk)
                    if total > MOST_UNPACKED:
                        raise Unsafe("zip_bomb")
                    looks[-1].feed(chunk)
            _check_texts(looks)
    except (zipfile.BadZipFile, zlib.error, ValueError, NotImplementedError, OSError) as error:
        raise Unsafe("broken_workbook") from error


def _check_directory(entries: list[zipfile.ZipInfo]) -> None:
    if len(entries) > MOST_ENTRIES:
        raise Unsafe("zip_bomb")
    if any(one.flag_bits & 1 for one in entries):
        raise Unsafe("password")
    names = {one.filename.replace("\\", "/").strip("/").lower() for one in entries}
    if not any(one.filename == "xl/workbook.xml" for one in entries) or names & OTHER_KINDS:
        raise Unsafe("not_a_spreadsheet")
    unpacked = sum(one.file_size for one in entries)
    packed = sum(one.compress_size for one in entries) or 1
    if unpacked > MOST_UNPACKED or (unpacked > SMALL and unpacked / packed > MOST_RATIO):
        raise Unsafe("zip_bomb")


def _unpacked(data: bytes, entry: zipfile.ZipInfo) -> Iterator[bytes]:
    """The bytes of one entry in chunks, as many as there really are, whatever its head claims."""
    start = entry.header_offset
    if data[start : start + 4] != b"PK\x03\x04":
        raise Unsafe("broken_workbook")
    lengths = (
        int.from_bytes(data[start + 26 : start + 28], "little"),
        int.from_bytes(data[start + 28 : start + 30], "little"),
    )
    begin = start + 30 + sum(lengths)
    packed = memoryview(data)[begin : begin + entry.compress_size]
    if entry.compress_type == zipfile.ZIP_STORED:
        yield bytes(packed)
        return
    if entry.compress_type != zipfile.ZIP_DEFLATED:
        raise Unsafe("broken_workbook")
    inflate = zlib.decompressobj(-zlib.MAX_WBITS)
    rest: bytes | memoryview = packed
    while rest and not inflate.eof:
        chunk = inflate.decompress(rest, CHUNK)
        rest = inflate.unconsumed_tail
        yield chunk
    yield inflate.flush()


def _check_texts(looks: list[_Look]) -> None:
    cells = max((one.extent.cells for one in looks), default=0)
    longest = max((one.texts.longest for one in looks if one.texts), default=0)
    if cells * longest > MOST_TEXT:
        raise Unsafe("zip_bomb")


class _Look:
    """One entry, whatever it is called: a workbook may keep its sheets anywhere, and readers forgive much in
    names. What is no XML may not look like a sheet to anybody."""

    def __init__(self, name: str) -> None:
        self.is_sheet = name.startswith(SHEETS)
        self.extent = _Extent()
        self.texts = None if self.is_sheet else _Texts()
        self.is_xml, self.tail = True, b""

    def feed(self, chunk: bytes) -> None:
        """Some more of it."""
        try:
            if self.is_xml:
                self.extent.feed(chunk)
                if self.texts:
                    self.texts.feed(chunk)
        except NOT_XML as error:
            if self.is_sheet:
                raise Unsafe("broken_workbook") from error
            self.is_xml = False
        if not self.is_xml and CELLS in self.tail + chunk:
            raise Unsafe("broken_workbook")
        self.tail = chunk[-len(CELLS) :]


class _Texts:
    """How long the longest of the shared texts is."""

    def __init__(self) -> None:
        self.parser = expat.ParserCreate()
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._text
        self.length = self.longest = 0
        self.is_inside = False

    def feed(self, chunk: bytes) -> None:
        self.parser.Parse(chunk, False)

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        if name.rpartition(":")[2] == "si":
            self.length, self.is_inside = 0, True

    def _end(self, name: str) -> None:
        self.is_inside = self.is_inside and name.rpartition(":")[2] != "si"

    def _text(self, text: str) -> None:
        if self.is_inside:
            self.length += len(text)
            self.longest = max(self.longest, self.length)


class _Extent:
    """How far out the cells of one sheet lie; only cells with a value are laid out."""

    def __init__(self) -> None:
        self.parser = expat.ParserCreate()
        self.parser.StartElementHandler = self._start
        self.at = (0, 0)
        self.row = self.column = self.cells = 0

    def feed(self, chunk: bytes) -> None:
        self.parser.Parse(chunk, False)

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        local = name.rpartition(":")[2]
        if local == "c":
            self.at = self._place(attributes.get("r", ""))
        elif local == "row":
            said = attributes.get("r", "")
            self.at = (int(said) if WHOLE.fullmatch(said) else self.at[0] + 1, 0)
        elif local in ("v", "is"):
            self._count()

    def _place(self, said: str) -> tuple[int, int]:
        """A cell that does not say where it lies stands beside the one before."""
        row, column = self.at
        found = REFERENCE.fullmatch(said)
        if said and not found:
            raise Unsafe("broken_workbook")
        return (max(row, int(found[2])), _column_number(found[1])) if found else (row, column + 1)

    def _count(self) -> None:
        self.cells += 1
        self.row, self.column = max(self.row, self.at[0]), max(self.column, self.at[1])
        if max(self.row * self.column, self.cells) > MOST_CELLS:
            raise Unsafe("too_wide")


def _column_number(letters: str) -> int:
    number = 0
    for one in letters:
        number = number * 26 + ord(one) - 64
    return number
