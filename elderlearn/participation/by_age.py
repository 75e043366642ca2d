"""Learners and regulars of a place by age and sex: the persons of the report, each in one cell."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from elderlearn.ground.sql import rows
from elderlearn.participation.age_bands import Band, bands
from elderlearn.participation.counted import Counted

SEXES = ("female", "male", "unknown")


@dataclass(frozen=True)
class Both:
    """Learners and regulars of one cell; some who completed a run long ago are regulars without a visit."""

    learners: int = 0
    regulars: int = 0

    def __add__(self, other: Both) -> Both:
        return Both(self.learners + other.learners, self.regulars + other.regulars)


@dataclass(frozen=True)
class BandLine:
    """One band of age, by sex in the order of SEXES."""

    band: Band
    by_sex: tuple[Both, ...]

    @property
    def both(self) -> Both:
        """Of every sex."""
        return sum(self.by_sex, Both())


async def by_age(places: Sequence[int], district_id: int, counted: Counted) -> list[BandLine]:
    """All bands, the youngest first; together they are the learners and regulars of the report."""
    known = bands(counted.rule.elder_age, counted.reference_on)
    # The first days that are too late for a band, from the oldest: buckets then count from the oldest, too.
    too_late = [one.born_until + timedelta(days=1) for one in reversed(known[1:])]
    found = await rows(
        """SELECT band, sex, sum(learners)::int AS learners, sum(regulars)::int AS regulars FROM (
            SELECT cardinality($5::date[]) - width_bucket(t.born_on, $5::date[]) AS band,
                coalesce(r.sex, 'unknown') AS sex, (t.visits > 0)::int AS learners,
                (t.regular_since IS NOT NULL)::int AS regulars
            FROM tally t JOIN resident r ON r.id = t.resident
            WHERE t.period = $2 AND t.residence = 'inside' AND t.born_on <= $3
                AND t.place = ANY($1::bigint[]) AND t.place <> $4) one
        GROUP BY band, sex""",
        list(places),
        counted.period_id,
        counted.born_by,
        district_id,
        too_late,
    )
    cells = {(one["band"], one["sex"]): Both(one["learners"], one["regulars"]) for one in found}
    return [
        BandLine(band, tuple(cells.get((number, sex), Both()) for sex in SEXES))
        for number, band in enumerate(known)
    ]
