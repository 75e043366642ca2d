"""A poster for the door of a class without a screen: one large title, when and where, one code, what to do.

A printed code does not change, so whoever says by it that she is here waits until the leader has seen her.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass

from PIL import Image, ImageDraw

from elderlearn.checkin.card_picture import DPI, PAPER, code_image, seal
from elderlearn.checkin.card_sheet import A4, JPEG_QUALITY
from elderlearn.checkin.glyphs import check_glyphs
from elderlearn.checkin.lettering import INK, SOFT, write_in_box
from elderlearn.locale import _

EDGE = 236  # 20 mm
RIGHT = A4[0] - EDGE
SEAL_SIZE = 200
CODE_AT_LEAST = 1180  # 100 mm: read from three steps away, and still 70 mm on A5
TITLE_SIZES, FACT_SIZES = range(190, 60, -5), range(84, 40, -2)
STEP_SIZES, FOOT_SIZES = range(92, 40, -2), range(56, 30, -2)


@dataclass(frozen=True)
class PosterWords:
    """One session: its address for the code, its name, when and where, as people read it."""

    address: str
    title: str
    when: str
    where: str


def posters(sessions: Sequence[PosterWords], district: str, phone: str) -> bytes:
    """A PDF in the language now spoken, one A4 page for each session; it prints as well on A5.

    `phone` may be empty. Raises Refusal('missing_glyph', characters) instead of printing a box, and ValueError
    for no session at all.
    """
    if not sessions:
        raise ValueError("a poster needs a session")
    out = io.BytesIO()
    for number, one in enumerate(sessions):  # one page in memory at a time: 26 MB
        drawn = draw_poster(one, district, phone)
        drawn.save(out, "PDF", append=number > 0, resolution=DPI, quality=JPEG_QUALITY)
    return out.getvalue()


def draw_poster(one: PosterWords, district: str, phone: str) -> Image.Image:
    """The same as an image of 2480 x 3508 dots."""
    steps = [
        _("1. Scan this code with WeChat"),
        _("2. Press “I am here”"),
        _("3. Let the leader see you: she ticks your name"),
    ]
    help_line = _("No phone? No matter: please go to the leader.")
    if phone:
        help_line += " " + _("Questions? %(phone)s", phone=phone)
    check_glyphs(one.title, one.when, one.where, district, help_line, *steps)
    paper = Image.new("RGB", A4, PAPER)
    pen = ImageDraw.Draw(paper)
    paper.paste(seal(SEAL_SIZE), (EDGE, EDGE), seal(SEAL_SIZE))
    beside = (EDGE + SEAL_SIZE + 50, EDGE)
    write_in_box(pen, district, beside, (RIGHT, EDGE + SEAL_SIZE), sizes=FACT_SIZES, ink=SOFT)
    write_in_box(pen, one.title, (EDGE, 480), (RIGHT, 900), sizes=TITLE_SIZES)
    write_in_box(pen, one.when, (EDGE, 920), (RIGHT, 1050), sizes=FACT_SIZES)
    write_in_box(pen, one.where, (EDGE, 1060), (RIGHT, 1190), sizes=FACT_SIZES)
    code = code_image(one.address, CODE_AT_LEAST)
    paper.paste(code, ((A4[0] - code.width) // 2, 1330))
    for number, step in enumerate(steps):
        top = 2660 + 170 * number
        write_in_box(pen, step, (EDGE, top), (RIGHT, top + 160), sizes=STEP_SIZES, ink=INK)
    write_in_box(pen, help_line, (EDGE, 3200), (RIGHT, A4[1] - EDGE // 2), sizes=FOOT_SIZES, ink=SOFT)
    return paper
