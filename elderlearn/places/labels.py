"""Pure: how a statistic year is written: `2025`, or `2025-09` for the school year that begins in September."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

from elderlearn.ground.errors import Refusal

LABEL = re.compile(r"((?:19|20)[0-9]{2}|2100)(?:-(0[1-9]|1[0-2]))?")


@dataclass(frozen=True)
class Span:
    """Both ends belong to it. Age and home are asked for `reference_on`, 31 December of the first year."""

    label: str
    starts_on: date
    ends_on: date
    reference_on: date


def span_of(label: str) -> Span:
    """The twelve months a label means; `2025-01` is `2025`. Raises Refusal('invalid_period')."""
    found = LABEL.fullmatch(label)
    if found is None:
        raise Refusal("invalid_period", period=label[:20])
    year, month = int(found[1]), int(found[2] or 1)
    return Span(
        label=f"{year}" if month == 1 else f"{year}-{month:02}",
        starts_on=date(year, month, 1),
        ends_on=date(year + 1, month, 1) - timedelta(days=1),
        reference_on=date(year, 12, 31),
    )


def calendar_label(on: date) -> str:
    """The calendar year a day belongs to."""
    return str(on.year)


def year_before(span: Span) -> Span:
    """The same twelve months a year earlier."""
    return span_of(f"{span.starts_on.year - 1}-{span.starts_on.month:02}")


def day_before(on: date) -> date:
    """The same day a year earlier; 28 February for the 29th."""
    try:
        return on.replace(year=on.year - 1)
    except ValueError:
        return on.replace(year=on.year - 1, day=28)
