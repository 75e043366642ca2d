"""Asking which scans wait for somebody to decide: for those who lead the sessions, and for the offices."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from elderlearn.ground.clock import now
from elderlearn.ground.sql import rows, value
from elderlearn.people.names import masked_name
from elderlearn.people.who_now import WHO_NOW

SHOWS = ("open", "unread", "here", "done")
NOT_DECIDED = "NOT EXISTS (SELECT FROM scan_resolution d WHERE d.scan = k.id AND d.undone_at IS NULL)"
IS_HERE = f"""EXISTS (SELECT FROM attendance h WHERE h.session = k.session AND h.voided_at IS NULL
    AND h.resident = {WHO_NOW.format("k.resident")})"""
# What each list holds. Flagged, and she does not count there: to be decided; if she does, there is nothing to do.
WHICH = {
    "open": f"{NOT_DECIDED} AND NOT {IS_HERE}",
    "here": f"{NOT_DECIDED} AND {IS_HERE}",
    "unread": NOT_DECIDED,
    "done": f"NOT {NOT_DECIDED}",
}
# Each by an index of its own.
OF_SESSIONS = "k.verdict = '{verdict}' AND k.session = ANY(ARRAY({mine}))"
SCANNED = "k.verdict = 'refused' AND k.by_staff = ANY(ARRAY({scanned}))"
LED = "SELECT e.id FROM session e JOIN run_leader l ON l.run = e.run WHERE l.staff = $1"
WITHIN = """SELECT e.id FROM session e JOIN organisation o ON o.id = e.organisation JOIN place p ON p.id = o.place
    WHERE $1 IN (p.id, p.parent, p.district)"""
SCANNED_BY = "SELECT w.id FROM staff w JOIN place p ON p.id = w.place WHERE $1 IN (p.id, p.parent, p.district)"
# On the list of the run: only then her own leader reads the name in full.
IS_ON_LIST = """EXISTS (SELECT FROM enrolment e WHERE e.run = s.run AND e.resident = r.id
        AND e.state IN ('seated', 'offered'))
    OR q.entry = 'members' AND EXISTS (SELECT FROM organisation_member m WHERE m.organisation = s.organisation
        AND m.resident = r.id AND m.joined_on <= s.on_date AND (m.left_on IS NULL OR m.left_on > s.on_date))"""
SHOWN = f"""SELECT k.id AS scan_id, k.verdict, k.reason, k.method, k.door, k.typed_name, k.scanned_at,
    k.phone_said_at, k.received_at, s.id AS session_id, c.title, o.name AS organisation, p.name AS place,
    s.starts_at, s.ends_at, coalesce(s.state = 'called_off', false) AS is_called_off, w.name AS by_name,
    r.id AS resident_id, r.name, ({IS_ON_LIST}) AS is_on_list, extract(year FROM r.born_on)::int AS born_year,
    coalesce((SELECT right(number, 4) FROM card WHERE resident = r.id AND state <> 'replaced'
        ORDER BY id DESC LIMIT 1), '') AS number_ends,
    d.what, d.at AS decided_at, dw.name AS decided_by
