"""One person's year: her sums, and the attendances they were made from."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from elderlearn.ground.errors import Missing
from elderlearn.ground.sql import row, rows
from elderlearn.participation.apart import APART
from elderlearn.participation.counted import Counted
from elderlearn.participation.rules import Sums
from elderlearn.people.names import masked_name
from elderlearn.places.labels import span_of


@dataclass(frozen=True)
class PersonYear:
    """`place_id` the home she was counted in, none when she has none in the district; `apart` why she enters
    no rate (one of APART), none when she does. `visits` of every kind, `sums` of the kinds that count.
    """

    resident_id: int
    name_masked: str
    born_on: date | None = field(repr=False)
    place_id: int | None
    visits: int
    sums: Sums
    regular_since: date | None
    is_enrolled: bool
    apart: str | None


@dataclass(frozen=True)
class Visit:
    """One attendance. It counts unless it was voided or the session is called off; `minutes` credited."""

    on_date: date
    title: str
    organisation: str
    kind: str
    minutes: int
    source: str
    is_held: bool
    is_voided: bool
    void_reason: str | None

    @property
    def counts(self) -> bool:
        """As a visit; whether its minutes count is a matter of its kind."""
        return self.is_held and not self.is_voided


async def person_year(resident_id: int, counted: Counted, district_id: int) -> PersonYear:
    """Raises Missing when nothing of her is counted in that period of the district."""
    apart = " ".join(f"WHEN {condition} THEN '{name}'" for name, condition in APART.items())
    found = await row(
        f"""WITH came AS (
            SELECT resident, residence, place, born_on, place IS NULL OR place = $4 AS is_unplaced
            FROM tally WHERE period = $2 AND resident = $1
            UNION SELECT resident, residence, place, born_on, place IS NULL OR place = $4
            FROM enrolled_period WHERE period = $2 AND resident = $1 LIMIT 1
        ), known AS (SELECT *, CASE {apart} END AS apart FROM came)
        SELECT r.id, r.name, c.born_on, c.place, coalesce(t.visits, 0) AS visits,
            coalesce(t.minutes, 0) AS minutes, coalesce(t.days, 0) AS days,
            coalesce(t.completed_runs, 0) AS completed_runs, t.regular_since,
            EXISTS (SELECT FROM enrolled_period WHERE period = $2 AND resident = $1) AS is_enrolled,
            c.apart
        FROM known c JOIN resident r ON r.id = c.resident
        LEFT JOIN tally t ON t.period = $2 AND t.resident = $1""",
        resident_id,
        counted.period_id,
        counted.born_by,
        district_id,
    )
    if found is None:
        raise Missing
    return PersonYear(
        resident_id=found["id"],
        name_masked=masked_name(found["name"]),
        born_on=found["born_on"],
        place_id=found["place"],
        visits=found["visits"],
        sums=Sums(found["minutes"], found["days"], found["completed_runs"]),
        regular_since=found["regular_since"],
        is_enrolled=found["is_enrolled"],
        apart=found["apart"],
    )


async def visits_in(resident_id: int, label: str, district_id: int) -> list[Visit]:
    """Her attendances in a period of the district, the latest first, voided ones too: what `record` counts
    there, so of somebody on another district's register only those that were here.
    """
    span = span_of(label)
    found = await rows(
        """SELECT a.on_date, c.title, o.name AS organisation, a.kind, a.minutes, a.source, a.is_held,
            a.voided_at IS NOT NULL AS is_voided, a.void_reason
        FROM attendance a JOIN resident r ON r.id = a.resident JOIN organisation o ON o.id = a.organisation
        JOIN course_run q ON q.id = a.run JOIN course c ON c.id = q.course
        WHERE a.resident = $1 AND a.on_date BETWEEN $2 AND $3 AND $4 IN (r.district, a.district)
        ORDER BY a.on_date DESC, a.attended_at DESC, a.id DESC""",
        resident_id,
        span.starts_on,
        span.ends_on,
        district_id,
    )
    return [Visit(**one) for one in found]


async def years_of(resident_id: int, district_id: int) -> list[tuple[str, int | None]]:
    """The periods she is counted in, the latest first, each with the home she was counted in."""
    found = await rows(
        """SELECT p.label, c.place FROM stat_period p JOIN (
            SELECT period, place FROM tally WHERE resident = $1
            UNION SELECT period, place FROM enrolled_period WHERE resident = $1) c ON c.period = p.id
        WHERE p.district = $2 AND p.state = 'active' ORDER BY p.starts_on DESC, p.label""",
        resident_id,
        district_id,
    )
    return [(one["label"], one["place"]) for one in found]
