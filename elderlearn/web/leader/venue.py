"""The code of the hall, on a projector or tablet: another one every quarter of a minute, by the server's clock."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from litestar import Request, Response, get
from litestar.params import FromPath
from markupsafe import Markup

from elderlearn.catalogue.session_queries import SessionCard
from elderlearn.checkin.claim import screen_address
from elderlearn.checkin.picture import code_svg
from elderlearn.checkin.queries import presence_of
from elderlearn.checkin.venue_code import STEP, next_code_in
from elderlearn.ground.clock import now
from elderlearn.locale import _
from elderlearn.web.leader.cards import Card, card
from elderlearn.web.leader.hers import her_session
from elderlearn.web.shell.page import page

LOOK_AGAIN = 30.0  # seconds, while there is no code to show


@dataclass(frozen=True)
class Screen:
    """What stands on it: `picture` only while people may check in. Milliseconds until the page asks again, and
    until the picture, should no answer come, is good for nothing."""

    picture: Markup | None
    next_in: int
    good_for: int

    @property
    def seconds(self) -> int:
        """For the page without JavaScript: just after the next code has come."""
        return math.ceil(self.next_in / 1000)


@get("/sessions/{session_id:int}/venue")
async def show_screen(request: Request[Any, Any, Any], session_id: FromPath[int]) -> Response[Any]:
    """The whole page, or to the page itself only what changes. Not hers: there is nothing here."""
    session = await her_session(request, session_id)
    moment = now()
    one = card(session, (await presence_of([session_id]))[session_id], moment=moment)
    screen = _screen(session, one, moment)
    return page(request, "leader/venue/show.html", fragment="leader/venue/_code.html", one=one, screen=screen)


def _screen(session: SessionCard, one: Card, moment: datetime) -> Screen:
    if not one.is_on:
        return Screen(None, int(LOOK_AGAIN * 1000), 0)
    drawn = code_svg(screen_address(session.id, moment), said=_("Square code for checking in"))
    left = next_code_in(moment)
    return Screen(Markup(drawn), math.ceil(left * 1000), int((left + STEP) * 1000))  # noqa: S704 - drawn by us
