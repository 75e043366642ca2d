"""One session: who is here, and the doors to everything else."""

from __future__ import annotations

from typing import Any

from litestar import Request, Response, get
from litestar.params import FromPath

from elderlearn.catalogue.session_queries import session_card
from elderlearn.checkin.at_hand import at_hand
from elderlearn.checkin.history import changes_of_session
from elderlearn.checkin.queries import presence_of
from elderlearn.checkin.reach import check_reach
from elderlearn.checkin.said_here import how_many_said
from elderlearn.checkin.unclear import Whose, how_many_open
from elderlearn.ground.clock import now
from elderlearn.web.leader.cards import card
from elderlearn.web.leader.hers import leader, session_path
from elderlearn.web.leader.part import part
from elderlearn.web.shell.forms import Form, read_query
from elderlearn.web.shell.ids import id_in_address
from elderlearn.web.shell.page import page

AnyRequest = Request[Any, Any, Any]
PEOPLE = "leader/sessions/_people.html"
CHANGES = 5


@get("/sessions/{session_id:int}")
async def show_session(request: AnyRequest, session_id: FromPath[int]) -> Response[Any]:
    """The way to the scanner, and the list; htmx gets the list. Not hers: there is nothing here."""
    return await session_page(request, session_id, asked=read_query(request))


async def session_page(request: AnyRequest, session_id: int, *, asked: Form, **answer: Any) -> Response[Any]:
    """`asked` says which part of a long list; `answer` is said and tone. Raises Missing."""
    by = leader(request)
    await check_reach([id_in_address(session_id)], by)
    session = await session_card(session_id)
    presence = await presence_of([session_id])
    has_list = session.entry != "drop_in"
    return page(
        request,
        "leader/sessions/show.html",
        fragment=PEOPLE,
        one=card(session, presence[session_id], moment=now()),
        has_list=has_list,
        people=part(await at_hand(session_id, by=by), asked, session_path(session_id)),
        said_here=await how_many_said(session_id),
        unclear=await how_many_open(Whose(staff_id=by.id), session_id=session_id),
        changes_list=await changes_of_session(session_id, CHANGES),
        **answer,
    )
