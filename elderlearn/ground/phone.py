"""Pure: telephone numbers as people type them."""

from __future__ import annotations

import re
import unicodedata

MOBILE = re.compile(r"1[3-9][0-9]{9}")
LANDLINE = re.compile(r"0[0-9]{2,3}[0-9]{7,8}")


def normal(typed: str) -> str | None:
    """Digits only (full-width too, spaces and a leading +86 dropped), or none when it is no number.

    Mobile numbers are 11 digits; landlines carry their area code: 0571-8622xxxx (domain.md section 7).
    """
    text = re.sub(r"[\s()\-\u2010-\u2015]", "", unicodedata.normalize("NFKC", typed))
    text = re.sub(r"^(\+|00)?86(?=0?[0-9]{9})", "", text)
    return text if MOBILE.fullmatch(text) or LANDLINE.fullmatch(text) else None


def is_mobile(number: str) -> bool:
    """Can receive a text message."""
    return MOBILE.fullmatch(number) is not None


def masked(number: str) -> str:
    """First three and last four digits."""
    return f"{number[:3]}****{number[-4:]}"
