"""The home community, typed by name or chosen: works without JavaScript."""

from __future__ import annotations

from dataclasses import dataclass

from elderlearn.catalogue.homes import homes_called
from elderlearn.locale import _
from elderlearn.people.residents import OUTSIDE
from elderlearn.places.queries import PlaceRow, list_places, place_by_id
from elderlearn.web.shell.forms import Form


@dataclass(frozen=True)
class Home:
    """One that may be meant; `said` is its street and its name, as the list of suggestions writes it."""

    code: str
    said: str


async def homes_of(district_id: int) -> list[Home]:
    """What the field suggests: all communities of the district."""
    places = await list_places(within=district_id)
    names = {one.id: one.name for one in places}
    return [Home(one.code, _said(one, names)) for one in places if one.level == "community"]


async def home_said(place_id: int | None) -> str:
    """How a place stands in the field; nothing for a whole district."""
    if place_id is None:
        return ""
    place = await place_by_id(place_id)
    if place.level == "district" or place.parent_id is None:
        return ""
    above = await place_by_id(place.parent_id)
    return f"{above.name} {place.name}" if place.level == "community" else place.name


async def read_home(form: Form, homes: list[Home]) -> tuple[str | None, list[Home]]:
    """The code that was meant, or those to choose from; complains when it is not one.

    `outside` is ticked for whoever lives in no place of the district; `home_code` is chosen after a question.
    """
    if form.ticked("outside") and form.value("home"):
        form.complain(
            "outside",
            _("Both are given. Please empty the community, or take the tick for outside the district away."),
        )
        return None, []
    if form.ticked("outside"):
        return OUTSIDE, []
    words = form.text(
        "home", limit=60, need=_("Please write the home community, or tick that she lives elsewhere.")
    )
    if not words:
        return None, []
    exact = [one for one in homes if one.said == words]
    meant = exact or await _called(words)
    chosen = form.value("home_code")
    if len(meant) == 1 or chosen in {one.code for one in meant}:
        return (chosen if len(meant) > 1 else meant[0].code), []
    if meant:
        form.complain("home_code", _("Which of these places is it?"))
    else:
        form.complain(
            "home", _("No such place was found. Please try another word: the community, the estate, the academy.")
        )
    return None, meant


async def _called(words: str) -> list[Home]:
    return [
        Home(one.code, f"{one.above} {one.name}" + (f" ({one.through})" if one.through else ""))
        for one in await homes_called(words)
    ]


def _said(place: PlaceRow, names: dict[int, str]) -> str:
    return f"{names.get(place.parent_id or 0, '')} {place.name}".strip()
