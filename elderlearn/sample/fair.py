"""Fair enrolment to look at: a run with rounds, one that keeps seats, one with a line and offers, and a carer.

Only in a demo: these go through the verbs, which tell people, and a demo sends nothing.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from elderlearn.catalogue.courses import add_course
from elderlearn.catalogue.new_run import NewRun
from elderlearn.catalogue.rounds import Round, some_first
from elderlearn.catalogue.runs import add_run
from elderlearn.catalogue.schedule import Times
from elderlearn.enrolment.enrol import enrol
from elderlearn.enrolment.plan_run import plan_run
from elderlearn.enrolment.set_line import set_line
from elderlearn.enrolment.shares import WantedShare
from elderlearn.enrolment.withdraw import withdraw
from elderlearn.ground.actor import Actor
from elderlearn.ground.clock import local
from elderlearn.ground.sql import rows, value
from elderlearn.people.care.confirm_care import confirm_at_desk
from elderlearn.sample.words import words

DAY = timedelta(days=1)
STREET = "330113002000"
# At home in the street, with nothing to come that could be in the way; those without a telephone first.
ELDERS = """SELECT r.id FROM resident r JOIN place c ON c.id = r.place JOIN place p ON p.id = c.parent
    WHERE p.code = $1 AND r.state = 'active' AND r.born_on < '1960-01-01' AND r.name IS NOT NULL
        AND NOT EXISTS (SELECT FROM enrolment e JOIN course_run q ON q.id = e.run
            WHERE e.resident = r.id AND e.state = 'seated' AND q.ends_at > now())
    ORDER BY r.phone_hash IS NOT NULL, r.id LIMIT 4"""
# Nobody else has her telephone.
CARER = """SELECT r.id FROM resident r JOIN place c ON c.id = r.place JOIN place p ON p.id = c.parent
    WHERE p.code = $1 AND r.state = 'active' AND r.name IS NOT NULL AND r.phone_hash IS NOT NULL
        AND r.id <> ALL ($2::bigint[])
        AND (SELECT count(*) FROM resident o WHERE o.phone_hash = r.phone_hash) = 1 ORDER BY r.id DESC LIMIT 1"""


async def add_fair_ways(moment: datetime, *, by: Actor) -> None:
    """Three runs of the academy of the sample's street; in a very small sample less."""
    academy = await value(
        """SELECT o.id FROM organisation o JOIN place p ON p.id = o.place
        WHERE p.code = $1 AND o.kind = 'elder_academy' ORDER BY o.id LIMIT 1""",
        STREET,
    )
    opened, everyone_at = _at_nine(moment - DAY), _at_nine(moment + 2 * DAY)
    new = [await _new(academy, no, moment, by) for no in range(3)]
    rounds = some_first("returning", opened, everyone_at, _closes(moment))
    await add_run(_with(new[0], opened, moment, seats=20, rounds=rounds), by=by)
    shares = [WantedShare(one, seats, everyone_at) for one, seats in (("newcomers", 6), ("desk", 4))]
    shares.append(WantedShare("own_village", 3, everyone_at))
    await plan_run(_with(new[1], opened, moment, seats=20), shares, by=by)
    line = (await add_run(_with(new[2], opened, moment, seats=2), by=by)).run_id
    await set_line(line, "offer", by=by)
    await _fill(line, by)


async def carer_of_sample() -> bytes | None:
    """The telephone, encrypted, of the carer a visitor of the demo can be; none in a very small sample."""
    phone: bytes | None = await value(
        """SELECT c.phone_cipher FROM carer_link l JOIN resident c ON c.id = l.carer
        WHERE l.state = 'active' AND c.phone_cipher IS NOT NULL ORDER BY l.id LIMIT 1"""
    )
    return phone


async def _new(academy: int, number: int, moment: datetime, by: Actor) -> tuple[int, tuple[Times, ...]]:
    """A course, and its weekly hours from in a week on, before those of the sample's other courses."""
    course = await add_course(organisation_id=academy, title=words()["fair"][number], by=by, release=True)
    first = _at_nine(moment + 8 * DAY) + timedelta(hours=2 * number)
    weekly = (first + timedelta(weeks=week) for week in range(6))
    return course, tuple(Times(one, one + timedelta(minutes=90)) for one in weekly)


def _with(
    new: tuple[int, tuple[Times, ...]],
    opened: datetime,
    moment: datetime,
    *,
    seats: int,
    rounds: tuple[Round, ...] = (),
) -> NewRun:
    course, sessions = new
    closes_at = _closes(moment)
    return NewRun(course, sessions, seats=seats, opens_at=opened, closes_at=closes_at, min_age=60, rounds=rounds)


async def _fill(run_id: int, by: Actor) -> None:
    """Two seats, one given back: an elder without a telephone is asked, whose carer has one; another waits."""
    elders = [one["id"] for one in await rows(ELDERS, STREET)][::-1]
    carer = await value(CARER, STREET, elders)
    if len(elders) < 4 or carer is None:
        return
    await confirm_at_desk(elders[2], carer, by=by)
    first = await enrol(run_id, elders[0], "window", by=by)
    for one, channel in zip(elders[1:], ("phone", "carer", "paper"), strict=True):
        await enrol(run_id, one, channel, by=by)
    await withdraw(first.enrolment_id, by=by)


def _closes(moment: datetime) -> datetime:
    return _at_nine(moment + 6 * DAY) + timedelta(hours=8)


def _at_nine(moment: datetime) -> datetime:
    return local(moment).replace(hour=9, minute=0, second=0, microsecond=0)
