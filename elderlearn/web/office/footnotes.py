"""Pure: where a figure comes from, in sentences an officer can read out."""

from __future__ import annotations

from elderlearn.locale import _
from elderlearn.participation.queries import Rates
from elderlearn.participation.rules import CLASS_HOUR, Rule


def rule_in_words(rule: Rule) -> str:
    """The rule of a regular as two sentences."""
    said = _(
        "Regular is who, aged %(age)s or more, reaches in the year: %(ways)s.",
        age=rule.elder_age,
        ways=ways_in_words(rule),
    )
    cap = rule.day_cap_minutes // CLASS_HOUR
    if rule.online_most_minutes:
        hours = _(
            "A class hour is 45 minutes; at most %(cap)s a day count, of online learning %(online)s in the year.",
            cap=cap,
            online=rule.online_most_minutes // CLASS_HOUR,
        )
    else:
        hours = _(
            "A class hour is 45 minutes; at most %(cap)s a day count. Online learning alone does not count.",
            cap=cap,
        )
    return _("%(first)s %(second)s", first=said, second=hours)


def ways_in_words(rule: Rule) -> str:
    """The thresholds that are on: any of them, or with `needs_all` all."""
    first, *others = _ways(rule) or [_("nothing set")]
    for other in others:
        if rule.needs_all:
            first = _("%(one)s and %(other)s", one=first, other=other)
        else:
            first = _("%(one)s or %(other)s", one=first, other=other)
    return first


def _ways(rule: Rule) -> list[str]:
    ways = []
    if rule.hours_minutes is not None:
        hours = rule.hours_minutes // CLASS_HOUR
        ways.append(_("%(hours)s class hours on at least %(days)s days", hours=hours, days=rule.hours_days))
    if rule.days is not None:
        ways.append(_("%(days)s different days", days=rule.days))
    if rule.completed_minutes is not None:
        hours = rule.completed_minutes // CLASS_HOUR
        ways.append(_("one completed course of at least %(hours)s class hours", hours=hours))
    return ways


def denominator_in_words(rates: Rates) -> str:
    """The year and the source of the elders, or that there is none."""
    basis = _("people living here") if rates.basis == "resident" else _("people registered here")
    total = rates.total
    if total.elders_year is None:
        return _("Elders: not filled in for this or an earlier year (%(basis)s).", basis=basis)
    return _(
        "Elders: the figures of %(year)s (%(basis)s), source: %(source)s.",
        year=total.elders_year,
        basis=basis,
        source=total.elders_source or _("not named"),
    )
