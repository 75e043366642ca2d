"""POST /organisations."""

from __future__ import annotations

from litestar import post
from msgspec import Struct

from elderlearn.api.bodies import AnyRequest, read_body
from elderlearn.api.call import call
from elderlearn.api.guard import actor, viewer
from elderlearn.api.reach import reaches
from elderlearn.api.words import OrganisationKind, PlaceCode, Title
from elderlearn.catalogue.organise import add_organisation, known_place
from elderlearn.ground.errors import Missing

REFUSES = ("unknown_place", "invalid_name")


class OrganisationBody(Struct):
    kind: OrganisationKind
    name: Title
    place_code: PlaceCode


class OrganisationAnswer(Struct):
    organisation_id: str


@post(
    "/organisations",
    opt=call("add_organisation", {201: OrganisationAnswer}, takes=OrganisationBody, refuses=REFUSES),
)
async def add_an_organisation(request: AnyRequest) -> OrganisationAnswer:
    """A code that is no place is refused; a place outside the token's reach answers 404."""
    body = await read_body(request, OrganisationBody)
    if not reaches(viewer(request), await known_place(body.place_code)):
        raise Missing
    id = await add_organisation(kind=body.kind, name=body.name, place_code=body.place_code, by=actor(request))
    return OrganisationAnswer(str(id))
