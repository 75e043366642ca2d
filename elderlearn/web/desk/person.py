"""Everything about one person on one page; full numbers only with a reason that stays in the trail."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from litestar import Response, get, post
from litestar.params import FromPath

from elderlearn.checkin.visits_of import visits_of
from elderlearn.enrolment.age import age_on
from elderlearn.enrolment.queries import enrolments_of
from elderlearn.ground.clock import now, today
from elderlearn.ground.errors import Refusal
from elderlearn.locale import N_, _
from elderlearn.people.cards import current_code
from elderlearn.people.consents import consents_of
from elderlearn.people.numbers import Numbers, masked_numbers, see_numbers
from elderlearn.people.queries import Person
from elderlearn.stewardship.history import changes_of_person
from elderlearn.stewardship.would_merge import merged_into
from elderlearn.web.desk.homes import home_said
from elderlearn.web.desk.person_forms import SEXES, TYPES, complain
from elderlearn.web.desk.reach import able, by, person_of, reaches
from elderlearn.web.shell.again import once, send_back, status_of, typed_before
from elderlearn.web.shell.forms import Form, read_form, read_query
from elderlearn.web.shell.ids import id_in_address
from elderlearn.web.shell.page import AnyRequest, go, page
from elderlearn.web.shell.shown_once import go_and_show, shown, to_show

STATES = {"died": N_("Died"), "left": N_("Moved away")}
ABILITIES = (
    "change_resident", "enrol_other", "withdraw_other", "print_cards", "issue_card", "take_out", "see_numbers",
)  # fmt: skip


@dataclass(frozen=True)
class Shown:
    """The person with what is said about her; `age` none when the birth date is not known."""

    person: Person
    home: str
    registered_home: str
    sex: str
    document_type: str
    age: int | None
    numbers: Numbers
    is_full: bool


@get("/people/{resident_id:int}")
async def show_person(request: AnyRequest, resident_id: FromPath[int]) -> Response[Any]:
    """Her details, courses, visits, card, and what was changed; full numbers just asked for, this once."""
    kept = await merged_into(id_in_address(resident_id))
    if kept is not None and await reaches(request, kept):
        return go(request, f"/desk/people/{kept}")
    found, path = await person_of(request, resident_id, "read_residents"), f"/desk/people/{resident_id}"
    secret = to_show(request, path).get("numbers")
    numbers = Numbers(*secret) if secret else await masked_numbers(found.id)
    drawn = await screen(request, found, typed_before(request), numbers, is_full=bool(secret))
    return shown(request, once(request, drawn), path)


@post("/people/{resident_id:int}/numbers", status_code=200)
async def show_numbers(request: AnyRequest, resident_id: FromPath[int]) -> Response[Any]:
    """To her page with the full numbers, once."""
    found = await person_of(request, resident_id, "see_numbers")
    form = await read_form(request)
    try:
        full = await see_numbers(found.id, reason=form.text("reason"), by=by(request))
    except Refusal as refusal:
        complain(form, refusal)
        again = send_back(request, f"/desk/people/{found.id}", form)
        return again or await screen(request, found, form, await masked_numbers(found.id))
    numbers = [full.document_type, full.document, full.phone]
    return go_and_show(request, f"/desk/people/{found.id}", {"numbers": numbers})


@get("/people/{resident_id:int}/numbers")
async def ask_numbers(request: AnyRequest, resident_id: FromPath[int]) -> Response[Any]:
    """Where a reload lands: masked again."""
    return go(request, f"/desk/people/{resident_id}")


async def screen(
    request: AnyRequest, found: Person, form: Form, numbers: Numbers, *, is_full: bool = False
) -> Response[Any]:
    """Her page; 422 with what is missing."""
    day = today()
    return page(
        request,
        "desk/people/show.html",
        status=status_of(request, form),
        shown=await _shown(found, numbers, is_full),
        is_new=bool(read_query(request).value("new")),
        card=await current_code(found.id),
        learning=await enrolments_of(found.id),
        visits=await visits_of(found.id, date(day.year, 1, 1), day),
        year=day.year,
        agreed={one.purpose for one in await consents_of(found.id)},
        changed=await changes_of_person(found.id),
        states={one: _(said) for one, said in STATES.items()},
        able={one: able(request, one) for one in ABILITIES},
        form=form,
        now=now(),
    )


async def _shown(found: Person, numbers: Numbers, is_full: bool) -> Shown:
    return Shown(
        person=found,
        home=await _home(found.residence, found.place_id),
        registered_home=await _home(found.registered_residence, found.registered_place_id),
        sex=_(SEXES[found.sex]) if found.sex else "",
        document_type=_(TYPES[numbers.document_type]) if numbers.document_type else "",
        age=_age(found),
        numbers=numbers,
        is_full=is_full,
    )


async def _home(residence: str, place_id: int | None) -> str:
    if residence == "outside":
        return _("outside the district")
    return await home_said(place_id)


def _age(found: Person) -> int | None:
    """With only the year known, as old as she is at its end."""
    return age_on(found.born_on, today()) if found.born_on else None
