"""Somebody without card and without seat comes: name, year of birth, and she is here."""

from __future__ import annotations

from typing import Any

from litestar import Request, Response, get, post
from litestar.params import FromPath

from elderlearn.catalogue.session_queries import SessionCard
from elderlearn.ground.clock import today
from elderlearn.ground.errors import Refusal
from elderlearn.locale import _
from elderlearn.people.consents import NewConsent
from elderlearn.people.residents import OUTSIDE, NewResident
from elderlearn.places.queries import list_places, place_by_id
from elderlearn.stewardship.walk_in import walk_in
from elderlearn.web.leader.hers import her_session, session_path
from elderlearn.web.leader.refusals import REFUSALS
from elderlearn.web.leader.session import leader
from elderlearn.web.shell.forms import Form, read_form
from elderlearn.web.shell.page import go, page
from elderlearn.web.shell.refusals import sentence

AnyRequest = Request[Any, Any, Any]
OLDEST = 1900
NOTICE = NewConsent("notice", "door-1", "read_at_desk")
FIELDS = {
    "invalid_name": "name",
    "invalid_born_on": "born_year",
    "invalid_phone": "phone",
    "unknown_place": "place_code",
    "unknown_card": "card",
    "card_not_blank": "card",
}


@get("/sessions/{session_id:int}/walk-in")
async def ask_walk_in(request: AnyRequest, session_id: FromPath[int]) -> Response[str]:
    """One short form; her home is taken to be the community of the session, if it is held by one."""
    session = await her_session(request, session_id, "register_resident")
    return await _ask(request, session, Form())


@post("/sessions/{session_id:int}/walk-in", status_code=200)
async def take_walk_in(request: AnyRequest, session_id: FromPath[int]) -> Response[Any]:
    """Registered and here, or all complaints together. Sent twice she is registered once."""
    session = await her_session(request, session_id, "register_resident")
    form = await read_form(request)
    new = _read(form)
    if form.is_good:
        try:
            came = await walk_in(
                session.id, new, by=leader(request), card=form.value("card")[:300] or None, consents=(NOTICE,)
            )
        except Refusal as refusal:
            form.complain(FIELDS.get(refusal.code, "name"), sentence(refusal, REFUSALS))
    if not form.is_good:
        return await _ask(request, session, form, status=422)
    said = _("%(name)s is written down and here.", name=new.name)
    if not form.value("card") and came.card_number:
        said = _(
            "%(name)s is written down and here. Her number: %(number)s", name=new.name, number=came.card_number
        )
    return go(request, session_path(session.id), said=said)


def _read(form: Form) -> NewResident:
    new = NewResident(
        name=form.text("name", limit=60, need=_("Please write her name.")),
        born_year=form.number(
            "born_year", low=OLDEST, high=today().year, need=_("Please write the year of birth, about is enough.")
        ),
        phone=form.text("phone", limit=30) or None,
        place_code=form.text("place_code", limit=20, need=_("Please choose where she lives.")),
    )
    if not form.ticked("told"):
        form.complain("told", _("Please tell her first, then tick this."))
    return new


async def _ask(request: AnyRequest, session: SessionCard, form: Form, *, status: int = 200) -> Response[str]:
    place = await place_by_id(session.place_id)
    street = await place_by_id(place.parent_id) if place.level == "community" and place.parent_id else place
    # An organisation of the whole district has people of every community; a list of 200 helps nobody at a door.
    is_district = street.level == "district"
    below = await list_places("town_street" if is_district else "community", street.id)
    homes = [(one.code, one.name) for one in below]
    if not is_district:
        homes.append((street.code, _("%(street)s, community not known", street=street.name)))
    homes.append((OUTSIDE, _("Outside the district")))
    # A street stands in the list as "community not known": too easy to leave so by not looking.
    form.typed.setdefault("place_code", [place.code if place.level == "community" else ""])
    return page(request, "leader/sessions/walk_in.html", status=status, one=session, form=form, homes=homes)
