"""Pure: the official statistical division codes, 12 digits: district (6), town or street (3), community (3)."""

from __future__ import annotations

import re

DISTRICT, TOWN_STREET, COMMUNITY = LEVELS = ("district", "town_street", "community")
CODE = re.compile(r"[0-9]{12}")


def is_code(text: str) -> bool:
    """Twelve plain digits."""
    return CODE.fullmatch(text) is not None


def level_of(code: str) -> str:
    """What a code of twelve digits names: zeros stand where a lower level is not named."""
    if code[9:] != "000":
        return COMMUNITY
    return TOWN_STREET if code[6:9] != "000" else DISTRICT


def parent_of(code: str) -> str:
    """The code one level up; '' for a district."""
    level = level_of(code)
    if level == COMMUNITY:
        return f"{code[:9]}000"
    return f"{code[:6]}000000" if level == TOWN_STREET else ""
