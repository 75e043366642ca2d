"""What stands in the address of a report: a place within the viewer's own, and a year."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from litestar import Request

from elderlearn.ground.clock import today
from elderlearn.ground.errors import Missing, Refusal
from elderlearn.people.roles import may_there
from elderlearn.places.labels import calendar_label, span_of
from elderlearn.places.periods import active_periods
from elderlearn.places.queries import PlaceRow, place_by_code, place_by_id
from elderlearn.web.shell.guards import signed_in


@dataclass(frozen=True)
class Way:
    """A link with its words: the place one level up, a view, a year."""

    name: str
    href: str
    is_here: bool = False


async def place_asked(request: Request[Any, Any, Any], code: str) -> PlaceRow:
    """The place with that code, without one the viewer's own. Raises Missing when it is not hers to see."""
    viewer = signed_in(request)
    if viewer.place_id is None:
        raise Missing
    chosen = await place_by_code(code) if code else await place_by_id(viewer.place_id)
    if not may_there(viewer, "read_reports", chosen):
        raise Missing
    return chosen


def year_asked(period: str) -> str:
    """What stands in the address may be anything: a year that is none leads to the running one."""
    try:
        return span_of(period).label
    except Refusal:
        return calendar_label(today())


async def place_above(request: Request[Any, Any, Any], place: PlaceRow) -> PlaceRow | None:
    """As far as the viewer may look."""
    if place.parent_id is None or place.id == signed_in(request).place_id:
        return None
    return await place_by_id(place.parent_id)


async def years_offered(district_id: int, shown: str) -> list[str]:
    """The years counted so far, the running one and the one shown, the latest first; none that has not begun."""
    counted = {one.label for one in await active_periods(district_id) if span_of(one.label).starts_on <= today()}
    return sorted(counted | {shown, calendar_label(today())}, reverse=True)
