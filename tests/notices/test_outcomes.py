from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from elderlearn.notices.outcomes import BACK_OFF, Outcome, after, is_worthless

AT = datetime(2026, 11, 23, tzinfo=UTC)
LAST = len(BACK_OFF) + 1


@pytest.mark.parametrize(
    ("outcome", "tries", "is_idempotent", "state"),
    [
        (Outcome.SENT, 1, False, "sent"),
        (Outcome.SENT, LAST, True, "sent"),
        (Outcome.REFUSED, 1, True, "failed"),
        (Outcome.NOT_SENT, 1, False, "due"),
        (Outcome.NOT_SENT, LAST - 1, True, "due"),
        (Outcome.NOT_SENT, LAST, True, "failed"),
        (Outcome.NO_ANSWER, 1, True, "due"),
        (Outcome.NO_ANSWER, LAST, True, "unknown"),
        (Outcome.NO_ANSWER, 1, False, "unknown"),
    ],
)
def test_what_follows_a_try(outcome: Outcome, tries: int, is_idempotent: bool, state: str) -> None:
    assert after(outcome, tries=tries, is_idempotent=is_idempotent, at=AT).state == state


def test_the_pauses_grow() -> None:
    tries = range(1, LAST)
    moments = [after(Outcome.NOT_SENT, tries=n, is_idempotent=True, at=AT).next_try_at for n in tries]
    pauses = [moment - AT for moment in moments if moment]
    assert pauses == sorted(pauses) and pauses[0] == timedelta(seconds=5) and len(pauses) == len(BACK_OFF)


def test_a_sign_in_code_is_worthless_after_ten_minutes_and_other_notices_never() -> None:
    assert not is_worthless("sign_in_code", AT, AT + timedelta(minutes=10))
    assert is_worthless("sign_in_code", AT, AT + timedelta(minutes=11))
    assert not is_worthless("seated", AT, AT + timedelta(days=400))
