"""Planning a run: weekly sessions over a term, looked at before they are saved. Works without JavaScript."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from litestar import Response, get, post
from litestar.params import FromPath

from elderlearn.catalogue.conditions import Conditions
from elderlearn.catalogue.course_queries import CourseRow, SoughtCourse, courses
from elderlearn.catalogue.holidays import holidays_between
from elderlearn.catalogue.leader_queries import possible_leaders
from elderlearn.catalogue.new_run import MOST_SEATS, OLDEST, NewRun, check_new_run
from elderlearn.catalogue.term_queries import terms
from elderlearn.enrolment.plan_run import plan_run
from elderlearn.ground.clock import now, today
from elderlearn.ground.errors import Missing, Refusal
from elderlearn.locale import _, ngettext
from elderlearn.places.queries import list_places
from elderlearn.web.planning import giving, reach
from elderlearn.web.planning.giving import NOTHING_GIVEN, Giving, read_giving
from elderlearn.web.planning.moments import clock, moment
from elderlearn.web.planning.sentences import blame
from elderlearn.web.planning.weekly import Day, Week, days_of, read_week
from elderlearn.web.planning.where_and_who import flat, teacher_groups, venue_options
from elderlearn.web.planning.words import ENTRIES, RUN_KINDS, WEEKDAYS, options
from elderlearn.web.shell.forms import Form, read_form
from elderlearn.web.shell.page import AnyRequest, go, page
from elderlearn.web.shell.who_may import WhoMay, who_may

MOST_COURSES = 500  # of one organisation
TEMPLATE = "planning/runs/new.html"
BLAMED = {"invalid_sessions": "on", "invalid_window": "closes_on", "otherwise": "kind"}


@get("/courses/{course_id:int}/runs/new")
async def new_run(request: AnyRequest, course_id: FromPath[int]) -> Response[Any]:
    """The form, with what is usual filled in."""
    course = await _course(request, course_id)
    form = Form.of(kind="class", entry="enrol", minutes=90, starts="09:00", opens_on=today(), opens="09:00",
                   closes="17:00", giving="everyone")  # fmt: skip
    offered = await _offered(request, course)
    return page(request, TEMPLATE, form=form, days=[], mark="", who_may=None, rules_open=False, **offered)


@post("/courses/{course_id:int}/runs/new", status_code=200)
async def plan_run_here(request: AnyRequest, course_id: FromPath[int]) -> Response[Any]:
    """`step` show: the dates, and all that saving would refuse. `step` save: saved when the dates now asked for
    have been looked at."""
    course = await _course(request, course_id)
    form = await read_form(request)
    offered = await _offered(request, course)
    week = read_week(form, {str(one.id): one for one in offered["term_rows"]})
    days = days_of(week, await _holidays(course, week), form, now()) if week else []
    was_shown = week is not None and form.value("shown") == week.mark
    new, given = _read(form, course, days, offered)
    if form.value("step") == "save" and form.is_good and was_shown:
        id = await _save(request, form, new, given)
        if id is not None:
            said = ngettext("Planned: %(n)s session.", "Planned: %(n)s sessions.", len(new.sessions))
            return go(request, f"/planning/runs/{id}", said=said)
    wants_look = form.value("step") == "save" and form.is_good and not was_shown
    return page(
        request,
        TEMPLATE,
        status=200 if form.is_good else 422,
        said=_("Please look at the dates, then save.") if wants_look else None,
        tone="wait",
        form=form,
        days=days,
        mark=week.mark if week else "",
        who_may=_said(new, given),
        rules_open=giving.is_asked(form),
        **offered,
    )


async def _course(request: AnyRequest, course_id: int) -> CourseRow:
    reach.need(request, "add_run")
    course = await reach.course_of(request, course_id)
    if course.state == "ended":
        raise Missing
    return course


async def _offered(request: AnyRequest, course: CourseRow) -> dict[str, Any]:
    """What can be chosen."""
    organisation = await reach.organisation_of(request, course.organisation_id)
    district_id = course.district_id
    term_rows = await terms(district_id)
    places = await list_places("town_street", within=district_id)
    if course.place_id != district_id:
        places += [one for one in await list_places(within=course.place_id) if one.level == "community"]
    return {
        "course": course,
        "is_society": organisation.kind == "society",
        "term_rows": term_rows,
        "terms": [(str(one.id), one.name) for one in term_rows],
        "venues": await venue_options(request),
        "teachers": await teacher_groups(course.organisation_id, district_id),
        "leaders": [(str(one.id), f"{one.name} · {one.place_name}") for one in
                    await possible_leaders(course.place_id)],
        "places": [(one.code, one.name) for one in places],
        "kinds": options(RUN_KINDS),
        "entries": [(key, word) for key, word in options(ENTRIES) if key != "members" or
                    organisation.kind == "society"],
        "weekdays": options(WEEKDAYS),
        "giving": giving.offered(await courses_before(course.organisation_id, course.place_id, course.id)),
    }  # fmt: skip


async def courses_before(organisation_id: int, place_id: int, course_id: int) -> list[tuple[str, str]]:
    """Those of the same organisation that may be asked for as completed before."""
    found = await courses(SoughtCourse(place_id, organisation_id=organisation_id), limit=MOST_COURSES)
    return [(str(one.id), one.title) for one in found if one.id != course_id]


async def _holidays(course: CourseRow, week: Week | None) -> dict[date, str]:
    return await holidays_between(course.district_id, week.from_on, week.to_on) if week else {}


def _read(form: Form, course: CourseRow, days: list[Day], offered: dict[str, Any]) -> tuple[NewRun, Giving]:
    """What was typed, with all complaints: of the fields, and of the rules a run is saved by."""
    kind = form.choice("kind", RUN_KINDS, need=_("Please choose the kind."))
    entries = [key for key, _word in offered["entries"]]
    entry = form.choice("entry", entries, need=_("Please choose how people come in."))
    seats, opens_at, closes_at, given = None, None, None, NOTHING_GIVEN
    if entry == "enrol":
        seats = form.number("seats", low=1, high=MOST_SEATS, need=_("Please write the number of seats."))
        opens_at, closes_at = read_window(form)
        given = read_giving(form, opens_at, closes_at, offered["giving"]["courses"], seats)
    low, high = read_ages(form)
    if days and not any(day.is_ticked for day in days):
        form.complain("on", _("Tick at least one day."))
    codes = {code for code, _name in offered["places"]}
    known_leaders = {id for id, _name in offered["leaders"]}
    new = NewRun(
        course_id=course.id,
        sessions=tuple(day.times for day in days if day.is_ticked),
        kind=kind or "",
        entry=entry or "",
        seats=seats,
        opens_at=opens_at,
        closes_at=closes_at,
        term_id=chosen_id(form, "term", offered["terms"]),
        min_age=low,
        max_age=high,
        places=tuple(one for one in form.many("place") if one in codes),
        leaders=tuple(int(one) for one in form.many("leader") if one in known_leaders),
        venue_id=chosen_id(form, "venue", offered["venues"]),
        teacher_id=chosen_id(form, "teacher", flat(offered["teachers"])),
        rounds=given.rounds or (),
        rules=given.rules,
    )
    _check(form, new)
    return new, given


def _check(form: Form, new: NewRun) -> None:
    if form.is_good:
        try:
            check_new_run(new)
        except Refusal as refusal:
            blame(form, refusal, **BLAMED)


def _said(new: NewRun, given: Giving) -> WhoMay | None:
    """What residents will read; nothing while the window cannot be read."""
    if not (new.opens_at and new.closes_at and new.opens_at < new.closes_at):
        return None
    conditions = Conditions(new.rounds, new.rules, given.prerequisite)
    return who_may(new.opens_at, new.closes_at, conditions, given.shares)


def read_window(form: Form) -> tuple[datetime | None, datetime | None]:
    """When enrolment opens and closes, with all complaints."""
    opens_on = form.day("opens_on", need=_("Please write when enrolment opens."))
    opens = clock(form, "opens", need=_("Please write when enrolment opens."))
    closes_on = form.day("closes_on", need=_("Please write when enrolment closes."))
    closes = clock(form, "closes", need=_("Please write when enrolment closes."))
    opens_at = moment(opens_on, opens) if opens_on and opens else None
    closes_at = moment(closes_on, closes) if closes_on and closes else None
    if opens_at and closes_at and closes_at <= opens_at:
        form.complain("closes_on", _("Enrolment must close after it opens."))
    return opens_at, closes_at


def read_ages(form: Form) -> tuple[int | None, int | None]:
    """From and to, either may be empty."""
    low = form.number("min_age", low=0, high=OLDEST)
    high = form.number("max_age", low=0, high=OLDEST)
    if low is not None and high is not None and low > high:
        form.complain("max_age", _("The lowest age must not be above the highest one."))
    return low, high


async def _save(request: AnyRequest, form: Form, new: NewRun, given: Giving) -> int | None:
    """The id of the run, or none with the complaint in the form."""
    try:
        return (await plan_run(new, given.shares, by=reach.by(request))).run_id
    except Refusal as refusal:
        blame(form, refusal, **BLAMED)
        return None


def chosen_id(form: Form, name: str, offered: list[tuple[str, str]]) -> int | None:
    """The id chosen among those offered; none for none."""
    value = form.value(name)
    return int(value) if value in {id for id, _name in offered} else None
