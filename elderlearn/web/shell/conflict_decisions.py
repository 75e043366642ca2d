"""The buttons beside an unclear scan: each decides once; who comes second is told what was decided."""

from __future__ import annotations

from collections.abc import Awaitable
from typing import Any
from uuid import UUID

from litestar import Response

from elderlearn.checkin.resolve import Resolved
from elderlearn.checkin.resolve_count import count_it
from elderlearn.checkin.resolve_drop import drop_it
from elderlearn.checkin.resolve_session import it_was_session
from elderlearn.checkin.resolve_undo import undo_resolution
from elderlearn.ground.errors import Missing, Refusal
from elderlearn.locale import _
from elderlearn.web.shell.conflict_words import DECIDED, DROP, UNDO, pressed_reason, why_not
from elderlearn.web.shell.conflicts import AnyRequest, Here
from elderlearn.web.shell.dates import when
from elderlearn.web.shell.forms import read_form
from elderlearn.web.shell.ids import id_sent
from elderlearn.web.shell.page import go


async def take_count(request: AnyRequest, here: Here, scan_id: UUID) -> Response[Any]:
    """She was there, as the scan says."""
    return await decided(request, here, scan_id, count_it(scan_id, by=here.by))


async def take_session(request: AnyRequest, here: Here, scan_id: UUID) -> Response[Any]:
    """It was the session in the field `session_id`."""
    session_id = id_sent((await read_form(request)).value("session_id"))
    if session_id is None:
        raise Missing
    return await decided(request, here, scan_id, it_was_session(scan_id, session_id, by=here.by))


async def take_drop(request: AnyRequest, here: Here, scan_id: UUID) -> Response[Any]:
    """It counts nothing, with a reason."""
    form = await read_form(request)
    reason = pressed_reason(form, DROP)
    if not form.is_good:
        return go(request, address(here, scan_id), said=form.errors["other"], tone="no")
    return await decided(request, here, scan_id, drop_it(scan_id, reason=reason, by=here.by))


async def take_undo(request: AnyRequest, here: Here, scan_id: UUID) -> Response[Any]:
    """The decision is taken back, with a reason; twice is the same."""
    form = await read_form(request)
    reason = pressed_reason(form, UNDO)
    if not form.is_good:
        return go(request, address(here, scan_id), said=form.errors["other"], tone="no")
    await undo_resolution(scan_id, reason=reason, by=here.by)
    return go(request, address(here, scan_id), said=_("Taken back. Please decide anew."))


async def decided(request: AnyRequest, here: Here, scan_id: UUID, verb: Awaitable[Resolved]) -> Response[Any]:
    """Back to the list with what was decided; to the scan when somebody else was quicker, or it cannot be."""
    try:
        done = await verb
    except Refusal as refusal:
        return go(request, address(here, scan_id), said=why_not(refusal), tone="no")
    what, by = done.resolution.what, done.resolution
    if done.is_new or (by.by_kind, by.by_id) == (here.by.kind, here.by.id):
        return go(request, here.path, said=_("Decided: %(what)s.", what=_(DECIDED[what])))
    said = _(
        "%(who)s decided before you, %(when)s: %(what)s. Nothing was changed now.",
        who=by.by_name or _("Somebody"),
        when=when(by.at),
        what=_(DECIDED[what]),
    )
    return go(request, address(here, scan_id), said=said, tone="wait")


def address(here: Here, scan_id: UUID, page: str = "") -> str:
    """Where the pages of a scan live."""
    return f"{here.path}/{scan_id}" + (f"/{page}" if page else "")
