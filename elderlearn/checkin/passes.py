"""Passes of helpers: who holds one, who helps at a session, and ending one at once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from elderlearn.catalogue.sessions import session_facts
from elderlearn.checkin.reach import check_reach, within_reach
from elderlearn.ground.actor import Actor, Lent
from elderlearn.ground.clock import now
from elderlearn.ground.crypto import token_hash
from elderlearn.ground.errors import Missing
from elderlearn.ground.sql import row, rows
from elderlearn.ground.trail import note
from elderlearn.ground.unit_of_work import unit_of_work

# A hall without network is left after nightfall; scans made before midnight may be sent until the next one.
GRACE = timedelta(hours=24)
SEEN_EVERY = timedelta(minutes=1)
LONGEST_KEY = 100


@dataclass(frozen=True)
class Pass:
    """A helper's pass as her phone shows it. `state`: open; sending, for what was scanned before `until`; over."""

    id: int
    session_id: int
    staff_id: int
    helper_name: str
    until: datetime
    state: Literal["open", "sending", "over"]

    def by(self, device: int | None = None) -> Actor:
        """Whoever gave the pass, only to scan, only there."""
        return Actor("staff", self.staff_id, "leader", device, Lent(self.id, self.session_id))


@dataclass(frozen=True)
class Helper:
    """One pass as the leader sees it. `label` is what her phone is; `ended_at` when somebody ended it."""

    id: int
    helper_name: str
    given_by: str
    taken_at: datetime
    until: datetime
    seen_at: datetime
    scans: int
    label: str
    ended_at: datetime | None
    is_open: bool


async def pass_of(key: str) -> Pass | None:
    """Whose cookie this is, ended or not; none when nobody's. When it was last seen is kept to the minute."""
    if not key or len(key) > LONGEST_KEY or not key.isascii():
        return None
    found = await row(
        """WITH found AS (SELECT id, session, staff, helper_name, until, ended_at, seen_at FROM scan_pass
            WHERE key_hash = $1),
        seen AS (UPDATE scan_pass SET seen_at = $2 FROM found WHERE scan_pass.id = found.id
            AND found.ended_at IS NULL AND found.seen_at < $3)
        SELECT * FROM found""",
        token_hash(key),
        now(),
        now() - SEEN_EVERY,
    )
    if found is None:
        return None
    held = Pass(found["id"], found["session"], found["staff"], found["helper_name"], found["until"], "over")
    if found["ended_at"] is not None or not await within_reach([held.session_id], held.by()):
        return held
    return Pass(held.id, held.session_id, held.staff_id, held.helper_name, held.until, _state(held.until))


async def helpers_of(session_id: int, *, by: Actor) -> list[Helper]:
    """Who took up a pass at this session, those who scan now first. Raises Missing when it is not within reach."""
    await check_reach([session_id], by, "hand_over")
    found = await rows(
        """SELECT h.id, h.helper_name, w.name AS given_by, h.taken_at, h.until, h.seen_at, h.scans,
            coalesce(d.label, '') AS label, h.ended_at, h.ended_at IS NULL AND h.until > $2 AS is_open
        FROM scan_pass h JOIN staff w ON w.id = h.staff LEFT JOIN device d ON d.id = h.device
        WHERE h.session = $1 AND h.taken_at IS NOT NULL ORDER BY is_open DESC, h.id DESC""",
        session_id,
        now(),
    )
    return [Helper(**one) for one in found]


async def end_pass(pass_id: int, *, by: Actor) -> int:
    """At once: a batch that is being written is finished first, the next one finds no pass. Answers the session.

    What waits on her phone stays there. Ended twice is the same. Raises Missing.
    """
    async with unit_of_work():
        found = await row(
            """SELECT p.session, s.district FROM scan_pass p JOIN session s ON s.id = p.session WHERE p.id = $1
                AND p.taken_at IS NOT NULL""",
            pass_id,
        )
        if found is None:
            raise Missing
        await check_reach([found["session"]], by, "hand_over")
        await _end(pass_id, found["session"], found["district"], by)
    session_id: int = found["session"]
    return session_id


async def end_own_pass(held: Pass) -> None:
    """The helper herself gives it back."""
    async with unit_of_work():
        session = await session_facts(held.session_id)
        by = Actor("staff", held.staff_id, "leader")
        await _end(held.id, session.id, session.district_id, by, given_back=True)


async def _end(pass_id: int, session_id: int, district: int, by: Actor, **more: object) -> None:
    ended = await rows(
        "UPDATE scan_pass SET ended_at = $2, ended_by = $3 WHERE id = $1 AND ended_at IS NULL RETURNING id",
        pass_id,
        now(),
        by.id,
    )
    if ended:
        await note(
            "end_lending",
            by=by,
            subject="session",
            subject_id=session_id,
            district=district,
            scan_pass=pass_id,
            **more,
        )


def _state(until: datetime) -> Literal["open", "sending", "over"]:
    moment = now()
    if moment < until:
        return "open"
    return "sending" if moment < until + GRACE else "over"
