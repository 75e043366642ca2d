"""What somebody decides about one unclear scan: an inner step of `resolve_*`. The scan stays as it came."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from elderlearn.catalogue.sessions import SessionFacts, session_facts
from elderlearn.checkin.locks import share_sessions
from elderlearn.checkin.reach import check_reach
from elderlearn.checkin.record import Entry, record
from elderlearn.checkin.resolutions import Resolution, resolution_of
from elderlearn.checkin.rules import EARLY, LATE
from elderlearn.checkin.unclear_scan import UnclearScan, unclear_scan
from elderlearn.enrolment.hold import Moved, until_still
from elderlearn.ground.actor import Actor
from elderlearn.ground.clock import now
from elderlearn.ground.errors import Missing, Refusal
from elderlearn.ground.sql import row, value
from elderlearn.ground.trail import note
from elderlearn.ground.unit_of_work import unit_of_work
from elderlearn.people.hold import hold_people, is_one_merged

ACTION = "resolve_scan"


@dataclass(frozen=True)
class Decision:
    """`what` as in `ScanResolution`; who was at which session, or neither when the scan is dropped."""

    what: str
    session_id: int | None = None
    resident_id: int | None = None
    reason: str = ""
    source: str = "scan"


@dataclass(frozen=True)
class Resolved:
    """The decision that holds. Not `is_new`: it was decided before, perhaps otherwise, and nothing was changed."""

    resolution: Resolution
    is_new: bool


Plan = Callable[[UnclearScan, Actor], Awaitable[Decision]]


async def resolve(scan_id: UUID, plan: Plan, *, by: Actor) -> Resolved:
    """Decided once; of two people at once one decides, the other is told what was decided.

    Raises Missing when scan or session are not within reach, Stale; Refusal: called_off, not_begun, and those of
    `plan`.
    """

    async def work(_: int) -> Resolved:
        async with unit_of_work():
            return await settle(scan_id, plan, by=by)

    return await until_still(work)


async def settle(scan_id: UUID, plan: Plan, *, by: Actor) -> Resolved:
    """`resolve` inside the open unit of work. Raises Moved besides."""
    scan = await unclear_scan(scan_id, by=by, action=ACTION)
    before = await resolution_of(scan_id)
    if before is not None:
        return Resolved(before, is_new=False)
    decision = await plan(scan, by)
    session = await _held_session(decision, by)
    await _hold(decision.resident_id)
    id = await _write(scan, decision, by)
    if id is None:
        before = await resolution_of(scan_id)
        if before is None:  # undone in this very moment
            raise Refusal("look_again")
        return Resolved(before, is_new=False)
    if session is not None and decision.resident_id is not None:
        await _count(id, scan, decision, session, by)
    resolution = await resolution_of(scan_id)
    assert resolution is not None
    return Resolved(resolution, is_new=True)


async def _held_session(decision: Decision, by: Actor) -> SessionFacts | None:
    if decision.session_id is None:
        return None
    await check_reach([decision.session_id], by, ACTION)
    await share_sessions([decision.session_id])
    session = await session_facts(decision.session_id)
    if session.state == "called_off":
        raise Refusal("called_off")
    if session.starts_at - EARLY > now():
        raise Refusal("not_begun", when=session.starts_at)
    return session


async def _hold(resident_id: int | None) -> None:
    """Raises Moved when she became part of another row while we waited for her."""
    if resident_id is None:
        return
    await hold_people([resident_id])
    if await is_one_merged([resident_id]):
        raise Moved


async def _write(scan: UnclearScan, decision: Decision, by: Actor) -> int | None:
    """None when somebody else decided meanwhile: the index over decisions that hold makes the second one wait."""
    found = await row(
        """INSERT INTO scan_resolution (scan, what, session, resident, reason, at, by_kind, by_id, door)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT DO NOTHING RETURNING id""",
        scan.id, decision.what, decision.session_id, decision.resident_id, decision.reason, now(),
        by.kind, by.id, by.door,
    )  # fmt: skip
    if found is None:
        return None
    await note(
        "scan.resolve", by=by, subject="scan_resolution", subject_id=found["id"],
        district=await _district(scan, decision), scan=str(scan.id), what=decision.what, flag=scan.reason,
        session=decision.session_id, resident=decision.resident_id, reason=decision.reason,
    )  # fmt: skip
    id: int = found["id"]
    return id


async def _district(scan: UnclearScan, decision: Decision) -> int | None:
    """Of the session; of a scan that names none, of who scanned."""
    found: int | None = await value(
        """SELECT coalesce((SELECT district FROM session WHERE id = $1),
            (SELECT w.district FROM scan k JOIN staff w ON w.id = k.by_staff WHERE k.id = $2))""",
        decision.session_id or scan.session_id,
        scan.id,
    )
    return found


async def _count(id: int, scan: UnclearScan, decision: Decision, session: SessionFacts, by: Actor) -> None:
    assert decision.resident_id is not None
    entry = Entry(
        session.id, decision.resident_id, decision.source, _when(scan, session),
        is_walk_in=session.entry == "enrol" and not await _has_seat(session.run_id, decision.resident_id),
        scan=scan.id,
    )  # fmt: skip
    written = await record([entry], by=by)
    await row(
        """UPDATE scan_resolution SET has_recorded = $2, attendance =
            (SELECT id FROM attendance WHERE session = $3 AND resident = $4) WHERE id = $1""",
        id,
        bool(written),
        session.id,
        decision.resident_id,
    )


def _when(scan: UnclearScan, session: SessionFacts) -> datetime:
    """When she was scanned, if that can be: a clock may be wrong, a session may have moved."""
    at = scan.scanned_at
    is_possible = at is not None and session.starts_at - EARLY <= at <= session.ends_at + LATE
    return at if at is not None and is_possible else session.starts_at


async def _has_seat(run_id: int, resident_id: int) -> bool:
    found = await value(
        "SELECT EXISTS (SELECT FROM enrolment WHERE run = $1 AND resident = $2 AND state = 'seated')",
        run_id,
        resident_id,
    )
    return bool(found)


def her_scan(scan: UnclearScan) -> int:
    """Who was scanned. Raises Refusal('nobody_known') when the code named nobody."""
    if scan.resident_id is None:
        raise Refusal("nobody_known")
    return scan.resident_id


def source_of(scan: UnclearScan) -> str:
    """What the attendance will say it came from."""
    return scan.method if scan.method in ("typed", "tick", "venue") else "scan"


def here(scan: UnclearScan) -> int:
    """The session the scan names. Raises Missing when it names none within reach."""
    if scan.session_id is None or not scan.is_at_hand:
        raise Missing
    return scan.session_id
