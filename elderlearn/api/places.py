"""GET /places: the tree of places, all districts of the installation."""

from __future__ import annotations

from typing import Annotated

from litestar import get
from msgspec import Meta, Struct

from elderlearn.api.bodies import AnyRequest, read_query
from elderlearn.api.call import call
from elderlearn.api.words import Level
from elderlearn.places.codes import LEVELS
from elderlearn.places.queries import PlaceRow, list_places, place_by_code


class PlacesQuery(Struct):
    """Without `level` all levels are listed; `within` is a place code."""

    level: Level | None = None
    within: Annotated[str, Meta(max_length=40)] | None = None


class PlaceAnswer(Struct):
    code: str
    name: str
    level: Level
    parent_code: str | None


@get("/places", opt=call("read_catalogue", {200: list[PlaceAnswer]}, asks=PlacesQuery))
async def list_the_places(request: AnyRequest) -> list[PlaceAnswer]:
    """Places in the order of their codes. A code in `within` that is no place answers 404."""
    asked = read_query(request, PlacesQuery)
    inside = (await place_by_code(asked.within)).id if asked.within else None
    found = await list_places(asked.level, inside)
    codes = {one.id: one.code for one in await _parents(asked.level)}
    return [_answer(one, codes) for one in found]


async def _parents(level: Level | None) -> list[PlaceRow]:
    if level == LEVELS[0]:
        return []
    return await list_places(LEVELS[LEVELS.index(level) - 1] if level else None)


def _answer(one: PlaceRow, codes: dict[int, str]) -> PlaceAnswer:
    parent_code = codes.get(one.parent_id) if one.parent_id is not None else None
    return PlaceAnswer(one.code, one.name, one.level, parent_code)  # type: ignore[arg-type]  # Level, by a Check
