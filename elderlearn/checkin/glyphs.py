"""The font of everything we print, and the promise that it never prints a box."""

from __future__ import annotations

from bisect import bisect_right
from functools import cache
from pathlib import Path

from PIL import ImageFont

from elderlearn.ground.errors import Refusal

FOLDER = Path(__file__).parent / "data" / "fonts"
FONT = FOLDER / "NotoSansSC-subset.otf"
RANGES = FOLDER / "NotoSansSC-subset.ranges.txt"


def check_glyphs(*texts: str) -> None:
    """Every character of these texts can be printed. Raises Refusal('missing_glyph', characters)."""
    missing = {character for text in texts for character in text if not can_print(character)}
    if missing:
        raise Refusal("missing_glyph", characters=" ".join(sorted(missing)))


def can_print(character: str) -> bool:
    """Whether the font has a glyph for this one character."""
    starts, ends = _ranges()
    before = bisect_right(starts, ord(character)) - 1
    return before >= 0 and ord(character) <= ends[before]


@cache
def font(pixels: int) -> ImageFont.FreeTypeFont:
    """The font in one size; the file is read once for each size."""
    return ImageFont.truetype(FONT, pixels)


@cache
def _ranges() -> tuple[list[int], list[int]]:
    pairs = [line.split("-") for line in RANGES.read_text("ascii").split()]
    return [int(first, 16) for first, _last in pairs], [int(last, 16) for _first, last in pairs]
