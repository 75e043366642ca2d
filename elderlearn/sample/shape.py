"""Pure: how a believable year looks. All figures here are ours and invented; none is official."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

FEW, SOME, REGULAR = 0.30, 0.10, 0.235
DEFAULT_VISITS_PER_ELDER = 17  # in both years together
GROWTH = 0.88  # of this year's: what last year had in the same number of days
SPRING = 4
KEEP_THEIR_WAY, GO_ON = 0.8, 0.5
BUSIEST = 400
STREET_LIKING = (1.4, 1.1, 1.02, 0.95, 0.88, 0.78, 1.3, 0.7)


@dataclass(frozen=True)
class Span:
    """The days the sample covers, last year and this one: `today` is the last one with attendances."""

    today: date

    @property
    def years(self) -> tuple[int, int]:
        """Last year and this one."""
        return self.today.year - 1, self.today.year

    @property
    def starts_on(self) -> date:
        """The first day with attendances."""
        return date(self.years[0], 1, 1)

    @property
    def denominator_year(self) -> int:
        """The latest year that can have official figures: they come out in spring."""
        return self.today.year - (1 if self.today.month >= SPRING else 2)

    def visits_by_year(self, visits: int) -> dict[int, int]:
        """`visits` of both years together; last year had fewer in the same number of days."""
        before, now = self.years
        elapsed = self.today.timetuple().tm_yday / 365
        return dict(zip((before, now), share_out(visits, [GROWTH, elapsed]), strict=True))


def share_out(total: int, weights: Sequence[float]) -> list[int]:
    """Whole numbers in proportion to `weights` that sum to `total` exactly (largest remainders)."""
    whole = sum(weights)
    exact = [total * weight / whole for weight in weights]
    shares = [int(one) for one in exact]
    by_remainder = sorted(range(len(weights)), key=lambda i: (shares[i] - exact[i], i))
    for i in by_remainder[: total - sum(shares)]:
        shares[i] += 1
    return shares


def inclined(random: Random, people: int) -> list[float]:
    """How much each likes to learn, 0 the most."""
    return [random.random() for _ in range(people)]


def inclined_before(random: Random, now: Sequence[float]) -> list[float]:
    """The same a year earlier: most were as they are."""
    return [one if random.random() < KEEP_THEIR_WAY else random.random() for one in now]


def first_day(random: Random, year: int, today: date) -> date:
    """When somebody begins in a year: half of them went on from the year before, the others come by and by."""
    begins = date(year, 1, 1)
    if random.random() < GO_ON:
        return begins
    return begins + timedelta(days=random.randrange(max(1, (min(today, date(year, 12, 1)) - begins).days)))


def visits_wanted(random: Random, inclination: Sequence[float], visits: int, liking: Sequence[float]) -> list[int]:
    """How often each comes in a year, about `visits` in all; most come rarely or never.

    `liking` holds one factor per person: how well her street draws people.
    """
    drawn = [_kind_of_learner(one, how) for one, how in zip(inclination, liking, strict=True)]
    wanted = [{"few": random.randint(1, 5), "some": random.randint(6, 9)}.get(kind, 0) for kind in drawn]
    keen = [i for i, kind in enumerate(drawn) if kind == "regular"]
    left = visits - sum(wanted)
    if not keen or left <= 0:
        return _thinned(random, wanted, visits)
    for i, extra in zip(keen, share_out(left, [random.gammavariate(2.5, 1.0) + 0.8 for _ in keen]), strict=True):
        wanted[i] = min(extra, BUSIEST)
    return wanted


def _kind_of_learner(draw: float, liking: float) -> str:
    regular = REGULAR * liking
    if draw < regular:
        return "regular"
    if draw < regular + FEW:
        return "few"
    return "some" if draw < regular + FEW + SOME else "none"


def _thinned(random: Random, wanted: list[int], visits: int) -> list[int]:
    """Fewer visits than people who would come a little: keep a random part of them."""
    order = list(range(len(wanted)))
    random.shuffle(order)
    kept = [0] * len(wanted)
    for i in order:
        kept[i] = min(wanted[i], visits)
        visits -= kept[i]
    return kept


def weekly(first: date, last: date, weekday: int) -> list[date]:
    """Every such weekday (Monday 0) from `first` to `last`."""
    day = first + timedelta(days=(weekday - first.weekday()) % 7)
    return [day + timedelta(days=7 * week) for week in range((last - day).days // 7 + 1)]


def birth_date(random: Random, today: date) -> date:
    """Sixty and over on 31 December of this year; the younger the more of them."""
    age = 60 + min(int(random.expovariate(1 / 9.0)), 38)
    return date(today.year - age, random.randint(1, 12), random.randint(1, 28))
