"""Somebody decided: the rule is counted beside the one that holds, and holds when that is done."""

from __future__ import annotations

from elderlearn.ground.actor import Actor
from elderlearn.ground.clock import now
from elderlearn.ground.errors import Missing, Refusal
from elderlearn.ground.sql import row, rows, value
from elderlearn.ground.trail import note
from elderlearn.ground.unit_of_work import unit_of_work
from elderlearn.participation.propose_rule import hold_rules
from elderlearn.participation.rule_parameters import from_json
from elderlearn.participation.rule_periods import add_shadows, labels_from
from elderlearn.participation.rule_queries import parameters_of

LONGEST_DECISION = 200


async def approve_rule(rule_id: int, *, decision: str, by: Actor) -> None:
    """From now on every writer moves the sums of both rules; a job fills the new ones, then they are shown.

    `decision`: who decided it and where that is written. Twice is the same. Raises Missing,
    Refusal('decision_needed'), Refusal('not_looked_at') before its preview is there, Refusal('withdrawn').
    """
    text = decision.replace("\0", "").strip()[:LONGEST_DECISION]
    if not text:
        raise Refusal("decision_needed", field="decision")
    async with unit_of_work():
        district_id: int | None = await value("SELECT district FROM regular_rule WHERE id = $1", rule_id)
        if district_id is None:
            raise Missing
        await hold_rules(district_id)
        found = await row("SELECT version, from_period, state FROM regular_rule WHERE id = $1 FOR UPDATE", rule_id)
        if found is None:
            raise Missing
        if found["state"] in ("approved", "in_force"):
            return
        if found["state"] != "looked_at":
            raise Refusal("withdrawn" if found["state"] == "withdrawn" else "not_looked_at")
        labels = await labels_from(district_id, found["from_period"])
        asked = from_json(await parameters_of(rule_id), found["from_period"])
        await add_shadows(district_id, labels, found["version"], asked)
        await rows(
            """UPDATE regular_rule SET state = 'approved', approved_by = $2, approved_at = $3, decision = $4,
                labels = $5::text[], cursor = 0, done = 0,
                total = (SELECT count(*) FROM resident WHERE state <> 'merged') WHERE id = $1""",
            rule_id,
            by.id if by.kind == "staff" else None,
            now(),
            text,
            labels,
        )
        await note(
            "rule.approve", by=by, subject="regular_rule", subject_id=rule_id, district=district_id,
            decision=text, years=labels,
        )  # fmt: skip
