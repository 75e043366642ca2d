"""Versions of the rule that makes a regular: kept with a reason, never overwritten."""

from __future__ import annotations

import json
from dataclasses import asdict

from elderlearn.ground.actor import Actor
from elderlearn.ground.clock import now, today
from elderlearn.ground.sql import value
from elderlearn.ground.trail import note
from elderlearn.ground.unit_of_work import unit_of_work
from elderlearn.participation.rules import DEFAULT_RULE


async def ensure_rule(district_id: int, *, by: Actor) -> bool:
    """The default rule of domain.md section 2 is version 1 of a district without a rule; True when it is new."""
    async with unit_of_work():
        new = await value(
            """INSERT INTO regular_rule (district, version, parameters, from_period, reason, approved_by,
                approved_at)
            VALUES ($1, 1, $2::jsonb, $3, 'default', $4, $5) ON CONFLICT (district, version) DO NOTHING
            RETURNING id""",
            district_id,
            json.dumps(asdict(DEFAULT_RULE)),
            str(today().year),
            by.id if by.kind == "staff" else None,
            now(),
        )
        if new is not None:
            await note("rule.add", by=by, subject="regular_rule", subject_id=new, district=district_id, version=1)
    return new is not None
