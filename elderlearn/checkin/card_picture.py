"""A learning card as a picture to print: credit-card size (ISO/IEC 7810 ID-1) at 300 dots an inch."""

from __future__ import annotations

import io
import math
from functools import cache
from typing import Literal

import qrcode
from PIL import Image, ImageDraw
from qrcode.util import QRData

from elderlearn.checkin.glyphs import check_glyphs, font
from elderlearn.checkin.picture import ALPHANUMERIC
from elderlearn.ground.files import static_folder
from elderlearn.locale import _

DPI = 300
WIDTH, HEIGHT = 1011, 638  # 85.6 mm x 54.0 mm
EDGE = 35  # 3 mm: no printer cuts better
CODE_AT_LEAST = 355  # 30 mm
QUIET = 54  # four modules of the largest code (13 dots each) stay white around it
CODE_LEFT, CODE_TOP = QUIET, 172
NAME_BOTTOM, NUMBER_FOOT, NUMBER_SIZE = 410, 490, 72
TITLE_SIZES = range(46, 20, -2)
NAME_SIZES = range(100, 20, -1)  # 24 points, 18 at 75
FOUND_SIZES = range(40, 18, -2)
INK, SOFT, SEAL, PAPER = "#1f2421", "#474d49", "#a11d1d", "#ffffff"
SEAL_SIZE = 90
NOT_FIRST = "·•、，。）)-"  # never at the beginning of a line
Anchor = Literal["la", "ls", "lm"]


def card_picture(name: str | None, code_url: str, number: str, phone: str, title: str) -> bytes:
    """A PNG in the language now spoken. Without a name (a blank card) there is a line to write it on.

    `number` is the registration number (8 digits), `phone` whom a finder rings, as people read it; it may be
    empty. The name is 18 points or more up to twelve Chinese characters; a longer one shrinks until it fits.
    Raises Refusal('missing_glyph', characters) instead of printing a box.
    """
    out = io.BytesIO()
    draw_card(name, code_url, number, phone, title).save(out, "PNG", dpi=(DPI, DPI), optimize=True)
    return out.getvalue()


def draw_card(name: str | None, code_url: str, number: str, phone: str, title: str) -> Image.Image:
    """The same as an image of 1011 x 638 dots. Raises Refusal('missing_glyph', characters)."""
    found = _("If found, please ring %(phone)s", phone=phone) if phone else _("If found, hand it in, please")
    check_glyphs(name or "", title, found)
    card = Image.new("RGB", (WIDTH, HEIGHT), PAPER)
    pen = ImageDraw.Draw(card)
    card.paste(_seal(), (CODE_LEFT, 24), _seal())
    _write_in_box(pen, title, (CODE_LEFT + SEAL_SIZE + 24, 24), (WIDTH - EDGE, 24 + SEAL_SIZE), sizes=TITLE_SIZES)
    code = code_image(code_url)
    card.paste(code, (CODE_LEFT, CODE_TOP))
    left = CODE_LEFT + code.width + QUIET
    if name:
        _write_in_box(pen, name, (left, CODE_TOP - 12), (WIDTH - EDGE, NAME_BOTTOM), sizes=NAME_SIZES)
    else:
        _line_for_name(pen, left, NAME_BOTTOM - 60)
    _write(pen, (left, NUMBER_FOOT), f"{number[:4]} {number[4:]}", NUMBER_SIZE, INK, "ls")
    _write_in_box(pen, found, (left, NUMBER_FOOT + 16), (WIDTH - EDGE, HEIGHT - 28), sizes=FOUND_SIZES, ink=SOFT)
    return card


def code_image(code_url: str) -> Image.Image:
    """The code alone, 30 mm or a little more, each module a whole number of dots; the white edge is the card's."""
    code = qrcode.QRCode(error_correction=qrcode.constants.ERROR_CORRECT_M, border=0)
    code.add_data(QRData(code_url, mode=ALPHANUMERIC))
    code.make(fit=True)
    matrix = code.get_matrix()
    small = Image.new("1", (len(matrix), len(matrix)), 1)
    small.putdata([0 if is_dark else 1 for line in matrix for is_dark in line])
    module = math.ceil(CODE_AT_LEAST / len(matrix))
    return small.resize((module * len(matrix),) * 2, Image.Resampling.NEAREST)


def _write_in_box(
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
        _write(pen, (start[0], y + _leading(size) // 2), line, size, ink, "lm")
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


def _line_for_name(pen: ImageDraw.ImageDraw, left: int, y: int) -> None:
    pen.line([(left, y), (WIDTH - EDGE, y)], fill=INK, width=3)
    _write(pen, (left, y + 12), _("Name"), 34, SOFT, "la")


def _write(pen: ImageDraw.ImageDraw, at: tuple[int, int], text: str, size: int, ink: str, anchor: Anchor) -> None:
    pen.text(at, text, font=font(size), fill=ink, anchor=anchor)


@cache
def _seal() -> Image.Image:
    mark = Image.open(static_folder() / "mark-512.png").convert("RGBA")
    return mark.resize((SEAL_SIZE, SEAL_SIZE), Image.Resampling.LANCZOS)
