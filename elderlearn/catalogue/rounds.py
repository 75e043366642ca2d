"""Pure: rounds of enrolment, from when until when which people may ask for a seat."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from elderlearn.catalogue.window import check_window
from elderlearn.ground.errors import Refusal

NAMES = ("returning", "new", "neighbours", "top_up", "late", "everyone")
AUDIENCES = ("everyone", "returning", "newcomers", "own_village", "own_town")
FIRST = {"returning": "returning", "newcomers": "new", "own_village": "neighbours", "own_town": "neighbours"}
MOST_ROUNDS = 12


@dataclass(frozen=True)
class Round:
    """`opens_at` is its first moment, `closes_at` the first one after it.

    `audience`: everyone; returning (had a seat at this organisation within two years); newcomers (never had one
    there); own_village and own_town (at home where the organisation is, by its community or its town or street).
    """

    name: str
    audience: str
    opens_at: datetime
    closes_at: datetime


def check_rounds(rounds: Sequence[Round]) -> None:
    """Raises Refusal: invalid_round (an unknown word, or more than twelve), invalid_window."""
    if len(rounds) > MOST_ROUNDS:
        raise Refusal("invalid_round", most=MOST_ROUNDS)
    for one in rounds:
        if one.name not in NAMES or one.audience not in AUDIENCES:
            raise Refusal("invalid_round", most=MOST_ROUNDS)
        check_window(one.opens_at, one.closes_at)


def some_first(audience: str, opens_at: datetime, everyone_at: datetime, closes_at: datetime) -> tuple[Round, ...]:
    """These people from `opens_at`, everybody from `everyone_at`.

    Raises Refusal: invalid_round, invalid_window.
    """
    rounds = (
        Round(FIRST.get(audience, "top_up"), audience, opens_at, everyone_at),
        Round("everyone", "everyone", everyone_at, closes_at),
    )
    check_rounds(rounds)
    return rounds


def in_order(rounds: Sequence[Round]) -> tuple[Round, ...]:
    """As they open; those that open together as they were given."""
    return tuple(sorted(rounds, key=lambda one: one.opens_at))


def within(rounds: Sequence[Round], opens_at: datetime, closes_at: datetime) -> tuple[Round, ...]:
    """The same rounds when the run opens and closes at other times: the earliest and the latest ones stretch.

    Raises Refusal('invalid_window') when a round would have no time left.
    """
    first, last = min(one.opens_at for one in rounds), max(one.closes_at for one in rounds)
    moved = tuple(
        Round(
            one.name,
            one.audience,
            opens_at if one.opens_at == first else one.opens_at,
            closes_at if one.closes_at == last else one.closes_at,
        )
        for one in rounds
    )
    check_rounds(moved)
    if any(one.opens_at < opens_at or one.closes_at > closes_at for one in moved):
        raise Refusal("invalid_window")
    return moved
