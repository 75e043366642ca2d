"""Finding somebody: one field for a name, a phone, a document, a card."""

from __future__ import annotations

from typing import Any

from litestar import Response, get, post

from elderlearn.locale import N_, _
from elderlearn.people.search import ORDERS, find_people
from elderlearn.people.search_words import LONGEST, read_words
from elderlearn.places.queries import place_by_id
from elderlearn.web.desk.reach import able, place_and_district
from elderlearn.web.shell.forms import read_form, read_query
from elderlearn.web.shell.lists import A_PAGE, Look
from elderlearn.web.shell.page import AnyRequest, go, page
from elderlearn.web.shell.shown_once import go_and_show, shown, to_show

PATH = "/desk/people"
FILTERS = ("words", "order", "gone")
ORDERS_SAID = {"name": N_("By name"), "new": N_("Newest first"), "born": N_("Oldest first")}


@get("/people")
async def list_people(request: AnyRequest) -> Response[Any]:
    """People at home here by the beginning of the name, page by page; once by a number typed just now."""
    look = Look.of(PATH, read_query(request), FILTERS)
    typed = to_show(request, PATH).get("words", "")
    return shown(request, await _screen(request, look, typed or look.given.get("words", "")), PATH)


@post("/people/search", status_code=200)
async def search_people(request: AnyRequest) -> Response[Any]:
    """A name leads to the list; a number or card to its person. No number ever stands in an address or a log.

    Of another street only an exact card or document says a masked name.
    """
    place_id, district_id = place_and_district(request, "read_residents")
    words = (await read_form(request)).text("words", limit=LONGEST)
    look = Look(PATH, {}, 1)
    sought = read_words(words)
    if sought.is_everybody or (sought.name and not _may_be_a_number(sought.name)):
        return go(request, look.address(words=words))
    found = await find_people(words, place_id=place_id, district_id=district_id, limit=2)
    if found.how_many == 1:
        return go(request, f"/desk/people/{found.people[0].id}")
    return go_and_show(request, PATH, {"words": words})


@get("/people/search")
async def search_again(request: AnyRequest) -> Response[Any]:
    """Where a reload lands."""
    return go(request, "/desk/people")


def _may_be_a_number(name: str) -> bool:
    """A mistyped phone, card or document reads as a name that nobody has."""
    return any(sign.isdigit() for sign in name)


async def _screen(request: AnyRequest, look: Look, words: str) -> Response[Any]:
    place_id, district_id = place_and_district(request, "read_residents")
    order = look.one_of("order", ORDERS, "name")
    found = await find_people(
        words, place_id=place_id, district_id=district_id, order=order, with_gone="gone" in look.given,
        limit=A_PAGE, offset=look.offset,
    )  # fmt: skip
    return page(
        request,
        "desk/people/list.html",
        words=words,
        look=look,
        found=found,
        order=order,
        orders=[(one, _(said)) for one, said in ORDERS_SAID.items()],
        place=await place_by_id(place_id),
        may_register=able(request, "register_resident"),
        may_take=able(request, "read_lists"),
    )
