"""Asking how far a file is and what was found in it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from elderlearn.ground.actor import Actor
from elderlearn.ground.errors import Missing
from elderlearn.ground.spreadsheets.faults import Fault
from elderlearn.ground.sql import row, rows
from elderlearn.stewardship.imports.found import Found, found_from

COLUMNS = """i.id, i.kind, i.file_name, i.size, i.state, i.is_trial, i.skip_bad, i.done, i.total, i.found,
    i.started_at, i.finished_at, i.stop_asked_at IS NOT NULL AS is_stopping, i.data IS NOT NULL AS has_file,
    w.name AS by_name, p.name AS place_name"""
# One's own, and for the district everybody's.
MAY_SEE = """FROM import_run i JOIN staff w ON w.id = i.by_staff JOIN place p ON p.id = i.place JOIN staff me
    ON me.id = $1 AND me.ended_at IS NULL AND (i.by_staff = me.id OR (me.role = 'district'
        AND me.district = i.district))"""


@dataclass(frozen=True)
class ImportRunRow:
    """`state`: waiting, checking, checked (nothing written yet), writing, done, failed, cancelled.

    `done` of `total` rows in checking or writing. `found` is none before it was checked.
    """

    id: int
    kind: str
    file_name: str
    size: int
    state: str
    is_trial: bool
    skip_bad: bool
    done: int
    total: int
    found: Found | None
    started_at: datetime
    finished_at: datetime | None
    is_stopping: bool
    has_file: bool
    by_name: str
    place_name: str

    @property
    def is_at_work(self) -> bool:
        """Look again in a moment."""
        return self.state in ("waiting", "checking", "writing")


async def import_run(id: int, *, by: Actor) -> ImportRunRow:
    """One's own, or for the district any of it. Raises Missing."""
    found = await row(f"SELECT {COLUMNS} {MAY_SEE} WHERE i.id = $2", _staff(by), id)
    if found is None:
        raise Missing
    return _row(found)


async def import_runs(*, by: Actor, limit: int = 20, offset: int = 0) -> list[ImportRunRow]:
    """The latest first."""
    found = await rows(
        f"SELECT {COLUMNS} {MAY_SEE} ORDER BY i.id DESC LIMIT $2 OFFSET $3", _staff(by), limit, offset
    )
    return [_row(one) for one in found]


def _staff(by: Actor) -> int:
    if by.kind != "staff" or by.id is None:
        raise Missing
    return by.id


def _row(found: Any) -> ImportRunRow:
    columns = dict(found)
    told: Mapping[str, Any] | None = json.loads(columns["found"]) if columns["found"] else None
    return ImportRunRow(**{**columns, "found": found_from(told) if told else None})


__all__ = ["Fault", "Found", "ImportRunRow", "import_run", "import_runs"]
