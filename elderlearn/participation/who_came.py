"""Who came to one organisation, whoever she is and wherever she lives: by age, sex and kind of learning."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from elderlearn.ground.sql import rows, value
from elderlearn.participation.age_bands import Band, bands
from elderlearn.participation.by_age import SEXES
from elderlearn.participation.by_kind import KINDS, KindLine
from elderlearn.participation.counted import Counted, counted_by
from elderlearn.places.labels import day_before, span_of, year_before

YOUNGER, UNKNOWN = "younger", "unknown"


@dataclass(frozen=True)
class CameLine:
    """Persons of a band of age, by its name, or YOUNGER than the rule asks, or UNKNOWN; in the order of SEXES."""

    band: str
    by_sex: tuple[int, ...]


@dataclass(frozen=True)
class WhoCame:
    """Lines of ages add up to the persons who came, kinds to their visits."""

    ages: tuple[CameLine, ...]
    kinds: tuple[KindLine, ...]


async def who_came(organisation_id: int, counted: Counted) -> WhoCame:
    """In the period of `counted`."""
    known = bands(counted.rule.elder_age, counted.reference_on)
    found = await rows(
        """SELECT CASE WHEN born_on IS NULL THEN -1 ELSE width_bucket(born_on, $3::date[]) END AS bucket, sex,
            count(*)::int AS persons
        FROM (SELECT DISTINCT resident FROM tally_by_organisation
            WHERE period = $1 AND organisation = $2 AND visits > 0) came
        JOIN (SELECT id, born_on, coalesce(sex, 'unknown') AS sex FROM resident) r ON r.id = came.resident
        GROUP BY 1, 2""",
        counted.period_id,
        organisation_id,
        [one.born_until + timedelta(days=1) for one in reversed(known)],
    )
    cells = {(one["bucket"], one["sex"]): one["persons"] for one in found}
    kinds = await rows(
        """SELECT kind, sum(visits)::bigint AS visits, count(*)::int AS learners FROM tally_by_organisation
        WHERE period = $1 AND organisation = $2 AND visits > 0 GROUP BY kind""",
        counted.period_id,
        organisation_id,
    )
    by_kind = {one["kind"]: KindLine(**one) for one in kinds}
    return WhoCame(_ages(known, cells), tuple(by_kind[kind] for kind in KINDS if kind in by_kind))


async def visits_a_year_earlier(organisation_id: int, district_id: int, label: str, today: date) -> int | None:
    """Of the year before until the same day, none when that year has no records in the district at all."""
    span = span_of(label)
    earlier = year_before(span)
    until = earlier.ends_on if today >= span.ends_on else day_before(today)
    before = await counted_by(district_id, earlier.label)
    if not await value("SELECT EXISTS (SELECT FROM tally WHERE period = $1)", before.period_id):
        return None
    found: int = await value(
        """SELECT count(*) FROM course_run q JOIN attendance a ON a.run = q.id
        WHERE q.organisation = $1 AND q.first_on <= $3 AND q.last_on >= $2 AND a.on_date BETWEEN $2 AND $3
            AND a.voided_at IS NULL AND a.is_held""",
        organisation_id,
        earlier.starts_on,
        until,
    )
    return found


def _ages(known: Sequence[Band], cells: Mapping[tuple[int, str], int]) -> tuple[CameLine, ...]:
    """Buckets count from the oldest; the last are the younger ones."""
    names = [(UNKNOWN, -1), (YOUNGER, len(known))]
    names += [(one.name, len(known) - 1 - number) for number, one in enumerate(known)]
    lines = [CameLine(name, tuple(cells.get((bucket, sex), 0) for sex in SEXES)) for name, bucket in names]
    unknown, younger, *elders = lines
    return (*((younger,) if any(younger.by_sex) else ()), *elders, *((unknown,) if any(unknown.by_sex) else ()))
