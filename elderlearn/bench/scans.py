"""Scans over HTTP: one in a request, as when a hall fills, and 500, as when phones come back online."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any
from uuid import uuid4

from elderlearn.bench.hall import DISTRICT, Hall, put
from elderlearn.bench.load import Answers
from elderlearn.bench.measured import Measured, WrongAnswers, in_turns
from elderlearn.bench.people import Person, two_halves
from elderlearn.bench.web_processes import Web
from elderlearn.catalogue.courses import add_course
from elderlearn.catalogue.new_run import NewRun
from elderlearn.catalogue.runs import add_run
from elderlearn.catalogue.schedule import Times
from elderlearn.ground.actor import SYSTEM
from elderlearn.ground.clock import SHANGHAI, today
from elderlearn.ground.sql import value

BATCH = 500
MOST_PER_SECOND = 4000  # requests made ready for a second of scans one by one
BATCHES_PER_SECOND = 20
LONG = timedelta(minutes=30)
STARTS = (time(4), time(5), time(22), time(23))  # when nothing of the sample meets: nobody is elsewhere
DAYS = 24  # as many days come in their order, as days do; what is left over lies before them
RECORDED = b'"verdict":"recorded"'


@dataclass(frozen=True)
class Coming:
    """Somebody comes to a session: one scan, whichever way it is sent."""

    session_id: int
    at: str
    who: Person

    def scan(self) -> dict[str, Any]:
        """As a phone sends it."""
        return {**self._sent(), "session_id": str(self.session_id), "code": self.who.code}

    def bare(self) -> dict[str, Any]:
        """As the floor takes it."""
        return {**self._sent(), "session_id": self.session_id, "resident_id": self.who.resident_id}

    def _sent(self) -> dict[str, Any]:
        return {"scan_id": str(uuid4()), "scanned_at": self.at}


async def scan_online(hall: Hall) -> Measured:
    """One scan a request."""
    ready = int(MOST_PER_SECOND * hall.sizes.seconds)
    value, floor = await _scans(hall, batch=1, requests=ready, seconds=hall.sizes.seconds, connections=32)
    return Measured("scan_online", "scans/s", value, floor)


async def scan_batch(hall: Hall) -> Measured:
    """500 scans a request, counted as scans."""
    ready = max(4, int(BATCHES_PER_SECOND * hall.sizes.seconds))
    value, floor = await _scans(hall, batch=BATCH, requests=ready, seconds=3600, connections=8)
    return Measured("scan_batch", "scans/s", value, floor)


async def _scans(
    hall: Hall, *, batch: int, requests: int, seconds: float, connections: int
) -> tuple[float, float]:
    ours, floors = await two_halves()
    period = await value("SELECT id FROM stat_period WHERE district = (SELECT id FROM place WHERE code = $1) "
                         "AND label = $2", DISTRICT, str(today().year))  # fmt: skip

    async def product() -> float:
        coming = await _coming(hall, ours, batch * requests)
        bodies = [{"scans": [one.scan() for one in some]} for some in _in_batches(coming, batch)]
        sent = [hall.request("POST", "/api/v1/scans", body) for body in bodies]
        return await _round(hall.product, sent, coming, batch, seconds, connections, expected=(RECORDED,))

    async def floor() -> float:
        coming = await _coming(hall, floors, batch * requests)
        bodies = [{"period": period, "scans": [one.bare() for one in some]} for some in _in_batches(coming, batch)]
        sent = [hall.request("POST", "/floor/scans", body) for body in bodies]
        return await _round(hall.floor, sent, coming, batch, seconds, connections)

    return await in_turns(product, floor)


def _in_batches(coming: list[Coming], batch: int) -> list[list[Coming]]:
    return [coming[at : at + batch] for at in range(0, len(coming), batch)]


async def _round(
    web: Web,
    requests: list[bytes],
    coming: list[Coming],
    batch: int,
    seconds: float,
    connections: int,
    expected: tuple[bytes, ...] = (),
) -> float:
    """Scans in a second. Raises WrongAnswers unless every scan of every answer stands in the database."""
    found = await put(web, requests, status=200, seconds=seconds, connections=connections, expected=expected)
    _all_recorded(found, batch, expected)
    sessions = sorted({one.session_id for one in coming})
    there = await value("SELECT count(*) FROM attendance WHERE session = ANY($1::bigint[])", sessions)
    if there != found.many * batch:
        raise WrongAnswers(f"{there} attendances after {found.many * batch} scans")
    return found.per_second * batch


def _all_recorded(found: Answers, batch: int, expected: tuple[bytes, ...]) -> None:
    if expected and found.found[RECORDED] != found.many * batch:
        raise WrongAnswers(f"only {found.found[RECORDED]} of {found.many * batch} scans were recorded")


async def _coming(hall: Hall, people: list[Person], many: int) -> list[Coming]:
    """`many` different pairs of a person and a session, in new sessions of the last weeks."""
    needed = -(-many // len(people))
    times = [_times(hall.next_number()) for _ in range(needed)]
    course = await add_course(organisation_id=await _an_organisation(), title="bench", by=SYSTEM, release=True)
    new = NewRun(course_id=course, kind="lecture", entry="drop_in", sessions=tuple(times))
    made = await add_run(new, by=SYSTEM)
    pairs = [
        Coming(session, times[at].starts_at.isoformat(), one)
        for at, session in enumerate(made.session_ids)
        for one in people
    ]
    return pairs[:many]


def _times(number: int) -> Times:
    place = number // len(STARTS)
    day = today() - timedelta(days=DAYS - place if place < DAYS else place + 1)
    starts = datetime.combine(day, STARTS[number % len(STARTS)], SHANGHAI)
    return Times(starts, starts + LONG)


async def _an_organisation() -> int:
    found: int = await value("SELECT min(id) FROM organisation")
    return found
