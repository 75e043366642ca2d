"""Pure: the report as the page shows it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from markupsafe import Markup, escape

from elderlearn.locale import _
from elderlearn.participation.growth import Growth
from elderlearn.participation.lines import RatesLine
from elderlearn.participation.queries import Rates
from elderlearn.places.labels import span_of
from elderlearn.places.queries import PlaceRow
from elderlearn.web.office.addresses import Shown
from elderlearn.web.office.figures import FIGURES, people_address
from elderlearn.web.office.footnotes import denominator_in_words, rule_in_words
from elderlearn.web.office.growth import GrowthShown, compared_in_words, growth_shown
from elderlearn.web.office.lines import Head, Line, heads_of, in_order, line_of
from elderlearn.web.office.sentence import sentence_of
from elderlearn.web.shell.charts import Bar

APART = ("outside", "under_age", "age_unknown", "place_unknown")
MOST_BARS = 12  # that fit on one printed page above the table of the same places


@dataclass(frozen=True)
class Apart:
    """Persons who enter no rate, and where they are listed."""

    name: str
    persons: int
    href: str


@dataclass(frozen=True)
class Report:
    """Everything the page draws; `target` is a share of 1. Without lines the place has none below it, without
    growth nobody became a regular in this year or the one before. `grouping` says which reporting units are meant,
    `standing` is the second line.

    Judged are years that have ended and of which something is recorded.
    """

    place: PlaceRow
    shown: Shown
    is_judged: bool
    sentence: Markup
    total: RatesLine
    apart: Sequence[Apart]
    target: float | None
    title: str
    bars: Sequence[Bar]
    heads: Sequence[Head]
    lines: Sequence[Line]
    whole: Line
    growth: GrowthShown | None
    as_of: datetime
    rule_version: int
    rule: str
    denominator: str
    grouping: str
    standing: str = ""

    @property
    def hidden(self) -> dict[str, str]:
        """What stays when another year is chosen."""
        return {"place": self.shown.place_code} | self.shown.hidden

    @property
    def has_many(self) -> bool:
        """More bars than fit on a printed page beside the table."""
        return len(self.bars) > MOST_BARS


def report_of(
    rates: Rates,
    growth: Growth,
    place: PlaceRow,
    shown: Shown,
    *,
    per_mille: int | None,
    today: date,
    has_below: bool,
    grouping: str = "",
) -> Report:
    """`per_mille` is the target; a year that ends today or later still runs and is never judged."""
    is_running = span_of(shown.period).ends_on >= today
    lines = [line_of(one, shown, per_mille) for one in rates.lines] if has_below else []
    return Report(
        place=place,
        shown=shown,
        is_judged=not is_running and _has_records(rates.total),
        sentence=_sentence(rates.total, growth, shown.period, per_mille, is_running=is_running),
        total=rates.total,
        apart=_apart(rates, place, shown),
        target=per_mille / 1000 if per_mille is not None else None,
        title=_title(place, shown),
        bars=[_bar(one) for one in lines if not one.is_unassigned],
        heads=heads_of(shown),
        lines=in_order(lines, shown.order),
        whole=line_of(rates.total, shown, per_mille),
        growth=growth_shown(growth, shown.period, elders=rates.total.elders, per_mille=per_mille)
        if growth.has_any
        else None,
        as_of=rates.as_of,
        rule_version=rates.rule_version,
        rule=rule_in_words(rates.parameters),
        denominator=denominator_in_words(rates),
        grouping=grouping,
    )


def _title(place: PlaceRow, shown: Shown) -> str:
    if shown.by_unit and not shown.unit:
        return _("Rate of each reporting unit")
    return _("Rate of each town and street") if place.level == "district" else _("Rate of each community")


def _has_records(total: RatesLine) -> bool:
    return bool(total.visits or total.enrolled)


def _sentence(total: RatesLine, growth: Growth, period: str, per_mille: int | None, *, is_running: bool) -> Markup:
    if is_running or _has_records(total):
        said = sentence_of(total, per_mille, is_running=is_running)
        compared = compared_in_words(growth, is_running=is_running)
        return escape(_("%(first)s %(second)s")) % {"first": said, "second": compared} if compared else said
    return escape(_("Nothing was recorded for %(period)s.", period=period))


def _bar(line: Line) -> Bar:
    """Whether the target is reached is decided on persons, not on the rounded rate."""
    return Bar(line.name, line.rate, line.href, is_reached=None if line.missing is None else line.missing == 0)


def _apart(rates: Rates, place: PlaceRow, shown: Shown) -> list[Apart]:
    """People from outside and of unknown home belong to the district as a whole, to no street."""
    shown_here = APART if place.level == "district" else APART[1:3]
    return [
        Apart(_(FIGURES[f"apart-{name}"]), persons, people_address(shown, f"apart-{name}", persons))
        for name in shown_here
        for persons in [getattr(rates.apart, name)]
    ]
