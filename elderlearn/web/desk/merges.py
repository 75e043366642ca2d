"""Merges of the last time, each with its way back."""

from __future__ import annotations

from typing import Any

from litestar import Response, get, post
from litestar.params import FromPath

from elderlearn.ground.errors import Missing, Refusal
from elderlearn.locale import _, ngettext
from elderlearn.stewardship.unmerge import Unmerged, unmerge
from elderlearn.stewardship.would_merge import may_undo, merge_of, merges_of
from elderlearn.web.desk.person_forms import complain
from elderlearn.web.desk.reach import by, person_of, place_and_district
from elderlearn.web.shell.again import once, send_back, status_of, typed_before
from elderlearn.web.shell.forms import Form, read_form, read_query
from elderlearn.web.shell.ids import id_in_address
from elderlearn.web.shell.lists import A_PAGE, Look
from elderlearn.web.shell.page import AnyRequest, go, page


@get("/merges")
async def list_merges(request: AnyRequest) -> Response[Any]:
    """Who was put together, by whom and why."""
    place_id, district_id = place_and_district(request, "merge_people")
    look = Look.of("/desk/merges", read_query(request), ())
    found = await merges_of(district_id, place_id, limit=A_PAGE, offset=look.offset)
    return page(
        request,
        "desk/duplicates/merges.html",
        look=look,
        merges=[(one, may_undo(one)) for one in found[:A_PAGE]],
        later=look.address(page=look.number + 1) if len(found) > A_PAGE else "",
    )


@get("/merges/{merge_id:int}/undo")
async def ask_undo(request: AnyRequest, merge_id: FromPath[int]) -> Response[Any]:
    """What goes back, before it happens."""
    return once(request, await _screen(request, merge_id, typed_before(request)))


@post("/merges/{merge_id:int}/undo", status_code=200)
async def take_undo(request: AnyRequest, merge_id: FromPath[int]) -> Response[Any]:
    """Two people again."""
    found = await _hers(request, merge_id)
    form = await read_form(request)
    try:
        done = await unmerge(found, reason=form.text("reason"), by=by(request))
    except Refusal as refusal:
        complain(form, refusal, "reason")
        path = f"/desk/merges/{found}/undo"
        return send_back(request, path, form) or await _screen(request, merge_id, form)
    return go(request, f"/desk/people/{done.kept}", said=_told(done))


async def _hers(request: AnyRequest, merge_id: int) -> int:
    """Raises Missing unless the one who stayed is hers to look at."""
    found = await merge_of(id_in_address(merge_id))
    await person_of(request, found.kept, "merge_people")
    return found.id


async def _screen(request: AnyRequest, merge_id: int, form: Form) -> Response[Any]:
    found = await merge_of(await _hers(request, merge_id))
    if not may_undo(found) and not form.errors:
        raise Missing
    return page(request, "desk/duplicates/undo.html", status=status_of(request, form), form=form, merge=found)


def _told(done: Unmerged) -> str:
    told = ngettext(
        "Two people again. %(n)s visit went back.", "Two people again. %(n)s visits went back.",
        done.attendances + done.since,
    )  # fmt: skip
    if done.seats_lost:
        told += " " + _("A seat that went to somebody else does not come back: please enrol again.")
    return told
