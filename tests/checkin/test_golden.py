"""One person's year, worked out by hand (domain.md section 2, default rule)."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from elderlearn.checkin.attribute import attribute
from elderlearn.checkin.record import Entry, record
from elderlearn.ground.sql import row, rows
from elderlearn.ground.unit_of_work import unit_of_work
from elderlearn.participation.queries import rates_by_place
from tests.checkin.hall import TEN, Hall, a_hall


async def tally() -> tuple[Any, ...]:
    found = await row("SELECT visits, days, minutes, completed_runs, regular_since FROM tally")
    assert found is not None
    return tuple(found.values())


async def come(hall: Hall, *days: int, length: int = 240, **changes: object) -> None:
    for day in days:
        [meeting] = await hall.run(TEN + timedelta(days=day), length=timedelta(minutes=length), **{
            "credited_minutes": length, **changes
        })  # fmt: skip
        assert (await hall.scan(hall.anna, meeting)).verdict == "recorded"


async def test_sixteen_class_hours_on_four_days_make_a_regular_on_the_fourth(database: Any) -> None:
    hall = await a_hall()
    await come(hall, 0, 1, 2)  # 240 minutes a day, of which 180 count: 3 x 4 = 12 class hours
    assert await tally() == (3, 3, 540, 0, None)
    await come(hall, 3, length=90)
    assert await tally() == (4, 4, 630, 0, None)  # 14 class hours on 4 days
    [evening] = await hall.run(TEN + timedelta(days=3, hours=8), credited_minutes=100)
    await hall.scan(hall.anna, evening)
    # 90 + 100 = 190, cut to 180: 720 minutes are 16 class hours; the same day counts once.
    assert await tally() == (5, 4, 720, 0, date(2025, 3, 7))


async def test_an_earlier_day_entered_late_moves_the_beginning_back(database: Any) -> None:
    hall = await a_hall()
    await come(hall, 1, 2, 3, 4, length=180)
    assert (await tally())[4] == date(2025, 3, 8)
    await come(hall, -10, length=180)
    assert await tally() == (5, 5, 900, 0, date(2025, 3, 7))


async def test_twelve_days_are_enough_and_online_ones_are_none(database: Any) -> None:
    hall = await a_hall()
    await come(hall, *range(20, 31), length=30)
    await come(hall, 40, length=30, kind="online")
    assert await tally() == (12, 11, 330, 0, None)
    await come(hall, 41, length=30)
    assert await tally() == (13, 12, 360, 0, (TEN + timedelta(days=41)).date())


async def test_the_report_moves_by_exactly_one_person_and_follows_her_home(database: Any) -> None:
    hall = await a_hall()
    places = hall.places
    await come(hall, 0, 1, 2, length=180)
    before = await rates_by_place(places.district.id, "2025", "town_street", places.district.id)
    assert [(line.learners, line.regulars) for line in before.lines] == [(1, 0), (0, 0)]
    await come(hall, 3, length=180)
    after = await rates_by_place(places.district.id, "2025", "town_street", places.district.id)
    assert [(line.learners, line.regulars) for line in after.lines] == [(1, 1), (0, 0)]
    async with unit_of_work():
        await rows(
            "UPDATE resident SET place = $2 WHERE id = $1", hall.anna.resident_id, places.other_community.id
        )
        await attribute([hall.anna.resident_id])
    moved = await rates_by_place(places.district.id, "2025", "town_street", places.district.id)
    assert [(line.learners, line.regulars) for line in moved.lines] == [(0, 0), (1, 1)]
    assert moved.total.regulars == 1


async def test_the_writer_leaves_out_who_is_present_and_takes_a_pair_once(database: Any) -> None:
    hall = await a_hall()
    entry = Entry(hall.session_ids[0], hall.anna.resident_id, "paper", TEN)
    async with unit_of_work():
        first = await record([entry, entry], by=hall.by)
        second = await record([entry], by=hall.by)
    assert (len(first), second) == (1, [])
    assert (await tally())[0] == 1
