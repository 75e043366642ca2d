"""Register, courses, seats and attendances as files with full numbers that an import reads: for moving house.

No page does this. The district asks for it on the server, with a reason that stays in the trail.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from datetime import date, datetime
from typing import Any

from elderlearn.catalogue.import_courses import LAYOUT as COURSES
from elderlearn.catalogue.run_names import NAMED, RunName
from elderlearn.checkin.import_attendances import LAYOUT as ATTENDANCES
from elderlearn.ground.actor import Actor
from elderlearn.ground.clock import SHANGHAI
from elderlearn.ground.crypto import decrypt
from elderlearn.ground.errors import Missing, Refusal
from elderlearn.ground.spreadsheets.layout import Layout
from elderlearn.ground.spreadsheets.write_table import Column, Kind, Line, Note, Table, Writer
from elderlearn.ground.sql import stream, value
from elderlearn.ground.trail import note
from elderlearn.ground.unit_of_work import unit_of_work
from elderlearn.people.import_residents import LAYOUT as RESIDENTS
from elderlearn.people.staff import StaffRow, staff_by_name
from elderlearn.places.queries import district_setting
from elderlearn.stewardship.enrolment_lines import LAYOUT as ENROLMENTS

A_BATCH = 500
PEOPLE = ("document_type", "document_number", "name", "born_on", "phone")
KEYS = {
    "residents": (
        *("name", "document_type", "document_number", "born_on", "sex", "phone", "place", "registered_place"),
    ),
    "courses": (
        *("organisation", "place", "organisation_kind", "course", "subject", "run", "kind", "entry", "seats"),
        *("opens_at", "closes_at", "first_on", "starts", "ends", "credited_minutes", "state"),
    ),
    "enrolments": ("organisation", "place", "course", "run", *PEOPLE, "state", "asked_at"),
    "attendances": (
        *("on_date", "organisation", "place", *PEOPLE, "minutes", "source", "title", "kind", "run", "starts"),
    ),
}
LAYOUTS: dict[str, Layout] = {
    "residents": RESIDENTS, "courses": COURSES, "enrolments": ENROLMENTS, "attendances": ATTENDANCES
}  # fmt: skip
KINDS: dict[str, Kind] = {"minutes": "whole", "seats": "whole", "on_date": "day", "first_on": "day"}
PERSON = "r.name, r.document_type, r.document_cipher, r.born_on, r.born_precision, r.phone_cipher"
OF_RUN = """o.name AS organisation, p.code AS place, n.first AS run, n.number"""
RUN = f"""course_run q JOIN course c ON c.id = q.course JOIN organisation o ON o.id = q.organisation
    JOIN place p ON p.id = o.place JOIN ({NAMED} AND r.district = $1) AS n ON n.id = q.id"""
STATEMENTS = {
    "residents": f"""SELECT {PERSON}, r.sex, coalesce(p.code, r.residence) AS place,
            coalesce(g.code, r.registered_residence) AS registered_place
        FROM resident r LEFT JOIN place p ON p.id = r.place LEFT JOIN place g ON g.id = r.registered_place
        WHERE r.district = $1 AND r.state <> 'merged' AND r.name IS NOT NULL ORDER BY r.id""",
    "courses": f"""SELECT {OF_RUN}, o.kind AS organisation_kind, c.title AS course, c.subject, q.kind, q.entry,
            q.seats, q.opens_at, q.closes_at, s.on_date AS first_on, s.starts_at AS starts, s.ends_at AS ends,
            q.credited_minutes, s.state
        FROM session s JOIN {RUN} ON q.id = s.run WHERE c.state <> 'draft' ORDER BY q.id, s.starts_at, s.id""",
    "enrolments": f"""SELECT {PERSON}, {OF_RUN}, c.title AS course, e.asked_at,
            CASE WHEN e.state = 'seated' THEN 'seated' WHEN e.state IN ('offered', 'waiting', 'in_draw')
                THEN 'waiting' ELSE 'withdrawn' END AS state
        FROM enrolment e JOIN resident r ON r.id = e.resident JOIN {RUN} ON q.id = e.run
        WHERE q.district = $1 AND c.state <> 'draft' AND r.name IS NOT NULL
        ORDER BY q.id, e.state <> 'offered', e.line_no, e.asked_at, e.id""",
    "attendances": f"""SELECT {PERSON}, {OF_RUN}, a.on_date, a.minutes, a.source, c.title, a.kind,
            s.starts_at AS starts
        FROM attendance a JOIN resident r ON r.id = a.resident JOIN session s ON s.id = a.session
        JOIN {RUN} ON q.id = a.run
        WHERE a.district = $1 AND a.voided_at IS NULL AND a.is_held AND r.name IS NOT NULL
        ORDER BY a.on_date, a.id""",
}


MARK = "Sample: invented people, no official figures"


async def hand_over(kind: str, make: Callable[[Table], Writer], *, staff_name: str, reason: str) -> int:
    """How many lines were written by the writer `make` gives; all of the district of that account.

    What was taken back is left out, and what is asked and given anew there: drafts, rooms, teachers, leaders,
    terms, rounds and rules of a run. Raises Missing unless the account is one of a district,
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
    setting = await district_setting(staff.district_id)
    writer = make(Table(kind, "notes", titles, MARK if setting.is_sample else ""))
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
        if "document_cipher" in said:
            said["document_number"] = _plain(said.pop("document_cipher"))
            said["phone"] = _plain(said.pop("phone_cipher"))
            said["born_on"] = _born(said["born_on"], said.pop("born_precision"))
        if "run" in said:
            said["run"] = str(RunName(said["run"], said.pop("number")))
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
    if isinstance(known, datetime):
        return f"{known.astimezone(SHANGHAI):{'%H:%M' if key in ('starts', 'ends') else '%Y-%m-%d %H:%M'}}"
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
