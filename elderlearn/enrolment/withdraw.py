"""Leaving a run, or its line: any time, and the next in line is seated at once."""

from __future__ import annotations

import contextlib
from dataclasses import dataclass
from typing import Any

from elderlearn.enrolment.enrolled_period import resum
from elderlearn.enrolment.hold import hold, until_still
from elderlearn.enrolment.line import runs_to_serve, seat_next, serve_line
from elderlearn.ground import trail
from elderlearn.ground.actor import Actor
from elderlearn.ground.clock import now
from elderlearn.ground.errors import Missing, Refusal, Stale
from elderlearn.ground.sql import row, rows
from elderlearn.ground.unit_of_work import unit_of_work
from elderlearn.notices.write import tell

HOLDING = ("seated", "offered")
STANDING = (*HOLDING, "waiting", "in_draw")
LONGEST_REASON = 200


@dataclass(frozen=True)
class Withdrawn:
    """How the enrolment stands now: withdrawn, or what it had ended as before (removed, declined, lapsed)."""

    state: str


async def withdraw(enrolment_id: int, *, by: Actor) -> Withdrawn:
    """Give the seat or the place in line back; twice is the same. Raises Missing, Stale."""
    return Withdrawn(await _end(enrolment_id, "withdrawn", by=by))


async def remove(enrolment_id: int, reason: str, *, by: Actor) -> Withdrawn:
    """Staff take somebody off a run; she may not ask again. Twice is the same, also after a withdrawal.

    Raises Missing, Stale, Refusal('reason_required') for an empty reason or more than 200 signs.
    """
    text = reason.strip()
    if not text or len(text) > LONGEST_REASON:
        raise Refusal("reason_required", longest=LONGEST_REASON)
    return Withdrawn(await _end(enrolment_id, "removed", by=by, reason=text))


async def _end(enrolment_id: int, state: str, *, by: Actor, reason: str | None = None) -> str:
    resident_id, run_id = await _whose(enrolment_id)

    async def work(ahead: int) -> str:
        async with unit_of_work():
            held = await hold(run_id, residents=[resident_id], ahead=ahead)
            enrolment = await _as_it_stands(enrolment_id)
            if not _may_end(enrolment["state"], state):
                return str(enrolment["state"])
            await _give_back(enrolment, state)
            await _follow_up(enrolment, state, reason, by)
            if enrolment["state"] in HOLDING:
                await seat_next(held, ahead=ahead, by=by)
            return state

    ended = await until_still(work)
    # She may wait elsewhere for a seat she could not take until now.
    for other in await runs_to_serve(resident_id):
        with contextlib.suppress(Stale):  # hers is done; the job serves that line later
            await serve_line(other)
    return ended


async def _whose(enrolment_id: int) -> tuple[int, int]:
    found = await row("SELECT resident, run FROM enrolment WHERE id = $1", enrolment_id)
    if found is None:
        raise Missing
    return found["resident"], found["run"]


async def _as_it_stands(enrolment_id: int) -> Any:
    return await row(
        """SELECT e.id, e.run, e.resident, e.state, r.district, c.title, who.phone_cipher, who.language
        FROM enrolment e JOIN course_run r ON r.id = e.run JOIN course c ON c.id = r.course
        JOIN resident who ON who.id = e.resident WHERE e.id = $1""",
        enrolment_id,
    )


def _may_end(present: str, state: str) -> bool:
    """Somebody who left may still be kept from coming back."""
    return present in STANDING or (state == "removed" and present != "removed")


async def _give_back(enrolment: Any, state: str) -> None:
    await rows(
        "UPDATE enrolment SET state = $2, line_no = NULL, changed_at = $3 WHERE id = $1",
        enrolment["id"],
        state,
        now(),
    )
    await rows(
        "UPDATE course_run SET seats_taken = seats_taken - $2, waiting = waiting - $3 WHERE id = $1",
        enrolment["run"],
        int(enrolment["state"] in HOLDING),
        int(enrolment["state"] == "waiting"),
    )
    if enrolment["state"] in HOLDING:
        await resum([enrolment["resident"]])


async def _follow_up(enrolment: Any, state: str, reason: str | None, by: Actor) -> None:
    await trail.note(
        "withdraw" if state == "withdrawn" else "remove", by=by, subject="enrolment",
        subject_id=enrolment["id"], district=enrolment["district"], run=enrolment["run"],
        resident=enrolment["resident"], was=enrolment["state"], **({"reason": reason} if reason else {}),
    )  # fmt: skip
    if enrolment["state"] not in STANDING:
        return
    told = {"title": enrolment["title"]} | ({"reason": reason} if reason else {})
    await tell(
        kind="withdrawn" if state == "withdrawn" else "removed",
        values=told,
        resident_id=enrolment["resident"],
        district=enrolment["district"],
        address_cipher=enrolment["phone_cipher"],
        language=enrolment["language"],
    )
