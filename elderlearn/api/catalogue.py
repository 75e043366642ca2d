"""GET /runs and GET /runs/{id}: the catalogue of the token's district."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated
from urllib.parse import urlencode

from litestar import Response, get
from litestar.params import FromPath
from msgspec import Meta, Struct, structs

from elderlearn.api.bodies import AnyRequest, read_query
from elderlearn.api.call import call
from elderlearn.api.errors import PREFIX
from elderlearn.api.guard import viewer
from elderlearn.api.reach import run_in_sight
from elderlearn.api.session_answer import SessionAnswer, session_answer
from elderlearn.api.words import Allocation, Entry, RunKind, read_id
from elderlearn.catalogue.queries import RunCard, Wanted, open_runs, run_card
from elderlearn.catalogue.session_queries import sessions_of
from elderlearn.ground.clock import local, now
from elderlearn.ground.errors import Missing
from elderlearn.ground.sql import rows
from elderlearn.places.queries import place_by_code

MOST_RUNS = 1000  # a district with 200 communities holds about as many in a term


class RunsQuery(Struct):
    """`open` asks for runs with an open window now (or not now); a `Link` header names the next page."""

    place: Annotated[str, Meta(max_length=40)] | None = None
    kind: RunKind | None = None
    open: bool | None = None
    limit: Annotated[int, Meta(ge=1, le=MOST_RUNS)] = MOST_RUNS
    offset: Annotated[int, Meta(ge=0, le=10_000_000)] = 0


class RulesAnswer(Struct):
    min_age: int | None
    max_age: int | None
    places: list[str]


class RunAnswer(Struct, kw_only=True):
    run_id: str
    course_id: str
    title: str
    subject: str
    organisation_id: str
    organisation_name: str
    place_code: str
    place_name: str
    kind: RunKind
    entry: Entry
    allocation: Allocation
    seats: int | None
    seats_taken: int
    waiting: int
    opens_at: datetime | None
    closes_at: datetime | None
    is_open: bool
    term_id: str | None
    rules: RulesAnswer
    sessions_count: int
    planned_minutes: int
    first_on: date | None
    last_on: date | None


class OneRunAnswer(RunAnswer, kw_only=True):
    sessions: list[SessionAnswer]


@get("/runs", opt=call("read_catalogue", {200: list[RunAnswer]}, asks=RunsQuery))
async def list_runs(request: AnyRequest) -> Response[list[RunAnswer]]:
    """Released runs of the token's district, those not over first. A place outside it answers 404."""
    asked, district_id = read_query(request, RunsQuery), viewer(request).district_id
    place_id = await _place_id(asked.place, district_id) if asked.place else district_id
    wanted = Wanted(place_id=place_id, kind=asked.kind, is_open=asked.open)
    found = await open_runs(wanted, limit=asked.limit, offset=asked.offset)
    codes = await _codes(found)
    headers = _next_page(asked) if len(found) == asked.limit else {}
    return Response([_answer(one, codes) for one in found], headers=headers)


@get("/runs/{run_id:str}", opt=call("read_catalogue", {200: OneRunAnswer}))
async def show_run(request: AnyRequest, run_id: FromPath[str]) -> OneRunAnswer:
    """One run with all its sessions, called-off ones too."""
    id = read_id(run_id)
    await run_in_sight(viewer(request), id)
    card = await run_card(id)
    answer = _answer(card, await _codes([card]))
    sessions = [session_answer(one) for one in await sessions_of(id)]
    return OneRunAnswer(**structs.asdict(answer), sessions=sessions)


async def _place_id(code: str, district_id: int | None) -> int:
    place = await place_by_code(code)
    if place.district_id != district_id:
        raise Missing
    return place.id


async def _codes(cards: list[RunCard]) -> dict[int, str]:
    ids = sorted({id for card in cards for id in card.places})
    found = await rows("SELECT id, code FROM place WHERE id = ANY($1::bigint[])", ids) if ids else []
    return {one["id"]: one["code"] for one in found}


def _next_page(asked: RunsQuery) -> dict[str, str]:
    further = {**structs.asdict(asked), "offset": asked.offset + asked.limit}
    given = {name: str(value).lower() for name, value in further.items() if value is not None}
    return {"Link": f'<{PREFIX}/runs?{urlencode(given)}>; rel="next"'}


def _answer(card: RunCard, codes: dict[int, str]) -> RunAnswer:
    return RunAnswer(
        run_id=str(card.id),
        course_id=str(card.course_id),
        title=card.title,
        subject=card.subject,
        organisation_id=str(card.organisation_id),
        organisation_name=card.organisation_name,
        place_code=card.place_code,
        place_name=card.place_name,
        kind=card.kind,  # type: ignore[arg-type]  # these three by a Check of the table
        entry=card.entry,  # type: ignore[arg-type]
        allocation=card.allocation,  # type: ignore[arg-type]
        seats=card.seats,
        seats_taken=card.seats_taken,
        waiting=card.waiting,
        opens_at=local(card.opens_at) if card.opens_at else None,
        closes_at=local(card.closes_at) if card.closes_at else None,
        is_open=card.is_open(now()) and card.course_state == "released",
        term_id=str(card.term_id) if card.term_id else None,
        rules=RulesAnswer(card.min_age, card.max_age, [codes[id] for id in card.places if id in codes]),
        sessions_count=card.sessions_count,
        planned_minutes=card.planned_minutes,
        first_on=card.first_on,
        last_on=card.last_on,
    )
