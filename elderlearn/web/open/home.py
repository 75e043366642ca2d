"""The first page: three doors for strangers; everybody signed in goes to their own."""

from __future__ import annotations

from typing import Any

from litestar import Response, get

from elderlearn.people.sign_in.who import SignedIn
from elderlearn.web.shell.page import AnyRequest, go, page
from elderlearn.web.shell.viewer import viewer

HOMES = {"leader": "/lead"}


@get("/")
async def show_home(request: AnyRequest) -> Response[Any]:
    """Strangers find a course, sign in or ring; others are led to their own first page."""
    person = viewer(request)
    return page(request, "open/home.html") if person is None else go(request, home_of(person))


def home_of(person: SignedIn) -> str:
    """The first page of somebody signed in."""
    if person.kind == "resident":
        return "/my/home"
    return HOMES.get(person.role or "", "/office")
