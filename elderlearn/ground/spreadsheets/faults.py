"""Pure: what is wrong with a file, cell by cell. A fault never shows a full ID number or telephone."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, replace

LONGEST_SHOWN = 60
# 15 digits or more are an ID number wherever they stand, 11 from 1 a mobile (in groups and after 86 too), 0 with
# an area code a landline.
NUMBERS = re.compile(
    r"(?<![0-9])(?:[0-9]{15,}[Xx]?|(?:86[- ]?)?1[3-9][0-9][- ]?[0-9]{4}[- ]?[0-9]{4}(?![0-9])"
    r"|0[0-9]{2,3}-?[0-9]{7,8}(?![0-9]))"
)
ROUNDED = re.compile(r"[0-9](?:\.[0-9]+)?[Ee]\+?[0-9]{1,3}")


@dataclass(frozen=True)
class Fault:
    """`line` is the file's own, from 1, as office programs count; 0 says the whole file.

    `column` is the stable name of the column, `heading` what stands above it in this file, `cell` its name in a
    workbook (C17), '' in a CSV file. `also` is a further fact: the line of the first one, a limit, what may stand.
    `reason` is stable and machine-readable; the sentence belongs to the door.
    """

    line: int
    column: str
    value: str
    reason: str
    cell: str = ""
    heading: str = ""
    also: str = ""


def masked(fault: Fault, *, is_secret: bool = False) -> Fault:
    """The same, fit to be shown and kept: short, with numbers of people masked wherever they stand."""
    return replace(fault, value=fit_to_show(fault.value, is_secret=is_secret))


def fit_to_show(text: str, *, is_secret: bool = False) -> str:
    """Short, without NUL, and no full ID number or telephone, in whatever column it slipped."""
    plain = unicodedata.normalize("NFKC", text)
    if ROUNDED.fullmatch(plain.strip()):
        return f"{float(plain):.2E}"  # as people see it in their program, and never more digits of it
    if is_secret:
        shown = mask(plain)
    else:
        shown = NUMBERS.sub(lambda found: mask(found[0]), plain) if NUMBERS.search(plain) else text
    short = shown if len(shown) <= LONGEST_SHOWN else f"{shown[:LONGEST_SHOWN]}…"
    return short.replace("\0", "")


def mask(text: str) -> str:
    """First three and last three characters; of shorter ones the first only. What is no number stays."""
    if not any(one.isdigit() for one in text):
        return text
    return f"{text[:3]}{'*' * min(len(text) - 6, 12)}{text[-3:]}" if len(text) > 8 else f"{text[:1]}****"
