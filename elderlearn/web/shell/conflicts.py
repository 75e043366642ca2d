"""The list of scans that wait for somebody to look, the same behind both doors."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from litestar import Request, Response

from elderlearn.checkin.old_unclear import days_allowed
from elderlearn.checkin.unclear import SHOWS, Asked, Unclear, Whose, how_many_open, unclear
from elderlearn.checkin.who_scanned import helpers_of_scans
from elderlearn.ground.actor import Actor
from elderlearn.ground.clock import now
from elderlearn.locale import N_, _
from elderlearn.web.shell.conflict_words import DECIDED, FLAGGED, METHODS, REFUSED, story_of, title_of
from elderlearn.web.shell.forms import read_query
from elderlearn.web.shell.ids import id_sent
from elderlearn.web.shell.lists import A_PAGE, Look
from elderlearn.web.shell.page import page

AnyRequest = Request[Any, Any, Any]
CHIPS = {
    "open": N_("To be decided"),
    "unread": N_("Not readable, not ours"),
    "here": N_("Here anyway"),
    "done": N_("Decided"),
}
NOTHING = {
    "open": (
        N_("Nothing to look at"),
        N_("When a scan cannot be counted by itself, it stands here until you decide."),
    ),
    "unread": (
        N_("Everything could be read"),
        N_("Codes that are not ours stand here, with the name if one was typed."),
    ),
    "here": (
        N_("Nobody"),
        N_("Unclear scans of people who count as here all the same stand here. There is nothing to do."),
    ),
    "done": (N_("Nothing was decided yet"), N_("Whatever you decide stands here, and can be taken back.")),
}
AGES = {"": N_("Any age"), "1": N_("Older than a day"), "old": N_("Waiting too long")}
FILTERS = {"reason", "age", "session", "place"}
NAMES = ("show", *sorted(FILTERS))


@dataclass(frozen=True)
class Here:
    """Behind which door: where its pages live, whose scans, who decides, and how many days one may wait.

    `places` are choices of a filter: code and name. `days_path` leads to where those days are chosen.
    """

    path: str
    templates: str
    by: Actor
    whose: Whose
    may_decide: bool
    days: int
    places: list[tuple[str, str]] = field(default_factory=list)
    days_path: str = ""


@dataclass(frozen=True)
class Line:
    """One scan as the list shows it. `waits` is how many days, when that is too long; `helper` held the phone."""

    one: Unclear
    who: str
    title: str
    story: str
    how: str
    decided: str
    waits: int
    helper: str


async def days_of(district_id: int | None) -> int:
    """How long an unclear scan may wait in this district."""
    return await days_allowed(district_id) if district_id is not None else 7


async def show_list(request: AnyRequest, here: Here) -> Response[Any]:
    """What is asked stands in the address: which list, reason, age, session, place."""
    look = Look.of(here.path, read_query(request), NAMES)
    show = look.one_of("show", SHOWS, "open")
    age = look.one_of("age", ("1", "old"), "")
    asked = Asked(
        show=show,
        reason=look.given.get("reason") or None,
        session_id=id_sent(look.given.get("session", "")),
        older={"": None, "1": 1, "old": here.days}[age],
    )
    found, how_many = await unclear(here.whose, asked, limit=A_PAGE, offset=look.offset)
    is_open = await how_many_open(here.whose)
    helpers = await helpers_of_scans([one.scan_id for one in found])
    return page(
        request,
        f"{here.templates}/conflicts/list.html",
        here=here,
        lines=[line(one, here, helpers.get(one.scan_id, "")) for one in found],
        chips=[
            (_(words), look.address(show=name, reason="", page=1), name == show, is_open if name == "open" else 0)
            for name, words in CHIPS.items()
        ],
        look=look,
        show=show,
        reasons=[(name, title_of(name)) for name in _reasons(show)],
        ages=[(name, _(words)) for name, words in AGES.items()],
        nothing=[_(words) for words in NOTHING[show]],
        everything=look.address(**dict.fromkeys(FILTERS, ""), page=1) if FILTERS & look.given.keys() else "",
        earlier=look.earlier,
        later=look.later(how_many),
        last=look.last(how_many),
    )


def _reasons(show: str) -> list[str]:
    return [*(FLAGGED if show != "unread" else ()), *(REFUSED if show in ("unread", "done") else ())]


def line(one: Unclear, here: Here, helper: str = "") -> Line:
    """With its words."""
    waited = now() - one.received_at
    is_old = one.what is None and one.verdict == "flagged" and waited > timedelta(days=here.days)
    return Line(
        one=one,
        who=one.name or one.typed_name or (_("A card without a name") if one.resident_id else _("Nobody known")),
        title=title_of(one.reason),
        story=story_of(one.reason),
        how=_(METHODS.get(one.method, METHODS["camera"])),
        decided=_(DECIDED[one.what]) if one.what else "",
        waits=waited.days if is_old else 0,
        helper=helper,
    )
