"""Registering somebody: one screen, half a minute. With a blank card in hand it becomes hers in the same step."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from litestar import Response, get, post

from elderlearn.ground.errors import Missing, Refusal
from elderlearn.locale import _
from elderlearn.people.consents import NOTICE_VERSION, NewConsent
from elderlearn.people.documents import Document
from elderlearn.people.likely_same import Alike, likely_same
from elderlearn.people.queries import person
from elderlearn.people.register import register
from elderlearn.people.residents import NewResident
from elderlearn.places.queries import place_by_id
from elderlearn.stewardship.name_card import name_card
from elderlearn.web.desk import person_forms
from elderlearn.web.desk.homes import Home, home_said, homes_of, read_home
from elderlearn.web.desk.person_forms import complain, read_born, read_document_field, read_name, read_phone
from elderlearn.web.desk.reach import by, place_and_district, reaches
from elderlearn.web.shell.forms import Form, read_form
from elderlearn.web.shell.guards import signed_in
from elderlearn.web.shell.page import AnyRequest, go, page


@dataclass(frozen=True)
class Typed:
    """What the form says; `homes` are the places to choose from when the words fit several."""

    new: NewResident
    consents: tuple[NewConsent, ...]
    card: str
    homes: list[Home]


@get("/people/new")
async def ask_person(request: AnyRequest) -> Response[Any]:
    """An empty form; a village desk finds its own community filled in."""
    place_and_district(request, "register_resident")
    own = signed_in(request).place_id
    is_village = own is not None and (await place_by_id(own)).level == "community"
    form = Form.of(
        home=await home_said(own) if is_village else "",
        document_type="id_card",
    )
    return await _screen(request, form, [], [])


@post("/people", status_code=200)
async def take_person(request: AnyRequest) -> Response[Any]:
    """On the register with a card; her page then says: print it. Who is on file already is shown, not changed."""
    _place_id, district_id = place_and_district(request, "register_resident")
    form = await read_form(request)
    typed = await _read(form, await homes_of(district_id), district_id)
    if not form.is_good:
        return await _screen(request, form, typed.homes, [])
    alike = await _alike(request, form, typed.new)
    if alike:
        return await _screen(request, form, [], alike)
    try:
        return await _write(request, form, typed)
    except Refusal as refusal:
        complain(form, refusal)
    except Missing:
        form.complain("card", _("We do not know this card. Please look at its number again."))
    return await _screen(request, form, typed.homes, [])


async def _read(form: Form, homes: list[Home], district_id: int) -> Typed:
    name = read_name(form)
    document = read_document_field(form)
    born_on, born_year = read_born(form)
    _check_born(form, document, born_year if born_on is None else born_on.year)
    sex = form.choice("sex", person_forms.SEXES)
    phone = read_phone(form)
    code, meant = await read_home(form, homes)
    if not form.ticked("notice"):
        form.complain("notice", _("Please read aloud what the data is used for, and tick when she agrees."))
    if document and not form.ticked("sensitive"):
        form.complain("sensitive", _("Please ask whether the number may be kept, or leave it empty."))
    new = NewResident(
        name=name, place_code=code or "", document_type=document.type if document else None,
        document_number=document.number if document else None, born_on=born_on, born_year=born_year,
        sex=sex, phone=phone, district_id=district_id,  # type: ignore[arg-type]  # one of SEXES
    )  # fmt: skip
    return Typed(new, _consents(document), form.text("card", limit=300), meant)


def _check_born(form: Form, document: Document | None, year: int | None) -> None:
    """An identity card knows it; everybody else is asked at least for the year."""
    if year is None and "born" not in form.errors and not (document and document.born_on):
        form.complain("born", _("Please write the birth date, or at least the year."))


def _consents(document: Document | None) -> tuple[NewConsent, ...]:
    purposes = ("notice", "sensitive") if document else ("notice",)
    return tuple(NewConsent(one, NOTICE_VERSION, "read_at_desk") for one in purposes)


async def _alike(request: AnyRequest, form: Form, new: NewResident) -> list[Alike]:
    """Without a document nothing tells two people apart but whoever sits here."""
    place_id = signed_in(request).place_id
    if new.document_number or form.ticked("is_another") or place_id is None:
        return []
    found = await likely_same(new.name, _year_end(new), place_id=place_id)
    if found:
        form.complain("is_another", _("Somebody of this name is on the register. Please look whether it is her."))
    return found


def _year_end(new: NewResident) -> date | None:
    return new.born_on or (date(new.born_year, 12, 31) if new.born_year else None)


async def _write(request: AnyRequest, form: Form, typed: Typed) -> Response[Any]:
    if typed.card:
        named = await name_card(typed.card, typed.new, by=by(request), consents=typed.consents)
        said = _("Registered. The card she holds is hers from now on.")
        return go(request, f"/desk/people/{named.resident_id}", said=said)
    done = await register(typed.new, by=by(request), consents=typed.consents)
    if done.is_new:
        return go(request, f"/desk/people/{done.resident_id}?new=1", said=_("Registered."))
    if await reaches(request, done.resident_id):
        on_file = await person(done.resident_id)
        said = _("%(name)s is on the register already. Nothing was changed.", name=on_file.name_masked)
        return go(request, f"/desk/people/{done.resident_id}", said=said, tone="wait")
    form.complain("document", _("Somebody with this document is registered in another street already."))
    return await _screen(request, form, [], [])


async def _screen(request: AnyRequest, form: Form, meant: list[Home], alike: list[Alike]) -> Response[Any]:
    _place_id, district_id = place_and_district(request, "register_resident")
    return page(
        request,
        "desk/people/new.html",
        status=422 if form.errors else 200,
        form=form,
        homes=await homes_of(district_id),
        meant=[(one.code, one.said) for one in meant],
        alike=alike,
        **person_forms.words(),
    )
