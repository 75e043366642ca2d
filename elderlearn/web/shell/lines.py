"""A line through the months of a year, drawn here: what grew, beside the year before and the target."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup, escape

WIDE, HIGH = 1200, 400  # of the drawing inside, stretched to the room there is
AIR = 1.12
LONGEST_WORDS = 0.34  # of the width, on the narrowest screen


@dataclass(frozen=True)
class Curve:
    """Points (share of the year from 0 to 1, figure), the last one with its words."""

    points: Sequence[tuple[float, float]]
    label: str


def month_line(
    now: Curve, before: Curve | None, goal: tuple[float, str] | None, months: Sequence[str], *, title: str
) -> Markup:
    """One line in the colour of the point made, last year's in grey, the target across; `title` says it all.

    The words stand at the ends of their lines, so there is no legend; the table beside it has the same figures.
    """
    figures = [figure for curve in (now, before) if curve for _, figure in curve.points]
    top = max([*figures, goal[0] if goal else 0, 1]) * AIR
    both = [now, before] if before else [now]
    ends = [_end(now, both, goal, top, "now", is_above=_is_above(now, before))]
    if before:
        ends.append(_end(before, both, goal, top, "then", is_above=not _is_above(now, before)))
    lines = ([_drawn(before, top, "then")] if before else []) + [_drawn(now, top, "now")]
    names = "".join(
        _words("month", 100 * (n + 0.5) / len(months), 100, one, dy="-.3rem", anchor="middle")
        for n, one in enumerate(months)
    )
    return Markup(  # noqa: S704 - every word in it went through escape()
        f'<svg class="growth" role="img" aria-label="{escape(title)}" width="100%">'
        f'<svg class="plot" width="100%" height="100%" viewBox="0 0 {WIDE} {HIGH}" preserveAspectRatio="none">'
        f"{_goal_line(goal, top)}{''.join(lines)}</svg>{_goal_name(goal, top)}{''.join(ends)}{names}</svg>"
    )


def _is_above(now: Curve, before: Curve | None) -> bool:
    """Its words stand above the line that is higher where this year's ends."""
    if before is None:
        return True
    at, figure = now.points[-1]
    return figure >= [one for where, one in before.points if where <= at][-1]


def _drawn(curve: Curve, top: float, kind: str) -> str:
    points = " ".join(f"{WIDE * x:.1f},{_y(figure, top) * HIGH / 100:.1f}" for x, figure in curve.points)
    return f'<polyline class="{kind}" points="{points}" vector-effect="non-scaling-stroke"/>'


def _end(
    curve: Curve, others: Sequence[Curve], goal: tuple[float, str] | None, top: float, kind: str, *, is_above: bool
) -> str:
    """Above its last point, or below everything drawn to the left of it where its words stand."""
    x, figure = curve.points[-1]
    anchor = "end" if x > LONGEST_WORDS else "start"
    lowest = min([figure, *(f for one in others for at, f in one.points if x - LONGEST_WORDS <= at <= x)])
    y, away = _y(figure, top), "-.6em"
    if not is_above and _y(lowest, top) < 76:  # or it would stand on the months
        y, away = _y(lowest, top), "1.4em"
    elif goal and 0 <= y - _y(goal[0], top) < 12:  # its line would go through the words
        y = _y(goal[0], top)
    where = 100 * x
    dot = f'<circle class="{kind}" cx="{where:.2f}%" cy="{_y(figure, top):.2f}%" r="5"/>' if kind == "now" else ""
    return dot + _words(kind, where, y, curve.label, dy=away, anchor=anchor)


def _words(kind: str, x: float, y: float, words: str, *, dy: str, anchor: str) -> str:
    place = f'x="{x:.2f}%" y="{y:.2f}%" dy="{dy}" text-anchor="{anchor}"'
    return f'<text class="{kind}" {place}>{escape(words)}</text>'


def _goal_line(goal: tuple[float, str] | None, top: float) -> str:
    if goal is None:
        return ""
    y = _y(goal[0], top) * HIGH / 100
    return (
        f'<line class="target" x1="0" x2="{WIDE}" y1="{y:.1f}" y2="{y:.1f}" vector-effect="non-scaling-stroke"/>'
    )


def _goal_name(goal: tuple[float, str] | None, top: float) -> str:
    if goal is None:
        return ""
    return _words("goalname", 0, _y(goal[0], top), goal[1], dy="-.5em", anchor="start")


def _y(figure: float, top: float) -> float:
    """Per cent from above; the lowest tenth belongs to the months."""
    return 88 - 82 * figure / top
