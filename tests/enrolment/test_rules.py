from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from elderlearn.enrolment.age import age_on
from elderlearn.enrolment.rules import Held, PersonFacts, RunFacts, check_may_enrol, may_be_seated
from elderlearn.ground.errors import Refusal

NOW = datetime(2026, 9, 1, 1, tzinfo=UTC)
RUN = RunFacts(
    entry="enrol",
    allocation="first_come",
    is_released=True,
    opens_at=NOW - timedelta(days=1),
    closes_at=NOW + timedelta(days=1),
    first_on=date(2026, 10, 1),
)
PING = PersonFacts(born_on=date(1960, 10, 1), places=frozenset({1, 10, 100}))
# Everything wrong at once, in the order of the reasons: mending the first one shows the next.
WRONG: list[tuple[str, dict[str, Any], dict[str, Any], dict[str, Any]]] = [
    ("not_offered", {"is_released": False}, {}, {}),
    ("not_open", {"opens_at": NOW + timedelta(hours=1)}, {}, {}),
    ("closed", {"closes_at": NOW}, {}, {}),
    ("removed_by_staff", {}, {}, {"was_removed": True}),
    ("too_young", {"min_age": 67}, {}, {}),
    ("too_old", {"max_age": 65}, {}, {}),
    ("wrong_place", {"places": frozenset({2})}, {}, {}),
    ("limit_reached", {"limit_per_person": 2}, {}, {"in_term": 2}),
    ("overlap", {}, {}, {"overlaps": True}),
]


def reason(run: RunFacts, person: PersonFacts = PING, held: Held | None = None) -> str | None:
    try:
        check_may_enrol(run, person, held or Held(), NOW)
    except Refusal as refused:
        return refused.code
    return None


@pytest.mark.parametrize("number", range(len(WRONG)))
def test_the_first_reason_is_told(number: int) -> None:
    run, held = RUN, Held()
    for _, change, _, kept in reversed(WRONG[number:]):
        run, held = replace(run, **change), replace(held, **kept)
    assert reason(run, held=held) == WRONG[number][0]


def test_without_a_first_day_age_is_taken_today_in_shanghai() -> None:
    evening = datetime(2026, 9, 30, 17, tzinfo=UTC)
    run = replace(RUN, first_on=None, min_age=66, opens_at=evening, closes_at=evening + timedelta(days=1))
    check_may_enrol(run, PING, Held(), evening)


@pytest.mark.parametrize(
    "change", [{"entry": "drop_in"}, {"entry": "members"}, {"allocation": "draw"}, {"allocation": "staff"}]
)
def test_only_first_come_enrolment_is_offered(change: dict[str, str]) -> None:
    assert reason(RUN) is None
    assert reason(replace(RUN, **change)) == "not_offered"


def test_the_window_opens_at_its_first_moment_and_is_closed_at_its_last() -> None:
    assert reason(replace(RUN, opens_at=NOW)) is None
    assert reason(replace(RUN, closes_at=NOW + timedelta(microseconds=1))) is None
    assert reason(replace(RUN, opens_at=NOW + timedelta(microseconds=1))) == "not_open"
    assert reason(replace(RUN, closes_at=NOW)) == "closed"


def test_age_is_taken_on_the_day_of_the_first_session() -> None:
    sixty_six = replace(RUN, min_age=66, max_age=66)
    assert reason(sixty_six) is None
    assert reason(replace(sixty_six, first_on=date(2026, 9, 30))) == "too_young"
    assert reason(replace(sixty_six, first_on=date(2027, 10, 1))) == "too_old"


def test_without_a_birth_date_only_a_least_age_is_in_the_way() -> None:
    unknown = replace(PING, born_on=None)
    assert reason(RUN, unknown) is None
    assert reason(replace(RUN, max_age=75), unknown) is None
    with pytest.raises(Refusal) as refused:
        check_may_enrol(replace(RUN, min_age=50), unknown, Held(), NOW)
    assert (refused.value.code, refused.value.values["is_unknown"]) == ("too_young", True)


@pytest.mark.parametrize("place", [1, 10, 100])
def test_the_home_may_be_named_by_community_street_or_district(place: int) -> None:
    assert reason(replace(RUN, places=frozenset({place, 7}))) is None


def test_somebody_from_outside_is_at_home_nowhere() -> None:
    outside = replace(PING, places=frozenset())
    assert reason(RUN, outside) is None
    assert reason(replace(RUN, places=frozenset({100})), outside) == "wrong_place"


def test_a_limit_needs_a_term_that_has_one() -> None:
    assert reason(RUN, held=Held(in_term=50)) is None
    assert reason(replace(RUN, limit_per_person=2), held=Held(in_term=1)) is None
    assert reason(replace(RUN, limit_per_person=2), held=Held(in_term=3)) == "limit_reached"


def test_a_closed_window_or_a_birthday_never_takes_the_place_in_line_away() -> None:
    closed = replace(RUN, closes_at=NOW - timedelta(days=1), min_age=99)
    assert may_be_seated(closed, Held())
    assert not may_be_seated(closed, Held(overlaps=True))
    assert not may_be_seated(replace(closed, limit_per_person=1), Held(in_term=1))


def test_a_leap_day_child_is_a_year_older_on_the_first_of_march() -> None:
    born = date(1960, 2, 29)
    assert age_on(born, date(2025, 2, 28)) == 64
    assert age_on(born, date(2025, 3, 1)) == 65
    assert age_on(born, date(2024, 2, 29)) == 64


@given(st.dates(date(1900, 1, 1), date(2000, 1, 1)), st.integers(0, 40_000))
def test_an_age_grows_by_one_on_each_birthday_only(born: date, days: int) -> None:
    on = born + timedelta(days=days)
    step = age_on(born, on + timedelta(days=1)) - age_on(born, on)
    tomorrow = on + timedelta(days=1)
    is_birthday = (tomorrow.month, tomorrow.day) == (born.month, born.day)
    is_first_of_march = (born.month, born.day) == (2, 29) and (on.month, on.day) == (2, 28)
    assert step == int(is_birthday or (is_first_of_march and tomorrow.month == 3))
