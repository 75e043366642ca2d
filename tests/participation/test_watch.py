"""Patterns that are unusual are found with their evidence, close with a note, and come back when they grow."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from elderlearn.checkin.receive import receive
from elderlearn.checkin.sheet import record_sheet
from elderlearn.ground.clock import now, today
from elderlearn.ground.errors import Refusal
from elderlearn.ground.sql import rows, value
from elderlearn.participation import unusual_patterns
from elderlearn.participation.watch import close_pattern, patterns, watch, watch_all
from tests import people_standing as standing
from tests.catalogue.runs_standing import a_course, open_run
from tests.checkin.hall import Hall, a_hall
from tests.conftest import Database
from tests.people_standing import CLI

DAY = timedelta(days=1)
SHIFTED = "UPDATE session SET starts_at = starts_at + $2::interval, ends_at = ends_at + $2::interval WHERE id = $1"


@pytest.fixture
async def hall(database: Database) -> Hall:
    made = await a_hall()
    made.session_ids = await made.run(now() - 3 * DAY, 1)
    return made


async def kinds(hall: Hall) -> list[str]:
    return sorted(one.kind for one in await watch(hall.places.district.id))


async def people(hall: Hall, many: int) -> list[Any]:
    return [await standing.resident(hall.places.community, name="周" + chr(0x4E00 + no)) for no in range(many)]


async def test_an_ordinary_evening_is_not_unusual(hall: Hall) -> None:
    begins = hall.starts[hall.session_ids[0]]
    for no, who in enumerate(await people(hall, 16)):
        await hall.scan(who, scanned_at=(begins + timedelta(seconds=2 * no)).isoformat())
    assert await kinds(hall) == []


async def test_many_cards_in_ten_seconds_at_one_meeting(hall: Hall) -> None:
    at = (hall.starts[hall.session_ids[0]] + timedelta(minutes=20)).isoformat()
    await receive([hall.item(who, scanned_at=at) for who in await people(hall, 15)], by=hall.by)
    assert await kinds(hall) == ["burst"]
    [found], many = await patterns(hall.places.district.id)
    assert (many, found.measure, found.evidence["cards"], found.evidence["staff"]) == (1, 15, 15, hall.leader.id)


async def test_more_present_than_the_room_holds(hall: Hall, database: Database) -> None:
    venue = await value(
        "INSERT INTO venue (district, place, name, capacity) VALUES ($1, $2, '二楼教室', 3) RETURNING id",
        hall.places.district.id,
        hall.places.community.id,
    )
    await rows("UPDATE session SET venue = $1 WHERE id = $2", venue, hall.session_ids[0])
    crowd = await people(hall, 4)
    for who in crowd[:3]:
        await hall.scan(who)
    assert await kinds(hall) == []
    await hall.scan(crowd[3])
    assert await kinds(hall) == ["crowd"]


async def test_one_person_counted_in_two_places(hall: Hall) -> None:
    (beside,) = await hall.run(hall.starts[hall.session_ids[0]])
    await hall.scan(hall.anna)
    await rows(SHIFTED, beside, timedelta(hours=-9))
    await record_sheet(beside, [hall.anna.resident_id], by=CLI)
    await rows(SHIFTED, beside, timedelta(hours=9))
    await rows("UPDATE attendance SET on_date = (SELECT on_date FROM session WHERE id = $1)", hall.session_ids[0])
    assert await kinds(hall) == ["two_places"]


async def test_an_organisation_that_ticks_by_hand_far_above_the_others(
    hall: Hall, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(unusual_patterns, "BY_HAND_LEAST", 3)
    crowd = await people(hall, 9)
    await record_sheet(hall.session_ids[0], [one.resident_id for one in crowd[:3]], by=CLI)
    assert await kinds(hall) == [], "when everybody does it, nobody stands out"
    other = await standing.place_tree("330110", "余杭区")
    assert await watch(other.district.id) == []
    course = await a_course(hall.places.other_community, name="另一书院")
    added = await open_run(course, entry="drop_in", leaders=(hall.leader.id,), credited_minutes=60)
    await rows(
        "UPDATE session SET on_date = $2, starts_at = $3, ends_at = $4 WHERE id = $1",
        added.session_ids[0], today(), now() - timedelta(hours=3), now(),
    )  # fmt: skip
    for who in crowd:
        await hall.scan(who, added.session_ids[0], scanned_at=(now() - timedelta(hours=2)).isoformat())
    assert await kinds(hall) == ["by_hand"]


async def test_a_bump_exactly_at_the_threshold(hall: Hall) -> None:
    await hall.scan(hall.anna)
    period = await value("SELECT id FROM stat_period WHERE label = $1", str(today().year))
    for days, many in ((11, 9), (12, 20), (13, 9)):
        await rows(
            """INSERT INTO tally (resident, period, residence, place, visits, days)
            SELECT -n - $3 * 100, $1, 'inside', $2, $3, $3 FROM generate_series(1, $4) n""",
            period,
            hall.places.community.id,
            days,
            many,
        )
    [found] = [one for one in await watch(hall.places.district.id) if one.kind == "bump"]
    assert (found.measure, found.place) == (20, hall.places.street.id)
    await rows("UPDATE tally SET days = 13 WHERE resident IN (-1201, -1202)")
    assert await kinds(hall) == []


async def test_closed_with_a_note_it_stays_closed_until_it_has_grown(hall: Hall) -> None:
    at = (hall.starts[hall.session_ids[0]] + timedelta(minutes=20)).isoformat()
    crowd = await people(hall, 20)
    await receive([hall.item(who, scanned_at=at) for who in crowd[:15]], by=hall.by)
    district = hall.places.district.id
    assert await watch_all() == 1
    [found], _ = await patterns(district)
    with pytest.raises(Refusal, match="note_needed"):
        await close_pattern(found.id, words=" ", by=CLI)
    await close_pattern(found.id, words="a bus came; cards shown from a box", by=CLI)
    await receive([hall.item(crowd[15], scanned_at=at)], by=hall.by)
    assert await watch_all() == 0
    await receive([hall.item(who, scanned_at=at) for who in crowd[16:]], by=hall.by)
    assert await watch_all() == 1
    [again], _ = await patterns(district)
    assert (again.measure, again.note) == (20, "a bus came; cards shown from a box")


async def test_what_was_put_right_is_not_shown_any_more(hall: Hall) -> None:
    at = (hall.starts[hall.session_ids[0]] + timedelta(minutes=20)).isoformat()
    await receive([hall.item(who, scanned_at=at) for who in await people(hall, 15)], by=hall.by)
    district = hall.places.district.id
    await watch(district)
    await watch(district, date(today().year + 1, 12, 1))
    assert (await patterns(district))[1] == 1, "an old evening is not looked at again, and stays"
