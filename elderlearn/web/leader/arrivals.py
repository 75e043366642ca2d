"""People check themselves in: the screen, posters where there is none, and whom the leader has to look for."""

from __future__ import annotations

import asyncio
from typing import Any

from litestar import Request, Response, get, post
from litestar.params import FromPath

from elderlearn.catalogue.session_queries import SessionCard, sessions_of
from elderlearn.checkin.claim import poster_address
from elderlearn.checkin.poster import PosterWords, posters
from elderlearn.checkin.queries import presence_of
from elderlearn.checkin.resolve_count import count_it
from elderlearn.checkin.rules import LATE
from elderlearn.checkin.said_here import who_said
from elderlearn.ground.clock import now
from elderlearn.ground.errors import Refusal
from elderlearn.locale import _, ngettext
from elderlearn.places.queries import district_setting
from elderlearn.web.leader.cards import card
from elderlearn.web.leader.hers import her_session, leader, session_path
from elderlearn.web.leader.refusals import REFUSALS
from elderlearn.web.shell.dates import full_date, hours, weekday
from elderlearn.web.shell.forms import read_form
from elderlearn.web.shell.numbers import spaced_phone
from elderlearn.web.shell.page import go, page
from elderlearn.web.shell.refusals import sentence

AnyRequest = Request[Any, Any, Any]
PAGE = "arrivals"
MOST_POSTERS = 20  # half a year of weekly sessions; a page takes a third of a second to draw


@get("/sessions/{session_id:int}/arrivals")
async def show_arrivals(request: AnyRequest, session_id: FromPath[int]) -> Response[Any]:
    """The ways to the code, and a box for everybody who said by a poster that she is here."""
    session = await her_session(request, session_id)
    one = card(session, (await presence_of([session_id]))[session_id], moment=now())
    said = await who_said(session_id, by=leader(request))
    coming = len(await _coming(session))
    return page(request, "leader/venue/arrivals.html", one=one, said_here=said, coming=coming)


@post("/sessions/{session_id:int}/arrivals", status_code=200)
async def confirm(request: AnyRequest, session_id: FromPath[int]) -> Response[Any]:
    """Those ticked count from now on; the others wait on. Twice is the same."""
    session = await her_session(request, session_id)
    by, ticked = leader(request), (await read_form(request)).many("scan")
    seen = [one for one in await who_said(session.id, by=by) if str(one.scan_id) in ticked]
    back = session_path(session.id, PAGE)
    if not seen:
        return go(request, back, said=_("Please tick whom you see."), tone="wait")
    try:
        for one in seen:
            await count_it(one.scan_id, by=by)
    except Refusal as refusal:
        return go(request, back, said=sentence(refusal, REFUSALS), tone="no")
    said = ngettext("%(n)s person is checked in.", "%(n)s people are checked in.", len(seen))
    return go(request, back, said=said)


@post("/sessions/{session_id:int}/poster", status_code=200)
async def print_poster(request: AnyRequest, session_id: FromPath[int]) -> Response[Any]:
    """A PDF of this session, or of all that are still to come."""
    session, back = await her_session(request, session_id), session_path(session_id, PAGE)
    wants_all = (await read_form(request)).value("all") == "yes"
    meant = await _coming(session) if wants_all else [session]
    setting = await district_setting(session.district_id)
    phone = spaced_phone(setting.help_phone) if setting.help_phone else ""
    words = [PosterWords(poster_address(one.id), one.title, _on_paper(one), _where(one)) for one in meant]
    if not words:
        return go(request, back, said=_("No session of this course is still to come."), tone="wait")
    try:
        drawn = await asyncio.to_thread(posters, words, setting.title, phone)
    except Refusal as refusal:
        return go(request, back, said=sentence(refusal, REFUSALS), tone="no")
    return Response(
        drawn,
        media_type="application/pdf",
        headers={"Content-Disposition": f'attachment; filename="poster-{session_id}.pdf"'},
    )


@get("/sessions/{session_id:int}/poster")
async def ask_poster(request: AnyRequest, session_id: FromPath[int]) -> Response[Any]:
    """Where a reload lands."""
    return go(request, session_path(session_id, PAGE))


async def _coming(session: SessionCard) -> list[SessionCard]:
    moment = now()
    found = await sessions_of(session.run_id)
    return [one for one in found if one.state == "planned" and one.ends_at + LATE >= moment][:MOST_POSTERS]


def _on_paper(one: SessionCard) -> str:
    """A poster hangs for days: never "tomorrow"."""
    return f"{full_date(one.starts_at)} {weekday(one.starts_at)} {hours(one.starts_at, one.ends_at)}"


def _where(one: SessionCard) -> str:
    return " · ".join(dict.fromkeys(filter(None, (one.venue, one.organisation_name))))
