"""Who of the sample goes where: favourites first, then whatever is near, never two things at one hour."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from datetime import date
from random import Random

from elderlearn.sample.learning import SampleRun
from elderlearn.sample.residents import SamplePerson

Went = tuple[SampleRun, list[int]]  # a run, and which of its sessions
FAVOURITES = 4
FULL_SOCIETY = 45
FAITHFUL = {"enrol": (0.6, 1.0), "members": (0.6, 1.0), "drop_in": (0.35, 1.0)}  # share of what is held


class Town:
    """The runs of one year that have begun, street by street, and who already sits in them."""

    def __init__(self, runs: list[SampleRun], random: Random) -> None:
        self.random = random
        self.by_street: dict[int, list[SampleRun]] = {}
        for run in runs:
            self.by_street.setdefault(run.street, []).append(run)
        self.streets = list(self.by_street)
        self.hours: dict[int, list[int]] = {}

    def attend(self, person: SamplePerson, wanted: int, since: date, busy: set[int]) -> Iterator[Went]:
        """Up to `wanted` attendances of one person in runs she could take part in, no two in one hour."""
        for run in self._likely(person, wanted) if self.streets else ():
            went = self._goes(run, wanted, since, busy)
            if went and self._takes(run, person):
                busy.update(self._hours_of(run)[i] for i in went)
                wanted -= len(went)
                yield run, went
            if wanted <= 0:
                return

    def _goes(self, run: SampleRun, wanted: int, since: date, busy: set[int]) -> list[int]:
        """At most `wanted` of its sessions, one after the other with some missed."""
        draw, faithful = self.random.random, self.random.uniform(*FAITHFUL[run.entry])
        hours = self._hours_of(run)
        went = [
            i for i in range(bisect_left(run.dates, since), run.past) if draw() < faithful and hours[i] not in busy
        ]
        if len(went) > wanted:
            start = self.random.randrange(len(went) - wanted + 1)
            return went[start : start + wanted]
        return went

    def _hours_of(self, run: SampleRun) -> list[int]:
        found = self.hours.get(run.id)
        if found is None:
            found = self.hours[run.id] = [day.toordinal() * 4 + run.slot for day in run.dates]
        return found

    def _likely(self, person: SamplePerson, wanted: int) -> list[SampleRun]:
        """Runs in the order she would think of them; the rare visitor goes to lectures."""
        near = self.by_street.get(person.street or 0) or self.by_street[self.streets[0]]
        pool = self.random.sample(near, min(len(near), 4 + wanted // 5))
        if wanted < FAVOURITES:
            pool.sort(key=lambda run: run.entry != "drop_in")
        elsewhere = self.random.choice(self.by_street[self.random.choice(self.streets)])
        if elsewhere not in pool:
            pool.insert(self.random.randrange(1 + len(pool)), elsewhere)
        return pool

    def _takes(self, run: SampleRun, person: SamplePerson) -> bool:
        """Drop-in takes anybody, a society becomes hers, a class needs a seat; nobody thinks of what is full."""
        if run.entry == "drop_in":
            return True
        room = run.seats or FULL_SOCIETY
        if len(run.taken) >= room:
            return False
        run.taken.append(person.id)
        if len(run.taken) == room and len(self.by_street[run.street]) > 1:
            self.by_street[run.street].remove(run)
        return True


def fill_upcoming(runs: list[SampleRun], people: list[SamplePerson], random: Random) -> None:
    """Some seats of the runs that open now are taken; every third is full, with a line."""
    own: dict[int | None, list[SamplePerson]] = {}
    for one in people:
        if one.born_on:
            own.setdefault(one.street, []).append(one)
    for number, run in enumerate(run for run in runs if not run.past and run.entry == "enrol"):
        seats, near = run.seats or 0, own.get(run.street, [])
        many = seats + 3 if number % 3 == 2 else random.randint(4, max(5, seats - 4))
        chosen = random.sample(near, min(many, len(near)))
        run.taken = [one.id for one in chosen[:seats]]
        run.waiting = [one.id for one in chosen[seats:]]
