"""The reader's own text size and language: a cookie for everybody, and the row of whoever is signed in."""

from __future__ import annotations

from typing import Any

from litestar import Request, Response, post
from litestar.datastructures import Cookie

from elderlearn.ground.settings import settings
from elderlearn.locale import LANGUAGES
from elderlearn.people.preferences import keep_preferences
from elderlearn.web.shell.forms import read_form
from elderlearn.web.shell.kept import for_look
from elderlearn.web.shell.page import go
from elderlearn.web.shell.reader import SIZES
from elderlearn.web.shell.viewer import viewer
from elderlearn.web.shell.whence import page_here

A_YEAR = 365 * 24 * 3600
OURS = ("size", "language", "_csrf_token")


@post("/preferences", status_code=200)
async def set_preferences(request: Request[Any, Any, Any]) -> Response[None]:
    """Keeps a size or a language and shows the page again, with the form that was being filled in."""
    form = await read_form(request)
    size = form.choice("size", [str(one) for one in SIZES])
    language = form.choice("language", list(LANGUAGES))
    person = viewer(request)
    if person is not None:
        await keep_preferences(person.kind, person.id, text_size=int(size) if size else None, language=language)
    answer = go(request, page_here(request) or "/")
    for name, value in (("size", size), ("lang", language)):
        if value:
            answer.set_cookie(Cookie(name, "/", value, A_YEAR, secure=settings().is_https, httponly=True))
    typed = {name: values for name, values in form.typed.items() if name not in OURS}
    for cookie in for_look(request, typed):
        answer.set_cookie(cookie)
    return answer
