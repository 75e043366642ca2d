"""One session: who is here, and the scanner."""

from __future__ import annotations

from typing import Any

from litestar import Request, Response, get
from litestar.params import FromPath

from elderlearn.catalogue.session_queries import session_card
from elderlearn.checkin.at_hand import at_hand
from elderlearn.checkin.queries import presence_of
from elderlearn.checkin.reach import check_reach
from elderlearn.ground.actor import Actor
from elderlearn.ground.clock import now
from elderlearn.locale import _
from elderlearn.web.leader.cards import card
from elderlearn.web.leader.sentences import QUEUE, SCANNER
from elderlearn.web.shell.forms import Form
from elderlearn.web.shell.guards import signed_in
from elderlearn.web.shell.ids import id_in_address
from elderlearn.web.shell.page import page

PEOPLE = "leader/sessions/_people.html"


@get("/sessions/{session_id:int}")
async def show_session(request: Request[Any, Any, Any], session_id: FromPath[int]) -> Response[str]:
    """The scanner, the field for a number, and the list; htmx gets the list. Not hers: there is nothing here."""
    return await session_page(request, session_id, Form())


async def session_page(
    request: Request[Any, Any, Any], session_id: int, form: Form, **answer: Any
) -> Response[str]:
    """The same page after something was typed or ticked; `answer` is status, said, tone. Raises Missing."""
    by = leader(request)
    await check_reach([id_in_address(session_id)], by)
    session = await session_card(session_id)
    presence = await presence_of([session_id])
    return page(
        request,
        "leader/sessions/show.html",
        fragment=PEOPLE,
        one=card(session, presence[session_id], moment=now()),
        people=await at_hand(session_id, by=by),
        scanner_words={name: _(words) for name, words in SCANNER.items()},
        queue_words={name: _(words) for name, words in QUEUE.items()},
        form=form,
        **answer,
    )


def leader(request: Request[Any, Any, Any]) -> Actor:
    """Whoever is signed in, as the one who did it."""
    return Actor("staff", signed_in(request).id, "leader")
