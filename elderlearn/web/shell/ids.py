"""Pure: ids as they stand in addresses."""

from __future__ import annotations

from elderlearn.ground.errors import Missing

BIGGEST_ID = 2**63 - 1  # what a bigint column takes; PostgreSQL answers more with an error, not with nothing


def id_in_address(sent: int) -> int:
    """The id, or Missing when no row could ever have it."""
    if not 0 < sent <= BIGGEST_ID:
        raise Missing
    return sent
