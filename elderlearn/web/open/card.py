"""What the code on a card opens in anybody's phone: the same page for good, forged and unreadable codes.

Looking tells nothing about the card, because the code is not even looked up. Only a leader's button does that.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import uuid4

from litestar import Response, get, post
from litestar.params import FromPath

from elderlearn.catalogue.session_queries import SessionCard, sessions_led_by
from elderlearn.checkin.items import RawScan, read_item
from elderlearn.checkin.receive import receive
from elderlearn.checkin.rules import EARLY, LATE
from elderlearn.ground.actor import Actor
from elderlearn.ground.clock import date_of, now
from elderlearn.ground.errors import Missing
from elderlearn.people.sign_in.who import SignedIn
from elderlearn.web.open.verdicts import spoken_verdict
from elderlearn.web.shell.forms import Form, read_form
from elderlearn.web.shell.page import AnyRequest, go, page
from elderlearn.web.shell.viewer import viewer

LONGEST = timedelta(hours=12)  # a session with the hour after it


@dataclass(frozen=True)
class Meeting:
    """A session that is on now, and the id its next scan will have: pressed twice it is still one scan."""

    session: SessionCard
    scan_id: str


@get(["/C/{code:str}", "/c/{code:str}"])
async def show_card(request: AnyRequest, code: FromPath[str]) -> Response[Any]:
    """Strangers: whom to ring. The owner: a way in. A leader with a session now: one big button."""
    person = viewer(request)
    meetings = [Meeting(one, str(uuid4())) for one in await _sessions_now(person)] if person else []
    if meetings:
        return page(request, "open/card_leader.html", meetings=meetings, here=request.url.path)
    return page(request, "open/card.html", code=code[:120], form=Form())


@post(["/C/{code:str}", "/c/{code:str}"], status_code=200)
async def check_in(request: AnyRequest, code: FromPath[str]) -> Response[Any]:
    """A leader's button. Never by GET: previews of links must not check anybody in."""
    person = viewer(request)
    if person is None or person.kind != "staff":
        raise Missing
    scan = await _scan(request, code)
    by = Actor("staff", person.id, "leader")
    [verdict] = await receive([scan], by=by)
    sentence, tone = spoken_verdict(verdict)
    return go(request, request.url.path, said=sentence, tone=tone)


async def _sessions_now(person: SignedIn) -> list[SessionCard]:
    if person.kind != "staff" or person.role != "leader":
        return []
    moment = now()
    days = sorted({date_of(moment - LONGEST), date_of(moment + EARLY)})  # around midnight two
    found = [one for on in days for one in await sessions_led_by(person.id, on)]
    return [
        one for one in found if one.state == "planned" and one.starts_at - EARLY <= moment <= one.ends_at + LATE
    ]


async def _scan(request: AnyRequest, code: str) -> RawScan:
    form = await read_form(request)
    return read_item(
        {
            "scan_id": form.value("scan"),
            "session_id": form.value("session"),
            "code": code,
            "scanned_at": now(),
            "method": "camera",
        }
    )
