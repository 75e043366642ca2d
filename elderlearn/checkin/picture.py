"""Pure: the picture of a card code, to be shown on a screen and read by any phone camera."""

from __future__ import annotations

from typing import Literal
from xml.etree.ElementTree import Element, tostring

import qrcode
from qrcode.image.svg import SvgPathFillImage
from qrcode.util import QRData

QUIET_MODULES = 4  # the white edge ISO/IEC 18004 asks for
ALPHANUMERIC: Literal[2] = 2  # MODE_ALPHA_NUM, whose type the library's stubs do not accept


class _CodeImage(SvgPathFillImage):
    """One path on a white ground. Its size is left to the page; modules share edges, so those stay sharp."""

    QR_PATH_STYLE = {"fill": "#000000"}  # noqa: RUF012 - the library's name and kind

    def process(self) -> None:
        super().process()
        if self.path is not None:
            self.path.attrib.pop("id", None)
        for size in ("width", "height"):
            self.get_image().attrib.pop(size, None)
        self.get_image().set("shape-rendering", "crispEdges")


def code_svg(text: str, *, said: str) -> str:
    """An `<svg>` to put into a page as it is: black on white whatever the theme, level M, no inline style.

    `said` is what a screen reader says instead of the picture. Raises ValueError for a text that does not
    fit alphanumeric mode (digits, capitals and `$%*+-./:`).
    """
    picture = qrcode.QRCode(
        error_correction=qrcode.constants.ERROR_CORRECT_M, border=QUIET_MODULES, image_factory=_CodeImage
    )
    picture.add_data(QRData(text, mode=ALPHANUMERIC))
    picture.make(fit=True)
    drawn: Element = picture.make_image().get_image()
    drawn.set("role", "img")
    drawn.set("aria-label", said)
    return tostring(drawn, encoding="unicode")
