"""The second line of a report: points more or fewer than last year, and the place among those beside it."""

from __future__ import annotations

from elderlearn.locale import _
from elderlearn.participation.counted import Counted
from elderlearn.participation.growth import Growth
from elderlearn.participation.lines import RatesLine
from elderlearn.participation.rank import Rank, rank_of
from elderlearn.places.elders import elders_of
from elderlearn.places.queries import PlaceRow
from elderlearn.web.shell.numbers import points


async def standing_of(place: PlaceRow, counted: Counted, total: RatesLine, growth: Growth) -> str:
    """Nothing where there is nothing to compare with. Each year's rate by the elders of that year's report."""
    then = (await elders_of({place.id}, counted.year - 1, counted.basis)).get(place.id)
    rank = await rank_of(place, counted)
    before = growth.before / then.elders if growth.before is not None and then and then.elders else None
    now = total.regulars / total.elders if total.elders else None
    return standing_in_words(None if before is None or now is None else now - before, rank, place.level)


def standing_in_words(change: float | None, rank: Rank | None, level: str) -> str:
    """`change` of the rate, as a share of 1."""
    said = []
    if change is not None:
        said.append(_("The rate: %(points)s points compared with then.", points=points(change)))
    if rank is not None:
        words = (
            _("Number %(number)s of %(of)s towns and streets by rate.", number=rank.number, of=rank.of)
            if level == "town_street"
            else _(
                "Number %(number)s of %(of)s communities of its street by rate.", number=rank.number, of=rank.of
            )
        )
        said.append(words)
    return " ".join(said)
