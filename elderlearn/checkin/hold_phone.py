"""The phone and the pass a batch of scans comes by: held while it is written, so that ending them is never half.

Held before sessions and people (`locks`); whoever ends a phone or a pass takes no other lock after them.
"""

from __future__ import annotations

from elderlearn.checkin.passes import GRACE
from elderlearn.ground.actor import Actor
from elderlearn.ground.clock import now
from elderlearn.ground.errors import Refusal
from elderlearn.ground.sql import rows, value

PHONE_HELD = "SELECT id FROM device WHERE id = $1 AND staff = $2 AND ended_at IS NULL FOR NO KEY UPDATE"
LENT_HELD = """SELECT id FROM scan_pass WHERE id = $1 AND session = $2 AND staff = $3 AND ended_at IS NULL
    AND until + $4::interval > $5 FOR NO KEY UPDATE"""


async def hold_phone(by: Actor) -> None:
    """In the open unit of work. Raises Refusal('device_ended'), Refusal('pass_ended'): nothing was taken in."""
    if by.device is not None and await value(PHONE_HELD, by.device, by.id) is None:
        raise Refusal("device_ended")
    if by.lent is None:
        return
    if await value(LENT_HELD, by.lent.pass_id, by.lent.session_id, by.id, GRACE, now()) is None:
        raise Refusal("pass_ended")


async def count_scans(many: int, by: Actor) -> None:
    """So many of the batch were new."""
    if not many or (by.device is None and by.lent is None):
        return
    await rows(
        """WITH counted AS (UPDATE device SET scans = scans + $1, seen_at = $4 WHERE id = $2)
        UPDATE scan_pass SET scans = scans + $1, seen_at = $4, device = coalesce($2, device) WHERE id = $3""",
        many,
        by.device,
        by.lent.pass_id if by.lent else None,
        now(),
    )
