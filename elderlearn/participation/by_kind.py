"""Visits and learners of a place by kind of learning, wherever it was held."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from elderlearn.ground.sql import rows
from elderlearn.participation.counted import Counted

KINDS = ("class", "lecture", "activity", "meeting", "online")


@dataclass(frozen=True)
class KindLine:
    """Visits of the kinds add up to those of the report. Learners do not: who takes part in two stands in both."""

    kind: str
    visits: int
    learners: int


async def by_kind(places: Sequence[int], district_id: int, counted: Counted) -> list[KindLine]:
    """Every kind, also one nobody came to, of the elders who live in the places."""
    found = await rows(
        """WITH hers AS (
            SELECT o.resident, o.kind, sum(o.visits) AS visits
            FROM tally t JOIN tally_by_organisation o ON o.period = t.period AND o.resident = t.resident
            WHERE t.period = $2 AND t.residence = 'inside' AND t.born_on <= $3 AND t.visits > 0
                AND t.place = ANY($1::bigint[]) AND t.place <> $4 AND o.period = $2 AND o.visits > 0
            GROUP BY o.resident, o.kind)
        SELECT kind, sum(visits)::bigint AS visits, count(*) AS learners FROM hers GROUP BY kind""",
        list(places),
        counted.period_id,
        counted.born_by,
        district_id,
    )
    known = {one["kind"]: KindLine(one["kind"], one["visits"], one["learners"]) for one in found}
    return [known.get(kind, KindLine(kind, 0, 0)) for kind in KINDS]
