"""The waiting line: who is next, and seating them, or offering them the seat."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from elderlearn.enrolment.audience import FITS_IN_LINE, HAS_SHARE_LEFT, left_of
from elderlearn.enrolment.enrolled_period import open_periods, resum
from elderlearn.enrolment.facts import IN_TERM, NEXT_MEETING, OVERLAPS, run_facts
from elderlearn.enrolment.hold import HeldRun, Moved, hold, until_still
from elderlearn.enrolment.let_fall_back import let_fall_back
from elderlearn.enrolment.next_seats import Chosen, put
from elderlearn.enrolment.offers import offer_until
from elderlearn.enrolment.rules import Held, may_be_seated
from elderlearn.enrolment.shares import Free
from elderlearn.ground import trail
from elderlearn.ground.actor import SYSTEM, Actor
from elderlearn.ground.clock import now
from elderlearn.ground.sql import row, rows
from elderlearn.ground.unit_of_work import unit_of_work
from elderlearn.people.care.tell import Message, tell_many

# $1 run, $2 how many, $3 whether seats of the pool are free. Those who died or were merged meanwhile are nobody
# to seat. With {fits}: only people with a seat left in their share, and which shares are theirs.
CANDIDATES = f"""SELECT w.id, w.resident, who.state IN ('active', 'left') AS is_there,
    who.district AS district_id, who.phone_cipher, coalesce(who.language, 'zh_CN') AS language,
    CASE WHEN t.limit_per_person IS NULL THEN 0 ELSE {IN_TERM} END AS in_term, {OVERLAPS} AS overlaps,
    w.fits, w.together
FROM (SELECT w.id, w.run, w.resident, w.line_no, w.together, {{fits}} AS fits FROM enrolment w {{joins}}
    WHERE w.run = $1 AND w.state = 'waiting' AND {{only}} ORDER BY w.line_no LIMIT $2) AS w
