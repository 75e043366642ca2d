"""What the district aims at: typed with the plan it comes from; earlier aims stay readable."""

from __future__ import annotations

import re
import unicodedata
from typing import Any

from litestar import Request, Response, get, post

from elderlearn.ground.actor import Actor
from elderlearn.ground.clock import today
from elderlearn.ground.errors import Missing, Refusal
from elderlearn.locale import _
from elderlearn.participation.targets import aims_of, set_target
from elderlearn.people.roles import may
from elderlearn.web.shell.again import once, send_back, status_of, typed_before
from elderlearn.web.shell.forms import Form, read_form
from elderlearn.web.shell.guards import signed_in
from elderlearn.web.shell.page import go, page

PATH = "/office/targets"
PER_CENT = re.compile(r"([0-9]{1,3})(?:\.([0-9]))?\s*%?")
AnyRequest = Request[Any, Any, Any]


@get("/targets")
async def list_aims(request: AnyRequest) -> Response[Any]:
    """All of them, and a form for the next."""
    _district(request, "read_reports")
    form = typed_before(request)
    return once(request, await _show(request, form if form.errors else Form.of(starts_on=today().isoformat())))


@post("/targets", status_code=200)
async def take_aim(request: AnyRequest) -> Response[Any]:
    """From a day on; what was aimed at until then ends the day before."""
    district_id = _district(request, "change_rule")
    form = await read_form(request)
    per_mille = _per_mille(form)
    starts_on = form.day("starts_on", need=_("Please write from which day on."))
    source = form.text("source", need=_("Please write which plan says so."))
    if form.is_good and per_mille is not None and starts_on is not None:
        by = Actor("staff", signed_in(request).id, "office")
        try:
            await set_target(district_id, per_mille, starts_on=starts_on, source=source, by=by)
        except Refusal:
            form.complain("per_cent", _("Please write a share from 0.1 to 100 per cent."))
        else:
            return go(request, PATH, said=_("Saved. Reports compare with it from that day on."))
    return send_back(request, PATH, form) or await _show(request, form)


AIMS = (list_aims, take_aim)


async def _show(request: AnyRequest, form: Form) -> Response[Any]:
    return page(
        request,
        "office/rules/aims.html",
        status=status_of(request, form),
        form=form,
        aims=await aims_of(_district(request, "read_reports")),
        may_change=may(signed_in(request).role, "change_rule"),
    )


def _per_mille(form: Form) -> int | None:
    """`35`, `33.5` or `35 %`; full-width figures are fine."""
    typed = unicodedata.normalize("NFKC", form.text("per_cent", need=_("Please write the share aimed at.")))
    found = PER_CENT.fullmatch(typed)
    if typed and found is None:
        form.complain("per_cent", _("Please write a share from 0.1 to 100 per cent."))
    return int(found[1]) * 10 + int(found[2] or 0) if found else None


def _district(request: AnyRequest, action: str) -> int:
    """Raises Missing for everybody but the district's own people."""
    viewer = signed_in(request)
    if viewer.district_id is None or viewer.place_id != viewer.district_id or not may(viewer.role, action):
        raise Missing
    return viewer.district_id
