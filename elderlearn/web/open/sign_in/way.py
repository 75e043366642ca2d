"""Where somebody wants to go after the sign-in, and the step through the door."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from litestar import Response

from elderlearn.ground.errors import Refusal
from elderlearn.people.sign_in.who import who
from elderlearn.web.open.home import home_of
from elderlearn.web.open.sentences import SENTENCES
from elderlearn.web.shell.forms import Form
from elderlearn.web.shell.page import AnyRequest, go, local_path
from elderlearn.web.shell.refusals import sentence
from elderlearn.web.shell.viewer import sign_in_cookie


def ways(form: Form) -> dict[str, Any]:
    """What every page of the sign-in carries along: `next`, a path of ours or empty, and links with it."""
    wanted = local_path(form.value("next"), "")
    asked = f"next={quote(wanted, safe='/')}" if wanted else ""
    return {"next": wanted, "with_next": asked and f"?{asked}", "and_next": asked and f"&{asked}"}


async def enter(request: AnyRequest, token: str, form: Form) -> Response[Any]:
    """Set the cookie and lead on: to `next`, else to the person's own first page."""
    person = await who(token)
    if person is None:  # ended in the same moment, from another phone
        return go(request, "/sign-in")
    answer = go(request, ways(form)["next"] or home_of(person))
    answer.set_cookie(sign_in_cookie(token, person.role or person.kind))
    return answer


def say(refusal: Refusal) -> str:
    """The sentence of a refusal in the language now spoken."""
    return sentence(refusal, SENTENCES)
