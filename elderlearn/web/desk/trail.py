"""What was changed in the district: for the district itself and for its auditor."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from litestar import Response, get

from elderlearn.ground.errors import Missing
from elderlearn.ground.pinyin import spelled
from elderlearn.ground.trail_queries import Change, changes_in
from elderlearn.locale import _
from elderlearn.places.queries import place_by_id
from elderlearn.web.desk.reach import place_and_district
from elderlearn.web.shell.changes import ACTIONS
from elderlearn.web.shell.forms import Form, read_query
from elderlearn.web.shell.ids import BIGGEST_ID
from elderlearn.web.shell.page import AnyRequest, page

A_PAGE = 40
PAGES = {
    "resident": "/desk/people",
    "staff": "/desk/staff",
    "course_run": "/planning/runs",
}  # of the thing changed


@dataclass(frozen=True)
class Asked:
    """What the address asks for."""

    district_id: int
    who: str
    actions: list[str] | None
    on: date | None
    given: Mapping[str, str]

    @property
    def address(self) -> str:
        """The first page of it."""
        return f"/desk/trail?{urlencode(self.given)}"


def asked_of(request: AnyRequest, form: Form) -> Asked:
    """Raises Missing for everybody but the district and its auditor."""
    place_id, district_id = place_and_district(request, "read_trail")
    if place_id != district_id:  # the trail of a district names people of all its streets
        raise Missing
    action = form.value("what") if form.value("what") in ACTIONS else ""
    given = {name: form.value(name)[:60] for name in ("who", "what", "on") if form.value(name)}
    return Asked(district_id, form.value("who")[:60], [action] if action else None, form.day("on"), given)


@get("/trail")
async def show_trail(request: AnyRequest) -> Response[Any]:
    """The latest first, by who, what and day."""
    form = read_query(request)
    asked = asked_of(request, form)
    found = await changes_in(
        asked.district_id,
        who=asked.who,
        actions=asked.actions,
        on=asked.on,
        before_id=form.number("before", low=1, high=BIGGEST_ID),
        limit=A_PAGE + 1,
    )
    first = asked.address
    return page(
        request,
        "desk/trail.html",
        form=form,
        changed=[(one, _address(one)) for one in found[:A_PAGE]],
        actions=sorted(((one, _(said)) for one, said in ACTIONS.items()), key=lambda pair: spelled(pair[1])),
        earlier=first if form.value("before") else "",
        later=f"{first}&before={found[A_PAGE - 1].id}" if len(found) > A_PAGE else "",
        place=await place_by_id(asked.district_id),
    )


def _address(change: Change) -> str:
    """Where the thing is looked at, if it has a page."""
    if change.subject not in PAGES or change.subject_id is None:
        return ""
    return f"{PAGES[change.subject]}/{change.subject_id}"
