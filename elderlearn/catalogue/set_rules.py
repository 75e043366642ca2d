"""A run asks for more, or less, than before; for those who ask from now on, nobody loses a seat."""

from __future__ import annotations

from dataclasses import asdict

from elderlearn.catalogue.run_rules import NO_RULES, RunRules, check_rules
from elderlearn.ground import trail
from elderlearn.ground.actor import Actor
from elderlearn.ground.errors import Missing, Refusal
from elderlearn.ground.sql import row, rows, value
from elderlearn.ground.unit_of_work import unit_of_work


async def set_rules(run_id: int, rules: RunRules, *, by: Actor) -> None:
    """All of them as they shall be. Raises Missing; Refusal: invalid_ages, unknown_course."""
    async with unit_of_work():
        await change_rules(run_id, rules, by=by)


async def change_rules(run_id: int, rules: RunRules, *, by: Actor) -> None:
    """`set_rules` inside the open unit of work."""
    check_rules(rules)
    run = await row("SELECT district FROM course_run WHERE id = $1 FOR NO KEY UPDATE", run_id)
    if run is None:
        raise Missing
    await put_rules(run_id, rules, run["district"])
    await trail.note(
        "set_rules", by=by, subject="course_run", subject_id=run_id, district=run["district"],
        **{name: asked for name, asked in asdict(rules).items() if asked},
    )  # fmt: skip


async def put_rules(run_id: int, rules: RunRules, district_id: int) -> None:
    """Inside the open unit of work that holds the run; rules are checked. Raises Refusal('unknown_course')."""
    before = rules.prerequisite_id
    if before is not None:
        known = await value("SELECT id FROM course WHERE id = $1 AND district = $2", before, district_id)
        if known is None:
            raise Refusal("unknown_course")
    await rows("DELETE FROM run_rule WHERE run = $1", run_id)
    if rules == NO_RULES:
        return
    await rows(
        """INSERT INTO run_rule (run, women_from, men_from, signature_from, first_time_only, prerequisite,
            needs_contact, needs_health_notice) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)""",
        run_id, *asdict(rules).values(),
    )  # fmt: skip
