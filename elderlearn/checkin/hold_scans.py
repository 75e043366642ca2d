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
from elderlearn.people.names import masked_name


class Raced(Exception):
    """What was looked up changed before it was held: take everything back and look again."""


@dataclass(frozen=True)
class Held:
    """`meetings` by session; `codes` in the order of the scans; `people` behind each card, if one may see them,
    and their masked `names`."""

    meetings: dict[int, Meeting]
    codes: list[ReadCode]
    people: dict[int, int]
    names: dict[int, str]

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
    [named] = [one for one in found if one["cards"] is not None]
    meetings = {one["id"]: _meeting(one, by) for one in found if one["id"] is not None}
    codes = [_code(*one) for one in zip(said, named["cards"], named["replaced"], strict=True)]
    held = Held(meetings, codes, {}, {})
    yours = {session_id for session_id, one in meetings.items() if one.is_yours}
    for scan, card, resident, name in zip(scans, named["cards"], named["residents"], named["names"], strict=True):
        if resident is not None and scan.session_id in yours:
            held.people[card] = resident
            if name is not None:
                held.names[resident] = masked_name(name)
    if named["is_blank_among"]:
        await _hold_with_blank(scans, held)
    elif named["held"] < len(set(named["residents"]) - {None}):
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
    found = await rows(
        "SELECT id, name FROM resident WHERE id = ANY($1::bigint[]) AND name IS NOT NULL",
        sorted(set(held.people.values())),
    )
    held.names.update({one["id"]: masked_name(one["name"]) for one in found})


def _meeting(one: Record, by: Actor) -> Meeting:
    is_hers = by.lent is None or by.lent.session_id == one["id"]
    is_yours = by.kind == "system" or (is_hers and is_theirs(one, "scan"))
    return Meeting(one["starts_at"], one["ends_at"], one["is_called_off"], one["has_seats"], is_yours)


def _code(said: SaidCode, card: int | None, is_replaced: bool | None) -> ReadCode:
    """A genuine signature without a card, or a number nobody has, is refused like a forged one."""
    problem = said.problem or (None if card is not None else "bad_signature")
    return ReadCode(card, bool(is_replaced), problem, said.code_hash)


# One row for each session, and one with what each scan names, as lists: far fewer values to send and to read.
# The count makes PostgreSQL hold sessions first and residents after them. What is asked for stands in
# sub-selects, so that one plan serves every size of batch instead of a new one each time.
HOLD = f"""WITH meeting AS MATERIALIZED (
        SELECT s.id, s.starts_at, s.ends_at, s.state = 'called_off' AS is_called_off,
            q.entry = 'enrol' AS has_seats, {STAFF_SEES}
        FROM session s JOIN course_run q ON q.id = s.run {STAFF_OF_SESSION.format(staff="$4")}
        WHERE s.id = ANY((SELECT $1::bigint[])::bigint[]) ORDER BY s.id FOR SHARE OF s
    ), card AS MATERIALIZED (
        SELECT c.id AS card, c.state = 'replaced' AS is_replaced, c.resident, c.secret_id AS named
        FROM card c WHERE c.secret_id = ANY((SELECT $2::bytea[])::bytea[])
        UNION ALL
        SELECT c.id, c.state = 'replaced', c.resident, c.number::text::bytea
        FROM card c WHERE c.number = ANY((SELECT $3::bpchar[])::bpchar[])
        UNION ALL
        SELECT c.id, c.state = 'replaced', c.resident, c.card_key::text::bytea
        FROM card c WHERE c.card_key = ANY((SELECT $5::bpchar[])::bpchar[])
    ), held AS MATERIALIZED (
        SELECT r.id, r.name FROM resident r
        WHERE (SELECT count(*) FROM meeting) >= 0 AND NOT EXISTS (SELECT FROM card WHERE resident IS NULL)
            AND r.id = ANY(ARRAY(SELECT resident FROM card)) AND r.state <> 'merged'
        ORDER BY r.id FOR NO KEY UPDATE
    ), named AS (
        SELECT c.card, c.is_replaced, c.resident, left(h.name, 1) AS name
        FROM unnest((SELECT $2::bytea[])) WITH ORDINALITY AS n (named, place)
        LEFT JOIN card c ON c.named = n.named LEFT JOIN held h ON h.id = c.resident ORDER BY n.place)
    SELECT NULL::bigint AS id, NULL::timestamptz AS starts_at, NULL::timestamptz AS ends_at,
        NULL::boolean AS is_called_off, NULL::boolean AS has_seats, NULL AS role, NULL::boolean AS is_leader,
        NULL::boolean AS covers, array_agg(card) AS cards, array_agg(is_replaced) AS replaced,
        array_agg(resident) AS residents, array_agg(name) AS names, (SELECT count(*) FROM held) AS held,
        EXISTS (SELECT FROM card WHERE resident IS NULL) AS is_blank_among
    FROM named
    UNION ALL SELECT m.*, NULL, NULL, NULL, NULL, NULL, NULL FROM meeting m"""
