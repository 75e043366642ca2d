"""Scans that wait for somebody to look."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from litestar import Response, get, post
from litestar.params import FromPath

from elderlearn.checkin.unclear import Whose
from elderlearn.web.leader.hers import leader
from elderlearn.web.shell.conflict import show_one
from elderlearn.web.shell.conflict_decisions import take_count, take_drop, take_session, take_undo
from elderlearn.web.shell.conflict_person import ask_person, take_number, take_person
from elderlearn.web.shell.conflicts import AnyRequest, Here, days_of, show_list
from elderlearn.web.shell.guards import signed_in

ONE = "/conflicts/{scan_id:uuid}"


async def _here(request: AnyRequest) -> Here:
    """Those of the sessions she leads."""
    by, viewer = leader(request), signed_in(request)
    return Here("/lead/conflicts", "leader", by, Whose(staff_id=by.id), True, await days_of(viewer.district_id))


@get("/conflicts")
async def list_conflicts(request: AnyRequest) -> Response[Any]:
    """`show` which list, `reason`, `age`, `session`; the latest first."""
    return await show_list(request, await _here(request))


@get(ONE)
async def show_conflict(request: AnyRequest, scan_id: FromPath[UUID]) -> Response[Any]:
    """What happened, and what each button would do."""
    return await show_one(request, await _here(request), scan_id)


@get(f"{ONE}/person")
async def ask_conflict_person(request: AnyRequest, scan_id: FromPath[UUID]) -> Response[Any]:
    """Who it was: `q` searches, `who` is somebody chosen."""
    return await ask_person(request, await _here(request), scan_id)


@post(f"{ONE}/count", status_code=200)
async def count_conflict(request: AnyRequest, scan_id: FromPath[UUID]) -> Response[Any]:
    """She was there."""
    return await take_count(request, await _here(request), scan_id)


@post(f"{ONE}/session", status_code=200)
async def choose_conflict_session(request: AnyRequest, scan_id: FromPath[UUID]) -> Response[Any]:
    """It was another session."""
    return await take_session(request, await _here(request), scan_id)


@post(f"{ONE}/number", status_code=200)
async def type_conflict_number(request: AnyRequest, scan_id: FromPath[UUID]) -> Response[Any]:
    """It was whoever has this number on her card."""
    return await take_number(request, await _here(request), scan_id)


@post(f"{ONE}/person", status_code=200)
async def choose_conflict_person(request: AnyRequest, scan_id: FromPath[UUID]) -> Response[Any]:
    """It was another person."""
    return await take_person(request, await _here(request), scan_id)


@post(f"{ONE}/drop", status_code=200)
async def drop_conflict(request: AnyRequest, scan_id: FromPath[UUID]) -> Response[Any]:
    """It counts nothing."""
    return await take_drop(request, await _here(request), scan_id)


@post(f"{ONE}/undo", status_code=200)
async def undo_conflict(request: AnyRequest, scan_id: FromPath[UUID]) -> Response[Any]:
    """The decision was a mistake."""
    return await take_undo(request, await _here(request), scan_id)


CONFLICTS = (
    *(list_conflicts, show_conflict, ask_conflict_person, count_conflict, choose_conflict_session),
    *(type_conflict_number, choose_conflict_person, drop_conflict, undo_conflict),
)
