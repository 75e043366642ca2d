"""Pure: what speaks for and against two rows of the register being one person, and which row stays."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Literal

from elderlearn.ground.errors import Refusal

Speaks = Literal["for", "against", "open"]
FIELDS = ("name", "born_on", "sex", "phone", "home", "registered_home")


@dataclass(frozen=True)
class Row:
    """A row of the register as far as it is compared; hashes instead of numbers. `home` is a place or a word."""

    id: int
    name: str
    born_on: date | None
    born_precision: str
    sex: str | None
    phone_hash: bytes | None
    document_hash: bytes | None
    document_type: str | None
    home: str | None
    registered_home: str | None


def compare(one: Row, other: Row) -> dict[str, Speaks]:
    """By field; `open` when one of them does not say."""
    return {
        "name": "for" if one.name == other.name else "against",
        "born_on": _births(one, other),
        "sex": _equal(one.sex, other.sex),
        "phone": _equal(one.phone_hash, other.phone_hash),
        "home": _equal(one.home, other.home),
        "registered_home": _equal(one.registered_home, other.registered_home),
        "document": _equal(one.document_hash, other.document_hash),
    }


def which_stays(kept: Row, gone: Row) -> tuple[Row, Row]:
    """The row with a document stays, whatever was asked for; else as asked.

    Raises Refusal('same_row'), and Refusal('two_documents'): two documents are two persons.
    """
    if kept.id == gone.id:
        raise Refusal("same_row")
    if kept.document_hash and gone.document_hash:
        raise Refusal("two_documents")
    return (gone, kept) if gone.document_hash else (kept, gone)


def taken(kept: Row, gone: Row, asked: Collection[str]) -> tuple[str, ...]:
    """Which fields come from the row that goes: those asked for, and those the other does not say.

    Birth date and sex of an id_card are the card's. A field the row that goes does not say is never taken.
    """
    by_card = {"born_on", "sex"} if kept.document_type == "id_card" else set()
    return tuple(
        field
        for field in FIELDS
        if field not in by_card and _said(gone, field) and (field in asked or not _said(kept, field))
    )


def _said(row: Row, field: str) -> bool:
    return getattr(row, "phone_hash" if field == "phone" else field) is not None


def _equal(one: object, other: object) -> Speaks:
    if one is None or other is None:
        return "open"
    return "for" if one == other else "against"


def _births(one: Row, other: Row) -> Speaks:
    if one.born_on is None or other.born_on is None:
        return "open"
    if "year" in (one.born_precision, other.born_precision):
        return "open" if one.born_on.year == other.born_on.year else "against"
    return "for" if one.born_on == other.born_on else "against"
