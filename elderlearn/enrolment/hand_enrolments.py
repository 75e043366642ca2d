"""Seats and places in line of one row of the register are another's, because both are one person; and back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from elderlearn.enrolment.leave_all import Standing, end_standing
from elderlearn.ground.actor import Actor
from elderlearn.ground.clock import now
from elderlearn.ground.hand_rows import hand_back, hand_rows
from elderlearn.ground.sql import rows

# Of two enrolments in one run the better one stays hers, of two places in line the earlier.
RANK = "array_position(ARRAY['seated', 'offered', 'waiting', 'in_draw']::text[], {}.state::text)"
SWAPPED = ("state", "channel", "line_no", "share", "offer_until", "together", "asked_at", "changed_at")


@dataclass(frozen=True)
class Swap:
    """Two enrolments of one run that changed places, and when each was changed last before that."""

    gone: int
    kept: int
    gone_changed_at: datetime
    kept_changed_at: datetime


@dataclass(frozen=True)
class Enrolments:
    """Rows that changed their person; pairs that changed places; how many ended as one too many.

    `over`: those of them that were seats in courses that are over, which nobody takes any more.
    """

    moved: list[int]
    decisions: list[int]
    swaps: list[Swap]
    ended: int
    over: list[int]


async def hand_enrolments(*, gone: int, kept: int, standing: Standing, ahead: int, by: Actor) -> Enrolments:
    """Of two seats in one run the second goes to the next in line.

    An inner step; `standing` was held for both people, `with_over`. Who called it makes their sums. Raises Moved.
    """
    moved = await hand_rows("enrolment", "resident", source=gone, target=kept, once=("run",))
    decisions = await hand_rows("enrolment_decision", "resident", source=gone, target=kept)
    swaps = await _swap_better(gone, kept)
    over = await rows(
        """SELECT id FROM enrolment WHERE resident = $1 AND state = 'seated' AND run = ANY($2::bigint[])
        ORDER BY run""",
        gone,
        sorted(standing.over),
    )
    ended = await end_standing(gone, standing, reason="merged", ahead=ahead, by=by)
    return Enrolments(moved, decisions, swaps, ended, [one["id"] for one in over])


async def return_enrolments(handed: Enrolments, *, gone: int, kept: int) -> list[int]:
    """Which are `gone`'s again. A seat that went to somebody else does not come back, nor what changed since."""
    back = await hand_back("enrolment", "resident", handed.moved, source=kept, target=gone, once=("run",))
    await hand_back("enrolment_decision", "resident", handed.decisions, source=kept, target=gone)
    for swap in handed.swaps:
        found = await rows(
            """SELECT id FROM enrolment WHERE id = $1 AND changed_at = $2 AND state = ANY($3::text[])""",
            swap.kept,
            swap.gone_changed_at,
            ["seated", "offered", "waiting", "in_draw"],
        )
        if found:
            await _swap(swap.gone, swap.kept)
    await _seat_again(handed.over, gone)
    return back


async def _seat_again(over: Sequence[int], gone: int) -> None:
    """As one of the pool, where nothing changed since."""
    for id in over:
        await rows(
            """WITH has_room AS (
                UPDATE course_run SET seats_taken = seats_taken + 1
                WHERE id = (SELECT run FROM enrolment WHERE id = $1 AND resident = $2 AND state = 'withdrawn')
                    AND seats_taken + reserved < seats RETURNING id)
            UPDATE enrolment e SET state = 'seated', changed_at = $3 FROM has_room r
            WHERE e.id = $1 AND e.run = r.id""",
            id,
            gone,
            now(),
        )


async def _swap_better(gone: int, kept: int) -> list[Swap]:
    found = await rows(
        f"""SELECT g.id AS gone, k.id AS kept, g.changed_at AS gone_at, k.changed_at AS kept_at
        FROM enrolment g JOIN enrolment k ON k.run = g.run AND k.resident = $2
        JOIN course_run r ON r.id = g.run
        WHERE g.resident = $1 AND {RANK.format("g")} IS NOT NULL
            AND coalesce({RANK.format("g")} < {RANK.format("k")}
                OR (g.state = 'waiting' AND k.state = 'waiting' AND g.line_no < k.line_no), true)
        ORDER BY g.run""",
        gone,
        kept,
    )
    for one in found:
        await _swap(one["gone"], one["kept"])
    return [Swap(one["gone"], one["kept"], one["gone_at"], one["kept_at"]) for one in found]


async def _swap(one: int, other: int) -> Sequence[Any]:
    """Everything but whose they are: seats taken and the order of the line stay as they were."""
    columns = ", ".join(f"{column} = o.{column}" for column in SWAPPED)
    return await rows(
        f"""UPDATE enrolment e SET {columns} FROM enrolment o
        WHERE (e.id, o.id) IN (($1::bigint, $2::bigint), ($2, $1)) RETURNING e.id""",
        one,
        other,
    )
