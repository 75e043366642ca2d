"""Who says that she is here: what she herself may know of it, and those a leader has to look for."""

from __future__ import annotations

from dataclasses import dataclass, field
from uuid import UUID

from elderlearn.checkin.reach import check_reach
from elderlearn.enrolment.roster import roster_rows
from elderlearn.ground.actor import Actor
from elderlearn.ground.sql import row, rows, value
from elderlearn.people.names import masked_name

# Flagged because it was a printed code, nobody has decided yet, and she was not checked in otherwise.
WAITING = """f.verdict = 'flagged' AND f.reason = 'printed_code'
    AND NOT EXISTS (SELECT FROM scan_resolution d WHERE d.scan = f.id AND d.undone_at IS NULL)
    AND NOT EXISTS (SELECT FROM attendance a WHERE a.session = f.session AND a.resident = f.resident
        AND a.voided_at IS NULL)"""


@dataclass(frozen=True)
class HerPlace:
    """One resident at one session. `waits_because` is the reason of a scan nobody has decided about yet."""

    is_present: bool
    is_walk_in: bool
    waits_because: str | None


@dataclass(frozen=True)
class SaidHere:
    """A scan that counts nothing until somebody agrees; the name in full for whoever is expected."""

    scan_id: UUID
    resident_id: int
    name: str = field(repr=False)
    number_ends: str


async def her_place(session_id: int, resident_id: int) -> HerPlace:
    """What stands there of herself; she has been let in by a door already."""
    found = await row(
        """SELECT a.id AS attendance, coalesce(a.is_walk_in, false) AS is_walk_in,
            (SELECT f.reason FROM scan f WHERE f.session = $1 AND f.resident = $2 AND f.verdict = 'flagged'
                AND NOT EXISTS (SELECT FROM scan_resolution d WHERE d.scan = f.id AND d.undone_at IS NULL)
            ORDER BY f.received_at DESC LIMIT 1) AS waits
        FROM (SELECT) AS always LEFT JOIN attendance a ON a.session = $1 AND a.resident = $2
            AND a.voided_at IS NULL AND a.is_held""",
        session_id,
        resident_id,
    )
    assert found is not None
    return HerPlace(found["attendance"] is not None, found["is_walk_in"], found["waits"])


async def how_many_said(session_id: int) -> int:
    """For whom a leader has to look; whoever asks has been let in by a door already."""
    found: int = await value(
        f"SELECT count(DISTINCT f.resident) FROM scan f WHERE f.session = $1 AND {WAITING}", session_id
    )
    return found


async def who_said(session_id: int, *, by: Actor) -> list[SaidHere]:
    """By name, each once. Raises Missing when the session is not within reach."""
    await check_reach([session_id], by)
    found = await rows(
        f"""SELECT f.id, r.id AS resident, r.name, (SELECT right(c.number, 4) FROM card c
            WHERE c.resident = r.id AND c.state <> 'replaced' ORDER BY c.id DESC LIMIT 1) AS number_ends
        FROM (SELECT DISTINCT ON (f.resident) f.id, f.resident FROM scan f
            WHERE f.session = $1 AND {WAITING} ORDER BY f.resident, f.received_at) AS f
        JOIN resident r ON r.id = f.resident
        ORDER BY r.name_pinyin COLLATE "C" NULLS LAST, r.name, r.id""",
        session_id,
    )
    names = {one.resident_id: one.name for one in await roster_rows(session_id)}
    return [
        SaidHere(
            one["id"],
            one["resident"],
            names.get(one["resident"]) or masked_name(one["name"]),
            one["number_ends"] or "",
        )
        for one in found
    ]
