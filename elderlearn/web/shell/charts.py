"""Charts drawn here: SVG without a view box, so that text keeps its size on a phone, and without inline style."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup, escape

from elderlearn.locale import _
from elderlearn.web.shell.numbers import NONE, percent

LINE = 1.6  # rem: one line of words
BAR = 1.2  # rem
ROW = 4.2  # rem: words, bar, air; also more than the 48 px a finger needs


@dataclass(frozen=True)
class Bar:
    """One place: its rate as a share of 1 (none when there is no denominator) and where a press leads."""

    label: str
    rate: float | None
    href: str | None = None


def ranked_bars(bars: Sequence[Bar], target: float | None = None, *, title: str) -> Markup:
    """Bars from the highest rate down, each a link, with a line at the target; the words stand above each bar."""
    ranked = sorted(bars, key=lambda bar: (bar.rate is None, -(bar.rate or 0)))
    top = max([bar.rate or 0 for bar in ranked] + [target or 0, 0.0001]) * 1.05
    rows = [_row(bar, i * ROW, top, target) for i, bar in enumerate(ranked)]
    height = ROW * len(ranked)
    if target is not None:
        at = f"{100 * target / top:.2f}%"
        anchor = "end" if target / top > 0.5 else "start"
        words = escape(_("target %(rate)s", rate=percent(target)))
        rows.append(
            f'<line class="target" x1="{at}" x2="{at}" y1="{LINE}rem" y2="{height:.2f}rem"/>'
            f'<text class="goal" x="{at}" y="{height + 1.2:.2f}rem" text-anchor="{anchor}">{words}</text>'
        )
        height += LINE
    return Markup(  # noqa: S704 - every word in it went through escape()
        f'<svg class="bars" width="100%" height="{height:.2f}rem" role="group" aria-label="{escape(title)}">'
        f"{''.join(rows)}</svg>"
    )


def share_bar(part: float, whole: float) -> Markup:
    """A plain bar: so much of the whole is taken. The words beside it say the same, so readers skip it."""
    share = 0.0 if whole <= 0 else min(1.0, max(0.0, part / whole))
    full = " full" if share >= 1 else ""
    return Markup(  # noqa: S704 - numbers only
        f'<svg class="share{full}" width="100%" height="1rem" aria-hidden="true" focusable="false">'
        '<rect class="track" width="100%" height="100%" rx="6"/>'
        f'<rect class="part" width="{100 * share:.1f}%" height="100%" rx="6"/></svg>'
    )


def _row(bar: Bar, y: float, top: float, target: float | None) -> str:
    rate = bar.rate or 0.0
    reached = target is None or rate >= target
    verdict = "" if reached or bar.rate is None else _("below target")
    value = NONE if bar.rate is None else percent(bar.rate)
    tone = "hit" if reached else "miss"
    warning = f'<tspan class="miss">{escape(verdict)} </tspan>' if verdict else ""
    said = " ".join(filter(None, [bar.label, value, verdict]))
    drawn = (
        f'<rect class="press" y="{y:.2f}rem" width="100%" height="{ROW:.2f}rem"/>'
        f'<text x="0" y="{y + 1.2:.2f}rem">{escape(bar.label)}</text>'
        f'<text class="value" x="100%" y="{y + 1.2:.2f}rem" text-anchor="end">'
        f"{warning}{escape(value)}</text>"
        f'<rect class="track" y="{y + LINE + 0.1:.2f}rem" width="100%" height="{BAR}rem" rx="4"/>'
        f'<rect class="bar {tone}" y="{y + LINE + 0.1:.2f}rem" '
        f'width="{100 * rate / top:.2f}%" height="{BAR}rem" rx="4"/>'
    )
    if bar.href is None:
        return f'<g role="img" aria-label="{escape(said)}">{drawn}</g>'
    return f'<a href="{escape(bar.href)}" aria-label="{escape(said)}">{drawn}</a>'
