"""Pure: names as people write them, and as others may see them."""

from __future__ import annotations

import unicodedata

from elderlearn.ground.errors import Refusal

LONGEST = 60  # characters; the width of the column
LONGEST_TYPED = 4 * LONGEST  # one character may be typed as several combining ones
NOT_IN_NAMES = {"Cc", "Cf", "Cs", "Cn", "Zl", "Zp", "So"}  # controls, invisible signs, pictures
BETWEEN = " \u00b7-'."  # what stands between the parts of a person's name
# Typed for want of the right key: other dots in the middle, other strokes, the printers' apostrophe.
MEANT = str.maketrans(
    {
        **dict.fromkeys("\u2022\u2027\u2219\u22c5\u30fb\uff65\uff0e", "\u00b7"),
        **dict.fromkeys("\u2018\u2019\uff07", "'"),
    }
    | dict.fromkeys("\u2010\u2011\u2013\uff0d", "-")
)


def person_name(typed: str) -> str:
    """The name of a resident: like `normal_name`, of letters of any script and what stands `BETWEEN` them.

    Raises Refusal('invalid_name').
    """
    name = normal_name(typed.translate(MEANT) if len(typed) <= LONGEST_TYPED else typed)
    if not all(sign in BETWEEN or _is_letter(unicodedata.category(sign)) for sign in name):
        raise Refusal("invalid_name", field="name")
    return name


def normal_name(typed: str) -> str:
    """NFC, outer spaces gone, inner ones single; 1 to 60 characters with at least one letter.

    Private-use characters stay: rare family names are still typed with them.
    Raises Refusal('invalid_name').
    """
    text = unicodedata.normalize("NFC", typed).strip(" \t\r\n\u3000") if len(typed) <= LONGEST_TYPED else ""
    kinds = {unicodedata.category(character) for character in text}
    name = " ".join(text.split())
    if kinds & NOT_IN_NAMES or not any(_is_letter(kind) for kind in kinds) or len(name) > LONGEST:
        raise Refusal("invalid_name", field="name")
    return name


def masked_name(name: str | None) -> str:
    """The first character and two stars, whatever the length. Nothing is told of a card without a name."""
    return f"{name[:1]}**" if name else "**"


def _is_letter(kind: str) -> bool:
    return kind[0] in "LM" or kind in ("Nl", "Co")
