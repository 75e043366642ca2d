"""Where somebody wants to go after the sign-in, and the step through the door."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from litestar import Response

from elderlearn.ground.errors import Refusal
from elderlearn.people.sign_in.who import who
from elderlearn.web.open.home import home_of
from elderlearn.web.open.sentences import SENTENCES
from elderlearn.web.shell.draft import done, draft
from elderlearn.web.shell.forms import Form, read_query
from elderlearn.web.shell.page import AnyRequest, go, local_path
from elderlearn.web.shell.refusals import sentence
from elderlearn.web.shell.viewer import sign_in_cookie, viewer

STEPS = "/sign-in"


def ways(form: Form) -> dict[str, Any]:
    """What every page of the sign-in carries along: `next`, a path of ours or empty, and links with it."""
    wanted = local_path(form.value("next"), "")
    asked = f"next={quote(wanted, safe='/')}" if wanted else ""
    return {"next": wanted, "with_next": asked and f"?{asked}", "and_next": asked and f"&{asked}"}


def here(request: AnyRequest, *fields: str) -> Form:
    """What was typed on the way and what is wrong with these fields; where it leads stands in the address."""
    form = draft(request)
    form.errors = {name: said for name, said in form.errors.items() if name in fields}
    if request.method == "GET":
        asked = read_query(request)
        form.typed |= {name: asked.typed.get(name, []) for name in ("next", "audience")}
    return form


def onward(request: AnyRequest) -> Response[Any] | None:
    """Somebody signed in already has nothing to do here, also when she presses Back."""
    person = viewer(request)
    return None if person is None else go(request, ways(read_query(request))["next"] or home_of(person))


async def enter(request: AnyRequest, token: str, form: Form) -> Response[Any]:
    """Set the cookie and lead on: to `next`, else to the person's own first page."""
    person = await who(token)
    if person is None:  # ended in the same moment, from another phone
        return go(request, "/sign-in")
    answer = go(request, ways(form)["next"] or home_of(person))
    answer.set_cookie(sign_in_cookie(token, person.role or person.kind))
    return done(request, STEPS, answer)


def say(refusal: Refusal) -> str:
    """The sentence of a refusal in the language now spoken."""
    return sentence(refusal, SENTENCES)
