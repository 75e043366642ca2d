"""What waits in the browser for a few minutes: packed and encrypted, so that nobody else can read or make it."""

from __future__ import annotations

import base64
import binascii
import json
import zlib
from typing import Any

from cryptography.exceptions import InvalidTag
from litestar import Request
from litestar.datastructures import Cookie

from elderlearn.ground.clock import now
from elderlearn.ground.crypto import decrypt, encrypt
from elderlearn.ground.settings import settings

A_PART = 3600  # signs; browsers keep 4,096 with the name
MOST_PARTS = 2  # web servers in front of us often refuse cookies beyond 8,000 signs
LONGEST_PLAIN = 60_000  # nothing that packs well grows beyond this when it is unpacked


def seal(name: str, content: Any, *, seconds: int, path: str = "/") -> list[Cookie]:
    """The cookies that carry `content` (JSON); none when it is too long for them."""
    plain = json.dumps([name, int(now().timestamp()) + seconds, content], ensure_ascii=False)
    if len(plain.encode()) > LONGEST_PLAIN:
        return []
    packed = base64.b64encode(zlib.compress(plain.encode(), 9)).decode()
    text = base64.urlsafe_b64encode(encrypt(packed)).decode()
    parts = [text[at : at + A_PART] for at in range(0, len(text), A_PART)]
    if len(parts) > MOST_PARTS:
        return []
    return [_cookie(f"{name}{no or ''}", f"{len(parts)}.{part}", path, seconds) for no, part in enumerate(parts)]


def unseal(request: Request[Any, Any, Any], name: str) -> Any:
    """What was sealed under this name; none when there is nothing, it is not ours, or too old."""
    many, _, text = request.cookies.get(name, "").partition(".")
    if many == "2":
        text += request.cookies.get(f"{name}1", "").partition(".")[2]
    try:
        packed = base64.b64decode(decrypt(base64.urlsafe_b64decode(text)))
        said, until, content = json.loads(zlib.decompressobj().decompress(packed, 2 * LONGEST_PLAIN))
    except (InvalidTag, KeyError, IndexError, TypeError, ValueError, zlib.error, binascii.Error):
        return None
    return content if said == name and until > now().timestamp() else None


def forget(request: Request[Any, Any, Any], name: str, path: str = "/") -> list[Cookie]:
    """Takes away what the browser sent of it."""
    return [_cookie(one, "", path, 0) for one in (name, f"{name}1") if one in request.cookies]


def _cookie(name: str, value: str, path: str, seconds: int) -> Cookie:
    return Cookie(name, path, value, seconds, httponly=True, secure=settings().is_https, samesite="lax")
