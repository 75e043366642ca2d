"""What a merge would change, looked at before it happens; and merges that can still be undone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from elderlearn.ground.clock import now, today
from elderlearn.ground.errors import Missing
from elderlearn.ground.sql import row, rows
from elderlearn.stewardship.candidates import compared_row
from elderlearn.stewardship.one_person import Row, Speaks, compare

MOST = 5  # examples shown
DONE = """SELECT m.id, m.kept, m.gone, k.name AS kept_name, g.name AS gone_name, m.how, m.reason, m.at,
    s.name AS by_name, m.undo_until, m.undone_at, m.undo_reason
    FROM merge m JOIN resident k ON k.id = m.kept JOIN resident g ON g.id = m.gone
    LEFT JOIN staff s ON s.id = m.by_staff"""
# Both at one session, or at two that overlap.
MET = """FROM attendance a JOIN session s ON s.id = a.session JOIN attendance b ON b.on_date = a.on_date
    JOIN session t ON t.id = b.session"""
MET_WHERE = """WHERE a.resident = $1 AND b.resident = $2 AND a.voided_at IS NULL AND b.voided_at IS NULL
    AND a.is_held AND b.is_held AND s.starts_at < t.ends_at AND t.starts_at < s.ends_at"""


@dataclass(frozen=True)
class Side:
    """One of the two. `number` is her card's; `year_days` are those of this year."""

    row: Row
    registered_on: datetime
    verified: str
    number: str | None
    visits: int
    year_days: int
    seats: int
    last_on: date | None


@dataclass(frozen=True)
class Meeting:
    """Where both came: one session, or two at the same time in two places."""

    on_date: date
    title: str
    other_title: str
    minutes_apart: int


@dataclass(frozen=True)
class Preview:
    """`together`: sessions both came to, one of each pair would count. `apart`: meetings at the same time in two
    places, which one person cannot have attended. `seats_doubled`: runs in which both hold a seat or wait."""

    one: Side
    other: Side
    signs: dict[str, Speaks]
    together: int
    apart: int
    examples: tuple[Meeting, ...]
    seats_doubled: int
    days_after: int


@dataclass(frozen=True)
class Done:
    """A merge of the last month."""

    id: int
    kept: int
    gone: int
    kept_name: str
    gone_name: str
    how: str
    reason: str
    at: datetime
    by_name: str | None
    undo_until: datetime
    undone_at: datetime | None
    undo_reason: str


async def would_merge(one_id: int, other_id: int) -> Preview:
    """Raises Missing when one of them is not on the register."""
    one, other = await _side(one_id), await _side(other_id)
    met: Any = await row(
        f"""SELECT count(*) FILTER (WHERE a.session = b.session) AS together,
            count(*) FILTER (WHERE a.session <> b.session) AS apart {MET} {MET_WHERE}""",
        one_id,
        other_id,
    )
    doubled: Any = await row(
        """SELECT count(*) AS n FROM enrolment a JOIN enrolment b ON b.run = a.run
        WHERE a.resident = $1 AND b.resident = $2 AND a.state IN ('seated', 'offered', 'waiting', 'in_draw')
            AND b.state IN ('seated', 'offered', 'waiting', 'in_draw')""",
        one_id,
        other_id,
    )
    days: Any = await row(
        """SELECT count(DISTINCT on_date) AS n FROM attended_day
        WHERE resident = ANY($1::bigint[]) AND on_date >= $2""",
        [one_id, other_id],
        date(today().year, 1, 1),
    )
    examples = await _examples(one_id, other_id)
    signs = compare(one.row, other.row)
    return Preview(one, other, signs, met["together"], met["apart"], examples, doubled["n"], days["n"])


async def merges_of(district_id: int, place_id: int, *, limit: int = 20, offset: int = 0) -> list[Done]:
    """The newest first, of people within the place; one more than `limit` when there are more."""
    found = await rows(
        f"""{DONE} WHERE m.district = $1 AND ($2 = $1 OR k.place IS NULL
            OR k.place IN (SELECT id FROM place WHERE $2 IN (id, parent)))
        ORDER BY m.at DESC, m.id DESC LIMIT $3 OFFSET $4""",
        district_id,
        place_id,
        limit + 1,
        offset,
    )
    return [Done(**one) for one in found]


async def merge_of(merge_id: int) -> Done:
    """Raises Missing."""
    found = await row(f"{DONE} WHERE m.id = $1", merge_id)
    if found is None:
        raise Missing
    return Done(**found)


def may_undo(done: Done) -> bool:
    """For 30 days, once."""
    return done.undone_at is None and done.undo_until > now()


async def merged_into(resident_id: int) -> int | None:
    """Who somebody merged is now, also over several merges; none for anybody else."""
    found = await rows(
        """WITH RECURSIVE way AS (
            SELECT id, merged_into FROM resident WHERE id = $1
            UNION SELECT r.id, r.merged_into FROM resident r JOIN way w ON r.id = w.merged_into)
        SELECT id FROM way WHERE merged_into IS NULL AND id <> $1""",
        resident_id,
    )
    return found[0]["id"] if found else None


async def _side(resident_id: int) -> Side:
    compared = await compared_row(resident_id)
    found: Any = await row(
        """SELECT r.registered_at, r.verified, (SELECT number FROM card c WHERE c.resident = r.id
                AND c.state = 'active') AS number,
            (SELECT count(*) FROM attendance a WHERE a.resident = r.id AND a.voided_at IS NULL)::int AS visits,
            (SELECT count(DISTINCT on_date) FROM attended_day d WHERE d.resident = r.id
                AND d.on_date >= $2)::int AS year_days,
            (SELECT count(*) FROM enrolment e WHERE e.resident = r.id AND e.state = 'seated')::int AS seats,
            (SELECT max(on_date) FROM attended_day d WHERE d.resident = r.id) AS last_on
        FROM resident r WHERE r.id = $1""",
        resident_id,
        date(today().year, 1, 1),
    )
    return Side(
        compared, found["registered_at"], found["verified"], found["number"], found["visits"],
        found["year_days"], found["seats"], found["last_on"],
    )  # fmt: skip


async def _examples(one_id: int, other_id: int) -> tuple[Meeting, ...]:
    """Those in two places first."""
    found = await rows(
        f"""SELECT a.on_date, c.title, d.title AS other_title,
            abs(extract(epoch FROM a.attended_at - b.attended_at) / 60)::int AS minutes_apart
        {MET} JOIN course_run q ON q.id = a.run JOIN course c ON c.id = q.course
        JOIN course_run p ON p.id = b.run JOIN course d ON d.id = p.course {MET_WHERE}
        ORDER BY a.session = b.session, a.on_date DESC LIMIT $3""",
        one_id,
        other_id,
        MOST,
    )
    return tuple(Meeting(**one) for one in found)
