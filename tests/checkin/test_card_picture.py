"""The printed card: its size in millimetres, its code, and never a box instead of a character."""

from __future__ import annotations

import io
import re
import unicodedata
from itertools import pairwise

import pytest
import qrcode
from PIL import Image
from qrcode.util import QRData

from elderlearn.checkin.card_picture import card_picture, code_image
from elderlearn.checkin.card_sheet import blank_sheets, sheet_pages
from elderlearn.checkin.glyphs import can_print, check_glyphs, font
from elderlearn.checkin.picture import ALPHANUMERIC
from elderlearn.ground.errors import Refusal
from elderlearn.locale import speaking
from elderlearn.people.codes import card_url

CODE = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"
URL = card_url(CODE, "https://learn.example.cn")
RARE = "\u4dae\u36c3\U0002cb4e\U0002b5ae\U0002cc56\U00023c97\U0002c1d9\U0002c8f3\U0002c642"
MM = 300 / 25.4  # dots


def card(name: str | None = "王秀英", url: str = URL, title: str = "临平区老年学堂") -> Image.Image:
    return Image.open(io.BytesIO(card_picture(name, url, "12345678", "0571-8622 1234", title)))


def dark_rows(picture: Image.Image, left: int, right: int, top: int, bottom: int) -> list[int]:
    grey = picture.convert("L").crop((left, top, right, bottom))
    return [
        y + top
        for y in range(grey.height)
        if min(grey.crop((0, y, grey.width, y + 1)).tobytes(), default=255) < 128
    ]


def code_in(picture: Image.Image) -> tuple[int, int, int, int]:
    """Where the pure black of the code is: ink, seal and grey of the rest are lighter."""
    black = picture.convert("RGB").point(lambda value: 255 if value == 0 else 0).convert("L")
    box = black.point(lambda value: 255 if value == 255 else 0).getbbox()
    assert box is not None
    return box


@pytest.mark.parametrize("host", ["a.cn", "learn.example.cn", "h" * 24])
def test_the_code_is_30_mm_of_exact_squares_with_four_white_ones_around(host: str) -> None:
    url = card_url(CODE, f"https://{host}")
    wanted = qrcode.QRCode(error_correction=qrcode.constants.ERROR_CORRECT_M, border=0)
    wanted.add_data(QRData(url, mode=ALPHANUMERIC))
    wanted.make(fit=True)
    matrix = wanted.get_matrix()
    picture = card(url=url)
    left, top, right, bottom = code_in(picture)
    side = right - left
    assert side == bottom - top and side % len(matrix) == 0
    assert 30 <= side / MM <= 33
    module = side // len(matrix)
    code = picture.convert("L").crop((left, top, right, bottom))
    for y, line in enumerate(matrix):
        for x, is_dark in enumerate(line):
            square = code.crop((x * module, y * module, (x + 1) * module, (y + 1) * module))
            assert square.getextrema() == ((0, 0) if is_dark else (255, 255)), (x, y)
    around = picture.convert("L").crop(
        (left - 4 * module, top - 4 * module, right + 4 * module, bottom + 4 * module)
    )
    around.paste(255, (4 * module, 4 * module, 4 * module + side, 4 * module + side))
    assert around.getextrema() == (255, 255), "nothing is printed in the quiet zone"


def test_a_card_has_the_size_of_a_credit_card() -> None:
    picture = card()
    assert picture.format == "PNG"
    assert picture.info["dpi"] == pytest.approx((300, 300), abs=0.1)
    assert (picture.width / MM, picture.height / MM) == pytest.approx((85.6, 54.0), abs=0.05)


def test_a_name_of_twelve_characters_is_still_18_points() -> None:
    rows = dark_rows(card("国" * 12), 540, 1000, 150, 412)
    gaps = [b for a, b in pairwise(rows) if b - a > 3]
    assert len(gaps) == 1, "two lines"
    first_line = gaps[0] - rows[0]  # from the head of one line to the head of the next: 1.22 of the size
    assert first_line / 1.22 >= 75 * 0.99  # 18 points at 300 dots an inch


@pytest.mark.parametrize(
    "name", ["王", "阿卜杜热合曼·吾买尔江", "Konstantina Alexandropoulou-Wei", "国" * 60, RARE]
)
def test_any_name_stays_on_the_card_and_off_the_code(name: str) -> None:
    picture = card(name).convert("L")
    empty = card(None).convert("L")
    left, top, right, bottom = code_in(card(name))
    assert picture.crop((left, top, right, bottom)).tobytes() == empty.crop((left, top, right, bottom)).tobytes()
    assert picture.crop((1000, 0, 1011, 638)).getextrema() == (255, 255)
    assert picture.tobytes() != empty.tobytes()


def test_the_seal_is_red_and_the_paper_white() -> None:
    colours = {colour for _, colour in card().convert("RGB").getcolors(1 << 20) or []}
    assert {(161, 29, 29), (255, 255, 255), (0, 0, 0)} <= colours


def test_every_language_prints() -> None:
    pictures = []
    for language in ("zh_CN", "en"):
        with speaking(language):
            pictures.append(card_picture("王", URL, "12345678", "", "x"))
    assert pictures[0] != pictures[1]


def test_a_character_the_font_does_not_have_is_an_error_and_named() -> None:
    with pytest.raises(Refusal) as refused:
        card("王\ue000英\U0001f600")
    assert refused.value.code == "missing_glyph"
    assert refused.value.values == {"characters": "\ue000 \U0001f600"}
    check_glyphs(RARE, "14:00–15:30 “·” Ünal")


def test_what_is_listed_can_be_drawn_and_what_is_not_would_be_nothing() -> None:
    small = font(12)
    nothing = bytes(small.getmask("\ue000"))
    listed = [chr(point) for point in range(0x20, 0x323B0) if can_print(chr(point)) and not chr(point).isspace()]
    assert len(listed) > 30000
    empty = [one for one in listed[::7] if bytes(small.getmask(one)) == nothing]
    assert empty == []
    # Marks are drawn on a dotted circle, and old compatibility signs as what they stand for.
    missing = [one for one in map(chr, range(0x20, 0x323B0, 97)) if not can_print(one) and is_sign(one)]
    assert len(missing) > 500
    assert [one for one in missing if bytes(small.getmask(one)) != nothing] == []


def is_sign(one: str) -> bool:
    return unicodedata.category(one)[0] not in "MC" and unicodedata.normalize("NFC", one) == one


def test_blank_cards_fill_a4_ten_on_a_page() -> None:
    cards = [(card_url(CODE[:31] + letter, "https://learn.example.cn"), "12345678") for letter in "ABCDEFGHIJKL"]
    first, second = sheet_pages(cards, "0571-8622 1234", "临平区老年学堂")
    assert (first.width / MM, first.height / MM) == pytest.approx((210, 297), abs=0.1)
    code = code_image(cards[0][0])
    assert code_in(second)[2] - code_in(second)[0] == 1011 + code.width  # two cards beside each other
    assert code_in(second)[3] - code_in(second)[1] == code.height  # one row
    document = blank_sheets(cards, "0571-8622 1234", "临平区老年学堂")
    assert document.startswith(b"%PDF-")
    assert re.findall(rb"/Count (\d+)", document)[-1] == b"2"  # of pages; one is added after the other
    with pytest.raises(ValueError, match="needs a card"):
        blank_sheets([], "", "")
