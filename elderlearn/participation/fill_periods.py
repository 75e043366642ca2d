"""Fills the periods of an approved rule, some people at a time, and switches when everybody is through.

Killed anywhere, it goes on where it was: what is filled and how far it is are one fact. Who checks in meanwhile
moves the sums of both rules, so nothing is missed and nobody waits longer than one turn.
"""

from __future__ import annotations

from typing import Any

from elderlearn.checkin.resum import written
from elderlearn.checkin.sums import sums
from elderlearn.enrolment import enrolled_period
from elderlearn.ground.actor import SYSTEM
from elderlearn.ground.clock import now
from elderlearn.ground.sql import rows
from elderlearn.ground.trail import note
from elderlearn.ground.unit_of_work import unit_of_work
from elderlearn.participation.propose_rule import hold_rules
from elderlearn.participation.rule_parameters import from_json
from elderlearn.participation.rule_periods import add_shadows, forget_retired, labels_from, switch_periods
from elderlearn.participation.rule_queries import parameters_of
from elderlearn.people.hold import hold_people

A_TURN = 1000  # people held at a time: about a third of a second
APPROVED = "SELECT id, district, version, from_period, labels, cursor FROM regular_rule WHERE state = 'approved'"
OPEN = f"{APPROVED} ORDER BY id LIMIT 1 FOR UPDATE SKIP LOCKED"


async def fill_periods(*, at_a_time: int = A_TURN) -> int:
    """How many turns it took until nothing was left to fill; a rule another worker fills is left to it."""
    turns = 0
    while await _turn(at_a_time):
        turns += 1
    while await _forget():
        turns += 1
    return turns


async def _turn(at_a_time: int) -> bool:
    """True when there is more to do."""
    async with unit_of_work():
        found: Any = await rows(OPEN)
        if not found:
            return False
        rule = found[0]
        people = await _next_people(rule["cursor"], at_a_time)
        if people:
            await hold_people(people)
            await _fill(people, rule)
            await rows(
                "UPDATE regular_rule SET cursor = $2, done = least(done + $3, total) WHERE id = $1",
                rule["id"],
                people[-1],
                len(people),
            )
    if not people:
        await _hold_good(rule["id"], rule["district"])
    return True


async def _next_people(cursor: int, limit: int) -> list[int]:
    found = await rows("SELECT id FROM resident WHERE id > $1 ORDER BY id LIMIT $2", cursor, limit)
    return [one["id"] for one in found]


async def _fill(people: list[int], rule: Any) -> None:
    """Days do not depend on a rule and are right already; tallies are made from them."""
    shadows = await rows(
        """SELECT id FROM stat_period WHERE district = $1 AND rule_version = $2 AND label = ANY($3::text[])
            AND state = 'shadow'""",
        rule["district"],
        rule["version"],
        rule["labels"],
    )
    periods = f"p.id IN ({', '.join(str(one['id']) for one in shadows)})"
    known = "attended_day d WHERE d.resident = ANY($1::bigint[])"
    for one in sums(of_some=True, known_days=known, periods=periods)[1:]:
        await rows(written(one, "t.resident = ANY($1::bigint[])"), people)
    await enrolled_period.resum(people)


async def _hold_good(rule_id: int, district_id: int) -> None:
    """Everybody is through: the new figures are shown. The district is held before the rule, as in approving.

    But a year that was opened meanwhile was opened by the old rule: it is filled too, before any is shown.
    """
    async with unit_of_work():
        await hold_rules(district_id)
        found = await rows(f"{APPROVED} AND id = $1 FOR UPDATE", rule_id)
        if found and not await _next_people(found[0]["cursor"], 1) and not await _add_opened(found[0]):
            await _switch(found[0])


async def _switch(rule: Any) -> None:
    await switch_periods(rule["district"], rule["labels"], rule["version"])
    await rows(
        "UPDATE regular_rule SET state = 'in_force', ended_at = $2, done = total WHERE id = $1", rule["id"], now()
    )
    await note(
        "rule.in_force", by=SYSTEM, subject="regular_rule", subject_id=rule["id"], district=rule["district"],
        years=list(rule["labels"]),
    )  # fmt: skip


async def _add_opened(rule: Any) -> bool:
    opened = set(await labels_from(rule["district"], rule["from_period"])) - set(rule["labels"])
    if not opened:
        return False
    asked = from_json(await parameters_of(rule["id"]), rule["from_period"])
    await add_shadows(rule["district"], sorted(opened), rule["version"], asked)
    await rows(
        "UPDATE regular_rule SET labels = $2::text[], cursor = 0, done = 0 WHERE id = $1",
        rule["id"],
        sorted(opened.union(rule["labels"])),
    )
    return True


async def _forget() -> int:
    async with unit_of_work():
        return await forget_retired()
