"""Sample organisations, courses, runs and sessions: what the town could have gone to."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from random import Random

from elderlearn.ground.clock import SHANGHAI
from elderlearn.ground.pinyin import spelled
from elderlearn.ground.sql import copy_in, reserve_ids
from elderlearn.sample.shape import Span, weekly
from elderlearn.sample.town import Street
from elderlearn.sample.words import named, place_short, words

SLOTS = (time(9, 0), time(13, 30), time(15, 15), time(18, 30))
LENGTH = timedelta(minutes=90)
DROP_IN_MINUTES = 90
CLASS_SEATS = 25


@dataclass(eq=False, slots=True)
class SampleRun:
    """One run and its sessions, before it is written; `past` of them lie before today."""

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
    columns = "id district place kind name name_pinyin".split()
    await copy_in("organisation", columns, ((*one, spelled(str(one[-1]))) for one in rows))
    return by_street


def plan_runs(
    streets: list[Street],
    organisations: list[dict[str, int]],
    span: Span,
    visits: Mapping[int, int],
    random: Random,
) -> list[SampleRun]:
    """Enough of every kind for about so many `visits` in each year, street by street, and what opens next."""
    runs: list[SampleRun] = []
    for number in range(len(streets)):
        own = organisations[number]
        for year in span.years:
            per_street = visits[year] / max(1, len(streets))
            runs += _classes(number, own, span, year, max(3, round(per_street * 0.5 / 300)), random)
            runs += _gatherings(number, own, span, year, max(2, round(per_street * 0.2 / 700)), random)
            runs += _lectures(number, own, span, year, max(2, round(per_street * 0.3 / 500)), random)
        runs += _opening_soon(number, own, span, random)
    for run in runs:
        run.past = bisect_left(run.dates, span.today)
    return runs


def _classes(
    street: int, own: dict[str, int], span: Span, year: int, many: int, random: Random
) -> list[SampleRun]:
    terms = [(date(year, 3, 2), date(year, 6, 21), 0.4), (date(year, 9, 1), date(year, 12, 20), 0.6)]
    begun = [one for one in terms if one[0] < span.today]
    runs = []
    for i in range(many if begun else 0):
        title, subject = words()["courses"][(i * 5 + street) % len(words()["courses"])]
        [(first, last, _)] = random.choices(begun, [share for _, _, share in begun])
        opened = datetime.combine(first - timedelta(days=21), time(9), SHANGHAI)
        owner = own["elder_academy"] if i % 2 == 0 else own["community_school"]
        runs.append(
            SampleRun(title, subject, "class", "enrol", owner, street, random.randrange(3),
                      weekly(first, last, random.randrange(5)),
                      seats=CLASS_SEATS, window=(opened, opened + timedelta(days=30)))
        )  # fmt: skip
    return runs


def _gatherings(
    street: int, own: dict[str, int], span: Span, year: int, many: int, random: Random
) -> list[SampleRun]:
    last = min(date(year, 12, 31), span.today + timedelta(days=35))
    runs = []
    for i in range(many):
        title, subject = words()["societies"][(i + street) % len(words()["societies"])]
        days = weekly(date(year, 1, 1), last, random.randrange(7))
        runs.append(
            SampleRun(title, subject, "meeting", "members", own["society"], street, random.randrange(4), days)
        )
    return runs


def _lectures(
    street: int, own: dict[str, int], span: Span, year: int, many: int, random: Random
) -> list[SampleRun]:
    last = min(date(year, 12, 31), span.today + timedelta(days=21))
    runs = []
    for i in range(many):
        kind = "lecture" if i % 2 == 0 else "activity"
        title, subject = random.choice(words()["lectures" if kind == "lecture" else "activities"])
        days = weekly(date(year, 1, 1), last, random.randrange(7))[i % 2 :: 2]
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
