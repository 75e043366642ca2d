"""Asking for sessions: of a run, of a day for those who lead or look after a place."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from elderlearn.catalogue.sessions import FACTS, SessionFacts
from elderlearn.ground.errors import Missing
from elderlearn.ground.sql import rows, value
from elderlearn.places.inside import INSIDE

BELOW = f"""WITH RECURSIVE {INSIDE}"""


@dataclass(frozen=True)
class SessionCard:
    """A session as people read it. `number` is its place in the run, from 1, by time; called-off ones count."""

    id: int
    run_id: int
    title: str
    organisation_id: int
    organisation_name: str
    place_id: int
    place_name: str
    district_id: int
    kind: str
    entry: str
    number: int
    sessions_count: int
    starts_at: datetime
    ends_at: datetime
    on_date: date
    credited_minutes: int
    state: str
    seats: int | None
    seats_taken: int
    venue_id: int | None
    venue: str | None
    address: str | None
    teacher_id: int | None
    teacher: str | None


CARDS = """SELECT s.id, s.run AS run_id, c.title, o.id AS organisation_id, o.name AS organisation_name,
    p.id AS place_id, p.name AS place_name, s.district AS district_id, s.kind, r.entry,
    (SELECT count(*) FROM session e WHERE e.run = s.run AND (e.starts_at, e.id) <= (s.starts_at, s.id))::int
        AS number,
    r.sessions_count, s.starts_at, s.ends_at, s.on_date, s.credited_minutes, s.state, r.seats, r.seats_taken,
    v.id AS venue_id, v.name AS venue, v.address, t.id AS teacher_id, t.name AS teacher
FROM session s JOIN course_run r ON r.id = s.run JOIN course c ON c.id = r.course
JOIN organisation o ON o.id = s.organisation JOIN place p ON p.id = o.place
LEFT JOIN venue v ON v.id = s.venue LEFT JOIN teacher t ON t.id = s.teacher"""


async def sessions_of(run_id: int) -> list[SessionCard]:
    """All sessions of a run by time, called-off ones too; none for an unknown run."""
    found = await rows(f"{CARDS} WHERE s.run = $1 ORDER BY s.starts_at, s.id", run_id)
    return [SessionCard(**one) for one in found]


async def session_card(session_id: int) -> SessionCard:
    """One session. Raises Missing."""
    found = await rows(f"{CARDS} WHERE s.id = $1", session_id)
    if not found:
        raise Missing
    return SessionCard(**found[0])


async def sessions_led_by(staff_id: int, on: date) -> list[SessionCard]:
    """The sessions of that day in runs this member of staff leads, by time."""
    found = await rows(
        f"""{CARDS} WHERE s.on_date = $2 AND s.run IN (SELECT run FROM run_leader WHERE staff = $1)
        ORDER BY s.starts_at, s.id""",
        staff_id,
        on,
    )
    return [SessionCard(**one) for one in found]


async def sessions_led_between(staff_id: int, first: date, last: date) -> list[SessionCard]:
    """The same from one day to another, both included."""
    found = await rows(
        f"""{CARDS} WHERE s.on_date BETWEEN $2 AND $3 AND s.run IN (SELECT run FROM run_leader WHERE staff = $1)
        ORDER BY s.starts_at, s.id""",
        staff_id,
        first,
        last,
    )
    return [SessionCard(**one) for one in found]


async def sessions_within(place_id: int, on: date) -> list[SessionCard]:
    """The sessions of that day held by organisations in this place or below it, by time."""
    found = await rows(
        f"{BELOW} {CARDS} WHERE s.on_date = $2 AND o.place IN (SELECT id FROM inside) ORDER BY s.starts_at, s.id",
        place_id,
        on,
    )
    return [SessionCard(**one) for one in found]


async def todays_sessions(*, staff_id: int, role: str, place_id: int, on: date) -> list[SessionCard]:
    """What a member of staff looks after on a day: a leader the runs led, everybody else the place."""
    if role == "leader":
        return await sessions_led_by(staff_id, on)
    return await sessions_within(place_id, on)


async def sessions_by_id(session_ids: Collection[int]) -> dict[int, SessionFacts]:
    """The facts of these sessions; unknown ones are left out."""
    found = await rows(f"{FACTS} WHERE s.id = ANY($1::bigint[])", list(session_ids))
    return {one["id"]: SessionFacts(**one) for one in found}


async def run_of_session(session_id: int) -> int:
    """The id of the run it belongs to. Raises Missing."""
    found: int | None = await value("SELECT run FROM session WHERE id = $1", session_id)
    if found is None:
        raise Missing
    return found
