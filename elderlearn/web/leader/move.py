"""A session gets another time, room or teacher: what is new, then who will be told, then it is done."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from litestar import Request, Response, get, post
from litestar.params import FromPath

from elderlearn.catalogue.activities import teachers_at, venues_around
from elderlearn.catalogue.schedule import Times
from elderlearn.catalogue.session_queries import SessionCard
from elderlearn.checkin.change_session import change_session
from elderlearn.checkin.would_be_told import would_be_told
from elderlearn.ground.errors import Refusal
from elderlearn.locale import _
from elderlearn.web.leader.clock_fields import filled, lengths, read_times
from elderlearn.web.leader.hers import her_session, leader, session_path
from elderlearn.web.leader.reasons import CALL_OFF, buttons, read_reason
from elderlearn.web.leader.refusals import REFUSALS
from elderlearn.web.shell.forms import Form, read_form, read_query
from elderlearn.web.shell.ids import id_sent
from elderlearn.web.shell.page import go, page
from elderlearn.web.shell.refusals import sentence

AnyRequest = Request[Any, Any, Any]
NAMES = ("on", "starts", "minutes", "venue_id", "teacher_id", "reason", "words")


@dataclass(frozen=True)
class Move:
    """What is to be; ids are none where it stays as it is."""

    times: Times
    venue_id: int | None
    teacher_id: int | None
    reason: str


@get("/sessions/{session_id:int}/move")
async def ask_move(request: AnyRequest, session_id: FromPath[int]) -> Response[Any]:
    """The form, filled with what is planned, or with what stands in the address."""
    session = await her_session(request, session_id, "change_session")
    return await _ask(request, session, read_query(request))


@get("/sessions/{session_id:int}/move/check")
async def check_move(request: AnyRequest, session_id: FromPath[int]) -> Response[Any]:
    """What will be different and who is told; nothing is written yet."""
    session = await her_session(request, session_id, "change_session")
    form = read_query(request)
    move = _read(form, session)
    if move is not None and not _differs(move, session):
        form.complain("on", _("This is how it is planned already. Please change what is to be different."))
    rooms, teachers = await _rooms(session), await _teachers(session)
    if move is not None and move.venue_id is not None and move.venue_id not in dict(rooms):
        form.complain("venue_id", _("This room is not there any more. Please choose another one."))
    if move is not None and move.teacher_id is not None and move.teacher_id not in dict(teachers):
        form.complain("teacher_id", _("This teacher is not there any more. Please choose another one."))
    if move is None or not form.is_good:
        return await _ask(request, session, form, status=422)
    return page(
        request,
        "leader/sessions/move_check.html",
        one=session,
        move=move,
        room=dict(rooms).get(move.venue_id or 0),
        teacher=dict(teachers).get(move.teacher_id or 0),
        is_moved=_is_moved(move, session),
        sent=[(name, form.value(name)) for name in NAMES if form.value(name)],
        back=_address(session, form),
        told=await would_be_told(session.id, by=leader(request)),
    )


@post("/sessions/{session_id:int}/move", status_code=200)
async def move_session(request: AnyRequest, session_id: FromPath[int]) -> Response[Any]:
    """Written down, and everybody concerned is told; twice is the same."""
    session = await her_session(request, session_id, "change_session")
    form = await read_form(request)
    move = _read(form, session)
    if move is None:
        return go(request, _address(session, form), said=next(iter(form.errors.values())), tone="no")
    try:
        await change_session(
            session.id, starts_at=move.times.starts_at, ends_at=move.times.ends_at, venue_id=move.venue_id,
            teacher_id=move.teacher_id, reason=move.reason, by=leader(request),
        )  # fmt: skip
    except Refusal as refusal:
        return go(request, _address(session, form), said=sentence(refusal, REFUSALS), tone="no")
    return go(request, session_path(session.id, "told"), said=_("The change is written down."))


def _read(form: Form, session: SessionCard) -> Move | None:
    times = read_times(form, present=_minutes(session))
    reason = read_reason(form, CALL_OFF, "words")
    if times is None or not form.is_good:
        return None
    return Move(times, id_sent(form.value("venue_id")), id_sent(form.value("teacher_id")), reason)


def _is_moved(move: Move, session: SessionCard) -> bool:
    return (move.times.starts_at, move.times.ends_at) != (session.starts_at, session.ends_at)


def _differs(move: Move, session: SessionCard) -> bool:
    is_elsewhere = move.venue_id not in (None, session.venue_id)
    return _is_moved(move, session) or is_elsewhere or move.teacher_id not in (None, session.teacher_id)


def _address(session: SessionCard, form: Form) -> str:
    query = urlencode({name: form.value(name) for name in NAMES if form.value(name)})
    return session_path(session.id, "move") + (f"?{query}" if query else "")


async def _rooms(session: SessionCard) -> list[tuple[int, str]]:
    rooms = [(one.id, one.name) for one in await venues_around(session.organisation_id)]
    return [one for one in rooms if one[0] != session.venue_id]


async def _teachers(session: SessionCard) -> list[tuple[int, str]]:
    return [one for one in await teachers_at(session.organisation_id) if one[0] != session.teacher_id]


async def _ask(request: AnyRequest, session: SessionCard, form: Form, *, status: int = 200) -> Response[Any]:
    if session.state == "called_off":
        return go(request, session_path(session.id, "change"))
    minutes = _minutes(session)
    form.typed = {**Form.of(**filled(session.starts_at, minutes)).typed, **form.typed}
    return page(
        request,
        "leader/sessions/move.html",
        status=status,
        one=session,
        form=form,
        reasons=buttons(CALL_OFF),
        lengths=lengths(minutes),
        venues=await _rooms(session),
        teachers=await _teachers(session),
    )


def _minutes(session: SessionCard) -> int:
    return int((session.ends_at - session.starts_at).total_seconds() // 60)
