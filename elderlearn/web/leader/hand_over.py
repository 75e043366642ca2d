"""Somebody helps with scanning: a picture and eight digits to show, who helps, ending it at once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from litestar import Response, get, post
from litestar.params import FromPath
from markupsafe import Markup

from elderlearn.catalogue.session_queries import SessionCard
from elderlearn.checkin.hand_over import OFFERED_FOR, may_be_lent, offer, shown
from elderlearn.checkin.passes import GRACE, end_pass, helpers_of
from elderlearn.checkin.picture import code_svg
from elderlearn.ground.clock import now
from elderlearn.ground.errors import Refusal
from elderlearn.ground.settings import settings
from elderlearn.locale import _
from elderlearn.web.leader.hers import her_session, leader, session_path
from elderlearn.web.shell import sealed
from elderlearn.web.shell.helper_pass import PATH
from elderlearn.web.shell.ids import id_in_address
from elderlearn.web.shell.kept import whose_is
from elderlearn.web.shell.page import AnyRequest, go, page
from elderlearn.web.shell.phone_words import phone_words
from elderlearn.web.shell.viewer import viewer

COOKIE = "lend"


@dataclass(frozen=True)
class OfferShown:
    """What the leader holds out to her helper, while nobody took it up yet."""

    picture: Markup
    digits: str
    until: datetime


@get("/sessions/{session_id:int}/helpers")
async def show_helpers(request: AnyRequest, session_id: FromPath[int]) -> Response[Any]:
    """Who helps, and what was just offered; htmx asks again for both while somebody is expected."""
    session = await her_session(request, session_id, "hand_over")
    return page(
        request,
        "leader/helpers/show.html",
        fragment="leader/helpers/_helpers.html",
        one=session,
        helpers=await helpers_of(session.id, by=leader(request)),
        phone_words=phone_words,
        offer=await _offer(request, session),
        offer_address=f"{settings().public_url.rstrip('/').partition('//')[2]}{PATH}",
        may_lend=may_be_lent(session, now()),
        minutes=int(OFFERED_FOR.total_seconds() // 60),
        hours=int(GRACE.total_seconds() // 3600),
    )


@post("/sessions/{session_id:int}/helpers", status_code=200)
async def offer_help(request: AnyRequest, session_id: FromPath[int]) -> Response[Any]:
    """A new picture; one that nobody scanned yet is over. It waits sealed in the browser, so a reload shows it."""
    path = session_path(id_in_address(session_id), "helpers")
    try:
        made = await offer(session_id, by=leader(request))
    except Refusal:  # not its day: the page says so
        return go(request, path)
    answer = go(request, path)
    content: dict[str, Any] = {"token": made.token, "code": made.code, "until": made.until.isoformat()}
    content |= {"whose": whose_is(viewer(request)), "session": session_id}
    for cookie in sealed.seal(COOKIE, content, seconds=int(OFFERED_FOR.total_seconds()), path=path):
        answer.set_cookie(cookie)
    return answer


@post("/passes/{pass_id:int}/end", status_code=200)
async def end_help(request: AnyRequest, pass_id: FromPath[int]) -> Response[Any]:
    """That phone scans no more from now on; ended twice is the same."""
    session_id = await end_pass(id_in_address(pass_id), by=leader(request))
    return go(request, session_path(session_id, "helpers"), said=_("Ended. That phone scans no more."))


async def _offer(request: AnyRequest, session: SessionCard) -> OfferShown | None:
    match sealed.unseal(request, COOKIE):
        case {"token": str(token), "code": str(code), "until": str(until), "whose": whose, "session": session.id}:
            if whose != whose_is(viewer(request)) or await shown(token) is None:
                return None
            address = f"{settings().public_url.rstrip('/')}/H/{token}".upper()
            drawn = code_svg(address, said=_("Square code for your helper's phone"))
            return OfferShown(Markup(drawn), f"{code[:4]} {code[4:]}", datetime.fromisoformat(until))  # noqa: S704
        case _:
            return None
