"""Before somebody is written down at the door: is she on the register already? Nothing is told of strangers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from elderlearn.catalogue.sessions import SessionFacts, session_facts
from elderlearn.ground.clock import today
from elderlearn.ground.sql import rows
from elderlearn.people.likely_same import same_name_and_phone
from elderlearn.people.residents import Checked

LATELY = timedelta(days=365)
MOST = 5

# Those whom she has on a list anyway: they came to a run of hers, have a seat here or wait, or are members.
_SEEN = """SELECT r.id, extract(year FROM r.born_on)::int AS born_year, right(c.number, 4) AS number_ends,
        a.attended_at AS came_at
    FROM resident r LEFT JOIN attendance a ON a.session = $1 AND a.resident = r.id AND a.voided_at IS NULL
    LEFT JOIN LATERAL (SELECT number FROM card WHERE resident = r.id AND state <> 'replaced'
        ORDER BY id DESC LIMIT 1) AS c ON true
    WHERE r.name = $3 AND r.state = 'active'
        AND ($4::int IS NULL OR r.born_on IS NULL OR extract(year FROM r.born_on)::int = $4)
        AND r.id IN (
            SELECT resident FROM attendance WHERE run = $2 AND voided_at IS NULL
            UNION SELECT h.resident FROM run_leader l JOIN attendance h ON h.run = l.run AND h.voided_at IS NULL
                WHERE l.staff = $8 AND h.on_date > $6
            UNION SELECT resident FROM enrolment
                WHERE run = $2 AND state IN ('seated', 'offered', 'waiting', 'in_draw')
            UNION SELECT resident FROM organisation_member WHERE organisation = $5 AND left_on IS NULL)
    ORDER BY a.attended_at DESC NULLS LAST, r.id DESC LIMIT $7"""


@dataclass(frozen=True)
class Known:
    """Somebody of the name just typed. `is_seen` when she is on one of the leader's lists; of any other, found
    by her telephone, only that she is there."""

    resident_id: int
    is_seen: bool
    born_year: int | None = None
    number_ends: str = ""
    came_at: datetime | None = None


async def perhaps_known(session_id: int, checked: Checked, *, staff_id: int | None) -> list[Known]:
    """Of the same name and year among those she sees, or of the same name and telephone; who is here first."""
    session = await session_facts(session_id)
    found = await _seen(session, checked, staff_id)
    if checked.phone is not None:
        ids = await same_name_and_phone(checked.name, checked.phone, district_id=session.district_id)
        found += [Known(id, False) for id in ids if id not in {one.resident_id for one in found}]
    return found[:MOST]


async def _seen(session: SessionFacts, checked: Checked, staff_id: int | None) -> list[Known]:
    found = await rows(
        _SEEN,
        session.id,
        session.run_id,
        checked.name,
        checked.born_on.year if checked.born_on else None,
        session.organisation_id,
        today() - LATELY,
        MOST,
        staff_id,
    )
    return [Known(one["id"], True, one["born_year"], one["number_ends"] or "", one["came_at"]) for one in found]
