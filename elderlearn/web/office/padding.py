"""Unusual patterns of the district with their evidence: each is looked at by a human and closed with a note."""

from __future__ import annotations

from typing import Any

from litestar import Request, Response, get, post
from litestar.params import FromPath

from elderlearn.ground.actor import Actor
from elderlearn.ground.errors import Missing, Refusal
from elderlearn.locale import N_, _
from elderlearn.participation.watch import Pattern, close_pattern, pattern_of, patterns
from elderlearn.people.names import masked_name
from elderlearn.people.queries import person
from elderlearn.people.roles import may
from elderlearn.people.staff_queries import account
from elderlearn.web.shell.again import once, send_back, status_of, typed_before
from elderlearn.web.shell.forms import Form, read_form, read_query
from elderlearn.web.shell.guards import signed_in
from elderlearn.web.shell.ids import id_in_address
from elderlearn.web.shell.lists import A_PAGE, Look
from elderlearn.web.shell.page import go, page

PATH = "/office/unusual"
KINDS = {
    "burst": N_("Many cards in a few seconds"),
    "crowd": N_("More people than the room holds"),
    "two_places": N_("One person in two places"),
    "by_hand": N_("Mostly written down by hand"),
    "bump": N_("Many exactly at the threshold"),
}
INNOCENT = {
    "burst": N_("It may be: cards shown from a box, a bus that arrived, a phone with a wrong clock."),
    "crowd": N_("It may be: people came and went, the class met outside, the size of the room is wrong."),
    "two_places": N_("It may be: a class that moved, a list typed in for the wrong day, one card used by two."),
    "by_hand": N_("It may be: no phone that can scan, lists on paper by habit. Perhaps they need help."),
    "bump": N_("It may be: a course with exactly so many meetings."),
}
AnyRequest = Request[Any, Any, Any]


@get("/unusual")
async def list_patterns(request: AnyRequest) -> Response[Any]:
    """`kind` of pattern, `closed` for those looked at already."""
    district_id = _district(request)
    look = Look.of(PATH, read_query(request), ("kind", "closed"))
    kind = look.one_of("kind", KINDS, "")
    closed = look.given.get("closed") == "1"
    found, many = await patterns(district_id, kind=kind, closed=closed, limit=A_PAGE, offset=look.offset)
    return page(
        request,
        "office/unusual/list.html",
        look=look,
        found=[(one, sentence_of(one)) for one in found],
        many=many,
        kind=kind,
        closed=closed,
        kinds=[(one, _(said)) for one, said in KINDS.items()],
    )


@get("/unusual/{pattern_id:int}")
async def show_pattern(request: AnyRequest, pattern_id: FromPath[int]) -> Response[Any]:
    """The evidence, what it may be, and where to look."""
    found = await _hers(request, pattern_id)
    return once(request, await _show(request, found, typed_before(request)))


@post("/unusual/{pattern_id:int}", status_code=200)
async def close_here(request: AnyRequest, pattern_id: FromPath[int]) -> Response[Any]:
    """Looked at: the note stays with it."""
    found = await _hers(request, pattern_id)
    if not may(signed_in(request).role, "close_pattern"):
        raise Missing
    form = await read_form(request)
    try:
        await close_pattern(found.id, words=form.text("note"), by=Actor("staff", signed_in(request).id, "office"))
    except Refusal:
        form.complain("note", _("Please write what you found. It stays with this line."))
        return send_back(request, f"{PATH}/{found.id}", form) or await _show(request, found, form)
    return go(request, PATH, said=_("Written down. It comes back only if it grows."))


PADDING = (list_patterns, show_pattern, close_here)


def sentence_of(one: Pattern) -> str:
    """What was seen, in one sentence without judgement."""
    facts = one.evidence
    if one.kind == "burst":
        return _("%(n)s cards within %(seconds)s seconds.", n=facts["cards"], seconds=facts["seconds"])
    if one.kind == "crowd":
        return _(
            "%(n)s people present; %(venue)s holds %(capacity)s.",
            n=facts["present"], venue=facts["venue"], capacity=facts["capacity"],
        )  # fmt: skip
    if one.kind == "two_places":
        return _("One person counted at two meetings at the same time.")
    if one.kind == "by_hand":
        return _(
            "%(share)s %% of %(visits)s visits by hand; in the whole district %(of_all)s %%.",
            share=facts["share"], visits=facts["visits"], of_all=facts["of_all"],
        )  # fmt: skip
    return _(
        "%(n)s people with exactly %(days)s days, far more than with one day less or more.",
        n=one.measure, days=facts["threshold"],
    )  # fmt: skip


async def _show(request: AnyRequest, found: Pattern, form: Form) -> Response[Any]:
    who = found.evidence.get("resident")
    staff = found.evidence.get("staff")
    return page(
        request,
        "office/unusual/show.html",
        status=status_of(request, form),
        pattern=found,
        sentence=sentence_of(found),
        kind=_(KINDS[found.kind]),
        innocent=_(INNOCENT[found.kind]),
        person=(who, masked_name((await person(who)).name)) if who else None,
        scanned_by=(await account(staff)).name if staff else "",
        may_close=may(signed_in(request).role, "close_pattern"),
        form=form,
    )


async def _hers(request: AnyRequest, pattern_id: int) -> Pattern:
    """Raises Missing for those of another district."""
    found = await pattern_of(id_in_address(pattern_id))
    if found.district_id != _district(request):
        raise Missing
    return found


def _district(request: AnyRequest) -> int:
    """Raises Missing for everybody but the district's own people."""
    viewer = signed_in(request)
    if viewer.district_id is None or viewer.place_id != viewer.district_id or not may(viewer.role, "read_reports"):
        raise Missing
    return viewer.district_id
