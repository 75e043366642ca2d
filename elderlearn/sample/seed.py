"""Fill an empty district with sample people and a year of their learning."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from random import Random

from elderlearn.checkin.load import load_days
from elderlearn.checkin.recount import recount
from elderlearn.enrolment.recount import recount as recount_enrolled
from elderlearn.ground.actor import Actor
from elderlearn.ground.bare_tables import bare
from elderlearn.ground.clock import date_of, now
from elderlearn.ground.errors import Refusal
from elderlearn.ground.pinyin import spelled, spelled_name
from elderlearn.ground.sql import copy_in, reserve_ids, rows, value
from elderlearn.ground.trail import note
from elderlearn.ground.unit_of_work import unit_of_work
from elderlearn.participation.rule_versions import ensure_rule
from elderlearn.participation.targets import set_target
from elderlearn.places.periods import ensure_periods
from elderlearn.places.queries import place_by_code
from elderlearn.sample.attending import fill_upcoming
from elderlearn.sample.filling import fill
from elderlearn.sample.holidays import write_holidays
from elderlearn.sample.learning import SampleRun, copy_organisations, plan_runs
from elderlearn.sample.progress import SILENT, Progress
from elderlearn.sample.residents import copy_residents
from elderlearn.sample.shape import DEFAULT_VISITS_PER_ELDER, Span
from elderlearn.sample.town import Street, read_town
from elderlearn.sample.words import named, words
from elderlearn.sample.writing import copy_runs, copy_seats
from elderlearn.sample.zone import write_zone

LINPING = "330113000000"
TARGET_PER_MILLE, TARGET_SINCE = 350, 2021
BY_THE_MILLION = ("session", "attendance", "attended_day", "enrolment")
ANYBODY = "SELECT EXISTS (SELECT FROM resident)"


async def seed(*, elders: int, attendances: int | None, seed: int, by: Actor, progress: Progress = SILENT) -> int:
    """Write the sample; answers how many attendances it holds, of last year and this one together.

    Same seed and day, same sample. Refuses (`not_empty`) when anybody is registered already: a sample never
    mixes with people. A run that was killed leaves nothing but the mark `filling`, and may be started again.
    """
    district = (await place_by_code(LINPING)).id
    moment = now()
    span = Span(date_of(moment))
    wanted = span.visits_by_year(elders * DEFAULT_VISITS_PER_ELDER if attendances is None else attendances)
    await _begin(district)
    if await value(ANYBODY):
        await _finish(district, span, by, progress)
        return 0
    async with unit_of_work():
        if await value(ANYBODY):
            raise Refusal("not_empty")
        async with bare(BY_THE_MILLION):
            written = await _fill(district, elders, wanted, span, seed, moment=moment, by=by, progress=progress)
            progress.step("indexes")
        await note("sample.seed", by=by, subject="district", subject_id=district, elders=elders, visits=written)
    await _finish(district, span, by, progress)
    return written


async def _fill(
    district: int,
    elders: int,
    wanted: Mapping[int, int],
    span: Span,
    seed: int,
    *,
    moment: datetime,
    by: Actor,
    progress: Progress,
) -> int:
    """The seats and members come last, of what was drawn."""
    random = Random(seed)  # noqa: S311 - a sample must be reproducible, not secret
    streets = await read_town(district, elders, random)
    await _copy_elders(streets, district, span, moment)
    progress.step("people and their cards")
    people = await copy_residents(district, streets, span, moment=moment, random=random)
    progress.step("courses and sessions")
    organisations = await copy_organisations(district, await _name(district), streets)
    runs = plan_runs(streets, organisations, span, wanted, random)
    await _venues_and_teachers(district, streets, runs, random)
    await copy_runs(district, runs, moment=moment)
    written = await fill(
        district, streets, people, runs, wanted, span, random=random, by=by, moment=moment, progress=progress
    )
    progress.step("days")
    await load_days()
    progress.step("seats and members")
    fill_upcoming(runs, people, random)
    await copy_seats(runs, moment=moment)
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


async def _finish(district: int, span: Span, by: Actor, progress: Progress) -> None:
    """Make the sums. The caller says when all is ready."""
    async with unit_of_work():
        await ensure_periods({(district, date(year, 12, 31)) for year in span.years})
    await ensure_rule(district, by=by)
    await set_target(district, TARGET_PER_MILLE, starts_on=date(TARGET_SINCE, 1, 1), by=by)
    await write_holidays(district, by=by)
    await write_zone(district, date(min(span.years), 1, 1), by=by)
    progress.step("sums")
    await recount_enrolled()
    await recount(by=by, proves=False)  # of empty tables everything is made


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
        "id district place name name_pinyin address capacity".split(),
        (
            (id, district, s.id, room, spelled(room), named("address", place=s.name), 60)
            for n, (id, s) in enumerate(zip(venues, streets, strict=True))
            for room in [named("venue", place=s.name, room=201 + n)]
        ),
    )
    await copy_in(
        "teacher",
        "id district name name_pinyin engagement".split(),
        (
            (id, district, name, spelled_name(name), "volunteer")
            for id in teachers
            for name in [named("teacher", surname=random.choice(words()["surnames"]))]
        ),
    )
    for run in runs:
        run.venue, run.teacher = venues[run.street], teachers[run.street * 4 + random.randrange(4)]
