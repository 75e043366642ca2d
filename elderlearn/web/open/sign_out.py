"""Leaving this phone or browser."""

from __future__ import annotations

from litestar import Response, post

from elderlearn.locale import _
from elderlearn.people.sign_in.who import sign_out
from elderlearn.web.shell.kept import who_leaves
from elderlearn.web.shell.page import AnyRequest, go
from elderlearn.web.shell.viewer import COOKIE, sign_out_cookie, viewer


@post("/sign-out", status_code=200)
async def end_sign_in(request: AnyRequest) -> Response[None]:
    """Ends this sign-in only; harmless when nobody is signed in."""
    token = request.cookies.get(COOKIE)
    if token:
        await sign_out(token)
    answer = go(request, "/", said=_("You are signed out."))
    answer.set_cookie(sign_out_cookie())
    for cookie in who_leaves(viewer(request)):
        answer.set_cookie(cookie)
    return answer
