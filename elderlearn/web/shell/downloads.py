"""A list as a file: XLSX or CSV, complete before the first byte is sent, and always noted in the trail.

A door says what stands in the file; who took it, how much of it and why is noted here, in one place.
"""

from __future__ import annotations

import asyncio
import tempfile
from collections.abc import AsyncGenerator, AsyncIterator, Awaitable, Callable, Iterable, Mapping, Sequence
from contextlib import aclosing
from dataclasses import dataclass, field
from typing import IO, Any
from urllib.parse import quote

from litestar import Response
from litestar.response import Stream

from elderlearn.ground.actor import Actor, Door
from elderlearn.ground.clock import local, now, today
from elderlearn.ground.spreadsheets.write_csv import GB18030, UTF_8, CsvWriter
from elderlearn.ground.spreadsheets.write_table import Column, Line, Note, Table, Writer
from elderlearn.ground.spreadsheets.write_xlsx import XlsxWriter
from elderlearn.ground.trail import note
from elderlearn.ground.unit_of_work import unit_of_work
from elderlearn.locale import _
from elderlearn.web.shell.forms import read_form
from elderlearn.web.shell.guards import signed_in
from elderlearn.web.shell.page import AnyRequest, go
from elderlearn.web.shell.reader import District

MEDIA = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
    "gb18030": "text/csv; charset=gb18030",
}
A_BATCH, A_PAGE, A_PIECE = 500, 1000, 256 * 1024
AT_ONCE = 2  # files one process writes at the same time; the next one waits a moment
NOT_IN_FILE_NAMES = str.maketrans(dict.fromkeys('<>:"/\\|?*\r\n\t', " "))

_turns = asyncio.Semaphore(AT_ONCE)


@dataclass(frozen=True)
class Listed:
    """What goes into the file. `subject` names the list in the trail, `title` on the sheet and in the file name.

    `filters` are noted in the trail and stand in words in `notes`; `names_people` asks for a reason.
    """

    subject: str
    title: str
    columns: Sequence[Column]
    lines: AsyncIterator[Line]
    notes: Sequence[Note] = ()
    filters: Mapping[str, str] = field(default_factory=dict)
    names_people: bool = False


async def download(request: AnyRequest, listed: Listed, *, back: str, door: Door = "office") -> Response[Any]:
    """The file. Without the reason a list of people needs, back to the list with the sentence that asks for it."""
    form = await read_form(request)
    form_of_file = form.value("as") if form.value("as") in MEDIA else "xlsx"
    reason = form.text("reason")
    if listed.names_people and not reason:
        return go(request, back, said=_("Please write what this list of people is for."), tone="no")
    seen = signed_in(request)
    file: IO[bytes] = tempfile.TemporaryFile()  # noqa: SIM115 - closed by whoever sends it
    try:
        async with _turns:
            many = await fill(file, listed, form_of_file, _notes(request, listed, reason), _mark(request))
        async with unit_of_work():
            await note(
                "export",
                by=Actor("staff", seen.id, door),
                subject="export",
                subject_id=None,
                district=seen.district_id,
                what=listed.subject,
                title=listed.title,
                file=form_of_file,
                rows=many,
                filters=_harmless(listed.filters),
                **({"reason": reason} if reason else {}),
            )
    except BaseException:
        file.close()
        raise
    name = file_name(listed.title, form_of_file, is_sample=_district(request).is_sample)
    return Stream(_sent(file), media_type=MEDIA[form_of_file], headers={"Content-Disposition": disposition(name)})


async def in_pages(
    fetch: Callable[[int, int], Awaitable[Sequence[Any]]], line: Callable[[Any], Line]
) -> AsyncIterator[Line]:
    """Lists of moderate length: `fetch(limit, offset)` as the page itself asks."""
    offset = 0
    while found := await fetch(A_PAGE, offset):
        for one in found:
            yield line(one)
        if len(found) < A_PAGE:
            return
        offset += A_PAGE


async def at_hand(lines: Iterable[Line]) -> AsyncIterator[Line]:
    """Lines the page has all at once: a report."""
    for one in lines:
        yield one


def file_name(title: str, form_of_file: str, *, is_sample: bool) -> str:
    """The title, the day, and for invented people the word sample."""
    mark = "_" + _("sample, not official") if is_sample else ""
    ending = "xlsx" if form_of_file == "xlsx" else "csv"
    return f"{' '.join(title.translate(NOT_IN_FILE_NAMES).split())[:80]}_{today():%Y-%m-%d}{mark}.{ending}"


def disposition(name: str) -> str:
    """RFC 6266: the name in any script, and a plain one for programs that cannot read it."""
    ending = name.rpartition(".")[2]
    return f"attachment; filename=\"list.{ending}\"; filename*=UTF-8''{quote(name, safe='')}"


async def fill(file: IO[bytes], listed: Listed, form_of_file: str, notes: list[Note], mark: str = "") -> int:
    """Reads a little, writes a little; writing is work for a thread, so that other requests go on."""
    table = Table(listed.title, _("Notes"), listed.columns, mark)
    writer = await asyncio.to_thread(_writer, file, table, form_of_file)
    many = 0
    async with aclosing(_batches(listed.lines)) as batches:
        async for batch in batches:
            await asyncio.to_thread(writer.add, batch)
            many += len(batch)
    await asyncio.to_thread(writer.close, [*notes, Note(_("Lines"), str(many))])
    return many


def _writer(file: IO[bytes], table: Table, form_of_file: str) -> Writer:
    if form_of_file == "xlsx":
        return XlsxWriter(file, table)
    return CsvWriter(file, table, GB18030 if form_of_file == "gb18030" else UTF_8)


async def _batches(lines: AsyncIterator[Line]) -> AsyncGenerator[list[Line], None]:
    batch: list[Line] = []
    try:
        async for one in lines:
            batch.append(one)
            if len(batch) == A_BATCH:
                yield batch
                batch = []
        if batch:
            yield batch
    finally:
        if hasattr(lines, "aclose"):
            await lines.aclose()


async def _sent(file: IO[bytes]) -> AsyncIterator[bytes]:
    with file:
        file.seek(0)
        while piece := await asyncio.to_thread(file.read, A_PIECE):
            yield piece


def _notes(request: AnyRequest, listed: Listed, reason: str) -> list[Note]:
    """What it is, of when, by whom; what the door adds; that invented people are no official figure."""
    seen = signed_in(request)
    moment = f"{local(now()):%Y-%m-%d %H:%M}"
    said = [
        Note(_("What this is"), listed.title),
        *listed.notes,
        Note(_("Made on"), _("%(moment)s, Beijing time", moment=moment)),
        Note(_("Made by"), seen.name),
    ]
    if reason:
        said.append(Note(_("What for"), reason))
    if listed.names_people:
        said.append(
            Note(_("Please note"), _("These are people. Keep the file safe, and delete it when it is done."))
        )
    if mark := _mark(request):
        said.append(Note(_("Sample"), mark))
    return said


def _mark(request: AnyRequest) -> str:
    return _("Sample figures of invented people. They are not official.") if _district(request).is_sample else ""


def _harmless(filters: Mapping[str, str]) -> dict[str, str]:
    """No number anybody may have typed into a search stays in the trail."""
    return {
        name: "\u2026" if name == "words" and any(sign.isdigit() for sign in asked) else asked[:100]
        for name, asked in filters.items()
        if asked
    }


def _district(request: AnyRequest) -> District:
    found: District = request.scope["state"].get("district", District())
    return found
