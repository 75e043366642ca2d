"""Offers nobody answered end, and the next in line is asked; a line past its date is void."""

from __future__ import annotations

import contextlib

from elderlearn.enrolment.ending import end_enrolment
from elderlearn.enrolment.void_line import lines_to_void, void_line
from elderlearn.ground.actor import SYSTEM
from elderlearn.ground.clock import now
from elderlearn.ground.errors import Stale
from elderlearn.ground.sql import rows


async def lapse_offers() -> int:
    """How many lapsed. Each is a unit of work with its notice and the offer to the next: a worker killed in the
    middle loses nothing, and running it twice changes nothing."""
    lapsed = 0
    for enrolment_id in await _over():
        with contextlib.suppress(Stale):  # a line that never holds still must not keep the others waiting
            lapsed += await end_enrolment(enrolment_id, "lapsed", by=SYSTEM) == "lapsed"
    return lapsed


async def void_lines() -> int:
    """How many people were told that their line has ended."""
    told = 0
    for run_id in await lines_to_void():
        with contextlib.suppress(Stale):
            told += await void_line(run_id)
    return told


async def _over() -> list[int]:
    """In the order the offers ended, so that the next in line are asked in that order too."""
    found = await rows(
        "SELECT id FROM enrolment WHERE state = 'offered' AND offer_until <= $1 ORDER BY offer_until, id", now()
    )
    return [one["id"] for one in found]
