"""POST /residents: put a person on the register, once."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from litestar import Response, post
from msgspec import UNSET, Meta, Struct, UnsetType

from elderlearn.api.bodies import AnyRequest, read_body
from elderlearn.api.call import call
from elderlearn.api.guard import actor, viewer
from elderlearn.api.reach import reaches_resident
from elderlearn.api.words import ONE_LINE, DocumentType, Name, PlaceCode, Sex
from elderlearn.people.register import register
from elderlearn.people.residents import NewResident

REFUSES = (
    "invalid_document",
    "unknown_place",
    "born_on_mismatch",
    "invalid_name",
    "invalid_born_on",
    "invalid_phone",
)
Typed = Annotated[str, Meta(min_length=1, max_length=60, pattern=ONE_LINE)]


class DocumentBody(Struct):
    type: DocumentType
    number: Typed


class ResidentBody(Struct):
    """`place_code` is a community, a street while the community is unknown, or `outside`."""

    name: Name
    place_code: PlaceCode
    document: DocumentBody | None = None
    born_on: date | None = None
    sex: Sex | None = None
    phone: Typed | None = None
    registered_place_code: PlaceCode | None = None


class RegisteredAnswer(Struct):
    resident_id: str
    card_code: str


class OnFileAnswer(Struct):
    """`differs` names the fields sent that are not what is on file."""

    resident_id: str
    card_code: str | None
    differs: list[str] | UnsetType = UNSET


@post(
    "/residents",
    opt=call("register_resident", {201: RegisteredAnswer, 200: OnFileAnswer}, takes=ResidentBody, refuses=REFUSES),
)
async def register_a_resident(request: AnyRequest) -> Response[OnFileAnswer]:
    """201 for a new person; 200 for a document already on file, which changes nothing.

    Who lives in another district is `outside`: a place of another loaded district is 422 `unknown_place`. The card
    code of somebody on file is shown only to those whose place she belongs to, for others it is null.
    """
    body = await read_body(request, ResidentBody)
    done = await register(_new(body), by=actor(request))
    if done.is_new:
        return Response(OnFileAnswer(str(done.resident_id), done.card_code), status_code=201)
    may_see = await reaches_resident(viewer(request), done.resident_id)
    code = done.card_code if may_see else None
    return Response(OnFileAnswer(str(done.resident_id), code, done.differs), status_code=200)


def _new(body: ResidentBody) -> NewResident:
    return NewResident(
        name=body.name,
        place_code=body.place_code,
        document_type=body.document.type if body.document else None,
        document_number=body.document.number if body.document else None,
        born_on=body.born_on,
        sex=body.sex,
        phone=body.phone,
        registered_place_code=body.registered_place_code,
        verified="desk",
    )
