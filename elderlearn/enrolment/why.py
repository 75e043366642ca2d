"""Asking what became of every request for a seat, and why: "why did she not get in?" """

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from elderlearn.ground.sql import rows


@dataclass(frozen=True)
class Decision:
    """One request. `facts` are what decided (see EnrolmentDecision); `times` how often the same was asked."""

    at: datetime
    last_at: datetime
    times: int
    channel: str
    actor_kind: str
    who: str | None
    round_no: int | None
    outcome: str
    reason: str
    facts: Mapping[str, Any]


@dataclass(frozen=True)
class Request:
    """Somebody who asked, her last decision, and how she stands now (none: she never got further)."""

    resident_id: int
    name: str | None = field(repr=False)
    place_id: int | None
    place_name: str | None
    enrolment_id: int | None
    state: str | None
    last: Decision


DECISION = """d.at, d.last_at, d.times, d.channel, d.actor_kind, d.round AS round_no, d.outcome, d.reason, d.facts,
    (SELECT name FROM staff WHERE id = d.actor_id AND d.actor_kind = 'staff') AS who"""


async def requests_of(
    run_id: int, *, only_refused: bool = False, limit: int = 50, offset: int = 0
) -> list[Request]:
    """Everybody who asked, whoever asked last on top; `only_refused`: those who have no seat and no place now."""
    found = await rows(
        f"""SELECT d.resident AS resident_id, w.name, w.place AS place_id, p.name AS place_name,
            e.id AS enrolment_id, e.state, {DECISION}
        FROM (SELECT DISTINCT ON (resident) * FROM enrolment_decision WHERE run = $1
            ORDER BY resident, at DESC) AS d
        JOIN resident w ON w.id = d.resident LEFT JOIN place p ON p.id = w.place
        LEFT JOIN enrolment e ON e.run = d.run AND e.resident = d.resident
        WHERE NOT $2::boolean OR e.id IS NULL OR e.state NOT IN ('seated', 'offered', 'waiting', 'in_draw')
        ORDER BY d.last_at DESC, d.resident LIMIT $3 OFFSET $4""",
        run_id,
        only_refused,
        limit,
        offset,
    )
    names = ("resident_id", "name", "place_id", "place_name", "enrolment_id", "state")
    return [Request(**{name: one[name] for name in names}, last=_decision(one)) for one in found]


async def decisions_about(run_id: int, resident_id: int) -> list[Decision]:
    """All of hers for this run, the first on top."""
    found = await rows(
        f"SELECT {DECISION} FROM enrolment_decision d WHERE d.run = $1 AND d.resident = $2 ORDER BY d.at, d.id",
        run_id,
        resident_id,
    )
    return [_decision(one) for one in found]


def _decision(one: Any) -> Decision:
    columns = {name: one[name] for name in Decision.__dataclass_fields__ if name != "facts"}
    return Decision(**columns, facts=json.loads(one["facts"]))
