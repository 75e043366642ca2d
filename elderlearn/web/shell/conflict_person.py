"""It was another person: looked for on the list of the session, or by the number on her card."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from litestar import Response

from elderlearn.catalogue.session_queries import session_card
from elderlearn.checkin.at_hand import AtHand, at_hand
from elderlearn.checkin.resolutions import resolution_of
from elderlearn.checkin.resolve import ACTION
from elderlearn.checkin.resolve_person import it_was_person, other_person, session_meant
from elderlearn.checkin.typed_sheet import people_on
from elderlearn.checkin.unclear import unclear_one
from elderlearn.checkin.unclear_scan import UnclearScan, unclear_scan
from elderlearn.ground.errors import Missing
from elderlearn.locale import _
from elderlearn.people.queries import person
from elderlearn.web.shell.conflict import option
from elderlearn.web.shell.conflict_decisions import address, decided
from elderlearn.web.shell.conflict_words import REFUSALS
from elderlearn.web.shell.conflicts import AnyRequest, Here, line
from elderlearn.web.shell.forms import read_form, read_query
from elderlearn.web.shell.ids import id_sent
from elderlearn.web.shell.meant import is_meant
from elderlearn.web.shell.page import go, page
from elderlearn.web.shell.sealed import seal, unseal

TYPED = "unclear_typed"  # whose number was typed: nobody else is shown by her id
A_LIST = 30
FIVE_MINUTES = 300
LONGEST = 60


async def ask_person(request: AnyRequest, here: Here, scan_id: UUID) -> Response[Any]:
    """The list with its search; with somebody chosen, what would change and one button. Raises Missing."""
    asked = read_query(request)
    scan = await unclear_scan(scan_id, by=here.by, action=ACTION)
    shown = await unclear_one(here.whose, scan_id)
    if shown is None:
        raise Missing
    if await resolution_of(scan_id) is not None:
        return go(request, address(here, scan_id))
    session_id = await session_meant(scan, id_sent(asked.value("session_id")), by=here.by)
    listed = await at_hand(session_id, by=here.by)
    words = asked.value("q")[:LONGEST]
    chosen = await _chosen(request, scan, id_sent(asked.value("who")), listed)
    return page(
        request,
        f"{here.templates}/conflicts/person.html",
        here=here,
        line=line(shown, here),
        session=await session_card(session_id),
        session_id=session_id if session_id != scan.session_id else None,
        words=words,
        people=[one for one in listed if not words or is_meant(one.name, one.number_ends, words)][:A_LIST],
        how_many=len(listed),
        chosen=chosen,
        option=await option(scan, other_person(chosen.id, session_id), here) if chosen else None,
    )


async def take_number(request: AnyRequest, here: Here, scan_id: UUID) -> Response[Any]:
    """The eight digits on a card lead to the page that asks once more."""
    form = await read_form(request)
    await unclear_scan(scan_id, by=here.by, action=ACTION)
    chosen = f"?session_id={id_sent(form.value('session_id'))}" if id_sent(form.value("session_id")) else "?"
    back = address(here, scan_id, "person") + chosen
    people, bad = await people_on([form.value("number")[:40]])
    if not people:
        code = bad[0].reason if bad and bad[0].reason in REFUSALS else "unknown_resident"
        return go(request, back.rstrip("?"), said=_(REFUSALS[code]), tone="no")
    answer = go(request, f"{back}&who={people[0]}".replace("?&", "?"))
    answer.cookies.extend(seal(TYPED, [str(scan_id), people[0]], seconds=FIVE_MINUTES, path=here.path))
    return answer


async def take_person(request: AnyRequest, here: Here, scan_id: UUID) -> Response[Any]:
    """She counts, at the session the scan names or the one chosen for it."""
    form = await read_form(request)
    scan = await unclear_scan(scan_id, by=here.by, action=ACTION)
    session_id = await session_meant(scan, id_sent(form.value("session_id")), by=here.by)
    listed = await at_hand(session_id, by=here.by)
    chosen = await _chosen(request, scan, id_sent(form.value("resident_id")), listed)
    if chosen is None:
        raise Missing
    verb = it_was_person(scan_id, chosen.id, by=here.by, session_id=session_id)
    return await decided(request, here, scan_id, verb)


async def _chosen(request: AnyRequest, scan: UnclearScan, who: int | None, listed: list[AtHand]) -> AtHand | None:
    """Somebody on the list, or whose number was typed just now: an id alone shows nobody."""
    for one in listed:
        if one.id == who:
            return one
    if who is None or unseal(request, TYPED) != [str(scan.id), who]:
        return None
    return AtHand(who, (await person(who)).name_masked, is_expected=False, is_here=False)
