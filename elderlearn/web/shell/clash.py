"""Which course is in the way: on the phone, for the family and at the desk in the same words."""

from __future__ import annotations

from elderlearn.enrolment.clashes import course_at_the_same_time
from elderlearn.ground.errors import Refusal
from elderlearn.locale import _


async def clash_said(refusal: Refusal, resident_id: int, run_id: int) -> str:
    """Names it, so that she knows which one to give back; empty when she was refused for another reason."""
    other = await course_at_the_same_time(resident_id, run_id) if refusal.code == "overlap" else None
    if other is None:
        return ""
    return _("“%(title)s” is at the same time. Give that one back first, or choose another.", title=other)
