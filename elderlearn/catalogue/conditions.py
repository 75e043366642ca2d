"""Asking which rounds and rules a run has."""

from __future__ import annotations

from dataclasses import dataclass

from elderlearn.catalogue.rounds import Round
from elderlearn.catalogue.run_rules import NO_RULES, RunRules
from elderlearn.ground.sql import row, rows


@dataclass(frozen=True)
class Conditions:
    """Who may ask for a seat, and when; `prerequisite` is the title of the course to be completed before."""

    rounds: tuple[Round, ...] = ()
    rules: RunRules = NO_RULES
    prerequisite: str = ""


async def conditions_of(run_id: int) -> Conditions:
    """None of either for most runs; an unknown run has none."""
    rounds = await rows(
        "SELECT name, audience, opens_at, closes_at FROM enrolment_round WHERE run = $1 ORDER BY no", run_id
    )
    rules = await row(
        """SELECT m.women_from, m.men_from, m.signature_from, m.first_time_only,
            m.prerequisite AS prerequisite_id, m.needs_contact, m.needs_health_notice,
            coalesce(c.title, '') AS title
        FROM run_rule m LEFT JOIN course c ON c.id = m.prerequisite WHERE m.run = $1""",
        run_id,
    )
    asked = tuple(Round(**one) for one in rounds)
    if rules is None:
        return Conditions(asked)
    columns = dict(rules)
    title: str = columns.pop("title")
    return Conditions(asked, RunRules(**columns), title)
