"""Two people ask for a run as one: both get a seat, or both wait side by side, or neither."""

from __future__ import annotations

from elderlearn.enrolment.asking import Asking
from elderlearn.enrolment.decisions import remember_refusal
from elderlearn.enrolment.enrol import CHANNELS, STANDING, Enrolled, follow_up
from elderlearn.enrolment.facts import Asked, facts_of, hold_applicant
from elderlearn.enrolment.line import serve_line
from elderlearn.enrolment.queries import standing
from elderlearn.enrolment.rules import check_may_enrol
from elderlearn.enrolment.share_seat import two_among_shares
from elderlearn.ground.actor import Actor
from elderlearn.ground.clock import now
from elderlearn.ground.errors import Refusal
from elderlearn.ground.sql import rows
from elderlearn.ground.unit_of_work import unit_of_work

Both = tuple[Enrolled, Enrolled]


async def enrol_together(run_id: int, first_id: int, second_id: int, channel: str, *, by: Actor) -> Both:
    """In the order given; asked again, say how they stand. Until one of them leaves, a seat that comes free is
    only theirs when two do. Each has to fit the rules herself.

    Raises Missing; Refusal: invalid_channel, same_person, one_is_in (one of them stands there by herself, or with
    somebody else: `resident_id`), line_over, and those of `rules.check_may_enrol` with the `resident_id` of whom.
    """
    if channel not in CHANNELS:
        raise Refusal("invalid_channel", channel=channel)
    if first_id == second_id:
        raise Refusal("same_person")
    try:
        ids, has_free = await _enrol((first_id, second_id), run_id, channel, by)
    except Refusal as refusal:
        for one in (first_id, second_id):
            await remember_refusal(Asking(run_id, one, _way_of(one, channel, by), now(), by), refusal)
        raise
    if has_free:
        await serve_line(run_id)
    return await _as_they_stand(ids, is_new=has_free is not None)


async def _enrol(pair: tuple[int, int], run_id: int, channel: str, by: Actor) -> tuple[list[int], bool | None]:
    """Their enrolments, and whether a seat is free that others may get before; none when they had asked before."""
    async with unit_of_work():
        applicants = {one: await hold_applicant(one) for one in sorted(pair)}
        asked = {one: await facts_of(run_id, applicants[one]) for one in pair}
        before = await _asked_before([asked[one] for one in pair])
        if before:
            return before, None
        askings = [_checked(asked[one], Asking(run_id, one, _way_of(one, channel, by), now(), by)) for one in pair]
        given = await two_among_shares(askings)
        await rows(
            "UPDATE enrolment SET together = $2 WHERE id = ANY($1::bigint[])",
            [one.enrolment_id for one in given],
            min(one.enrolment_id for one in given),
        )
        for asking, one in zip(askings, given, strict=True):
            await follow_up(one, asked[asking.resident_id], applicants[asking.resident_id], asking)
        return [one.enrolment_id for one in given], any(one.has_free for one in given)


async def _asked_before(asked: list[Asked]) -> list[int]:
    """Their enrolments when both stand there as one. Raises Refusal('one_is_in')."""
    ids = [one.enrolment_id for one in asked if one.enrolment_id is not None and one.state in STANDING]
    if not ids:
        return []
    pairs = await rows("SELECT DISTINCT together FROM enrolment WHERE id = ANY($1::bigint[])", ids)
    if len(ids) == 2 and len(pairs) == 1 and pairs[0]["together"] is not None:
        return ids
    raise Refusal("one_is_in")


def _way_of(resident_id: int, channel: str, by: Actor) -> str:
    """A carer who is one of the two asks for herself."""
    is_herself = channel == "carer" and (by.kind, by.id) == ("resident", resident_id)
    return "self" if is_herself else channel


def _checked(asked: Asked, asking: Asking) -> Asking:
    try:
        round_no = check_may_enrol(asked.run, asked.person, asked.held, asking.at)
    except Refusal as refusal:
        raise Refusal(refusal.code, **refusal.values, resident_id=asking.resident_id) from None
    return Asking(asking.run_id, asking.resident_id, asking.channel, asking.at, asking.by, round_no)


async def _as_they_stand(ids: list[int], *, is_new: bool) -> Both:
    first, second = [await standing(one) for one in ids]
    return (
        Enrolled(first.id, first.state, first.position, is_new),
        Enrolled(second.id, second.state, second.position, is_new),
    )
