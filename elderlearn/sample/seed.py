"""Fill an empty district with sample people and a year of their learning."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from random import Random

from elderlearn.checkin.close_run import close_due
from elderlearn.checkin.load import Loaded, load_attendances
from elderlearn.checkin.recount import recount
from elderlearn.enrolment.recount import recount as recount_enrolled
from elderlearn.ground.actor import Actor
from elderlearn.ground.clock import date_of, now
from elderlearn.ground.errors import Refusal
from elderlearn.ground.sql import copy_in, reserve_ids, rows, value
from elderlearn.ground.trail import note
from elderlearn.ground.unit_of_work import unit_of_work
from elderlearn.participation.rule_versions import ensure_rule
from elderlearn.participation.targets import set_target
from elderlearn.places.periods import ensure_periods
from elderlearn.places.queries import place_by_code
from elderlearn.sample.attending import Attended, Town
from elderlearn.sample.learning import SampleRun, copy_organisations, plan_runs
from elderlearn.sample.residents import SamplePerson, copy_residents
from elderlearn.sample.shape import DEFAULT_VISITS_PER_ELDER, Span, span_until, visits_wanted
from elderlearn.sample.town import Street, read_town
from elderlearn.sample.words import named, words
from elderlearn.sample.writing import copy_runs, copy_seats

LINPING = "330113000000"
TARGET_PER_MILLE = 350
ANYBODY = "SELECT EXISTS (SELECT FROM resident)"


async def seed(*, elders: int, attendances: int | None, seed: int, by: Actor) -> int:
    """Write the sample; answers how many attendances it holds. Same seed and day, same sample.

    Refuses (`not_empty`) when anybody is registered already: a sample never mixes with people.
    A run that was killed leaves nothing but the mark `filling`, and may be started again.
    """
    random = Random(seed)  # noqa: S311 - a sample must be reproducible, not secret
    district = (await place_by_code(LINPING)).id
    moment = now()
    span = span_until(date_of(moment))
    wanted = elders * DEFAULT_VISITS_PER_ELDER if attendances is None else attendances
    await _begin(district)
    if await value(ANYBODY):
        await _finish(district, span, by)
        return 0
    async with unit_of_work():
        if await value(ANYBODY):
            raise Refusal("not_empty")
        streets = await read_town(district, elders, random)
        await _copy_elders(streets, district, span, moment)
        people = await copy_residents(district, streets, span, moment=moment, random=random)
        organisations = await copy_organisations(district, await _name(district), streets)
        runs = plan_runs(streets, organisations, span, wanted, random)
        await _venues_and_teachers(district, streets, runs, random)
        await copy_runs(district, runs, moment=moment)
        written = await _fill(district, streets, people, runs, span, wanted, moment=moment, random=random, by=by)
        await note("sample.seed", by=by, subject="district", subject_id=district, elders=elders, visits=written)
    await _finish(district, span, by)
    return written


async def _begin(district: int) -> None:
    """Mark the district as sample before anything else; people who are there without that mark are real."""
    async with unit_of_work():
        was = await value("SELECT sample_state FROM district_setting WHERE district = $1", district)
        if was != "filling" and await value(ANYBODY):
            raise Refusal("not_empty")
        await rows(
            """INSERT INTO district_setting (district, title, help_phone, is_sample, sample_state)
            VALUES ($1, $2, '0571-00000000', true, 'filling')
            ON CONFLICT (district) DO UPDATE SET title = excluded.title, help_phone = excluded.help_phone,
            is_sample = true, sample_state = 'filling'""",
            district,
            named("title", place=await _name(district)),
        )


async def _finish(district: int, span: Span, by: Actor) -> None:
    """Close what ended and make the sums. The caller says when all is ready."""
    async with unit_of_work():
        years = range(span.starts_on.year, span.today.year + 1)
        await ensure_periods({(district, span.starts_on.replace(year=year)) for year in years})
    await ensure_rule(district, by=by)
    await set_target(district, TARGET_PER_MILLE, starts_on=span.starts_on.replace(year=2021), by=by)
    await close_due(now())
    await recount_enrolled()
    await recount(by=by)


async def _name(district: int) -> str:
    name: str = await value("SELECT name FROM place WHERE id = $1", district)
    return name


async def _copy_elders(streets: list[Street], district: int, span: Span, moment: datetime) -> None:
    """Sample denominators for both bases: a little smaller the year before, registered fewer than resident."""
    figures = [(one.id, one.elders) for street in streets for one in street.communities]
    figures += [(street.id, street.elders) for street in streets]
    figures.append((district, sum(street.elders for street in streets)))
    await copy_in(
        "elder_population",
        "place year basis source elders is_preferred recorded_at".split(),
        (
            (place, span.denominator_year, basis, words()["names"]["source"], elders, True, moment)
            for place, elders in figures
            for basis in ("resident", "registered")
        ),
    )


async def _venues_and_teachers(
    district: int, streets: list[Street], runs: list[SampleRun], random: Random
) -> None:
    venues = await reserve_ids("venue", len(streets))
    teachers = await reserve_ids("teacher", 4 * len(streets))
    await copy_in(
        "venue",
        "id district place name address capacity".split(),
        (
            (id, district, s.id, named("venue", place=s.name, room=201 + n), named("address", place=s.name), 60)
            for n, (id, s) in enumerate(zip(venues, streets, strict=True))
        ),
    )
    await copy_in(
        "teacher",
        "id district name engagement".split(),
        (
            (id, district, named("teacher", surname=random.choice(words()["surnames"])), "volunteer")
            for id in teachers
        ),
    )
    for run in runs:
        run.venue, run.teacher = venues[run.street], teachers[run.street * 4 + random.randrange(4)]


async def _fill(
    district: int,
    streets: list[Street],
    people: list[SamplePerson],
    runs: list[SampleRun],
    span: Span,
    wanted: int,
    *,
    moment: datetime,
    random: Random,
    by: Actor,
) -> int:
    """Draw who came, copy it in as it is drawn, then write the seats that came of it."""
    town = Town(runs, span.today, random)
    liking = [streets[one.street].liking if one.street is not None else 1.0 for one in people]
    visits = visits_wanted(random, len(people), wanted, liking)
    drawn = (one for person, many in zip(people, visits, strict=True) for one in town.attend(person, many))
    counter = Counted(_loaded(district, drawn, random))
    await load_attendances(counter, by=by, recorded_at=moment)
    town.fill_upcoming(people)
    await copy_seats(runs, moment=moment)
    return counter.seen


class Counted:
    """Passes attendances through and remembers how many there were."""

    def __init__(self, source: Iterator[Loaded]) -> None:
        self.source = source
        self.seen = 0

    def __iter__(self) -> Iterator[Loaded]:
        for one in self.source:
            self.seen += 1
            yield one


def _loaded(district: int, drawn: Iterator[Attended], random: Random) -> Iterator[Loaded]:
    for person, run, index in drawn:
        day = run.dates[index]
        # Nine in ten by scan: hand ticks and paper exist, and their share is shown in reports.
        source = random.choices(("scan", "tick", "paper"), (90, 5, 5))[0]
        yield Loaded(
            run.session_ids[index], person.id, run.id, run.organisation, district, run.kind, day,
            run.credited, source, run.starts_at(day) + timedelta(minutes=5),
        )  # fmt: skip
