"""A paper sheet typed in, or names ticked off: attendance without a scan."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from elderlearn.catalogue.sessions import SessionFacts, session_facts
from elderlearn.checkin.locks import share_sessions
from elderlearn.checkin.reach import check_reach
from elderlearn.checkin.record import Entry, Recorded, record
from elderlearn.checkin.rules import EARLY
from elderlearn.ground.actor import Actor
from elderlearn.ground.clock import now
from elderlearn.ground.errors import Refusal
from elderlearn.ground.sql import rows
from elderlearn.ground.unit_of_work import unit_of_work
from elderlearn.people.hold import hold_people

SOURCES = ("paper", "tick", "typed", "import")
MOST = 2000  # names on one sheet


@dataclass(frozen=True)
class NotRecorded:
    """Why somebody on the sheet was left out: unknown_resident, called_off, outside_window, elsewhere.

    `elsewhere`: present at an overlapping session. People of another district are known only when they came
    here with their card before, or hold a seat: a list of numbers is no way to find strangers.
    """

    resident_id: int
    reason: str


@dataclass(frozen=True)
class Sheet:
    """What became of a sheet: everybody on it stands in exactly one of the three."""

    recorded: tuple[Recorded, ...]
    already_present: tuple[int, ...]
    refused: tuple[NotRecorded, ...]


async def record_sheet(session_id: int, resident_ids: Sequence[int], *, by: Actor, source: str = "paper") -> Sheet:
    """Everybody on the sheet was there; typed in twice is the same. However late: paper waits.

    Raises Missing when the session is not there or not within reach, Refusal('invalid_source'),
    Refusal('invalid_batch') for more than 2000 names.
    """
    async with unit_of_work():
        return await put_sheet(session_id, resident_ids, by=by, source=source)


async def put_sheet(session_id: int, resident_ids: Sequence[int], *, by: Actor, source: str) -> Sheet:
    """`record_sheet` inside the open unit of work, which may hold the session (shared) and people already."""
    if source not in SOURCES:
        raise Refusal("invalid_source", source=source)
    if len(resident_ids) > MOST:
        raise Refusal("invalid_batch", least=1, most=MOST)
    listed = list(dict.fromkeys(resident_ids))
    await check_reach([session_id], by, "tick" if source == "tick" else "type_sheet")
    await share_sessions([session_id])
    session = await session_facts(session_id)
    await hold_people(listed)
    known = await known_there(listed, session)
    reason = _closed_because(session, now())
    elsewhere = set() if reason else await _elsewhere(listed, session)
    willing = [] if reason else [one for one in listed if one in known and one not in elsewhere]
    written = await record(await _entries(session, willing, source), by=by)
    new = {one.resident_id for one in written}
    return Sheet(
        recorded=tuple(written),
        already_present=tuple(one for one in willing if one not in new),
        refused=tuple(
            NotRecorded(one, (reason or "elsewhere") if one in known else "unknown_resident")
            for one in listed
            if one not in willing
        ),
    )


def _closed_because(session: SessionFacts, moment: datetime) -> str | None:
    if session.state == "called_off":
        return "called_off"
    return "outside_window" if session.starts_at - EARLY > moment else None


async def known_there(resident_ids: Collection[int], session: SessionFacts) -> set[int]:
    """Those of them whom whoever takes attendance at this session may name; see `NotRecorded`."""
    found = await rows(
        """SELECT r.id FROM resident r WHERE r.id = ANY($1::bigint[]) AND r.state <> 'merged' AND (r.district = $2
            OR EXISTS (SELECT FROM attendance a WHERE a.resident = r.id AND a.district = $2)
            OR EXISTS (SELECT FROM enrolment e WHERE e.resident = r.id AND e.run = $3 AND e.state = 'seated'))""",
        list(resident_ids),
        session.district_id,
        session.run_id,
    )
    return {one["id"] for one in found}


async def _elsewhere(resident_ids: Collection[int], session: SessionFacts) -> set[int]:
    """Those present at another session at the same time; who is here already is here."""
    found = await rows(
        """SELECT a.resident FROM attendance a JOIN session s ON s.id = a.session
        WHERE a.resident = ANY($1::bigint[]) AND a.voided_at IS NULL AND a.is_held AND a.session <> $2
            AND s.starts_at < $4 AND s.ends_at > $3 AND NOT EXISTS (SELECT FROM attendance h
                WHERE h.resident = a.resident AND h.session = $2 AND h.voided_at IS NULL)""",
        list(resident_ids),
        session.id,
        session.starts_at,
        session.ends_at,
    )
    return {one["resident"] for one in found}


async def _entries(session: SessionFacts, resident_ids: Sequence[int], source: str) -> list[Entry]:
    seated = await rows(
        "SELECT resident FROM enrolment WHERE run = $1 AND state = 'seated' AND resident = ANY($2::bigint[])",
        session.run_id,
        list(resident_ids),
    )
    has_seat = {one["resident"] for one in seated}
    at = min(max(now(), session.starts_at), session.ends_at)
    return [
        Entry(session.id, one, source, at, is_walk_in=session.entry == "enrol" and one not in has_seat)
        for one in resident_ids
    ]
