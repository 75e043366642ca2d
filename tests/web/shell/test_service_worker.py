"""The service worker's file: from the root, asked for anew each time, and what it keeps is there."""

from __future__ import annotations

import json
import re

from elderlearn.web.shell.assets import digest
from tests.web.conftest import Visit


async def test_it_is_served_from_the_root_and_all_it_keeps_is_there(visit: Visit) -> None:
    browser = await visit()
    answer = await browser.client.get("/sw.js")
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith("text/javascript")
    assert answer.headers["cache-control"] == "no-cache"
    assert "set-cookie" not in answer.headers
    found = re.match(r'var VERSION = "(.*?)", FILES = (\[.*?\]);\n', answer.text)
    assert found and found[1] == digest()
    files = json.loads(found[2])
    assert any(one.endswith("zxing_reader.wasm") for one in files)
    for one in files:
        kept = await browser.client.get(one)
        assert (kept.status_code, "immutable" in kept.headers["cache-control"]) == (200, True), one


async def test_a_scanner_page_needs_no_file_it_does_not_keep(visit: Visit) -> None:
    browser = await visit()
    files = (await browser.client.get("/sw.js")).text
    page = (await browser.get("/sign-in")).text
    shared = re.findall(r'(?:src|href)="(/static/[^"]+\.(?:js|css))"', page)
    assert shared and [one for one in shared if one not in files] == []
