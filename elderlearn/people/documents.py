"""Pure: identity documents as people type them."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from elderlearn.ground.errors import Refusal

Sex = Literal["female", "male"]

DOCUMENT_TYPES = ("id_card", "hk_macao_taiwan_permit", "passport", "foreign_permanent_residence")
LONGEST_TYPED = 60
ID_CARD = re.compile(r"[1-9][0-9]{16}[0-9X]")
OTHER = re.compile(r"[A-Z0-9]{5,20}")
WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)  # GB 11643-1999, ISO 7064 MOD 11-2
CHECK_DIGITS = "10X98765432"


@dataclass(frozen=True)
class Document:
    """A checked document; the number never shows in a repr. Only an id_card tells birth date and sex."""

    type: str
    number: str = field(repr=False)
    born_on: date | None = field(default=None, repr=False)
    sex: Sex | None = None


def read_document(type: str, typed_number: str) -> Document:
    """The document with its number normalised: full-width digits, spaces and a small x are forgiven.

    An id_card must have 18 characters, the right check digit and a real birth date since 1900; other types
    5 to 20 letters and digits. The first six digits of an id_card do not say where somebody lives.
    Raises Refusal('invalid_document').
    """
    number = _normal_number(typed_number)
    if type == "id_card":
        return _id_card(number)
    if type in DOCUMENT_TYPES and OTHER.fullmatch(number):
        return Document(type, number)
    raise Refusal("invalid_document", field="document")


def masked_document(number: str) -> str:
    """First three and last three characters; shorter numbers show even less."""
    return f"{number[:3]}{'*' * (len(number) - 6)}{number[-3:]}" if len(number) > 8 else f"{number[:1]}****"


def _normal_number(typed: str) -> str:
    if len(typed) > LONGEST_TYPED:
        return ""
    return unicodedata.normalize("NFKC", typed).strip(" \t\r\n").replace(" ", "").upper()


def _id_card(number: str) -> Document:
    if not ID_CARD.fullmatch(number) or _check_digit(number) != number[-1]:
        raise Refusal("invalid_document", field="document")
    return Document("id_card", number, _born_on(number), "male" if int(number[16]) % 2 else "female")


def _check_digit(number: str) -> str:
    return CHECK_DIGITS[sum(weight * int(digit) for weight, digit in zip(WEIGHTS, number[:17], strict=True)) % 11]


def _born_on(number: str) -> date:
    try:
        born_on = date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        born_on = date.min
    if born_on.year < 1900:
        raise Refusal("invalid_document", field="document")
    return born_on
