"""A hall to check in at: a leader with meetings, people with cards, scans as a phone sends them.

hall = await a_hall()
[verdict] = await hall.scan(hall.anna)
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import uuid4

from elderlearn.checkin.items import RawScan, read_item
from elderlearn.checkin.receive import ScanVerdict, receive
from elderlearn.ground.actor import Actor
from elderlearn.ground.clock import SHANGHAI, now
from elderlearn.ground.sql import rows, value
from elderlearn.people.register import Registered
from tests import people_standing as standing
from tests.catalogue.runs_standing import HOUR, Times, a_course, open_run
from tests.people_standing import CLI, Places, StandingStaff

TEN = datetime(2025, 3, 4, 10, tzinfo=SHANGHAI)  # a Tuesday


@dataclass
class Hall:
    """`session_ids` of a drop-in run whose meetings are two hours long, weekly from `TEN`."""

    places: Places
    leader: StandingStaff
    course_id: int
    run_id: int
    session_ids: tuple[int, ...]
    anna: Registered
    bao: Registered
    starts: dict[int, datetime] = field(default_factory=dict)

    @property
    def by(self) -> Actor:
        return self.leader.by("leader")

    def item(self, who: Registered | str, session_id: int | None = None, **changes: object) -> RawScan:
        """A scan a quarter of an hour after the meeting began."""
        meeting = session_id or self.session_ids[0]
        at = self.starts.get(meeting, TEN) + timedelta(minutes=15)
        sent = {
            "scan_id": str(uuid4()),
            "session_id": str(meeting),
            "code": who if isinstance(who, str) else who.card_code,
            "scanned_at": at.isoformat(),
        }
        return read_item(sent | changes)

    async def scan(self, who: Registered | str, session_id: int | None = None, **changes: object) -> ScanVerdict:
        [verdict] = await receive([self.item(who, session_id, **changes)], by=self.by)
        return verdict

    async def run(
        self, first: datetime, count: int = 1, *, length: timedelta = 2 * HOUR, **changes: object
    ) -> tuple[int, ...]:
        """Session ids of one more run of the leader's, drop-in unless `changes` say otherwise."""
        times = tuple(
            Times(first + timedelta(days=7 * no), first + timedelta(days=7 * no) + length) for no in range(count)
        )
        asked = {
            "entry": "drop_in",
            "leaders": (self.leader.id,),
            "sessions": times,
            "credited_minutes": 120,
        } | changes
        added = await open_run(self.course_id, **asked)
        self.starts |= dict(zip(added.session_ids, (one.starts_at for one in times), strict=True))
        return added.session_ids


async def a_hall(count: int = 2) -> Hall:
    """In the first community; Anna lives there, Bao in the other street."""
    places = await standing.place_tree()
    leader = await standing.leader(places.community)
    course_id = await a_course(places.community)
    hall = Hall(
        places, leader, course_id, 0, (),
        await standing.resident(places.community, name="安娜"), await standing.neighbour(places),
    )  # fmt: skip
    hall.session_ids = await hall.run(TEN, count)
    hall.run_id = await value("SELECT run FROM session WHERE id = $1", hall.session_ids[0])
    return hall


async def call_off(session_id: int) -> None:
    """Behind everybody's back, for tests of what then holds."""
    await rows("UPDATE session SET state = 'called_off' WHERE id = $1", session_id)


async def attendances() -> list[tuple[int, int]]:
    """(session, resident) of all that count."""
    found = await rows(
        "SELECT session, resident FROM attendance WHERE voided_at IS NULL AND is_held ORDER BY 1, 2"
    )
    return [(one["session"], one["resident"]) for one in found]


__all__ = ["CLI", "TEN", "Hall", "a_hall", "attendances", "call_off", "now"]
