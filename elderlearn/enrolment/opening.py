"""Asking when enrolment opens for one person: with rounds that may be later than for others."""

from __future__ import annotations

from datetime import datetime

from elderlearn.enrolment.more_facts import more_facts
from elderlearn.enrolment.turns import check_turn, fits
from elderlearn.ground.clock import now
from elderlearn.ground.errors import Refusal
from elderlearn.ground.sql import row

HOME_IF_ROUNDS = """SELECT p.id, p.parent, p.district FROM resident w LEFT JOIN place p ON p.id = w.place
WHERE w.id = $2 AND EXISTS (SELECT FROM enrolment_round x WHERE x.run = $1)"""


async def opens_for(run_id: int, resident_id: int) -> datetime | None:
    """When the next round for her begins, while none of hers is open.

    None: she may ask now, nothing is to come for her, or the run has no rounds and opens for everybody at once.
    """
    found = await row(HOME_IF_ROUNDS, run_id, resident_id)
    if found is None:
        return None
    more = await more_facts(run_id, resident_id)
    home = frozenset(id for id in found.values() if id is not None)
    record = more.record
    hers = [
        one
        for one in more.rounds
        if fits(
            one.audience,
            where=more.where,
            home=home,
            is_returning=record.is_returning,
            has_been_there=record.has_been_there,
        )
    ]
    try:
        check_turn(more.rounds, hers, now())
    except Refusal as refusal:
        opens_at: datetime | None = refusal.values.get("opens_at")  # type: ignore[assignment]  # it is a moment
        return opens_at
    return None
