"""Pure: weekly sessions as the office asks for them, and the days they fall on, to look at before saving."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time

from elderlearn.catalogue.schedule import Times, weekly_sessions
from elderlearn.catalogue.term_queries import TermRow
from elderlearn.ground.errors import Refusal
from elderlearn.locale import _
from elderlearn.web.planning.moments import clock
from elderlearn.web.planning.sentences import blame
from elderlearn.web.planning.words import WEEKDAYS
from elderlearn.web.shell.forms import Form

LONGEST = 24 * 60  # minutes


@dataclass(frozen=True)
class Week:
    """Which days of the week, from when to when, at what clock, how long (minutes)."""

    weekdays: tuple[int, ...]
    from_on: date
    to_on: date
    starts: time
    minutes: int

    @property
    def mark(self) -> str:
        """Changes whenever the dates would."""
        days = ",".join(str(one) for one in self.weekdays)
        return f"{days} {self.from_on} {self.to_on} {self.starts:%H:%M} {self.minutes}"


@dataclass(frozen=True)
class Day:
    """One session to be. A holiday is not ticked at first; `is_past` when it has begun already."""

    times: Times
    holiday: str
    is_ticked: bool
    is_past: bool

    @property
    def on(self) -> date:
        """Its day in Shanghai."""
        return self.times.on_date


def read_week(form: Form, terms: Mapping[str, TermRow]) -> Week | None:
    """What was typed, with all complaints; a chosen term fills in the days that were left empty."""
    _take_from_term(form, terms.get(form.value("term")))
    weekdays = sorted({int(one) for one in form.many("weekday") if one in WEEKDAYS})
    if not weekdays:
        form.complain("weekday", _("Please choose at least one day of the week."))
    from_on = form.day("from_on", need=_("Please write the first day."))
    to_on = form.day("to_on", need=_("Please write the last day."))
    starts = clock(form, "starts", need=_("Please write when it begins."))
    minutes = form.number("minutes", low=1, high=LONGEST, need=_("Please write how many minutes it lasts."))
    if from_on and to_on and to_on < from_on:
        form.complain("to_on", _("The last day must not be before the first."))
    if not weekdays or from_on is None or to_on is None or to_on < from_on or starts is None or minutes is None:
        return None
    return Week(tuple(weekdays), from_on, to_on, starts, minutes)


def days_of(week: Week, holidays: Mapping[date, str], form: Form, at: datetime) -> list[Day]:
    """The days with their ticks: as last sent, when the week is still the one that was shown."""
    try:
        found = weekly_sessions(
            weekdays=week.weekdays,
            from_on=week.from_on,
            to_on=week.to_on,
            starts=week.starts,
            minutes=week.minutes,
        )
    except Refusal as refusal:
        blame(form, refusal, invalid_sessions="to_on")
        return []
    was_shown = form.value("shown") == week.mark
    days = []
    for times in found:
        holiday = holidays.get(times.on_date, "")
        is_ticked = form.has("on", times.on_date.isoformat()) if was_shown else not holiday
        days.append(Day(times, holiday, is_ticked, times.starts_at < at))
    return days


def _take_from_term(form: Form, term: TermRow | None) -> None:
    if term is not None:
        for name, day in (("from_on", term.starts_on), ("to_on", term.ends_on)):
            if not form.value(name):
                form.typed[name] = [day.isoformat()]
