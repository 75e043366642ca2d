"""Another enrolment window or other ages for a run, and one more session of it."""

from __future__ import annotations

from typing import Any

from litestar import Response, get, post
from litestar.params import FromPath

from elderlearn.catalogue.change_run import change_run
from elderlearn.catalogue.queries import RunCard
from elderlearn.catalogue.schedule import Times
from elderlearn.catalogue.session_queries import sessions_of
from elderlearn.checkin.add_session import add_session
from elderlearn.ground.errors import Refusal
from elderlearn.locale import _
from elderlearn.web.planning import reach
from elderlearn.web.planning.moments import clock, moment, typed_clock, typed_day, until
from elderlearn.web.planning.new_run import chosen_id, read_ages, read_window
from elderlearn.web.planning.sentences import blame
from elderlearn.web.planning.sheet import Field, Sheet, show
from elderlearn.web.planning.where_and_who import flat, teacher_groups, venue_options, where_fields
from elderlearn.web.shell.forms import Form, read_form
from elderlearn.web.shell.page import AnyRequest, go

PATH = "/planning/runs"


@get("/runs/{run_id:int}/edit")
async def edit_run(request: AnyRequest, run_id: FromPath[int]) -> Response[Any]:
    """As it is."""
    reach.need(request, "change_run")
    run = await reach.run_of(request, run_id)
    form = Form.of(
        opens_on=typed_day(run.opens_at),
        opens=typed_clock(run.opens_at),
        closes_on=typed_day(run.closes_at),
        closes=typed_clock(run.closes_at),
        min_age=run.min_age,
        max_age=run.max_age,
    )
    return show(request, _sheet(run), form)


@post("/runs/{run_id:int}/edit", status_code=200)
async def change_run_here(request: AnyRequest, run_id: FromPath[int]) -> Response[Any]:
    """For those who ask from now on; nobody loses a seat."""
    reach.need(request, "change_run")
    run = await reach.run_of(request, run_id)
    form = await read_form(request)
    opens_at, closes_at = read_window(form) if run.entry == "enrol" else (None, None)
    low, high = read_ages(form)
    if form.is_good:
        try:
            await change_run(
                run.id, opens_at=opens_at, closes_at=closes_at, min_age=low, max_age=high, by=reach.by(request)
            )
        except Refusal as refusal:
            blame(form, refusal, invalid_window="closes_on", otherwise="min_age")
        else:
            return go(request, f"{PATH}/{run.id}", said=_("Saved."))
    return show(request, _sheet(run), form)


@get("/runs/{run_id:int}/sessions/new")
async def new_session(request: AnyRequest, run_id: FromPath[int]) -> Response[Any]:
    """With the clock, venue and teacher of the last one."""
    reach.need(request, "change_run")
    run = await reach.run_of(request, run_id)
    sessions = await sessions_of(run.id)
    form = Form()
    if sessions:
        last = sessions[-1]
        form = Form.of(starts=typed_clock(last.starts_at), ends=typed_clock(last.ends_at), venue=last.venue_id,
                       teacher=last.teacher_id)  # fmt: skip
    return show(request, await _session_sheet(request, run), form)


@post("/runs/{run_id:int}/sessions/new", status_code=200)
async def add_session_here(request: AnyRequest, run_id: FromPath[int]) -> Response[Any]:
    """Added; those who have a seat see it at once."""
    reach.need(request, "change_run")
    run = await reach.run_of(request, run_id)
    form = await read_form(request)
    times = read_times(form)
    if times is not None and form.is_good:
        try:
            await add_session(
                run.id,
                times,
                venue_id=chosen_id(form, "venue", await venue_options(request)),
                teacher_id=chosen_id(
                    form, "teacher", flat(await teacher_groups(run.organisation_id, run.district_id))
                ),
                by=reach.by(request),
            )
        except Refusal as refusal:
            blame(form, refusal, otherwise="on")
        else:
            return go(request, f"{PATH}/{run.id}", said=_("The session was added."))
    return show(request, await _session_sheet(request, run), form)


def read_times(form: Form) -> Times | None:
    """Day, begin and end, with all complaints; an end before the begin is after midnight."""
    on = form.day("on", need=_("Please write the day."))
    starts = clock(form, "starts", need=_("Please write when it begins."))
    ends = clock(form, "ends", need=_("Please write when it ends."))
    if on is None or starts is None or ends is None:
        return None
    if ends <= starts and not (starts.hour >= 18 and ends.hour < 6):
        form.complain("ends", _("The end must come after the beginning."))
        return None
    starts_at = moment(on, starts)
    return Times(starts_at, until(starts_at, ends))


def time_fields() -> list[Field]:
    """Day, begin, end."""
    return [
        Field("on", _("Day"), "date"),
        Field("starts", _("Begins"), "time", row="time"),
        Field("ends", _("Ends"), "time", row="time"),
    ]


def _sheet(run: RunCard) -> Sheet:
    window = [
        Field("opens_on", _("Enrolment opens on"), "date", row="opens"),
        Field("opens", _("Opens at"), "time", row="opens"),
        Field("closes_on", _("Enrolment closes on"), "date", row="closes"),
        Field("closes", _("Closes at"), "time", row="closes"),
    ]
    ages = [
        Field("min_age", _("From age"), "number", optional=True, row="ages"),
        Field("max_age", _("Up to age"), "number", optional=True, row="ages"),
    ]
    fields = [*window, *ages] if run.entry == "enrol" else ages
    lead = _("For those who ask from now on. Nobody loses a seat.")
    return Sheet(_("Change: %(what)s", what=run.title), fields, _("Save"), f"{PATH}/{run.id}", run.title, lead)


async def _session_sheet(request: AnyRequest, run: RunCard) -> Sheet:
    fields = [*time_fields(), *await where_fields(request, run.organisation_id, run.district_id)]
    lead = _("Those who have a seat see it at once. Nobody gets a message about it.")
    return Sheet(_("Add a session"), fields, _("Add"), f"{PATH}/{run.id}", run.title, lead)
