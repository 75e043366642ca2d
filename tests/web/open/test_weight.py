"""The first page on a slow line: light, and readable before any script has come."""

from __future__ import annotations

import gzip
import re

import pytest

from elderlearn.web.shell.assets import assets
from tests.web.conftest import Visit
from tests.web.open.town import Town

KILOBYTE = 1000
MOST = 60 * KILOBYTE  # issue 3: everything a phone loads for the first page


@pytest.mark.parametrize("who", ["stranger", "resident"])
async def test_the_first_page_with_all_it_loads_stays_below_60_kilobytes(
    visit: Visit, town: Town, who: str
) -> None:
    await town.run("Singing")
    browser = await visit(resident=town.wang.resident_id if who == "resident" else None)
    page = (await browser.get("/my/home" if who == "resident" else "/")).text
    files = set(re.findall(r'(?:href|src)="/static/v-[0-9a-f]+/([^"]+)"', page))
    assert {"base.css", "app.js", "vendor/htmx.min.js"} <= files
    loaded = {name: len(assets()[name].packed or assets()[name].plain) for name in files}
    loaded |= {"the page": len(gzip.compress(page.encode(), 5))}
    assert sum(loaded.values()) <= MOST, loaded


async def test_the_first_paint_waits_for_no_script_and_no_font(visit: Visit, town: Town) -> None:
    page = (await (await visit()).get("/")).text
    scripts = re.findall(r"<script\b[^>]*>", page)
    assert scripts and all(" defer" in one for one in scripts)
    styles = "".join(asset.plain.decode() for name, asset in assets().items() if name.endswith(".css"))
    assert "@font-face" not in styles and "@import" not in styles
