"""One account: a new password, another telephone, ended, opened again."""

from __future__ import annotations

from typing import Any

from litestar import Response, get, post
from litestar.params import FromPath

from elderlearn.ground.errors import Missing, Refusal
from elderlearn.ground.trail_queries import changes_of
from elderlearn.locale import _
from elderlearn.people.change_staff_phone import change_staff_phone
from elderlearn.people.new_password import new_password
from elderlearn.people.restart_staff import restart_staff
from elderlearn.people.roles import may_appoint
from elderlearn.people.staff import end_staff, set_password
from elderlearn.people.staff_queries import Account, account
from elderlearn.places.queries import place_by_id
from elderlearn.web.desk.person_forms import complain, read_phone
from elderlearn.web.desk.reach import by, place_and_district
from elderlearn.web.desk.staff_words import roles_said
from elderlearn.web.shell.again import once, send_back, status_of, typed_before
from elderlearn.web.shell.forms import Form, read_form
from elderlearn.web.shell.guards import signed_in
from elderlearn.web.shell.ids import id_in_address
from elderlearn.web.shell.page import AnyRequest, go, page
from elderlearn.web.shell.shown_once import go_and_show, shown, to_show


@get("/staff/{staff_id:int}")
async def show_account(request: AnyRequest, staff_id: FromPath[int]) -> Response[Any]:
    """What the account may, when it was last used, what was changed; a password just made, this once."""
    found, path = await _account(request, staff_id), f"/desk/staff/{staff_id}"
    secret = to_show(request, path)
    drawn = await _screen(request, found, typed_before(request), secret.get("password", ""))
    return shown(request, once(request, drawn), path)


@post("/staff/{staff_id:int}/password", status_code=200)
async def new_password_for(request: AnyRequest, staff_id: FromPath[int]) -> Response[Any]:
    """A new password, shown this once; every sign-in of the account ends."""
    found = await _theirs(request, staff_id)
    password = new_password()
    await set_password(found.id, password, by=by(request))
    return show_once(request, found.id, password)


@post("/staff/{staff_id:int}/phone", status_code=200)
async def take_phone(request: AnyRequest, staff_id: FromPath[int]) -> Response[Any]:
    """Another telephone; empty takes it away."""
    found = await _theirs(request, staff_id)
    form = await read_form(request)
    typed = read_phone(form)
    if form.is_good:
        try:
            await change_staff_phone(found.id, typed or "", by=by(request))
            return go(request, f"/desk/staff/{found.id}", said=_("The telephone is changed."))
        except Refusal as refusal:
            complain(form, refusal, "phone")
    return send_back(request, f"/desk/staff/{found.id}", form) or await _screen(request, found, form)


@post("/staff/{staff_id:int}/end", status_code=200)
async def end_account(request: AnyRequest, staff_id: FromPath[int]) -> Response[Any]:
    """Signed out everywhere and never in again; nothing she did is lost. Never one's own."""
    found = await _theirs(request, staff_id)
    await end_staff(found.id, by=by(request))
    return go(request, f"/desk/staff/{found.id}", said=_("The account is ended."))


@post("/staff/{staff_id:int}/restart", status_code=200)
async def restart_account(request: AnyRequest, staff_id: FromPath[int]) -> Response[Any]:
    """It works again, with a new password."""
    found = await _theirs(request, staff_id)
    await restart_staff(found.id, by=by(request))
    return go(request, f"/desk/staff/{found.id}", said=_("The account is open again. Please set a new password."))


@get(["/staff/{staff_id:int}/phone", "/staff/{staff_id:int}/password"])
async def ask_again(request: AnyRequest, staff_id: FromPath[int]) -> Response[Any]:
    """Where a reload lands."""
    return go(request, f"/desk/staff/{staff_id}")


def show_once(request: AnyRequest, staff_id: int, password: str) -> Response[Any]:
    """To the account, with its new password in large letters; never again."""
    return go_and_show(request, f"/desk/staff/{staff_id}", {"password": password})


async def _account(request: AnyRequest, staff_id: int) -> Account:
    """Within her place. Raises Missing."""
    place_and_district(request, "add_staff")
    found = await account(id_in_address(staff_id))
    place = await place_by_id(found.place_id)
    if signed_in(request).place_id not in (place.id, place.parent_id, place.district_id):
        raise Missing
    return found


async def _theirs(request: AnyRequest, staff_id: int) -> Account:
    """One she may change: not her own, and of a role she may give. Raises Missing."""
    found = await _account(request, staff_id)
    if not await _may_change(request, found):
        raise Missing
    return found


async def _may_change(request: AnyRequest, found: Account) -> bool:
    seen = signed_in(request)
    return found.id != seen.id and may_appoint(seen, found.role, await place_by_id(found.place_id))


async def _screen(request: AnyRequest, found: Account, form: Form, password: str = "") -> Response[Any]:
    return page(
        request,
        "desk/staff/show.html",
        status=status_of(request, form),
        form=form,
        account=found,
        password=password,
        may_change=await _may_change(request, found),
        changed=await changes_of("staff", found.id),
        **roles_said(),
    )
