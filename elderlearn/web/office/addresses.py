"""Pure: the address of a report keeps what was chosen: place, year, order, and by what it is grouped."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from urllib.parse import urlencode

FIRST_ORDER = "rate"


@dataclass(frozen=True)
class Shown:
    """What the page shows; `order` names the column its table is sorted by.

    `by_unit`: the district grouped by reporting units; `unit` is the code of one of them, or `none`.
    """

    place_code: str
    period: str
    order: str = FIRST_ORDER
    by_unit: bool = False
    unit: str = ""

    @property
    def address(self) -> str:
        """The same page again, to be sent to somebody or kept."""
        return address("/office/participation", {"place": self.place_code, "period": self.period} | self.hidden)

    @property
    def hidden(self) -> dict[str, str]:
        """What stays when another year is chosen, beside the place."""
        asked = {} if self.order == FIRST_ORDER else {"order": self.order}
        asked |= {"by": "unit"} if self.by_unit else {}
        return asked | ({"unit": self.unit} if self.unit else {})

    @property
    def months(self) -> str:
        """The months of the year shown here; only a file, and none of a reporting unit."""
        asked = {"place": self.place_code, "period": self.period}
        return "" if self.unit else address("/office/participation/months", asked)

    def below(self, code: str) -> Shown:
        """What a line of the table leads to: a reporting unit when they are the lines, else a place."""
        if self.by_unit and code != self.place_code and not self.unit:
            return replace(self, unit=code)
        return self if self.unit == code else self.at(code)

    def above(self, place_code: str) -> Shown:
        """From one reporting unit to all of them, from a place to the one it lies in."""
        return replace(self, unit="") if self.unit else self.at(place_code)

    def grouped(self, *, by_unit: bool) -> Shown:
        """By reporting units or by streets."""
        return replace(self, by_unit=by_unit, unit="")

    def at(self, place_code: str) -> Shown:
        """Another place, the rest as it is."""
        return replace(self, place_code=place_code, by_unit=False, unit="")

    def by(self, order: str) -> Shown:
        """Another order, the rest as it is."""
        return replace(self, order=order)


def address(path: str, asked: Mapping[str, str]) -> str:
    """The path with what is asked of it."""
    return f"{path}?{urlencode(asked)}"
