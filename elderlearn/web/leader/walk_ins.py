"""Somebody without card and without seat comes: name, year of birth, and she is here."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

from litestar import Request, Response, get, post
from litestar.params import FromPath

from elderlearn.catalogue.session_queries import SessionCard
from elderlearn.ground.clock import today
from elderlearn.ground.errors import Refusal
from elderlearn.locale import _
from elderlearn.people.consents import NewConsent
from elderlearn.people.residents import OUTSIDE, NewResident, check_new_resident
from elderlearn.places.queries import list_places, place_by_id
from elderlearn.stewardship.perhaps_known import perhaps_known
from elderlearn.stewardship.walk_in import Answer, AskFirst, WalkedIn, walk_in
from elderlearn.web.leader.hers import her_session, leader, session_path
from elderlearn.web.leader.refusals import REFUSALS
from elderlearn.web.shell.again import once, send_back, typed_before
from elderlearn.web.shell.forms import Form, read_form
from elderlearn.web.shell.ids import id_sent
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
    "card_was_used": "card",
}


@get("/sessions/{session_id:int}/walk-in")
async def ask_walk_in(request: AnyRequest, session_id: FromPath[int]) -> Response[Any]:
    """One short form; her home is taken to be the community of the session, if it is held by one.

    When somebody of that name may be known, the same page asks whether it is she.
    """
    session = await her_session(request, session_id, "register_resident")
    form = typed_before(request)
    if form.is_good and form.ticked("ask"):
        checked = check_new_resident(_read(form), today(), leader(request))
        people = await perhaps_known(session.id, checked, staff_id=leader(request).id)
        asked = page(request, "leader/sessions/same_person.html", one=session, form=form, people=people)
        return once(request, asked)
    return once(request, await _ask(request, session, form))


@post("/sessions/{session_id:int}/walk-in", status_code=200)
async def take_walk_in(request: AnyRequest, session_id: FromPath[int]) -> Response[Any]:
    """Registered and here, or all complaints together. Sent twice she is registered once."""
    session = await her_session(request, session_id, "register_resident")
    form = await read_form(request)
    form.typed.pop("ask", None)
    new = _read(form)
    came = await _take(request, session, form, new) if form.is_good else None
    if isinstance(came, WalkedIn):
        said, tone = _said(new.name, came, form)
        return once(request, go(request, session_path(session.id), said=said, tone=tone))
    if isinstance(came, AskFirst):
        form.typed["ask"] = ["yes"]
    sent = send_back(request, session_path(session.id, "walk-in"), form)
    return sent or await _ask(request, session, form, status=422)


async def _take(
    request: AnyRequest, session: SessionCard, form: Form, new: NewResident
) -> WalkedIn | AskFirst | None:
    try:
        return await walk_in(
            session.id, new, by=leader(request), card=form.value("card")[:300] or None, consents=(NOTICE,),
            form=_number_of(form), answer=Answer(id_sent(form.value("same")), form.ticked("other")),
        )  # fmt: skip
    except Refusal as refusal:
        form.complain(FIELDS.get(refusal.code, "name"), sentence(refusal, REFUSALS))
        return None


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


def _number_of(form: Form) -> UUID | None:
    """What makes two taps one; somebody may have typed anything there."""
    try:
        return UUID(form.value("once"))
    except ValueError:
        return None


def _said(name: str, came: WalkedIn, form: Form) -> tuple[str, Any]:
    """Numbers are told only of whoever was written down in this form."""
    if came.card_number is None:
        said = _("%(name)s was known already, and is here. Nothing was written down twice.", name=name)
        if form.value("card"):
            return f"{said} {_('The blank card was not given to her; please keep it.')}", "wait"
        return said, "done"
    if came.has_card:
        return _("%(name)s is written down and here. The card is hers now.", name=name), "done"
    return _(
        "%(name)s is written down and here. Her number: %(number)s", name=name, number=came.card_number
    ), "done"


async def _ask(request: AnyRequest, session: SessionCard, form: Form, *, status: int = 200) -> Response[Any]:
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
    form.typed.setdefault("once", [str(uuid4())])
    has_list = session.entry != "drop_in"
    return page(
        request,
        "leader/sessions/walk_in.html",
        status=status,
        one=session,
        form=form,
        homes=homes,
        has_list=has_list,
    )
