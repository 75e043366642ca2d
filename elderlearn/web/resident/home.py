"""Her first page: the next class, what was called off, and the large doors."""

from __future__ import annotations

from typing import Any

from litestar import Response, get

from elderlearn.catalogue.called_off import called_off_before_next
from elderlearn.enrolment.queries import enrolments_of
from elderlearn.web.shell.guards import signed_in
from elderlearn.web.shell.page import AnyRequest, page


@get("/my/home")
async def show_home(request: AnyRequest) -> Response[Any]:
    """The next class she has a seat in, if there is one; before it what waits for her
    answer and what does not take place."""
    hers = await enrolments_of(signed_in(request).id)
    seated = [one.run for one in hers if one.enrolment.state == "seated"]
    return page(
        request,
        "resident/home.html",
        next=next((one for one in seated if one.next_at), None),
        offered=[one for one in hers if one.enrolment.state == "offered"],
        called_off=await called_off_before_next(seated),
    )
