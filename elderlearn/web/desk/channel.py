"""How people come to the desk just now: at the window or on the phone. Chosen once, kept in this browser."""

from __future__ import annotations

from typing import Any

from litestar import Response
from litestar.datastructures import Cookie

from elderlearn.ground.settings import settings
from elderlearn.locale import N_
from elderlearn.web.shell.forms import Form
from elderlearn.web.shell.page import AnyRequest

COOKIE = "channel"
CHANNELS = {"window": N_("At the window"), "phone": N_("On the phone")}


def channel_of(request: AnyRequest, form: Form) -> str:
    """What the page said when it was sent, else what was chosen last; the window when nothing was."""
    for chosen in (form.value("channel"), request.cookies.get(COOKIE, "")):
        if chosen in CHANNELS:
            return chosen
    return "window"


def kept(request: AnyRequest, answer: Response[Any], channel: str) -> Response[Any]:
    """The answer, which lets the browser remember the channel until it is closed."""
    if request.cookies.get(COOKIE) != channel:
        answer.set_cookie(
            Cookie(COOKIE, "/desk", channel, httponly=True, secure=settings().is_https, samesite="lax")
        )
    return answer
