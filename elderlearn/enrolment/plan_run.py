"""Opening a run with all it gives and asks: sessions, rounds, rules and reserved seats, or nothing of it."""

from __future__ import annotations

from collections.abc import Sequence

from elderlearn.catalogue.new_run import NewRun
from elderlearn.catalogue.runs import AddedRun, put_run
from elderlearn.enrolment.set_shares import put_shares
from elderlearn.enrolment.shares import WantedShare
from elderlearn.ground.actor import Actor
from elderlearn.ground.unit_of_work import unit_of_work


async def plan_run(new: NewRun, shares: Sequence[WantedShare] = (), *, by: Actor) -> AddedRun:
    """Nobody ever finds it without the seats it keeps. Raises what `add_run` and `put_shares` raise."""
    async with unit_of_work():
        added = await put_run(new, by=by)
        if shares:
            await put_shares(added.run_id, shares, by=by)
        return added
