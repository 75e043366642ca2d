"""Files for browsers: held in memory, gzipped once, addressed by the digest of all of them."""

from __future__ import annotations

import gzip
import hashlib
import mimetypes
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from litestar import MediaType, Request, Response, get
from litestar.params import FromPath

from elderlearn.ground.errors import Missing
from elderlearn.ground.files import static_folder

FOREVER = "public, max-age=31536000, immutable"
ASK_AGAIN = "no-cache"  # keep it, but ask whether it is still the same
TYPES = {
    ".js": "text/javascript; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".wasm": "application/wasm",
    ".webmanifest": "application/manifest+json",
}


@dataclass(frozen=True)
class Asset:
    """One file: its bytes, the same gzipped when that is smaller, and its ETag."""

    plain: bytes
    packed: bytes | None
    tag: str
    media_type: str


@cache
def assets() -> dict[str, Asset]:
    """Every file under `static/` by its path there."""
    root = static_folder()
    return {path.relative_to(root).as_posix(): _asset(path) for path in sorted(root.rglob("*")) if path.is_file()}


@cache
def digest() -> str:
    """Changes when any file does, so that files may name each other by relative paths and be kept for ever."""
    whole = hashlib.sha256()
    for name, asset in assets().items():
        whole.update(f"{name} {asset.tag}\n".encode())
    return "v-" + whole.hexdigest()[:12]


def static(name: str) -> str:
    """The address of one file, with the digest. A wrong name fails when the page is drawn, not in the browser."""
    if name not in assets():
        raise FileNotFoundError(f"static/{name}")
    return f"/static/{digest()}/{name}"


@get("/static/{file_path:path}", opt={"exclude_from_csrf": True})
async def send_static(request: Request[Any, Any, Any], file_path: FromPath[Path]) -> Response[bytes]:
    """A file under its digest is kept for ever; without a digest, or with an old one, the browser asks again."""
    parts = file_path.as_posix().lstrip("/").split("/")
    version = parts.pop(0) if parts[0].startswith("v-") else None
    asset = assets().get("/".join(parts))
    if asset is None:
        raise Missing
    headers = {
        "cache-control": FOREVER if version == digest() else ASK_AGAIN,
        "etag": asset.tag,
        "vary": "Accept-Encoding",
    }
    if request.headers.get("if-none-match") == asset.tag:
        return Response(b"", status_code=304, headers=headers, media_type=MediaType.TEXT)
    body = asset.plain
    if asset.packed and "gzip" in request.headers.get("accept-encoding", ""):
        headers["content-encoding"] = "gzip"
        body = asset.packed
    return Response(body, headers=headers, media_type=asset.media_type)


def _asset(path: Path) -> Asset:
    plain = path.read_bytes()
    packed = gzip.compress(plain, 9, mtime=0)
    guessed = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
    return Asset(
        plain=plain,
        packed=packed if len(packed) < len(plain) * 0.9 else None,
        tag=f'"{hashlib.sha256(plain).hexdigest()[:16]}"',
        media_type=TYPES.get(path.suffix, guessed),
    )
