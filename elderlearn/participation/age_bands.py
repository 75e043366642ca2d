"""Pure: bands of age on the reference date, as spans of birth dates."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from elderlearn.participation.rules import born_by

STEPS = (55, 60, 65, 70, 75, 80)


@dataclass(frozen=True)
class Band:
    """Aged `from_age` to `to_age`, none: and older. Born after `born_after` (none: ever so long ago) and by
    `born_until`.
    """

    from_age: int
    to_age: int | None
    born_after: date | None
    born_until: date

    @property
    def name(self) -> str:
        """As it stands in an address: 60-64, 80+."""
        return f"{self.from_age}+" if self.to_age is None else f"{self.from_age}-{self.to_age}"


def bands(elder_age: int, reference_on: date) -> Sequence[Band]:
    """From the age of the rule on; every elder is in exactly one."""
    starts = [elder_age, *(one for one in STEPS if one > elder_age)]
    ends = [*(one - 1 for one in starts[1:]), None]
    return [
        Band(first, last, None if last is None else born_by(reference_on, last + 1), born_by(reference_on, first))
        for first, last in zip(starts, ends, strict=True)
    ]
