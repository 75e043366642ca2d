"""Charts drawn here: words as HTML, so that they wrap and keep their size; bars as SVG, without inline style."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup, escape

from elderlearn.locale import _
from elderlearn.web.shell.numbers import NONE, percent

AIR = 1.05  # the longest bar leaves a little room, so that a line at its end can be seen


@dataclass(frozen=True)
class Bar:
    """One place: its rate as a share of 1 (none when there is no denominator) and where a press leads.

    `is_reached` where it was decided on persons; none: by the rate.
    """

    label: str
    rate: float | None
    href: str | None = None
    is_reached: bool | None = None


def ranked_bars(
    bars: Sequence[Bar], target: float | None = None, *, title: str, is_running: bool = False
) -> Markup:
    """Bars from the highest rate down, each a link, each with the line of the target, named once at the foot.

    While the year `is_running` no bar is judged: what has not reached the target yet has all the time left.
    """
    ranked = sorted(bars, key=lambda bar: (bar.rate is None, -(bar.rate or 0)))
    top = max([bar.rate or 0 for bar in ranked] + [target or 0, 0.0001]) * AIR
    rows = "".join(f"<li>{_row(bar, top, target, is_running)}</li>" for bar in ranked)
    goal = "" if target is None else _goal(target, top)
    return Markup(  # noqa: S704 - every word in it went through escape()
        f'<ol class="bars" aria-label="{escape(title)}">{rows}</ol>{goal}'
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


def _row(bar: Bar, top: float, target: float | None, is_running: bool) -> str:
    """Colour is never the only sign: what lies below the target says so."""
    reached = bar.rate is not None and _reaches(bar, target)
    below = bar.rate is not None and not reached and not is_running
    verdict = f'<span class="miss">{escape(_("below target"))}</span> ' if below else ""
    value = NONE if bar.rate is None else percent(bar.rate)
    line = "" if target is None else _line(target, top)
    inside = (
        f'<span class="label">{escape(bar.label)}</span> <span class="value">{verdict}{escape(value)}</span>'
        '<svg width="100%" height="1.6rem" aria-hidden="true" focusable="false">'
        '<rect class="track" y="15%" width="100%" height="70%" rx="4"/>'
        f'<rect class="bar {"hit" if reached else "miss"}" y="15%" height="70%" rx="4" '
        f'width="{100 * (bar.rate or 0) / top:.2f}%"/>{line}</svg>'
    )
    if bar.href is None:
        return f'<div class="barrow">{inside}</div>'
    return f'<a class="barrow" href="{escape(bar.href)}">{inside}</a>'


def _reaches(bar: Bar, target: float | None) -> bool:
    if bar.is_reached is not None:
        return bar.is_reached
    return target is None or (bar.rate or 0) >= target


def _line(target: float, top: float) -> str:
    at = f"{100 * target / top:.2f}%"
    ends = f'x1="{at}" x2="{at}" y1="0" y2="100%"'
    return f'<line class="halo" {ends}/><line class="target" {ends}/>'


def _goal(target: float, top: float) -> str:
    """The name of the line, standing below it on the side where there is room."""
    at, anchor = f"{100 * target / top:.2f}%", "end" if target / top > 0.5 else "start"
    words = escape(_("target %(rate)s", rate=percent(target)))
    return (
        '<svg class="goal" width="100%" height="2rem">'
        f'<line class="target" x1="{at}" x2="{at}" y1="0" y2="30%"/>'
        f'<text x="{at}" y="90%" text-anchor="{anchor}">{words}</text></svg>'
    )
