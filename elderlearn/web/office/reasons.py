"""Pure: why somebody is a regular or not, in one sentence made from the rule; and why she enters no rate."""

from __future__ import annotations

from elderlearn.locale import N_, _, ngettext
from elderlearn.participation.rules import CLASS_HOUR, Rule, Sums, is_regular
from elderlearn.web.office.class_hours import class_hours
from elderlearn.web.office.footnotes import ways_in_words

APART = {
    "outside": N_("In no rate here: lives elsewhere."),
    "under_age": N_("In no rate: not yet old enough."),
    "age_unknown": N_("In no rate: the birth date is not known."),
    "place_unknown": N_("In no rate: it is not known where in the district the home is."),
}


def why(sums: Sums, rule: Rule) -> str:
    """ "Regular: 18 class hours on 9 days; 16 on 4 are enough." Or what she has, and what is needed."""
    if not is_regular(sums, rule):
        return _("Not regular: %(has)s. Needed are %(ways)s.", has=_has(sums), ways=ways_in_words(rule))
    if rule.needs_all:
        return _("Regular: %(has)s. Needed are %(ways)s.", has=_has(sums), ways=ways_in_words(rule))
    return _first_reached(sums, rule)


def _first_reached(sums: Sums, rule: Rule) -> str:
    if rule.hours_minutes is not None and sums.minutes >= rule.hours_minutes and sums.days >= rule.hours_days:
        return _(
            "Regular: %(has)s; %(hours)s class hours on %(days)s days are enough.",
            has=_has(sums),
            hours=class_hours(rule.hours_minutes),
            days=rule.hours_days,
        )
    if rule.days is not None and sums.days >= rule.days:
        return _("Regular: %(has)s; %(days)s days are enough.", has=_has(sums), days=rule.days)
    return _(
        "Regular: completed a course of at least %(hours)s class hours, which is enough.",
        hours=class_hours(rule.completed_minutes or CLASS_HOUR),
    )


def _has(sums: Sums) -> str:
    days = ngettext("%(n)s day", "%(n)s days", sums.days)
    return _("%(hours)s class hours on %(days)s", hours=class_hours(sums.minutes), days=days)


def why_apart(apart: str | None) -> str:
    """Why she enters no rate, whatever she attended; nothing when she does."""
    return _(APART[apart]) if apart else ""
