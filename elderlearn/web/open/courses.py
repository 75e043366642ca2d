"""Finding a course, and one course with its seats. Open to strangers: only the last button asks who you are."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from urllib.parse import urlencode

from litestar import Response, get
from litestar.params import FromPath

from elderlearn.catalogue.called_off import called_off_before_next
from elderlearn.catalogue.homes import homes_called
from elderlearn.catalogue.queries import RunCard, Wanted, how_many_runs, open_runs, run_card
from elderlearn.catalogue.session_queries import SessionCard, sessions_of
from elderlearn.enrolment.opening import opens_for
from elderlearn.enrolment.queries import standing_of
from elderlearn.ground.clock import now
from elderlearn.ground.errors import Missing
from elderlearn.locale import N_, _
from elderlearn.people.care.queries import cares_for_somebody
from elderlearn.places.queries import PlaceRow, list_places, place_by_code, place_by_id
from elderlearn.web.shell.dates import weekday
from elderlearn.web.shell.forms import Form, read_query
from elderlearn.web.shell.ids import id_in_address
from elderlearn.web.shell.page import AnyRequest, page
from elderlearn.web.shell.viewer import viewer
from elderlearn.web.shell.who_may import who_may_enrol

TEMPLATE = "open/courses/list.html"
A_PAGE = 12  # cards: about six screens of a phone
LAST_PAGE = 1000
KINDS = {
    "class": N_("Class"),
    "lecture": N_("Lecture"),
    "activity": N_("Activity"),
    "meeting": N_("Meeting of a society"),
    "online": N_("Online"),
}
WEEKDAYS = {str(day): date(2024, 1, day) for day in range(1, 8)}  # the first of January 2024 was a Monday
ASKED = ("words", "place", "kind", "day", "free")
INSTEAD = 3
SHOWN = {"seats": N_("Open now"), "come": N_("Just come"), "all": N_("Everything")}


@dataclass(frozen=True)
class Chip:
    """One of the three ways to look at the list."""

    label: str
    href: str
    is_current: bool


@dataclass(frozen=True)
class Found:
    """One page of the list; addresses of the pages around it are empty where there is none.

    `town` is named when the words are a place and its town's courses are shown; `last` beyond the last page.
    """

    runs: list[RunCard]
    how_many: int
    earlier: str
    later: str
    chips: list[Chip]
    town: str
    last: str


@get("/courses")
async def list_courses(request: AnyRequest) -> Response[Any]:
    """Courses by words, street and kind; strange values in the address count as not chosen."""
    context = await list_context(read_query(request))
    return page(request, TEMPLATE, fragment="open/courses/_list.html", **context)


async def list_context(form: Form) -> dict[str, Any]:
    """What the list shows: everything its template needs besides the surroundings of every page."""
    streets = [(str(one.id), one.name) for one in await list_places("town_street")]
    return {
        "form": form,
        "found": await _find(form, {id for id, _name in streets}),
        "streets": streets,
        "kinds": [(kind, _(said)) for kind, said in KINDS.items()],
        "weekdays": [(number, weekday(on)) for number, on in WEEKDAYS.items()],
        "now": now(),
        **words(),
    }


@get("/courses/{run_id:int}")
async def show_course(request: AnyRequest, run_id: FromPath[int]) -> Response[Any]:
    """What, when, where, who, how many seats, then one button. Gone or a draft: what is on instead."""
    try:
        run = await run_card(id_in_address(run_id))
    except Missing:
        return await _gone(request)
    if run.course_state == "draft":
        return await _gone(request)
    person = viewer(request)
    is_resident = person is not None and person.kind == "resident"
    sessions = await sessions_of(run_id)
    return page(
        request,
        "open/courses/show.html",
        run=run,
        sessions=sessions,
        teachers=_teachers(sessions),
        seat=await standing_of(run_id, person.id) if person and is_resident else None,
        cares=person is not None and is_resident and await cares_for_somebody(person.id),
        opens_for_her=await opens_for(run_id, person.id) if person and is_resident else None,
        refused="",
        now=now(),
        called_off=await called_off_before_next([run]),
        is_over=_is_over(run),
        who_may=await who_may_enrol(run),
        instead=await _instead(run) if _is_over(run) else [],
        **words(),
    )


def words() -> dict[str, Any]:
    """Kinds of run as people say them."""
    return {"kind_said": {kind: _(said) for kind, said in KINDS.items()}}


def _is_over(run: RunCard) -> bool:
    """Nothing of it will ever take place; one whose dates were all called off may get new ones."""
    return run.ends_at is not None and run.ends_at < now()


async def _instead(run: RunCard) -> list[RunCard]:
    """What one could go to now that this is over: at the same organisation first, then of the same kind."""
    nearby = Wanted(organisation_id=run.organisation_id, not_over=True, soonest_first=True)
    alike = Wanted(kind=run.kind, not_over=True, has_seat=True, soonest_first=True)
    found = [one for wanted in (nearby, alike) for one in await open_runs(wanted, limit=INSTEAD)]
    return [one for one in {one.id: one for one in found}.values() if one.next_at][:INSTEAD]


async def _gone(request: AnyRequest) -> Response[Any]:
    """A link that ended, or never was one."""
    on_now = Wanted(not_over=True, has_seat=True, is_open=True, soonest_first=True)
    context = {"instead": await open_runs(on_now, limit=INSTEAD), "now": now(), **words()}
    return page(request, "open/courses/gone.html", status=404, **context)


async def _find(form: Form, street_ids: set[str]) -> Found:
    place, kind = form.value("place"), form.value("kind")
    shown = form.value("show") if form.value("show") in SHOWN else "seats"
    wanted = Wanted(
        place_id=int(place) if place in street_ids else None,
        kind=kind if kind in KINDS else None,
        words=form.value("words")[:60],
        not_over=True,
        is_open=True if shown == "seats" else None,
        entry="drop_in" if shown == "come" else None,
        weekday=int(form.value("day")) if form.value("day") in WEEKDAYS else None,
        has_seat=form.ticked("free"),
        soonest_first=True,
    )
    number = page_number(form)
    how_many, town = await how_many_runs(wanted), None
    if not how_many and wanted.words and wanted.place_id is None:
        town = await _town_meant(wanted.words)
    if town is not None:  # nothing by that name, but we know where it is
        wanted = replace(wanted, words="", place_id=town.id)
        how_many = await how_many_runs(wanted)
    last = max(1, -(-how_many // A_PAGE))
    return Found(
        runs=await open_runs(wanted, limit=A_PAGE, offset=A_PAGE * (number - 1)),
        how_many=how_many,
        town=town.name if town else "",
        last=_address(form, shown, last) if number > last else "",
        earlier=_address(form, shown, number - 1) if number > 1 else "",
        later=_address(form, shown, number + 1) if how_many > A_PAGE * number else "",
        chips=[Chip(_(label), _address(form, one), one == shown) for one, label in SHOWN.items()],
    )


async def _town_meant(words: str) -> PlaceRow | None:
    """The town or street of the community or academy these words name."""
    meant = await homes_called(words)
    if not meant:
        return None
    place = await place_by_code(meant[0].code)
    return await place_by_id(place.parent_id) if place.level == "community" and place.parent_id else place


def page_number(form: Form) -> int:
    """The page asked for in the address, from 1; anything strange is the first."""
    asked = form.value("page")
    return (
        min(int(asked), LAST_PAGE)
        if asked.isascii() and asked.isdecimal() and len(asked) < 6 and int(asked)
        else 1
    )


def _address(form: Form, shown: str, number: int = 1) -> str:
    asked = {name: form.value(name) for name in ASKED}
    asked |= {"show": shown if shown != "seats" else "", "page": str(number) if number > 1 else ""}
    query = urlencode({name: value for name, value in asked.items() if value})
    return "/courses" + (f"?{query}" if query else "")


def _teachers(sessions: list[SessionCard]) -> list[str]:
    return list(dict.fromkeys(one.teacher for one in sessions if one.teacher))
