"""Pure: how regulars grew over the year, as the report draws and says it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from markupsafe import Markup

from elderlearn.locale import _
from elderlearn.participation.growth import Growth, Month
from elderlearn.participation.rules import persons_needed
from elderlearn.places.labels import Span, span_of
from elderlearn.web.shell.lines import Curve, month_line
from elderlearn.web.shell.numbers import thousands

YEAR = 12


@dataclass(frozen=True)
class GrowthShown:
    """The drawing, and the table with the same figures."""

    drawing: Markup
    months: Sequence[Month]
    label: str
    before_label: str | None


def growth_shown(growth: Growth, label: str, *, elders: int | None, per_mille: int | None) -> GrowthShown:
    """The target is drawn in persons: what the rate is compared on."""
    goal = None
    if elders and per_mille is not None:
        needed = persons_needed(elders, per_mille)
        goal = (needed, _("target: %(persons)s persons", persons=thousands(needed)))
    before = None if growth.before is None else _curve(growth, growth.before_label, of_before=True)
    compared = compared_in_words(growth, is_running=growth.until < span_of(label).ends_on)
    return GrowthShown(
        drawing=month_line(
            _curve(growth, label, of_before=False),
            before,
            goal,
            [str(one.first_on.month) for one in growth.months],
            title=_title(growth, label, goal, compared),
        ),
        months=growth.months,
        label=label,
        before_label=None if growth.before is None else growth.before_label,
    )


def compared_in_words(growth: Growth, *, is_running: bool) -> str:
    """So many more or fewer than on the same day last year, or than in the whole year before."""
    if growth.before is None:
        return ""
    more = growth.regulars - growth.before
    persons = thousands(abs(more))
    if is_running:
        if more == 0:
            return _("As many as on this day last year.")
        said = _("%(persons)s more than on this day last year.") if more > 0 else _(
            "%(persons)s fewer than on this day last year."
        )  # fmt: skip
        return said % {"persons": persons}
    if more == 0:
        return _("As many as the year before.")
    said = (
        _("%(persons)s more than the year before.") if more > 0 else _("%(persons)s fewer than the year before.")
    )
    return said % {"persons": persons}


def _curve(growth: Growth, label: str, *, of_before: bool) -> Curve:
    """From nothing on the first day to the end of each month; this year's ends where it was counted to."""
    span = span_of(label)
    points = [(0.0, 0.0)]
    for number, month in enumerate(growth.months, start=1):
        figure = month.before if of_before else month.regulars
        if figure is not None:
            running = not of_before and number * 1.0 / YEAR > _share(span, growth.until)
            points.append((_share(span, growth.until) if running else number / YEAR, float(figure)))
    last = int(points[-1][1])
    return Curve(points, _("%(year)s: %(persons)s", year=label, persons=thousands(last)))


def _share(span: Span, on: date) -> float:
    """How far the year is, month by month, so that ends of months stand where they are named."""
    passed = (on.year - span.starts_on.year) * YEAR + on.month - span.starts_on.month
    last = ((on.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)).day
    return (passed + on.day / last) / YEAR


def _title(growth: Growth, label: str, goal: tuple[float, str] | None, compared: str) -> str:
    said = _("Regulars by month: %(persons)s in %(year)s.", persons=thousands(growth.regulars), year=label)
    return " ".join(part for part in (said, compared, goal[1] if goal else "") if part)
