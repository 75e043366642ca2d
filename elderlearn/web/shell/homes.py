"""Choosing a home: by the name of a community, street or academy (templates/layout/_homes.html)."""

from __future__ import annotations

from typing import Any

from elderlearn.catalogue.homes import HomeFound, homes_called
from elderlearn.people.residents import OUTSIDE
from elderlearn.places.queries import PlaceRow, list_places, place_by_id, places_by_codes
from elderlearn.web.shell.forms import Form

LONGEST_CODE = 20


async def is_home(code: str) -> bool:
    """A community, a street, or outside."""
    known = await places_by_codes([code[:LONGEST_CODE]])
    return code == OUTSIDE or any(one.level != "district" for one in known.values())


async def homes_for(form: Form) -> dict[str, Any]:
    """What the words mean, the one chosen before on top; the streets when nothing was found."""
    words, chosen = form.value("words")[:60], form.value("home")
    found = await homes_called(words)
    if chosen and chosen != OUTSIDE and chosen not in [one.code for one in found]:
        found = [await _as_found(one) for one in (await places_by_codes([chosen[:LONGEST_CODE]])).values()] + found
    streets = [] if found or not words else await list_places("town_street")
    return {"homes": found, "streets": streets, "outside": OUTSIDE}


async def _as_found(place: PlaceRow) -> HomeFound:
    above = await place_by_id(place.parent_id) if place.parent_id else None
    return HomeFound(place.code, place.name, above.name if above else "", "")
