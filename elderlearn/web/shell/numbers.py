"""Numbers, money and masked names as pages show them."""

from __future__ import annotations

from babel.numbers import format_decimal

from elderlearn.ground import phone
from elderlearn.locale import habits, spoken

NONE = "\u2013"  # a dash: nothing is known, which is not zero


def thousands(number: float | None) -> str:
    """12,345; a dash when there is no number."""
    return NONE if number is None else format_decimal(number, "#,##0", locale=habits(spoken()))


def percent(share: float | None) -> str:
    """A share of 1 as a percentage with one decimal: 0.2146 is 21.5%."""
    return NONE if share is None else format_decimal(share * 100, "#,##0.0", locale=habits(spoken())) + "%"


def points(difference: float | None) -> str:
    """A difference of two shares in percentage points, with its sign: +1.2."""
    if difference is None:
        return NONE
    return format_decimal(difference * 100, "+#,##0.0;\u2212#,##0.0", locale=habits(spoken()))


def yuan(fen: int | None) -> str:
    """Fen as yuan: 1250 is ¥12.50."""
    return NONE if fen is None else "\u00a5" + format_decimal(fen / 100, "#,##0.00", locale=habits(spoken()))


def masked_phone(number: str | None) -> str:
    """First three and last four digits; a dash for somebody without a telephone."""
    return phone.masked(number) if number else NONE


def spaced_phone(number: str) -> str:
    """A number grouped for reading aloud: 138 0013 8000, 0571-8622 1234."""
    digits = phone.normal(number)
    if digits is None:
        return number
    if phone.is_mobile(digits):
        return f"{digits[:3]} {digits[3:7]} {digits[7:]}"
    area = 3 if digits[1] in "12" else 4
    rest = digits[area:]
    return f"{digits[:area]}-{rest[:-4]} {rest[-4:]}"


def dial(number: str) -> str:
    """The number as a `tel:` link wants it."""
    return phone.normal(number) or "".join(sign for sign in number if sign.isdigit())


def masked_name(name: str) -> str:
    """The family name and a star for each other sign, as public lists show it."""
    return name[:1] + "*" * max(1, len(name) - 1) if name else NONE
