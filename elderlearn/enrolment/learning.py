"""Pure: what somebody has learned before, and what she holds already."""

from __future__ import annotations

from elderlearn.ground.errors import Refusal


def check_first_time(first_time_only: bool, *, has_been_there: bool) -> None:
    """Raises Refusal('not_first_time')."""
    if first_time_only and has_been_there:
        raise Refusal("not_first_time")


def check_prerequisite(prerequisite: str, *, is_completed: bool) -> None:
    """`prerequisite` is the title of the course to be completed before. Raises Refusal('prerequisite_missing')."""
    if prerequisite and not is_completed:
        raise Refusal("prerequisite_missing", course=prerequisite)


def check_seats_held(limit: int | None, *, in_term: int, overlaps: bool) -> None:
    """`limit` is the term's, over all its organisations. Raises Refusal: limit_reached, overlap."""
    if limit is not None and in_term >= limit:
        raise Refusal("limit_reached", limit=limit)
    if overlaps:
        raise Refusal("overlap")
