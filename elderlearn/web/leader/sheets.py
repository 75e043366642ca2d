"""The paper sheet: printed before, typed in afterwards, many names at once."""

from __future__ import annotations

from typing import Any

from litestar import Request, Response, get, post
from litestar.params import FromPath

from elderlearn.catalogue.session_queries import SessionCard
from elderlearn.checkin.at_hand import at_hand
from elderlearn.checkin.sheet import MOST, Sheet, record_sheet
from elderlearn.checkin.typed_sheet import people_on
from elderlearn.locale import _, ngettext
from elderlearn.web.leader.hers import her_session, session_path
from elderlearn.web.leader.refusals import REFUSALS
from elderlearn.web.leader.session import leader
from elderlearn.web.shell.forms import Form, read_form
from elderlearn.web.shell.page import go, page

AnyRequest = Request[Any, Any, Any]
ONE_PAGE = 18  # rows of 11 mm that fit on an A4 below a heading of three lines
SPARE = 3
MOST_LINES = 500


@get("/sessions/{session_id:int}/sheet")
async def show_sheet(request: AnyRequest, session_id: FromPath[int]) -> Response[str]:
    """A4: the names of those expected, then empty rows to write in."""
    session = await her_session(request, session_id, "read_roster")
    expected = [one for one in await at_hand(session_id, by=leader(request)) if one.is_expected]
    blank = max(ONE_PAGE - len(expected), SPARE)
    return page(request, "leader/sessions/sheet.html", one=session, expected=expected, blank=blank)


@get("/sessions/{session_id:int}/names")
async def ask_names(request: AnyRequest, session_id: FromPath[int]) -> Response[str]:
    """Boxes for those expected and not here yet, and a field for the numbers of all others."""
    return await _ask(request, await her_session(request, session_id, "type_sheet"), Form())


@post("/sessions/{session_id:int}/names", status_code=200)
async def take_names(request: AnyRequest, session_id: FromPath[int]) -> Response[Any]:
    """All at once; typed in twice is the same. With a bad line nothing is written, and what was typed stays."""
    session = await her_session(request, session_id, "type_sheet")
    form = await read_form(request)
    listed = {str(one.id): one.id for one in await at_hand(session_id, by=leader(request))}
    ticked = [listed[one] for one in form.many("resident_id") if one in listed]
    typed = await _numbers(form)
    if not ticked and not typed and form.is_good:
        form.complain("numbers", _("Please tick a name, or type a number."))
    if not form.is_good:
        return await _ask(request, session, form, status=422)
    sheet = await record_sheet(session.id, [*ticked, *typed][:MOST], by=leader(request))
    if sheet.refused:
        form.complain("numbers", _(REFUSALS[sheet.refused[0].reason]))
        return await _ask(request, session, form, status=422)
    return go(request, session_path(session.id), said=_said(sheet))


async def _numbers(form: Form) -> list[int]:
    lines = form.value("numbers").splitlines()
    if len(lines) > MOST_LINES:
        form.complain("numbers", _("Please type at most %(most)s lines at once.", most=MOST_LINES))
        return []
    people, bad = await people_on(lines)
    if bad:
        form.complain(
            "numbers",
            " ".join(
                _(
                    "Line %(line)s (%(typed)s): %(why)s",
                    line=one.line,
                    typed=one.typed[:20],
                    why=_(REFUSALS[one.reason]),
                )
                for one in bad[:5]
            ),
        )
    return people


def _said(sheet: Sheet) -> str:
    said = ngettext("%(n)s name written down.", "%(n)s names written down.", len(sheet.recorded))
    if sheet.already_present:
        said += " " + ngettext("%(n)s was here already.", "%(n)s were here already.", len(sheet.already_present))
    return said


async def _ask(request: AnyRequest, session: SessionCard, form: Form, *, status: int = 200) -> Response[str]:
    people = await at_hand(session.id, by=leader(request))
    return page(
        request,
        "leader/sessions/names.html",
        status=status,
        one=session,
        form=form,
        missing=[one for one in people if not one.is_here],
        here=sum(1 for one in people if one.is_here),
    )
