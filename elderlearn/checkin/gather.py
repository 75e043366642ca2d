"""What the database knows about a batch of scans, asked for in a handful of queries."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from uuid import UUID

from elderlearn.checkin.batch import KnownScan, PresentAt, ReadCode, Room
from elderlearn.checkin.items import RawScan
from elderlearn.checkin.locks import lock_residents, share_sessions
from elderlearn.checkin.reach import within_reach
from elderlearn.checkin.rules import Meeting, Verdict
from elderlearn.ground.actor import Actor
from elderlearn.ground.sql import rows
from elderlearn.people.cards import placeholder_for
from elderlearn.people.names import masked_name


async def gather(scans: Sequence[RawScan], codes: Sequence[ReadCode], *, by: Actor) -> Room:
    """Hold sessions (shared), blank cards and residents, in this order, then look; in the open unit of work.

    What was committed by whoever held them before is seen, so two phones never both find nobody present.
    """
    session_ids = {one.session_id for one in scans if one.session_id is not None}
    await share_sessions(session_ids)
    meetings = await _meetings(session_ids, by)
    yours = {id for id, one in meetings.items() if one.is_yours}
    people = await _people(
        {
            code.card_id
            for scan, code in zip(scans, codes, strict=True)
            if code.card_id and scan.session_id in yours
        }
    )
    residents = sorted(set(people.values()))
    await lock_residents(residents)
    known = await _known([one.scan_id for one in scans if one.scan_id])
    return Room(
        meetings=meetings,
        people=people,
        known=known,
        names=await _names(residents + [one.resident_id for one in known.values() if one.resident_id]),
        seated=await _seated(yours, residents),
        present=await _present(yours, residents),
    )


async def _meetings(session_ids: Collection[int], by: Actor) -> dict[int, Meeting]:
    found = await rows(
        """SELECT s.id, s.starts_at, s.ends_at, s.state = 'called_off' AS is_called_off,
            r.entry = 'enrol' AS has_seats
        FROM session s JOIN course_run r ON r.id = s.run WHERE s.id = ANY($1::bigint[])""",
        sorted(session_ids),
    )
    yours = await within_reach([one["id"] for one in found], by)
    return {
        one["id"]: Meeting(
            one["starts_at"], one["ends_at"], one["is_called_off"], one["has_seats"], one["id"] in yours
        )
        for one in found
    }


async def _people(card_ids: set[int]) -> dict[int, int]:
    """A blank card scanned for the first time gets a person without a name; only for whoever may scan here."""
    found = await rows("SELECT id, resident FROM card WHERE id = ANY($1::bigint[])", sorted(card_ids))
    people = {one["id"]: one["resident"] for one in found if one["resident"] is not None}
    blank = card_ids - people.keys()
    return people | (await placeholder_for(blank) if blank else {})


async def _known(scan_ids: list[UUID]) -> dict[UUID, KnownScan]:
    found = await rows(
        """SELECT id, session, code_hash, verdict, reason, resident, attendance FROM scan
        WHERE id = ANY($1::uuid[])""",
        scan_ids,
    )
    return {
        one["id"]: KnownScan(
            one["session"],
            one["code_hash"],
            Verdict(one["verdict"], one["reason"]),
            one["resident"],
            one["attendance"],
        )
        for one in found
    }


async def _names(resident_ids: Collection[int]) -> dict[int, str]:
    found = await rows(
        "SELECT id, name FROM resident WHERE id = ANY($1::bigint[]) AND name IS NOT NULL",
        sorted(set(resident_ids)),
    )
    return {one["id"]: masked_name(one["name"]) for one in found}


async def _seated(session_ids: Collection[int], resident_ids: list[int]) -> set[tuple[int, int]]:
    found = await rows(
        """SELECT s.id AS session, e.resident FROM session s
        JOIN enrolment e ON e.run = s.run AND e.resident = ANY($2::bigint[]) AND e.state = 'seated'
        WHERE s.id = ANY($1::bigint[])""",
        sorted(session_ids),
        resident_ids,
    )
    return {(one["session"], one["resident"]) for one in found}


async def _present(session_ids: Collection[int], resident_ids: list[int]) -> dict[int, dict[int, PresentAt]]:
    """Attendances that count, at these sessions or at any that overlaps one of them.

    Asked for by date to use the index: a meeting is taken to last no longer than into the next day.
    """
    found = await rows(
        """SELECT DISTINCT a.resident, a.session, a.id, o.starts_at, o.ends_at
        FROM session s JOIN attendance a ON a.resident = ANY($2::bigint[])
            AND a.on_date BETWEEN s.on_date - 1 AND s.on_date + 1 AND a.voided_at IS NULL AND a.is_held
        JOIN session o ON o.id = a.session AND o.starts_at < s.ends_at AND s.starts_at < o.ends_at
        WHERE s.id = ANY($1::bigint[])""",
        sorted(session_ids),
        resident_ids,
    )
    present: defaultdict[int, dict[int, PresentAt]] = defaultdict(dict)
    for one in found:
        present[one["resident"]][one["session"]] = PresentAt(one["starts_at"], one["ends_at"], one["id"])
    return dict(present)
