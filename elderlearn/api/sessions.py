"""PATCH /sessions/{id} and GET /sessions/{id}/roster."""

from __future__ import annotations

from typing import Literal

from litestar import get, patch
from litestar.params import FromPath
from msgspec import Struct

from elderlearn.api.bodies import AnyRequest, read_body
from elderlearn.api.call import call
from elderlearn.api.guard import actor
from elderlearn.api.session_answer import SessionAnswer, session_answer
from elderlearn.api.words import Id, Moment, Reason, maybe_id, read_id
from elderlearn.catalogue.session_queries import session_card
from elderlearn.checkin.change_session import change_session
from elderlearn.checkin.queries import roster

REFUSES = ("invalid_sessions", "unknown_venue", "unknown_teacher", "course_ended", "reason_needed")


class SessionChange(Struct):
    """What is left out stays. With `starts_at` alone the length stays."""

    reason: Reason
    state: Literal["planned", "called_off"] | None = None
    starts_at: Moment | None = None
    ends_at: Moment | None = None
    venue_id: Id | None = None
    teacher_id: Id | None = None


class RosterLine(Struct):
    """`card_key` is the first 16 hex digits of SHA-256 of the card code, null without a card."""

    resident_id: str
    name_masked: str
    card_key: str | None
    state: str
    attended: bool
    attendance_id: str | None


@patch(
    "/sessions/{session_id:str}",
    opt=call("change_session", {200: SessionAnswer}, takes=SessionChange, refuses=REFUSES),
)
async def change_a_session(request: AnyRequest, session_id: FromPath[str]) -> SessionAnswer:
    """Everybody concerned gets a notice; the same change again tells nobody. The id stays."""
    id = read_id(session_id)
    body = await read_body(request, SessionChange)
    await change_session(
        id,
        state=body.state,
        starts_at=body.starts_at,
        ends_at=body.ends_at,
        venue_id=maybe_id(body.venue_id),
        teacher_id=maybe_id(body.teacher_id),
        reason=body.reason,
        by=actor(request),
    )
    return session_answer(await session_card(id))


@get("/sessions/{session_id:str}/roster", opt=call("read_roster", {200: list[RosterLine]}))
async def show_roster(request: AnyRequest, session_id: FromPath[str]) -> list[RosterLine]:
    """Those expected and those who came, names masked. `attendance_id` is what may be voided."""
    return [
        RosterLine(
            resident_id=str(one.resident_id),
            name_masked=one.name_masked,
            card_key=one.card_key,
            state=one.state,
            attended=one.attended,
            attendance_id=str(one.attendance_id) if one.attendance_id else None,
        )
        for one in await roster(read_id(session_id), by=actor(request))
    ]
