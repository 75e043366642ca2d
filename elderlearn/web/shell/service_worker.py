"""The service worker: opens scanner pages without a network. Served from the root, so that it may see them all."""

from __future__ import annotations

import json
from functools import cache

from litestar import Response, get

from elderlearn.web.shell.assets import ASK_AGAIN, assets, digest, static

STYLES = ("base.css", "controls.css", "parts.css", "figures.css", "print.css", "leader.css")
BESIDE = ("app.js", "mark.svg", "chevron.svg", "vendor/htmx.min.js")
DECODER = ("vendor/zxing-reader.js", "vendor/zxing_reader.wasm")


@get("/sw.js", opt={"exclude_from_csrf": True})
async def send_service_worker() -> Response[bytes]:
    """Its text changes when any file does; then phones fetch the new files, and their pages anew."""
    return Response(_text(), headers={"cache-control": ASK_AGAIN}, media_type="text/javascript; charset=utf-8")


@cache
def _text() -> bytes:
    """static/sw.js, told what to keep."""
    names = [name for name in assets() if name.startswith("scanner/")]
    kept = [static(name) for name in (*STYLES, *BESIDE, *DECODER, *names)]
    head = f"var VERSION = {json.dumps(digest())}, FILES = {json.dumps(kept)};\n"
    return head.encode() + assets()["sw.js"].plain
