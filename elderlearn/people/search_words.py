"""Pure: what somebody types or scans into the one search field of the desk."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, field

from elderlearn.ground import phone as phones
from elderlearn.ground.errors import Refusal
from elderlearn.people.codes import read_code, typed_number
from elderlearn.people.documents import DOCUMENT_TYPES, Document, read_document

LONGEST = 300  # a scanned address with its code


@dataclass(frozen=True)
class Sought:
    """Everything the words could mean; `card` is a code or a registration number. All empty: everybody."""

    card: str | None = field(default=None, repr=False)
    phone: str | None = field(default=None, repr=False)
    documents: tuple[Document, ...] = ()
    name: str = ""

    @property
    def is_everybody(self) -> bool:
        """Nothing was typed."""
        return self == Sought()


def read_words(typed: str) -> Sought:
    """A code, phone or document is only that; everything else is the beginning of a name."""
    text = unicodedata.normalize("NFKC", typed[:LONGEST]).replace("\0", "").strip()
    card = typed_number(text) or read_code(text)
    if card:
        return Sought(card=card)
    phone, documents = phones.normal(text), _documents(text)
    return Sought(phone=phone, documents=documents, name="" if phone or documents else text)


def _documents(text: str) -> tuple[Document, ...]:
    """An 18-digit number is an id_card or nothing; what else has a digit may be any of the other types."""
    if not any(character.isdigit() for character in text):
        return ()
    found = []
    for type in DOCUMENT_TYPES:
        try:
            found.append(read_document(type, text))
        except Refusal:
            continue
    return tuple(found)
