"""Pure: why staff did something to somebody's enrolment."""

from __future__ import annotations

from elderlearn.ground.errors import Refusal

LONGEST_REASON = 200


def normal_reason(reason: str) -> str:
    """Without spaces around it. Raises Refusal('reason_required') when nothing or more than 200 signs are left."""
    text = reason.strip()
    if not text or len(text) > LONGEST_REASON:
        raise Refusal("reason_required", longest=LONGEST_REASON)
    return text
