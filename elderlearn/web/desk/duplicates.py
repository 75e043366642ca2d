"""Perhaps one person: pairs of the register side by side, decided by a human, undone for a month."""

from __future__ import annotations

from typing import Any

from litestar import Response, get, post
from litestar.params import FromPath

from elderlearn.ground.errors import Missing, Refusal
from elderlearn.locale import N_, _, ngettext
from elderlearn.people.numbers import masked_numbers
from elderlearn.people.queries import Person
from elderlearn.stewardship.candidates import pairs_to_look_at
from elderlearn.stewardship.merge import Merged, merge
from elderlearn.stewardship.not_same import not_same
from elderlearn.stewardship.one_person import FIELDS
from elderlearn.stewardship.would_merge import would_merge
from elderlearn.web.desk.homes import home_said
from elderlearn.web.desk.person_forms import SEXES, complain
from elderlearn.web.desk.reach import by, person_of, place_and_district
from elderlearn.web.shell.again import once, send_back, status_of, typed_before
from elderlearn.web.shell.forms import Form, read_form, read_query
from elderlearn.web.shell.lists import A_PAGE, Look
from elderlearn.web.shell.page import AnyRequest, go, page

WEIGHTS = {
    0: N_("name, telephone and birth date are the same"),
    1: N_("name and telephone are the same"),
    2: N_("name and birth date are the same"),
}
NAMES = {
    "name": N_("Name"),
    "born_on": N_("Birth date"),
    "sex": N_("Woman or man"),
    "phone": N_("Telephone"),
    "home": N_("Home"),
    "registered_home": N_("Registered home"),
    "document": N_("Document"),
}


@get("/duplicates")
async def list_pairs(request: AnyRequest) -> Response[Any]:
    """Whom somebody should look at, the surest first."""
    place_id, district_id = place_and_district(request, "merge_people")
    look = Look.of("/desk/duplicates", read_query(request), ())
    found = await pairs_to_look_at(district_id, place_id, limit=A_PAGE, offset=look.offset)
    return page(
        request,
        "desk/duplicates/list.html",
        look=look,
        found=found,
        weights={one: _(said) for one, said in WEIGHTS.items()},
    )


@get("/duplicates/{one_id:int}/{other_id:int}")
async def show_pair(request: AnyRequest, one_id: FromPath[int], other_id: FromPath[int]) -> Response[Any]:
    """Both side by side, and what would change."""
    one, other = await _both(request, one_id, other_id)
    return once(request, await _screen(request, one, other, typed_before(request)))


@post("/duplicates/{one_id:int}/{other_id:int}", status_code=200)
async def merge_pair(request: AnyRequest, one_id: FromPath[int], other_id: FromPath[int]) -> Response[Any]:
    """They are one: the row with a document stays, or the first."""
    one, other = await _both(request, one_id, other_id)
    form = await read_form(request)
    fields = [field for field in FIELDS if form.value(f"take_{field}") == str(other.id)]
    try:
        done = await _merge(one, other, fields, form, request)
    except Refusal as refusal:
        complain(form, refusal, "reason")
        path = f"/desk/duplicates/{one.id}/{other.id}"
        return send_back(request, path, form) or await _screen(request, one, other, form)
    return go(request, f"/desk/people/{done.kept}", said=_told(done))


@post("/duplicates/{one_id:int}/{other_id:int}/two", status_code=200)
async def keep_two(request: AnyRequest, one_id: FromPath[int], other_id: FromPath[int]) -> Response[Any]:
    """They are two: nobody is asked again."""
    one, other = await _both(request, one_id, other_id)
    await not_same(one.id, other.id, by=by(request), reason=(await read_form(request)).text("reason"))
    return go(request, "/desk/duplicates", said=_("Written down: these are two people. Nobody is asked again."))


@get("/duplicates/{one_id:int}/{other_id:int}/two")
async def ask_two(request: AnyRequest, one_id: FromPath[int], other_id: FromPath[int]) -> Response[Any]:
    """Where a reload lands."""
    return go(request, f"/desk/duplicates/{one_id}/{other_id}")


async def _merge(one: Person, other: Person, fields: list[str], form: Form, request: AnyRequest) -> Merged:
    """`fields` are those of the second person; when the second row stays, the others are taken from the first."""
    stays_second = (await would_merge(one.id, other.id)).other.row.document_hash is not None
    if stays_second:
        fields = [field for field in FIELDS if form.value(f"take_{field}") == str(one.id)]
    kept, gone = (other, one) if stays_second else (one, other)
    return await merge(kept.id, gone.id, reason=form.text("reason"), fields=fields, by=by(request))


async def _both(request: AnyRequest, one_id: int, other_id: int) -> tuple[Person, Person]:
    """Raises Missing unless both are hers to look at."""
    one = await person_of(request, one_id, "merge_people")
    other = await person_of(request, other_id, "merge_people")
    if one.id == other.id or one.district_id != other.district_id:
        raise Missing
    return one, other


async def _screen(request: AnyRequest, one: Person, other: Person, form: Form) -> Response[Any]:
    preview = await would_merge(one.id, other.id)
    return page(
        request,
        "desk/duplicates/show.html",
        status=status_of(request, form),
        form=form,
        one=one,
        other=other,
        preview=preview,
        lines=await _lines(one, other),
        signs=preview.signs,
        names={field: _(said) for field, said in NAMES.items()},
        stays=other.id if preview.other.row.document_hash and not preview.one.row.document_hash else one.id,
        two_documents=bool(preview.one.row.document_hash and preview.other.row.document_hash),
    )


async def _lines(one: Person, other: Person) -> list[tuple[str, str, str]]:
    """Field and what each of the two says; numbers masked."""
    first, second = await _said(one), await _said(other)
    return [(field, first[field], second[field]) for field in NAMES]


async def _said(person: Person) -> dict[str, str]:
    numbers = await masked_numbers(person.id)
    return {
        "name": person.name or "",
        "born_on": _born(person),
        "sex": _(SEXES[person.sex]) if person.sex else "",
        "phone": numbers.phone or "",
        "home": await _home(person.residence, person.place_id),
        "registered_home": await _home(person.registered_residence, person.registered_place_id),
        "document": numbers.document or "",
    }


def _born(person: Person) -> str:
    if person.born_on is None:
        return ""
    return str(person.born_on.year) if person.born_precision == "year" else person.born_on.isoformat()


async def _home(residence: str, place_id: int | None) -> str:
    return _("outside the district") if residence == "outside" else await home_said(place_id)


def _told(done: Merged) -> str:
    told = ngettext(
        "One person now. %(n)s visit went over.", "One person now. %(n)s visits went over.", done.attendances
    )
    if done.doubles:
        told += " " + ngettext(
            "At %(n)s class both had been written down: it counts once.",
            "At %(n)s classes both had been written down: they count once.",
            done.doubles,
        )
    return told
