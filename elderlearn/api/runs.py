"""POST /runs: a course held once, with its sessions."""

from __future__ import annotations

from typing import Annotated

from litestar import post
from msgspec import Meta, Struct

from elderlearn.api.bodies import AnyRequest, read_body
from elderlearn.api.call import call
from elderlearn.api.guard import actor, viewer
from elderlearn.api.reach import course_within
from elderlearn.api.words import Age, Allocation, Entry, Id, Moment, PlaceCode, RunKind, Seats, maybe_id, read_id
from elderlearn.catalogue.new_run import NewRun
from elderlearn.catalogue.runs import add_run
from elderlearn.catalogue.schedule import Times
from elderlearn.people.sign_in.who import SignedIn

REFUSES = (
    "not_offered",
    "seats_required",
    "invalid_seats",
    "invalid_window",
    "invalid_ages",
    "invalid_sessions",
    "unknown_place",
    "unknown_term",
    "course_ended",
)


class SessionBody(Struct):
    starts_at: Moment
    ends_at: Moment


class RulesBody(Struct):
    """Who may enrol; `places` are codes of places whose residents may."""

    min_age: Age | None = None
    max_age: Age | None = None
    places: Annotated[list[PlaceCode], Meta(max_length=300)] = []


class RunBody(Struct):
    """`seats`, `opens_at` and `closes_at` are needed for `entry: enrol` only."""

    course_id: Id
    sessions: Annotated[list[SessionBody], Meta(min_length=1, max_length=400)]
    kind: RunKind = "class"
    entry: Entry = "enrol"
    seats: Seats | None = None
    opens_at: Moment | None = None
    closes_at: Moment | None = None
    allocation: Allocation = "first_come"
    term_id: Id | None = None
    rules: RulesBody | None = None


class AddedRunAnswer(Struct):
    """`session_ids` in the order the sessions were sent."""

    run_id: str
    session_ids: list[str]


@post("/runs", opt=call("add_run", {201: AddedRunAnswer}, takes=RunBody, refuses=REFUSES))
async def add_a_run(request: AnyRequest) -> AddedRunAnswer:
    """Sessions may lie in the past: records kept late. A leader leads the run she opens."""
    body, seen = await read_body(request, RunBody), viewer(request)
    await course_within(seen, read_id(body.course_id))
    added = await add_run(_new(body, seen), by=actor(request))
    return AddedRunAnswer(str(added.run_id), [str(one) for one in added.session_ids])


def _new(body: RunBody, seen: SignedIn) -> NewRun:
    rules = body.rules or RulesBody()
    return NewRun(
        course_id=read_id(body.course_id),
        sessions=tuple(Times(one.starts_at, one.ends_at) for one in body.sessions),
        kind=body.kind,
        entry=body.entry,
        allocation=body.allocation,
        seats=body.seats,
        opens_at=body.opens_at,
        closes_at=body.closes_at,
        term_id=maybe_id(body.term_id),
        min_age=rules.min_age,
        max_age=rules.max_age,
        places=tuple(rules.places),
        leaders=(seen.id,) if seen.role == "leader" else (),
    )
