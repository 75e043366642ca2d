"""Pure: ages, who is a regular, rates and targets (domain.md section 2)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

CLASS_HOUR = 45  # minutes
SMALL = 5  # persons; fewer are hidden in anything public


@dataclass(frozen=True)
class Rule:
    """What makes a regular. Lengths in minutes; a threshold of None is switched off."""

    elder_age: int = 60
    day_cap_minutes: int = 4 * CLASS_HOUR
    hours_minutes: int | None = 16 * CLASS_HOUR
    hours_days: int = 4
    days: int | None = 12
    completed_minutes: int | None = 16 * CLASS_HOUR
    needs_all: bool = False
    kinds: tuple[str, ...] = ("class", "lecture", "activity", "meeting")
    online_most_minutes: int = 0  # of online learning in the year; it never counts alone
    weights: tuple[int, ...] | None = None  # per cent of a minute of each kind; none: all 100


DEFAULT_RULE = Rule()


@dataclass(frozen=True)
class Sums:
    """A person in a period: capped minutes and distinct days in the kinds that count, runs completed."""

    minutes: int
    days: int
    completed_runs: int


def is_regular(sums: Sums, rule: Rule) -> bool:
    """Any of the thresholds that are on, or with `needs_all` all of them; a rule with none makes nobody one."""
    met = []
    if rule.hours_minutes is not None:
        met.append(sums.minutes >= rule.hours_minutes and sums.days >= rule.hours_days)
    if rule.days is not None:
        met.append(sums.days >= rule.days)
    if rule.completed_minutes is not None:
        met.append(sums.completed_runs >= 1)
    return bool(met) and (all(met) if rule.needs_all else any(met))


def born_by(on: date, age: int) -> date:
    """The last birth date that is `age` on that day: who was born by then is old enough."""
    try:
        return on.replace(year=on.year - age)
    except ValueError:  # 29 February of a year that has none
        return on.replace(year=on.year - age, day=28)


def rate(regulars: int, elders: int | None) -> float | None:
    """Per cent with one decimal, half up; None without a denominator, never 0 or 100 instead."""
    if not elders:
        return None
    return float((Decimal(regulars) * 100 / Decimal(elders)).quantize(Decimal("0.1"), ROUND_HALF_UP))


def persons_needed(elders: int, per_mille: int) -> int:
    """The least number of regulars that reaches the target: targets are compared on persons."""
    return -(-elders * per_mille // 1000)


def persons_missing(regulars: int, elders: int | None, per_mille: int | None) -> int | None:
    """How many more are needed, 0 when it is reached; None without a denominator or target."""
    if not elders or per_mille is None:
        return None
    return max(0, persons_needed(elders, per_mille) - regulars)


def hide_small(cells: Sequence[int], least: int = SMALL) -> list[int | None]:
    """Cells of one sum as they may be published: None for 1 to `least` - 1 persons.

    Never exactly one is hidden, or the sum would tell it: the smallest other goes with it.
    """
    hidden = {place for place, many in enumerate(cells) if 0 < many < least}
    if len(hidden) == 1 and len(cells) > 1:
        others = [place for place in range(len(cells)) if place not in hidden]
        hidden.add(min(others, key=lambda place: (cells[place] == 0, cells[place])))
    return [None if place in hidden else many for place, many in enumerate(cells)]
