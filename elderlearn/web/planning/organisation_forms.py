"""Adding, changing and ending an organisation."""

from __future__ import annotations

from typing import Any

from litestar import Response, get, post
from litestar.params import FromPath

from elderlearn.catalogue.change_organisation import change_organisation, end_organisation
from elderlearn.catalogue.organisation_queries import OrganisationRow
from elderlearn.catalogue.organise import add_organisation
from elderlearn.ground.errors import Refusal
from elderlearn.locale import _
from elderlearn.web.planning import reach
from elderlearn.web.planning.endings import ask_ending, ending, take_ending
from elderlearn.web.planning.sentences import blame
from elderlearn.web.planning.sheet import Field, Sheet, name_field, place_options, show
from elderlearn.web.planning.words import ORGANISATION_KINDS, options
from elderlearn.web.shell.forms import Form, read_form, read_query
from elderlearn.web.shell.page import AnyRequest, go

PATH = "/planning/organisations"


@get("/organisations/new")
async def new_organisation(request: AnyRequest) -> Response[Any]:
    """An empty form."""
    reach.need(request, "add_organisation")
    return show(request, await _sheet(request), read_query(request))


@post("/organisations/new", status_code=200)
async def add_organisation_here(request: AnyRequest) -> Response[Any]:
    """Added; its page shows what comes next."""
    reach.need(request, "add_organisation")
    form = await read_form(request)
    name, kind, place = await _read(request, form)
    if form.is_good:
        try:
            id = await add_organisation(kind=kind, name=name, place_code=place, by=reach.by(request))
        except Refusal as refusal:
            blame(form, refusal)
        else:
            return go(request, f"{PATH}/{id}", said=_("The organisation was added."))
    return show(request, await _sheet(request), form)


@get("/organisations/{organisation_id:int}/edit")
async def edit_organisation(request: AnyRequest, organisation_id: FromPath[int]) -> Response[Any]:
    """As it is."""
    reach.need(request, "change_organisation")
    one = await reach.organisation_of(request, organisation_id)
    form = Form.of(name=one.name, kind=one.kind, place=one.place_code)
    return show(request, await _sheet(request, one), form)


@post("/organisations/{organisation_id:int}/edit", status_code=200)
async def change_organisation_here(request: AnyRequest, organisation_id: FromPath[int]) -> Response[Any]:
    """Changed where that harms no figure."""
    reach.need(request, "change_organisation")
    one = await reach.organisation_of(request, organisation_id)
    form = await read_form(request)
    name, kind, place = await _read(request, form)
    if form.is_good:
        try:
            await change_organisation(one.id, name=name, kind=kind, place_code=place, by=reach.by(request))
        except Refusal as refusal:
            blame(form, refusal)
        else:
            return go(request, f"{PATH}/{one.id}", said=_("Saved."))
    return show(request, await _sheet(request, one), form)


@get("/organisations/{organisation_id:int}/ending")
async def ask_organisation_ending(request: AnyRequest, organisation_id: FromPath[int]) -> Response[Any]:
    """Since when?"""
    reach.need(request, "change_organisation")
    one = await reach.organisation_of(request, organisation_id)
    return ask_ending(request, _ending(one))


@post("/organisations/{organisation_id:int}/ending", status_code=200)
async def end_organisation_here(request: AnyRequest, organisation_id: FromPath[int]) -> Response[Any]:
    """Ended, or what must be done before."""
    reach.need(request, "change_organisation")
    one = await reach.organisation_of(request, organisation_id)
    return await take_ending(
        request, _ending(one), one.name, lambda on: end_organisation(one.id, on, by=reach.by(request))
    )


async def _read(request: AnyRequest, form: Form) -> tuple[str, str, str]:
    """A place outside her own cannot be chosen."""
    name = form.text("name", limit=100, need=_("Please write the name."))
    kind = form.choice("kind", ORGANISATION_KINDS, need=_("Please choose the kind."))
    codes = [one.code for one in await reach.her_places(request)]
    place = form.choice("place", codes, need=_("Please choose the place."))
    return name, kind or "", place or ""


async def _sheet(request: AnyRequest, one: OrganisationRow | None = None) -> Sheet:
    places = place_options(await reach.her_places(request))
    choose = _("Please choose")
    fields = [
        name_field(_("Name of the organisation")),
        Field("kind", _("Kind"), "select", options=options(ORGANISATION_KINDS), first=choose),
        Field("place", _("Place"), "select", options=places, first=choose,
              hint=_("Where it is: the whole district, a town or street, or a community.")),
    ]  # fmt: skip
    if one is None:
        return Sheet(_("Add an organisation"), fields, _("Add"), PATH, _("Organisations"))
    return Sheet(_("Change: %(what)s", what=one.name), fields, _("Save"), f"{PATH}/{one.id}", one.name)


def _ending(one: OrganisationRow) -> Sheet:
    lead = _("Its courses end with it. What was held stays, and keeps counting.")
    return ending(one.name, f"{PATH}/{one.id}", lead)
