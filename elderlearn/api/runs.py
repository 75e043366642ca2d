"""POST /runs: a course held once, with its sessions."""

from __future__ import annotations

from datetime import timedelta
from typing import Annotated

from litestar import post
from msgspec import Meta, Struct

from elderlearn.api.bodies import AnyRequest, read_body
from elderlearn.api.call import call
from elderlearn.api.conditions import (
    RoundBodies,
    RulesBody,
    ShareBodies,
    rounds_of,
    shares_of,
    wrong_rounds,
    wrong_shares,
)
from elderlearn.api.errors import Unusable
from elderlearn.api.guard import actor, viewer
from elderlearn.api.problems import FieldError
from elderlearn.api.reach import course_within
from elderlearn.api.words import Allocation, Entry, Id, Moment, RunKind, Seats, maybe_id, read_id
from elderlearn.catalogue.new_run import NewRun
from elderlearn.catalogue.schedule import LONGEST, Times
from elderlearn.enrolment.plan_run import plan_run
from elderlearn.people.sign_in.who import SignedIn

REFUSES = (
    "not_offered",
    "unknown_place",
    "unknown_term",
    "unknown_course",
    "course_ended",
)


class SessionBody(Struct):
    starts_at: Moment
    ends_at: Moment


class RunBody(Struct):
    """`seats`, `opens_at` and `closes_at` are needed for `entry: enrol` only; `rounds` bring their own window."""

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
    rounds: RoundBodies = []
    shares: ShareBodies = []


class AddedRunAnswer(Struct):
    """`session_ids` in the order the sessions were sent."""

    run_id: str
    session_ids: list[str]


@post("/runs", opt=call("add_run", {201: AddedRunAnswer}, takes=RunBody, refuses=REFUSES))
async def add_a_run(request: AnyRequest) -> AddedRunAnswer:
    """Sessions may lie in the past: records kept late. A leader leads the run she opens.

    Saved with all its rounds, rules and shares, or not at all.
    """
    body, seen = await read_body(request, RunBody), viewer(request)
    _check_together(body)
    await course_within(seen, read_id(body.course_id))
    added = await plan_run(_new(body, seen), shares_of(body.shares), by=actor(request))
    return AddedRunAnswer(str(added.run_id), [str(one) for one in added.session_ids])


def _check_together(body: RunBody) -> None:
    """What no single field shows: a body whose parts do not fit is as bad as one that cannot be read."""
    window = () if body.rounds else ("opens_at", "closes_at")
    needed = ("seats", *window) if body.entry == "enrol" else ()
    wrong = [FieldError(one, "needed for entry enrol") for one in needed if getattr(body, one) is None]
    unfit = ("rounds", "shares") if body.entry != "enrol" else ()
    wrong += [FieldError(one, "only for entry enrol") for one in unfit if getattr(body, one)]
    wrong += wrong_rounds(body.rounds, body.opens_at, body.closes_at)
    wrong += wrong_shares(body.shares, body.seats)
    if body.opens_at and body.closes_at and body.closes_at <= body.opens_at:
        wrong.append(FieldError("closes_at", "must be after opens_at"))
    rules = body.rules or RulesBody()
    if rules.min_age is not None and rules.max_age is not None and rules.max_age < rules.min_age:
        wrong.append(FieldError("rules.max_age", "must not be below min_age"))
    for number, one in enumerate(body.sessions):
        if not timedelta() < one.ends_at - one.starts_at <= LONGEST:
            wrong.append(FieldError(f"sessions[{number}].ends_at", "must be within 24 hours after starts_at"))
    if wrong:
        raise Unusable("bad_body", *wrong)


def _new(body: RunBody, seen: SignedIn) -> NewRun:
    rules, rounds = body.rules or RulesBody(), rounds_of(body.rounds)
    return NewRun(
        course_id=read_id(body.course_id),
        sessions=tuple(Times(one.starts_at, one.ends_at) for one in body.sessions),
        kind=body.kind,
        entry=body.entry,
        allocation=body.allocation,
        seats=body.seats,
        opens_at=min(one.opens_at for one in rounds) if rounds else body.opens_at,
        closes_at=max(one.closes_at for one in rounds) if rounds else body.closes_at,
        term_id=maybe_id(body.term_id),
        min_age=rules.min_age,
        max_age=rules.max_age,
        places=tuple(rules.places),
        leaders=(seen.id,) if seen.role == "leader" else (),
        rounds=rounds,
        rules=rules.more,
    )
