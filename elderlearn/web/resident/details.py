"""My details: what is on file about her, and signing out everywhere."""

from __future__ import annotations

from typing import Any

from litestar import Response, get, post

from elderlearn.ground.actor import Actor
from elderlearn.locale import N_, _
from elderlearn.people.cards import current_code
from elderlearn.people.numbers import masked_numbers
from elderlearn.people.queries import Person, person
from elderlearn.people.sign_in.who import sign_out_everywhere
from elderlearn.places.queries import place_by_id
from elderlearn.web.shell.guards import signed_in
from elderlearn.web.shell.page import AnyRequest, go, page
from elderlearn.web.shell.viewer import sign_out_cookie

VERIFIED = {
    "self": N_("You signed up yourself. The desk may look at your ID card when you come by."),
    "desk": N_("The desk has seen your ID card."),
    "import": N_("Taken over from an earlier list."),
}


@get("/my/details")
async def show_details(request: AnyRequest) -> Response[Any]:
    """Her own record; numbers stay masked, because others look over her shoulder."""
    me = await person(signed_in(request).id)
    return page(
        request,
        "resident/details/show.html",
        me=me,
        home=await _home_of(me),
        numbers=await masked_numbers(me.id),
        card=await current_code(me.id),
        verified=_(VERIFIED[me.verified]),
    )


@post("/my/sign-outs", status_code=200)
async def end_all_sign_ins(request: AnyRequest) -> Response[None]:
    """Every phone and browser, this one too."""
    me = signed_in(request).id
    await sign_out_everywhere("resident", me, by=Actor("resident", me, "resident"))
    answer = go(request, "/", said=_("You are signed out on all phones and computers."))
    answer.set_cookie(sign_out_cookie())
    return answer


async def _home_of(me: Person) -> str:
    if me.place_id is None:
        return _("outside this district") if me.residence == "outside" else ""
    place = await place_by_id(me.place_id)
    if place.parent_id is None or place.level == "town_street":
        return place.name
    return _("%(place)s, %(above)s", place=place.name, above=(await place_by_id(place.parent_id)).name)
