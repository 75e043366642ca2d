"""Organisations as lists name them: found by name and place, or made when their kind is given."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass

from elderlearn.catalogue.run_lines import Host
from elderlearn.ground.sql import rows
from elderlearn.places.queries import PlaceRow


@dataclass(frozen=True)
class HostRow:
    """An organisation that goes on, where it lies."""

    id: int
    name: str
    district_id: int
    place_id: int
    street_id: int | None


class HostBook:
    """Organisations of one or of all districts by name."""

    def __init__(self, found: Collection[HostRow], within: PlaceRow | None) -> None:
        self.within = within
        self.by_name: defaultdict[str, list[HostRow]] = defaultdict(list)
        for one in found:
            self.by_name[one.name].append(one)

    def find(self, host: Host) -> HostRow | str:
        """The one it means, or why not: unknown_organisation, organisation_ambiguous, not_your_place."""
        named = self.by_name.get(host.name, [])
        if host.place is not None:
            here = [one for one in named if one.place_id == host.place.id]
            below = [one for one in named if host.place.id in (one.street_id, one.district_id)]
            named = here or below
        if not named:
            return "unknown_organisation"
        hers = [one for one in named if self._is_hers(one)]
        if not hers:
            return "not_your_place"
        return hers[0] if len(hers) == 1 else "organisation_ambiguous"

    def _is_hers(self, one: HostRow) -> bool:
        return self.within is None or self.within.id in (one.place_id, one.street_id, one.district_id)


async def host_book(within: PlaceRow | None) -> HostBook:
    """All organisations that have not ended; of the district of `within`, so that others' are known as such."""
    found = await rows(
        """SELECT o.id, o.name, o.district AS district_id, o.place AS place_id, p.parent AS street_id
        FROM organisation o JOIN place p ON p.id = o.place
        WHERE o.ended_on IS NULL AND ($1::bigint IS NULL OR o.district = $1) ORDER BY o.id""",
        within.district_id if within else None,
    )
    return HostBook([HostRow(**one) for one in found], within)