JOIN course_run r ON r.id = w.run LEFT JOIN term t ON t.id = r.term JOIN resident who ON who.id = w.resident
ORDER BY w.line_no"""
IN_THE_POOL = CANDIDATES.format(fits="NULL::text[]", joins="", only="true")
AMONG_SHARES = CANDIDATES.format(
    fits=FITS_IN_LINE,
    joins="JOIN course_run r ON r.id = w.run JOIN resident who ON who.id = w.resident",
    only=f"($3::boolean OR {HAS_SHARE_LEFT})",
)


async def serve_line(run_id: int, *, by: Actor = SYSTEM) -> int:
    """Seat those who wait, in their order, while seats are free; how many. Raises Missing, Stale."""

    async def work(ahead: int) -> int:
        async with unit_of_work():
            return await seat_next(await hold(run_id, ahead=ahead), ahead=ahead, by=by)

    return await until_still(work)


async def runs_to_serve(resident_id: int | None = None) -> list[int]:
    """Runs with a free seat and a line: of somebody who just gave a seat back, or all (for a job), then also
    those with a share that falls back."""
    found = await rows(
        """SELECT r.id FROM course_run r WHERE r.waiting > 0 AND r.seats_taken < r.seats
        AND ($1::bigint IS NULL OR r.id IN (
            SELECT run FROM enrolment WHERE resident = $1 AND state = 'waiting'))
        UNION SELECT run FROM seat_share
        WHERE $1::bigint IS NULL AND NOT has_fallen_back AND falls_back_at <= $2 ORDER BY id""",
        resident_id,
        now(),
    )
    return [one["id"] for one in found]


async def seat_next(held: HeldRun, *, ahead: int, by: Actor) -> int:
    """Seat the next in line while seats are free, or offer them, and tell them; how many. Inside the unit of
    work that holds the run.

    Each gets a seat of her own share first, then of the pool. Whoever has got another seat at the same time, or
    as many as the term allows, or fits none of the free seats, keeps the place in line and the one behind is
    looked at; so do two who asked as one, while there are no seats for both. A run that is over and closed seats
    nobody, nor a line that is void. Raises Moved.
    """
    run = await _run(held.id)
    if run["reserved"] and await let_fall_back(held.id, now()):
        run = await _run(held.id)
    free = Free(run["seats"] - run["seats_taken"] - run["reserved"])
    if run["reserved"]:
        free = Free(free.pool, await left_of(held.id))
    if not free.any() or run["waiting"] == 0 or run["is_over"] or run["line_is_over"]:
        return 0
    pool = (free.pool > 0,) if run["reserved"] else ()
    waiting = await rows(AMONG_SHARES if pool else IN_THE_POOL, held.id, ahead, *pool)
    chosen = _chosen(waiting, run, held, free)
    if free.any() and len(waiting) == ahead < run["waiting"]:
        raise Moved
    await _give(chosen, run, by)
    return len(chosen)


async def _run(run_id: int) -> Any:
    """Read again: the verb may have freed a seat since the run was held."""
    return await row(
        f"""SELECT r.id, r.district AS district_id, c.title, r.entry, r.allocation, true AS is_released,
            r.opens_at, r.closes_at, r.min_age, r.max_age, r.places, t.limit_per_person, r.first_on, r.last_on,
            coalesce(r.seats, 0) AS seats, r.seats_taken, r.reserved, r.waiting, {NEXT_MEETING} AS when,
            r.line_mode, r.offer_hours, coalesce(r.line_ends_at <= moment.at, false) AS line_is_over,
            (SELECT min(s.starts_at) FROM session s WHERE s.run = r.id AND s.state = 'planned') AS starts_at,
            r.closes_at <= moment.at AND r.ends_at <= moment.at AS is_over
        FROM course_run r JOIN course c ON c.id = r.course LEFT JOIN term t ON t.id = r.term
        CROSS JOIN (SELECT $2::timestamptz AS at) AS moment WHERE r.id = $1""",
        run_id,
        now(),
    )


def _chosen(waiting: Sequence[Any], run: Any, held: HeldRun, free: Free) -> list[Chosen]:
    facts, chosen = run_facts(run), list[Chosen]()
    for group in _groups(waiting):
        if not free.any():
            break
        if any(one["resident"] not in held.residents for one in group):
            raise Moved
        may = all(one["is_there"] and may_be_seated(facts, Held(one["in_term"], one["overlaps"])) for one in group)
        seats = free.take_for([one["fits"] or () for one in group]) if may else None
        if seats is not None:
            chosen += [Chosen(one, seat) for one, seat in zip(group, seats, strict=True)]
    return chosen


def _groups(waiting: Sequence[Any]) -> list[list[Any]]:
    """One by one; two who asked as one together, in the place of the first. Where one of them is not among these,
    there is no seat for her now, so none for the other."""
    groups: dict[object, list[Any]] = {}
    for one in waiting:
        groups.setdefault(one["together"] or ("alone", one["id"]), []).append(one)
    return [group for group in groups.values() if len(group) == 2 or group[0]["together"] is None]


async def _give(chosen: Sequence[Chosen], run: Any, by: Actor) -> None:
    """The seats, or the offers; the sums of the year, the trail and the notices in the same unit of work."""
    if not chosen:
        return
    at, people = now(), [one.who for one in chosen]
    until = offer_until(at, run["offer_hours"], run["starts_at"]) if run["line_mode"] == "offer" else None
    await put(run["id"], chosen, until=until, at=at)
    if until is None:
        homes = {one["district_id"] for one in people}
        await open_periods(homes, run["district_id"], run["first_on"], run["last_on"])
        await resum([one["resident"] for one in people])
    await trail.note_many(
        "promote" if until is None else "offer",
        by=by,
        subject="enrolment",
        changes=[
            (one.who["id"], {"run": run["id"], "resident": one.who["resident"]} | _with(one, until))
            for one in chosen
        ],
        district=run["district_id"],
    )
    await tell_many([_message(one, run, until) for one in people])


def _with(one: Chosen, until: datetime | None) -> dict[str, object]:
    share = {"share": one.seat.audience} if one.seat.audience else {}
    return share | ({"until": until} if until else {})


def _message(one: Any, run: Any, until: datetime | None) -> Message:
    return Message(
        kind="promoted" if until is None else "offered",
        values={"title": run["title"], "when": run["when"] if until is None else until},
        resident_id=one["resident"],
        district=run["district_id"],
        address_cipher=one["phone_cipher"],
        language=one["language"],
    )
