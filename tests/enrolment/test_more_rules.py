"""Rules a run may have of its own: each with its boundaries, and the first reason when all are broken."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from elderlearn.catalogue.rounds import Round
from elderlearn.catalogue.run_rules import RunRules
from elderlearn.enrolment.rules import Held, PersonFacts, Record, RunFacts, check_may_enrol
from elderlearn.enrolment.turns import Where
from elderlearn.ground.clock import SHANGHAI
from elderlearn.ground.errors import Refusal

NINE = datetime(2026, 9, 1, 9, tzinfo=SHANGHAI)
FIRST_ON = date(2026, 10, 1)
RUN = RunFacts("enrol", "first_come", True, NINE, NINE + timedelta(days=9), FIRST_ON, where=Where(1, 10))
PING = PersonFacts(born_on=date(1956, 10, 1), places=frozenset({1, 10, 100}), sex="female")
KNOWN = Record(True, True, True, True, True, True)


def refused(
    rules: RunRules | None = None, /, *, at: datetime = NINE, run: dict[str, Any] | None = None, **person: Any
) -> Refusal | None:
    """The refusal when she asks at `at`, none when she may."""
    asked = replace(RUN, rules=rules or RunRules(), **(run or {}))
    try:
        check_may_enrol(asked, replace(PING, **person), Held(), at)
    except Refusal as refusal:
        return refusal
    return None


def code(*given: Any, **changes: Any) -> str | None:
    found = refused(*given, **changes)
    return found.code if found else None


@pytest.mark.parametrize(
    ("born_on", "sex", "expected"),
    [
        (date(1971, 10, 1), "female", None),  # 55 on the very day
        (date(1971, 10, 2), "female", "too_young"),
        (date(1966, 10, 1), "male", None),
        (date(1966, 10, 2), "male", "too_young"),
        (date(1966, 10, 1), None, None),  # old enough for both
        (date(1971, 10, 1), None, "too_young"),
    ],
)
def test_least_ages_by_sex_on_the_day_of_the_first_session(
    born_on: date, sex: str | None, expected: str | None
) -> None:
    assert code(RunRules(women_from=55, men_from=60), born_on=born_on, sex=sex) == expected


def test_an_unknown_sex_is_told_only_where_knowing_it_would_help() -> None:
    rules = RunRules(women_from=55, men_from=60)
    between = refused(rules, born_on=date(1969, 1, 1), sex=None)
    far_below = refused(rules, born_on=date(1990, 1, 1), sex=None)
    assert between and between.values["is_sex_unknown"] is True
    assert far_below and far_below.values["is_sex_unknown"] is False
    unknown_birth = refused(rules, born_on=None)
    assert unknown_birth and unknown_birth.values["is_unknown"] is True


def test_a_rule_for_one_sex_leaves_the_other_to_the_age_for_everybody() -> None:
    only_women = RunRules(women_from=50)
    young = date(1990, 1, 1)
    assert code(only_women, born_on=young, sex="male") is None
    assert code(only_women, born_on=young, sex="male", run={"min_age": 40}) == "too_young"
    assert code(only_women, born_on=date(1976, 10, 1), sex="female", run={"min_age": 60}) is None


def test_a_leap_day_child_comes_of_age_on_the_first_of_march() -> None:
    rules = RunRules(women_from=50)
    for first_on, expected in ((date(2026, 2, 28), "too_young"), (date(2026, 3, 1), None)):
        assert code(rules, born_on=date(1976, 2, 29), run={"first_on": first_on}) == expected


@pytest.mark.parametrize(
    ("born_on", "signed", "expected"),
    [
        (date(1946, 10, 2), False, None),  # 79 on the day
        (date(1946, 10, 1), False, "signature_needed"),
        (date(1946, 10, 1), True, None),
        (None, False, None),
    ],
)
def test_from_eighty_on_a_relative_has_signed(born_on: date | None, signed: bool, expected: str | None) -> None:
    record = Record(has_signature=signed)
    assert code(RunRules(signature_from=80), born_on=born_on, record=record) == expected


def test_what_is_known_of_her_opens_each_of_the_other_rules() -> None:
    for rules, prerequisite, field, expected in (
        (RunRules(prerequisite_id=7), "Calligraphy I", "has_completed", "prerequisite_missing"),
        (RunRules(needs_contact=True), "", "has_contact", "contact_needed"),
        (RunRules(needs_health_notice=True), "", "has_health_notice", "health_notice_needed"),
    ):
        run = {"prerequisite": prerequisite}
        assert code(rules, run=run) == expected
        assert code(rules, run=run, record=Record(**{field: True})) is None
    assert code(RunRules(first_time_only=True)) is None
    assert code(RunRules(first_time_only=True), record=Record(has_been_there=True)) == "not_first_time"


def test_what_she_can_mend_herself_is_asked_last() -> None:
    rules = RunRules(
        women_from=90, signature_from=60, first_time_only=True, prerequisite_id=7, needs_contact=True,
        needs_health_notice=True,
    )  # fmt: skip
    order = []
    record = Record(has_been_there=True)
    person: dict[str, Any] = {"places": frozenset()}
    run: dict[str, Any] = {"prerequisite": "Calligraphy I", "places": frozenset({2})}
    mends = [
        lambda: replace_rules(women_from=None),
        lambda: run.update(places=frozenset()),
        lambda: replace_rules(first_time_only=False),
        lambda: run.update(prerequisite=""),
        lambda: replace_rules(signature_from=None),
        lambda: replace_rules(needs_contact=False),
        lambda: replace_rules(needs_health_notice=False),
    ]

    def replace_rules(**changes: Any) -> None:
        nonlocal rules
        rules = replace(rules, **changes)

    for mend in mends:
        order.append(code(rules, run=run, record=record, **person))
        mend()
    assert order == [
        "too_young", "wrong_place", "not_first_time", "prerequisite_missing", "signature_needed",
        "contact_needed", "health_notice_needed",
    ]  # fmt: skip
    assert code(rules, run=run, record=record, **person) is None


DAY = timedelta(days=1)
ROUNDS = (
    Round("returning", "returning", NINE, NINE + 2 * DAY),
    Round("neighbours", "own_village", NINE + DAY, NINE + 3 * DAY),
    Round("late", "everyone", NINE + 5 * DAY, NINE + 9 * DAY),
)
TICK = timedelta(microseconds=1)


def in_rounds(at: datetime, rounds: tuple[Round, ...] = ROUNDS, **person: Any) -> tuple[str | None, Any]:
    found = refused(at=at, run={"rounds": rounds}, **person)
    return (found.code, found.values.get("opens_at")) if found else (None, None)


def test_a_round_is_open_from_its_first_moment_and_not_at_its_last_in_shanghai() -> None:
    away = {"places": frozenset({2, 10, 100})}
    returning = {**away, "record": Record(is_returning=True, has_been_there=True)}
    in_utc = NINE.astimezone(UTC)
    assert in_rounds(in_utc, **returning) == (None, None)
    assert in_rounds(in_utc - TICK, **returning) == ("not_open", NINE)
    assert in_rounds(in_utc, **away) == ("not_your_round", NINE + 5 * DAY)
    assert in_rounds(in_utc) == ("not_your_round", NINE + DAY)  # her village's round comes first
    assert in_rounds(in_utc + DAY) == (None, None)
    assert in_rounds(in_utc + 2 * DAY, **returning) == ("not_your_round", NINE + 5 * DAY)
    assert in_rounds(in_utc + 3 * DAY) == ("not_open", NINE + 5 * DAY)  # between two rounds
    assert in_rounds(in_utc + 9 * DAY - TICK, **away) == (None, None)
    assert in_rounds(in_utc + 9 * DAY, **away)[0] == "closed"


def test_who_has_no_round_to_come_is_told_so() -> None:
    newcomers = (Round("new", "newcomers", NINE, NINE + 9 * DAY),)
    assert in_rounds(NINE, newcomers) == (None, None)
    assert in_rounds(NINE, newcomers, record=Record(has_been_there=True)) == ("no_round_left", None)
    only_early = (*ROUNDS[:1], Round("new", "newcomers", NINE + 4 * DAY, NINE + 9 * DAY))
    was_there = Record(is_returning=True, has_been_there=True)
    assert in_rounds(NINE + 3 * DAY, only_early, record=was_there) == ("no_round_left", None)


def test_homes_widen_from_village_to_town_to_everybody() -> None:
    for audience, home, expected in (
        ("own_village", {1, 10, 100}, None),
        ("own_village", {2, 10, 100}, "no_round_left"),
        ("own_town", {2, 10, 100}, None),
        ("own_town", {3, 11, 100}, "no_round_left"),
        ("own_town", set(), "no_round_left"),
        ("everyone", set(), None),
    ):
        rounds = (Round("neighbours", audience, NINE, NINE + DAY),)
        assert in_rounds(NINE, rounds, places=frozenset(home))[0] == expected


def test_the_number_of_her_round_is_told() -> None:
    run = replace(RUN, rounds=ROUNDS)
    assert check_may_enrol(run, PING, Held(), NINE + 2 * DAY) == 2
    assert check_may_enrol(RUN, PING, Held(), NINE) is None
    both = replace(PING, record=KNOWN)
    assert check_may_enrol(run, both, Held(), NINE + DAY) == 1
