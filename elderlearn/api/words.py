"""The words bodies are made of: every length, range and sign a client may send, in one place."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal

from msgspec import Meta

from elderlearn.ground.errors import Missing

LONGEST_ID = 18  # digits: always fits a bigint
# No control signs, no line or paragraph breaks, nothing that turns the direction of text; something to see.
# Written so that Python and ECMAScript (OpenAPI readers) understand it alike: no \Z, no $ before a newline.
ONE_LINE = r"^(?=[\s\S]*\S)[^\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff]*(?![\s\S])"
AN_ID = r"^[1-9][0-9]{0,17}(?![\s\S])"

Id = Annotated[str, Meta(pattern=AN_ID, description="As this system gave it: opaque, do not count with it.")]
Name = Annotated[str, Meta(min_length=1, max_length=60, pattern=ONE_LINE)]
Title = Annotated[str, Meta(min_length=1, max_length=100, pattern=ONE_LINE)]
Reason = Annotated[str, Meta(min_length=1, max_length=200, pattern=ONE_LINE)]
PlaceCode = Annotated[
    str, Meta(min_length=1, max_length=40, pattern=ONE_LINE, description="Official code, twelve digits.")
]
Moment = Annotated[datetime, Meta(tz=True, description="RFC 3339 with its offset, between 1900 and 2200.")]
Age = Annotated[int, Meta(ge=0, le=130)]
Elders = Annotated[int, Meta(ge=0, le=100_000_000)]
Seats = Annotated[int, Meta(ge=1, le=100_000)]
Year = Annotated[int, Meta(ge=1990, le=2100)]
PeriodLabel = Annotated[
    str, Meta(max_length=10, description="A year such as `2025`, or `2025-09` for a school year.")
]

Level = Literal["district", "town_street", "community"]
Basis = Literal["resident", "registered"]
Sex = Literal["female", "male"]
DocumentType = Literal["id_card", "hk_macao_taiwan_permit", "passport", "foreign_permanent_residence"]
Channel = Literal["self", "carer", "window", "phone", "paper"]
OrganisationKind = Literal["elder_academy", "community_school", "citizen_school", "society", "base"]
RunKind = Literal["class", "lecture", "activity", "meeting", "online"]
Entry = Literal["enrol", "drop_in", "members"]
Allocation = Literal["first_come", "draw", "staff"]


def read_id(text: str) -> int:
    """The number behind an opaque id. Raises Missing for anything we never gave: nobody learns more."""
    if not (text.isascii() and text.isdigit() and len(text) <= LONGEST_ID and text[0] != "0"):
        raise Missing
    return int(text)


def maybe_id(text: str | None) -> int | None:
    """The same for an id that may be left out."""
    return None if text is None else read_id(text)
