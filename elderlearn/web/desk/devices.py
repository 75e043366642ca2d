"""The phones that scan in the place: who leads loses one now and then, and the office ends it for her."""

from __future__ import annotations

from typing import Any

from litestar import Response, get, post
from litestar.params import FromPath

from elderlearn.checkin.device_queries import DeviceLine, device_below, devices_below
from elderlearn.checkin.devices import allow_device, end_device
from elderlearn.locale import _
from elderlearn.places.queries import place_by_id
from elderlearn.web.desk.reach import by, place_and_district
from elderlearn.web.shell.end_reasons import END_DEVICE, said_reason
from elderlearn.web.shell.forms import Form, read_form, read_query
from elderlearn.web.shell.guards import signed_in
from elderlearn.web.shell.ids import id_in_address
from elderlearn.web.shell.lists import A_PAGE, Look
from elderlearn.web.shell.page import AnyRequest, go, page
from elderlearn.web.shell.phone_words import phone_words

HERE = "/desk/devices"


@get("/devices")
async def list_devices(request: AnyRequest) -> Response[Any]:
    """Of everybody who works for her place or below it, those in use first."""
    place_id, _district_id = place_and_district(request, "end_device")
    form = read_query(request)
    look = Look.of(HERE, form, ("words",))
    found = await devices_below(place_id, words=look.given.get("words", ""), limit=A_PAGE, offset=look.offset)
    return page(
        request, "desk/devices/list.html", form=form, look=look, found=found, place=await place_by_id(place_id),
        phone_words=phone_words,
    )  # fmt: skip


@get("/devices/{device_id:int}")
async def show_device(request: AnyRequest, device_id: FromPath[int]) -> Response[Any]:
    """What is known of it, and why to end it, as buttons."""
    one = await _theirs(request, device_id)
    reasons = [(name, _(words)) for name, words in END_DEVICE.items()]
    return page(request, "desk/devices/show.html", one=one, reasons=reasons, form=Form(), phone_words=phone_words)


@post("/devices/{device_id:int}/end", status_code=200)
async def end_theirs(request: AnyRequest, device_id: FromPath[int]) -> Response[Any]:
    """It scans no more and is signed out; what waits on it stays there."""
    one = await _theirs(request, device_id)
    reason = said_reason(await read_form(request))
    if not reason:
        said = _("Please choose a reason, or write one.")
        return go(request, f"{HERE}/{one.id}", said=said, tone="no")
    await end_device(one.id, reason=reason, viewer=signed_in(request), by=by(request))
    return go(request, f"{HERE}/{one.id}", said=_("Ended. This phone scans no more and is signed out."))


@post("/devices/{device_id:int}/allow", status_code=200)
async def allow_theirs(request: AnyRequest, device_id: FromPath[int]) -> Response[Any]:
    """It may scan again; she signs in on it herself."""
    one = await _theirs(request, device_id)
    await allow_device(one.id, viewer=signed_in(request), by=by(request))
    return go(
        request, f"{HERE}/{one.id}", said=_("This phone may scan again. What waits on it is sent by itself.")
    )


async def _theirs(request: AnyRequest, device_id: int) -> DeviceLine:
    """Raises Missing when it is nobody's of her place."""
    place_id, _district_id = place_and_district(request, "end_device")
    return await device_below(id_in_address(device_id), place_id)
