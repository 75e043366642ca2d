"""Pure: who may have a seat in a run, and the first reason why not."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from elderlearn.ground.clock import date_of
from elderlearn.ground.errors import Refusal


@dataclass(frozen=True)
class RunFacts:
    """What the rules look at. `places` are ids of places whose residents may enrol (none: anybody);
    `limit_per_person` is the term's, none without a term or limit."""

    entry: str
    allocation: str
    is_released: bool
    opens_at: datetime | None
    closes_at: datetime | None
    first_on: date | None
    min_age: int | None = None
    max_age: int | None = None
    places: frozenset[int] = frozenset()
    limit_per_person: int | None = None


@dataclass(frozen=True)
class PersonFacts:
    """`places` are ids of the home community, its street and its district; none for somebody from outside."""

    born_on: date | None
    places: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Held:
    """What the person has already: seats (also offered ones; waiting ones never count) in other runs of the
    same term, whether one of all her seats meets at an overlapping time, whether staff took her off this run."""

    in_term: int = 0
    overlaps: bool = False
    was_removed: bool = False


def check_may_enrol(run: RunFacts, person: PersonFacts, held: Held, now: datetime) -> None:
    """Raises Refusal with the first reason, in this order: not_offered, not_open, closed, removed_by_staff,
    too_young, too_old, wrong_place, limit_reached, overlap.

    Only `opens_at` (included) and `closes_at` (excluded) decide not_open and closed.
    """
    if run.entry != "enrol" or run.allocation != "first_come" or not run.is_released:
        raise Refusal("not_offered")
    if run.opens_at is None or now < run.opens_at:
        raise Refusal("not_open", opens_at=run.opens_at)
    if run.closes_at is None or now >= run.closes_at:
        raise Refusal("closed", closes_at=run.closes_at)
    if held.was_removed:
        raise Refusal("removed_by_staff")
    _check_age(run, person, now)
    if run.places and not run.places & person.places:
        raise Refusal("wrong_place")
    _check_seats_held(run, held)


def may_be_seated(run: RunFacts, held: Held) -> bool:
    """Whether somebody who waits may take a freed seat: limit and overlap are looked at again, because a
    seat elsewhere may have been taken since. What was right when she asked (age, home, window) stays right."""
    try:
        _check_seats_held(run, held)
    except Refusal:
        return False
    return not held.was_removed


def age_on(born_on: date, on: date) -> int:
    """Completed years; born on 29 February, a year is completed on 1 March of other years."""
    return on.year - born_on.year - ((on.month, on.day) < (born_on.month, born_on.day))


def _check_age(run: RunFacts, person: PersonFacts, now: datetime) -> None:
    """By the age on the day of the first session. Without a birth date nobody can show the least age, so
    that is too_young, with `is_unknown` for a kinder sentence; a highest age alone lets her in."""
    if person.born_on is None:
        if run.min_age is not None:
            raise Refusal("too_young", min_age=run.min_age, is_unknown=True)
        return
    age = age_on(person.born_on, run.first_on or date_of(now))
    if run.min_age is not None and age < run.min_age:
        raise Refusal("too_young", min_age=run.min_age, age=age)
    if run.max_age is not None and age > run.max_age:
        raise Refusal("too_old", max_age=run.max_age, age=age)


def _check_seats_held(run: RunFacts, held: Held) -> None:
    if run.limit_per_person is not None and held.in_term >= run.limit_per_person:
        raise Refusal("limit_reached", limit=run.limit_per_person)
    if held.overlaps:
        raise Refusal("overlap")
