"""What must always hold across rooms (contract section 5), asked of the rows themselves."""

from __future__ import annotations

from elderlearn.checkin.recount import differences
from elderlearn.checkin.sums import NOBODYS
from elderlearn.enrolment.recount import differences as enrolment_differences
from elderlearn.ground.sql import value

LINES = """SELECT count(*) FROM (SELECT run, line_no FROM enrolment WHERE state = 'waiting'
    GROUP BY run, line_no HAVING count(*) > 1 OR line_no IS NULL) AS twice"""
HOMES = """SELECT count(*) FROM resident r JOIN place p ON p.id = r.place WHERE p.district <> r.district"""
SCANS = """SELECT count(*) FROM scan s WHERE s.verdict = 'recorded'
    AND NOT EXISTS (SELECT FROM attendance a WHERE a.id = s.attendance)"""
DECIDED = """SELECT count(*) FROM scan_resolution d WHERE d.undone_at IS NULL AND d.what <> 'dropped'
    AND NOT EXISTS (SELECT FROM attendance a WHERE a.id = d.attendance)"""
JOINING = """SELECT count(*) FROM join_request q JOIN organisation_member m USING (organisation, resident)
    WHERE q.state = 'waiting' AND m.left_on IS NULL"""
SHARES = """SELECT count(*) FROM seat_share s WHERE s.taken <> (SELECT count(*) FROM enrolment e
    WHERE e.share = s.id AND e.run = s.run AND e.state IN ('seated', 'offered'))"""
ON_SHARES = """SELECT count(*) FROM enrolment e JOIN seat_share s ON s.id = e.share
    WHERE e.run <> s.run OR e.state NOT IN ('seated', 'offered')"""
ROUNDS = """SELECT count(*) FROM course_run r
    JOIN (SELECT run, min(opens_at) AS opens_at, max(closes_at) AS closes_at
    FROM enrolment_round GROUP BY run) AS theirs ON theirs.run = r.id
    WHERE (r.opens_at, r.closes_at) IS DISTINCT FROM (theirs.opens_at, theirs.closes_at)"""
OFFERS = "SELECT count(*) FROM enrolment WHERE state = 'offered' AND offer_until IS NULL"
COUPLES = """SELECT count(*) FROM (SELECT run, together FROM enrolment WHERE together IS NOT NULL
    GROUP BY run, together HAVING count(*) <> 2 OR count(*) FILTER (WHERE state = 'waiting') = 1) AS alone"""
CARERS = """SELECT count(*) FROM carer_link l JOIN resident e ON e.id = l.elder JOIN resident c ON c.id = l.carer
    WHERE l.state = 'active' AND (e.state <> 'active' OR c.state <> 'active')"""
# What doubles left behind was taken back, and nobody writes to a row that became part of another.
MERGED = """SELECT (SELECT count(*) FROM resident r JOIN attendance a ON a.resident = r.id AND a.voided_at IS NULL
        WHERE r.merged_into IS NOT NULL)
    + (SELECT count(*) FROM resident r JOIN enrolment e ON e.resident = r.id
        AND e.state IN ('seated', 'offered', 'waiting', 'in_draw') WHERE r.merged_into IS NOT NULL)
    + (SELECT count(*) FROM resident r JOIN card c ON c.resident = r.id WHERE r.merged_into IS NOT NULL)"""

CHECKS = {
    "places in a line that are given twice": LINES,
    "shares whose seats are not those taken of them": SHARES,
    "people on a seat of a share who hold none": ON_SHARES,
    "offers that never end": OFFERS,
    "couples of whom one sits and one waits, or one is gone": COUPLES,
    "runs that open or close at other moments than their rounds": ROUNDS,
    "residents on the register of a district they do not live in": HOMES,
    "carers who are gone, or whose elders are": CARERS,
    "members who still wait to be taken in": JOINING,
    "recorded scans without an attendance": SCANS,
    "scans decided to count without an attendance": DECIDED,
    "attendances of nobody, or at no session": NOBODYS,
    "attendances, seats and cards of rows that became part of another": MERGED,
}


async def broken_invariants() -> list[str]:
    """One phrase for each rule that does not hold, with how many rows break it; empty is right.

    Takes as long as a recount: the sums are compared with all attendances.
    """
    broken = [f"{many} {words}" for words, query in CHECKS.items() if (many := await value(query))]
    broken += [
        f"{one.what} of {one.subject} {one.subject_id} is {one.kept}, counted {one.counted}"
        for one in await enrolment_differences()
    ]
    found = await differences()
    broken += [f"{many} rows of {table} differ from a recount" for table, many in found.rows.items() if many]
    return broken
