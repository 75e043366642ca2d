"""Academies, schools and societies: what they are, where, and what goes on there."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from litestar import Response, get
from litestar.params import FromPath

from elderlearn.catalogue.join_queries import belongs
from elderlearn.catalogue.organisation_queries import (
    OrganisationRow,
    Sought,
    how_many_organisations,
    organisation,
    organisations,
)
from elderlearn.catalogue.queries import Wanted, open_runs
from elderlearn.ground.clock import now
from elderlearn.ground.errors import Missing
from elderlearn.locale import N_, _
from elderlearn.places.queries import PlaceRow, list_places
from elderlearn.web.open.courses import page_number, words
from elderlearn.web.shell.forms import Form, read_query
from elderlearn.web.shell.ids import id_in_address
from elderlearn.web.shell.page import AnyRequest, page
from elderlearn.web.shell.viewer import viewer

A_PAGE = 20
MOST_RUNS = 12
KINDS = {
    "elder_academy": N_("Elder academy"),
    "community_school": N_("Community school"),
    "citizen_school": N_("Citizen school"),
    "society": N_("Learning society"),
    "base": N_("Training or experience base"),
}


@get("/organisations")
async def list_organisations(request: AnyRequest) -> Response[Any]:
    """By words, street and kind; strange values in the address count as not chosen."""
    form = read_query(request)
    streets = await list_places("town_street")
    sought = await _sought(request, form, streets)
    number = page_number(form)
    how_many = await how_many_organisations(sought) if sought else 0
    found = await organisations(sought, order="runs", limit=A_PAGE, offset=A_PAGE * (number - 1)) if sought else []
    return page(
        request,
        "open/organisations/list.html",
        fragment="open/organisations/_list.html",
        form=form,
        streets=[(str(one.id), one.name) for one in streets],
        kinds=[(kind, _(said)) for kind, said in KINDS.items()],
        found=found,
        how_many=how_many,
        earlier=_address(form, number - 1) if number > 1 else "",
        later=_address(form, number + 1) if how_many > A_PAGE * number else "",
        last=_address(form, -(-how_many // A_PAGE)) if how_many and how_many <= A_PAGE * (number - 1) else "",
        **_said(),
    )


@get("/organisations/{organisation_id:int}")
async def show_organisation(request: AnyRequest, organisation_id: FromPath[int]) -> Response[Any]:
    """One of them with what is on; one that ended is gone for strangers (Missing)."""
    one = await organisation(id_in_address(organisation_id))
    if one.ended_on is not None:
        raise Missing
    wanted = Wanted(organisation_id=one.id, not_over=True, soonest_first=True)
    return page(
        request,
        "open/organisations/show.html",
        organisation=one,
        runs=await open_runs(wanted, limit=MOST_RUNS),
        more=f"/courses?show=all&{urlencode({'words': one.name})}",
        most=MOST_RUNS,
        now=now(),
        **await _joining(request, one),
        **words(),
        **_said(),
    )


async def _joining(request: AnyRequest, one: OrganisationRow) -> dict[str, Any]:
    """How a resident stands in a society; strangers may ask too, and sign in first. Staff do not join here."""
    person = viewer(request)
    if one.kind != "society" or (person is not None and person.kind != "resident"):
        return {"may_ask": False, "belongs": None}
    stands = await belongs(one.id, person.id) if person else None
    is_near = person is None or person.district_id == one.district_id
    return {"may_ask": is_near or (stands is not None and stands.state != "none"), "belongs": stands}


async def _sought(request: AnyRequest, form: Form, streets: list[PlaceRow]) -> Sought | None:
    """None in an installation without places."""
    person = viewer(request)
    district = person.district_id if person else None
    place = next((one.id for one in streets if str(one.id) == form.value("place")), district)
    if place is None and streets:
        place = streets[0].district_id
    kind = form.value("kind") if form.value("kind") in KINDS else None
    return Sought(place, kind, form.value("words")[:60]) if place else None


def _said() -> dict[str, Any]:
    return {"organisation_kind_said": {kind: _(said) for kind, said in KINDS.items()}}


def _address(form: Form, number: int) -> str:
    asked = {name: form.value(name) for name in ("words", "place", "kind")}
    asked["page"] = str(number) if number > 1 else ""
    query = urlencode({name: value for name, value in asked.items() if value})
    return "/organisations" + (f"?{query}" if query else "")
