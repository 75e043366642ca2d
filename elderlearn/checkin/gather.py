"""What the database knows about a batch of scans: two statements, the second after everybody is held."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from asyncpg import Record

from elderlearn.checkin.batch import KnownScan, PresentAt, ReadCode, Room
from elderlearn.checkin.hold_scans import hold_scans
from elderlearn.checkin.items import RawScan
from elderlearn.checkin.reading import SaidCode
from elderlearn.checkin.rules import Verdict
from elderlearn.ground.actor import Actor
from elderlearn.ground.sql import rows
from elderlearn.people.names import masked_name


async def gather(scans: Sequence[RawScan], said: Sequence[SaidCode], *, by: Actor) -> tuple[list[ReadCode], Room]:
    """Hold sessions (shared), blank cards and residents, in this order, then look; in the open unit of work.

    What was committed by whoever held them before is seen, so two phones never both find nobody present.
    """
    held = await hold_scans(scans, said, by=by)
    residents = [held.people.get(one.card_id) if one.card_id is not None else None for one in held.codes]
    found = await rows(
        LOOK,
        [one.scan_id for one in scans],
        [one.session_id if held.is_yours(one.session_id) else None for one in scans],
        residents,
        [session for session, meeting in held.meetings.items() if meeting.has_seats],
    )
    return held.codes, Room(
        meetings=held.meetings,
        people=held.people,
        known={one["known"]: _known(one) for one in found if one["known"] is not None},
        names={one["who"]: masked_name(one["name"]) for one in found if one["name"] is not None},
        seated={
            (scan.session_id, resident)
            for scan, resident, one in zip(scans, residents, found, strict=True)
            if scan.session_id is not None and resident is not None and one["is_seated"]
        },
        present=_present(residents, found),
    )


def _known(one: Record) -> KnownScan:
    return KnownScan(
        one["session"],
        one["code_hash"],
        Verdict(one["verdict"], one["reason"]),
        one["resident"],
        one["attendance"],
    )


def _present(residents: Sequence[int | None], found: Sequence[Record]) -> dict[int, dict[int, PresentAt]]:
    present: defaultdict[int, dict[int, PresentAt]] = defaultdict(dict)
    for resident, one in zip(residents, found, strict=True):
        if resident is not None and one["sessions"]:
            for session, *there in zip(
                one["sessions"], one["starts"], one["ends"], one["attendances"], strict=True
            ):
                present[resident][session] = PresentAt(*there)
    return present


# One row for each scan. Present: attendances that count, at this session or at one that overlaps it, asked for
# by date to use the index: a meeting is taken to last no longer than into the next day. Sub-selects as in HOLD.
LOOK = """SELECT k.id AS known, k.session, k.code_hash, k.verdict, k.reason, k.resident, k.attendance,
        w.id AS who, w.name, there.sessions, there.starts, there.ends, there.attendances,
        n.session = ANY($4::bigint[]) AND EXISTS (SELECT FROM enrolment e
            WHERE e.run = s.run AND e.resident = n.resident AND e.state = 'seated') AS is_seated
    FROM unnest((SELECT $1::uuid[]), (SELECT $2::bigint[]), (SELECT $3::bigint[])) WITH ORDINALITY
        AS n (scan, session, resident, place)
    LEFT JOIN scan k ON k.id = n.scan
    LEFT JOIN resident w ON w.id = coalesce(k.resident, n.resident)
    LEFT JOIN session s ON s.id = n.session
    LEFT JOIN LATERAL (
        SELECT array_agg(o.id) AS sessions, array_agg(o.starts_at) AS starts, array_agg(o.ends_at) AS ends,
            array_agg(a.id) AS attendances
        FROM attendance a JOIN session o ON o.id = a.session
        WHERE a.resident = n.resident AND a.on_date BETWEEN s.on_date - 1 AND s.on_date + 1
            AND a.voided_at IS NULL AND a.is_held AND o.starts_at < s.ends_at AND s.starts_at < o.ends_at
        ) AS there ON true
    ORDER BY n.place"""
