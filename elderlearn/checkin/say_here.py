"""She stands in the hall and says so on her own phone: a scan like every other, of herself and nobody else."""

from __future__ import annotations

import hashlib
from uuid import UUID, uuid5

from asyncpg import Record

from elderlearn.checkin.batch import Batch, Judged, ReadCode, Sent
from elderlearn.checkin.claim import Claim
from elderlearn.checkin.items import RawScan
from elderlearn.checkin.keep_scans import keep_scans
from elderlearn.checkin.locks import share_sessions
from elderlearn.checkin.rules import Facts, Known, Meeting, Verdict, judge
from elderlearn.ground.actor import Actor
from elderlearn.ground.clock import now
from elderlearn.ground.errors import Missing, Refusal, Stale
from elderlearn.ground.sql import row
from elderlearn.ground.unit_of_work import unit_of_work
from elderlearn.people.hold import hold_people

METHOD = "venue"


async def say_here(claim: Claim, *, by: Actor) -> Verdict:
    """The verdict a scan of her card would get; a claim is used once by each person, however often she presses.

    By a printed code nobody is recorded: flagged `printed_code`, counting nothing until a leader agrees. What
    already waits for a human is not kept twice. Raises Missing for whoever is no resident (any more), or when the
    session is not there, Refusal('claim_over') after five minutes.
    """
    if by.kind != "resident" or by.id is None:
        raise Missing
    if claim.is_over(now()):
        raise Refusal("claim_over")
    async with unit_of_work():
        await share_sessions([claim.session_id])
        await hold_people([by.id])
        found = await row(LOOK, scan_of(claim, by.id), claim.session_id, by.id)
        if found is None:
            raise Missing
        verdict = judge_claim(_facts(claim, found), is_printed=claim.is_printed)
        is_new = found["verdict"] is None and not (
            verdict.verdict == "flagged" and verdict.reason in found["waits"]
        )
        if is_new:
            await _keep(claim, verdict, found["attendance"], by=by)
        return verdict


def judge_claim(facts: Facts, *, is_printed: bool) -> Verdict:
    """As of every scan; but what a printed code would record waits for a human instead."""
    verdict = judge(facts)
    return Verdict("flagged", "printed_code") if is_printed and verdict.verdict == "recorded" else verdict


def scan_of(claim: Claim, resident_id: int) -> UUID:
    """The id of her scan: pressed twice, in two pages or by two persons of one phone, it is one for each."""
    return uuid5(claim.id, str(resident_id))


def _facts(claim: Claim, found: Record) -> Facts:
    first = Verdict(found["verdict"], found["reason"]) if found["verdict"] else None
    return Facts(
        known=Known(first, is_same=True) if first else None,
        code_problem=None,
        at=claim.scanned_at,
        received_at=now(),
        is_clock_off=False,
        meeting=Meeting(found["starts_at"], found["ends_at"], found["is_called_off"], found["has_seats"], True),
        is_elsewhere=found["is_elsewhere"],
        is_present=found["attendance"] is not None,
        is_seated=found["is_seated"],
    )


async def _keep(claim: Claim, verdict: Verdict, attendance_id: int | None, *, by: Actor) -> None:
    assert by.id is not None
    scan_id, moment = scan_of(claim, by.id), now()
    scan = RawScan(str(scan_id), scan_id, claim.session_id, "", claim.scanned_at, method=METHOD)
    code = ReadCode(None, False, None, hashlib.sha256(claim.id.bytes).digest())
    there = attendance_id if verdict.verdict == "already_present" else None
    judged = Judged(verdict, by.id, claim.scanned_at, True, there)
    if await keep_scans(Batch([scan], [code], [Sent(moment)]), [judged], by=by) is None:
        raise Stale


# Present: attendances that count, here or at a meeting at the same time, as for every scan (`gather`).
LOOK = """SELECT s.starts_at, s.ends_at, s.state = 'called_off' AS is_called_off, q.entry = 'enrol' AS has_seats,
        k.verdict, k.reason, here.id AS attendance,
        EXISTS (SELECT FROM enrolment e
            WHERE e.run = s.run AND e.resident = $3 AND e.state = 'seated') AS is_seated,
        EXISTS (SELECT FROM attendance a JOIN session o ON o.id = a.session
            WHERE a.resident = $3 AND a.session <> s.id AND a.on_date BETWEEN s.on_date - 1 AND s.on_date + 1
                AND a.voided_at IS NULL AND a.is_held AND o.starts_at < s.ends_at AND s.starts_at < o.ends_at
            ) AS is_elsewhere,
        ARRAY(SELECT f.reason::text FROM scan f
            WHERE f.session = s.id AND f.resident = $3 AND f.verdict = 'flagged'
            AND NOT EXISTS (SELECT FROM scan_resolution d WHERE d.scan = f.id AND d.undone_at IS NULL)) AS waits
    FROM session s JOIN course_run q ON q.id = s.run JOIN resident who ON who.id = $3 AND who.state <> 'merged'
    LEFT JOIN scan k ON k.id = $1
    LEFT JOIN attendance here ON here.session = s.id AND here.resident = $3 AND here.voided_at IS NULL
        AND here.is_held
    WHERE s.id = $2"""
