"""Drawing pages: `page()` answers with a page or, to htmx, one fragment of it; `go()` leads elsewhere."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from litestar import MediaType, Request, Response
from litestar.datastructures import Cookie
from litestar.utils.scope.state import ScopeState
from markupsafe import Markup

from elderlearn.locale import LANGUAGES, _, spoken
from elderlearn.web.shell import kept as keeping
from elderlearn.web.shell import said as saying
from elderlearn.web.shell.environment import environment
from elderlearn.web.shell.filled import filled
from elderlearn.web.shell.lists import is_no_page, note_page_asked
from elderlearn.web.shell.reader import SIZES, District, size_of
from elderlearn.web.shell.viewer import viewer
from elderlearn.web.shell.whence import FIELD, local_path, page_here

__all__ = ["AnyRequest", "go", "is_htmx", "local_path", "page", "surroundings", "wants_fragment"]

AnyRequest = Request[Any, Any, Any]


def page(
    request: AnyRequest,
    template: str,
    *,
    fragment: str | None = None,
    status: int = 200,
    said: str | None = None,
    tone: saying.Tone = "done",
    push_url: str | None = None,
    **context: Any,
) -> Response[str]:
    """`template` whole, or only `fragment` when htmx asks; both get the same context.

    `said` is one sentence shown above the page (`tone`: done, wait, no). Names are folder = door, then
    capability: `resident/courses/show.html` and its fragment `resident/courses/_seats.html`, whose outermost
    id is `seats`.
    """
    told, headers, cookies = saying.read(request), {}, []
    if told:
        cookies.append(saying.forget_cookie())
        told = [] if saying.is_taken(request) else told
    if said:
        told = [*told, saying.Said(said, tone)]
    note_page_asked(request.url.path, request.url.query)
    if is_no_page(request.url.query):
        told = [*told, saying.Said(_("There is no such page in the list. This is its first page."), "wait")]
    values = {**surroundings(request, template), **context}
    is_part = fragment is not None and wants_fragment(request)
    text = environment().get_template(fragment if is_part and fragment else template).render(values, said=told)
    if is_part and told:
        text += environment().get_template("layout/_flash.html").render(values, said=told, out_of_band=True)
    elif not is_part:
        text, forgotten = _with_kept(request, template, text, values, told)
        cookies += forgotten + keeping.forget_who_left(request)
    if push_url and is_part:
        headers["HX-Push-Url"] = quote(push_url, safe="/?&=%#+,:;@~")
    return Response(text, status_code=status, media_type=MediaType.HTML, headers=headers, cookies=cookies)


def _with_kept(
    request: AnyRequest, template: str, text: str, values: dict[str, Any], told: list[saying.Said]
) -> tuple[str, list[Cookie]]:
    """The page with the form that was kept for it, and the cookies that end the keeping."""
    found = keeping.kept_here(request)
    if found is None:
        return text, keeping.forget(request) if keeping.is_anothers(request) else []
    if found.why == "signed_out" and filled(text, found.action, found.typed) is not None:
        here = saying.Said(_("You were signed out meanwhile. What you had typed is still here."), "wait")
        text = environment().get_template(template).render(values, said=[*told, here])
    return filled(text, found.action, found.typed) or text, keeping.forget(request)


def go(request: AnyRequest, path: str, *, said: str | None = None, tone: saying.Tone = "done") -> Response[None]:
    """After a POST: show another page (303; for htmx `HX-Redirect`), which says `said` once."""
    address = quote(path, safe="/?&=%#+,:;@~")
    cookies: list[Cookie] = [saying.tell_cookie([saying.Said(said, tone)])] if said else []
    if is_htmx(request):
        return Response(None, status_code=200, headers={"HX-Redirect": address}, cookies=cookies)
    return Response(None, status_code=303, headers={"Location": address}, cookies=cookies)


def is_htmx(request: AnyRequest) -> bool:
    """The request comes from htmx in one of our pages."""
    return request.headers.get("hx-request") == "true"


def wants_fragment(request: AnyRequest) -> bool:
    """Htmx asks for a part; restoring the history it asks for the whole page."""
    return is_htmx(request) and request.headers.get("hx-history-restore-request") != "true"


def surroundings(request: AnyRequest, template: str) -> dict[str, Any]:
    """What the layouts need to know besides the page's own context."""
    state = request.scope["state"]
    token = ScopeState.from_scope(request.scope).csrf_token
    token = token if isinstance(token, str) else ""
    return {
        "viewer": viewer(request),
        "district": state.get("district", District()),
        "door": template.split("/", 1)[0],
        "path": request.url.path + (f"?{request.url.query}" if request.url.query else ""),
        "is_get": request.method == "GET",
        "language": spoken(),
        "languages": LANGUAGES,
        "size": size_of(request.scope, viewer(request)),
        "sizes": SIZES,
        "csrf_token": token,
        "csrf_input": Markup(
            '<input type="hidden" name="_csrf_token" value="{}"><input type="hidden" name="{}" value="{}">'
        ).format(token, FIELD, page_here(request)),
    }
