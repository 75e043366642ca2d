from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from elderlearn.catalogue.sessions import change_session_row
from elderlearn.enrolment.attribute import attribute
from elderlearn.enrolment.enrol import enrol
from elderlearn.enrolment.enrolled_period import resum_run
from elderlearn.enrolment.hold import hold
from elderlearn.enrolment.recount import differences, recount
from elderlearn.enrolment.withdraw import withdraw
from elderlearn.ground.unit_of_work import unit_of_work
from tests import people_standing as standing
from tests.catalogue.runs_standing import DAY, a_course, a_run, open_run, people, weeks
from tests.conftest import Database
from tests.people_standing import CLI

NEW_YEAR = datetime(2026, 12, 28, 2, tzinfo=UTC)  # a week before the first Monday of 2027

Row = tuple[str, str, str, int | None, int]


async def periods(database: Database) -> list[Row]:
    """(district, label, residence, place, runs) of everybody."""
    found = await database.fetch(
        """SELECT d.code, p.label, k.residence, k.place, k.runs FROM enrolled_period k
        JOIN stat_period p ON p.id = k.period JOIN place d ON d.id = p.district ORDER BY 1, 2, k.resident"""
    )
    return [(one["code"][:6], one["label"], one["residence"], one["place"], one["runs"]) for one in found]


async def test_a_seat_counts_in_every_year_the_run_touches_and_no_longer_after_leaving(database: Database) -> None:
    places = await standing.place_tree()
    (ping,) = await people(places.community, 1)
    first = await enrol(await a_run(places, sessions=weeks(2, start=NEW_YEAR)), ping, "self", by=CLI)
    second = await enrol(await a_run(places, sessions=weeks(2, start=NEW_YEAR + 8 * DAY)), ping, "self", by=CLI)
    home = places.community.id
    assert await periods(database) == [
        ("330113", "2026", "inside", home, 1),
        ("330113", "2027", "inside", home, 2),
    ]
    await withdraw(first.enrolment_id, by=CLI)
    assert await periods(database) == [("330113", "2027", "inside", home, 1)]
    await withdraw(second.enrolment_id, by=CLI)
    assert await periods(database) == []


async def test_a_single_afternoon_and_a_place_in_line_do_not_make_anybody_enrolled(database: Database) -> None:
    places = await standing.place_tree()
    first, second = await people(places.community, 2)
    await enrol(await a_run(places, sessions=weeks(1)), first, "self", by=CLI)
    full = await a_run(places, seats=1, sessions=weeks(2, start=NEW_YEAR - 80 * DAY))
    seated = await enrol(full, first, "self", by=CLI)
    await enrol(full, second, "self", by=CLI)
    assert [one[4] for one in await periods(database)] == [1]
    await withdraw(seated.enrolment_id, by=CLI)
    assert await database.fetch("SELECT resident FROM enrolled_period") == [(second,)]


async def test_the_neighbours_district_counts_her_too_as_from_outside(database: Database) -> None:
    places, other = await standing.place_tree(), await standing.place_tree("330199", "邻区")
    (guest,) = await people(other.community, 1)
    await enrol(await a_run(places, sessions=weeks(2, start=NEW_YEAR - 80 * DAY)), guest, "self", by=CLI)
    assert await periods(database) == [
        ("330113", "2026", "outside", None, 1),
        ("330199", "2026", "inside", other.community.id, 1),
    ]


async def test_a_period_by_registered_home_asks_for_that_home(database: Database) -> None:
    places = await standing.place_tree()
    await database.execute(
        """INSERT INTO stat_period (district, label, starts_on, ends_on, reference_on, basis)
        VALUES ($1, '2026', '2026-01-01', '2026-12-31', '2026-12-31', 'registered')""",
        places.district.id,
    )
    (ping,) = await people(places.community, 1)
    await database.execute("UPDATE resident SET registered_place = $1", places.other_community.id)
    await enrol(await a_run(places, sessions=weeks(2, start=NEW_YEAR - 80 * DAY)), ping, "self", by=CLI)
    assert await periods(database) == [("330113", "2026", "inside", places.other_community.id, 1)]


async def test_a_move_and_a_mended_birth_date_follow(database: Database) -> None:
    places = await standing.place_tree()
    (ping,) = await people(places.community, 1)
    await enrol(await a_run(places, sessions=weeks(2, start=NEW_YEAR - 80 * DAY)), ping, "self", by=CLI)
    await database.execute("UPDATE resident SET place = $1, born_on = '1950-02-03'", places.other_community.id)
    (difference,) = await differences()
    assert (difference.subject, difference.subject_id) == ("resident", ping)
    async with unit_of_work():
        await attribute([ping])
    assert await differences() == []
    assert await periods(database) == [("330113", "2026", "inside", places.other_community.id, 1)]
    assert await database.value("SELECT born_on FROM enrolled_period") == date(1950, 2, 3)


async def test_a_session_moved_into_the_next_year_takes_its_people_along(database: Database) -> None:
    places = await standing.place_tree()
    added = await open_run(await a_course(places.community), seats=9, sessions=weeks(2, start=NEW_YEAR - 80 * DAY))
    who = await people(places.community, 3)
    for id in who:
        await enrol(added.run_id, id, "self", by=CLI)
    async with unit_of_work():
        await hold(added.run_id, residents=who)
        for session_id in added.session_ids:
            await change_session_row(session_id, starts_at=NEW_YEAR + timedelta(days=30))
        await resum_run(added.run_id)
    assert await periods(database) == [("330113", "2027", "inside", places.community.id, 1)] * 3
    assert await differences() == []


async def test_recount_rebuilds_what_was_spoiled_and_check_names_it(database: Database) -> None:
    places = await standing.place_tree()
    run_id = await a_run(places, seats=9, sessions=weeks(2, start=NEW_YEAR - 80 * DAY))
    who = await people(places.community, 4)
    for id in who[:3]:
        await enrol(run_id, id, "self", by=CLI)
    right = await periods(database)
    period = await database.value("SELECT id FROM stat_period WHERE label = '2026'")
    await database.execute("DELETE FROM enrolled_period WHERE resident = $1", who[0])
    await database.execute("UPDATE enrolled_period SET runs = 7 WHERE resident = $1", who[1])
    await database.execute(
        "INSERT INTO enrolled_period (resident, period, residence, runs) VALUES ($1, $2, 'unknown', 1)",
        who[3],
        period,
    )
    assert {one.subject_id for one in await differences()} == {who[0], who[1], who[3]}
    assert await recount() == 4
    assert await differences() == []
    assert await periods(database) == right


async def test_recount_opens_the_years_of_rows_that_came_by_copy(database: Database) -> None:
    places = await standing.place_tree()
    (ping,) = await people(places.community, 1)
    run_id = await a_run(places, sessions=weeks(2, start=NEW_YEAR - 80 * DAY))
    await database.execute("DELETE FROM stat_period")
    await database.execute(
        """INSERT INTO enrolment (run, resident, state, channel, asked_at, changed_at)
        VALUES ($1, $2, 'seated', 'self', now(), now())""",
        run_id,
        ping,
    )
    (seats,) = await differences()
    assert (seats.subject, seats.what, seats.kept, seats.counted) == ("course_run", "seats_taken", 0, 1)
    await recount()
    assert await periods(database) == [("330113", "2026", "inside", places.community.id, 1)]
