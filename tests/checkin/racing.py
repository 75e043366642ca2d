"""What several phones do at the same moment, each process being a node with its own connections."""

from __future__ import annotations

import asyncio
from unittest.mock import patch
from uuid import uuid4

from elderlearn.checkin import hold_scans, together
from elderlearn.checkin.items import read_item
from elderlearn.checkin.receive import receive
from elderlearn.ground.actor import Actor

LOCK = "FOR NO KEY UPDATE"


async def scan_everybody(
    items: list[list[dict[str, object]]], staff_id: int, *, is_guarded: bool
) -> list[tuple[str, str, str | None]]:
    """Send the batches all at once; answers (scan_id, verdict, reason) of all. An empty scan_id is a new one."""
    by = Actor("staff", staff_id, "leader")
    items = [[one | {"scan_id": one["scan_id"] or str(uuid4())} for one in batch] for batch in items]
    assert LOCK in hold_scans.HOLD
    unlocked = hold_scans.HOLD.replace(LOCK, "")
    each_alone = patch.object(together, "LANES", len(items))  # a race, as of so many accounts
    with each_alone, patch.object(hold_scans, "HOLD", hold_scans.HOLD if is_guarded else unlocked):
        answers = await asyncio.gather(*(receive([read_item(one) for one in batch], by=by) for batch in items))
    return [(one.scan_id, one.verdict, one.reason) for answer in answers for one in answer]


async def scan_guarded(items: list[list[dict[str, object]]], staff_id: int) -> list[tuple[str, str, str | None]]:
    return await scan_everybody(items, staff_id, is_guarded=True)


async def scan_unguarded(items: list[list[dict[str, object]]], staff_id: int) -> list[tuple[str, str, str | None]]:
    return await scan_everybody(items, staff_id, is_guarded=False)
