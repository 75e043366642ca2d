from __future__ import annotations

from datetime import timedelta

import pytest

from elderlearn.catalogue.queries import ORDERS, Wanted, how_many_runs, open_runs, run_card
from elderlearn.catalogue.session_queries import sessions_by_id, sessions_of, todays_sessions
from elderlearn.ground.clock import date_of, now
from elderlearn.ground.errors import Missing
from tests import people_standing as standing
from tests.catalogue.runs_standing import DAY, a_course, open_run, weeks
from tests.conftest import Database

AGO = timedelta(days=100)


async def found(wanted: Wanted) -> list[int]:
    ids = [one.id for one in await open_runs(wanted)]
    assert await how_many_runs(wanted) == len(ids)
    return ids


async def test_a_place_means_all_below_it(database: Database) -> None:
    places = await standing.place_tree()
    here = (await open_run(await a_course(places.community))).run_id
    street = (await open_run(await a_course(places.street))).run_id
    other = (await open_run(await a_course(places.other_community))).run_id
    assert await found(Wanted(place_id=places.district.id)) == [here, street, other]
    assert await found(Wanted(place_id=places.street.id)) == [here, street]
    assert await found(Wanted(place_id=places.community.id)) == [here]


async def test_open_means_one_may_ask_for_a_seat_now(database: Database) -> None:
    places = await standing.place_tree()
    course = await a_course(places.community)
    is_open = (await open_run(course)).run_id
    later = (await open_run(course, opens_at=now() + DAY)).run_id
    over = (await open_run(course, closes_at=now() - timedelta(minutes=1))).run_id
    drop_in = (await open_run(course, entry="drop_in", kind="activity")).run_id
    assert await found(Wanted(is_open=True)) == [is_open]
    assert await found(Wanted(is_open=False)) == [later, over, drop_in]
    assert await found(Wanted(kind="activity")) == [drop_in]
    assert await found(Wanted(entry="enrol")) == [is_open, later, over]
    assert (await run_card(is_open)).is_open(now())
    assert not (await run_card(later)).is_open(now())


async def test_words_are_looked_for_in_title_organisation_and_place_names(database: Database) -> None:
    places = await standing.place_tree()
    tai = (await open_run(await a_course(places.community, title="太极拳", name="星桥老年学堂"))).run_id
    ink = (await open_run(await a_course(places.other_community, title="书法100%", name="乔司学校"))).run_id
    assert await found(Wanted(words="太极")) == [tai]
    assert await found(Wanted(words="星桥 太极")) == [tai]
    assert await found(Wanted(words="星桥 书法")) == []
    assert await found(Wanted(words=places.other_community.name)) == [ink]
    assert await found(Wanted(words="第1街道")) == [tai]
    assert await found(Wanted(words="临平区")) == [tai, ink]
    assert await found(Wanted(words="100%")) == [ink]
    assert await found(Wanted(words="%")) == [ink]
    assert await found(Wanted(words="_")) == []
    assert await found(Wanted(words="\0 ' \\")) == []


async def test_pages_follow_each_other_and_what_is_over_comes_last(database: Database) -> None:
    places = await standing.place_tree()
    course = await a_course(places.community)
    past = (await open_run(course, sessions=weeks(1, start=now() - AGO))).run_id
    late = (await open_run(course, sessions=weeks(1, start=now() + AGO))).run_id
    soon = [(await open_run(course, sessions=weeks(2))).run_id for _ in range(3)]
    everything = [*soon, late, past]
    assert await found(Wanted()) == everything
    assert await found(Wanted(not_over=True)) == everything[:-1]
    pages = [await open_runs(Wanted(), limit=2, offset=offset) for offset in (0, 2, 4)]
    assert [one.id for page in pages for one in page] == everything


async def test_a_card_knows_the_first_and_the_next_session(database: Database) -> None:
    places = await standing.place_tree()
    sessions = weeks(3, start=now() - 10 * DAY)
    added = await open_run(await a_course(places.community), sessions=sessions)
    card = await run_card(added.run_id)
    assert (card.starts_at, card.next_at) == (sessions[0].starts_at, sessions[2].starts_at)
    assert (card.place_code, card.organisation_kind) == (places.community.code, "elder_academy")
    assert card.has_seat
    with pytest.raises(Missing):
        await run_card(2**40)


