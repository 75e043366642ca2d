"""A run gets its rounds of enrolment; for those who ask from now on, nobody loses a seat."""

from __future__ import annotations

from collections.abc import Sequence

from elderlearn.catalogue.rounds import Round, check_rounds, in_order
from elderlearn.ground import trail
from elderlearn.ground.actor import Actor
from elderlearn.ground.errors import Missing, Refusal
from elderlearn.ground.sql import row, rows
from elderlearn.ground.unit_of_work import unit_of_work


async def set_rounds(run_id: int, rounds: Sequence[Round], *, by: Actor) -> None:
    """All of them as they shall be; none: everybody within the window the run has now.

    The run then opens with its first round and closes with its last.
    Raises Missing; Refusal: seats_required (one does not enrol in it), invalid_round, invalid_window.
    """
    async with unit_of_work():
        await change_rounds(run_id, rounds, by=by)


async def change_rounds(run_id: int, rounds: Sequence[Round], *, by: Actor) -> None:
    """`set_rounds` inside the open unit of work."""
    check_rounds(rounds)
    run = await row("SELECT entry, district FROM course_run WHERE id = $1 FOR NO KEY UPDATE", run_id)
    if run is None:
        raise Missing
    if run["entry"] != "enrol":
        raise Refusal("seats_required")
    await put_rounds(run_id, rounds)
    await trail.note(
        "set_rounds", by=by, subject="course_run", subject_id=run_id, district=run["district"],
        rounds=", ".join(f"{one.audience} {one.opens_at:%Y-%m-%dT%H:%MZ}" for one in in_order(rounds)),
    )  # fmt: skip


async def put_rounds(run_id: int, rounds: Sequence[Round]) -> None:
    """Inside the open unit of work that holds the run; rounds are checked."""
    ordered = in_order(rounds)
    await rows("DELETE FROM enrolment_round WHERE run = $1", run_id)
    if not ordered:
        return
    await rows(
        """INSERT INTO enrolment_round (run, no, name, audience, opens_at, closes_at)
        SELECT $1, no, name, audience, opens_at, closes_at
        FROM unnest($2::varchar[], $3::varchar[], $4::timestamptz[], $5::timestamptz[])
            WITH ORDINALITY AS r (name, audience, opens_at, closes_at, no)""",
        run_id,
        [one.name for one in ordered],
        [one.audience for one in ordered],
        [one.opens_at for one in ordered],
        [one.closes_at for one in ordered],
    )
    await rows(
        "UPDATE course_run SET opens_at = $2, closes_at = $3 WHERE id = $1",
        run_id,
        min(one.opens_at for one in ordered),
        max(one.closes_at for one in ordered),
    )
