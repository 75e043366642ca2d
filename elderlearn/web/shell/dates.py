"""Moments as people say them, in Asia/Shanghai and in the language now spoken."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from babel.dates import format_date

from elderlearn.ground import clock
from elderlearn.ground.languages import clock_time
from elderlearn.locale import N_, _, habits, ngettext, pgettext, spoken

NEAR = {0: N_("today"), 1: N_("tomorrow"), 2: N_("the day after tomorrow"), -1: N_("yesterday")}


def when(moment: datetime, until: datetime | None = None) -> str:
    """ "tomorrow, Tuesday, 9:00"; with `until` the time is a range."""
    return _("%(day)s, %(time)s", day=day(moment), time=hours(moment, until))


def day(value: date | datetime) -> str:
    """ "tomorrow, Tuesday" for the days around today, else "Tuesday, 24 November" (and the year, if another)."""
    on = _on(value)
    near = NEAR.get((on - clock.today()).days)
    if near:
        return _("%(near)s, %(weekday)s", near=_(near), weekday=weekday(on))
    return _("%(weekday)s, %(date)s", weekday=weekday(on), date=short_date(on))


def short_date(value: date | datetime) -> str:
    """ "24 November", with the year when it is not this year's."""
    on = _on(value)
    return (
        full_date(on) if on.year != clock.today().year else format_date(on, _day_month(), locale=habits(spoken()))
    )


def full_date(value: date | datetime) -> str:
    """ "24 November 2026"."""
    return format_date(_on(value), "long", locale=habits("zh_CN" if spoken() == "zh_CN" else "en_GB"))


def weekday(value: date | datetime) -> str:
    """ "Tuesday"."""
    return format_date(_on(value), "EEEE", locale=habits(spoken()))


def hours(start: datetime, until: datetime | None = None) -> str:
    """ "9:00" or "9:00-10:30"; in Chinese the part of the day is said once when both ends share it."""
    said = clock_time(start)
    if until is None:
        return said
    end = clock_time(until)
    part = said.rstrip("0123456789:")
    return f"{said}\u2013{end.removeprefix(part) if part else end}"


def ago(moment: datetime) -> str:
    """ "3 minutes ago", for what happened just now; older than a day is said as a date."""
    passed = clock.now() - moment
    if passed < timedelta(minutes=1):
        return _("just now")
    if passed < timedelta(hours=1):
        minutes = int(passed.total_seconds() // 60)
        return ngettext("%(n)s minute ago", "%(n)s minutes ago", minutes)
    if passed < timedelta(days=1):
        return ngettext("%(n)s hour ago", "%(n)s hours ago", int(passed.total_seconds() // 3600))
    return when(moment)


def length(minutes: int) -> str:
    """ "1 h 30 min" for a number of minutes."""
    whole, rest = divmod(int(minutes), 60)
    if not whole:
        return _("%(n)s min", n=rest)
    return _("%(h)s h %(m)s min", h=whole, m=rest) if rest else _("%(h)s h", h=whole)


def _on(value: date | datetime) -> date:
    return clock.date_of(value) if isinstance(value, datetime) else value


def _day_month() -> str:
    return pgettext("pattern of day and month", "d MMMM")
