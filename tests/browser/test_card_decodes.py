"""What our own scanner reads from the printed card, and from a sheet of blank ones."""

from __future__ import annotations

import base64
import io

import pytest
from PIL import Image, ImageFilter

from elderlearn.checkin.card_picture import card_picture
from elderlearn.checkin.card_sheet import sheet_pages
from elderlearn.people.codes import card_url
from tests.browser.conftest import OpenPage
from tests.conftest import Database

pytestmark = pytest.mark.browser

CODE = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"
URL = card_url(CODE, "https://learn.example.cn")
DECODE = """async (png) => {
    const picture = new Blob([Uint8Array.from(atob(png), (sign) => sign.charCodeAt(0))], {type: 'image/png'});
    const worker = new Worker('/static/scanner/decode-worker.js');
    return await new Promise((done) => {
        worker.onmessage = (event) => {
            if (event.data.ready) worker.postMessage({number: 1, picture});
            else done(event.data.text ?? event.data.problem ?? 'nothing');
        };
    });
}"""


def png(picture: Image.Image) -> str:
    out = io.BytesIO()
    picture.save(out, "PNG")
    return base64.b64encode(out.getvalue()).decode()


async def test_the_scanner_reads_the_printed_card_also_small_and_blurred(
    open_page: OpenPage, database: Database
) -> None:
    page = await open_page()
    await page.goto("/sign-in")
    card = Image.open(io.BytesIO(card_picture("王秀英", URL, "12345678", "0571-8622 1234", "临平区老年学堂")))
    [sheet] = sheet_pages([(URL, "12345678")], "0571-8622 1234", "临平区老年学堂")
    far = card.resize((card.width // 3, card.height // 3)).filter(ImageFilter.GaussianBlur(1))
    for seen in (card, far, card.rotate(30, expand=True, fillcolor="#888888"), sheet):
        assert await page.evaluate(DECODE, png(seen)) == URL
    covered = card.copy()
    covered.paste("#888888", (0, 150, 1011, 400))
    assert await page.evaluate(DECODE, png(covered)) == "nothing"
