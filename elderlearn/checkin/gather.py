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
    pairs = [
        (one.session_id, held.people[code.card_id])
        for one, code in zip(scans, held.codes, strict=True)
        if code.card_id in held.people and held.is_yours(one.session_id)
    ]
    found = await rows(
        LOOK,
        [one.scan_id for one in scans if one.scan_id is not None],
        [session for session, _ in pairs],
        [resident for _, resident in pairs],
        [session for session, meeting in held.meetings.items() if meeting.has_seats],
    )
    known = [one for one in found if one["scan"] is not None]
    return held.codes, Room(
        meetings=held.meetings,
        people=held.people,
        known={one["scan"]: _known(one) for one in known},
        names=held.names | {one["resident"]: masked_name(one["name"]) for one in known if one["name"]},
        seated={(one["session"], one["resident"]) for one in found if one["is_seated"]},
        present=_present(found),
    )


def _known(one: Record) -> KnownScan:
    return KnownScan(
        one["session"],
        one["code_hash"],
        Verdict(one["verdict"], one["reason"]),
        one["resident"],
        one["attendance"],
    )


def _present(found: Sequence[Record]) -> dict[int, dict[int, PresentAt]]:
    present: defaultdict[int, dict[int, PresentAt]] = defaultdict(dict)
    for one in found:
        if one["starts_at"] is not None:
            present[one["resident"]][one["session"]] = PresentAt(
                one["starts_at"], one["ends_at"], one["attendance"]
            )
    return present


# Only what there is: scans known already, attendances that count at the same time, seats. Present at this session
# or at one that overlaps it, asked for by date to use the index: a meeting is taken to last no longer than into
# the next day. Sub-selects as in HOLD.
LOOK = """WITH asked AS MATERIALIZED (
        SELECT * FROM unnest((SELECT $2::bigint[]), (SELECT $3::bigint[])) AS n (session, resident)
    ), meeting AS MATERIALIZED (
        SELECT s.id, s.run, s.on_date, s.starts_at, s.ends_at FROM session s
        WHERE s.id = ANY(ARRAY(SELECT DISTINCT session FROM asked)))
    SELECT k.id AS scan, k.session, k.code_hash, k.verdict, k.reason, k.resident, k.attendance, w.name,
        NULL::timestamptz AS starts_at, NULL::timestamptz AS ends_at, false AS is_seated
    FROM scan k LEFT JOIN resident w ON w.id = k.resident WHERE k.id = ANY((SELECT $1::uuid[])::uuid[])
    UNION ALL
    SELECT NULL, a.session, NULL, NULL, NULL, n.resident, a.id, NULL, o.starts_at, o.ends_at, false
    FROM asked n JOIN meeting s ON s.id = n.session
    JOIN attendance a ON a.resident = n.resident AND a.on_date BETWEEN s.on_date - 1 AND s.on_date + 1
    JOIN session o ON o.id = a.session AND o.starts_at < s.ends_at AND s.starts_at < o.ends_at
    WHERE a.voided_at IS NULL AND a.is_held
    UNION ALL
    SELECT NULL, n.session, NULL, NULL, NULL, n.resident, NULL, NULL, NULL, NULL, true
    FROM asked n JOIN meeting s ON s.id = n.session
    JOIN enrolment e ON e.run = s.run AND e.resident = n.resident AND e.state = 'seated'
    WHERE n.session = ANY($4::bigint[])"""
