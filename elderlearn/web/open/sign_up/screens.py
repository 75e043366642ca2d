"""Drawing one of the three screens: what was typed before travels along in hidden fields, never in an address."""

from __future__ import annotations

from typing import Any

from litestar import Response

from elderlearn.ground.settings import settings
from elderlearn.web.open.sign_in.way import ways
from elderlearn.web.open.sign_up.answers import WHERE, WHO
from elderlearn.web.shell.forms import Form
from elderlearn.web.shell.homes import homes_for
from elderlearn.web.shell.page import AnyRequest, page
from elderlearn.web.shell.said import Tone


def person_screen(request: AnyRequest, form: Form) -> Response[Any]:
    """Who: the first."""
    return _screen(request, "person", form, carried=WHERE)


async def home_screen(request: AnyRequest, form: Form) -> Response[Any]:
    """Where: the second."""
    return _screen(request, "home", form, carried=WHO, **await homes_for(form))


def code_screen(request: AnyRequest, form: Form, *, said: str | None = None, tone: Tone = "wait") -> Response[Any]:
    """The six digits: the last."""
    pretends = settings().gateway == "pretend"
    return _screen(request, "code", form, carried=(*WHO, *WHERE), pretends=pretends, said=said, tone=tone)


def _screen(request: AnyRequest, name: str, form: Form, *, carried: tuple[str, ...], **more: Any) -> Response[Any]:
    status = 200 if form.is_good else 422
    context = {"form": form, "carried": carried, **ways(form), **more}
    return page(request, f"open/sign_up/{name}.html", status=status, **context)
