"""Periods counted by a rule: laid beside those that hold, switched when they are full."""

from __future__ import annotations

from datetime import date

from elderlearn.ground.sql import rows, value
from elderlearn.participation.rule_parameters import Parameters, reference_on
from elderlearn.places.labels import span_of


async def labels_from(district_id: int, from_period: str) -> list[str]:
    """The year itself and those of its kind after it that are open: what a rule from that year on counts."""
    first = span_of(from_period)
    found = await rows(
        """SELECT label FROM stat_period WHERE district = $1 AND state = 'active' AND starts_on >= $2
            AND extract(month FROM starts_on) = $3""",
        district_id,
        first.starts_on,
        first.starts_on.month,
    )
    return sorted({first.label, *(one["label"] for one in found)})


async def add_shadows(district_id: int, labels: list[str], version: int, asked: Parameters) -> list[int]:
    """Their ids: from now on every writer moves their sums too. Inside the open unit of work."""
    spans = [span_of(one) for one in labels]
    rule = asked.rule
    found = await rows(
        """INSERT INTO stat_period (district, label, starts_on, ends_on, reference_on, rule_version, state, basis,
            elder_age, day_cap_minutes, hours_minutes, hours_days, days, completed_minutes, needs_all, kinds,
            weights, online_most_minutes)
        SELECT $1, n.label, n.starts_on, n.ends_on, n.reference_on, $6, 'shadow', $7, $8, $9, $10, $11, $12, $13,
            $14, $15::text[], $16::smallint[], $17
        FROM unnest($2::text[], $3::date[], $4::date[], $5::date[]) AS n (label, starts_on, ends_on, reference_on)
        ORDER BY n.label RETURNING id""",
        district_id,
        [one.label for one in spans],
        [one.starts_on for one in spans],
        [one.ends_on for one in spans],
        [_reference(one.label, asked) for one in spans],
        version,
        asked.basis,
        rule.elder_age,
        rule.day_cap_minutes,
        rule.hours_minutes,
        rule.hours_days,
        rule.days,
        rule.completed_minutes,
        rule.needs_all,
        list(rule.kinds),
        list(rule.weights) if rule.weights else None,
        rule.online_most_minutes,
    )
    return [one["id"] for one in found]


async def switch_periods(district_id: int, labels: list[str], version: int) -> None:
    """What was counted beside holds from now on, what held is retired, in one moment."""
    await rows(
        """UPDATE stat_period SET state = 'retired'
        WHERE district = $1 AND label = ANY($2::text[]) AND state = 'active'""",
        district_id,
        labels,
    )
    await rows(
        """UPDATE stat_period SET state = 'active'
        WHERE district = $1 AND label = ANY($2::text[]) AND state = 'shadow' AND rule_version = $3""",
        district_id,
        labels,
        version,
    )


async def forget_retired(limit: int = 20_000) -> int:
    """How many sums of retired periods were deleted, at most `limit` of each table: nobody keeps them right."""
    gone = 0
    for table in ("tally", "tally_by_organisation", "enrolled_period"):
        gone += await value(
            f"""WITH gone AS (DELETE FROM {table} WHERE id IN (SELECT id FROM {table} WHERE period IN (
                SELECT id FROM stat_period WHERE state = 'retired') LIMIT $1) RETURNING id)
            SELECT count(*) FROM gone""",
            limit,
        )
    return gone


def _reference(label: str, asked: Parameters) -> date:
    return reference_on(label, asked.reference)
