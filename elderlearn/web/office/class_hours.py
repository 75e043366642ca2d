"""Pure: minutes said as class hours of 45 minutes, cut off and never rounded up: 719 minutes are not 16."""

from __future__ import annotations

from babel.numbers import format_decimal

from elderlearn.locale import habits, spoken
from elderlearn.participation.rules import CLASS_HOUR


def class_hours(minutes: int) -> str:
    """For a sentence: one decimal where there is one."""
    return format_decimal(cut_off(minutes), "#,##0.#", locale=habits(spoken()))


def class_hours_column(minutes: int) -> str:
    """For a column: always one decimal, so that figures stand under each other."""
    return format_decimal(cut_off(minutes), "#,##0.0", locale=habits(spoken()))


def cut_off(minutes: int) -> float:
    """As a number, for a file."""
    return minutes * 10 // CLASS_HOUR / 10
