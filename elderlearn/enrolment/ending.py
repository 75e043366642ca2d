"""One enrolment ends, whatever for: the seat, its share or the place in line go back, and the next is served."""

from __future__ import annotations

import contextlib
from typing import Any

from elderlearn.enrolment.enrolled_period import resum
from elderlearn.enrolment.facts import NEXT_MEETING
from elderlearn.enrolment.hold import hold, until_still
from elderlearn.enrolment.leave_alone import leave_alone
from elderlearn.enrolment.line import runs_to_serve, seat_next, serve_line
from elderlearn.ground import trail
from elderlearn.ground.actor import Actor
from elderlearn.ground.clock import now
from elderlearn.ground.errors import Missing, Stale
from elderlearn.ground.sql import row, rows
from elderlearn.ground.unit_of_work import unit_of_work
from elderlearn.people.care.tell import tell

HOLDING = ("seated", "offered")
STANDING = (*HOLDING, "waiting", "in_draw")
NOTED = {"withdrawn": "withdraw", "removed": "remove", "declined": "decline_offer", "lapsed": "lapse_offer"}


async def end_enrolment(enrolment_id: int, state: str, *, by: Actor, reason: str | None = None) -> str:
    """How it stands then: as asked, or as it had ended before. Raises Missing, Stale."""
    resident_id, run_id = await whose(enrolment_id)

    async def work(ahead: int) -> str:
        async with unit_of_work():
            held = await hold(run_id, residents=[resident_id], ahead=ahead)
            enrolment = await as_it_stands(enrolment_id)
            if not _may_end(enrolment, state):
                return str(enrolment["state"])
            await _give_back(enrolment, state)
            await _follow_up(enrolment, state, reason, by)
            if enrolment["state"] in HOLDING or enrolment["together"] is not None:
                await seat_next(held, ahead=ahead, by=by)
            return state

    ended = await until_still(work)
    # She may wait elsewhere for a seat she could not take until now.
    for other in await runs_to_serve(resident_id):
        with contextlib.suppress(Stale):  # hers is done; the job serves that line later
            await serve_line(other)
    return ended


async def whose(enrolment_id: int) -> tuple[int, int]:
    """Resident and run, to hold them. Raises Missing."""
    found = await row("SELECT resident, run FROM enrolment WHERE id = $1", enrolment_id)
    if found is None:
        raise Missing
    return found["resident"], found["run"]


async def as_it_stands(enrolment_id: int) -> Any:
    """Read when resident and run are held, with what a notice needs. Raises Missing when it is forgotten."""
    found = await row(
        f"""SELECT e.id, e.run, e.resident, e.state, e.share, e.offer_until, e.together, r.district, r.first_on,
            r.last_on, c.title, who.district AS home_district, who.phone_cipher, who.language,
            {NEXT_MEETING} AS when
        FROM enrolment e JOIN course_run r ON r.id = e.run JOIN course c ON c.id = r.course
        JOIN resident who ON who.id = e.resident
        CROSS JOIN (SELECT $2::timestamptz AS at) AS moment WHERE e.id = $1""",
        enrolment_id,
        now(),
    )
    if found is None:
        raise Missing
    return found


def _may_end(enrolment: Any, state: str) -> bool:
    """Only what is offered can be declined or lapse; somebody who left may still be kept from coming back."""
    present = enrolment["state"]
    if state == "declined":
        return bool(present == "offered")
    if state == "lapsed":
        return bool(present == "offered" and enrolment["offer_until"] <= now())
    return present in STANDING or (state == "removed" and present != "removed")


async def _give_back(enrolment: Any, state: str) -> None:
    """A seat of a share is kept for it again until it falls back."""
    await rows(
        """UPDATE enrolment SET state = $2, line_no = NULL, share = NULL, offer_until = NULL, together = NULL,
            changed_at = $3
        WHERE id = $1""",
        enrolment["id"],
        state,
        now(),
    )
    await rows(
        """WITH back AS (UPDATE seat_share SET taken = taken - 1 WHERE id = $4 RETURNING has_fallen_back)
        UPDATE course_run SET seats_taken = seats_taken - $2, waiting = waiting - $3,
            reserved = reserved + (SELECT count(*) FROM back WHERE NOT has_fallen_back) WHERE id = $1""",
        enrolment["run"],
        int(enrolment["state"] in HOLDING),
        int(enrolment["state"] == "waiting"),
        enrolment["share"],
    )
    if enrolment["together"] is not None:
        await leave_alone(enrolment["run"], enrolment["together"])
    if enrolment["state"] in HOLDING:
        await resum([enrolment["resident"]])


async def _follow_up(enrolment: Any, state: str, reason: str | None, by: Actor) -> None:
    await trail.note(
        NOTED[state], by=by, subject="enrolment", subject_id=enrolment["id"], district=enrolment["district"],
        run=enrolment["run"], resident=enrolment["resident"], was=enrolment["state"],
        **({"reason": reason} if reason else {}),
    )  # fmt: skip
    if enrolment["state"] not in STANDING:
        return
    await tell(
        kind=state,
        values={"title": enrolment["title"]} | ({"reason": reason} if reason else {}),
        resident_id=enrolment["resident"],
        district=enrolment["district"],
        address_cipher=enrolment["phone_cipher"],
        language=enrolment["language"],
    )
