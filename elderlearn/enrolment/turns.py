"""Pure: whose round it is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from elderlearn.catalogue.rounds import Round
from elderlearn.ground.errors import Refusal


@dataclass(frozen=True)
class Where:
    """Where the organisation is: its own place, and the town or street above it (itself when it is one)."""

    village: int | None = None
    town: int | None = None


NOWHERE = Where()


def fits(audience: str, *, where: Where, home: frozenset[int], is_returning: bool, has_been_there: bool) -> bool:
    """Whether a round for this audience is for her."""
    if audience == "returning":
        return is_returning
    if audience == "newcomers":
        return not has_been_there
    if audience == "own_village":
        return where.village in home
    if audience == "own_town":
        return where.town in home
    return audience == "everyone"


def check_turn(rounds: Sequence[Round], hers: Sequence[Round], now: datetime) -> int | None:
    """The number, from 1, of the round she asks in; none without rounds. `hers` are those that fit her.

    Raises Refusal: not_your_round while others may ask, not_open between two rounds, both with `opens_at` of
    hers; no_round_left when none of hers is to come.
    """
    if not rounds:
        return None
    open_now = [one for one in rounds if one.opens_at <= now < one.closes_at]
    mine = [one for one in open_now if one in hers]
    if mine:
        return rounds.index(mine[0]) + 1
    coming = min((one.opens_at for one in hers if one.opens_at > now), default=None)
    if coming is None:
        raise Refusal("no_round_left")
    raise Refusal("not_your_round" if open_now else "not_open", opens_at=coming)
