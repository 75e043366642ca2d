"""Pure: what becomes of a notice after one try."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum

# Seconds until the next try after the first, second … one; after the last we stop.
BACK_OFF = (5, 30, 120, 600, 3600, 21600)
CLAIM_LASTS = timedelta(seconds=60)  # longer than any batch may take, see the gateways' timeouts
A_CODE_LASTS = timedelta(minutes=10)
WORTHLESS_AFTER = {"sign_in_code": A_CODE_LASTS, "care_code": A_CODE_LASTS, "couple_code": A_CODE_LASTS}


class Outcome(Enum):
    """What a gateway may say."""

    SENT = "sent"
    NOT_SENT = "not_sent"  # certainly not delivered, may work later
    NO_ANSWER = "no_answer"  # perhaps delivered
    REFUSED = "refused"  # will never be delivered


@dataclass(frozen=True)
class Next:
    """The new state of the row, and for `due` when to try again."""

    state: str
    next_try_at: datetime | None = None


def after(outcome: Outcome, *, tries: int, is_idempotent: bool, at: datetime) -> Next:
    """`tries` counts the one just made. An end nobody knows is repeated only where that does no harm."""
    if outcome is Outcome.SENT:
        return Next("sent")
    if outcome is Outcome.REFUSED:
        return Next("failed")
    is_unclear = outcome is Outcome.NO_ANSWER
    if tries > len(BACK_OFF) or (is_unclear and not is_idempotent):
        return Next("unknown" if is_unclear else "failed")
    return Next("due", at + timedelta(seconds=BACK_OFF[tries - 1]))


def is_worthless(kind: str, created_at: datetime, at: datetime) -> bool:
    """Too old to help anybody: a sign-in code that has ended."""
    limit = WORTHLESS_AFTER.get(kind)
    return limit is not None and at - created_at > limit
