"""A film for Chromium's fake camera: a .mjpeg is JPEG pictures one after another (30 a second, in a loop)."""

from __future__ import annotations

import io
from collections.abc import Sequence
from pathlib import Path

import qrcode
from PIL import Image

GROUND = (130, 125, 120)


def write_film(path: Path, codes: Sequence[str], *, size: tuple[int, int] = (640, 480), hold: int = 30) -> Path:
    """Shows each code for `hold` pictures, with half as many of an empty table between them."""
    return film_cards(path, [_card(code) for code in codes], size=size, hold=hold)


def film_cards(
    path: Path, cards: Sequence[Image.Image], *, size: tuple[int, int] = (640, 480), hold: int = 30
) -> Path:
    """The same with pictures of cards, such as a telephone's screen held out to the camera."""
    empty = Image.new("RGB", size, GROUND)
    with path.open("wb") as film:
        for card in cards:
            turned = card.convert("RGB").resize((280, 280)).rotate(6, expand=True, fillcolor=GROUND)
            shown = empty.copy()
            shown.paste(turned, ((size[0] - turned.width) // 2, (size[1] - turned.height) // 2))
            film.write(_jpeg(shown) * hold + _jpeg(empty) * (hold // 2))
    return path


def _card(code: str) -> Image.Image:
    maker = qrcode.QRCode(error_correction=qrcode.constants.ERROR_CORRECT_M, border=4)
    maker.add_data(code)
    return maker.make_image().get_image()


def _jpeg(picture: Image.Image) -> bytes:
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=85, subsampling="4:2:0")
    return out.getvalue()