FROM scan k
LEFT JOIN session s ON s.id = k.session AND s.id IN ({{mine}})
LEFT JOIN course_run q ON q.id = s.run LEFT JOIN course c ON c.id = q.course
LEFT JOIN organisation o ON o.id = s.organisation LEFT JOIN place p ON p.id = o.place
LEFT JOIN staff w ON w.id = k.by_staff
LEFT JOIN resident r ON s.id IS NOT NULL AND r.id = {WHO_NOW.format("k.resident")}
LEFT JOIN scan_resolution d ON d.scan = k.id AND d.undone_at IS NULL
LEFT JOIN staff dw ON dw.id = d.by_id AND d.by_kind = 'staff'"""


@dataclass(frozen=True)
class Whose:
    """Whose scans: those of the sessions a leader leads, or of the organisations in a place and below it."""

    staff_id: int | None = None
    place_id: int | None = None

    @property
    def id(self) -> int | None:
        """What $1 is."""
        return self.place_id if self.staff_id is None else self.staff_id

    @property
    def mine(self) -> str:
        """Sessions."""
        return WITHIN if self.staff_id is None else LED

    @property
    def scanned(self) -> str:
        """Who scanned what names no session of theirs."""
        return SCANNED_BY if self.staff_id is None else "SELECT $1::bigint"


@dataclass(frozen=True)
class Unclear:
    """One scan. Session and person are none where they are not within reach, or where the code named nobody.

    `name` is in full for a leader's own people, else masked; empty for a blank card. `what` and who decided it
    are none while it is open.
    """

    scan_id: UUID
    verdict: str
    reason: str | None
    method: str
    door: str
    typed_name: str | None = field(repr=False)
    scanned_at: datetime | None
    phone_said_at: datetime | None
    received_at: datetime
    session_id: int | None
    title: str | None
    organisation: str | None
    place: str | None
    starts_at: datetime | None
    ends_at: datetime | None
    is_called_off: bool
    by_name: str | None
    resident_id: int | None
    name: str = field(repr=False)
    born_year: int | None
    number_ends: str
    what: str | None
    decided_at: datetime | None
    decided_by: str | None


@dataclass(frozen=True)
class Asked:
    """Which of them: `show` is one of SHOWS, `reason` of a verdict, `session_id`, `older` than so many days."""

    show: str = "open"
    reason: str | None = None
    session_id: int | None = None
    older: int | None = None


async def unclear(whose: Whose, asked: Asked, *, limit: int, offset: int = 0) -> tuple[list[Unclear], int]:
    """One page, those received last first, and how many there are in all."""
    where, values = _where(whose, asked)
    how_many: int = await value(f"SELECT count(*) FROM scan k WHERE {where}", *values)
    found = await rows(
        f"""{SHOWN.format(mine=whose.mine)} WHERE {where}
        ORDER BY k.received_at DESC, k.id LIMIT {int(limit)} OFFSET {int(offset)}""",
        *values,
    )
    return [_one(one, whose) for one in found], how_many


async def unclear_one(whose: Whose, scan_id: UUID) -> Unclear | None:
    """This scan as on the list, whatever was decided; for those who may look at it (`unclear_scan`)."""
    found = await rows(f"{SHOWN.format(mine=whose.mine)} WHERE k.id = $2", whose.id, scan_id)
    return _one(found[0], whose) if found else None


async def how_many_open(whose: Whose, *, session_id: int | None = None) -> int:
    """Flagged scans nobody has decided about, of all sessions or one."""
    where, values = _where(whose, Asked(session_id=session_id))
    found: int = await value(f"SELECT count(*) FROM scan k WHERE {where}", *values)
    return found


def _where(whose: Whose, asked: Asked) -> tuple[str, list[object]]:
    before = now() - timedelta(days=asked.older) if asked.older is not None else None
    theirs = []
    if asked.show != "unread":
        theirs.append(OF_SESSIONS.format(verdict="flagged", mine=whose.mine))
    if asked.show in ("unread", "done"):
        theirs.append(OF_SESSIONS.format(verdict="refused", mine=whose.mine))
        theirs.append(SCANNED.format(scanned=whose.scanned))
    return (
        f"""({" OR ".join(theirs)}) AND {WHICH[asked.show]} AND ($2::text IS NULL OR k.reason = $2)
        AND ($3::bigint IS NULL OR k.session = $3) AND ($4::timestamptz IS NULL OR k.received_at < $4)""",
        [whose.id, asked.reason, asked.session_id, before],
    )


def _one(found: object, whose: Whose) -> Unclear:
    row = dict(found)  # type: ignore[call-overload]  # a Record
    name, is_hers = row.pop("name"), row.pop("is_on_list") and whose.staff_id is not None
    shown = "" if row["resident_id"] is None or not name else (name if is_hers else masked_name(name))
    return Unclear(name=shown, **row)
