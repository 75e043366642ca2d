"""A form that was not right goes back to its page by 303: Back and reload never ask whether to send it again."""

from __future__ import annotations

from typing import Any

from litestar import Request, Response

from elderlearn.web.shell.draft import COOKIE, done, draft, go_on
from elderlearn.web.shell.forms import Form

AnyRequest = Request[Any, Any, Any]


def send_back(request: AnyRequest, path: str, form: Form, query: str = "") -> Response[Any] | None:
    """To the page at `path`, which finds the form in `typed_before`; none when it is too long for a browser."""
    answer = go_on(request, path + query, path, form)
    return answer if any(one.key == COOKIE for one in answer.cookies) else None


def typed_before(request: AnyRequest) -> Form:
    """The form with its complaints, when somebody was just sent back; otherwise an empty one."""
    return draft(request)


def once(request: AnyRequest, answer: Response[Any]) -> Response[Any]:
    """The page was shown: a reload begins anew."""
    return done(request, request.url.path, answer)


def status_of(request: AnyRequest, form: Form) -> int:
    """Complaints answer a POST with 422; the page a form was sent back to is a page like others."""
    return 422 if form.errors and request.method == "POST" else 200
