"""Choosing a home: by name, or from the town or street one lives in (templates/layout/_homes.html)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from elderlearn.catalogue.homes import HomeFound, homes_called
from elderlearn.people.residents import OUTSIDE
from elderlearn.places.queries import PlaceRow, list_places, place_by_id, places_by_codes
from elderlearn.web.shell.forms import Form

LONGEST_CODE = 20


@dataclass(frozen=True)
class Town:
    """A town or street with its communities; `is_open` when one of them is chosen."""

    place: PlaceRow
    communities: list[PlaceRow]
    is_open: bool


async def is_home(code: str) -> bool:
    """A community, a street, or outside."""
    known = await places_by_codes([code[:LONGEST_CODE]])
    return code == OUTSIDE or any(one.level != "district" for one in known.values())


async def homes_for(form: Form) -> dict[str, Any]:
    """What the words mean, the one chosen before on top; then every town and street to look in."""
    words, chosen = form.value("words")[:60], form.value("home")
    found = await homes_called(words)
    if found and chosen and chosen != OUTSIDE and chosen not in [one.code for one in found]:
        found = [await _as_found(one) for one in (await places_by_codes([chosen[:LONGEST_CODE]])).values()] + found
    is_unknown = bool(words.strip()) and not found
    return {"homes": found, "is_unknown": is_unknown, "towns": await _towns(found, chosen), "outside": OUTSIDE}


async def _towns(found: list[HomeFound], chosen: str) -> list[Town]:
    """A place found by its name is not offered a second time."""
    shown = {one.code for one in found}
    places = await list_places()
    below: dict[int | None, list[PlaceRow]] = {}
    for one in places:
        if one.level == "community" and one.code not in shown:
            below.setdefault(one.parent_id, []).append(one)
    towns = [one for one in places if one.level == "town_street"]
    return [
        Town(one, inside, chosen not in shown and chosen in {one.code, *(place.code for place in inside)})
        for one in towns
        for inside in [below.get(one.id, [])]
    ]


async def _as_found(place: PlaceRow) -> HomeFound:
    above = await place_by_id(place.parent_id) if place.parent_id else None
    return HomeFound(place.code, place.name, above.name if above else "", "")
