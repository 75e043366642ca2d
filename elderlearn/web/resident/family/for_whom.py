"""Enrolling from the page of a course: myself, one of my family, several in turn, or two of them as one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from litestar import Response, get, post
from litestar.params import FromPath

from elderlearn.catalogue.queries import RunCard, run_card
from elderlearn.enrolment.enrol import enrol
from elderlearn.enrolment.enrol_for import enrol_both_for, enrol_for
from elderlearn.enrolment.queries import ENDED, Standing, standing_of
from elderlearn.ground.clock import now
from elderlearn.ground.errors import Missing, Refusal
from elderlearn.locale import _
from elderlearn.people.care.queries import elders_of
from elderlearn.web.resident.before_class import where_to_mend
from elderlearn.web.resident.family.mine import by
from elderlearn.web.resident.family.sentences import said_of_both, why_not_for
from elderlearn.web.resident.sentences import why_not
from elderlearn.web.shell.clash import clash_said
from elderlearn.web.shell.draft import done, draft, go_on
from elderlearn.web.shell.forms import Form, read_form
from elderlearn.web.shell.guards import signed_in
from elderlearn.web.shell.ids import id_in_address
from elderlearn.web.shell.page import AnyRequest, go, page

MYSELF = "me"


@dataclass(frozen=True)
class Somebody:
    """One of those the seat may be for: `key` is what the form sends, `link_id` none for herself."""

    key: str
    resident_id: int
    name: str
    link_id: int | None
    seat: Standing | None

    @property
    def has_asked(self) -> bool:
        """Seated, waiting or offered: nothing to tick."""
        return self.seat is not None and self.seat.state not in ENDED


@get("/courses/{run_id:int}/family")
async def ask_for_whom(request: AnyRequest, run_id: FromPath[int]) -> Response[Any]:
    """How each of them stands, and a box for everybody who has not asked yet; refusals of a moment ago, once."""
    run, somebodies = await _run(run_id), await _family(request, run_id)
    if run.entry != "enrol":
        return go(request, f"/courses/{run.id}")
    form, path = draft(request), _path(run)
    answer = page(
        request,
        "resident/family/for_whom.html",
        run=run,
        somebodies=somebodies,
        form=form,
        now=now(),
        here=path,
    )
    return done(request, path, answer)


@post("/courses/{run_id:int}/family", status_code=200)
async def enrol_them(request: AnyRequest, run_id: FromPath[int]) -> Response[Any]:
    """One after the other, each a request of its own: one may get a seat and the next a place in line. With
    `together` two of them as one: both or neither.

    What only she herself lacks she fills in on the page for it, as everybody does.
    """
    run, form = await _run(run_id), await read_form(request)
    wanted = [one for one in await _family(request, run_id) if form.has("who", one.key)]
    if not wanted:
        form.complain("who", _("Please tick who would like to take part."))
    elif form.ticked("together"):
        return await _enrol_both(request, run, form, wanted)
    me, mend = signed_in(request).id, None
    for one in wanted:
        try:
            if one.link_id is None:
                await enrol(run.id, me, "self", by=by(me))
            else:
                await enrol_for(run.id, one.resident_id, by=by(me))
        except Refusal as refusal:
            why = why_not(refusal) if one.link_id is None else why_not_for(refusal)
            form.complain(one.key, await clash_said(refusal, one.resident_id, run.id) or why)
            mend = where_to_mend(refusal, run.id) if one.link_id is None else mend
    if mend and len(form.errors) == 1:
        return go(
            request, mend, said=_("The others are done. This is about yourself.") if len(wanted) > 1 else None
        )
    if form.errors:
        return go_on(request, _path(run), _path(run), form)
    return go(request, _path(run), said=_("Thank you. How it stands for each of you is written here."))


async def _enrol_both(request: AnyRequest, run: RunCard, form: Form, wanted: list[Somebody]) -> Response[Any]:
    """Both or neither; what keeps one of them out is said with the name."""
    me = signed_in(request).id
    if len(wanted) != 2:
        form.complain("who", _("Two can have seats as one. Please tick two people, or take the last tick away."))
        return go_on(request, _path(run), _path(run), form)
    try:
        both = await enrol_both_for(run.id, wanted[0].resident_id, wanted[1].resident_id, by=by(me))
    except Refusal as refusal:
        whose = next((one for one in wanted if one.resident_id == refusal.values.get("resident_id")), None)
        if whose is None:
            form.complain("who", why_not_for(refusal))
        elif whose.link_id is not None:
            form.complain(whose.key, why_not_for(refusal))
        elif mend := where_to_mend(refusal, run.id, then="family"):
            return go(request, mend)
        else:
            form.complain(whose.key, why_not(refusal))
        return go_on(request, _path(run), _path(run), form)
    return go(request, _path(run), said=said_of_both(both, run.title))


async def _run(run_id: int) -> RunCard:
    run = await run_card(id_in_address(run_id))
    if run.course_state == "draft":
        raise Missing
    return run


async def _family(request: AnyRequest, run_id: int) -> list[Somebody]:
    """Those she helps, then herself."""
    me = signed_in(request)
    listed = [(str(one.id), one.elder_id, one.elder, one.id) for one in await elders_of(me.id)]
    people: list[tuple[str, int, str, int | None]] = [*listed, (MYSELF, me.id, me.name, None)]
    return [Somebody(*one, seat=await standing_of(run_id, one[1])) for one in people]


def _path(run: RunCard) -> str:
    return f"/courses/{run.id}/family"
