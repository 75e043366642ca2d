"""Two rows of the register are one person: everything of the one belongs to the other, and every sum follows."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass
from datetime import timedelta
from typing import Literal

from elderlearn.catalogue.hand_memberships import hand_memberships
from elderlearn.checkin.attribute import attribute
from elderlearn.checkin.hand_attendances import check_shared, hand_attendances, settle, share_sessions_of
from elderlearn.enrolment.hand_enrolments import hand_enrolments
from elderlearn.enrolment.hold import until_still
from elderlearn.enrolment.leave_all import hold_standing
from elderlearn.ground.actor import Actor
from elderlearn.ground.clock import now
from elderlearn.ground.errors import Refusal
from elderlearn.ground.sql import row, rows, value
from elderlearn.ground.trail import note
from elderlearn.ground.unit_of_work import unit_of_work
from elderlearn.people.hand_belongings import hand_belongings
from elderlearn.stewardship.candidates import compared_row
from elderlearn.stewardship.one_person import Row, taken, which_stays
from elderlearn.stewardship.take_fields import take_fields

UNDO = timedelta(days=30)  # so long a merge can be taken back
LONGEST_REASON = 200
How = Literal["staff", "document"]


@dataclass(frozen=True)
class Merged:
    """Whose row stays, and what went over. `doubles`: sessions both had come to, of which one counts now."""

    merge_id: int
    kept: int
    attendances: int
    doubles: int
    enrolments: int
    ended: int


async def merge(
    kept: int, gone: int, *, reason: str, by: Actor, fields: Collection[str] = (), how: How = "staff"
) -> Merged:
    """Attendances, seats, cards, memberships, carers, consents of `gone` are `kept`'s; both cards open.

    The row with a document stays, whichever was named. `fields` (name, born_on, sex, phone, home,
    registered_home) are taken from the row that goes, and whatever the other does not say. At one session one
    attendance counts; of two seats in one run the second goes to the next in line. `unmerge` undoes it for 30
    days. Raises Missing, Stale, Refusal('same_row', 'two_documents', 'other_district', 'reason_needed'), and
    Refusal('is_out') when the row that stays died or left and the other did not: its card would open again.
    """
    text = reason.replace("\0", "").strip()[:LONGEST_REASON]
    if not text:
        raise Refusal("reason_needed", field="reason")

    async def work(ahead: int) -> Merged:
        async with unit_of_work():
            return await put_together(kept, gone, text, fields, how, ahead=ahead, by=by)

    return await until_still(work)


async def put_together(
    kept: int, gone: int, reason: str, fields: Collection[str], how: How, *, ahead: int, by: Actor
) -> Merged:
    """`merge` inside an open unit of work that holds nothing yet. Raises Moved besides."""
    people = sorted((kept, gone))
    await rows("SELECT id FROM card WHERE resident = ANY($1::bigint[]) ORDER BY id FOR UPDATE", people)
    shared = await share_sessions_of(people)
    standing = await hold_standing(people, ahead=ahead, with_over=True)
    await check_shared(people, shared)
    stays, goes = which_stays(await compared_row(kept), await compared_row(gone))
    await _check_is_there(stays.id, goes.id)
    merge_id = await _written_down(stays, goes, how, reason, by)
    attended = await hand_attendances(gone=goes.id, kept=stays.id, by=by)
    enrolled = await hand_enrolments(gone=goes.id, kept=stays.id, standing=standing, ahead=ahead, by=by)
    belongs = await hand_memberships(gone=goes.id, kept=stays.id)
    owned = await hand_belongings(gone=goes.id, kept=stays.id)
    before = await take_fields(stays.id, goes.id, taken(stays, goes, fields))
    state = await value("SELECT state FROM resident WHERE id = $1", goes.id)
    await rows("UPDATE resident SET state = 'merged', merged_into = $2 WHERE id = $1", goes.id, stays.id)
    await settle(people)
    await attribute(people)
    parts = {
        "attendances": asdict(attended),
        "enrolments": asdict(enrolled),
        "memberships": asdict(belongs),
        "belongings": asdict(owned),
        "fields": before,
        "state": state,
    }
    await _keep_parts(merge_id, parts)
    return Merged(
        merge_id, stays.id, len(attended.moved), len(attended.doubles), len(enrolled.moved), enrolled.ended
    )


async def _check_is_there(stays: int, goes: int) -> None:
    found = await rows("SELECT id FROM resident WHERE id IN ($1, $2) AND state = 'active'", stays, goes)
    if [one["id"] for one in found] == [goes]:
        raise Refusal("is_out")


async def _written_down(stays: Row, goes: Row, how: How, reason: str, by: Actor) -> int:
    found = await row(
        """SELECT k.district, k.district = g.district AS is_one_district FROM resident k, resident g
        WHERE k.id = $1 AND g.id = $2""",
        stays.id,
        goes.id,
    )
    if found is None or not found["is_one_district"]:
        raise Refusal("other_district")
    moment = now()
    merge_id: int = await value(
        """INSERT INTO merge (district, kept, gone, how, reason, by_staff, at, undo_until)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8) RETURNING id""",
        found["district"],
        stays.id,
        goes.id,
        how,
        reason,
        by.id if by.kind == "staff" else None,
        moment,
        moment + UNDO,
    )
    for one, other in ((stays.id, goes.id), (goes.id, stays.id)):
        await note(
            "merge", by=by, subject="resident", subject_id=one, district=found["district"], other=other,
            kept=stays.id, how=how, reason=reason,
        )  # fmt: skip
    return merge_id


async def _keep_parts(merge_id: int, parts: Mapping[str, object]) -> None:
    await rows(
        """INSERT INTO merge_part (merge, what, detail)
        SELECT $1, p.what, p.detail::jsonb FROM unnest($2::text[], $3::text[]) AS p (what, detail)""",
        merge_id,
        list(parts),
        [json.dumps(one, default=str) for one in parts.values()],
    )
