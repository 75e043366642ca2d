"""What `POST /runs` may say about who enrols when: rounds, rules and reserved seats."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Annotated, Literal

from msgspec import Meta, Struct

from elderlearn.api.problems import FieldError
from elderlearn.api.words import Age, Id, Moment, PlaceCode, Seats, maybe_id
from elderlearn.catalogue.rounds import FIRST, MOST_ROUNDS, Round
from elderlearn.catalogue.run_rules import RunRules
from elderlearn.enrolment.shares import WantedShare

RoundName = Literal["returning", "new", "neighbours", "top_up", "late", "everyone"]
RoundAudience = Literal["everyone", "returning", "newcomers", "own_village", "own_town"]
ShareAudience = Literal["newcomers", "desk", "own_village"]


class RoundBody(Struct):
    """`name` is left out as a rule: it follows from the audience."""

    audience: RoundAudience
    opens_at: Moment
    closes_at: Moment
    name: RoundName | None = None


class ShareBody(Struct):
    """`seats` kept for this audience until `falls_back_at`; what is left then belongs to everybody."""

    audience: ShareAudience
    seats: Seats
    falls_back_at: Moment


class RulesBody(Struct):
    """Who may enrol; `places` are codes of places whose residents may.

    `women_from` and `men_from` are least ages by sex, from `signature_from` on a relative's signature is on file,
    `prerequisite_id` is a course to be completed before.
    """

    min_age: Age | None = None
    max_age: Age | None = None
    places: Annotated[list[PlaceCode], Meta(max_length=300)] = []
    women_from: Age | None = None
    men_from: Age | None = None
    signature_from: Age | None = None
    first_time_only: bool = False
    prerequisite_id: Id | None = None
    needs_contact: bool = False
    needs_health_notice: bool = False

    @property
    def more(self) -> RunRules:
        """Those beyond ages and places."""
        return RunRules(
            women_from=self.women_from,
            men_from=self.men_from,
            signature_from=self.signature_from,
            first_time_only=self.first_time_only,
            prerequisite_id=maybe_id(self.prerequisite_id),
            needs_contact=self.needs_contact,
            needs_health_notice=self.needs_health_notice,
        )


RoundBodies = Annotated[list[RoundBody], Meta(max_length=MOST_ROUNDS)]
ShareBodies = Annotated[list[ShareBody], Meta(max_length=3)]


def rounds_of(bodies: Sequence[RoundBody]) -> tuple[Round, ...]:
    """As the rooms know them."""
    return tuple(
        Round(one.name or FIRST.get(one.audience, "everyone"), one.audience, one.opens_at, one.closes_at)
        for one in bodies
    )


def shares_of(bodies: Sequence[ShareBody]) -> tuple[WantedShare, ...]:
    """As the rooms know them."""
    return tuple(WantedShare(one.audience, one.seats, one.falls_back_at) for one in bodies)


def wrong_rounds(
    rounds: Sequence[RoundBody], opens_at: datetime | None, closes_at: datetime | None
) -> Iterator[FieldError]:
    """A round ends after it begins, and the window, when it is given too, is that of all rounds together."""
    for number, one in enumerate(rounds):
        if one.closes_at <= one.opens_at:
            yield FieldError(f"rounds[{number}].closes_at", "must be after opens_at")
    if rounds and opens_at not in (None, min(one.opens_at for one in rounds)):
        yield FieldError("opens_at", "with rounds it is that of the first one: leave it out")
    if rounds and closes_at not in (None, max(one.closes_at for one in rounds)):
        yield FieldError("closes_at", "with rounds it is that of the last one: leave it out")


def wrong_shares(shares: Sequence[ShareBody], seats: int | None) -> Iterator[FieldError]:
    """Each audience once, and no more seats than there are."""
    for number, one in enumerate(shares):
        if one.audience in [before.audience for before in shares[:number]]:
            yield FieldError(f"shares[{number}].audience", "named twice")
    if seats is not None and sum(one.seats for one in shares) > seats:
        yield FieldError("shares", "keep more than `seats`")
