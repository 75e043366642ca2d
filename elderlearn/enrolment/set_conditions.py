"""Who may enrol when, what is asked, and which seats are kept: changed together, or not at all."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from elderlearn.catalogue.rounds import Round
from elderlearn.catalogue.run_rules import RunRules
from elderlearn.catalogue.set_rounds import change_rounds
from elderlearn.catalogue.set_rules import change_rules
from elderlearn.enrolment.hold import hold, until_still
from elderlearn.enrolment.line import seat_next
from elderlearn.enrolment.set_shares import put_shares
from elderlearn.enrolment.shares import WantedShare
from elderlearn.ground.actor import Actor
from elderlearn.ground.sql import value
from elderlearn.ground.unit_of_work import unit_of_work


@dataclass(frozen=True)
class WantedConditions:
    """All as they shall be; `rounds` and `shares` none: they stay."""

    rules: RunRules
    rounds: Sequence[Round] | None = None
    shares: Sequence[WantedShare] | None = None


async def set_conditions(run_id: int, wanted: WantedConditions, *, by: Actor) -> int:
    """How many who waited are seated now; nobody loses a seat.

    Raises Missing, Stale, and what `set_rules`, `set_rounds` and `put_shares` refuse.
    """

    async def work(ahead: int) -> int:
        async with unit_of_work():
            held = await hold(run_id, ahead=ahead)
            await change_rules(run_id, wanted.rules, by=by)
            if wanted.rounds is not None:
                await change_rounds(run_id, wanted.rounds, by=by)
            if wanted.shares or (wanted.shares is not None and await _keeps_seats(run_id)):
                await put_shares(run_id, wanted.shares, by=by)
            return await seat_next(held, ahead=ahead, by=by)

    return await until_still(work)


async def _keeps_seats(run_id: int) -> bool:
    return bool(await value("SELECT EXISTS (SELECT FROM seat_share WHERE run = $1)", run_id))
