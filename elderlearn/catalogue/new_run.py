"""Pure: what somebody asks for when opening a run, and whether it can be one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from elderlearn.catalogue.rounds import Round, check_rounds
from elderlearn.catalogue.run_rules import NO_RULES, RunRules, check_rules
from elderlearn.catalogue.schedule import MOST_CREDITED, Times, check_sessions
from elderlearn.catalogue.window import check_window
from elderlearn.ground.errors import Refusal

KINDS = ("class", "lecture", "activity", "meeting", "online")
ENTRIES = ("enrol", "drop_in", "members")
MOST_SEATS = 100_000
OLDEST = 130


@dataclass(frozen=True)
class NewRun:
    """A run to be. Seats and window only matter for `entry` enrol; `places` are codes of places whose
    residents may enrol (none: anybody registered); `leaders` are ids of staff; venue and teacher are those of
    all its sessions. With `rounds` the window is theirs."""

    course_id: int
    sessions: tuple[Times, ...]
    kind: str = "class"
    entry: str = "enrol"
    allocation: str = "first_come"
    seats: int | None = None
    opens_at: datetime | None = None
    closes_at: datetime | None = None
    term_id: int | None = None
    min_age: int | None = None
    max_age: int | None = None
    places: tuple[str, ...] = ()
    credited_minutes: int | None = None
    leaders: tuple[int, ...] = ()
    venue_id: int | None = None
    teacher_id: int | None = None
    rounds: tuple[Round, ...] = ()
    rules: RunRules = NO_RULES


def check_new_run(run: NewRun) -> None:
    """Raises Refusal: invalid_kind, invalid_entry, not_offered (any allocation but first come, first served),
    seats_required, invalid_seats, invalid_window, invalid_round, invalid_ages, invalid_minutes,
    invalid_sessions."""
    _check_words(run)
    if run.entry == "enrol":
        _check_seats(run)
    check_ages(run.min_age, run.max_age)
    check_rules(run.rules)
    if run.credited_minutes is not None and not 0 < run.credited_minutes <= MOST_CREDITED:
        raise Refusal("invalid_minutes", most=MOST_CREDITED)
    check_sessions(run.sessions)


def _check_words(run: NewRun) -> None:
    if run.kind not in KINDS:
        raise Refusal("invalid_kind", kind=run.kind)
    if run.entry not in ENTRIES:
        raise Refusal("invalid_entry", entry=run.entry)
    if run.allocation != "first_come":
        raise Refusal("not_offered", allocation=run.allocation)


def _check_seats(run: NewRun) -> None:
    if run.seats is None or run.opens_at is None or run.closes_at is None:
        raise Refusal("seats_required")
    check_seats(run.seats)
    check_window(run.opens_at, run.closes_at)
    check_rounds(run.rounds)


def check_seats(seats: int) -> None:
    """Raises Refusal('invalid_seats') outside 1…100,000."""
    if not 0 < seats <= MOST_SEATS:
        raise Refusal("invalid_seats", most=MOST_SEATS)


def check_ages(youngest: int | None, oldest: int | None) -> None:
    """Raises Refusal('invalid_ages') outside 0…130, or when the lowest is above the highest."""
    given = [age for age in (youngest, oldest) if age is not None]
    if any(not 0 <= age <= OLDEST for age in given) or given != sorted(given):
        raise Refusal("invalid_ages")
