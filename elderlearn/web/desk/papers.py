"""Paper forms, many at once: the run, names or numbers in the order of the forms, a look, and all are enrolled."""

from __future__ import annotations

from typing import Any

from litestar import Response, get, post
from litestar.params import FromPath

from elderlearn.catalogue.queries import RunCard, Wanted, how_many_runs, open_runs, run_card
from elderlearn.enrolment.enrol_papers import MOST_FORMS, PaperVerdict, enrol_papers
from elderlearn.enrolment.queries import standing_of
from elderlearn.ground.clock import now
from elderlearn.ground.errors import Missing
from elderlearn.locale import _
from elderlearn.people.names import masked_name
from elderlearn.people.on_forms import LONGEST_LINE, lines_of, people_on_forms
from elderlearn.web.desk.pile import Pile, go_on, pile_of
from elderlearn.web.desk.reach import by, person_of, place_and_district
from elderlearn.web.desk.why_not import why_not
from elderlearn.web.shell.forms import Form, read_form, read_query
from elderlearn.web.shell.ids import BIGGEST_ID, id_in_address
from elderlearn.web.shell.lists import A_PAGE, Look
from elderlearn.web.shell.page import AnyRequest, go, page

PATH = "/desk/papers"


@get("/papers")
async def choose_run(request: AnyRequest) -> Response[Any]:
    """Runs of the district one may enrol in now."""
    _place_id, district_id = place_and_district(request, "enrol_other")
    look = Look.of(PATH, read_query(request), ("words",))
    wanted = Wanted(place_id=district_id, words=look.given.get("words", "")[:60], is_open=True, not_over=True)
    return page(
        request,
        "desk/papers/runs.html",
        look=look,
        runs=await open_runs(wanted, limit=A_PAGE, offset=look.offset),
        how_many=await how_many_runs(wanted),
    )


@get("/papers/{run_id:int}")
async def ask_lines(request: AnyRequest, run_id: FromPath[int]) -> Response[Any]:
    """One line a form; what was typed a moment ago stands there again."""
    run = await _run(request, run_id)
    return _ask(request, run, Form.of(lines="\n".join(pile_of(request, run.id).lines)))


@post("/papers/{run_id:int}/people", status_code=200)
async def take_lines(request: AnyRequest, run_id: FromPath[int]) -> Response[Any]:
    """To the page that shows who is who."""
    run = await _run(request, run_id)
    form = await read_form(request)
    lines = lines_of(form.value("lines"))
    if not lines:
        form.complain("lines", _("Please write one name or number on each line."))
    if len(lines) > MOST_FORMS:
        form.complain("lines", _("Please take at most %(most)s forms at a time.", most=MOST_FORMS))
    if any(len(line) > LONGEST_LINE for line in lines):
        form.complain("lines", _("A line is too long: only the name or the number, please."))
    following = None if form.errors else go_on(request, run.id, "people", Pile(lines, []))
    if following is None and not form.errors:
        form.complain("lines", _("That is too much at a time. Please take half of the forms first."))
    return following or _ask(request, run, form)


@get("/papers/{run_id:int}/people")
async def look_through(request: AnyRequest, run_id: FromPath[int]) -> Response[Any]:
    """Who is who, masked, before anybody is enrolled; where a name is had by several, one is chosen."""
    run = await _run(request, run_id)
    pile = pile_of(request, run.id)
    if not pile.lines:
        return go(request, f"{PATH}/{run.id}")
    place_id, district_id = place_and_district(request, "enrol_other")
    found = await people_on_forms(pile.lines, place_id=place_id, district_id=district_id)
    ready = sum(len(one.people) == 1 and not one.why_not for one in found)
    return page(request, "desk/papers/look.html", run=run, forms=found, ready=ready, masked=masked_name)


@post("/papers/{run_id:int}/enrolments", status_code=200)
async def enrol_them(request: AnyRequest, run_id: FromPath[int]) -> Response[Any]:
    """In the order of the forms. Whoever is not hers, or no more on the register, is left out."""
    run = await _run(request, run_id)
    form = await read_form(request)
    chosen = [form.number(f"form-{no}", low=1, high=BIGGEST_ID) for no in range(1, MOST_FORMS + 1)]
    ids = [one for one in chosen if one and await _is_hers(request, one)]
    if not ids:
        return go(request, f"{PATH}/{run.id}", said=_("Nobody was chosen, so nobody was enrolled."), tone="wait")
    done = [_kept(one) for one in await enrol_papers(run.id, ids, by=by(request))]
    following = go_on(request, run.id, "enrolments", Pile([], done))
    return following or go(request, f"{PATH}/{run.id}", said=_("All forms are written down."))


@get("/papers/{run_id:int}/enrolments")
async def show_verdicts(request: AnyRequest, run_id: FromPath[int]) -> Response[Any]:
    """What became of each form; seats and places in line as they are now."""
    run = await _run(request, run_id)
    pile = pile_of(request, run.id)
    if not pile.done:
        return go(request, f"{PATH}/{run.id}")
    verdicts = [
        (await person_of(request, id, "enrol_other"), await standing_of(run.id, id), is_new, said)
        for id, is_new, said in pile.done
        if await _is_hers(request, id)
    ]
    return page(request, "desk/papers/done.html", run=run, verdicts=verdicts)


def _ask(request: AnyRequest, run: RunCard, form: Form) -> Response[Any]:
    status = 422 if form.errors else 200
    return page(request, "desk/papers/lines.html", status=status, run=run, form=form, most=MOST_FORMS, now=now())


def _kept(one: PaperVerdict) -> tuple[int, bool, str]:
    is_new = one.enrolled is not None and one.enrolled.is_new
    return one.resident_id, is_new, why_not(one.refusal) if one.refusal else ""


async def _is_hers(request: AnyRequest, resident_id: int) -> bool:
    try:
        await person_of(request, resident_id, "enrol_other")
    except Missing:
        return False
    return True


async def _run(request: AnyRequest, run_id: int) -> RunCard:
    """One of her district in which people enrol. Raises Missing."""
    _place_id, district_id = place_and_district(request, "enrol_other")
    run = await run_card(id_in_address(run_id))
    if run.district_id != district_id or run.course_state == "draft" or run.entry != "enrol":
        raise Missing
    return run
