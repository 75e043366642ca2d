"""Who leads a run: they see its sessions, scan and tick."""

from __future__ import annotations

from collections.abc import Collection

from elderlearn.ground import trail
from elderlearn.ground.actor import Actor
from elderlearn.ground.errors import Missing, Refusal
from elderlearn.ground.sql import rows, value
from elderlearn.ground.unit_of_work import unit_of_work


async def make_leader(run_id: int, staff_id: int, *, by: Actor) -> None:
    """From now on this member of staff leads the run; twice is the same, and noted once.

    Raises Missing for an unknown run, Refusal('unknown_leader') for somebody who does not work in its district.
    """
    async with unit_of_work():
        district = await _district_of(run_id)
        if await put_leaders(run_id, [staff_id], district_id=district):
            await trail.note(
                "make_leader", by=by, subject="course_run", subject_id=run_id, district=district, staff=staff_id
            )


async def end_leader(run_id: int, staff_id: int, *, by: Actor) -> None:
    """No longer leads it; twice is the same, and noted once. Raises Missing for an unknown run."""
    async with unit_of_work():
        district = await _district_of(run_id)
        ended = await rows("DELETE FROM run_leader WHERE run = $1 AND staff = $2 RETURNING id", run_id, staff_id)
        if ended:
            await trail.note(
                "end_leader", by=by, subject="course_run", subject_id=run_id, district=district, staff=staff_id
            )


async def put_leaders(run_id: int, staff_ids: Collection[int], *, district_id: int) -> list[int]:
    """Who is new among them, inside the open unit of work. Raises Refusal('unknown_leader')."""
    wanted = sorted(set(staff_ids))
    if not wanted:
        return []
    known = await rows(
        "SELECT id FROM staff WHERE id = ANY($1::bigint[]) AND district = $2 AND ended_at IS NULL",
        wanted,
        district_id,
    )
    if len(known) < len(wanted):
        raise Refusal("unknown_leader")
    added = await rows(
        """INSERT INTO run_leader (run, staff) SELECT $1, unnest($2::bigint[])
        ON CONFLICT DO NOTHING RETURNING staff""",
        run_id,
        wanted,
    )
    return [one["staff"] for one in added]


async def leads_run(staff_id: int, run_id: int) -> bool:
    """Whether this member of staff leads this run."""
    found = await value("SELECT EXISTS (SELECT FROM run_leader WHERE staff = $1 AND run = $2)", staff_id, run_id)
    return bool(found)


async def _district_of(run_id: int) -> int:
    district: int | None = await value("SELECT district FROM course_run WHERE id = $1", run_id)
    if district is None:
        raise Missing
    return district
