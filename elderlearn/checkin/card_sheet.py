"""Many cards on A4, to print and cut: ten on a page."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence

from PIL import Image, ImageDraw

from elderlearn.checkin.card_picture import DPI, HEIGHT, PAPER, WIDTH, draw_card

A4 = (2480, 3508)  # 210 mm x 297 mm
COLUMNS, ROWS = 2, 5
LEFT = (A4[0] - COLUMNS * WIDTH) // 2
TOP = (A4[1] - ROWS * HEIGHT) // 2
CUT = "#7b7f79"
JPEG_QUALITY = 95  # pages of a PDF are JPEG; a code keeps its edges at this


def blank_sheets(cards: Sequence[tuple[str, str]], phone: str, title: str) -> bytes:
    """A PDF of blank cards, each given as (code_url, number), with thin lines to cut along.

    Printed at 100 % each card has credit-card size. Raises Refusal('missing_glyph', characters), and
    ValueError for no card at all.
    """
    if not cards:
        raise ValueError("a sheet needs a card")
    out = io.BytesIO()
    for number, sheet in enumerate(sheet_pages(cards, phone, title)):  # one page in memory at a time: 26 MB
        sheet.save(out, "PDF", append=number > 0, resolution=DPI, quality=JPEG_QUALITY)
    return out.getvalue()


def sheet_pages(cards: Sequence[tuple[str, str]], phone: str, title: str) -> Iterator[Image.Image]:
    """The pages as images, one after another."""
    on_page = COLUMNS * ROWS
    for start in range(0, len(cards), on_page):
        sheet = Image.new("RGB", A4, PAPER)
        pen = ImageDraw.Draw(sheet)
        for position, (code_url, number) in enumerate(cards[start : start + on_page]):
            row, column = divmod(position, COLUMNS)
            at = (LEFT + column * WIDTH, TOP + row * HEIGHT)
            sheet.paste(draw_card(None, code_url, number, phone, title), at)
            pen.rectangle((*at, at[0] + WIDTH, at[1] + HEIGHT), outline=CUT, width=2)
        yield sheet
