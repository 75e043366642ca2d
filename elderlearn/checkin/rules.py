"""Pure: the verdict of one scan.

The first that holds, in this order:
1. `same_scan`, or the first verdict again, for a scan_id known with the same session and code; with others it
   is refused: `scan_id_reused`; but nothing is said of a session that is not yours;
2. refused: `unreadable`, `bad_signature` (also a genuine code without a card), `bad_time`, `unknown_session`,
   `not_yours`;
3. flagged, counting nothing until somebody looks: `called_off`, `card_replaced`, `clock_off`,
   `outside_window`, `elsewhere`;
4. `already_present`;
5. `recorded`, with the reason `walk_in` when she holds no seat in a run that has seats.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from msgspec import Struct

EARLY = timedelta(hours=1)  # before the session; contract section 3
LATE = timedelta(hours=1)  # after it
TRUSTED_OFFSET = timedelta(hours=24)  # a phone clock further off is corrected too, but a human looks
AHEAD = timedelta(minutes=5)  # nobody is scanned later than now; so much two honest clocks may differ
TRAVEL = timedelta(minutes=1)  # the request's own way and waiting, not a wrong clock
FUTURE = timedelta(days=1)
OLDEST = datetime(2000, 1, 1, tzinfo=UTC)


class Verdict(Struct, frozen=True, gc=False):
    """What becomes of one scan."""

    verdict: str
    reason: str | None = None


class Known(Struct, frozen=True, gc=False):
    """The same scan_id, received before."""

    first: Verdict
    is_same: bool


class Meeting(Struct, frozen=True, gc=False):
    """The session named by the scan, as far as it matters here."""

    starts_at: datetime
    ends_at: datetime
    is_called_off: bool
    has_seats: bool
    is_yours: bool


class Facts(Struct, frozen=True, gc=False):
    """Everything known about one scan. `code_problem` is unreadable or bad_signature; `at` is corrected."""

    known: Known | None
    code_problem: str | None
    at: datetime | None
    received_at: datetime
    is_clock_off: bool
    meeting: Meeting | None
    is_card_replaced: bool = False
    is_elsewhere: bool = False
    is_present: bool = False
    is_seated: bool = False


def judge(facts: Facts) -> Verdict:
    """The verdict; see the order above."""
    if facts.known and not (facts.meeting and not facts.meeting.is_yours):
        return _again(facts.known)
    refused = _refusal(facts)
    if refused:
        return Verdict("refused", refused)
    flag = _flag(facts)
    if flag:
        return Verdict("flagged", flag)
    if facts.is_present:
        return Verdict("already_present")
    is_walk_in = facts.meeting is not None and facts.meeting.has_seats and not facts.is_seated
    return Verdict("recorded", "walk_in" if is_walk_in else None)


def corrected(at: datetime, *, sent_at: datetime | None, received_at: datetime) -> datetime:
    """The phone's time moved by how wrong its clock was when it sent; as it is when that cannot be known."""
    off = received_at - sent_at if sent_at else timedelta()
    try:
        return at + off if abs(off) > TRAVEL else at
    except OverflowError:
        return at


def is_clock_off(sent_at: datetime | None, received_at: datetime) -> bool:
    """A clock more than a day wrong: its corrected time is only likely, so a human looks."""
    return sent_at is not None and abs(received_at - sent_at) > TRUSTED_OFFSET


def overlap(one: tuple[datetime, datetime], other: tuple[datetime, datetime]) -> bool:
    """Two meetings at the same time; one that begins when the other ends does not overlap."""
    return one[0] < other[1] and other[0] < one[1]


def _again(known: Known) -> Verdict:
    if not known.is_same:
        return Verdict("refused", "scan_id_reused")
    return Verdict("same_scan") if known.first.verdict == "recorded" else known.first


def _refusal(facts: Facts) -> str | None:
    if facts.code_problem:
        return facts.code_problem
    if facts.at is None or facts.at < OLDEST or (_is_to_come(facts) and not facts.is_clock_off):
        return "bad_time"
    if facts.meeting is None:
        return "unknown_session"
    return None if facts.meeting.is_yours else "not_yours"


def _is_to_come(facts: Facts) -> bool:
    """No card was scanned tomorrow; a clock known to be wrong is looked at by a human instead."""
    return facts.at is not None and facts.at > facts.received_at + FUTURE


def _flag(facts: Facts) -> str | None:
    meeting, at = facts.meeting, facts.at
    if meeting is None or at is None:
        return None
    if meeting.is_called_off:
        return "called_off"
    if facts.is_card_replaced:
        return "card_replaced"
    if facts.is_clock_off or at > facts.received_at + AHEAD:
        return "clock_off"
    if not meeting.starts_at - EARLY <= at <= meeting.ends_at + LATE:
        return "outside_window"
    return "elsewhere" if facts.is_elsewhere else None
