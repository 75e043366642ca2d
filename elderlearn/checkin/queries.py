"""Asking who is expected at a session, who came, and how many."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from elderlearn.checkin.reach import check_reach
from elderlearn.enrolment.roster import roster_rows
from elderlearn.ground.actor import Actor
from elderlearn.ground.errors import Missing
from elderlearn.ground.sql import row, rows
from elderlearn.people.names import masked_name
from elderlearn.people.queries import active_cards


@dataclass(frozen=True)
class RosterLine:
    """Somebody expected or present. `state` is that of the enrolment, member, or walk_in or drop_in for those
    who only came; `attendance_id` where she counts as present; `card_key` none without an active card."""

    resident_id: int
    name_masked: str
    card_key: str | None
    state: str
    attended: bool
    attendance_id: int | None


@dataclass(frozen=True)
class Presence:
    """`present` of `expected`; `expected` is 0 for drop-in, and `present` may be more."""

    present: int
    expected: int


@dataclass(frozen=True)
class AttendanceFacts:
    """One attendance, voided or not; `minutes` credited."""

    id: int
    session_id: int
    resident_id: int
    run_id: int
    minutes: int
    source: str
    is_walk_in: bool
    attended_at: datetime
    recorded_at: datetime
    voided_at: datetime | None
    void_reason: str | None


async def roster(session_id: int, *, by: Actor) -> list[RosterLine]:
    """Those expected, by name, then those who came besides. Raises Missing when it is not within reach."""
    await check_reach([session_id], by, "read_roster")
    return await roster_lines(session_id)


async def roster_lines(session_id: int) -> list[RosterLine]:
    """`roster` for whoever has asked already whether this session is within reach."""
    expected = await roster_rows(session_id)
    came = await rows(
        """SELECT a.resident, a.id, r.name, q.entry FROM attendance a JOIN resident r ON r.id = a.resident
        JOIN course_run q ON q.id = a.run
        WHERE a.session = $1 AND a.voided_at IS NULL
        ORDER BY r.name_pinyin COLLATE "C" NULLS LAST, r.name, r.id""",
        session_id,
    )
    present = {one["resident"]: one["id"] for one in came}
    on_list = {one.resident_id for one in expected}
    others = [one for one in came if one["resident"] not in on_list]
    cards = await active_cards([one["resident"] for one in others])
    return [
        RosterLine(
            one.resident_id, one.name_masked, one.card_key, one.state, one.resident_id in present,
            present.get(one.resident_id),
        )
        for one in expected
    ] + [
        RosterLine(
            one["resident"], masked_name(one["name"]),
            cards[one["resident"]].card_key if one["resident"] in cards else None,
            "drop_in" if one["entry"] == "drop_in" else "walk_in", True, one["id"],
        )
        for one in others
    ]  # fmt: skip


async def presence_of(session_ids: Collection[int]) -> dict[int, Presence]:
    """How many came and how many are expected, for each session; for those a door has already let in."""
    found = await rows(
        """SELECT s.id,
            (SELECT count(*) FROM attendance a WHERE a.session = s.id AND a.voided_at IS NULL) AS came,
            CASE r.entry WHEN 'enrol' THEN r.seats_taken WHEN 'members' THEN (
                SELECT count(*) FROM organisation_member m WHERE m.organisation = s.organisation
                    AND m.joined_on <= s.on_date AND (m.left_on IS NULL OR m.left_on > s.on_date))
            ELSE 0 END AS expected
        FROM session s JOIN course_run r ON r.id = s.run WHERE s.id = ANY($1::bigint[])""",
        sorted(set(session_ids)),
    )
    return {one["id"]: Presence(one["came"], one["expected"]) for one in found}


async def attendance(attendance_id: int, *, by: Actor) -> AttendanceFacts:
    """Raises Missing when it is not there or its session not within reach."""
    found = await row(
        """SELECT id, session AS session_id, resident AS resident_id, run AS run_id, minutes, source, is_walk_in,
            attended_at, recorded_at, voided_at, void_reason
        FROM attendance WHERE id = $1""",
        attendance_id,
    )
    if found is None:
        raise Missing
    await check_reach([found["session_id"]], by, "read_roster")
    return AttendanceFacts(**found)
