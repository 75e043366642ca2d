"""POST /enrolments and their withdrawal."""

from __future__ import annotations

from litestar import Response, post
from litestar.params import FromPath
from msgspec import Struct

from elderlearn.api.bodies import AnyRequest, read_body
from elderlearn.api.call import call
from elderlearn.api.guard import actor, viewer
from elderlearn.api.reach import enrolment_within, may_seat
from elderlearn.api.words import Channel, Id, read_id
from elderlearn.enrolment.enrol import enrol
from elderlearn.enrolment.withdraw import withdraw

REFUSES = (
    "not_open",
    "closed",
    "too_young",
    "too_old",
    "wrong_place",
    "limit_reached",
    "overlap",
    "removed_by_staff",
    "not_offered",
    "line_over",
    "not_your_round",
    "no_round_left",
    "not_first_time",
    "prerequisite_missing",
    "signature_needed",
    "contact_needed",
    "health_notice_needed",
)


class EnrolmentBody(Struct):
    run_id: Id
    resident_id: Id
    channel: Channel


class EnrolmentAnswer(Struct):
    """`position` from 1 among those waiting now, else null."""

    enrolment_id: str
    state: str
    position: int | None


class WithdrawalAnswer(Struct):
    state: str


@post(
    "/enrolments",
    opt=call("enrol_other", {201: EnrolmentAnswer, 200: EnrolmentAnswer}, takes=EnrolmentBody, refuses=REFUSES),
)
async def enrol_a_resident(request: AnyRequest) -> Response[EnrolmentAnswer]:
    """201 for a new request, also after a withdrawal; 200 with the present state when asked again.

    The run must be within the token's reach, or the resident be, in a run of the same district; else 404.
    """
    body = await read_body(request, EnrolmentBody)
    run_id, resident_id = read_id(body.run_id), read_id(body.resident_id)
    await may_seat(viewer(request), run_id, resident_id)
    done = await enrol(run_id, resident_id, body.channel, by=actor(request))
    answer = EnrolmentAnswer(str(done.enrolment_id), done.state, done.position)
    return Response(answer, status_code=201 if done.is_new else 200)


@post(
    "/enrolments/{enrolment_id:str}/withdrawal",
    status_code=200,
    opt=call("withdraw_other", {200: WithdrawalAnswer}),
)
async def withdraw_an_enrolment(request: AnyRequest, enrolment_id: FromPath[str]) -> WithdrawalAnswer:
    """Twice is the same. No body is needed. The next in line is seated at once and told."""
    id = read_id(enrolment_id)
    await enrolment_within(viewer(request), id)
    done = await withdraw(id, by=actor(request))
    return WithdrawalAnswer(done.state)
