"""Somebody moved, or her birth date was mended: the years she is enrolled in follow."""

from __future__ import annotations

from collections.abc import Collection

from elderlearn.enrolment.enrolled_period import resum
from elderlearn.people.hold import hold_people


async def attribute(resident_ids: Collection[int]) -> None:
    """Copy home and birth date of these residents into their periods again; inside the open unit of work.

    Call it before locking any run: residents come first (hold.py).
    """
    await hold_people(resident_ids)
    await resum(resident_ids)
