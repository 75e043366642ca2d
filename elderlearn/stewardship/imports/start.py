"""A file comes in: kept, then checked; written only when somebody has seen what was found and says so."""

from __future__ import annotations

from elderlearn.ground.actor import Actor
from elderlearn.ground.clock import now
from elderlearn.ground.crypto import encrypt_bytes
from elderlearn.ground.errors import Missing, Refusal, Stale
from elderlearn.ground.spreadsheets.sheet import MOST_BYTES
from elderlearn.ground.sql import row, value
from elderlearn.ground.trail import note
from elderlearn.ground.unit_of_work import unit_of_work
from elderlearn.people.roles import may
from elderlearn.people.staff import StaffRow, staff_by_id
from elderlearn.stewardship.imports.kinds import KINDS
from elderlearn.stewardship.imports.queries import import_run

LONGEST_NAME = 200


async def start_import(kind: str, file_name: str, data: bytes, *, by: Actor) -> int:
    """The id of a run that waits to be checked; nothing is written before `confirm_import`.

    Raises Missing for somebody who may not (places and population: the district only), Refusal('unknown_kind',
    'too_big').
    """
    if kind not in KINDS:
        raise Refusal("unknown_kind", kind=kind[:20])
    staff = await _staff(kind, by)
    if len(data) > MOST_BYTES:
        raise Refusal("too_big", most=MOST_BYTES // 1024 // 1024)
    async with unit_of_work():
        id: int = await value(
            """INSERT INTO import_run (district, place, kind, file_name, size, data, by_staff, door, is_trial,
                skip_bad, state, attempts, done, total, started_at)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, true, false, 'waiting', 0, 0, 0, $9) RETURNING id""",
            staff.district_id, staff.place_id, kind, _printable(file_name), len(data), encrypt_bytes(data),
            staff.id, by.door, now(),
        )  # fmt: skip
        await note(
            "start_import", by=by, subject="import_run", subject_id=id, district=staff.district_id, kind=kind
        )
    return id


async def confirm_import(id: int, *, skip_bad: bool = False, by: Actor) -> None:
    """What was checked shall be written: it waits again. Twice is the same.

    Raises Missing when it is not hers, or she may bring in such lists no longer; Stale when it is not checked, or
    its file is gone.
    """
    await _staff((await import_run(id, by=by)).kind, by)
    async with unit_of_work():
        found = await row(
            "SELECT state, is_trial, data IS NULL AS is_gone FROM import_run WHERE id = $1 FOR UPDATE", id
        )
        if found is not None and not found["is_trial"] and found["state"] in ("waiting", "writing", "done"):
            return
        if found is None or found["state"] != "checked" or found["is_gone"]:
            raise Stale
        district = await value(
            """UPDATE import_run SET state = 'waiting', is_trial = false, skip_bad = $2, attempts = 0, done = 0,
                stop_asked_at = NULL WHERE id = $1 RETURNING district""",
            id,
            skip_bad,
        )
        await note("confirm_import", by=by, subject="import_run", subject_id=id, district=district)


async def cancel_import(id: int, *, by: Actor) -> None:
    """Nothing of it will be written, and its file is forgotten; what is written already stays. Twice is the same.

    A run at work stops at its next step. Raises Missing when it is not hers.
    """
    await import_run(id, by=by)
    async with unit_of_work():
        found = await row(
            """UPDATE import_run SET stop_asked_at = $2::timestamptz,
                state = CASE WHEN state IN ('waiting', 'checked') THEN 'cancelled' ELSE state END,
                data = CASE WHEN state IN ('waiting', 'checked') THEN NULL ELSE data END,
                finished_at = CASE WHEN state IN ('waiting', 'checked') THEN $2::timestamptz ELSE finished_at END
            WHERE id = $1 AND stop_asked_at IS NULL AND state IN ('waiting', 'checked', 'checking', 'writing')
            RETURNING district""",
            id,
            now(),
        )
        if found is not None:
            await note("cancel_import", by=by, subject="import_run", subject_id=id, district=found["district"])


async def _staff(kind: str, by: Actor) -> StaffRow:
    if by.kind != "staff" or by.id is None:
        raise Missing
    staff = await staff_by_id(by.id)
    if staff.is_ended or not may(staff.role, KINDS[kind].action):
        raise Missing
    return staff


def _printable(name: str) -> str:
    """The last part of a path, without what cannot be shown."""
    last = name.replace("\\", "/").rpartition("/")[2]
    return "".join(one for one in last if one.isprintable())[-LONGEST_NAME:] or "?"
