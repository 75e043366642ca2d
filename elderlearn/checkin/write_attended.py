"""Attendances of a list, written in the order of residents: an inner step of an import."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from elderlearn.catalogue.kept_sessions import Held, Meeting, held_sessions, keep_sessions
from elderlearn.catalogue.runs import summarise
from elderlearn.checkin.locks import share_sessions
from elderlearn.checkin.record import Entry, record
from elderlearn.ground.actor import Actor
from elderlearn.ground.errors import Stale
from elderlearn.ground.spreadsheets.outcome import WRITING, Watch
from elderlearn.ground.sql import rows
from elderlearn.ground.trail import note
from elderlearn.people.hold import hold_people, is_one_merged

AT_ONCE = 1000


@dataclass(frozen=True)
class Attended:
    """Somebody was at a meeting; `line` is where the list says so."""

    line: int
    meeting: Meeting
    resident_id: int
    source: str


@dataclass(frozen=True)
class Written:
    """New sessions and attendances; the lines whose attendance had been taken back and stays so."""

    sessions: int
    added: int
    voided_lines: tuple[int, ...]


async def write_attended(attended: Sequence[Attended], *, by: Actor, watch: Watch, dry_run: bool) -> Written:
    """Inside the open unit of work. Sessions first, then people in the order of their ids, then runs: `locks`.

    Raises Stale when one of them became part of another row of the register since the list was read.
    """
    meetings = dict.fromkeys(one.meeting for one in attended)
    held = await held_sessions(meetings)
    new = [one for one in meetings if one not in held]
    if not dry_run:
        await share_sessions([one.session_id for one in held.values()])
    present = await _present([one.session_id for one in held.values()])
    missing = [one for one in attended if _key(one, held) not in present]
    voided = tuple(one.line for one in attended if present.get(_key(one, held)))
    if not dry_run:
        before = set(held.values())
        held |= await keep_sessions(new, by=by)
        await _record(missing, held, by, watch)
        for run_id in sorted({one.run_id for one in set(held.values()) - before}):
            await summarise(run_id)
        await _note(missing, by)
    return Written(len(new), len(missing), voided)


async def _note(written: Sequence[Attended], by: Actor) -> None:
    """One line for each organisation; every attendance itself says who, when and through which door."""
    many = Counter(one.meeting.organisation_id for one in written)
    found = await rows(
        "SELECT id, district FROM organisation WHERE id = ANY($1::bigint[]) ORDER BY id", list(many)
    )
    for one in found:
        await note(
            "import_attendances",
            by=by,
            subject="organisation",
            subject_id=one["id"],
            district=one["district"],
            attendances=many[one["id"]],
        )


def _key(one: Attended, held: dict[Meeting, Held]) -> tuple[int, int]:
    session = held.get(one.meeting)
    return (session.session_id if session else 0), one.resident_id


async def _present(session_ids: list[int]) -> dict[tuple[int, int], bool]:
    """Session and resident of every attendance on file; true when it was taken back."""
    found = await rows(
        """SELECT session, resident, voided_at IS NOT NULL AS is_voided FROM attendance
        WHERE session = ANY($1::bigint[])""",
        session_ids,
    )
    return {(one["session"], one["resident"]): one["is_voided"] for one in found}


async def _record(missing: list[Attended], held: dict[Meeting, Held], by: Actor, watch: Watch) -> None:
    """People in the order of their ids, a thousand rows at a time, so that nobody is held long before her turn."""
    missing.sort(key=lambda one: (one.resident_id, one.line))
    for start in range(0, len(missing), AT_ONCE):
        await watch.heard(WRITING, start, len(missing))
        some = missing[start : start + AT_ONCE]
        people = await hold_people([one.resident_id for one in some])
        if await is_one_merged(people):
            raise Stale
        seated = await _seated(some, held)
        await record([_entry(one, held[one.meeting], seated) for one in some], by=by)


async def _seated(some: Sequence[Attended], held: dict[Meeting, Held]) -> set[tuple[int, int]]:
    runs = {held[one.meeting].run_id for one in some if held[one.meeting].has_seats}
    if not runs:
        return set()
    found = await rows(
        """SELECT run, resident FROM enrolment WHERE state = 'seated' AND run = ANY($1::bigint[])
            AND resident = ANY($2::bigint[])""",
        sorted(runs),
        sorted({one.resident_id for one in some}),
    )
    return {(one["run"], one["resident"]) for one in found}


def _entry(one: Attended, held: Held, seated: set[tuple[int, int]]) -> Entry:
    is_walk_in = held.has_seats and (held.run_id, one.resident_id) not in seated
    return Entry(held.session_id, one.resident_id, one.source, one.meeting.times.starts_at, is_walk_in)
