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
    empty = Image.new("RGB", size, GROUND)
    with path.open("wb") as film:
        for code in codes:
            maker = qrcode.QRCode(error_correction=qrcode.constants.ERROR_CORRECT_M, border=4)
            maker.add_data(code)
            card = maker.make_image().get_image().convert("RGB").resize((280, 280), Image.Resampling.NEAREST)
            card = card.rotate(6, expand=True, fillcolor=GROUND)
            shown = empty.copy()
            shown.paste(card, ((size[0] - card.width) // 2, (size[1] - card.height) // 2))
            film.write(_jpeg(shown) * hold + _jpeg(empty) * (hold // 2))
    return path


def _jpeg(picture: Image.Image) -> bytes:
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=85, subsampling="4:2:0")
    return out.getvalue()
