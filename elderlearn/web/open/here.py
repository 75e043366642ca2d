"""The code of the hall, opened by WeChat or a camera: at once a claim kept in this browser, then one big button.

Looking checks nobody in: previews, prefetches and the back button are harmless. The claim is a sealed cookie of
one session, so a link passed on is worth nothing and no page presses the button of another session.
"""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime
from typing import Any
from uuid import UUID

from litestar import Request, Response, get, post
from litestar.params import FromPath

from elderlearn.catalogue.session_queries import SessionCard, session_card, sessions_of
from elderlearn.checkin.claim import LASTS, Claim, claim_by
from elderlearn.checkin.rules import EARLY, LATE
from elderlearn.checkin.said_here import her_place
from elderlearn.checkin.say_here import say_here
from elderlearn.ground.actor import Actor
from elderlearn.ground.clock import now
from elderlearn.ground.errors import Missing, Refusal
from elderlearn.web.shell import sealed
from elderlearn.web.shell.forms import read_form
from elderlearn.web.shell.ids import id_in_address
from elderlearn.web.shell.pace import may_try, too_often
from elderlearn.web.shell.page import AnyRequest, go, page
from elderlearn.web.shell.viewer import viewer


@get(["/V/{code:str}", "/v/{code:str}"])
async def take_code(request: AnyRequest, code: FromPath[str]) -> Response[Any]:
    """Swaps a good code for a claim. One that is over looks like a forged one; only those are counted, so that a
    whole hall behind one address is never kept out."""
    claim = claim_by(code)
    if claim is None:
        is_too_much = not await may_try(request, "venue")
        return page(request, "open/here/again.html", said=too_often(request) if is_too_much else None, tone="no")
    answer = go(request, f"/here/{claim.session_id}")
    for cookie in sealed.seal(_name(claim.session_id), _packed(claim), seconds=int(LASTS.total_seconds())):
        answer.set_cookie(cookie)
    return answer


@get("/here/{session_id:int}")
async def show_here(request: AnyRequest, session_id: FromPath[int]) -> Response[Any]:
    """That she is here already; else the button, or a way to sign in; else what waits for the leader; without any
    of these: please scan again."""
    session_id, person, moment = id_in_address(session_id), viewer(request), now()
    claim = _claim(request, session_id, moment)
    hers = await her_place(session_id, person.id) if person and person.kind == "resident" else None
    if hers and (hers.is_present or (hers.waits_because and claim is None)):
        session = await session_card(session_id)
        return page(request, "open/here/done.html", one=session, hers=hers, next=await _next(session, moment))
    if claim is None:
        return page(request, "open/here/again.html")
    session = await session_card(session_id)
    return page(request, "open/here/claim.html", one=session, phase=_phase(session, moment), here=request.url.path)


@post("/here/{session_id:int}", status_code=200)
async def press(request: AnyRequest, session_id: FromPath[int]) -> Response[Any]:
    """The button. Counts for whoever is signed in on this phone and for nobody else, and uses the claim up."""
    path, person = f"/here/{id_in_address(session_id)}", viewer(request)
    if person is None:
        return go(request, f"/sign-in?next={path}")
    if person.kind != "resident":
        raise Missing
    if (await read_form(request)).value("who") != str(person.id):  # somebody else signed in meanwhile: look again
        return go(request, path)
    claim = _claim(request, session_id, now())
    if claim is None:
        return go(request, path)
    with suppress(Refusal):  # over in this very moment: the page says what to do
        await say_here(claim, by=Actor("resident", person.id, "resident"))
    answer = go(request, path)
    for cookie in sealed.forget(request, _name(session_id)):
        answer.set_cookie(cookie)
    return answer


def _phase(session: SessionCard, moment: datetime) -> str:
    if session.state == "called_off":
        return "called_off"
    return "on" if session.starts_at - EARLY <= moment <= session.ends_at + LATE else "closed"


async def _next(session: SessionCard, moment: datetime) -> SessionCard | None:
    """When the same people meet again."""
    later = [one for one in await sessions_of(session.run_id) if one.starts_at > max(session.starts_at, moment)]
    return next((one for one in later if one.state == "planned"), None)


def _name(session_id: int) -> str:
    """Two pages of two sessions never take each other's claim: none begins with another, as parts of one do."""
    return f"here-{session_id}-"


def _packed(claim: Claim) -> list[Any]:
    return [str(claim.id), claim.scanned_at.isoformat(), claim.is_printed]


def _claim(request: Request[Any, Any, Any], session_id: int, moment: datetime) -> Claim | None:
    match sealed.unseal(request, _name(session_id)):
        case [str(id), str(at), bool(is_printed)]:
            claim = Claim(UUID(id), session_id, datetime.fromisoformat(at), is_printed)
            return None if claim.is_over(moment) else claim
        case _:
            return None
