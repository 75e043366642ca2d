"""Pure: minutes said as class hours of 45 minutes."""

from __future__ import annotations

from babel.numbers import format_decimal

from elderlearn.locale import spoken
from elderlearn.participation.rules import CLASS_HOUR


def class_hours(minutes: int) -> str:
    """One decimal where there is one, cut off and never rounded up: 719 minutes are not 16 class hours."""
    return format_decimal(minutes * 10 // CLASS_HOUR / 10, "#,##0.#", locale=spoken())
