"""Steps that follow each other, each at its own address: the answers so far wait encrypted in the browser.

A POST goes on by 303, also to say what is wrong, so that Back never asks whether to send something again.
"""

from __future__ import annotations

from typing import Any

from litestar import Request, Response

from elderlearn.locale import spoken
from elderlearn.web.shell import sealed
from elderlearn.web.shell.forms import Form
from elderlearn.web.shell.kept import whose_is
from elderlearn.web.shell.page import go
from elderlearn.web.shell.said import Tone
from elderlearn.web.shell.viewer import viewer

COOKIE = "draft"
TWENTY_MINUTES = 20 * 60
LONGEST = 500  # signs of one answer; longer ones were complained about
AnyRequest = Request[Any, Any, Any]


def draft(request: AnyRequest) -> Form:
    """The answers of this person, and what was wrong with the last ones; empty when there are none."""
    match sealed.unseal(request, COOKIE):
        case {"whose": whose, "typed": dict(typed), "errors": dict(errors), "said_in": said_in}:
            is_hers = whose == whose_is(viewer(request))
            return Form(typed, errors if said_in == spoken() else {}) if is_hers else Form()
        case _:  # nothing, or of a release with other fields
            return Form()


def go_on(
    request: AnyRequest, address: str, steps: str, form: Form, *, said: str | None = None, tone: Tone = "wait"
) -> Response[Any]:
    """To the page at `address`, which finds the form in `draft`; only pages below `steps` are sent it."""
    answer = go(request, address, said=said, tone=tone)
    typed = {
        name: [one[:LONGEST] for one in values]
        for name, values in form.typed.items()
        if any(values) and name[:1] != "_"
    }
    content = {"said_in": spoken(), "whose": whose_is(viewer(request)), "typed": typed, "errors": form.errors}
    for cookie in sealed.seal(COOKIE, content, seconds=TWENTY_MINUTES, path=steps):
        answer.set_cookie(cookie)
    return answer


def done(request: AnyRequest, steps: str, answer: Response[Any]) -> Response[Any]:
    """The last step was taken: nothing stays behind on a phone that several people share."""
    for cookie in sealed.forget(request, COOKIE, steps):
        answer.set_cookie(cookie)
    return answer
