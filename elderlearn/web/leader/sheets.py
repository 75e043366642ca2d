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
from elderlearn.web.leader.hers import her_session, leader, session_path
from elderlearn.web.leader.part import part
from elderlearn.web.leader.refusals import REFUSALS
from elderlearn.web.shell.again import once, send_back, typed_before
from elderlearn.web.shell.forms import Form, read_form, read_query
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
async def ask_names(request: AnyRequest, session_id: FromPath[int]) -> Response[Any]:
    """Boxes for those expected and not here yet, sixty at a time, and a field for the numbers of all others."""
    session = await her_session(request, session_id, "type_sheet")
    return once(request, await _ask(request, session, typed_before(request)))


@post("/sessions/{session_id:int}/names", status_code=200)
async def take_names(request: AnyRequest, session_id: FromPath[int]) -> Response[Any]:
    """All at once; typed in twice is the same. With a bad line nothing is written, and what was typed stays."""
    session = await her_session(request, session_id, "type_sheet")
    form = await read_form(request)
    listed = {str(one.id): one for one in await at_hand(session_id, by=leader(request))}
    ticked = [listed[one].id for one in form.many("resident_id") if one in listed]
    typed = await _numbers(form)
    if not ticked and not typed and form.is_good:
        form.complain("numbers", _("Please tick a name, or type a number."))
    if not form.is_good:
        return await _again(request, session, form)
    sheet = await record_sheet(session.id, [*ticked, *typed][:MOST], by=leader(request))
    if sheet.refused:
        names = [listed[str(one.resident_id)].name for one in sheet.refused if str(one.resident_id) in listed]
        why = _(REFUSALS[sheet.refused[0].reason])
        if sheet.recorded:
            why = f"{_said(sheet)} {why}"
        form.complain("numbers", _("%(names)s: %(why)s", names=_(", ").join(names), why=why) if names else why)
        return await _again(request, session, form)
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


async def _again(request: AnyRequest, session: SessionCard, form: Form) -> Response[Any]:
    """Back to the form; a sheet too long for that is shown at once."""
    sent = send_back(request, session_path(session.id, "names"), form)
    return sent or await _ask(request, session, form, status=422)


async def _ask(request: AnyRequest, session: SessionCard, form: Form, *, status: int = 200) -> Response[Any]:
    people = await at_hand(session.id, by=leader(request))
    missing = [one for one in people if not one.is_here]
    return page(
        request,
        "leader/sessions/names.html",
        status=status,
        one=session,
        form=form,
        missing=part(missing, read_query(request), session_path(session.id, "names")),
        is_anybody_missing=bool(missing),
        has_list=session.entry != "drop_in",
        here=len(people) - len(missing),
    )
