"""Pure: ids as they stand in addresses."""

from __future__ import annotations

from elderlearn.ground.errors import Missing

BIGGEST_ID = 2**63 - 1  # what a bigint column takes; PostgreSQL answers more with an error, not with nothing


def id_in_address(sent: int) -> int:
    """The id, or Missing when no row could ever have it."""
    if not 0 < sent <= BIGGEST_ID:
        raise Missing
    return sent


def id_sent(value: str) -> int | None:
    """The id in a field that people do not type into; none when it is not exactly digits of a possible id."""
    is_one = value.isascii() and value.isdecimal() and len(value) < 20 and 0 < int(value) <= BIGGEST_ID
    return int(value) if is_one else None
