"""Who of the sample goes where: favourites first, then whatever is near, never two things at one hour."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from random import Random

from elderlearn.sample.learning import SampleRun
from elderlearn.sample.residents import SamplePerson

Attended = tuple[SamplePerson, SampleRun, int]
FAVOURITES = 4
FULL_SOCIETY = 45
VISITS_OF_A_FAVOURITE = 0.85


class Town:
    """The runs of each street, and who already sits in them."""

    def __init__(self, runs: list[SampleRun], today: date, random: Random) -> None:
        self.random = random
        self.by_street: dict[int, list[SampleRun]] = {}
        self.upcoming: dict[int, list[SampleRun]] = {}
        for run in runs:
            run.past = sum(day < today for day in run.dates)
            (self.by_street if run.past else self.upcoming).setdefault(run.street, []).append(run)

    def attend(self, person: SamplePerson, wanted: int) -> Iterator[Attended]:
        """Up to `wanted` attendances of one person, in runs she could take part in."""
        busy: set[tuple[date, int]] = set()
        street = person.street if person.street is not None else 0
        for run in self._likely(street, person, wanted):
            open_days = [i for i in range(run.past) if (run.dates[i], run.slot) not in busy]
            share = VISITS_OF_A_FAVOURITE if run.entry != "drop_in" else 0.6
            take = min(wanted, max(1, round(len(open_days) * self.random.uniform(share - 0.25, 1))))
            for i in self.random.sample(open_days, min(take, len(open_days))):
                busy.add((run.dates[i], run.slot))
                wanted -= 1
                yield person, run, i
            if wanted <= 0:
                return

    def _likely(self, street: int, person: SamplePerson, wanted: int) -> Iterator[SampleRun]:
        """Runs in the order she would think of them; the rare visitor goes to lectures."""
        streets = list(self.by_street)
        near = self.by_street.get(street) or self.by_street[streets[0]]
        pool = self.random.sample(near, min(len(near), 4 + wanted // 5))
        if wanted < FAVOURITES:
            pool.sort(key=lambda run: run.entry != "drop_in")
        elsewhere = self.random.choice(self.by_street[self.random.choice(streets)])
        if elsewhere not in pool:
            pool.insert(self.random.randrange(1 + len(pool)), elsewhere)
        return (run for run in pool if self._takes(run, person))

    def _takes(self, run: SampleRun, person: SamplePerson) -> bool:
        """Drop-in takes anybody, a society becomes hers, a class needs a seat."""
        if run.entry == "drop_in":
            return True
        if len(run.taken) >= (run.seats or FULL_SOCIETY):
            return False
        run.taken.append(person.id)
        return True

    def fill_upcoming(self, people: list[SamplePerson]) -> None:
        """Some seats of the runs that open now are taken; every third is full, with a line."""
        for street, runs in self.upcoming.items():
            own = [one for one in people if one.street == street and one.born_on]
            for number, run in enumerate(runs):
                seats = run.seats or 0
                many = seats + 3 if number % 3 == 2 else self.random.randint(4, max(5, seats - 4))
                chosen = self.random.sample(own, min(many, len(own)))
                run.taken = [one.id for one in chosen[:seats]]
                run.waiting = [one.id for one in chosen[seats:]]
