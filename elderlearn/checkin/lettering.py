"""Words on what we print: the largest letters that fit, lines broken where Chinese and English break."""

from __future__ import annotations

from typing import Literal

from PIL import ImageDraw

from elderlearn.checkin.glyphs import font

INK, SOFT = "#1f2421", "#474d49"
NOT_FIRST = "·•、，。）)-"  # never at the beginning of a line
Anchor = Literal["la", "ls", "lm"]


def write_in_box(
    pen: ImageDraw.ImageDraw,
    text: str,
    start: tuple[int, int],
    end: tuple[int, int],
    *,
    sizes: range,
    ink: str = INK,
) -> None:
    """The largest size whose lines fit, in the middle of the height."""
    width, height = end[0] - start[0], end[1] - start[1]
    for size in sizes:
        lines = _lines(text, size, width)
        if len(lines) * _leading(size) <= height and not any(_is_too_wide(one, size, width) for one in lines):
            break
    y = start[1] + (height - len(lines) * _leading(size)) // 2
    for line in lines:
        write(pen, (start[0], y + _leading(size) // 2), line, size, ink, "lm")
        y += _leading(size)


def _leading(size: int) -> int:
    return round(size * 1.22)


def _lines(text: str, size: int, width: int) -> list[str]:
    """Broken between words; Chinese, and a word wider than the box, also inside."""
    lines = [""]
    for word in text.replace(" ", " \0").split("\0"):
        if not _is_chinese(word) and _is_too_wide(lines[-1] + word.rstrip(), size, width):
            lines.append("")
        for character in word:
            if _is_too_wide(lines[-1] + character.strip(), size, width) and character not in NOT_FIRST:
                lines.append("")
            lines[-1] += character
    return [line.strip() for line in lines if line.strip()]


def _is_too_wide(line: str, size: int, width: int) -> bool:
    """The dot within a name takes a whole square of which half is white: that half may hang over."""
    dots = line[len(line.rstrip(NOT_FIRST)) :]
    return font(size).getlength(line) - font(size).getlength(dots) / 2 > width


def _is_chinese(word: str) -> bool:
    return any(ord(character) >= 0x2E80 for character in word)


def write(pen: ImageDraw.ImageDraw, at: tuple[int, int], text: str, size: int, ink: str, anchor: Anchor) -> None:
    """One line, `at` being its left end at the top, the middle or the foot."""
    pen.text(at, text, font=font(size), fill=ink, anchor=anchor)
