"""Her first page: the next class, what was called off, and the large doors."""

from __future__ import annotations

from typing import Any

from litestar import Response, get

from elderlearn.catalogue.called_off import called_off_before_next
from elderlearn.catalogue.meetings import meetings_of
from elderlearn.enrolment.queries import enrolments_of
from elderlearn.people.consents import agreed_to_older
from elderlearn.web.shell.guards import signed_in
from elderlearn.web.shell.page import AnyRequest, page


@get("/my/home")
async def show_home(request: AnyRequest) -> Response[Any]:
    """The next class she has a seat in or meeting of her society, if there is one; before it what waits for her
    answer and what does not take place."""
    me = signed_in(request).id
    hers = await enrolments_of(me)
    comes = [one.run for one in hers if one.enrolment.state == "seated"] + await meetings_of(me)
    coming = [(one.next_at, one.id, one) for one in comes if one.next_at]
    return page(
        request,
        "resident/home.html",
        next=min(coming)[2] if coming else None,
        offered=[one for one in hers if one.enrolment.state == "offered"],
        called_off=await called_off_before_next(comes),
        words_are_new=await agreed_to_older(me),
    )
