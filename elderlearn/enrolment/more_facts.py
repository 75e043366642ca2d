"""What the rules need to know of a run with rounds or rules of its own, and of whoever asks for it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from elderlearn.catalogue.rounds import Round
from elderlearn.catalogue.run_rules import NO_RULES, RunRules
from elderlearn.enrolment.rules import NO_RECORD, Record
from elderlearn.enrolment.turns import NOWHERE, Where
from elderlearn.ground.clock import today
from elderlearn.ground.sql import row
from elderlearn.people.consents import HEALTH_VERSION

# A seat in a run still to begin makes nobody returning, or one would return to a class by asking for another.
# `run_completion` is written by checkin, when a run is closed; here it is only read.
MORE = """SELECT o.place AS village, CASE WHEN p.level = 'community' THEN p.parent ELSE p.id END AS town,
    m.women_from, m.men_from, m.signature_from, coalesce(m.first_time_only, false) AS first_time_only,
    m.prerequisite AS prerequisite_id, coalesce(m.needs_contact, false) AS needs_contact,
    coalesce(m.needs_health_notice, false) AS needs_health_notice, coalesce(c.title, '') AS prerequisite,
    rounds.names, rounds.audiences, rounds.opening, rounds.closing,
    been.seats > 0 AS has_been_there, coalesce(been.last_on >= $3::date - interval '2 years', false)
        AS is_returning,
    EXISTS (SELECT FROM resident_paper x WHERE x.resident = $2 AND x.kind = 'relative_signature'
        AND x.ended_on IS NULL AND x.on_file_since <= $3 AND coalesce(x.until, 'infinity') >=
            coalesce(r.first_on, $3)) AS has_signature,
    m.prerequisite IS NOT NULL AND EXISTS (SELECT FROM run_completion x JOIN course_run q ON q.id = x.run
        WHERE x.resident = $2 AND q.course = m.prerequisite) AS has_completed,
    EXISTS (SELECT FROM emergency_contact x WHERE x.resident = $2) AS has_contact,
    EXISTS (SELECT FROM consent x WHERE x.resident = $2 AND x.purpose = 'health' AND x.version = $4
        AND x.withdrawn_at IS NULL) AS has_health_notice
FROM course_run r JOIN organisation o ON o.id = r.organisation JOIN place p ON p.id = o.place
LEFT JOIN run_rule m ON m.run = r.id LEFT JOIN course c ON c.id = m.prerequisite
CROSS JOIN LATERAL (SELECT array_agg(x.name ORDER BY x.no) AS names,
    array_agg(x.audience ORDER BY x.no) AS audiences, array_agg(x.opens_at ORDER BY x.no) AS opening,
    array_agg(x.closes_at ORDER BY x.no) AS closing FROM enrolment_round x WHERE x.run = r.id) AS rounds
CROSS JOIN LATERAL (SELECT count(*) AS seats, max(q.last_on) FILTER (WHERE q.first_on <= $3) AS last_on
    FROM enrolment e JOIN course_run q ON q.id = e.run
    WHERE e.resident = $2 AND e.state = 'seated' AND q.organisation = r.organisation AND q.id <> r.id
    ) AS been
WHERE r.id = $1"""


@dataclass(frozen=True)
class MoreFacts:
    """Beside `facts.Asked`, for the few runs that ask for it."""

    rounds: tuple[Round, ...] = ()
    rules: RunRules = NO_RULES
    prerequisite: str = ""
    where: Where = NOWHERE
    record: Record = NO_RECORD


NOTHING_MORE = MoreFacts()


async def more_facts(run_id: int, resident_id: int) -> MoreFacts:
    """One statement, inside the unit of work that holds the resident."""
    found = await row(MORE, run_id, resident_id, today(), HEALTH_VERSION)
    if found is None:
        return NOTHING_MORE
    rounds = zip(*(found[name] or () for name in ("names", "audiences", "opening", "closing")), strict=True)
    return MoreFacts(
        rounds=tuple(Round(*one) for one in rounds),
        rules=RunRules(**_these(found, RunRules)),
        prerequisite=found["prerequisite"],
        where=Where(found["village"], found["town"]),
        record=Record(**_these(found, Record)),
    )


def _these(found: Any, kind: type[RunRules] | type[Record]) -> dict[str, Any]:
    """The columns named as the fields of a dataclass."""
    return {name: found[name] for name in kind.__dataclass_fields__}
