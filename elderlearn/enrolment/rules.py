"""Pure: who may have a seat in a run, and the first reason why not."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from elderlearn.catalogue.rounds import Round
from elderlearn.catalogue.run_rules import NO_RULES, RunRules
from elderlearn.enrolment.age import Ages, check_age, check_signature
from elderlearn.enrolment.home import check_home
from elderlearn.enrolment.learning import check_first_time, check_prerequisite, check_seats_held
from elderlearn.enrolment.safety import check_contact, check_health_notice
from elderlearn.enrolment.turns import NOWHERE, Where, check_turn, fits
from elderlearn.ground.clock import date_of
from elderlearn.ground.errors import Refusal


@dataclass(frozen=True)
class RunFacts:
    """What the rules look at. `places` are ids of places whose residents may enrol (none: anybody);
    `limit_per_person` is the term's, none without a term or limit. Most runs have neither `rounds` nor `rules`;
    `prerequisite` is the title of the course to be completed before."""

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
    rounds: tuple[Round, ...] = ()
    rules: RunRules = NO_RULES
    prerequisite: str = ""
    where: Where = NOWHERE

    @property
    def ages(self) -> Ages:
        """Those of the run itself and those by sex."""
        rules = self.rules
        return Ages(self.min_age, self.max_age, rules.women_from, rules.men_from, rules.signature_from)


@dataclass(frozen=True)
class Record:
    """What is known of her when a run asks for it: at its organisation, on file, agreed to."""

    is_returning: bool = False
    has_been_there: bool = False
    has_signature: bool = False
    has_completed: bool = False
    has_contact: bool = False
    has_health_notice: bool = False


NO_RECORD = Record()


@dataclass(frozen=True)
class PersonFacts:
    """`places` are ids of the home community, its street and its district; none for somebody from outside.
    `record` is only read for runs with rounds or rules."""

    born_on: date | None
    places: frozenset[int] = frozenset()
    sex: str | None = None
    record: Record = NO_RECORD


@dataclass(frozen=True)
class Held:
    """What the person has already: seats (also offered ones; waiting ones never count) in other runs of the
    same term, whether one of all her seats meets at an overlapping time, whether staff took her off this run."""

    in_term: int = 0
    overlaps: bool = False
    was_removed: bool = False


def check_may_enrol(run: RunFacts, person: PersonFacts, held: Held, now: datetime) -> int | None:
    """The number of the round she asks in, none without rounds. Raises Refusal with the first reason, in this
    order: not_offered, not_open, closed, removed_by_staff, not_your_round, no_round_left, too_young, too_old,
    wrong_place, not_first_time, prerequisite_missing, limit_reached, overlap, and last what she can mend
    herself or at the desk: signature_needed, contact_needed, health_notice_needed.

    Only `opens_at` (included) and `closes_at` (excluded) decide not_open and closed, and with rounds whether
    one of hers is open; between two of them it is not_open.
    """
    _check_window(run, now)
    if held.was_removed:
        raise Refusal("removed_by_staff")
    round_no = _check_turn(run, person, now) if run.rounds else None
    on, record, rules = run.first_on or date_of(now), person.record, run.rules
    check_age(run.ages, person.born_on, person.sex, on)
    check_home(run.places, person.places)
    check_first_time(rules.first_time_only, has_been_there=record.has_been_there)
    check_prerequisite(run.prerequisite, is_completed=record.has_completed)
    check_seats_held(run.limit_per_person, in_term=held.in_term, overlaps=held.overlaps)
    check_signature(run.ages, person.born_on, on, is_on_file=record.has_signature)
    check_contact(rules.needs_contact, has_contact=record.has_contact)
    check_health_notice(rules.needs_health_notice, has_agreed=record.has_health_notice)
    return round_no


def _check_window(run: RunFacts, now: datetime) -> None:
    if run.entry != "enrol" or run.allocation != "first_come" or not run.is_released:
        raise Refusal("not_offered")
    if run.opens_at is None or now < run.opens_at:
        raise Refusal("not_open", opens_at=run.opens_at)
    if run.closes_at is None or now >= run.closes_at:
        raise Refusal("closed", closes_at=run.closes_at)


def _check_turn(run: RunFacts, person: PersonFacts, now: datetime) -> int | None:
    record = person.record
    hers = [
        one
        for one in run.rounds
        if fits(
            one.audience,
            where=run.where,
            home=person.places,
            is_returning=record.is_returning,
            has_been_there=record.has_been_there,
        )
    ]
    return check_turn(run.rounds, hers, now)


def may_be_seated(run: RunFacts, held: Held) -> bool:
    """Whether somebody who waits may take a freed seat: limit and overlap are looked at again, because a
    seat elsewhere may have been taken since. What was right when she asked (age, home, window) stays right."""
    try:
        check_seats_held(run.limit_per_person, in_term=held.in_term, overlaps=held.overlaps)
    except Refusal:
        return False
    return not held.was_removed
