"""What people see when a verb said no or something broke. Needs neither viewer nor database."""

from __future__ import annotations

import logging
import secrets
import traceback
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from litestar import MediaType, Request, Response
from litestar.exceptions import HTTPException

from elderlearn.ground.errors import Missing, Refusal, Stale
from elderlearn.ground.transient import is_transient
from elderlearn.locale import LANGUAGES, N_, _, speak
from elderlearn.web.shell.environment import environment
from elderlearn.web.shell.guards import SignInNeeded
from elderlearn.web.shell.kept import Kept, keep
from elderlearn.web.shell.page import is_htmx
from elderlearn.web.shell.reader import language_of, size_of
from elderlearn.web.shell.refusals import sentence
from elderlearn.web.shell.said import Said, tell_cookie
from elderlearn.web.shell.whence import page_here

log = logging.getLogger("elderlearn.web")
AnyRequest = Request[Any, Any, Any]


@dataclass(frozen=True)
class Words:
    """A heading and what to do next."""

    heading: str
    advice: str


KNOWN = {
    400: Words(N_("Something in the address is not right"), N_("Please go back and try again.")),
    403: Words(
        N_("This page was open for too long"),
        N_("Please go back, load the page again and repeat the last step. Nothing was changed."),
    ),
    404: Words(
        N_("There is nothing here"),
        N_("The page may have moved, or it belongs to somebody else. Please start from the first page."),
    ),
    405: Words(N_("This page cannot be opened like that"), N_("Please start from the first page.")),
    409: Words(
        N_("Somebody else changed this meanwhile"),
        N_("Please go back, look at the page again and decide anew."),
    ),
    413: Words(N_("That is too large"), N_("Please send a smaller file.")),
    422: Words(N_("This cannot be done just now"), N_("Please go back.")),
    429: Words(N_("That was often in a short time"), N_("Please wait a few minutes and try again.")),
    503: Words(
        N_("We are very busy just now"),
        N_("Nothing was changed. Please wait a moment and try again."),
    ),
    500: Words(
        N_("Something went wrong on our side"),
        N_("It is not your fault. Please try again in a few minutes; if it stays, tell us this number:"),
    ),
}


def handle_refusal(request: AnyRequest, refusal: Refusal) -> Response[Any]:
    """422, in the sentence of the door (`opt={"refusals": SENTENCES}` on its router)."""
    table = request.scope["route_handler"].opt.get("refusals", {}) if "route_handler" in request.scope else {}
    speak(language_of(request.scope))
    return _answer(request, 422, reason=sentence(refusal, table))


def handle_missing(request: AnyRequest, _missing: Missing) -> Response[Any]:
    """404: not there, or not yours to know."""
    return _answer(request, 404)


def handle_stale(request: AnyRequest, _stale: Stale) -> Response[Any]:
    """409: look again."""
    return _answer(request, 409)


def handle_sign_in(request: AnyRequest, needed: SignInNeeded) -> Response[Any]:
    """To the sign-in and back, where what was typed is still there: 303, for htmx 401 with `HX-Redirect`."""
    back = page_here(request) or "/"
    target = f"/sign-in?next={quote(back, safe='/')}"
    cookies = keep(Kept(back, request.url.path, needed.typed, needed.whose, "signed_out"))
    if cookies:
        waits = _("You were signed out meanwhile. Please sign in again: what you have typed is kept for you.")
        cookies.append(tell_cookie([Said(waits, "wait")]))
    if is_htmx(request):
        return Response(None, status_code=401, headers={"HX-Redirect": target}, cookies=cookies)
    return Response(None, status_code=303, headers={"Location": target}, cookies=cookies)


def handle_http(request: AnyRequest, error: HTTPException) -> Response[Any]:
    """Litestar's own: 400, 404, 405, 413, 403 from the CSRF check."""
    answer = _answer(request, error.status_code)
    for name, value in (error.headers or {}).items():
        answer.headers.setdefault(name, value)
    return answer


def handle_unexpected(request: AnyRequest, error: Exception) -> Response[Any]:
    """500 with a number that stands in the log as well; 503 when the database is away for a moment.

    The log gets the kind and the place, never the message: a database error may quote somebody's row.
    """
    if isinstance(error, Exception) and is_transient(error):  # nothing was changed, the same step may succeed
        answer = _answer(request, 503)
        answer.headers["Retry-After"] = "5"
        return answer
    reference = secrets.token_hex(4).upper()
    frames = "".join(traceback.format_tb(error.__traceback__)[-6:])
    # The route, not the address: an address may hold the code of a card.
    route = request.scope.get("path_template", "")
    log.error("%s: %s at %s %s\n%s", reference, type(error).__name__, request.method, route, frames)
    return _answer(request, 500, reference=reference)


HANDLERS: dict[Any, Any] = {
    Refusal: handle_refusal,
    Missing: handle_missing,
    Stale: handle_stale,
    SignInNeeded: handle_sign_in,
    HTTPException: handle_http,
    Exception: handle_unexpected,
}


def _answer(request: AnyRequest, status: int, *, reason: str = "", reference: str = "") -> Response[Any]:
    """One note for htmx, else a page."""
    words = KNOWN.get(status) or (KNOWN[500] if status >= 500 else KNOWN[400])
    speak(language_of(request.scope))
    template = "errors/_note.html" if is_htmx(request) else "errors/error.html"
    text = (
        environment()
        .get_template(template)
        .render(
            language=language_of(request.scope),
            languages=LANGUAGES,
            size=size_of(request.scope),
            status=status,
            heading=_(words.heading),
            advice=reason or _(words.advice),
            reference=reference,
        )
    )
    return Response(text, status_code=status, media_type=MediaType.HTML)
