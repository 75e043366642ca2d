"""Mending what is written about a person: details, home, a document brought later. One page, three forms."""

from __future__ import annotations

from typing import Any

from litestar import Response, get, post
from litestar.params import FromPath

from elderlearn.ground.errors import Refusal
from elderlearn.locale import _
from elderlearn.people.consents import NOTICE_VERSION, NewConsent
from elderlearn.people.numbers import masked_numbers
from elderlearn.people.queries import Person
from elderlearn.people.residents import OUTSIDE
from elderlearn.stewardship.add_document import add_document
from elderlearn.stewardship.change_details import Details, change_details
from elderlearn.stewardship.move_home import move_home
from elderlearn.web.desk import person_forms
from elderlearn.web.desk.homes import Home, home_said, homes_of, read_home
from elderlearn.web.desk.person_forms import (
    born_said,
    complain,
    read_born,
    read_document_field,
    read_name,
    read_phone,
)
from elderlearn.web.desk.reach import by, person_of, reaches
from elderlearn.web.shell.forms import Form, read_form
from elderlearn.web.shell.page import AnyRequest, go, page


@get("/people/{resident_id:int}/edit")
async def ask_details(request: AnyRequest, resident_id: FromPath[int]) -> Response[Any]:
    """What is written now, to be mended."""
    found = await person_of(request, resident_id, "change_resident")
    return await _screen(request, found, _form_of(found))


@post("/people/{resident_id:int}/edit", status_code=200)
async def take_details(request: AnyRequest, resident_id: FromPath[int]) -> Response[Any]:
    """Name, birth date, sex, phone. Nothing different is no change."""
    found = await person_of(request, resident_id, "change_resident")
    form = await _filled(request, found)
    name = read_name(form)
    born_on, born_year = read_born(form)
    sex, phone = form.choice("sex", person_forms.SEXES), read_phone(form)
    if form.is_good:
        details = Details(
            name=name, born_on=born_on, born_year=born_year, sex=sex,  # type: ignore[arg-type]  # one of SEXES
            phone=phone, has_no_phone=form.ticked("no_phone"),
        )  # fmt: skip
        try:
            await change_details(found.id, details, by=by(request))
        except Refusal as refusal:
            complain(form, refusal)
    return await _done_or_again(request, found, form, _("The details are changed."))


@post("/people/{resident_id:int}/home", status_code=200)
async def take_home(request: AnyRequest, resident_id: FromPath[int]) -> Response[Any]:
    """She moved within the district, or out of every place of it. Her visits of this year move with her."""
    found = await person_of(request, resident_id, "change_resident")
    form = await _filled(request, found)
    code, meant = await read_home(form, await homes_of(found.district_id))
    if code is not None and form.is_good:
        try:
            await move_home(found.id, code, by=by(request))
        except Refusal as refusal:
            complain(form, refusal, "home")
    if form.is_good and not await reaches(request, found.id):
        return go(request, "/desk/people", said=_("%(name)s belongs to another street now.", name=found.name))
    return await _done_or_again(request, found, form, _("The home is changed."), meant)


@post("/people/{resident_id:int}/document", status_code=200)
async def take_document(request: AnyRequest, resident_id: FromPath[int]) -> Response[Any]:
    """A document she brings later; an identity card tells birth date and sex."""
    found = await person_of(request, resident_id, "change_resident")
    form = await _filled(request, found)
    document = read_document_field(form, need=_("Please write the number of the document."))
    if not form.ticked("sensitive"):
        form.complain("sensitive", _("Please ask whether the number may be kept, or leave it empty."))
    if document and form.is_good:
        try:
            agreed = NewConsent("sensitive", NOTICE_VERSION, "read_at_desk")
            whose = await add_document(
                found.id, document.type, document.number, consents=(agreed,), by=by(request)
            )
        except Refusal as refusal:
            complain(form, refusal, "document")
        else:
            if whose != found.id:
                told = _("With this document she was on the register already. Both are one person now.")
                seen = await reaches(request, whose)
                return go(request, f"/desk/people/{whose}" if seen else "/desk/people", said=told)
    return await _done_or_again(request, found, form, _("The document is added."))


@get(["/people/{resident_id:int}/home", "/people/{resident_id:int}/document"])
async def ask_again(request: AnyRequest, resident_id: FromPath[int]) -> Response[Any]:
    """Where a reload lands."""
    return go(request, f"/desk/people/{resident_id}/edit")


def _form_of(found: Person) -> Form:
    return Form.of(
        name=found.name,
        born=born_said(found.born_on, found.born_precision),
        sex=found.sex,
        document_type="id_card",
    )


async def _filled(request: AnyRequest, found: Person) -> Form:
    """One of the three forms as typed, the other two as written now."""
    typed, kept = await read_form(request), _form_of(found)
    sent = set(typed.typed)
    groups = (
        {"name", "born", "sex", "phone", "no_phone"},
        {"home", "home_code", "outside"},
        {"document", "sensitive"},
    )
    for group in groups:
        if not group & sent:
            typed.typed |= {name: value for name, value in kept.typed.items() if name in group}
    return typed


async def _done_or_again(
    request: AnyRequest, found: Person, form: Form, said: str, meant: list[Home] | None = None
) -> Response[Any]:
    if form.is_good:
        return go(request, f"/desk/people/{found.id}", said=said)
    return await _screen(request, found, form, meant or [])


async def _screen(
    request: AnyRequest, found: Person, form: Form, meant: list[Home] | None = None
) -> Response[Any]:
    return page(
        request,
        "desk/people/edit.html",
        status=422 if form.errors else 200,
        form=form,
        person=found,
        numbers=await masked_numbers(found.id),
        homes=await homes_of(found.district_id),
        meant=[(one.code, one.said) for one in meant or []],
        home=_("outside the district") if found.residence == OUTSIDE else await home_said(found.place_id),
        **person_forms.words(),
    )
