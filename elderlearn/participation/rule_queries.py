"""Rules of a district: the one in force, the one proposed, and all before."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from elderlearn.ground.errors import Missing
from elderlearn.ground.sql import row, rows, value
from elderlearn.participation.rule_parameters import DEFAULTS, Parameters, from_json

COLUMNS = """r.id, r.district AS district_id, r.version, r.parameters::text AS parameters, r.from_period, r.reason,
    r.state, r.decision, r.preview::text AS preview, r.labels, r.done, r.total, r.proposed_at, r.approved_at,
    r.ended_at, p.name AS proposed_by, a.name AS approved_by
    FROM regular_rule r LEFT JOIN staff p ON p.id = r.proposed_by LEFT JOIN staff a ON a.id = r.approved_by"""


@dataclass(frozen=True)
class RuleVersion:
    """`preview` none until it is counted: what `rule_preview.Preview` keeps. Names of staff, not of residents."""

    id: int
    district_id: int
    version: int
    parameters: Parameters
    reason: str
    state: str
    decision: str
    preview: dict[str, Any] | None
    labels: tuple[str, ...]
    done: int
    total: int
    proposed_at: datetime | None
    approved_at: datetime | None
    ended_at: datetime | None
    proposed_by: str | None
    approved_by: str | None

    @property
    def is_open(self) -> bool:
        """Neither in force nor withdrawn."""
        return self.state in ("proposed", "looked_at", "approved")


async def rule_versions(district_id: int) -> list[RuleVersion]:
    """The newest first."""
    found = await rows(f"SELECT {COLUMNS} WHERE r.district = $1 ORDER BY r.version DESC", district_id)
    return [_version(one) for one in found]


async def rule_version(rule_id: int) -> RuleVersion:
    """Raises Missing."""
    found = await row(f"SELECT {COLUMNS} WHERE r.id = $1", rule_id)
    if found is None:
        raise Missing
    return _version(found)


async def parameters_of(rule_id: int) -> dict[str, Any]:
    """As they are kept. Raises Missing."""
    found: str | None = await value("SELECT parameters::text FROM regular_rule WHERE id = $1", rule_id)
    if found is None:
        raise Missing
    return dict(json.loads(found))


async def parameters_in_force(district_id: int) -> Parameters:
    """Of the newest rule that holds; the default of domain.md section 2 in a district without one."""
    found = await row(
        """SELECT id, from_period FROM regular_rule WHERE district = $1 AND state = 'in_force'
        ORDER BY version DESC LIMIT 1""",
        district_id,
    )
    return from_json(await parameters_of(found["id"]), found["from_period"]) if found else DEFAULTS


def _version(found: Any) -> RuleVersion:
    said = dict(found)
    from_period = said.pop("from_period")
    return RuleVersion(
        **said
        | {
            "parameters": from_json(json.loads(said["parameters"]), from_period),
            "preview": json.loads(said["preview"]) if said["preview"] else None,
            "labels": tuple(said["labels"]),
        }
    )