async def test_leaders_see_what_they_lead_and_officers_their_place(database: Database) -> None:
    places = await standing.place_tree()
    leader, officer = await standing.leader(places.community), await standing.officer(places.other_street)
    led = await open_run(await a_course(places.community), leaders=(leader.id,))
    await open_run(await a_course(places.community))
    other = await open_run(await a_course(places.other_community))
    day = date_of(weeks(1)[0].starts_at)

    async def seen(of: standing.StandingStaff) -> list[int]:
        found = await todays_sessions(staff_id=of.id, role=of.role, place_id=of.place.id, on=day)
        return [one.run_id for one in found]

    assert await seen(leader) == [led.run_id]
    assert await seen(officer) == [other.run_id]


async def test_sessions_are_numbered_by_time(database: Database) -> None:
    places = await standing.place_tree()
    added = await open_run(await a_course(places.community), sessions=tuple(reversed(weeks(3))))
    cards = await sessions_of(added.run_id)
    assert [one.number for one in cards] == [1, 2, 3]
    assert [one.id for one in cards] == list(reversed(added.session_ids))
    facts = await sessions_by_id([*added.session_ids, 2**40])
    assert {id: one.run_id for id, one in facts.items()} == dict.fromkeys(added.session_ids, added.run_id)


async def test_a_weekday_means_it_still_meets_on_that_day(database: Database) -> None:
    course = await a_course((await standing.place_tree()).community)
    start = now() + 3 * DAY
    run = (await open_run(course, sessions=weeks(2, start=start))).run_id
    day = date_of(start).isoweekday()
    assert await found(Wanted(weekday=day)) == [run]
    assert await found(Wanted(weekday=day % 7 + 1)) == []
    await database.execute("UPDATE session SET state = 'called_off'")
    assert await found(Wanted(weekday=day)) == []


async def test_a_free_seat_means_nobody_waits_or_one_just_comes(database: Database) -> None:
    course = await a_course((await standing.place_tree()).community)
    free = (await open_run(course)).run_id
    full = (await open_run(course)).run_id
    waited = (await open_run(course)).run_id
    drop_in = (await open_run(course, entry="drop_in", kind="activity")).run_id
    await database.execute("UPDATE course_run SET seats_taken = seats WHERE id = $1", full)
    await database.execute("UPDATE course_run SET waiting = 1 WHERE id = $1", waited)
    assert await found(Wanted(has_seat=True)) == [free, drop_in]


async def test_soonest_first_goes_by_the_next_session_not_the_first(database: Database) -> None:
    course = await a_course((await standing.place_tree()).community)
    running = (await open_run(course, sessions=weeks(3, start=now() - 8 * DAY))).run_id  # next in six days
    soon = (await open_run(course, sessions=weeks(2, start=now() + DAY))).run_id
    assert await found(Wanted()) == [running, soon]
    assert await found(Wanted(soonest_first=True)) == [soon, running]


async def test_words_find_a_venue_and_its_address(database: Database) -> None:
    places = await standing.place_tree()
    run = (await open_run(await a_course(places.community))).run_id
    await open_run(await a_course(places.other_community, name="乔司学校"))
    venue = await database.value(
        """INSERT INTO venue (district, place, name, address) VALUES ($1, $2, '桂花厅', '桂花城小区3幢')
        RETURNING id""",
        places.district.id,
        places.community.id,
    )
    await database.execute("UPDATE session SET venue = $1 WHERE run = $2", venue, run)
    assert await found(Wanted(words="桂花城")) == [run]


async def test_runs_stand_in_the_order_asked_for_and_pages_of_it_follow_each_other(database: Database) -> None:
    places = await standing.place_tree()
    choir = await a_course(places.community, title="合唱", name="云会老年学堂")  # he chang, yun hui
    tai = await a_course(places.other_community, title="太极拳", name="安平学校")  # tai ji quan, an ping
    late, soon = [(await open_run(tai, sessions=weeks(1, start=now() + days * DAY))).run_id for days in (90, 5)]
    sung = (await open_run(choir, sessions=weeks(1, start=now() + 30 * DAY), seats=9)).run_id
    await database.execute("UPDATE course_run SET seats_taken = 1, waiting = 3 WHERE id = $1", late)
    wanted = {
        "day": [soon, sung, late],
        "title": [sung, soon, late],
        "organisation": [soon, late, sung],
        "waiting": [late, soon, sung],
        "taken": [late, soon, sung],
    }
    assert set(wanted) == set(ORDERS)
    for order, ids in wanted.items():
        pages = [await open_runs(Wanted(), order=order, limit=2, offset=offset) for offset in (0, 2)]
        assert [one.id for page in pages for one in page] == ids, order
