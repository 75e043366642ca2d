"""Pure: the report as the page shows it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from markupsafe import Markup, escape

from elderlearn.locale import _
from elderlearn.participation.lines import RatesLine
from elderlearn.participation.queries import Rates
from elderlearn.places.labels import span_of
from elderlearn.places.queries import PlaceRow
from elderlearn.web.office.addresses import Shown
from elderlearn.web.office.footnotes import denominator_in_words, rule_in_words
from elderlearn.web.office.lines import Head, Line, heads_of, in_order, line_of
from elderlearn.web.office.sentence import sentence_of
from elderlearn.web.shell.charts import Bar


@dataclass(frozen=True)
class Report:
    """Everything the page draws; `target` is a share of 1. Without lines the place has none below it.

    Judged are years that have ended and of which something is recorded.
    """

    place: PlaceRow
    shown: Shown
    is_judged: bool
    sentence: Markup
    total: RatesLine
    apart: Sequence[tuple[str, int]]
    target: float | None
    title: str
    bars: Sequence[Bar]
    heads: Sequence[Head]
    lines: Sequence[Line]
    whole: Line
    as_of: datetime
    rule_version: int
    rule: str
    denominator: str


def report_of(
    rates: Rates, place: PlaceRow, shown: Shown, *, per_mille: int | None, today: date, has_below: bool
) -> Report:
    """`per_mille` is the target; a year that ends today or later still runs and is never judged."""
    is_running = span_of(shown.period).ends_on >= today
    lines = [line_of(one, shown, per_mille) for one in rates.lines] if has_below else []
    return Report(
        place=place,
        shown=shown,
        is_judged=not is_running and _has_records(rates.total),
        sentence=_sentence(rates.total, shown.period, per_mille, is_running=is_running),
        total=rates.total,
        apart=_apart(rates, place),
        target=per_mille / 1000 if per_mille is not None else None,
        title=_("Rate of each town and street") if place.level == "district" else _("Rate of each community"),
        bars=[_bar(one) for one in lines if not one.is_unassigned],
        heads=heads_of(shown),
        lines=in_order(lines, shown.order),
        whole=line_of(rates.total, shown, per_mille),
        as_of=rates.as_of,
        rule_version=rates.rule_version,
        rule=rule_in_words(rates.parameters),
        denominator=denominator_in_words(rates),
    )


def _has_records(total: RatesLine) -> bool:
    return bool(total.visits or total.enrolled)


def _sentence(total: RatesLine, period: str, per_mille: int | None, *, is_running: bool) -> Markup:
    if is_running or _has_records(total):
        return sentence_of(total, per_mille, is_running=is_running)
    return escape(_("Nothing was recorded for %(period)s.", period=period))


def _bar(line: Line) -> Bar:
    """Whether the target is reached is decided on persons, not on the rounded rate."""
    return Bar(line.name, line.rate, line.href, is_reached=None if line.missing is None else line.missing == 0)


def _apart(rates: Rates, place: PlaceRow) -> list[tuple[str, int]]:
    """People from outside and of unknown home belong to the district as a whole, to no street."""
    apart = rates.apart
    everywhere = [(_("Not yet old enough"), apart.under_age), (_("Age unknown"), apart.age_unknown)]
    if place.level != "district":
        return everywhere
    return [(_("Live elsewhere"), apart.outside), *everywhere, (_("Home unknown"), apart.place_unknown)]
