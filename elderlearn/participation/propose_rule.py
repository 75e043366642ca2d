"""Another rule is thought of: written down and counted to look at, without any effect."""

from __future__ import annotations

import json

from elderlearn.ground.actor import Actor
from elderlearn.ground.clock import now
from elderlearn.ground.errors import Missing, Refusal
from elderlearn.ground.sql import row, rows, value
from elderlearn.ground.trail import note
from elderlearn.ground.unit_of_work import unit_of_work
from elderlearn.participation.rule_parameters import Parameters, as_json, check_parameters
from elderlearn.places.labels import span_of

LONGEST_REASON = 200


async def propose_rule(district_id: int, asked: Parameters, *, reason: str, by: Actor) -> int:
    """The id of the new version; a job counts what it would change.

    Raises Refusal('reason_needed'), Refusal('one_is_open') while another proposal waits, and what
    `check_parameters` raises.
    """
    check_parameters(asked)
    text = reason.replace("\0", "").strip()[:LONGEST_REASON]
    if not text:
        raise Refusal("reason_needed", field="reason")
    async with unit_of_work():
        await hold_rules(district_id)
        if await value(
            """SELECT EXISTS (SELECT FROM regular_rule WHERE district = $1
                AND state IN ('proposed', 'looked_at', 'approved'))""",
            district_id,
        ):
            raise Refusal("one_is_open")
        made: int = await value(
            """INSERT INTO regular_rule (district, version, parameters, from_period, reason, state, proposed_by,
                proposed_at)
            SELECT $1, coalesce(max(version), 1) + 1, $2::jsonb, $3, $4, 'proposed', $5, $6
            FROM regular_rule WHERE district = $1 RETURNING id""",
            district_id,
            json.dumps(as_json(asked)),
            span_of(asked.from_period).label,
            text,
            by.id if by.kind == "staff" else None,
            now(),
        )
        await note("rule.propose", by=by, subject="regular_rule", subject_id=made, district=district_id)
    return made


async def withdraw_rule(rule_id: int, *, by: Actor) -> None:
    """A proposal is taken back; twice is the same. Raises Missing, Refusal('approved_already')."""
    async with unit_of_work():
        found = await row("SELECT district, state FROM regular_rule WHERE id = $1 FOR UPDATE", rule_id)
        if found is None:
            raise Missing
        if found["state"] == "withdrawn":
            return
        if found["state"] not in ("proposed", "looked_at"):
            raise Refusal("approved_already")
        await rows("UPDATE regular_rule SET state = 'withdrawn', ended_at = $2 WHERE id = $1", rule_id, now())
        await note("rule.withdraw", by=by, subject="regular_rule", subject_id=rule_id, district=found["district"])


async def hold_rules(district_id: int) -> None:
    """Nobody else proposes, approves or switches rules of this district until the unit of work ends."""
    await rows("SELECT id FROM place WHERE id = $1 FOR NO KEY UPDATE", district_id)
