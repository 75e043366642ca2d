"""Drawing the three screens and going from one to the next; what was typed waits in the draft, in no address."""

from __future__ import annotations

from typing import Any

from litestar import Response

from elderlearn.ground.settings import settings
from elderlearn.web.open.sign_in.way import here, ways
from elderlearn.web.shell.draft import go_on
from elderlearn.web.shell.forms import Form
from elderlearn.web.shell.page import AnyRequest, page

STEPS = "/sign-up"


def answered(request: AnyRequest, form: Form, names: tuple[str, ...]) -> Form:
    """All answers so far, those of this screen as they are now: an empty box is an answer, too."""
    asked = {name: form.typed.get(name, []) for name in (*names, "next")}
    return Form({**here(request).typed, **asked, "code": []})


def to(request: AnyRequest, step: str, form: Form, *, said: str | None = None) -> Response[Any]:
    """The screen `step` ("", "/home" or "/code") with all answers."""
    return go_on(request, f"{STEPS}{step}{ways(form)['with_next']}", STEPS, form, said=said)


def screen(request: AnyRequest, name: str, form: Form, **more: Any) -> Response[Any]:
    """One of the screens."""
    pretends = settings().gateway == "pretend"
    return page(request, f"open/sign_up/{name}.html", form=form, pretends=pretends, **ways(form), **more)
