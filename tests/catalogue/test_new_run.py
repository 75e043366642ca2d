from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from elderlearn.catalogue.new_run import NewRun, check_new_run
from elderlearn.catalogue.schedule import Times
from elderlearn.ground.errors import Refusal

NOON = datetime(2026, 9, 1, 4, tzinfo=UTC)
GOOD = NewRun(
    course_id=1,
    sessions=(Times(NOON, NOON + timedelta(hours=2)),),
    seats=20,
    opens_at=NOON - timedelta(days=9),
    closes_at=NOON - timedelta(days=2),
)


def test_a_good_run_and_the_shortest_drop_in_pass() -> None:
    check_new_run(GOOD)
    check_new_run(replace(GOOD, closes_at=NOON + timedelta(days=99)))
    check_new_run(NewRun(course_id=1, sessions=GOOD.sessions, entry="drop_in", kind="lecture"))


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"kind": "party"}, "invalid_kind"),
        ({"entry": "ticket"}, "invalid_entry"),
        ({"allocation": "draw"}, "not_offered"),
        ({"allocation": "staff"}, "not_offered"),
        ({"seats": None}, "seats_required"),
        ({"opens_at": None}, "seats_required"),
        ({"closes_at": None}, "seats_required"),
        ({"seats": 0}, "invalid_seats"),
        ({"seats": -3}, "invalid_seats"),
        ({"seats": 100_001}, "invalid_seats"),
        ({"closes_at": NOON - timedelta(days=9)}, "invalid_window"),
        ({"opens_at": datetime(2026, 8, 1)}, "invalid_window"),
        ({"min_age": 80, "max_age": 60}, "invalid_ages"),
        ({"min_age": -1}, "invalid_ages"),
        ({"max_age": 200}, "invalid_ages"),
        ({"credited_minutes": 0}, "invalid_minutes"),
        ({"credited_minutes": 601}, "invalid_minutes"),
        ({"sessions": ()}, "invalid_sessions"),
    ],
)
def test_each_wrong_thing_has_its_code(change: dict[str, Any], code: str) -> None:
    with pytest.raises(Refusal) as refused:
        check_new_run(replace(GOOD, **change))
    assert refused.value.code == code
