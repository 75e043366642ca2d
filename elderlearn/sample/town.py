"""The sample's places as the generators want them: streets with their communities, and shares of elders."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

from elderlearn.ground.sql import rows
from elderlearn.sample.shape import STREET_LIKING, share_out


@dataclass(frozen=True)
class Community:
    """One community with the number of elders the sample gives it."""

    id: int
    name: str
    elders: int


@dataclass(frozen=True)
class Street:
    """A town or street; `liking` is how well it draws people in the sample."""

    id: int
    name: str
    liking: float
    communities: tuple[Community, ...]

    @property
    def elders(self) -> int:
        """Of all its communities."""
        return sum(one.elders for one in self.communities)


async def read_town(district_id: int, elders: int, random: Random) -> list[Street]:
    """The official streets and communities, with `elders` people shared out over them (invented shares)."""
    found = await rows(
        """SELECT s.id AS street_id, s.name AS street_name, c.id, c.name
        FROM place c JOIN place s ON s.id = c.parent
        WHERE c.district = $1 AND c.level = 'community' AND c.valid_to IS NULL ORDER BY s.code, c.code""",
        district_id,
    )
    shares = share_out(elders, [random.uniform(0.5, 1.6) for _ in found])
    streets: dict[int, tuple[str, list[Community]]] = {}
    for one, share in zip(found, shares, strict=True):
        _, communities = streets.setdefault(one["street_id"], (one["street_name"], []))
        communities.append(Community(one["id"], one["name"], share))
    return [
        Street(id, name, STREET_LIKING[i % len(STREET_LIKING)], tuple(communities))
        for i, (id, (name, communities)) in enumerate(streets.items())
    ]
