"""Her first page: the next class, and three large doors."""

from __future__ import annotations

from typing import Any

from litestar import Response, get

from elderlearn.enrolment.queries import enrolments_of
from elderlearn.web.shell.guards import signed_in
from elderlearn.web.shell.page import AnyRequest, page


@get("/my/home")
async def show_home(request: AnyRequest) -> Response[Any]:
    """The next class she has a seat in, if there is one."""
    seated = [one for one in await enrolments_of(signed_in(request).id) if one.enrolment.state == "seated"]
    return page(request, "resident/home.html", next=next((one.run for one in seated if one.run.next_at), None))
