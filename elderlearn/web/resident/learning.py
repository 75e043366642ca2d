"""My learning: her seats, her places in line, the past."""

from __future__ import annotations

from typing import Any

from litestar import Response, get

from elderlearn.catalogue.join_queries import societies_of
from elderlearn.enrolment.queries import Learning, enrolments_of
from elderlearn.ground.clock import now
from elderlearn.web.shell.guards import signed_in
from elderlearn.web.shell.page import AnyRequest, page

HOLDS = ("seated", "offered", "waiting")


@get("/my")
async def list_learning(request: AnyRequest) -> Response[Any]:
    """What goes on first, the next class on top; then what is over or was given back."""
    listed = await enrolments_of(signed_in(request).id, with_ended=True)
    societies = await societies_of(signed_in(request).id)
    present = [one for one in listed if _goes_on(one)]
    past = [one for one in listed if not _goes_on(one)]
    return page(request, "resident/learning/index.html", present=present, past=past[::-1], societies=societies)


def _goes_on(one: Learning) -> bool:
    is_over = one.run.ends_at is not None and one.run.ends_at < now()
    return one.enrolment.state in HOLDS and not is_over
