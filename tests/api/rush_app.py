"""The application, and the same with the guard of the seats taken out: what a race test must notice."""

from __future__ import annotations

from litestar import Litestar

from elderlearn.app import create_app
from elderlearn.enrolment import facts, seat

GUARD = "AND seats_taken < seats AND waiting = 0"


def guarded() -> Litestar:
    """As it is."""
    return create_app()


def unguarded() -> Litestar:
    """Takes a seat without looking whether one is free."""
    assert GUARD in seat.TAKE_SEAT
    seat.TAKE_SEAT = seat.TAKE_SEAT.replace(GUARD, "")
    facts.LOOKS_FULL = "false"  # or they would go to the line by themselves
    return create_app()
