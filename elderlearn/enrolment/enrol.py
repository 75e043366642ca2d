"""Asking for a seat in a run: seated at once, or a place in the line."""

from __future__ import annotations

from dataclasses import dataclass

from elderlearn.enrolment.along import Along
from elderlearn.enrolment.asking import Asking, Given
from elderlearn.enrolment.decisions import remember_refusal
from elderlearn.enrolment.enrolled_period import open_periods, resum
from elderlearn.enrolment.facts import Applicant, Asked, facts_of, hold_applicant
from elderlearn.enrolment.line import serve_line
from elderlearn.enrolment.queries import standing
from elderlearn.enrolment.rules import check_may_enrol
from elderlearn.enrolment.seat import seat_or_line
from elderlearn.ground import trail
from elderlearn.ground.actor import Actor
from elderlearn.ground.clock import now
from elderlearn.ground.errors import Refusal
from elderlearn.ground.lanes import lane
from elderlearn.ground.unit_of_work import unit_of_work
from elderlearn.people.care.tell import tell

# Of one run at once, in one process: one looks while another writes. More would only wait for the same row in
# PostgreSQL, each with a connection that other pages need.
LANES = 3
CHANNELS = ("self", "carer", "window", "phone", "paper")
STANDING = ("seated", "waiting", "in_draw", "offered")


@dataclass(frozen=True)
class Enrolled:
    """`position` from 1 among those waiting now, else none; `is_new` False when she had asked before."""

    enrolment_id: int
    state: str
    position: int | None
    is_new: bool


async def enrol(run_id: int, resident_id: int, channel: str, *, by: Actor) -> Enrolled:
    """Give the resident a seat, or the next place in line; asked again, say how she stands.

    After a withdrawal it is a new request: same id, end of the line. Age is taken on the first session's day;
    seats held elsewhere (not waiting places) count for the term's limit and for overlaps.
    What was decided, and why, is remembered, a refusal too (decisions.py).
    Raises Missing; Refusal: invalid_channel, line_over, and those of `rules.check_may_enrol`.
    """
    if channel not in CHANNELS:
        raise Refusal("invalid_channel", channel=channel)
    try:
        async with lane(("enrol", run_id), LANES):
            return await _enrol(run_id, resident_id, channel, by)
    except Refusal as refusal:  # its unit of work is undone: the refusal is remembered by itself
        await remember_refusal(Asking(run_id, resident_id, channel, now(), by), refusal)
        raise


async def _enrol(run_id: int, resident_id: int, channel: str, by: Actor) -> Enrolled:
    async with unit_of_work():
        applicant = await hold_applicant(resident_id)
        asked = await facts_of(run_id, applicant)
        if asked.enrolment_id is not None and asked.state in STANDING:
            found = await standing(asked.enrolment_id)
            return Enrolled(asked.enrolment_id, found.state, found.position, is_new=False)
        round_no = check_may_enrol(asked.run, asked.person, asked.held, now())
        asking = Asking(run_id, resident_id, channel, now(), by, round_no)
        given = await seat_or_line(asking, Along(asked, applicant))
        await follow_up(given, asked, applicant, asking)
    if given.has_free:
        return await _served(run_id, given.enrolment_id)
    return Enrolled(given.enrolment_id, given.state, given.position, is_new=True)


async def follow_up(given: Given, asked: Asked, applicant: Applicant, asking: Asking) -> None:
    """What goes with the fact and is not noted yet: sums of the year, trail, notice. An inner step."""
    if given.state == "seated":
        await open_periods({applicant.district_id}, asked.district_id, asked.first_on, asked.last_on)
        await resum([applicant.id])
    if given.is_noted and not applicant.is_cared_for:
        return
    if not given.is_noted:
        await trail.note(
            "enrol", by=asking.by, subject="enrolment", subject_id=given.enrolment_id, district=asked.district_id,
            run=asking.run_id, resident=applicant.id, state=given.state, channel=asking.channel,
        )  # fmt: skip
    await tell(
        kind=given.state,
        values={"title": asked.title, "when": asked.when}
        if given.state == "seated"
        else {"title": asked.title, "position": given.position},
        resident_id=applicant.id,
        district=asked.district_id,
        address_cipher=applicant.address_cipher,
        language=applicant.language,
        is_cared_for=applicant.is_cared_for,
    )


async def _served(run_id: int, enrolment_id: int) -> Enrolled:
    """Those before her could not be seated when the seat came free: let the line be looked at again."""
    await serve_line(run_id)
    found = await standing(enrolment_id)
    return Enrolled(enrolment_id, found.state, found.position, is_new=True)
