"""Pure: how many more days somebody needs to become a regular, by each way of the rule."""

from __future__ import annotations

from elderlearn.participation.rules import Rule, Sums

A_DAY = 90  # minutes a further day is taken to bring: one usual meeting, what a drop-in is credited by default


def minutes_of_a_day(rule: Rule) -> int:
    """Never more than a day can count."""
    return min(A_DAY, rule.day_cap_minutes)


def days_missing(sums: Sums, rule: Rule) -> int | None:
    """0 for a regular; none when days alone do not make her one: completing a course is no matter of days."""
    ways = [one for one in (_by_hours(sums, rule), _by_days(sums, rule)) if one is not None]
    has_completed = sums.completed_runs >= 1
    if rule.needs_all:
        if rule.completed_minutes is not None and not has_completed:
            return None
        return max(ways) if ways else _without_days(rule)
    if rule.completed_minutes is not None and has_completed:
        return 0
    return min(ways) if ways else None


def _by_hours(sums: Sums, rule: Rule) -> int | None:
    """Enough minutes on enough days."""
    if rule.hours_minutes is None:
        return None
    by_minutes = -(-(rule.hours_minutes - sums.minutes) // minutes_of_a_day(rule))
    return max(0, by_minutes, rule.hours_days - sums.days)


def _by_days(sums: Sums, rule: Rule) -> int | None:
    return None if rule.days is None else max(0, rule.days - sums.days)


def _without_days(rule: Rule) -> int | None:
    """She completed a course, and nothing else is asked; a rule with nothing switched on is met by nobody."""
    return None if rule.completed_minutes is None else 0
