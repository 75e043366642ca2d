"""The phones that scan in a leader's name: hers and those of her helpers; a lost one is ended here."""

from __future__ import annotations

from typing import Any

from litestar import Response, get, post
from litestar.params import FromPath

from elderlearn.checkin.device_queries import DeviceLine, devices_of, other_sign_ins
from elderlearn.checkin.devices import allow_device, end_device
from elderlearn.ground.errors import Missing
from elderlearn.locale import _
from elderlearn.people.sign_in.end_one import end_sign_in
from elderlearn.web.leader.hers import leader
from elderlearn.web.shell.end_reasons import END_DEVICE, said_reason
from elderlearn.web.shell.forms import Form, read_form
from elderlearn.web.shell.guards import signed_in
from elderlearn.web.shell.ids import id_in_address
from elderlearn.web.shell.page import AnyRequest, go, page
from elderlearn.web.shell.phone_words import phone_words

HERE = "/lead/devices"


@get("/devices")
async def list_devices(request: AnyRequest) -> Response[Any]:
    """Hers, then her helpers', then where she is signed in without having scanned."""
    seen = signed_in(request)
    listed = await devices_of(seen.id)
    return page(
        request,
        "leader/devices/list.html",
        own=[one for one in listed if not one.is_helpers],
        helpers=[one for one in listed if one.is_helpers],
        others=await other_sign_ins(seen.id),
        this=seen.sign_in_id,
        phone_words=phone_words,
    )


@get("/devices/{device_id:int}")
async def ask_end_device(request: AnyRequest, device_id: FromPath[int]) -> Response[Any]:
    """Why, as big buttons."""
    one = await _hers(request, device_id)
    if one.ended_at is not None:
        return go(request, HERE)
    reasons = [(name, _(words)) for name, words in END_DEVICE.items()]
    is_this = one.sign_in_id == signed_in(request).sign_in_id
    return page(
        request, "leader/devices/end.html", one=one, reasons=reasons, form=Form(), is_this=is_this,
        phone_words=phone_words,
    )  # fmt: skip


@post("/devices/{device_id:int}/end", status_code=200)
async def end_her_device(request: AnyRequest, device_id: FromPath[int]) -> Response[Any]:
    """It scans no more and is signed out; what waits on it stays there."""
    one = await _hers(request, device_id)
    form = await read_form(request)
    reason = said_reason(form)
    if not reason:
        return go(request, f"{HERE}/{one.id}", said=_("Please choose a reason, or write one."), tone="no")
    await end_device(one.id, reason=reason, viewer=signed_in(request), by=leader(request))
    return go(request, HERE, said=_("Ended. This phone scans no more and is signed out."))


@post("/devices/{device_id:int}/allow", status_code=200)
async def allow_her_device(request: AnyRequest, device_id: FromPath[int]) -> Response[Any]:
    """It may scan again; what waits on it is sent by itself."""
    one = await _hers(request, device_id)
    await allow_device(one.id, viewer=signed_in(request), by=leader(request))
    return go(request, HERE, said=_("This phone may scan again. What waits on it is sent by itself."))


@post("/sign-ins/{sign_in_id:int}/end", status_code=200)
async def end_her_sign_in(request: AnyRequest, sign_in_id: FromPath[int]) -> Response[Any]:
    """Signed out there; on this phone one signs out at the top of the page."""
    seen = signed_in(request)
    if sign_in_id == seen.sign_in_id:
        raise Missing
    await end_sign_in(id_in_address(sign_in_id), seen.id, by=leader(request))
    return go(request, HERE, said=_("Signed out there."))


async def _hers(request: AnyRequest, device_id: int) -> DeviceLine:
    for one in await devices_of(signed_in(request).id):
        if one.id == device_id:
            return one
    raise Missing
