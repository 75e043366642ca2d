"""Somebody's home, register or birth date changed: her sums move to where she lives now."""

from __future__ import annotations

from collections.abc import Collection

from elderlearn.checkin.resum import resum
from elderlearn.enrolment import attribute as enrolment
from elderlearn.people.hold import hold_people


async def attribute(resident_ids: Collection[int]) -> None:
    """Her tallies and enrolled periods say again what her record says; with another district, other periods.

    An inner step, in the open unit of work of the verb that changed the person.
    """
    await hold_people(resident_ids)
    await resum(resident_ids)
    await enrolment.attribute(sorted(set(resident_ids)))
