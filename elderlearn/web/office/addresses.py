"""Pure: the address of a report keeps what was chosen: place, year and order."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from urllib.parse import urlencode

FIRST_ORDER = "rate"


@dataclass(frozen=True)
class Shown:
    """What the page shows; `order` names the column its table is sorted by."""

    place_code: str
    period: str
    order: str = FIRST_ORDER

    @property
    def address(self) -> str:
        """The same page again, to be sent to somebody or kept."""
        asked = {"place": self.place_code, "period": self.period}
        if self.order != FIRST_ORDER:
            asked["order"] = self.order
        return address("/office/participation", asked)

    @property
    def months(self) -> str:
        """The months of the year shown here; only a file."""
        return address("/office/participation/months", {"place": self.place_code, "period": self.period})

    def at(self, place_code: str) -> Shown:
        """Another place, the rest as it is."""
        return replace(self, place_code=place_code)

    def by(self, order: str) -> Shown:
        """Another order, the rest as it is."""
        return replace(self, order=order)


def address(path: str, asked: Mapping[str, str]) -> str:
    """The path with what is asked of it."""
    return f"{path}?{urlencode(asked)}"
