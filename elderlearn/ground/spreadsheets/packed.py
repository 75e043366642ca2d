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
            total, looks = 0, list[_Extent | _Texts]()
            for entry in entries:
                seen = _look(entry.filename)
                looks += [seen] if seen else []
                for chunk in _unpacked(data, entry):
                    total += len(chunk)
                    if total > MOST_UNPACKED:
                        raise Unsafe("zip_bomb")
                    if seen:
                        seen.feed(chunk)
            _check_texts(looks)
    except (zipfile.BadZipFile, zlib.error, expat.ExpatError, ValueError, NotImplementedError, OSError) as error:
        raise Unsafe("broken_workbook") from error


def _check_directory(entries: list[zipfile.ZipInfo]) -> None:
    if len(entries) > MOST_ENTRIES:
        raise Unsafe("zip_bomb")
    if any(one.flag_bits & 1 for one in entries):
        raise Unsafe("password")
    if not any(one.filename == "xl/workbook.xml" for one in entries):
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


def _look(name: str) -> _Extent | _Texts | None:
    if name.startswith("xl/worksheets/"):
        return _Extent()
    return _Texts() if name == "xl/sharedStrings.xml" else None


def _check_texts(looks: list[_Extent | _Texts]) -> None:
    cells = max((one.cells for one in looks if isinstance(one, _Extent)), default=0)
    longest = max((one.longest for one in looks if isinstance(one, _Texts)), default=0)
    if cells * longest > MOST_TEXT:
        raise Unsafe("zip_bomb")


class _Texts:
    """How long the longest of the shared texts is."""

    def __init__(self) -> None:
        self.parser = expat.ParserCreate()
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self._start
        self.parser.CharacterDataHandler = self._text
        self.length = self.longest = 0

    def feed(self, chunk: bytes) -> None:
        self.parser.Parse(chunk, False)

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        if name.rpartition(":")[2] == "si":
            self.length = 0

    def _text(self, text: str) -> None:
        self.length += len(text)
        self.longest = max(self.longest, self.length)


class _Extent:
    """How far out the cells of one sheet lie; only cells with a value are laid out."""

    def __init__(self) -> None:
        self.parser = expat.ParserCreate()
        self.parser.StartElementHandler = self._start
        self.cell = ""
        self.row = self.column = self.cells = 0

    def feed(self, chunk: bytes) -> None:
        self.parser.Parse(chunk, False)

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        local = name.rpartition(":")[2]
        if local == "c":
            self.cell = attributes.get("r", "")
        elif local in ("v", "is"):
            self._count()

    def _count(self) -> None:
        self.cells += 1
        found = REFERENCE.fullmatch(self.cell)
        if self.cell and not found:
            raise Unsafe("broken_workbook")
        if found:
            self.column = max(self.column, _column_number(found[1]))
            self.row = max(self.row, int(found[2]))
        if max(self.row * self.column, self.cells) > MOST_CELLS:
            raise Unsafe("too_wide")


def _column_number(letters: str) -> int:
    number = 0
    for one in letters:
        number = number * 26 + ord(one) - 64
    return number
