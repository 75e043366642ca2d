"""The register or the attendances as a file with full numbers, in the headings an import reads: for moving house.

No page does this. The district asks for it on the server, with a reason that stays in the trail.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from datetime import date
from typing import Any

from elderlearn.checkin.import_attendances import LAYOUT as ATTENDANCES
from elderlearn.ground.actor import Actor
from elderlearn.ground.crypto import decrypt
from elderlearn.ground.errors import Missing, Refusal
from elderlearn.ground.spreadsheets.layout import Layout
from elderlearn.ground.spreadsheets.write_table import Column, Kind, Line, Note, Table, Writer
from elderlearn.ground.sql import stream, value
from elderlearn.ground.trail import note
from elderlearn.ground.unit_of_work import unit_of_work
from elderlearn.people.import_residents import LAYOUT as RESIDENTS
from elderlearn.people.staff import StaffRow, staff_by_name

A_BATCH = 500
KEYS = {
    "residents": (
        *("name", "document_type", "document_number", "born_on", "sex", "phone", "place", "registered_place"),
    ),
    "attendances": (
        *("on_date", "organisation", "place", "document_type", "document_number", "name", "born_on", "phone"),
        *("minutes", "source", "title", "kind"),
    ),
}
LAYOUTS: dict[str, Layout] = {"residents": RESIDENTS, "attendances": ATTENDANCES}
KINDS: dict[str, Kind] = {"minutes": "whole", "on_date": "day"}
PERSON = "r.name, r.document_type, r.document_cipher, r.born_on, r.born_precision, r.phone_cipher"
STATEMENTS = {
    "residents": f"""SELECT {PERSON}, r.sex, coalesce(p.code, r.residence) AS place,
            coalesce(g.code, r.registered_residence) AS registered_place
        FROM resident r LEFT JOIN place p ON p.id = r.place LEFT JOIN place g ON g.id = r.registered_place
        WHERE r.district = $1 AND r.state <> 'merged' AND r.name IS NOT NULL ORDER BY r.id""",
    "attendances": f"""SELECT {PERSON}, a.on_date, o.name AS organisation, p.code AS place, a.minutes, a.source,
            c.title, a.kind
        FROM attendance a JOIN resident r ON r.id = a.resident JOIN organisation o ON o.id = a.organisation
        JOIN place p ON p.id = o.place JOIN course_run q ON q.id = a.run JOIN course c ON c.id = q.course
        WHERE a.district = $1 AND a.voided_at IS NULL AND a.is_held AND r.name IS NOT NULL
        ORDER BY a.on_date, a.id""",
}


async def hand_over(kind: str, make: Callable[[Table], Writer], *, staff_name: str, reason: str) -> int:
    """How many lines were written by the writer `make` gives; all of the district of that account.

    What was taken back is left out. Raises Missing unless the account is one of a district,
    Refusal('reason_needed').
    """
    staff = await staff_by_name(staff_name)
    if staff.is_ended or staff.role != "district":
        raise Missing
    if not reason.strip():
        raise Refusal("reason_needed", field="reason")
    layout = LAYOUTS[kind]
    titles = [Column(layout.column(key).names[0], KINDS.get(key, "text")) for key in KEYS[kind]]
    await _note_it(kind, staff, reason.strip())
    writer = make(Table(kind, "notes", titles))
    many = 0
    async for batch in _batches(_lines(kind, staff.district_id)):
        writer.add(batch)
        many += len(batch)
    writer.close([Note(kind, reason.strip())])
    return many


async def _note_it(kind: str, staff: StaffRow, reason: str) -> None:
    """Before the first line is written: whoever breaks off has a file of numbers, too."""
    many = await value(f"SELECT count(*) FROM ({STATEMENTS[kind]}) AS line", staff.district_id)
    async with unit_of_work():
        await note(
            "hand_over",
            by=Actor("staff", staff.id, "cli"),
            subject="export",
            subject_id=None,
            district=staff.district_id,
            what=kind,
            rows=many,
            reason=reason[:200],
        )


async def _lines(kind: str, district_id: int) -> AsyncIterator[Line]:
    layout = LAYOUTS[kind]
    async for one in stream(STATEMENTS[kind], district_id):
        said = dict(one)
        said["document_number"] = _plain(said.pop("document_cipher"))
        said["phone"] = _plain(said.pop("phone_cipher"))
        said["born_on"] = _born(said["born_on"], said.pop("born_precision"))
        yield tuple(_word(layout, key, said[key]) for key in KEYS[kind])


def _plain(cipher: bytes | None) -> str | None:
    return None if cipher is None else decrypt(cipher)


def _born(born_on: date | None, precision: str) -> str | None:
    """A year alone stays a year."""
    if born_on is None:
        return None
    return str(born_on.year) if precision == "year" else born_on.isoformat()


def _word(layout: Layout, key: str, known: Any) -> Any:
    """As people write it, where the import knows a word for it; what is unknown stays empty."""
    group = "outside" if key in ("place", "registered_place") else key
    if group not in layout.words or known is None:
        return None if known == "unknown" else known
    meant = "import" if group == "source" and known != "paper" else known
    if known == "unknown":
        return None
    return next((way for way, meaning in layout.words[group].items() if meaning == meant), known)


async def _batches(lines: AsyncIterator[Line]) -> AsyncIterator[list[Line]]:
    batch: list[Line] = []
    async for one in lines:
        batch.append(one)
        if len(batch) == A_BATCH:
            yield batch
            batch = []
    yield batch
