"""What was sent and what was changed, as files."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

from litestar import Response, post

from elderlearn.ground.spreadsheets.write_table import Column, Line
from elderlearn.ground.trail_queries import MOST, Change, changes_in
from elderlearn.locale import _
from elderlearn.notices.wording import SENTENCES
from elderlearn.people.notice_list import notices_of
from elderlearn.places.queries import place_by_id
from elderlearn.web.desk import notices, trail
from elderlearn.web.desk.reach import place_and_district
from elderlearn.web.shell.changes import what_changed, which_door, who_changed
from elderlearn.web.shell.downloads import Listed, download
from elderlearn.web.shell.forms import read_query
from elderlearn.web.shell.lists import Look
from elderlearn.web.shell.page import AnyRequest


@post("/notices/export", status_code=200)
async def export_notices(request: AnyRequest) -> Response[Any]:
    """`show` and `kind` as on the page, all of them; a sign-in code is nobody's business here either."""
    place_and_district(request, "read_notices")
    place_id, district_id = place_and_district(request, "read_lists")
    look = Look.of("/desk/notices", read_query(request), ("show", "kind"))
    shown, kind = look.one_of("show", notices.SHOWN, "look"), look.one_of("kind", SENTENCES, "")

    async def lines() -> AsyncIterator[Line]:
        before: int | None = None
        while found := await notices_of(
            place_id, district_id, states=notices.SHOWN[shown][1], kind=kind, before_id=before, limit=MOST
        ):
            for one in map(notices.message, found):
                sent = one.notice
                whom = sent.resident or sent.staff
                yield (sent.at, sent.sent_at, whom, sent.place, one.text, one.state_said)
            before = found[-1].id

    columns = [
        Column(_("Written"), "moment"), Column(_("Sent on"), "moment"), Column(_("To")), Column(_("Place")),
        Column(_("What it says"), width=60), Column(_("State"), width=26),
    ]  # fmt: skip
    place = await place_by_id(place_id)
    title = _("Messages to people of %(place)s", place=place.name)
    listed = Listed("notices", title, columns, lines(), (), look.given, names_people=True)
    return await download(request, listed, back=look.address())


@post("/trail/export", status_code=200)
async def export_trail(request: AnyRequest) -> Response[Any]:
    """`who`, `what`, `on` as on the page, all of them."""
    asked = trail.asked_of(request, read_query(request))
    place_and_district(request, "read_lists")

    async def lines() -> AsyncIterator[Line]:
        before: int | None = None
        while found := await changes_in(
            asked.district_id, who=asked.who, actions=asked.actions, on=asked.on, before_id=before, limit=MOST
        ):
            for one in found:
                yield _change(one)
            before = found[-1].id

    columns = [
        Column(_("When"), "moment"), Column(_("What"), width=34), Column(_("Who")),
        Column(_("Where it was done"), width=24), Column(_("Of what"), width=16),
        Column(_("Its number"), width=12), Column(_("Reason"), width=40),
    ]  # fmt: skip
    place = await place_by_id(asked.district_id)
    title = _("Record of changes in %(place)s", place=place.name)
    listed = Listed("trail", title, columns, lines(), (), asked.given, names_people=True)
    return await download(request, listed, back=asked.address)


def _change(one: Change) -> Line:
    reason = one.detail.get("reason")
    number = None if one.subject_id is None else str(one.subject_id)
    return (
        *(one.at, what_changed(one), who_changed(one), which_door(one)),
        *(one.subject, number, str(reason) if reason else None),
    )
