"""What would it take: how many regulars each place still needs, and who needs only a few days more."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from litestar import Request, Response, get

from elderlearn.ground.clock import today
from elderlearn.locale import _
from elderlearn.participation.counted import Counted, counted_by
from elderlearn.participation.days_missing import minutes_of_a_day
from elderlearn.participation.invite import Invitations, would_invite
from elderlearn.participation.lines import RatesLine
from elderlearn.participation.near import WITHIN, Near, near_by_place, near_people
from elderlearn.participation.own_officer import is_own_officer
from elderlearn.participation.queries import rates_by_place
from elderlearn.participation.rules import persons_missing
from elderlearn.participation.targets import target_of
from elderlearn.places.labels import calendar_label, span_of
from elderlearn.places.queries import PlaceRow, ever_within
from elderlearn.web.office.addresses import Shown, address
from elderlearn.web.office.class_hours import class_hours_column
from elderlearn.web.office.footnotes import rule_in_words
from elderlearn.web.office.reach import Way, place_above, place_asked
from elderlearn.web.shell.again import once, status_of, typed_before
from elderlearn.web.shell.forms import Form, read_query
from elderlearn.web.shell.guards import signed_in
from elderlearn.web.shell.lists import A_PAGE, Look
from elderlearn.web.shell.numbers import thousands
from elderlearn.web.shell.page import page

PATH = "/office/participation/needed"
BELOW = {"district": "town_street", "town_street": "community"}


@dataclass(frozen=True)
class Line:
    """A place: persons still `missing` to the target (none without elders or target), and `near` of them."""

    name: str
    href: str
    regulars: int
    missing: int | None
    near: int


@dataclass(frozen=True)
class Needed:
    """What the page draws; `invitations` only for the officer of the place."""

    place: PlaceRow
    look: Look
    above: Way | None
    report: str
    sentence: str
    lines: Sequence[Line]
    people: Sequence[Near]
    near: int
    is_own: bool
    invitations: Invitations | None
    rule: str
    a_day: int

    def person(self, resident_id: int, period: str) -> str:
        """Her year, by masked name."""
        return address(f"/office/people/{resident_id}", {"period": period})

    def hours(self, minutes: int) -> str:
        """Class hours, cut off at one decimal."""
        return class_hours_column(minutes)


@get("/participation/needed")
async def show_needed(request: Request[Any, Any, Any]) -> Response[Any]:
    """`place` within the viewer's own and `page`; always of the running year: a past one is past."""
    return once(request, await needed_page(request, typed_before(request)))


async def needed_page(request: Request[Any, Any, Any], form: Form) -> Response[Any]:
    """The page, with what was typed wrongly above it."""
    asked = read_query(request)
    place = await place_asked(request, asked.value("place"))
    period = calendar_label(today())
    needed = await _needed(request, place, period, Look.of(PATH, asked, ("place",)))
    return page(
        request,
        "office/participation/needed.html",
        status=status_of(request, form),
        needed=needed,
        period=period,
        form=form,
        within=WITHIN,
    )


async def _needed(request: Request[Any, Any, Any], place: PlaceRow, period: str, look: Look) -> Needed:
    counted = await counted_by(place.district_id, period)
    per_mille = await target_of(place.district_id, span_of(period).ends_on)
    rates = await rates_by_place(place.district_id, period, BELOW.get(place.level, place.level), place.id)
    places = await ever_within(place.id)
    near = await near_by_place(places, place.district_id, counted, by_street=place.level == "district")
    above, is_own = await place_above(request, place), is_own_officer(signed_in(request), place)
    below = rates.lines if place.level in BELOW else ()
    return Needed(
        place=place,
        look=look,
        above=Way(above.name, address(PATH, {"place": above.code})) if above else None,
        report=Shown(place.code, period).address,
        sentence=_sentence(rates.total, per_mille, sum(near.values())),
        lines=_in_order([_line(one, per_mille, near) for one in below]),
        people=await _people(places, counted, place, look),
        near=sum(near.values()),
        is_own=is_own,
        invitations=await would_invite(place, counted) if is_own and near else None,
        rule=rule_in_words(counted.rule),
        a_day=minutes_of_a_day(counted.rule),
    )


async def _people(places: Sequence[int], counted: Counted, place: PlaceRow, look: Look) -> list[Near]:
    """Of a whole district the streets are asked."""
    if place.level == "district":
        return []
    return await near_people(places, place.district_id, counted, limit=A_PAGE, offset=look.offset)


def _line(line: RatesLine, per_mille: int | None, near: dict[str, int]) -> Line:
    return Line(
        name=_("Not yet assigned") if line.is_unassigned else line.name,
        href="" if line.is_unassigned else address(PATH, {"place": line.code}),
        regulars=line.regulars,
        missing=persons_missing(line.regulars, line.elders, per_mille),
        near=near.get(line.code, 0),
    )


def _in_order(lines: list[Line]) -> list[Line]:
    """Where most are missing first."""
    return sorted(lines, key=lambda one: (one.missing is None, -(one.missing or 0)))


def _sentence(total: RatesLine, per_mille: int | None, near: int) -> str:
    missing, persons = persons_missing(total.regulars, total.elders, per_mille), thousands(near)
    if missing is None:
        return _("%(near)s persons need only a few days more.", near=persons)
    if missing == 0:
        return _("The target is reached; %(near)s persons more need only a few days.", near=persons)
    return _(
        "%(missing)s more regulars are needed for the target; %(near)s persons need only a few days more.",
        missing=thousands(missing),
        near=persons,
    )
