"""What is shown once on the next page: a new password, full numbers. A reload shows them no more."""

from __future__ import annotations

from typing import Any

from litestar import Response

from elderlearn.web.shell.kept import whose_is
from elderlearn.web.shell.page import AnyRequest, go
from elderlearn.web.shell.sealed import forget, seal, unseal
from elderlearn.web.shell.viewer import viewer

COOKIE = "once"
A_MINUTE = 60


def go_and_show(request: AnyRequest, path: str, secret: dict[str, Any]) -> Response[None]:
    """To `path`, which shows what is sealed in the browser for a minute, for this page and this person alone."""
    answer, path = go(request, path), path.partition("?")[0]
    content = {**secret, "path": path, "whose": whose_is(viewer(request))}
    for cookie in seal(COOKIE, content, seconds=A_MINUTE, path=path):
        answer.set_cookie(cookie)
    return answer


def to_show(request: AnyRequest, path: str) -> dict[str, Any]:
    """What the page before sealed for this one; nothing the second time."""
    found = unseal(request, COOKIE)
    if not isinstance(found, dict) or found.get("whose") != whose_is(viewer(request)):
        return {}
    return found if found.get("path") == path else {}


def shown(request: AnyRequest, answer: Response[Any], path: str) -> Response[Any]:
    """The answer, which takes the secret out of the browser."""
    for cookie in forget(request, COOKIE, path):
        answer.set_cookie(cookie)
    return answer
