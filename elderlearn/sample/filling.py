"""Draws who came to what, person by person, and copies it in while it is drawn."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from random import Random

from elderlearn.checkin.load import Head, head, load_attendances
from elderlearn.ground.actor import Actor
from elderlearn.sample.attending import Town
from elderlearn.sample.learning import SampleRun
from elderlearn.sample.progress import Progress
from elderlearn.sample.residents import SamplePerson
from elderlearn.sample.shape import Span, first_day, inclined, inclined_before, visits_wanted
from elderlearn.sample.town import Street

# Nine in ten by scan: hand ticks and paper exist, and their share is shown in reports.
SOURCES, SHARES = ("scan", "tick", "paper"), (90, 5, 5)
DOORS_OPEN = timedelta(minutes=20)  # before a session begins; people come within half an hour
ARRIVING = 1800  # seconds
MORE_AT_ONCE = 4  # whoever comes often takes over what others found no room for, a quarter more at most


async def fill(
    district: int,
    streets: list[Street],
    people: list[SamplePerson],
    runs: list[SampleRun],
    visits: Mapping[int, int],
    span: Span,
    *,
    random: Random,
    by: Actor,
    moment: datetime,
    progress: Progress,
) -> int:
    """About `visits` attendances of each year; answers how many there are."""
    liking = [streets[one.street].liking if one.street is not None else 1.0 for one in people]
    before, now = span.years
    inclination = inclined(random, len(people))
    wanted = [
        visits_wanted(random, inclined_before(random, inclination), visits[before], liking),
        visits_wanted(random, inclination, visits[now], liking),
    ]
    towns = [Town([run for run in runs if run.past and run.dates[0].year == year], random) for year in span.years]
    drawn = _drawn(people, towns, wanted, Heads(district, random), span, random)
    with progress.bar(sum(visits.values()), "attendances") as tell:
        return await load_attendances(drawn, by=by, recorded_at=moment, tell=tell)


class Heads:
    """What the attendances of a session share, made when the first of them is drawn."""

    def __init__(self, district: int, random: Random) -> None:
        self.district, self.random = district, random
        self.made: dict[int, Head] = {}

    def of(self, run: SampleRun, index: int) -> Head:
        """Of one session of this run."""
        id = run.session_ids[index]
        found = self.made.get(id)
        if found is None:
            day = run.dates[index]
            found = self.made[id] = head(
                id, run.id, run.organisation, self.district, kind=run.kind, on_date=day, minutes=run.credited,
                source=self.random.choices(SOURCES, SHARES)[0], opens_at=run.starts_at(day) - DOORS_OPEN,
            )  # fmt: skip
        return found


def _drawn(
    people: Sequence[SamplePerson],
    towns: Sequence[Town],
    wanted: Sequence[Sequence[int]],
    heads: Heads,
    span: Span,
    random: Random,
) -> Iterator[tuple[int, list[tuple[Head, int]]]]:
    late, missing = random.random, [0] * len(towns)
    for number, person in enumerate(people):
        busy: set[int] = set()
        came: list[tuple[Head, int]] = []
        for year, town in enumerate(towns):
            least = wanted[year][number]
            many = least + min(missing[year], least // MORE_AT_ONCE)
            before = len(came)
            since = first_day(random, span.years[year], span.today)
            for run, went in town.attend(person, many, since, busy):
                came += [(heads.of(run, index), int(late() * ARRIVING)) for index in went]
            missing[year] += least - (len(came) - before)
        if came:
            yield person.id, came
