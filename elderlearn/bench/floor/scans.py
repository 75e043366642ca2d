"""The floor of scans: the rows a scan leaves, written by one statement that believes everything."""

from __future__ import annotations

from datetime import UTC, datetime
from uuid import UUID

from litestar import post
from litestar.datastructures import State
from msgspec import Struct

WRITE = """WITH sent AS (
        SELECT n.id, n.session, n.resident, n.at, s.run, s.organisation, s.district, s.kind, s.on_date,
            s.credited_minutes AS minutes, r.residence, r.place, r.born_on
        FROM unnest($1::uuid[], $2::bigint[], $3::bigint[], $4::timestamptz[]) AS n (id, session, resident, at)
        JOIN session s ON s.id = n.session JOIN resident r ON r.id = n.resident
    ), attended AS (
        INSERT INTO attendance (session, resident, run, organisation, district, kind, on_date, minutes, source,
            scan, attended_at, recorded_at, by_kind, by_id, door)
        SELECT session, resident, run, organisation, district, kind, on_date, minutes, 'scan',
            id, at, $5, 'staff', 1, 'api' FROM sent ORDER BY session, resident RETURNING id, session, resident
    ), day AS (
        INSERT INTO attended_day AS d (resident, on_date, kind, district, minutes, visits)
        SELECT resident, on_date, kind, district, sum(minutes), count(*) FROM sent GROUP BY 1, 2, 3, 4
        ORDER BY 1, 2, 3, 4
        ON CONFLICT (resident, on_date, kind, district)
        DO UPDATE SET minutes = d.minutes + excluded.minutes, visits = d.visits + excluded.visits
    ), tallied AS (
        INSERT INTO tally AS t (period, resident, residence, place, born_on, visits, days, minutes)
        SELECT $6, resident, residence, place, born_on, count(*), count(DISTINCT on_date), sum(minutes)
        FROM sent GROUP BY 2, 3, 4, 5 ORDER BY resident
        ON CONFLICT (period, resident) DO UPDATE SET visits = t.visits + excluded.visits,
            days = t.days + excluded.days, minutes = t.minutes + excluded.minutes
    ), by_organisation AS (
        INSERT INTO tally_by_organisation AS o (period, organisation, resident, kind, visits, minutes)
        SELECT $6, organisation, resident, kind, count(*), sum(minutes) FROM sent GROUP BY 2, 3, 4
        ORDER BY 2, 3, 4
        ON CONFLICT (period, organisation, resident, kind)
        DO UPDATE SET visits = o.visits + excluded.visits, minutes = o.minutes + excluded.minutes
    )
    INSERT INTO scan (id, session, code_hash, method, scanned_at, received_at, by_staff, door, resident, verdict,
        attendance)
    SELECT sent.id, sent.session, sha256(sent.id::text::bytea), 'camera', sent.at, $5, 1, 'api', sent.resident,
        'recorded', a.id
    FROM sent JOIN attended a USING (session, resident) RETURNING id"""


class BareScan(Struct):
    """A scan that names the resident herself."""

    scan_id: UUID
    session_id: int
    resident_id: int
    scanned_at: datetime


class BareScans(Struct):
    """All in one statistic period."""

    period: int
    scans: list[BareScan]


@post("/floor/scans", status_code=200)
async def write_scans(data: BareScans, state: State) -> dict[str, list[str]]:
    """The ids that were written."""
    written = await state.pool.fetch(
        WRITE,
        [one.scan_id for one in data.scans],
        [one.session_id for one in data.scans],
        [one.resident_id for one in data.scans],
        [one.scanned_at for one in data.scans],
        datetime.now(UTC),
        data.period,
    )
    return {"written": [str(one["id"]) for one in written]}
