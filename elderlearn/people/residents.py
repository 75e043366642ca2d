"""Pure: what somebody says about a new resident, checked before anything is written."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from elderlearn.ground import phone
from elderlearn.ground.actor import Actor
from elderlearn.ground.errors import Refusal
from elderlearn.people.documents import Document, Sex, read_document
from elderlearn.people.names import person_name

Verified = Literal["self", "desk", "import"]

OUTSIDE = "outside"
EARLIEST_BIRTH = date(1900, 1, 1)


@dataclass(frozen=True, kw_only=True)
class NewResident:
    """As typed. `place_code` and `registered_place_code` are a community, a street, or "outside".

    `born_year` is for people who know no more. `district_id` says which register an outsider belongs to,
    when nobody of the staff is asking. Without `verified` the door decides: a desk verifies, a phone does not.
    """

    name: str
    place_code: str
    document_type: str | None = None
    document_number: str | None = field(default=None, repr=False)
    born_on: date | None = field(default=None, repr=False)
    born_year: int | None = None
    sex: Sex | None = None
    phone: str | None = field(default=None, repr=False)
    registered_place_code: str | None = None
    verified: Verified | None = None
    district_id: int | None = None
    language: str | None = None


@dataclass(frozen=True)
class Checked:
    """The same, normalised; numbers never show in a repr."""

    name: str
    document: Document | None
    born_on: date | None = field(repr=False)
    born_precision: Literal["day", "year"]
    sex: Sex | None
    phone: str | None = field(repr=False)
    verified: Verified


def check_new_resident(new: NewResident, today: date, by: Actor) -> Checked:
    """Everything that can be judged without the database.

    Raises Refusal('invalid_name', 'invalid_document', 'born_on_mismatch', 'invalid_born_on', 'invalid_sex',
    'invalid_phone').
    """
    name = person_name(new.name)
    document = _document(new, today)
    born_on = _born_on(new, document, today)
    if new.sex not in (None, "female", "male"):
        raise Refusal("invalid_sex", field="sex")
    return Checked(
        name=name,
        document=document,
        born_on=born_on,
        born_precision="day" if new.born_on or (document and document.born_on) or born_on is None else "year",
        sex=new.sex or (document.sex if document else None),
        phone=_phone(new.phone),
        verified=new.verified or verified_by(by),
    )


def verified_by(by: Actor) -> Verified:
    """Staff have seen the person; on her own phone she says so herself."""
    return "desk" if by.kind == "staff" else "self"


def _document(new: NewResident, today: date) -> Document | None:
    if not new.document_number:
        return None
    document = read_document(new.document_type or "id_card", new.document_number)
    if document.born_on and document.born_on > today:
        raise Refusal("invalid_document", field="document")
    return document


def _born_on(new: NewResident, document: Document | None, today: date) -> date | None:
    told = document.born_on if document else None
    if new.born_on and not EARLIEST_BIRTH <= new.born_on <= today:
        raise Refusal("invalid_born_on", field="born_on")
    if new.born_year is not None and not EARLIEST_BIRTH.year <= new.born_year <= today.year:
        raise Refusal("invalid_born_on", field="born_year")
    if told and new.born_on and told != new.born_on:
        raise Refusal("born_on_mismatch", field="born_on")
    exact = told or new.born_on
    if exact and new.born_year is not None and exact.year != new.born_year:
        raise Refusal("born_on_mismatch", field="born_year")
    return exact or (date(new.born_year, 12, 31) if new.born_year is not None else None)


def _phone(typed: str | None) -> str | None:
    if not typed or not typed.strip():
        return None
    number = phone.normal(typed)
    if number is None:
        raise Refusal("invalid_phone", field="phone")
    return number
