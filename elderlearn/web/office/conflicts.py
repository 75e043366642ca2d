"""Scans that wait for somebody to look."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from litestar import Response, get, post
from litestar.params import FromPath

from elderlearn.checkin.unclear import Whose
from elderlearn.ground.actor import Actor
from elderlearn.ground.errors import Missing
from elderlearn.people.roles import may, may_there
from elderlearn.places.queries import PlaceRow, list_places, place_by_code, place_by_id
from elderlearn.web.office.unclear_days import LIST, may_choose_days
from elderlearn.web.shell.conflict import show_one
from elderlearn.web.shell.conflict_decisions import take_count, take_drop, take_session, take_undo
from elderlearn.web.shell.conflict_person import ask_person, take_number, take_person
from elderlearn.web.shell.conflicts import AnyRequest, Here, days_of, show_list
from elderlearn.web.shell.forms import read_query
from elderlearn.web.shell.guards import signed_in

ONE = "/conflicts/{scan_id:uuid}"
BELOW = {"district": "town_street", "town_street": "community"}


async def _here(request: AnyRequest) -> Here:
    """Those of the organisations in her place and below; `place` in the address narrows. Raises Missing."""
    viewer = signed_in(request)
    if viewer.place_id is None or not may(viewer.role, "read_unclear"):
        raise Missing
    own = await place_by_id(viewer.place_id)
    place = await _asked(request, own)
    below = await list_places(BELOW[own.level], own.id) if own.level in BELOW else []
    return Here(
        LIST,
        "office",
        Actor("staff", viewer.id, "office"),
        Whose(place_id=place.id),
        may(viewer.role, "resolve_scan"),
        await days_of(own.district_id),
        [(one.code, one.name) for one in below],
        f"{LIST}/days" if may_choose_days(viewer) else "",
    )


async def _asked(request: AnyRequest, own: PlaceRow) -> PlaceRow:
    code = read_query(request).value("place")[:20]
    if not code:
        return own
    place = await place_by_code(code)
    if not may_there(signed_in(request), "read_unclear", place):
        raise Missing
    return place


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
