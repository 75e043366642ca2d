"""What another rule would change, counted exactly and then forgotten: by street, who comes in, who goes out."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from elderlearn.checkin.sums import tallies
from elderlearn.ground.clock import now
from elderlearn.ground.sql import rows, value
from elderlearn.ground.unit_of_work import unit_of_work
from elderlearn.participation.counted import Counted, counted_by
from elderlearn.participation.rule_parameters import Parameters, from_json
from elderlearn.participation.rule_periods import add_shadows
from elderlearn.participation.rules import born_by
from elderlearn.places.elders import elders_of
from elderlearn.places.labels import span_of

ELDER = "residence = 'inside' AND born_on <= {born} AND regular_since IS NOT NULL"
CHANGES = f"""WITH held AS (
        SELECT resident, place FROM tally WHERE period = $1 AND {ELDER.format(born="$2")}
    ), later AS MATERIALIZED ({{tallies}}), would AS (
        SELECT resident, place FROM later WHERE {ELDER.format(born="$3")}
    ), changed AS (
        SELECT n.place AS was, t.place AS home, n.resident IS NULL AS comes_in, t.resident IS NULL AS goes_out
        FROM held n FULL JOIN would t USING (resident)
    ), street AS (SELECT id, CASE level WHEN 'community' THEN parent ELSE id END AS street FROM place)
    SELECT s.id, s.code, s.name, count(*) FILTER (WHERE NOT b.comes_in AND b.was = s.id) AS before,
        count(*) FILTER (WHERE NOT b.goes_out AND b.home = s.id) AS after,
        count(*) FILTER (WHERE b.comes_in AND b.home = s.id) AS comes_in,
        count(*) FILTER (WHERE b.goes_out AND b.was = s.id) AS goes_out
    FROM place s LEFT JOIN (SELECT c.comes_in, c.goes_out, w.street AS was, h.street AS home FROM changed c
        LEFT JOIN street w ON w.id = c.was LEFT JOIN street h ON h.id = c.home) b ON s.id IN (b.was, b.home)
    WHERE s.level = 'town_street' AND s.district = $4
    GROUP BY s.id, s.code, s.name, s.valid_to HAVING s.valid_to IS NULL OR count(b.comes_in) > 0 ORDER BY s.code"""


class _Enough(Exception):
    """The preview is counted: everything it laid beside is taken back."""


@dataclass(frozen=True)
class Line:
    """Regulars of one place now and by the other rule; elders of the basis each of the two asks for."""

    code: str
    name: str
    before: int
    after: int
    comes_in: int
    goes_out: int
    elders_before: int | None
    elders_after: int | None


async def count_previews() -> int:
    """How many proposals were looked at; the job's work. One that is withdrawn meanwhile is left alone."""
    found = await rows("SELECT id FROM regular_rule WHERE state = 'proposed' ORDER BY id")
    for one in found:
        await count_preview(one["id"])
    return len(found)


async def count_preview(rule_id: int) -> None:
    """Kept with the proposal. Counted by the same statement that will count, in a transaction taken back."""
    found = await rows(
        """SELECT district, version, from_period, parameters::text AS parameters FROM regular_rule
        WHERE id = $1 AND state = 'proposed'""",
        rule_id,
    )
    if not found:
        return
    proposed: Any = found[0]
    asked = from_json(json.loads(proposed["parameters"]), proposed["from_period"])
    preview = await preview_of(proposed["district"], asked)
    async with unit_of_work():
        await rows(
            """UPDATE regular_rule SET state = 'looked_at', preview = $2::jsonb
            WHERE id = $1 AND state = 'proposed'""",
            rule_id,
            json.dumps(preview),
        )


async def preview_of(district_id: int, asked: Parameters) -> dict[str, Any]:
    """`label` (the year it was counted on), `counted_at`, `total` and `lines` (see Line)."""
    label = await label_to_count(district_id, asked.from_period)
    counted = await counted_by(district_id, label)
    changed: list[Any] = []
    try:
        async with unit_of_work():
            changed = await _changes(district_id, label, asked, counted)
            raise _Enough
    except _Enough:
        pass
    lines = await _lines(changed, counted, asked)
    total = await _total(district_id, lines, counted, asked)
    return {
        "label": label,
        "counted_at": now().isoformat(),
        "total": vars(total),
        "lines": [vars(one) for one in lines],
    }


async def label_to_count(district_id: int, from_period: str) -> str:
    """The first year of the rule, or while nobody attended in it the latest before it of the same kind."""
    first = span_of(from_period)
    found: str | None = await value(
        """SELECT p.label FROM stat_period p WHERE p.district = $1 AND p.state = 'active' AND p.starts_on <= $2
            AND extract(month FROM p.starts_on) = $3 AND EXISTS (SELECT FROM tally t WHERE t.period = p.id)
        ORDER BY p.starts_on DESC LIMIT 1""",
        district_id,
        first.starts_on,
        first.starts_on.month,
    )
    return found or first.label


async def _changes(district_id: int, label: str, asked: Parameters, counted: Counted) -> list[Any]:
    """In a transaction nobody else sees; version 0 is nobody's."""
    (shadow,) = await add_shadows(district_id, [label], 0, asked)
    await rows("SET LOCAL work_mem = '128MB'")
    await rows("SET LOCAL enable_nestloop = off")
    reference = await value("SELECT reference_on FROM stat_period WHERE id = $1", shadow)
    by_new_rule = tallies("SELECT * FROM attended_day", "true", f"p.id = {int(shadow)}")
    return list(
        await rows(
            CHANGES.replace("{tallies}", by_new_rule),
            counted.period_id,
            counted.born_by,
            born_by(reference, asked.rule.elder_age),
            district_id,
        )
    )


async def _lines(changed: list[Any], counted: Counted, asked: Parameters) -> list[Line]:
    ids = [one["id"] for one in changed]
    before = await elders_of(ids, counted.year, counted.basis)
    after = await elders_of(ids, counted.year, asked.basis)
    return [
        Line(
            one["code"], one["name"], one["before"], one["after"], one["comes_in"], one["goes_out"],
            before[one["id"]].elders if one["id"] in before else None,
            after[one["id"]].elders if one["id"] in after else None,
        )
        for one in changed
    ]  # fmt: skip


async def _total(district_id: int, lines: list[Line], counted: Counted, asked: Parameters) -> Line:
    found = (await rows("SELECT code, name FROM place WHERE id = $1", district_id))[0]
    before = (await elders_of([district_id], counted.year, counted.basis)).get(district_id)
    after = (await elders_of([district_id], counted.year, asked.basis)).get(district_id)
    return Line(
        code=found["code"],
        name=found["name"],
        before=sum(one.before for one in lines),
        after=sum(one.after for one in lines),
        comes_in=sum(one.comes_in for one in lines),
        goes_out=sum(one.goes_out for one in lines),
        elders_before=before.elders if before else None,
        elders_after=after.elders if after else None,
    )
