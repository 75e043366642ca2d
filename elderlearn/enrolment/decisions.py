"""Every request for a seat is remembered with its reason; a seat or a place is written by seat.py itself."""

from __future__ import annotations

import json

from elderlearn.enrolment.asking import Asking
from elderlearn.ground.errors import Refusal
from elderlearn.ground.sql import rows

# The same refusal again within a minute is the same row: somebody taps while she waits for nine o'clock.
REMEMBER = """WITH again AS (
    UPDATE enrolment_decision SET times = times + 1, last_at = $4 WHERE id = (
        SELECT id FROM enrolment_decision WHERE run = $1 AND resident = $2 AND outcome = 'refused'
            AND reason = $8 AND channel = $3 AND at > $4::timestamptz - interval '1 minute'
        ORDER BY at DESC LIMIT 1) RETURNING id)
INSERT INTO enrolment_decision
    (run, resident, at, last_at, channel, actor_kind, actor_id, round, outcome, reason, facts)
SELECT $1, $2, $4, $4, $3, $5, $6, $7, 'refused', $8, $9::text::jsonb WHERE NOT EXISTS (SELECT FROM again)"""


async def remember_refusal(asking: Asking, refusal: Refusal) -> None:
    """After the unit of work that refused was undone; one statement of its own."""
    facts = json.dumps(refusal.values, default=str, ensure_ascii=False)
    await rows(REMEMBER, *asking.values, refusal.code, facts)
