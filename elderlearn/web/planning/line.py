"""The waiting line of a run: who is asked, who waits, and what staff do about it with a reason."""

from __future__ import annotations

from typing import Any

from litestar import Response, get, post
from litestar.params import FromPath

from elderlearn.catalogue.queries import RunCard
from elderlearn.enrolment.accept_offer import accept_offer
from elderlearn.enrolment.decline_offer import decline_offer
from elderlearn.enrolment.in_line import in_line, line_rules
from elderlearn.enrolment.offers import MOST_HOURS
from elderlearn.enrolment.queries import standing
from elderlearn.enrolment.set_line import set_line
from elderlearn.enrolment.take_out_of_turn import take_out_of_turn
from elderlearn.ground.errors import Missing, Refusal
from elderlearn.locale import _
from elderlearn.people.names import masked_name
from elderlearn.web.planning import reach
from elderlearn.web.planning.filling import CHANNELS
from elderlearn.web.planning.lists import A_PAGE, Asked
from elderlearn.web.planning.moments import clock, moment, typed_clock, typed_day
from elderlearn.web.planning.sentences import blame, why_not
from elderlearn.web.planning.words import LINE_MODES, options, said
from elderlearn.web.shell.forms import Form, read_form, read_query
from elderlearn.web.shell.guards import signed_in
from elderlearn.web.shell.ids import id_in_address
from elderlearn.web.shell.page import AnyRequest, go, page

PATH = "/planning/runs"


@get("/runs/{run_id:int}/line")
async def show_line(request: AnyRequest, run_id: FromPath[int]) -> Response[Any]:
    """Open offers first, then the line in its order, and how the next one gets a seat."""
    run = await with_a_line(request, run_id)
    rules = await line_rules(run.id)
    form = Form.of(
        mode=rules.mode,
        offer_hours=rules.offer_hours,
        ends_on=typed_day(rules.line_ends_at),
        ends=typed_clock(rules.line_ends_at),
    )
    return await _screen(request, run, form, Asked.of(f"{PATH}/{run.id}/line", read_query(request), ()))


@post("/runs/{run_id:int}/line", status_code=200)
async def set_line_here(request: AnyRequest, run_id: FromPath[int]) -> Response[Any]:
    """For seats that come free from now on."""
    reach.need(request, "change_run")
    run = await with_a_line(request, run_id)
    form = await read_form(request)
    mode = form.choice("mode", LINE_MODES, need=_("Please choose one of these."))
    hours = form.number("offer_hours", low=1, high=MOST_HOURS, need=_("Please write how many hours."))
    on = form.day("ends_on")
    at = clock(form, "ends", need=_("Please write the time, too.")) if on else None
    if mode and hours and form.is_good:
        ends_at = moment(on, at) if on and at else None
        try:
            await set_line(run.id, mode, offer_hours=hours, line_ends_at=ends_at, by=reach.by(request))
        except Refusal as refusal:
            blame(form, refusal, otherwise="mode")
        else:
            return go(request, f"{PATH}/{run.id}/line", said=_("Saved."))
    return await _screen(request, run, form, Asked.of(f"{PATH}/{run.id}/line", Form(), ()))


@post("/runs/{run_id:int}/line/{enrolment_id:int}/yes", status_code=200)
async def accept_for_her(request: AnyRequest, run_id: FromPath[int], enrolment_id: FromPath[int]) -> Response[Any]:
    """She said yes on the telephone; the trail names who wrote it down."""
    reach.need(request, "enrol_other")
    run = await with_a_line(request, run_id)
    try:
        await accept_offer(await _of(run, enrolment_id), by=reach.by(request))
    except Refusal as refusal:
        return go(request, f"{PATH}/{run.id}/line", said=why_not(refusal), tone="no")
    return go(request, f"{PATH}/{run.id}/line", said=_("The seat is hers. She gets a message, too."))


@post("/runs/{run_id:int}/line/{enrolment_id:int}/no", status_code=200)
async def decline_for_her(
    request: AnyRequest, run_id: FromPath[int], enrolment_id: FromPath[int]
) -> Response[Any]:
    """She said no on the telephone; the next in line is asked."""
    reach.need(request, "withdraw_other")
    run = await with_a_line(request, run_id)
    await decline_offer(await _of(run, enrolment_id), by=reach.by(request))
    return go(request, f"{PATH}/{run.id}/line", said=_("Written down. The next in line is asked."))


@post("/runs/{run_id:int}/line/{enrolment_id:int}/head", status_code=200)
async def move_to_head(request: AnyRequest, run_id: FromPath[int], enrolment_id: FromPath[int]) -> Response[Any]:
    """Out of turn, with a reason everybody may read in the trail."""
    reach.need(request, "change_run")
    run = await with_a_line(request, run_id)
    form = await read_form(request)
    try:
        await take_out_of_turn(await _of(run, enrolment_id), form.value("reason"), by=reach.by(request))
    except Refusal as refusal:
        return go(request, f"{PATH}/{run.id}/line", said=why_not(refusal), tone="no")
    return go(
        request, f"{PATH}/{run.id}/line", said=_("She is the first in line. The reason stands in the record.")
    )


async def with_a_line(request: AnyRequest, run_id: int) -> RunCard:
    """One of her place in which people enrol. Raises Missing."""
    reach.need(request, "read_roster")
    run = await reach.run_of(request, run_id)
    if run.entry != "enrol":
        raise Missing
    return run


async def _of(run: RunCard, enrolment_id: int) -> int:
    """Raises Missing for one of another run."""
    found = await standing(id_in_address(enrolment_id))
    if found.run_id != run.id:
        raise Missing
    return found.id


async def _screen(request: AnyRequest, run: RunCard, form: Form, asked: Asked) -> Response[str]:
    near = await reach.near_ids(signed_in(request))
    people = await in_line(run.id, limit=A_PAGE + 1, offset=asked.offset)
    return page(
        request,
        "planning/runs/line.html",
        status=200 if form.is_good else 422,
        run=run,
        form=form,
        asked=asked,
        people=[
            (one, one.name or "" if one.place_id in near else masked_name(one.name), one.place_id in near)
            for one in people[:A_PAGE]
        ],
        later=asked.later(asked.offset + len(people)),
        modes=options(LINE_MODES),
        channel_said=said(CHANNELS),
        may_change=reach.able(request, "change_run"),
        may_take=reach.able(request, "read_lists"),
        may_enrol=reach.able(request, "enrol_other"),
    )
