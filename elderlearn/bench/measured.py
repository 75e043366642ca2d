"""Pure: what a benchmark found, and how a floor is compared with it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from statistics import median

ROUNDS = 3  # of each; the median of three is not moved by one disturbed round


class WrongAnswers(Exception):
    """The load was answered otherwise than it must be: the time it took says nothing."""


@dataclass(frozen=True)
class Measured:
    """`unit` is `…/s` (more is better) or `ms` (less is better); `notes` are lines for people only."""

    name: str
    unit: str
    value: float
    floor: float
    notes: tuple[str, ...] = ()

    @property
    def ratio(self) -> float:
        """1 is the limit: value ÷ floor, for times floor ÷ value."""
        return self.floor / self.value if self.unit == "ms" else self.value / self.floor

    def as_json(self) -> dict[str, str | float]:
        """The entry of contract section 2."""
        return {
            "name": self.name,
            "unit": self.unit,
            "value": round(self.value, 2),
            "floor": round(self.floor, 2),
            "ratio": round(self.ratio, 3),
        }


async def in_turns(
    product: Callable[[], Awaitable[float]], floor: Callable[[], Awaitable[float]], *, rounds: int = ROUNDS
) -> tuple[float, float]:
    """The medians of both, after one round of each that does not count.

    Measured in turns, so that whatever else the machine does meanwhile slows both alike.
    """
    found: list[tuple[float, float]] = [(await product(), await floor()) for _ in range(rounds + 1)]
    return median(one for one, _ in found[1:]), median(one for _, one in found[1:])
