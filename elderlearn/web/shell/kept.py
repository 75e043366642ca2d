"""Signed out in the middle of a form: what was typed waits in an encrypted cookie until she is back."""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Mapping
from typing import Any

from cryptography.exceptions import InvalidTag
from litestar import Request
from litestar.datastructures import Cookie

from elderlearn.ground.crypto import decrypt, encrypt
from elderlearn.ground.settings import settings
from elderlearn.web.shell.forms import Form

COOKIE = "kept"
A_QUARTER_HOUR = 15 * 60
LONGEST = 2000  # bytes before encryption: with base64 it stays below the 4,096 browsers keep
NEVER = ("_csrf_token", "password", "code", "ticket")  # secrets are typed again


def kept_form(request: Request[Any, Any, Any]) -> Form | None:
    """What was typed on this page before the sign-in, once; none when nothing was, or somewhere else."""
    try:
        text = decrypt(base64.urlsafe_b64decode(request.cookies.get(COOKIE, "")))
    except (InvalidTag, KeyError, IndexError, ValueError, binascii.Error):
        return None
    path, typed = json.loads(text)
    if path != request.url.path:
        return None
    request.scope["state"]["kept_shown"] = True
    return Form(typed)


def was_shown(request: Request[Any, Any, Any]) -> bool:
    """The page now drawn has taken it: the cookie has served."""
    return bool(request.scope["state"].get("kept_shown"))


def keep_cookie(address: str, typed: Mapping[str, list[str]]) -> Cookie | None:
    """Carries a form over the sign-in to the page at `address`; none when it is empty or too long."""
    worth = {name: values for name, values in typed.items() if name not in NEVER and any(values)}
    text = json.dumps([address.partition("?")[0], worth], ensure_ascii=False)
    if not worth or len(text.encode()) > LONGEST:
        return None
    return _cookie(base64.urlsafe_b64encode(encrypt(text)).decode(), A_QUARTER_HOUR)


def forget_cookie() -> Cookie:
    """Once is enough."""
    return _cookie("", 0)


def _cookie(value: str, max_age: int) -> Cookie:
    return Cookie(COOKIE, "/", value, max_age, httponly=True, secure=settings().is_https, samesite="lax")
