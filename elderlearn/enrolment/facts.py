"""What the rules need to know, read in two statements: the person (held), then the run and what she has.

A run with rounds or rules of its own needs a third one (more_facts.py); most runs have none.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from elderlearn.enrolment.more_facts import NOTHING_MORE, MoreFacts, more_facts
from elderlearn.enrolment.rules import Held, PersonFacts, RunFacts
from elderlearn.ground.clock import now
from elderlearn.ground.errors import Missing
from elderlearn.ground.sql import row

APPLICANT = """SELECT id, district AS district_id, born_on, sex, place AS place_id, phone_cipher AS address_cipher,
    language, EXISTS (SELECT FROM carer_link l WHERE l.elder = resident.id AND l.state = 'active') AS is_cared_for
    FROM resident WHERE id = $1 AND state IN ('active', 'left') AND name IS NOT NULL
    FOR NO KEY UPDATE"""
# Seats in other runs of the same term; $1 is the run. Expects `r` course_run and `who.id`.
IN_TERM = """(SELECT count(*) FROM enrolment e JOIN course_run o ON o.id = e.run
    WHERE e.resident = who.id AND e.state IN ('seated', 'offered') AND o.term = r.term AND o.id <> r.id)"""
# One of her seats meets while this run meets; called-off sessions are in nobody's way.
OVERLAPS = """EXISTS (SELECT FROM enrolment e
    JOIN session theirs ON theirs.run = e.run AND theirs.state = 'planned'
    JOIN session ours ON ours.run = r.id AND ours.state = 'planned'
        AND ours.starts_at < theirs.ends_at AND theirs.starts_at < ours.ends_at
    WHERE e.resident = who.id AND e.run <> r.id AND e.state IN ('seated', 'offered'))"""

# As it was a moment ago: whoever asks now will most likely wait. Expects `r`.
LOOKS_FULL = "(r.seats_taken >= r.seats OR r.waiting > 0) AND r.reserved = 0"

# The next meeting still to come, else the first. Expects `moment.at`.
NEXT_MEETING = """coalesce(
    (SELECT min(s.starts_at) FROM session s
        WHERE s.run = r.id AND s.state = 'planned' AND s.starts_at >= moment.at),
    (SELECT min(s.starts_at) FROM session s WHERE s.run = r.id))"""


@dataclass(frozen=True)
class Applicant:
    """Somebody who asks for a seat, and how to reach her."""

    id: int
    district_id: int
    born_on: date | None
    sex: str | None
    place_id: int | None
    address_cipher: bytes | None
    language: str | None
    is_cared_for: bool


@dataclass(frozen=True)
class Asked:
    """The run she asks for, what she holds, and her enrolment there if she asked before."""

    title: str
    district_id: int
    first_on: date | None
    last_on: date | None
    when: datetime | None
    run: RunFacts
    person: PersonFacts
    held: Held
    enrolment_id: int | None
    state: str | None
    looks_full: bool


async def hold_applicant(resident_id: int) -> Applicant:
    """Lock the resident, so that her limit and overlaps are looked at by one request at a time.

    Raises Missing: unknown, died, merged away, or only the placeholder of a blank card.
    """
    found = await row(APPLICANT, resident_id)
    if found is None:
        raise Missing
    return Applicant(**found)


async def facts_of(run_id: int, applicant: Applicant) -> Asked:
    """Read after the applicant is held. Raises Missing for an unknown run."""
    found = await row(
        f"""SELECT c.title, r.district AS district_id, r.first_on, r.last_on, r.entry, r.allocation,
            c.state = 'released' AS is_released, r.opens_at, r.closes_at, r.min_age, r.max_age, r.places,
            t.limit_per_person, e.id AS enrolment_id, e.state,
            {LOOKS_FULL} AS looks_full,
            CASE WHEN t.limit_per_person IS NULL THEN 0 ELSE {IN_TERM} END AS in_term,
            {OVERLAPS} AS overlaps, {NEXT_MEETING} AS when,
            ARRAY(SELECT unnest(ARRAY[p.id, p.parent, p.district]) FROM place p WHERE p.id = $3) AS home,
            EXISTS (SELECT FROM run_rule x WHERE x.run = r.id)
                OR EXISTS (SELECT FROM enrolment_round x WHERE x.run = r.id) AS asks_more
        FROM course_run r JOIN course c ON c.id = r.course LEFT JOIN term t ON t.id = r.term
        CROSS JOIN (SELECT $2::bigint AS id) AS who CROSS JOIN (SELECT $4::timestamptz AS at) AS moment
        LEFT JOIN enrolment e ON e.run = r.id AND e.resident = who.id
        WHERE r.id = $1""",
        run_id,
        applicant.id,
        applicant.place_id,
        now(),
    )
    if found is None:
        raise Missing
    more = await more_facts(run_id, applicant.id) if found["asks_more"] else NOTHING_MORE
    return _asked(found, applicant, more)


def _asked(found: Any, applicant: Applicant, more: MoreFacts) -> Asked:
    home = frozenset(id for id in found["home"] if id is not None)
    return Asked(
        title=found["title"],
        district_id=found["district_id"],
        first_on=found["first_on"],
        last_on=found["last_on"],
        when=found["when"],
        run=run_facts(found, more),
        person=PersonFacts(applicant.born_on, home, applicant.sex, more.record),
        held=Held(found["in_term"], found["overlaps"], found["state"] == "removed"),
        enrolment_id=found["enrolment_id"],
        state=found["state"],
        looks_full=bool(found["looks_full"]),
    )


def run_facts(found: Any, more: MoreFacts = NOTHING_MORE) -> RunFacts:
    """The rules' view of a row that has these columns."""
    return RunFacts(
        entry=found["entry"],
        allocation=found["allocation"],
        is_released=found["is_released"],
        opens_at=found["opens_at"],
        closes_at=found["closes_at"],
        first_on=found["first_on"],
        min_age=found["min_age"],
        max_age=found["max_age"],
        places=frozenset(found["places"] or ()),
        limit_per_person=found["limit_per_person"],
        rounds=more.rounds,
        rules=more.rules,
        prerequisite=more.prerequisite,
        where=more.where,
    )
