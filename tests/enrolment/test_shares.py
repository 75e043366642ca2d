from __future__ import annotations

import pytest

from elderlearn.enrolment.shares import Free, Left

VILLAGE, NEW = Left(1, "own_village", 1), Left(2, "newcomers", 1)


@pytest.mark.parametrize(
    ("pool", "group", "seats"),
    [
        (0, [{"own_village", "newcomers"}], ["own_village"]),
        (1, [set()], [None]),
        (0, [set()], None),
        (0, [{"own_village", "newcomers"}, {"own_village"}], ["newcomers", "own_village"]),
        (0, [{"own_village"}, {"own_village", "newcomers"}], ["own_village", "newcomers"]),
        (1, [{"own_village"}, {"own_village"}], ["own_village", None]),
        (0, [{"own_village"}, {"own_village"}], None),
    ],
)
def test_seats_for_one_or_two_are_found_where_there_are_any(
    pool: int, group: list[set[str]], seats: list[str | None] | None
) -> None:
    free = Free(pool, [VILLAGE, NEW])
    found = free.take_for(group)
    assert (found and [one.audience for one in found]) == seats
    taken = len(seats or [])
    assert free.pool + sum(free.left.values()) == pool + 2 - taken
