"""PUT /population: official figures of elders, place by place."""

from __future__ import annotations

from typing import Annotated

from litestar import put
from msgspec import Meta, Struct

from elderlearn.api.bodies import AnyRequest, read_body
from elderlearn.api.call import call
from elderlearn.api.guard import actor, viewer
from elderlearn.api.reach import reaches
from elderlearn.api.words import Basis, Elders, PlaceCode, Title, Year
from elderlearn.ground.errors import Refusal
from elderlearn.people.sign_in.who import SignedIn
from elderlearn.places.population import put_population
from elderlearn.places.queries import places_by_codes

REFUSES = ("unknown_place", "place_twice", "invalid_source")


class PopulationLine(Struct):
    code: PlaceCode
    elders: Elders


class PopulationBody(Struct):
    year: Year
    basis: Basis
    source: Title
    lines: Annotated[list[PopulationLine], Meta(min_length=1, max_length=20_000)]


class PopulationAnswer(Struct):
    accepted: int


@put("/population", opt=call("put_population", {200: PopulationAnswer}, takes=PopulationBody, refuses=REFUSES))
async def put_the_population(request: AnyRequest) -> PopulationAnswer:
    """All lines become the preferred figures of this year and basis; older ones stay as history.

    All or nothing. A place outside the token's reach is refused like one that does not exist.
    """
    body = await read_body(request, PopulationBody)
    lines = [(line.code, line.elders) for line in body.lines]
    await _check_reach(viewer(request), [code for code, _ in lines])
    accepted = await put_population(
        year=body.year, basis=body.basis, source=body.source, lines=lines, by=actor(request)
    )
    return PopulationAnswer(accepted)


async def _check_reach(seen: SignedIn, codes: list[str]) -> None:
    found = await places_by_codes(codes)
    for code in codes:
        if code not in found or not reaches(seen, found[code]):
            raise Refusal("unknown_place", place_code=code)
