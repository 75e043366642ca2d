"""Pure: a batch of scans judged one after the other, each seeing what those before it did."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from msgspec import Struct

from elderlearn.checkin.items import RawScan
from elderlearn.checkin.rules import Facts, Known, Meeting, Verdict, corrected, is_clock_off, judge, overlap


class ReadCode(Struct, frozen=True, gc=False):
    """The card behind a code, or the problem: unreadable, bad_signature. The hash stands for the code itself."""

    card_id: int | None
    is_replaced: bool
    problem: str | None
    code_hash: bytes


class KnownScan(Struct, frozen=True, gc=False):
    """A scan received before, with the verdict it got."""

    session_id: int | None
    code_hash: bytes
    first: Verdict
    resident_id: int | None
    attendance_id: int | None


class PresentAt(Struct, frozen=True, gc=False):
    """Somebody counts as present at a meeting; the attendance is none while it is not written yet."""

    starts_at: datetime
    ends_at: datetime
    attendance_id: int | None


@dataclass(frozen=True, slots=True)
class Room:
    """What is known before a batch is judged. `people` names the resident behind each card.

    `present` holds by resident and session where she counts as present, and grows while judging.
    """

    meetings: Mapping[int, Meeting]
    people: Mapping[int, int]
    known: Mapping[UUID, KnownScan]
    names: Mapping[int, str]
    seated: Collection[tuple[int, int]]
    present: dict[int, dict[int, PresentAt]] = field(default_factory=dict)


class Sent(Struct, frozen=True, gc=False):
    """How a scan came in: our clock when it arrived, the phone's when it sent, and which phone that was."""

    received_at: datetime
    sent_at: datetime | None = None
    device: str | None = None


@dataclass(frozen=True, slots=True)
class Batch:
    """Scans with their codes read, and how each was sent."""

    scans: Sequence[RawScan]
    codes: Sequence[ReadCode]
    sent: Sequence[Sent]


class Judged(Struct, frozen=True, gc=False):
    """The verdict of one scan; `at` is corrected, `is_new` when the scan must be kept."""

    verdict: Verdict
    resident_id: int | None
    at: datetime | None
    is_new: bool
    attendance_id: int | None = None


def judge_batch(batch: Batch, room: Room) -> list[Judged]:
    """In the order of the scans; but who was scanned first is judged first."""
    judged: dict[int, Judged] = {}
    known = dict(room.known)
    order, comes_again = _by_time(batch)
    for place in order:
        one = _judge_one(batch, room, known, place)
        judged[place] = one
        scan_id = batch.scans[place].scan_id
        if comes_again and scan_id and one.is_new:
            known[scan_id] = KnownScan(
                batch.scans[place].session_id, batch.codes[place].code_hash, one.verdict, one.resident_id, None
            )
    return [judged[place] for place in range(len(batch.scans))]


def _by_time(batch: Batch) -> tuple[list[int], bool]:
    """By the phone's time, then its counter, then the order sent; a scan_id again comes after its first.

    And whether any comes again.
    """
    firsts: dict[UUID | int, int] = {}
    for place, one in enumerate(batch.scans):
        firsts.setdefault(one.scan_id or place, place)
    again = sorted(set(range(len(batch.scans))) - set(firsts.values()))

    def when(place: int) -> tuple[datetime, int, int]:
        one = batch.scans[place]
        return one.scanned_at or batch.sent[place].received_at, one.device_seq or 0, place

    return sorted(firsts.values(), key=when) + again, bool(again)


def _judge_one(batch: Batch, room: Room, known: Mapping[UUID, KnownScan], place: int) -> Judged:
    scan, code = batch.scans[place], batch.codes[place]
    before = known.get(scan.scan_id) if scan.scan_id else None
    resident_id = room.people.get(code.card_id) if code.card_id is not None else None
    facts = _facts(batch, room, place, before, resident_id)
    verdict = judge(facts)
    if before:
        is_same = facts.known is not None and facts.known.is_same
        return Judged(verdict, before.resident_id if is_same else None, facts.at, False, before.attendance_id)
    present = room.present.setdefault(resident_id, {}) if resident_id is not None else {}
    there = present.get(scan.session_id) if scan.session_id is not None else None
    if verdict.verdict == "recorded" and facts.meeting and scan.session_id is not None:
        present[scan.session_id] = PresentAt(facts.meeting.starts_at, facts.meeting.ends_at, None)
    is_there = verdict.verdict == "already_present" and there is not None
    return Judged(
        verdict,
        resident_id,
        facts.at,
        scan.scan_id is not None,
        there.attendance_id if there and is_there else None,
    )


def _facts(batch: Batch, room: Room, place: int, before: KnownScan | None, resident_id: int | None) -> Facts:
    scan, code, sent = batch.scans[place], batch.codes[place], batch.sent[place]
    at = scan.scanned_at
    present = room.present.get(resident_id, {}) if resident_id is not None else {}
    meeting = room.meetings.get(scan.session_id) if scan.session_id is not None else None
    return Facts(
        known=Known(before.first, (before.session_id, before.code_hash) == (scan.session_id, code.code_hash))
        if before
        else None,
        code_problem="unreadable" if scan.scan_id is None else code.problem,
        at=at and corrected(at, sent_at=sent.sent_at, received_at=sent.received_at),
        received_at=sent.received_at,
        is_clock_off=is_clock_off(sent.sent_at, sent.received_at),
        meeting=meeting,
        is_card_replaced=code.is_replaced,
        is_elsewhere=meeting is not None and _is_elsewhere(present, scan.session_id, meeting),
        is_present=scan.session_id in present,
        is_seated=(scan.session_id, resident_id) in room.seated,
    )


def _is_elsewhere(present: Mapping[int, PresentAt], session_id: int | None, meeting: Meeting) -> bool:
    here = (meeting.starts_at, meeting.ends_at)
    return any(
        other != session_id and overlap((one.starts_at, one.ends_at), here) for other, one in present.items()
    )
