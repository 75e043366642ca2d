"""Pure: seats kept for some people, and whose seat the next one gets."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from elderlearn.ground.errors import Refusal

AUDIENCES = ("own_village", "newcomers", "desk")


@dataclass(frozen=True)
class WantedShare:
    """`seats` kept for this audience until `falls_back_at`."""

    audience: str
    seats: int
    falls_back_at: datetime


@dataclass(frozen=True)
class Left:
    """What is left of a share that has not fallen back."""

    id: int
    audience: str
    free: int


@dataclass(frozen=True)
class Seat:
    """A free one; `share` none: of the pool."""

    share: int | None
    audience: str | None


class Free:
    """The free seats of a held run, handed out one after the other."""

    def __init__(self, pool: int, shares: Sequence[Left] = ()) -> None:
        self.pool = pool
        self.left = {one.audience: one.free for one in shares}
        self.ids = {one.audience: one.id for one in shares}

    def any(self) -> bool:
        """Whether anybody at all could still be seated."""
        return self.pool > 0 or any(free > 0 for free in self.left.values())

    def seat_for(self, fits: Collection[str]) -> Seat | None:
        """Of her own shares first, so that the pool lasts longer; then of the pool; none when neither has one."""
        for audience in AUDIENCES:
            if audience in fits and self.left.get(audience, 0) > 0:
                return Seat(self.ids[audience], audience)
        return Seat(None, None) if self.pool > 0 else None

    def take_for(self, group: Sequence[Collection[str]]) -> list[Seat] | None:
        """A seat for each of one or two people, who fit these, or nothing for any of them. When both could have
        the same one, it goes to the one who can have no other."""
        for order in (1, -1) if len(group) > 1 else (1,):
            seats: list[Seat] = []
            for fits in group[::order]:
                seat = self.seat_for(fits)
                if seat is not None:
                    self._take(seat, 1)
                    seats.append(seat)
            if len(seats) == len(group):
                return seats[::order]
            for seat in seats:
                self._take(seat, -1)
        return None

    def _take(self, seat: Seat, many: int) -> None:
        if seat.audience is None:
            self.pool -= many
        else:
            self.left[seat.audience] -= many


def check_shares(wanted: Sequence[WantedShare]) -> None:
    """Raises Refusal: invalid_share (an unknown or repeated audience, no seats, a time without offset)."""
    audiences = [one.audience for one in wanted]
    if len(set(audiences)) != len(audiences) or not set(audiences) <= set(AUDIENCES):
        raise Refusal("invalid_share")
    if any(one.seats < 1 or one.falls_back_at.tzinfo is None for one in wanted):
        raise Refusal("invalid_share")
