"""A learning card as a picture to print: credit-card size (ISO/IEC 7810 ID-1) at 300 dots an inch."""

from __future__ import annotations

import io
import math
from functools import cache

import qrcode
from PIL import Image, ImageDraw
from qrcode.util import QRData

from elderlearn.checkin.glyphs import check_glyphs
from elderlearn.checkin.lettering import INK, SOFT, write, write_in_box
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
PAPER = "#ffffff"
SEAL_SIZE = 90


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
    card.paste(seal(SEAL_SIZE), (CODE_LEFT, 24), seal(SEAL_SIZE))
    write_in_box(pen, title, (CODE_LEFT + SEAL_SIZE + 24, 24), (WIDTH - EDGE, 24 + SEAL_SIZE), sizes=TITLE_SIZES)
    code = code_image(code_url)
    card.paste(code, (CODE_LEFT, CODE_TOP))
    left = CODE_LEFT + code.width + QUIET
    if name:
        write_in_box(pen, name, (left, CODE_TOP - 12), (WIDTH - EDGE, NAME_BOTTOM), sizes=NAME_SIZES)
    else:
        _line_for_name(pen, left, NAME_BOTTOM - 60)
    write(pen, (left, NUMBER_FOOT), f"{number[:4]} {number[4:]}", NUMBER_SIZE, INK, "ls")
    write_in_box(pen, found, (left, NUMBER_FOOT + 16), (WIDTH - EDGE, HEIGHT - 28), sizes=FOUND_SIZES, ink=SOFT)
    return card


def code_image(code_url: str, at_least: int = CODE_AT_LEAST) -> Image.Image:
    """The code alone, 30 mm or a little more, each module a whole number of dots; its white edge is the paper's.

    `at_least` are the dots of another size.
    """
    code = qrcode.QRCode(error_correction=qrcode.constants.ERROR_CORRECT_M, border=0)
    code.add_data(QRData(code_url, mode=ALPHANUMERIC))
    code.make(fit=True)
    matrix = code.get_matrix()
    small = Image.new("1", (len(matrix), len(matrix)), 1)
    small.putdata([0 if is_dark else 1 for line in matrix for is_dark in line])
    module = math.ceil(at_least / len(matrix))
    return small.resize((module * len(matrix),) * 2, Image.Resampling.NEAREST)


def _line_for_name(pen: ImageDraw.ImageDraw, left: int, y: int) -> None:
    pen.line([(left, y), (WIDTH - EDGE, y)], fill=INK, width=3)
    write(pen, (left, y + 12), _("Name"), 34, SOFT, "la")


@cache
def seal(size: int) -> Image.Image:
    """Our mark, so many dots high and wide."""
    mark = Image.open(static_folder() / "mark-512.png").convert("RGBA")
    return mark.resize((size, size), Image.Resampling.LANCZOS)
