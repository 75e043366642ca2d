"""What was sent a week ago is forgotten: files hold numbers and names of people."""

from __future__ import annotations

from datetime import datetime, timedelta

from elderlearn.ground.clock import now
from elderlearn.ground.sql import rows

KEPT = timedelta(days=7)


async def forget_files(moment: datetime | None = None) -> int:
    """How many runs were emptied: file, rows, faults, remarks go, counts stay. One that waited is called off."""
    found = await rows(
        """UPDATE import_run SET data = NULL,
            state = CASE WHEN state IN ('done', 'failed', 'cancelled') THEN state ELSE 'cancelled' END,
            finished_at = coalesce(finished_at, $2),
            found = found || '{"faults": [], "remarks": [], "first": []}'::jsonb
        WHERE started_at < $1 AND state NOT IN ('checking', 'writing')
            AND (data IS NOT NULL OR found -> 'faults' <> '[]' OR found -> 'remarks' <> '[]'
                OR found -> 'first' <> '[]')
        RETURNING id""",
        (moment or now()) - KEPT,
        moment or now(),
    )
    return len(found)
