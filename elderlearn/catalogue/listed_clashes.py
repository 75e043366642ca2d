"""Runs of a list that would be in one room, or with one teacher, at the same time as something else."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime

from elderlearn.catalogue.schedule import Times
from elderlearn.ground.clock import SHANGHAI
from elderlearn.ground.sql import rows

Thing = tuple[str, int]  # venue or teacher, and its id


@dataclass(frozen=True)
class Taken:
    """This session cannot be: `which` of venue and teacher is taken then, and by what."""

    starts_at: datetime
    which: str
    by: str


class Calendar:
    """When rooms and teachers are taken, on file and by what was added since."""

    def __init__(self) -> None:
        self._taken: defaultdict[tuple[Thing, date], list[tuple[Times, str]]] = defaultdict(list)

    def add(self, things: Iterable[Thing], sessions: Iterable[Times], title: str) -> None:
        """From now on taken then."""
        held = list(sessions)
        for thing in things:
            for one in held:
                self._taken[thing, one.on_date].append((one, title))

    def clashes(self, things: Iterable[Thing], sessions: Collection[Times]) -> list[Taken]:
        """What is taken already; one that begins when the other ends is fine."""
        return [
            Taken(one.starts_at, thing[0], f"{other.starts_at.astimezone(SHANGHAI):%Y-%m-%d %H:%M} {title}")
            for thing in things
            for one in sessions
            for other, title in self._taken.get((thing, one.on_date), ())
            if one.starts_at < other.ends_at and other.starts_at < one.ends_at
        ]


async def calendar(things: Collection[Thing], since: date, until: date) -> Calendar:
    """What is planned on file in those days; called off sessions take nothing."""
    known = Calendar()
    by_kind = [sorted({id for kind, id in things if kind == which}) for which in ("venue", "teacher")]
    if not things:
        return known
    found = await rows(
        """SELECT s.venue, s.teacher, s.starts_at, s.ends_at, c.title FROM session s
        JOIN course_run r ON r.id = s.run JOIN course c ON c.id = r.course
        WHERE (s.venue = ANY($1::bigint[]) OR s.teacher = ANY($2::bigint[])) AND s.state = 'planned'
            AND s.on_date BETWEEN $3 AND $4""",
        *by_kind,
        since,
        until,
    )
    for one in found:
        taken = [(kind, one[kind]) for kind in ("venue", "teacher") if one[kind] is not None]
        known.add(taken, [Times(one["starts_at"], one["ends_at"])], one["title"])
    return known
