"""It was a mistake: the two are two again, each with what was theirs."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from elderlearn.catalogue.hand_memberships import Doubled, Memberships, return_memberships
from elderlearn.checkin.attribute import attribute
from elderlearn.checkin.hand_attendances import (
    Double,
    Handed,
    check_shared,
    return_attendances,
    settle,
    share_sessions_of,
)
from elderlearn.enrolment.hand_enrolments import Enrolments, Swap, return_enrolments
from elderlearn.enrolment.hold import until_still
from elderlearn.enrolment.leave_all import hold_standing
from elderlearn.ground.actor import Actor
from elderlearn.ground.clock import now
from elderlearn.ground.errors import Missing, Refusal
from elderlearn.ground.sql import row, rows
from elderlearn.ground.trail import note
from elderlearn.ground.unit_of_work import unit_of_work
from elderlearn.people.hand_belongings import Belongings, return_belongings
from elderlearn.stewardship.merge import LONGEST_REASON
from elderlearn.stewardship.take_fields import give_back_fields


@dataclass(frozen=True)
class Unmerged:
    """Whose rows they are, how many attendances went back, and how many of them were made since the merge."""

    kept: int
    gone: int
    attendances: int
    since: int
    seats_lost: int


async def unmerge(merge_id: int, *, reason: str, by: Actor) -> Unmerged:
    """What the row had had is its own again, and what was scanned since from its own card. Seats that went to
    somebody else do not come back; what was changed by hand since stays. Twice is refused as done already.

    Raises Missing, Stale, Refusal('reason_needed', 'undone_already', 'too_late', 'merged_further').
    """
    text = reason.replace("\0", "").strip()[:LONGEST_REASON]
    if not text:
        raise Refusal("reason_needed", field="reason")

    async def work(ahead: int) -> Unmerged:
        async with unit_of_work():
            return await _take_apart(merge_id, text, ahead, by)

    return await until_still(work)


async def _take_apart(merge_id: int, reason: str, ahead: int, by: Actor) -> Unmerged:
    found: Any = await row("SELECT kept, gone FROM merge WHERE id = $1", merge_id)
    if found is None:
        raise Missing
    kept, gone = found["kept"], found["gone"]
    people = sorted((kept, gone))
    await rows("SELECT id FROM card WHERE resident = ANY($1::bigint[]) ORDER BY id FOR UPDATE", people)
    shared = await share_sessions_of(people)
    await hold_standing(people, ahead=0, with_over=True)
    await check_shared(people, shared)
    district = await _end(merge_id, kept, reason, by)
    parts = await _parts(merge_id)
    await rows("UPDATE resident SET state = $2, merged_into = NULL WHERE id = $1", gone, parts["state"])
    belongings = Belongings(**parts["belongings"])
    back, since = await return_attendances(
        _attended(parts["attendances"]), gone=gone, kept=kept,
        cards=belongings.moved["card.resident"], by=by,
    )  # fmt: skip
    enrolled = _enrolled(parts["enrolments"])
    await return_enrolments(enrolled, gone=gone, kept=kept)
    await return_memberships(_members(parts["memberships"]), gone=gone, kept=kept)
    await return_belongings(belongings, gone=gone, kept=kept)
    await give_back_fields(kept, parts["fields"])
    await settle(people)
    await attribute(people)
    for one, other in ((kept, gone), (gone, kept)):
        await note(
            "unmerge", by=by, subject="resident", subject_id=one, district=district, other=other, reason=reason
        )
    return Unmerged(kept, gone, len(back), len(since), enrolled.ended - len(enrolled.over))


async def _end(merge_id: int, kept: int, reason: str, by: Actor) -> int:
    """Both people are held: nobody else undoes it now. Answers the district."""
    found: Any = await row(
        """SELECT m.district, m.undone_at, m.undo_until, r.state = 'merged' AS went_further
        FROM merge m JOIN resident r ON r.id = m.kept WHERE m.id = $1 FOR UPDATE OF m""",
        merge_id,
    )
    if found["undone_at"] is not None:
        raise Refusal("undone_already")
    if found["undo_until"] <= now():
        raise Refusal("too_late")
    if found["went_further"]:
        raise Refusal("merged_further")
    await rows(
        "UPDATE merge SET undone_at = $2, undone_by = $3, undo_reason = $4 WHERE id = $1",
        merge_id,
        now(),
        by.id if by.kind == "staff" else None,
        reason,
    )
    return int(found["district"])


async def _parts(merge_id: int) -> dict[str, Any]:
    found = await rows("SELECT what, detail::text AS detail FROM merge_part WHERE merge = $1", merge_id)
    return {one["what"]: json.loads(one["detail"]) for one in found}


def _attended(said: Any) -> Handed:
    return Handed(said["moved"], [Double(**one) for one in said["doubles"]])


def _enrolled(said: Any) -> Enrolments:
    moments = ("gone_changed_at", "kept_changed_at")
    swaps = [Swap(**one | {name: datetime.fromisoformat(one[name]) for name in moments}) for one in said["swaps"]]
    return Enrolments(said["moved"], said["decisions"], swaps, said["ended"], said.get("over", []))


def _members(said: Any) -> Memberships:
    doubled = [
        Doubled(one["gone"], one["kept"], _day(one["kept_left_on"])) for one in said["doubled"]
    ]  # fmt: skip
    return Memberships(said["members"], said["requests"], doubled)


def _day(said: str | None) -> Any:
    return None if said is None else datetime.fromisoformat(said).date()
