"""Terms and holidays of the district: read by every office, changed by the district."""

from __future__ import annotations

from datetime import date
from typing import Any

from litestar import Response, get, post
from litestar.params import FromPath

from elderlearn.catalogue.change_term import change_term
from elderlearn.catalogue.holiday_list import read_holidays
from elderlearn.catalogue.holidays import add_holidays, drop_holiday, holidays_between
from elderlearn.catalogue.term_queries import TermRow, terms
from elderlearn.catalogue.terms import MOST_SEATS, add_term
from elderlearn.ground.clock import today
from elderlearn.ground.errors import Missing, Refusal
from elderlearn.ground.trail_queries import changes_of, changes_of_all
from elderlearn.locale import _, ngettext
from elderlearn.places.queries import place_by_id
from elderlearn.web.planning import reach
from elderlearn.web.planning.sentences import blame
from elderlearn.web.planning.sheet import Field, Sheet, name_field, show
from elderlearn.web.shell.forms import Form, read_form, read_query
from elderlearn.web.shell.page import AnyRequest, go, page

TERMS, HOLIDAYS = "/planning/terms", "/planning/holidays"
NOTED = ("add_holidays", "drop_holiday")
FIRST_YEAR, LAST_YEAR = 2000, 2099


@get("/terms")
async def list_terms(request: AnyRequest) -> Response[Any]:
    """The latest first."""
    reach.home(request)
    found = await terms(reach.district(request))
    return page(
        request,
        "planning/calendar/terms.html",
        found=found,
        changes=await changes_of_all({("term", one.id) for one in found}),
        may_change=reach.able(request, "change_calendar"),
    )


@get("/terms/new")
async def new_term(request: AnyRequest) -> Response[Any]:
    """An empty form."""
    reach.need(request, "change_calendar")
    return show(request, _sheet(), Form())


@post("/terms/new", status_code=200)
async def add_term_here(request: AnyRequest) -> Response[Any]:
    """Added."""
    reach.need(request, "change_calendar")
    form = await read_form(request)
    values = _read(form)
    if form.is_good:
        try:
            code = (await place_by_id(reach.district(request))).code
            await add_term(district_code=code, **values, by=reach.by(request))
        except Refusal as refusal:
            blame(form, refusal, invalid_window="ends_on")
        else:
            return go(request, TERMS, said=_("The term was added."))
    return show(request, _sheet(), form)


@get("/terms/{term_id:int}/edit")
async def edit_term(request: AnyRequest, term_id: FromPath[int]) -> Response[Any]:
    """As it is."""
    reach.need(request, "change_calendar")
    one = await reach.term_of(request, term_id)
    form = Form.of(name=one.name, starts_on=one.starts_on, ends_on=one.ends_on, limit=one.limit_per_person)
    return show(request, _sheet(one), form)


@post("/terms/{term_id:int}/edit", status_code=200)
async def change_term_here(request: AnyRequest, term_id: FromPath[int]) -> Response[Any]:
    """Changed; nobody loses a seat."""
    reach.need(request, "change_calendar")
    one = await reach.term_of(request, term_id)
    form = await read_form(request)
    values = _read(form)
    if form.is_good:
        try:
            await change_term(one.id, **values, by=reach.by(request))
        except Refusal as refusal:
            blame(form, refusal, invalid_window="ends_on")
        else:
            return go(request, TERMS, said=_("Saved."))
    return show(request, _sheet(one), form)


@get("/holidays")
async def list_holidays(request: AnyRequest) -> Response[Any]:
    """Of one `year`, this one when none is asked."""
    return await _holidays(request, read_query(request))


@post("/holidays", status_code=200)
async def add_holidays_here(request: AnyRequest) -> Response[Any]:
    """Pasted or typed, a line each; nothing is kept unless all lines can be read."""
    reach.need(request, "change_calendar")
    form = await read_form(request)
    pasted = form.text("days", limit=20_000, need=_("Please write at least one day."))
    if form.is_good:
        try:
            days = read_holidays(pasted)
            new = await add_holidays(reach.district(request), days, by=reach.by(request))
        except Refusal as refusal:
            blame(form, refusal, invalid_name="days")
        else:
            said = ngettext("%(n)s day was written down.", "%(n)s days were written down.", new)
            return go(request, f"{HOLIDAYS}?year={min(days).year}", said=said)
    return await _holidays(request, form, status=422)


@post("/holidays/{day:str}/removal", status_code=200)
async def drop_holiday_here(request: AnyRequest, day: FromPath[str]) -> Response[Any]:
    """Classes may meet on that day again."""
    reach.need(request, "change_calendar")
    try:
        on = date.fromisoformat(day)
    except ValueError:
        raise Missing from None
    await drop_holiday(reach.district(request), on, by=reach.by(request))
    return go(request, f"{HOLIDAYS}?year={on.year}", said=_("The holiday was taken off the list."), tone="wait")


async def _holidays(request: AnyRequest, form: Form, status: int = 200) -> Response[str]:
    reach.home(request)
    asked = form.value("year")
    year = int(asked) if asked.isascii() and asked.isdecimal() and len(asked) == 4 else today().year
    year = min(max(year, FIRST_YEAR), LAST_YEAR)
    district_id = reach.district(request)
    return page(
        request,
        "planning/calendar/holidays.html",
        status=status,
        form=form,
        year=year,
        found=await holidays_between(district_id, date(year, 1, 1), date(year, 12, 31)),
        changes=[one for one in await changes_of("district", district_id, 100) if one.action in NOTED],
        may_change=reach.able(request, "change_calendar"),
    )


def _read(form: Form) -> dict[str, Any]:
    return {
        "name": form.text("name", limit=60, need=_("Please write the name.")),
        "starts_on": form.day("starts_on", need=_("Please write the first day.")),
        "ends_on": form.day("ends_on", need=_("Please write the last day.")),
        "limit_per_person": form.number("limit", low=1, high=MOST_SEATS),
    }


def _sheet(one: TermRow | None = None) -> Sheet:
    hint = _("How many courses one person may take in this term. Empty: as many as she likes.")
    fields = [
        name_field(_("Name of the term"), 60),
        Field("starts_on", _("First day"), "date", row="days"),
        Field("ends_on", _("Last day"), "date", row="days"),
        Field("limit", _("Courses a person"), "number", hint=hint, optional=True),
    ]
    if one is None:
        return Sheet(_("Add a term"), fields, _("Add"), TERMS, _("Terms"))
    return Sheet(_("Change: %(what)s", what=one.name), fields, _("Save"), TERMS, _("Terms"))
