"""Who enrols her in courses: tied with both at the desk, ended when either of them asks for it."""

from __future__ import annotations

from typing import Any

from litestar import Response, get, post
from litestar.params import FromPath

from elderlearn.ground.errors import Missing, Refusal
from elderlearn.locale import N_, _
from elderlearn.people.care.confirm_care import confirm_at_desk
from elderlearn.people.care.end_care import end_care
from elderlearn.people.care.find_carer import find_carer
from elderlearn.people.care.queries import carers_of, elders_of, tie
from elderlearn.people.care.rules import side_of
from elderlearn.people.queries import Person
from elderlearn.web.desk.reach import able, by, person_of
from elderlearn.web.shell.again import once, send_back, status_of, typed_before
from elderlearn.web.shell.forms import Form, read_form
from elderlearn.web.shell.ids import id_in_address
from elderlearn.web.shell.page import AnyRequest, go, page
from elderlearn.web.shell.refusals import sentence

SENTENCES = {
    "nobody_found": N_("We know neither a card nor a telephone like this. Has this person signed up?"),
    "several_found": N_("Several people have this telephone. Please type the number of the card instead."),
    "too_many_carers": N_("%(most)s people enrol her already. Please end one of them first."),
}


@get("/people/{resident_id:int}/family")
async def show_family(request: AnyRequest, resident_id: FromPath[int]) -> Response[Any]:
    """Who enrols her, and whom she enrols."""
    found = await person_of(request, resident_id, "read_residents")
    return once(request, await _screen(request, found, typed_before(request)))


@post("/people/{resident_id:int}/family", status_code=200)
async def tie_here(request: AnyRequest, resident_id: FromPath[int]) -> Response[Any]:
    """Both are there and she has said yes."""
    found = await _here(request, resident_id)
    form = await read_form(request)
    who = form.text("who", limit=300, need=_("Please type the card number or the mobile number of the helper."))
    if not form.ticked("agreed"):
        form.complain("agreed", _("Please ask her, with both of them here, and tick this box."))
    if not form.is_good:
        return await _again(request, found, form)
    try:
        carer_id = await find_carer(who, found.district_id, beside=found.id)
        await confirm_at_desk(found.id, carer_id, by=by(request))
    except Refusal as refusal:
        form.complain("who", sentence(refusal, SENTENCES))
        return await _again(request, found, form)
    return go(request, f"/desk/people/{found.id}/family", said=_("Written down. She gets a message about it."))


@post("/people/{resident_id:int}/family/{link_id:int}/ending", status_code=200)
async def end_there(request: AnyRequest, resident_id: FromPath[int], link_id: FromPath[int]) -> Response[Any]:
    """One of them asks for it; twice is harmless."""
    found = await person_of(request, resident_id, "change_resident")
    if side_of(found.id, await tie(id_in_address(link_id))) is None:
        raise Missing
    await end_care(link_id, by=by(request))
    return go(request, f"/desk/people/{found.id}/family", said=_("That has ended. The seats stay."))


@get("/people/{resident_id:int}/family/{link_id:int}/ending")
async def ask_again(request: AnyRequest, resident_id: FromPath[int], link_id: FromPath[int]) -> Response[Any]:
    """Where a reload lands."""
    return go(request, f"/desk/people/{resident_id}/family")


async def _here(request: AnyRequest, resident_id: int) -> Person:
    """Nobody acts for who died or moved away. Raises Missing."""
    found = await person_of(request, resident_id, "change_resident")
    if found.state != "active":
        raise Missing
    return found


async def _again(request: AnyRequest, found: Person, form: Form) -> Response[Any]:
    return send_back(request, f"/desk/people/{found.id}/family", form) or await _screen(request, found, form)


async def _screen(request: AnyRequest, found: Person, form: Form) -> Response[Any]:
    return page(
        request,
        "desk/people/family.html",
        status=status_of(request, form),
        form=form,
        person=found,
        carers=[one for one in await carers_of(found.id) if one.state == "active"],
        elders=await elders_of(found.id),
        may_change=able(request, "change_resident"),
    )
