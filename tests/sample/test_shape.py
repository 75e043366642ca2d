from __future__ import annotations

from datetime import date
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from elderlearn.sample.shape import Span, birth_date, inclined, inclined_before, share_out, visits_wanted, weekly


@given(st.integers(0, 10_000), st.lists(st.floats(0.01, 100), min_size=1, max_size=40))
def test_shares_always_sum_to_the_whole(total: int, weights: list[float]) -> None:
    shares = share_out(total, weights)
    assert sum(shares) == total
    assert min(shares) >= 0


def test_visits_come_out_as_many_as_wanted_and_most_people_come_rarely() -> None:
    wanted = visits_wanted(Random(1), inclined(Random(2), 2000), 18_000, [1.0] * 2000)
    assert sum(wanted) == 18_000
    assert sum(many >= 12 for many in wanted) < 700
    assert sum(many == 0 for many in wanted) > 500


def test_fewer_visits_than_people_are_never_exceeded() -> None:
    assert sum(visits_wanted(Random(1), inclined(Random(2), 2000), 100, [1.0] * 2000)) == 100


def test_who_likes_to_learn_mostly_did_so_the_year_before() -> None:
    now = inclined(Random(1), 2000)
    before = inclined_before(Random(2), now)
    both = sum(one < 0.25 and other < 0.25 for one, other in zip(now, before, strict=True))
    assert 0.8 < both / sum(one < 0.25 for one in now) < 0.95


def test_a_week_has_seven_days() -> None:
    days = weekly(date(2026, 3, 2), date(2026, 3, 31), 1)
    assert days == [date(2026, 3, 3), date(2026, 3, 10), date(2026, 3, 17), date(2026, 3, 24), date(2026, 3, 31)]


def test_last_year_is_smaller_and_whole_this_year_is_as_long_as_it_lasts() -> None:
    late, early = Span(date(2026, 11, 23)), Span(date(2026, 2, 1))
    assert (late.starts_on, late.denominator_year, early.denominator_year) == (date(2025, 1, 1), 2025, 2024)
    before, now = late.visits_by_year(10_000).values()
    assert before + now == 10_000
    assert 0.8 < (before / 365) / (now / 327) < 0.95
    assert early.visits_by_year(10_000)[2026] < 1000


def test_everybody_born_for_the_sample_is_sixty_by_the_end_of_the_year() -> None:
    random = Random(3)
    assert all(2026 - birth_date(random, date(2026, 11, 23)).year >= 60 for _ in range(500))
