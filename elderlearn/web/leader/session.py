"""One session: who is here, and the scanner."""

from __future__ import annotations

from typing import Any

from litestar import Request, Response, get
from litestar.params import FromPath

from elderlearn.catalogue.session_queries import session_card
from elderlearn.checkin.at_hand import at_hand
from elderlearn.checkin.history import changes_of_session
from elderlearn.checkin.queries import presence_of
from elderlearn.checkin.reach import check_reach
from elderlearn.ground.clock import now
from elderlearn.locale import _
from elderlearn.web.leader.cards import card
from elderlearn.web.leader.hers import leader, session_path
from elderlearn.web.leader.part import part
from elderlearn.web.leader.sentences import QUEUE, scanner_words
from elderlearn.web.shell.again import once, typed_before
from elderlearn.web.shell.forms import Form, read_query
from elderlearn.web.shell.ids import id_in_address
from elderlearn.web.shell.page import is_htmx, page

AnyRequest = Request[Any, Any, Any]
PEOPLE = "leader/sessions/_people.html"
CHANGES = 5


@get("/sessions/{session_id:int}")
async def show_session(request: AnyRequest, session_id: FromPath[int]) -> Response[Any]:
    """The scanner, the field for a number, and the list; htmx gets the list. Not hers: there is nothing here."""
    answer = await session_page(request, session_id, asked=read_query(request))
    return answer if is_htmx(request) else once(request, answer)


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
        scanner_words=scanner_words(has_list=has_list),
        queue_words={name: _(words) for name, words in QUEUE.items()},
        form=typed_before(request),
        changes_list=await changes_of_session(session_id, CHANGES),
        **answer,
    )
