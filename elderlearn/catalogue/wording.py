"""Pure: names and titles as people type them, made fit to keep."""

from __future__ import annotations

import unicodedata

from elderlearn.ground.errors import Refusal

LONGEST_NAME = 100
HIDDEN = ("Cc", "Cf", "Cs")  # control, format, surrogate; unassigned ones may be rare Chinese characters


def normal_title(typed: str, *, longest: int = LONGEST_NAME) -> str:
    """NFC, trimmed, inner white space as single spaces; 1 to `longest` signs.

    Raises Refusal('invalid_name') when it is empty, too long, or holds control or invisible signs.
    """
    text = " ".join(unicodedata.normalize("NFC", typed).split())
    if not text or len(text) > longest or not is_printable(text):
        raise Refusal("invalid_name", longest=longest)
    return text


def normal_subject(typed: str) -> str:
    """Like a title, but may be empty; at most 60 signs."""
    return normal_title(typed, longest=60) if typed.strip() else ""


def is_printable(text: str) -> bool:
    """No signs that hide what is really written."""
    return all(unicodedata.category(sign) not in HIDDEN for sign in text)
