"""Who is expected at a session."""

from __future__ import annotations

from dataclasses import dataclass, field

from elderlearn.catalogue.session_queries import run_of_session
from elderlearn.ground.pinyin import spelled_name
from elderlearn.ground.sql import rows
from elderlearn.people.names import masked_name

# Seated for enrol runs; for members' runs those who belong on that day; nobody for drop-in.
EXPECTED = """SELECT DISTINCT ON (x.resident) x.resident AS resident_id, who.name, card.card_key, x.state
FROM (
    SELECT e.resident, e.state FROM session s JOIN course_run r ON r.id = s.run AND r.entry = 'enrol'
    JOIN enrolment e ON e.run = r.id AND e.state IN ('seated', 'offered') WHERE s.id = $1
    UNION ALL
    SELECT m.resident, 'member' FROM session s JOIN course_run r ON r.id = s.run AND r.entry = 'members'
    JOIN organisation_member m ON m.organisation = s.organisation
        AND m.joined_on <= s.on_date AND (m.left_on IS NULL OR m.left_on > s.on_date) WHERE s.id = $1
) AS x
JOIN resident who ON who.id = x.resident
LEFT JOIN card ON card.resident = who.id AND card.state = 'active'
ORDER BY x.resident, card.id DESC"""


@dataclass(frozen=True)
class Expected:
    """Somebody on the roster. `state` is that of the enrolment, or member; `card_key` none without a card."""

    resident_id: int
    name: str | None = field(repr=False)
    card_key: str | None
    state: str

    @property
    def name_masked(self) -> str:
        """What a roster shows."""
        return masked_name(self.name)


async def roster_rows(session_id: int) -> list[Expected]:
    """Those expected, by name; empty for drop-in. Raises Missing for an unknown session."""
    await run_of_session(session_id)
    found = await rows(EXPECTED, session_id)
    return sorted((Expected(**one) for one in found), key=_by_name)


def _by_name(one: Expected) -> tuple[str, str, int]:
    return spelled_name(one.name), one.name or "", one.resident_id


async def is_expected(session_ids: list[int], resident_ids: list[int]) -> set[tuple[int, int]]:
    """Those pairs (session, resident), given side by side, in which the resident holds a seat in the run."""
    found = await rows(
        """SELECT q.session, q.resident FROM unnest($1::bigint[], $2::bigint[]) AS q (session, resident)
        JOIN session s ON s.id = q.session
        JOIN enrolment e ON e.run = s.run AND e.resident = q.resident AND e.state IN ('seated', 'offered')""",
        session_ids,
        resident_ids,
    )
    return {(one["session"], one["resident"]) for one in found}
