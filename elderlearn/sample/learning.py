"""Sample organisations, courses, runs and sessions: what the town could have gone to."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from random import Random

from elderlearn.ground.clock import SHANGHAI
from elderlearn.ground.sql import copy_in, reserve_ids
from elderlearn.sample.shape import Span, weekly
from elderlearn.sample.town import Street
from elderlearn.sample.words import named, place_short, words

SLOTS = (time(9, 0), time(13, 30), time(15, 15), time(18, 30))
LENGTH = timedelta(minutes=90)
DROP_IN_MINUTES = 90
CLASS_SEATS = 25


@dataclass(eq=False)
class SampleRun:
    """One run and its sessions, before it is written."""

    title: str
    subject: str
    kind: str
    entry: str
    organisation: int
    street: int
    slot: int
    dates: list[date]
    seats: int | None = None
    window: tuple[datetime, datetime] | None = None
    id: int = 0
    venue: int | None = None
    teacher: int | None = None
    session_ids: list[int] = field(default_factory=list)
    taken: list[int] = field(default_factory=list)
    waiting: list[int] = field(default_factory=list)
    past: int = 0

    def starts_at(self, day: date) -> datetime:
        """Begin of its session on that day."""
        return datetime.combine(day, SLOTS[self.slot], SHANGHAI)

    @property
    def credited(self) -> int:
        """Minutes one attendance is worth."""
        return DROP_IN_MINUTES if self.entry == "drop_in" else int(LENGTH.total_seconds() // 60)


async def copy_organisations(district: int, district_name: str, streets: list[Street]) -> list[dict[str, int]]:
    """A school, an academy and a culture hall for each street, a society, and a citizen school per community.

    Answers the organisation ids of each street by kind; a street's societies share one id here.
    """
    rows: list[tuple[object, ...]] = []
    ids = await reserve_ids("organisation", 1 + sum(4 + len(s.communities) for s in streets))
    rows.append((ids.pop(), district, district, "elder_academy", named("district_academy", place=district_name)))
    by_street = []
    for number, street in enumerate(streets):
        society = words()["societies"][number % len(words()["societies"])][0]
        kinds = {
            "elder_academy": named("academy", place=street.name),
            "community_school": named("community_school", place=street.name),
            "base": named("library", place=street.name),
            "society": named("society", place=place_short(street.name), title=society),
        }
        made = {kind: ids.pop() for kind in kinds}
        rows += [(made[kind], district, street.id, kind, name) for kind, name in kinds.items()]
        rows += [
            (ids.pop(), district, c.id, "citizen_school", named("citizen_school", place=place_short(c.name)))
            for c in street.communities
        ]
        by_street.append(made)
    await copy_in("organisation", ["id", "district", "place", "kind", "name"], rows)
    return by_street


def plan_runs(
    streets: list[Street], organisations: list[dict[str, int]], span: Span, visits: int, random: Random
) -> list[SampleRun]:
    """Enough of every kind for about `visits` attendances, street by street, and what opens next."""
    per_street = visits / max(1, len(streets))
    runs: list[SampleRun] = []
    for number in range(len(streets)):
        own = organisations[number]
        runs += _classes(number, own, span, max(3, round(per_street * 0.5 / 300)), random)
        runs += _gatherings(number, own, span, max(2, round(per_street * 0.2 / 700)), random)
        runs += _lectures(number, own, span, max(2, round(per_street * 0.3 / 500)), random)
        runs += _opening_soon(number, own, span, random)
    return runs


def _classes(street: int, own: dict[str, int], span: Span, many: int, random: Random) -> list[SampleRun]:
    runs = []
    for i in range(many):
        title, subject = words()["courses"][(i * 5 + street) % len(words()["courses"])]
        year = span.today.year
        spring = random.random() < 0.4
        first, last = (date(year, 3, 2), date(year, 6, 21)) if spring else (date(year, 9, 1), date(year, 12, 20))
        if first < span.starts_on or (not spring and span.today < first):
            first, last = date(year - 1, 9, 1), date(year - 1, 12, 20)
        days = weekly(first, last, random.randrange(5))
        opened = datetime.combine(first - timedelta(days=21), time(9), SHANGHAI)
        owner = own["elder_academy"] if i % 2 == 0 else own["community_school"]
        runs.append(
            SampleRun(title, subject, "class", "enrol", owner, street, random.randrange(3), days,
                      seats=CLASS_SEATS, window=(opened, opened + timedelta(days=30)))
        )  # fmt: skip
    return runs


def _gatherings(street: int, own: dict[str, int], span: Span, many: int, random: Random) -> list[SampleRun]:
    runs = []
    last = span.today + timedelta(days=35)
    for i in range(many):
        title, subject = words()["societies"][(i + street) % len(words()["societies"])]
        days = weekly(span.starts_on, last, random.randrange(7))
        runs.append(
            SampleRun(title, subject, "meeting", "members", own["society"], street, random.randrange(4), days)
        )
    return runs


def _lectures(street: int, own: dict[str, int], span: Span, many: int, random: Random) -> list[SampleRun]:
    runs = []
    last = span.today + timedelta(days=21)
    for i in range(many):
        kind = "lecture" if i % 2 == 0 else "activity"
        title, subject = random.choice(words()["lectures" if kind == "lecture" else "activities"])
        days = weekly(span.starts_on, last, random.randrange(7))[i % 2 :: 2]
        runs.append(SampleRun(title, subject, kind, "drop_in", own["base"], street, random.randrange(4), days))
    return runs


def _opening_soon(street: int, own: dict[str, int], span: Span, random: Random) -> list[SampleRun]:
    """Three short courses one can enrol in now; the last of them is nearly full."""
    runs = []
    opened = datetime.combine(span.today - timedelta(days=3), time(9), SHANGHAI)
    for i in range(3):
        title, subject = words()["courses"][(street * 3 + i + 4) % len(words()["courses"])]
        first = span.today + timedelta(days=10)
        days = weekly(first, first + timedelta(days=55), random.randrange(5))
        runs.append(
            SampleRun(title, subject, "class", "enrol", own["elder_academy"], street, random.randrange(3), days,
                      seats=20, window=(opened, opened + timedelta(days=20)))
        )  # fmt: skip
    return runs
