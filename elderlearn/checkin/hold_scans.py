"""The first statement of a batch of scans: hold what it is about, and see what each scan names.

Sessions are held shared, then the residents behind the cards, each in the order of their ids (see locks).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from asyncpg import Record

from elderlearn.checkin.batch import ReadCode
from elderlearn.checkin.items import RawScan
from elderlearn.checkin.reach import STAFF_OF_SESSION, STAFF_SEES, is_theirs
from elderlearn.checkin.reading import SaidCode
from elderlearn.checkin.rules import Meeting
from elderlearn.ground.actor import Actor
from elderlearn.ground.sql import rows
from elderlearn.people.cards import placeholder_for
from elderlearn.people.hold import hold_people


class Raced(Exception):
    """What was looked up changed before it was held: take everything back and look again."""


@dataclass(frozen=True)
class Held:
    """`meetings` by session; `codes` in the order of the scans; `people` behind each card, if one may see them."""

    meetings: dict[int, Meeting]
    codes: list[ReadCode]
    people: dict[int, int]

    def is_yours(self, session_id: int | None) -> bool:
        """The session is there, and whoever scans may take attendance at it."""
        found = self.meetings.get(session_id) if session_id is not None else None
        return found is not None and found.is_yours


async def hold_scans(scans: Sequence[RawScan], said: Sequence[SaidCode], *, by: Actor) -> Held:
    """In the open unit of work; nothing of these sessions and residents changes until it ends.

    A blank card scanned for the first time gets a person without a name; only for whoever may scan there.
    """
    found = await rows(
        HOLD,
        [one.session_id for one in scans],
        [one.named for one in said],
        [one.number for one in said if one.number],
        by.id if by.kind == "staff" else None,
        [one.key for one in said if one.key],
    )
    rows_of = {one["id"]: one for one in found if one["id"] is not None}
    meetings = {session_id: _meeting(one, by) for session_id, one in rows_of.items()}
    codes = [_code(code, one) for code, one in zip(said, found, strict=True)]
    held = Held(meetings, codes, {})
    for scan, one in zip(scans, found, strict=True):
        if one["resident"] is not None and held.is_yours(scan.session_id):
            held.people[one["card"]] = one["resident"]
    if found[0]["is_blank_among"]:
        await _hold_with_blank(scans, held)
    elif found[0]["held"] < len({one["resident"] for one in found} - {None}):
        raise Raced  # merged while we waited for her: her card is somebody else's now
    return held


async def _hold_with_blank(scans: Sequence[RawScan], held: Held) -> None:
    """Blank cards are held before any resident, so the first statement left the residents alone."""
    cards = {
        code.card_id
        for scan, code in zip(scans, held.codes, strict=True)
        if code.card_id is not None and held.is_yours(scan.session_id)
    }
    blank = cards - held.people.keys()
    if blank:
        held.people.update(await placeholder_for(blank))
    await hold_people(held.people.values())


def _meeting(one: Record, by: Actor) -> Meeting:
    is_hers = by.lent is None or by.lent.session_id == one["id"]
    is_yours = by.kind == "system" or (is_hers and is_theirs(one, "scan"))
    return Meeting(one["starts_at"], one["ends_at"], one["is_called_off"], one["has_seats"], is_yours)


def _code(said: SaidCode, one: Record) -> ReadCode:
    """A genuine signature without a card, or a number nobody has, is refused like a forged one."""
    return ReadCode(
        card_id=one["card"],
        is_replaced=one["card_state"] == "replaced",
        problem=said.problem or (None if one["card"] is not None else "bad_signature"),
        code_hash=said.code_hash,
    )


# One row for each scan. The count makes PostgreSQL hold sessions first and residents after them. What is asked
# for stands in sub-selects, so that one plan serves every size of batch instead of a new one each time.
HOLD = f"""WITH meeting AS MATERIALIZED (
        SELECT s.id, s.starts_at, s.ends_at, s.state = 'called_off' AS is_called_off,
            q.entry = 'enrol' AS has_seats, {STAFF_SEES}
        FROM session s JOIN course_run q ON q.id = s.run {STAFF_OF_SESSION.format(staff="$4")}
        WHERE s.id = ANY((SELECT $1::bigint[])::bigint[]) ORDER BY s.id FOR SHARE OF s
    ), card AS MATERIALIZED (
        SELECT c.id AS card, c.state AS card_state, c.resident, c.secret_id AS named
        FROM card c WHERE c.secret_id = ANY((SELECT $2::bytea[])::bytea[])
        UNION ALL
        SELECT c.id, c.state, c.resident, c.number::text::bytea
        FROM card c WHERE c.number = ANY((SELECT $3::bpchar[])::bpchar[])
        UNION ALL
        SELECT c.id, c.state, c.resident, c.card_key::text::bytea
        FROM card c WHERE c.card_key = ANY((SELECT $5::bpchar[])::bpchar[])
    ), held AS MATERIALIZED (
        SELECT r.id FROM resident r
        WHERE (SELECT count(*) FROM meeting) >= 0 AND NOT EXISTS (SELECT FROM card WHERE resident IS NULL)
            AND r.id = ANY(ARRAY(SELECT resident FROM card)) AND r.state <> 'merged'
        ORDER BY r.id FOR NO KEY UPDATE)
    SELECT m.*, c.card, c.card_state, c.resident, (SELECT count(*) FROM held) AS held,
        EXISTS (SELECT FROM card WHERE resident IS NULL) AS is_blank_among
    FROM unnest((SELECT $1::bigint[]), (SELECT $2::bytea[])) WITH ORDINALITY AS n (session, named, place)
    LEFT JOIN meeting m ON m.id = n.session LEFT JOIN card c ON c.named = n.named
    ORDER BY n.place"""
