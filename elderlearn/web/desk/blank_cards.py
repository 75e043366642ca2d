"""Blank cards for the hall: a sheet is made, printed, printed again. They open nothing before they have a name."""

from __future__ import annotations

import asyncio
from typing import Any

from litestar import Response, get, post
from litestar.params import FromPath

from elderlearn.checkin.card_sheet import blank_sheets
from elderlearn.ground.errors import Missing, Refusal
from elderlearn.ground.settings import settings
from elderlearn.locale import _
from elderlearn.people.card_batches import MOST_AT_ONCE, Batch, batch, batches_in, make_batch, print_batch
from elderlearn.people.codes import card_url
from elderlearn.people.roles import covers
from elderlearn.places.queries import district_setting, place_by_id
from elderlearn.web.desk.person_forms import complain
from elderlearn.web.desk.reach import able, by, place_and_district
from elderlearn.web.shell.again import once, send_back, status_of, typed_before
from elderlearn.web.shell.forms import Form, read_form, read_query
from elderlearn.web.shell.ids import id_in_address
from elderlearn.web.shell.lists import A_PAGE, Look
from elderlearn.web.shell.numbers import spaced_phone
from elderlearn.web.shell.page import AnyRequest, go, page

PATH = "/desk/cards"
USUAL = 40


@get("/cards")
async def list_batches(request: AnyRequest) -> Response[Any]:
    """What was made for this place, and how much of it is still blank."""
    form = typed_before(request)
    if form.is_good:
        form.typed.setdefault("count", [str(USUAL)])
    return once(request, await _screen(request, form))


@post("/cards", status_code=200)
async def make_cards(request: AnyRequest) -> Response[Any]:
    """A batch, to be printed next."""
    place_id, _district_id = place_and_district(request, "issue_card")
    form = await read_form(request)
    count = form.number(
        "count", low=1, high=MOST_AT_ONCE, need=_("Please write how many cards: 1 to %(most)s.", most=MOST_AT_ONCE)
    )
    if count is None or not form.is_good:
        return send_back(request, PATH, form) or await _screen(request, form)
    made = await make_batch(count, place_id, by=by(request))
    said = _("%(count)s blank cards are made. Print the sheet now.", count=count)
    return go(request, f"{PATH}#batch-{made}", said=said)


@post("/cards/{batch_id:int}/sheet", status_code=200)
async def print_cards(request: AnyRequest, batch_id: FromPath[int]) -> Response[Any]:
    """A PDF to print at 100 % and cut; only cards nobody has yet."""
    found = await _hers(request, batch_id)
    form = await read_form(request)
    try:
        cards = await print_batch(found.id, by=by(request))
    except Refusal as refusal:
        complain(form, refusal, "count")
        return send_back(request, PATH, form) or await _screen(request, form)
    setting = await district_setting(found.district_id)
    host = settings().public_url
    codes = [(card_url(one.code, host), one.number) for one in cards]
    phone = spaced_phone(setting.help_phone) if setting.help_phone else ""
    drawn = await asyncio.to_thread(blank_sheets, codes, phone, setting.title)
    return Response(
        drawn,
        media_type="application/pdf",
        headers={
            "Content-Disposition": f'attachment; filename="blank-cards-{found.id}.pdf"',
            "Cache-Control": "no-store",
        },
    )


@get("/cards/{batch_id:int}/sheet")
async def ask_sheet(request: AnyRequest, batch_id: FromPath[int]) -> Response[Any]:
    """Where a reload lands."""
    return go(request, f"{PATH}#batch-{batch_id}")


async def _hers(request: AnyRequest, batch_id: int) -> Batch:
    """Made for her place or below it. Raises Missing."""
    place_id, _district_id = place_and_district(request, "print_cards")
    found = await batch(id_in_address(batch_id))
    if not covers(place_id, await place_by_id(found.place_id)):
        raise Missing
    return found


async def _screen(request: AnyRequest, form: Form) -> Response[Any]:
    place_id, _district_id = place_and_district(request, "print_cards")
    look = Look.of(PATH, read_query(request), ())
    found = await batches_in(place_id, limit=A_PAGE + 1, offset=look.offset)
    return page(
        request,
        "desk/cards.html",
        status=status_of(request, form),
        form=form,
        look=look,
        found=found[:A_PAGE],
        later=look.later(look.offset + len(found)),
        may_make=able(request, "issue_card"),
        most=MOST_AT_ONCE,
        place=await place_by_id(place_id),
    )
