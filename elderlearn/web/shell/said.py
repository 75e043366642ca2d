"""One sentence carried over a redirect, in a signed cookie that is shown once. Nothing about it is stored."""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import json
from dataclasses import asdict, dataclass
from typing import Any, Literal

from litestar import Request
from litestar.datastructures import Cookie

from elderlearn.ground.keys import secret
from elderlearn.ground.settings import settings

Tone = Literal["done", "wait", "no"]
COOKIE = "said"
TWO_MINUTES = 120


@dataclass(frozen=True)
class Said:
    """A sentence and its tone: done (pine), wait (amber), no (red)."""

    text: str
    tone: Tone = "done"


def read(request: Request[Any, Any, Any]) -> list[Said]:
    """What the page before wanted to say; nothing when the cookie is not ours."""
    mark, _, body = request.cookies.get(COOKIE, "").partition(".")
    if not body or not hmac.compare_digest(mark.encode(), _mark(body).encode()):
        return []
    try:
        return [Said(**one) for one in json.loads(base64.urlsafe_b64decode(body + "==="))]
    except (binascii.Error, ValueError, TypeError):
        return []


def take(request: Request[Any, Any, Any]) -> list[Said]:
    """The same for a page that has a place of its own for it: it is not shown above as well."""
    found = read(request)
    request.scope["state"]["said_is_taken"] = bool(found)
    return found


def is_taken(request: Request[Any, Any, Any]) -> bool:
    """The page has shown it in its own place."""
    return bool(request.scope["state"].get("said_is_taken"))


def tell_cookie(sentences: list[Said]) -> Cookie:
    """Carries the sentences to the next page."""
    body = base64.urlsafe_b64encode(json.dumps([asdict(one) for one in sentences]).encode()).decode().rstrip("=")
    return _cookie(f"{_mark(body)}.{body}", TWO_MINUTES)


def forget_cookie() -> Cookie:
    """Once is enough."""
    return _cookie("", 0)


def _cookie(value: str, max_age: int) -> Cookie:
    secure = settings().is_https
    return Cookie(COOKIE, "/", value, max_age, httponly=True, secure=secure, samesite="lax")


def _mark(body: str) -> str:
    return hmac.new(secret("said-1"), body.encode(), hashlib.sha256).hexdigest()[:32]
